"""Finds the files of a project, and tells which do not belong there."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.load.codes import OUTSIDE, STRANGE_FILE, WRONG_PLACE, fault
from build_tools.load.formats.plain import ID
from build_tools.load.source import outside
from build_tools.model import Finding, Level, Where
from build_tools.texts import listed, suggestion

DATA = "data"
CONTENT = "content"
REPORTS = "rapporter"
INTERVENTIONS = "insatser"
IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
CATALOGUES = (
    "nyckeltal",
    "kategorier",
    "skalor",
    "mallar",
    "policy",
    "forbund",
    "godtagna",
    "rattelser",
    "ordlista",
)
METHODS = "metoder"
LATER = ("schema",)
"""Folders of `data/` that are read elsewhere."""
READ = (REPORTS, INTERVENTIONS, METHODS)
REPORT_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a project by what they are for, as paths relative to its root, in order."""

    catalogues: frozenset[str]
    interventions: tuple[str, ...]
    reports: tuple[str, ...]
    prose: tuple[str, ...]
    pages: tuple[str, ...]
    handbooks: tuple[str, ...]
    """The own file of each handbook, and those of its folder."""
    handbook_prose: tuple[str, ...]
    content: frozenset[str]
    """Every path of `content/`, relative to it."""


def survey(root: Path) -> tuple[Folder, tuple[Finding, ...]]:
    """Look through `data/` and `content/` without following links out of the project."""
    found: list[Finding] = []
    data = [path for path in _walk(root, DATA, found) if _belongs(path, found)]
    content = [path for path in _walk(root, CONTENT, found) if _is_content(path, found)]
    prose = [path for path in content if path.startswith(f"{CONTENT}/{REPORTS}/") and path.endswith(".md")]
    placed = [path for path in prose if _is_placed(path, ".md", found)]
    reports = [path for path in data if path.startswith(f"{DATA}/{REPORTS}/")]
    written = [path for path in content if path.startswith(f"{CONTENT}/{METHODS}/") and path.endswith(".md")]
    folder = Folder(
        catalogues=frozenset(path for path in data if path.count("/") == 1),
        interventions=tuple(path for path in data if path.startswith(f"{DATA}/{INTERVENTIONS}/")),
        reports=tuple(path for path in reports if _is_placed(path, ".yml", found)),
        prose=tuple(placed),
        pages=tuple(path for path in content if path.endswith(".md") and path not in {*prose, *written}),
        handbooks=tuple(path for path in data if path.startswith(f"{DATA}/{METHODS}/")),
        handbook_prose=tuple(path for path in written if _is_page(path, found)),
        content=frozenset(path.partition("/")[2] for path in content),
    )
    return folder, tuple(found)


def _walk(root: Path, start: str, found: list[Finding]) -> Iterator[str]:
    """Every ordinary file below a folder, sorted; hidden ones are none of ours."""
    if not _is_folder(root, start, found):
        return
    try:
        names = sorted(path.name for path in (root / start).iterdir())
    except OSError as error:
        message = f"Mappen går inte att läsa ({error.strerror}). Kontrollera att den får läsas."
        found.append(fault(STRANGE_FILE, Where(start), message))
        return
    for name in names:
        path = f"{start}/{name}"
        if name.startswith("."):
            continue
        if not name.isprintable():
            where = Where(ascii(path)[1:-1])
            found.append(fault(STRANGE_FILE, where, "Filnamnet går inte att läsa. Döp om filen."))
        elif _is_folder(root, path, found):
            yield from _walk(root, path, found)
        elif _is_file(root, path, found):
            yield path


def _is_folder(root: Path, path: str, found: list[Finding]) -> bool:
    full = root / path
    if full.is_symlink() and full.is_dir():
        inside = full.resolve().is_relative_to(root.resolve())
        message = "Mappen är en länk och följs inte. Lägg filerna i projektet i stället."
        found.append(fault(OUTSIDE, Where(path), message) if inside else outside(path))
        return False
    return full.is_dir()


def _is_file(root: Path, path: str, found: list[Finding]) -> bool:
    full = root / path
    if full.is_symlink():
        if full.is_dir():
            return False
        if not full.exists() or not full.resolve().is_relative_to(root.resolve()):
            found.append(outside(path))
            return False
    if stat.S_ISREG(full.stat().st_mode):
        return True
    message = "Det här är ingen vanlig fil och läses inte. Ta bort den."
    found.append(fault(STRANGE_FILE, Where(path), message))
    return False


def _belongs(path: str, found: list[Finding]) -> bool:
    """Whether a file of `data/` is one that is read."""
    _, folder, *rest = path.split("/")
    if rest and folder in LATER:
        return False
    if not path.endswith(".yml"):
        remedy = " Döp om den så att den slutar på .yml." if path.endswith((".yaml", ".YML", ".YAML")) else ""
        message = f"I data/ läses bara filer som slutar på .yml.{remedy or ' Flytta eller ta bort den här.'}"
    elif not rest and folder.removesuffix(".yml") not in CATALOGUES:
        near = suggestion(folder.removesuffix(".yml"), CATALOGUES)
        message = f"Filen används inte.{near or f' I data/ finns {listed(CATALOGUES)}, alla med .yml.'}"
    elif rest and folder not in READ:
        message = f"Mappen data/{folder} används inte.{suggestion(folder, READ)}"
    elif folder == INTERVENTIONS and not (len(rest) == 1 and re.fullmatch(ID, rest[0].removesuffix(".yml"))):
        message = "En insats har en fil i data/insatser/ som heter som dess id, till exempel sater.yml."
    elif folder == METHODS and not (
        len(rest) <= 2 and all(re.fullmatch(ID, name.removesuffix(".yml")) for name in rest)
    ):
        message = "En handbok har en fil i data/metoder/ som heter som dess id, och kan ha en mapp med delar."
    else:
        return True
    found.append(fault(STRANGE_FILE, Where(path), message))
    return False


def _is_page(path: str, found: list[Finding]) -> bool:
    """Whether a text stands in the folder of its handbook."""
    parts = path.removesuffix(".md").split("/")
    if len(parts) == REPORT_DEPTH and all(re.fullmatch(ID, name) for name in parts[2:]):
        return True
    example = f"{CONTENT}/{METHODS}/amia/processen.md"
    message = f"En sida ligger i en mapp med handbokens id, under ett namn som är sidans id: {example}."
    found.append(fault(WRONG_PLACE, Where(path), message))
    return False


def _is_content(path: str, found: list[Finding]) -> bool:
    """Whether a file of `content/` is a page or an image that can be shown."""
    if path.endswith((".md", *IMAGES)):
        return True
    kinds = listed([".md", *IMAGES], "eller")
    message = f"Filen visas inte: i content/ används filer som slutar på {kinds}. Flytta eller ta bort den."
    found.append(fault(STRANGE_FILE, Where(path), message, Level.WARNING))
    return False


def _is_placed(path: str, ending: str, found: list[Finding]) -> bool:
    """Whether a report's file stands in the folder of its intervention."""
    parts = path.removesuffix(ending).split("/")
    if len(parts) == REPORT_DEPTH and all(re.fullmatch(ID, name) for name in parts[2:]):
        return True
    example = f"{parts[0]}/{REPORTS}/sater/2021{ending}"
    message = f"En rapport ligger i en mapp med insatsens id, under ett namn efter sin period: {example}."
    found.append(fault(WRONG_PLACE, Where(path), message))
    return False
