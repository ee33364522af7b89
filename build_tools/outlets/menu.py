"""The menu of a project whose `mkdocs.yml` states none (`nav`)."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from mkdocs.utils import dirname_to_title

from build_tools.model import File
from build_tools.outlets.config import AWAY

ENTRIES = {
    "Start": "index.md",
    "Insatser": "insatser/index.md",
    "År": "ar/index.md",
    "Förbund": "forbund/index.md",
    "Nyckeltal": "nyckeltal/index.md",
    "Jämför": "jamfor/index.md",
    "Metoder": "metoder/index.md",
    "Ordlista": "ordlista/index.md",
}
"""The ways to the pages that do not stand in the menu themselves."""
TITLE = re.compile(r'^title: "(.+)"$', re.MULTILINE)
LINK = re.compile(r'href="([\w-]+)/(?:#[^"]*)?"')
TOP = "."


def menu(files: Iterable[File]) -> list[Any]:
    """The ways in that exist, then the writers' own folders with their pages, as MkDocs wants a `nav`."""
    pages = {file.path: str(file.content) for file in files if file.path.endswith(".md")}
    first = [{title: path} for title, path in ENTRIES.items() if path in pages]
    rest = {path: text for path, text in pages.items() if path.split("/")[0] not in AWAY}
    rest.pop("index.md", None)
    return [*first, *_entries(TOP, rest)]


def _entries(folder: str, pages: Mapping[str, str]) -> list[Any]:
    """The pages of a folder in the order that its own first page links to them, then the folders in it."""
    own = [path for path in pages if str(PurePosixPath(path).parent) == folder]
    linked = LINK.findall(pages.get(f"{folder}/index.md", ""))
    own.sort(
        key=lambda path: (not path.endswith("/index.md"), _place(PurePosixPath(path).stem, linked), path)
    )
    below = sorted({parent for path in pages for parent in _folders(path) if _within(parent, folder)})
    return [*own, *({_title(one, pages): _entries(one, pages)} for one in below)]


def _place(name: str, linked: list[str]) -> int:
    """Where a page is linked last: a list of all pages ends the folder's first page."""
    return max((place for place, link in enumerate(linked) if link == name), default=len(linked))


def _folders(path: str) -> list[str]:
    """All the folders that a page stands in."""
    return [str(parent) for parent in PurePosixPath(path).parents if str(parent) != TOP]


def _within(folder: str, other: str) -> bool:
    return str(PurePosixPath(folder).parent) == other


def _title(folder: str, pages: Mapping[str, str]) -> str:
    """A folder at the top by its name; one within another by the title of its first page."""
    told = TITLE.search(pages.get(f"{folder}/index.md", "")) if "/" in folder else None
    return told.group(1) if told else str(dirname_to_title(PurePosixPath(folder).name))
