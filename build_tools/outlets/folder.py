"""The same pages as a plain project that MkDocs with Material builds without our plugin."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import MkDocsException

from build_tools.build import Built
from build_tools.model import Finding
from build_tools.outlets.adapter import passes
from build_tools.outlets.config import THEME, config_file, own_settings, settings
from build_tools.outlets.menu import menu
from build_tools.outlets.notices import finding
from build_tools.outlets.replace import MARKER, MARKER_TEXT

ELSEWHERE = ("INHERIT", "hooks", "site_dir", "watch", "edit_uri", "edit_uri_template")
"""Settings that speak of places in the project the folder was made from."""

HEAD = "# Skriven av Samrapport (bygg --till-mapp). Sajten byggs härifrån med: mkdocs build\n"


def write(root: Path, built: Built, into: Path) -> tuple[Finding, ...]:
    """Write pages, pictures, theme and settings into an empty folder."""
    docs = into / "docs"
    for name, source in pictures(root / "content"):
        _put(docs, name, source.read_bytes())
    for file in built.files:
        _put(docs, file.path, file.content if isinstance(file.content, bytes) else file.content.encode())
    _put(into, MARKER, MARKER_TEXT.encode())
    with config_file(root) as path:
        try:
            own = own_settings(path)
        except MkDocsException as error:
            return (finding(error.format_message(), root, {}),)
        _write_theme(into / "overrides", own, path.parent)
    text = yaml.dump(_settings(own, built), allow_unicode=True, sort_keys=False)
    _put(into, "mkdocs.yml", (HEAD + text).encode())
    return ()


def pictures(content: Path) -> Iterator[tuple[str, Path]]:
    """Find what passes from content/ as it is, in order."""
    for folder, folders, names in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = (Path(folder) / name).relative_to(content).as_posix()
            if not name.startswith(".") and passes(content, path):
                yield path, Path(folder) / name


def _settings(own: dict[str, Any], built: Built) -> dict[str, Any]:
    merged = {key: value for key, value in settings(own).items() if key not in ELSEWHERE}
    theme = {**merged["theme"], "custom_dir": "overrides"}
    return {"nav": menu(built.files), **merged, "docs_dir": "docs", "theme": theme}


def _write_theme(overrides: Path, own: dict[str, Any], beside: Path) -> None:
    """Our theme, the project's own templates over it."""
    overrides.mkdir()
    shutil.copytree(THEME, overrides, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    theme = own.get("theme")
    if isinstance(theme, dict) and (custom := theme.get("custom_dir")):
        shutil.copytree(beside / str(custom), overrides, dirs_exist_ok=True)


def _put(folder: Path, path: str, content: bytes) -> None:
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{path} leaves its folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
