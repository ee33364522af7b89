"""What stands inside paragraphs: links, pictures, HTML and other signs, each settled or spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from build_tools.load.prose import codes
from build_tools.load.prose.addresses import (
    PLACED,
    Page,
    RefusedError,
    link_address,
    picture_address,
)
from build_tools.load.prose.markdown import BLOCKS, NO_FOOTNOTES, RAW_HTML, Document, Spot
from build_tools.load.prose.sanitise import excerpt

SCRIPT_LIKE = re.compile(
    r"</?(?:script|style|iframe|object|embed|applet|form|input|button|textarea|select|svg|math|link|meta|base"
    r"|template|frame|frameset|audio|video|portal|slot|xml|xss)\b"
    r"|[\s/\"']on[a-z]+\s*=|(?:srcdoc|formaction)\s*=|(?:java|vb)script\s*:|data\s*:",
    re.IGNORECASE,
)
"""Told apart only to say it more sharply: no HTML that a writer types reaches a page."""
TOUCHING = re.compile(r"</?(?:a|abbr|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u)\b", re.IGNORECASE)
"""Tags within words; where any other stood, the words around it are kept apart."""
LITERAL = ("{{", "{%", "{:")


def settle(block: Element, document: Document, page: Page) -> None:
    """Give a block the addresses of the site, take out of it what may not be shown, and say so."""
    spot = document.spot(block)
    for element in list(block.iter()):
        spot = document.spots.get(element, spot)
        if element.tag == RAW_HTML:
            _drop_html(element, document, spot)
        elif element.tag == "a":
            _settle_link(element, document, spot, page)
        elif element.tag == "img":
            _settle_image(element, document, spot, page)
        for text in _texts(element):
            _speak_of_signs(text, document, spot)


def placement(image: Element) -> tuple[str, str] | None:
    """The kind and name of a table or chart that an image link asks for."""
    kind, colon, name = image.get("src", "").partition(":")
    if image.tag == "img" and colon and kind.strip().lower() in PLACED:
        return kind.strip().lower(), name.strip()
    return None


def texts_of(block: Element) -> Iterator[tuple[Element, str]]:
    """Each element of a block that has words of its own, with those words."""
    for element in block.iter():
        if (element.tag in BLOCKS or element is block) and (words := "".join(_own(element))):
            yield element, words


def _own(element: Element) -> Iterator[str]:
    """Every word a reader can meet in an element, but not those of blocks in it."""
    yield element.get("alt", "") if element.tag == "img" else element.text or ""
    for inner in element:
        if inner.tag not in BLOCKS:
            yield from _own(inner)
            if title := inner.get("title"):
                yield f" {title} "
        yield inner.tail or ""


def _texts(element: Element) -> Iterator[str]:
    if element.text and element.tag != "code":
        yield element.text
    if element.tail:
        yield element.tail


def _drop_html(element: Element, document: Document, spot: Spot) -> None:
    raw = element.get("raw", "")
    place = document.find(raw, spot)
    if SCRIPT_LIKE.search(raw):
        message = f"Här står HTML som kan köra något hos den som läser: {excerpt(raw)}. Ta bort det."
        document.remarks.error(codes.HTML, message, *place)
    elif not raw.startswith("</"):
        message = f"HTML visas inte: {excerpt(raw)} tas bort. Skriv i Markdown i stället."
        document.remarks.warning(codes.HTML, message, *place)
    _unwrap(element)
    element.text = "" if TOUCHING.match(raw) else " "


def _speak_of_signs(text: str, document: Document, spot: Spot) -> None:
    remarks = document.remarks
    for sign in LITERAL:
        if sign in text:
            message = f"{sign} betyder inget här: texten visas precis som den står, med klamrarna."
            remarks.notice(codes.UNUSED, message, *document.find(sign, spot))
    if "[^" in text:
        remarks.warning(codes.UNUSED, NO_FOOTNOTES, *document.find("[^", spot))
    if "<!--" in text or "-->" in text:
        sign = "<!--" if "<!--" in text else "-->"
        message = "En kommentar i ett stycke ska både börja med <!-- och sluta med --> i det stycket."
        remarks.error(codes.UNCLOSED, message, *document.find(sign, spot))


def _settle_link(link: Element, document: Document, spot: Spot, page: Page) -> None:
    href = link.get("href", "").strip()
    try:
        link.set("href", link_address(href, page))
    except RefusedError as refusal:
        _refuse(link, refusal, document, document.find(href, spot))


def _settle_image(image: Element, document: Document, spot: Spot, page: Page) -> None:
    source = image.get("src", "").strip()
    place = document.find(source, spot)
    try:
        image.set("src", picture_address(source, page))
    except RefusedError as refusal:
        _refuse(image, refusal, document, place)
    else:
        if not image.get("alt", "").strip():
            message = (
                "Bilden saknar beskrivning. Skriv den inom hakparenteserna: ![Vad bilden visar](fil.png)."
            )
            document.remarks.warning(codes.IMAGE, message, *place)


def _refuse(element: Element, refusal: RefusedError, document: Document, place: tuple[int, int]) -> None:
    near = refusal.suggestion() if document.remarks.may_suggest() else ""
    document.remarks.error(refusal.code, refusal.message + near, *place)
    _unwrap(element)


def _unwrap(element: Element) -> None:
    """Leave only the words of an element: the gate lets no `span` through."""
    element.text = element.get("alt", element.text)
    element.tag = "span"
    element.attrib.clear()
