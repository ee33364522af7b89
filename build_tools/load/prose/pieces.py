"""Blocks of Markdown as what the model holds: safe HTML, placements, and paragraphs of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, tostring

from build_tools.load.prose import codes
from build_tools.load.prose.addresses import Page
from build_tools.load.prose.inline import placement, settle, texts_of
from build_tools.load.prose.markdown import HEADINGS, Document
from build_tools.load.prose.sanitise import excerpt, plain, safe_html
from build_tools.model import Paragraph, Placement, Where
from build_tools.texts import suggestion

Block = Element | Placement

BOXES = {
    "obs": ("note", "Obs"),
    "info": ("info", "Information"),
    "tips": ("tip", "Tips"),
    "varning": ("warning", "Varning"),
    "exempel": ("example", "Exempel"),
    "fråga": ("question", "Fråga"),
}
"""Boxes (`!!! tips "Rubrik"`): the writer's word, the theme's, and the title where none is given."""
NO_REPORT = "kan inte stå här: tabeller och diagram hör till en rapport."
_ENTITIES = str.maketrans({"\n": "&#10;", "{": "&#123;", "}": "&#125;"})
"""Line ends of code blocks, and the signs of template languages: no plug-in of a project may read them."""
_ALIGNED = {"text-align: right;": "sr-right", "text-align: center;": "sr-center"}


def blocks_of(document: Document, page: Page) -> Iterator[Block]:
    """The blocks of a document, settled, with a placement wherever a paragraph asks for nothing else."""
    for block in document.blocks:
        if _places_only(block):
            yield from _placements(block, document, page)
            continue
        settle(block, document, page)
        if block.tag in HEADINGS and not heading_text(block):
            message = "Rubriken är tom. Skriv den, eller ta bort nummertecknen."
            document.remarks.error(codes.MISPLACED_HEADING, message, *document.spot(block).place)
            continue
        if block.tag not in HEADINGS:
            _settle_headings(block, document)
            _settle_boxes(block, document)
            _settle_tables(block)
        yield block


def heading_text(heading: Element) -> str:
    """The words of a heading without its markup."""
    return plain("".join(words for _, words in texts_of(heading)))


def body_of(blocks: Iterable[Block]) -> tuple[str | Placement, ...]:
    """HTML with the placements between. Each piece is whole: it can stand alone in a Markdown file."""
    body: list[str | Placement] = []
    for block in blocks:
        if isinstance(block, Placement):
            body.append(block)
        elif html := _html(block):
            joins = body and isinstance(body[-1], str)
            body[-1:] = [f"{body[-1]}\n{html}"] if joins else [*body[-1:], html]
    return tuple(body)


def paragraphs_of(blocks: Iterable[Block], document: Document) -> Iterator[Paragraph]:
    """The text of each paragraph, item, cell and small heading, with the place where it begins."""
    for block in blocks:
        if isinstance(block, Placement):
            continue
        spot = document.spot(block)
        for element, words in texts_of(block):
            spot = document.spots.get(element, spot)
            if text := plain(words):
                yield Paragraph(text, Where(document.remarks.file, *spot.place))


def _html(block: Element) -> str:
    """One block as one line that begins with a tag.

    So no line of ours can pass for Markdown, whatever extensions a project has switched on: some of them
    look for their signs at the beginning of lines before HTML is told apart.
    """
    if not shows(block):
        return ""
    for element in block.iter():
        if element.tag not in {"pre", "code"}:
            element.text = _one_line(element.text)
        element.tail = _one_line(element.tail)
    block.tail = None
    return safe_html(tostring(block, encoding="unicode", method="html")).translate(_ENTITIES)


def _one_line(text: str | None) -> str | None:
    return re.sub(r"[ \n]+", " ", text) if text and ("\n" in text or "  " in text) else text


def shows(block: Block) -> bool:
    """Whether anything of a block is to be seen."""
    return (
        isinstance(block, Placement)
        or block.tag == "hr"
        or any(text.strip() for text in block.itertext())
        or block.find(".//img") is not None
    )


def _places_only(block: Element) -> bool:
    words = [block.text, *(image.tail for image in block)]
    return (
        block.tag == "p"
        and len(block) > 0
        and all(placement(image) for image in block)
        and not any(word and word.strip() for word in words)
    )


def _placements(block: Element, document: Document, page: Page) -> Iterator[Placement]:
    remarks = document.remarks
    for image in block:
        kind, name = placement(image) or ("", "")
        place = document.find(image.get("src", ""), document.spot(block))
        asked = f"{kind}:{name}"
        if asked in page.shown:
            yield Placement(kind, name, plain(image.get("alt", "")), Where(remarks.file, *place))
        else:
            near = suggestion(asked, page.shown) if remarks.may_suggest() else ""
            problem = "är ingen tabell och inget diagram som finns." if page.shown else NO_REPORT
            remarks.error(codes.PLACEMENT, f"”{excerpt(asked)}” {problem}{near}", *place)


def _settle_headings(block: Element, document: Document) -> None:
    """Make a paragraph of a large heading in a list, a quote or a box: it would break the page's contents."""
    message = "En rubrik står inne i en lista, ett citat eller en ruta. Skriv den på en egen rad utanför."
    for heading in block.iter():
        if heading.tag in HEADINGS[:3]:
            spot = document.spots.get(heading) or document.spot(block)
            document.remarks.error(codes.MISPLACED_HEADING, message, *spot.place)
            heading.tag = "p"


def _settle_boxes(block: Element, document: Document) -> None:
    for box in block.iter("div"):
        word = _words(box)[0]
        kind, title = BOXES.get(word, BOXES["obs"])
        if word not in BOXES:
            known = f"De heter {', '.join(BOXES)}.{suggestion(word[:80], BOXES)}"
            message = f"Rutor kan inte heta ”{excerpt(word)}”. {known}"
            document.remarks.warning(codes.UNUSED, message, *document.spot(box).place)
        box.set("class", f"admonition {kind}")
        heading = next(iter(box), None)
        if heading is not None and heading.get("class") and heading.text == word.capitalize():
            heading.text = title


def _words(box: Element) -> Sequence[str]:
    return box.get("class", "").split()[1:] or ("",)


def _settle_tables(block: Element) -> None:
    """Say how cells are aligned with a class, since pages carry no styles, and what a heading cell is for."""
    for cell in block.iter():
        if cell.tag in {"th", "td"}:
            style = cell.attrib.pop("style", "")
            if style in _ALIGNED:
                cell.set("class", _ALIGNED[style])
        if cell.tag == "th":
            cell.set("scope", "col")
