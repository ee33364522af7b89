"""Every handbook of a project: its data, the pages it declares and what somebody wrote on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from build_tools.load.codes import NO_PAGE, STRAY_PAGE, STRAY_PART, fault
from build_tools.load.data_file import read_data
from build_tools.load.formats import HANDBOOK, HANDBOOK_PART
from build_tools.load.handbooks import read_handbook
from build_tools.load.prose import read_free_page
from build_tools.load.source import PROSE_LIMIT, read_text
from build_tools.load.yaml_file import MapNode
from build_tools.model import Finding, FreePage, Handbook, Level, Where
from build_tools.texts import suggestion

DATA = "data/metoder"
CONTENT = "content/metoder"
DRAFT = "utkast"
DEPTH = 3
"""Names in the path of a handbook's own file; those of its folder have one more."""


def read_handbooks(
    root: Path, data: Collection[str], prose: Collection[str], content: Collection[str]
) -> tuple[dict[str, Handbook], tuple[Finding, ...]]:
    """The handbooks by id. A file that cannot be read leaves the rest of its handbook standing."""
    found: list[Finding] = []
    own = own_files(data)
    handbooks: dict[str, Handbook] = {}
    for name, file in own.items():
        tree = _tree(root, file, found)
        files = [part for part in data if part.startswith(f"{DATA}/{name}/")]
        parts = [part for part in (_tree(root, part, found) for part in files) if part]
        if tree:
            handbook, faults = read_handbook(name, tree, parts)
            found += faults
            handbooks[name] = _with_prose(handbook, root, prose, content, found)
    found += _stray(data, prose, own)
    return handbooks, tuple(found)


def own_files(data: Collection[str]) -> dict[str, str]:
    """The file of each handbook, by its id; the files of their folders are left out."""
    return {_id(file): file for file in data if file.count("/") < DEPTH}


def _id(file: str) -> str:
    return file.split("/")[2].removesuffix(".yml")


def _tree(root: Path, file: str, found: list[Finding]) -> MapNode | None:
    shape = HANDBOOK if file.count("/") < DEPTH else HANDBOOK_PART
    tree, faults = read_data(root, file, shape)
    found += (replace(fault, about=f"metoder/{_id(file)}") for fault in faults)
    return tree if isinstance(tree, MapNode) else None


def _with_prose(
    handbook: Handbook, root: Path, prose: Collection[str], content: Collection[str], found: list[Finding]
) -> Handbook:
    """The handbook with the texts of its pages; what is written but not declared is told."""
    files = {path.split("/")[3].removesuffix(".md"): path for path in prose if _id(path) == handbook.id}
    pages = dict(handbook.pages)
    for name, file in files.items():
        if name in pages:
            pages[name] = replace(pages[name], prose=_page(root, file, content, found))
        else:
            near = suggestion(name, pages) or f" Nämn sidan under sidor i {handbook.where.file}."
            message = f"Texten visas inte: handboken {handbook.name} har ingen sida {name}.{near}"
            found.append(fault(STRAY_PAGE, Where(file), message, about=handbook.place))
    found += _unwritten(handbook, files)
    return replace(handbook, pages=pages)


def _page(root: Path, file: str, content: Collection[str], found: list[Finding]) -> FreePage | None:
    text, faults = read_text(root, file, PROSE_LIMIT)
    found += faults
    if text is None:
        return None
    page, told = read_free_page(text, file, file.removeprefix("content/"), content)
    found += told
    return page


def _unwritten(handbook: Handbook, files: Mapping[str, str]) -> Iterator[Finding]:
    """A draft may lack texts: that is told once. A final handbook may not."""
    lacking = [page for name, page in handbook.pages.items() if name not in files]
    if not lacking:
        return
    if handbook.status == DRAFT:
        count = f"{len(lacking)} av {len(handbook.pages)} sidor saknar text"
        message = f"{handbook.name}: {count}. Handboken är ett utkast och visas bara i förhandsvisningen."
        yield fault(NO_PAGE, handbook.where, message, Level.NOTICE, handbook.place)
        return
    for page in lacking:
        message = (
            f"Sidan ”{page.title}” har ingen text: {CONTENT}/{handbook.id}/{page.id}.md saknas. Skriv den."
        )
        yield fault(NO_PAGE, page.where, message, about=handbook.place)


def _stray(data: Collection[str], prose: Collection[str], own: Mapping[str, str]) -> Iterator[Finding]:
    """Parts and texts of a handbook that has no file."""
    for file in data:
        if _id(file) not in own:
            message = f"Filen hör till handboken {_id(file)}, men {DATA}/{_id(file)}.yml saknas."
            yield fault(STRAY_PART, Where(file), f"{message}{suggestion(_id(file), own)}")
    for file in prose:
        if _id(file) not in own:
            message = f"Texten hör till handboken {_id(file)}, men {DATA}/{_id(file)}.yml saknas."
            yield fault(STRAY_PAGE, Where(file), f"{message}{suggestion(_id(file), own)}")
