"""The menu of a project whose `mkdocs.yml` states none (`nav`)."""

from collections.abc import Iterable
from typing import Any

from mkdocs.utils import nest_paths

from build_tools.model import File
from build_tools.outlets.config import AWAY

ENTRIES = {
    "Start": "index.md",
    "Insatser": "insatser/index.md",
    "År": "ar/index.md",
    "Förbund": "forbund/index.md",
    "Nyckeltal": "nyckeltal/index.md",
}
"""The ways to the pages that do not stand in the menu themselves."""


def menu(files: Iterable[File]) -> list[Any]:
    """The ways in that exist, then the writers' own folders with their pages, as MkDocs wants a `nav`."""
    paths = {file.path for file in files if file.path.endswith(".md")}
    first = [{title: path} for title, path in ENTRIES.items() if path in paths]
    rest = {path for path in paths if path.split("/")[0] not in AWAY and path != "index.md"}
    nested: list[Any] = nest_paths(sorted(rest, key=_order))
    return [*first, *nested]


def _order(path: str) -> tuple[list[str], bool, str]:
    *folders, name = path.split("/")
    return (folders, name != "index.md", name)
