"""The one place with our MkDocs settings: for a project without its own, for the folder, for the plugin."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # read when Material is imported

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

THEME = Path(__file__).resolve().parent.parent / "theme"
"""Our templates, styles and scripts, which go before Material's."""

PLUGIN = "samrapport"

AWAY = ("insatser", "rapporter", "forbund", "ar", "nyckeltal", "nytt", "jamfor", "metoder", "ordlista")
"""Folders kept out of the menu: with every report in it, building time and page size grow by the square."""


def _toggle(icon: str, name: str) -> dict[str, str]:
    return {"icon": f"material/{icon}", "name": name}


SETTINGS: dict[str, Any] = {
    "site_name": "Rapporter",
    "docs_dir": "content",
    "theme": {
        "name": "material",
        "language": "sv",
        "font": False,  # Material would fetch it from another host
        "icon": {"logo": "material/chart-box-outline"},
        # Never content.tooltips: it writes a link's title into the page as HTML.
        "features": ["navigation.top", "search.highlight", "toc.follow"],
        "palette": [
            {"media": "(prefers-color-scheme)", "toggle": _toggle("brightness-auto", "Som datorn")},
            {
                "media": "(prefers-color-scheme: light)",
                "scheme": "default",
                "toggle": _toggle("weather-sunny", "Ljust"),
            },
            {
                "media": "(prefers-color-scheme: dark)",
                "scheme": "slate",
                "toggle": _toggle("weather-night", "Mörkt"),
            },
        ],
    },
    "plugins": {"search": {"lang": "sv"}},
    "markdown_extensions": {
        "attr_list": {},
        "tables": {},
        "toc": {"permalink": True, "permalink_title": "Länk till detta avsnitt"},
    },
    "extra": {"generator": False},
    "extra_css": ["assets/samrapport/samrapport.css"],
    "extra_javascript": [
        "assets/samrapport/samrapport.js",
        "assets/samrapport/ordna.js",
        "assets/samrapport/katalog.js",
    ],
    "not_in_nav": "".join(f"/{folder}/\n" for folder in AWAY),
    "validation": {
        "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
        "links": {
            "not_found": "warn",
            "anchors": "warn",
            "absolute_links": "warn",
            "unrecognized_links": "warn",
        },
    },
    "strict": True,
}

FIXED_THEME = ("language", "font")
"""What a project may not choose otherwise: the site is Swedish and asks no other host for anything."""

BLOCKS = "build_tools.outlets.blocks:Blocks"
"""Spares MkDocs the reading of finished HTML. No project has to know of it, nor the plain folder."""

FILLED = (
    "theme",
    "markdown_extensions",
    "mdx_configs",
    "extra",
    "extra_css",
    "extra_javascript",
    "not_in_nav",
    "validation",
)
"""What the plugin fills in over what stands in the project's own `mkdocs.yml`."""


def settings(own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the project's own settings over ours; one of the wrong shape is left for MkDocs to refuse."""
    merged = {**SETTINGS, **own}
    merged["theme"] = _theme(own.get("theme"))
    merged["plugins"] = {**SETTINGS["plugins"], **_named(own.get("plugins"))}
    merged["plugins"].pop(PLUGIN, None)
    merged["markdown_extensions"] = _extensions(own.get("markdown_extensions"))
    merged["validation"] = SETTINGS["validation"]
    if isinstance(extra := own.get("extra", {}), Mapping):
        merged["extra"] = {**extra, **SETTINGS["extra"]}
    for key in ("extra_css", "extra_javascript"):
        if isinstance(more := own.get(key, []), list):
            merged[key] = [*SETTINGS[key], *(one for one in more if one not in SETTINGS[key])]
    if isinstance(away := own.get("not_in_nav", ""), str):
        more = [line for line in away.splitlines(keepends=True) if line not in SETTINGS["not_in_nav"]]
        merged["not_in_nav"] = "".join((SETTINGS["not_in_nav"], *more))
    return merged


def _theme(own: Any) -> Any:
    ours = SETTINGS["theme"]
    own = {"name": own} if isinstance(own, str) else {} if own is None else own
    if not isinstance(own, Mapping):
        return own
    return {**ours, **own, **{name: ours[name] for name in FIXED_THEME}}


def _extensions(own: Any) -> dict[str, Any]:
    merged = dict(SETTINGS["markdown_extensions"])
    for name, options in _named(own).items():
        both = isinstance(options, Mapping) and isinstance(merged.get(name), Mapping)
        merged[name] = {**merged[name], **options} if both else options or merged.get(name, {})
    return merged


def _named(given: Any) -> dict[str, Any]:
    """MkDocs' three ways to write a list of things with options, as one mapping."""
    if isinstance(given, Mapping):
        return dict(given)
    named: dict[str, Any] = {}
    for item in given if isinstance(given, list) else []:
        named.update(item if isinstance(item, Mapping) else {str(item): {}})
    return named


def complete(config: MkDocsConfig) -> None:
    """Fill in what the project's `mkdocs.yml` need not say, our templates before Material's."""
    full = MkDocsConfig(config_file_path=config.config_file_path)
    full.load_dict({**settings(own_settings(Path(config.config_file_path))), "plugins": {}, "hooks": []})
    if failed := full.validate()[0]:
        raise ConfigurationError("; ".join(f"{key}: {error}" for key, error in failed))
    if {config.theme.name, full.theme.name} != {"material"}:  # MkDocs chose its search by the first
        raise ConfigurationError("theme i mkdocs.yml ska vara material")
    for key in FILLED:
        config[key] = full[key]
    config.markdown_extensions = [*config.markdown_extensions, BLOCKS]
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))


def own_settings(path: Path) -> dict[str, Any]:
    """Read a `mkdocs.yml`, with what it inherits; nothing where there is none."""
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            found = yaml_load(file, get_yaml_loader(config=MkDocsConfig(config_file_path=str(path))))
    except (TypeError, RecursionError):  # a file without keys, or nested beyond all measure
        found = None
    if not isinstance(found, dict):
        raise ConfigurationError("filen ska bestå av nycklar med värden")
    return found


def loaded(root: Path, path: Path, **chosen: Any) -> MkDocsConfig:
    """Load a project's settings for a build of our own, which brings its own plugin."""
    if not (root / "content").is_dir():
        raise ConfigurationError("mappen content/ saknas")
    merged = settings(own_settings(path))
    ours = {"theme": merged["theme"], "plugins": merged["plugins"], "docs_dir": str(root / "content")}
    return load_config(str(path), **ours, **chosen)


@contextmanager
def config_file(root: Path) -> Iterator[Path]:
    """Lend the project's `mkdocs.yml`, or one of ours for a project that has none."""
    own = [root / name for name in ("mkdocs.yml", "mkdocs.yaml") if (root / name).is_file()]
    if own:
        yield own[0]
        return
    with TemporaryDirectory(prefix="samrapport-") as folder:
        path = Path(folder) / "mkdocs.yml"
        path.write_text(yaml.safe_dump({**SETTINGS, "docs_dir": str(root / "content")}), "utf-8")
        yield path
