"""Where links and pictures lead, from the file where they are written to the published page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from build_tools.load.prose import codes
from build_tools.load.prose.sanitise import FORBIDDEN, INVISIBLE, SCHEMES, excerpt
from build_tools.texts import suggestion

PLACED = ("diagram", "tabell")
PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
MOST_LIKELY = 100
"""Files that a wrong address is compared with: there may be tens of thousands."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WEB_LIKE = re.compile(r"www\.|[\w-]+\.(?:com|eu|gov|net|nu|org|se)(?:$|[/:?])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The page a text becomes: its path in `content/`, what it can link to and what it can show.

    `anchors` is None where others give the page anchors too.
    """

    path: str
    known: Collection[str]
    shown: Collection[str]
    anchors: Collection[str] | None = None


class RefusedError(Exception):
    """A link or picture that cannot be followed, why, and among what the one that was meant may be."""

    def __init__(
        self, code: str, message: str, asked: str = "", among: Callable[[], Collection[str]] = tuple
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self._asked = asked
        self._among = among

    def suggestion(self) -> str:
        """The sentence that names what may have been meant."""
        return suggestion(self._asked, self._among()) if self._asked else ""


def link_address(href: str, page: Page) -> str:
    """The address of a link as it stands on the published page. Raises RefusedError."""
    if _hides(href):
        raise RefusedError(codes.FORBIDDEN_LINK, "Adressen innehåller tecken som inte syns. Skriv om den.")
    if scheme := _SCHEME.match(href):
        return _foreign(href, scheme.group(1).lower())
    if href.startswith("#"):
        return _anchor(href, page)
    path, _, anchor = href.partition("#")
    return _way(page.path, _target(path, page, "Sidan", codes.LOST_LINK)) + _quoted_anchor(anchor)


def picture_address(source: str, page: Page) -> str:
    """The address of a picture of our own, as it stands on the published page. Raises RefusedError."""
    scheme = _SCHEME.match(source)
    if scheme and scheme.group(1).lower() in PLACED:
        message = f"{excerpt(source)} står inne i en text. Sätt det i ett eget stycke, med tomma rader runt."
        raise RefusedError(codes.PLACEMENT, message)
    if scheme or _hides(source):
        message = f"Bilden {excerpt(source)} ligger inte i content. Lägg filen där och skriv vägen dit."
        raise RefusedError(codes.IMAGE, message, source[:80], lambda: page.shown)
    target = _target(source, page, "Bilden", codes.IMAGE)
    if posixpath.splitext(target)[1].lower() not in PICTURES:
        raise RefusedError(codes.IMAGE, f"{excerpt(source)} är inte en bildfil.")
    return _way(page.path, target)


def _hides(address: str) -> bool:
    return bool(FORBIDDEN.search(address) or INVISIBLE.search(address) or re.search(r"[\t\n\r]", address))


def _foreign(href: str, scheme: str) -> str:
    if scheme in PLACED:
        message = f"En tabell eller ett diagram placeras med utropstecken först: ![text]({excerpt(href)})."
        raise RefusedError(codes.PLACEMENT, message)
    if scheme not in SCHEMES:
        message = (
            f"Länken börjar med ”{excerpt(scheme)}:”. Den får börja med https://, http:// eller mailto:."
        )
        raise RefusedError(codes.FORBIDDEN_LINK, message)
    if not _has_target(href):
        raise RefusedError(codes.LOST_LINK, f"Adressen {excerpt(href)} är inte hel. Skriv hela adressen.")
    return quote(href, safe="!#$%&'()*+,/:;=?@[]~")


def _has_target(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return "@" in parts.path if parts.scheme == "mailto" else bool(parts.hostname)


def _anchor(href: str, page: Page) -> str:
    name, anchors = unquote(href[1:]), page.anchors
    if anchors is not None and name and name not in anchors:
        message = f"Det finns ingen rubrik ”{excerpt(name)}” på sidan."
        raise RefusedError(codes.LOST_LINK, message, name, lambda: anchors)
    return _quoted_anchor(name) or "#"


def _quoted_anchor(name: str) -> str:
    return f"#{quote(unquote(name), safe='/')}" if name else ""


def _target(path: str, page: Page, what: str, code: str) -> str:
    """The path in `content/` that a way from a page leads to."""
    if path.startswith(("/", "\\")):
        message = f"Vägen {excerpt(path)} börjar med ett snedstreck. Skriv vägen från den här filen."
        raise RefusedError(code, message)
    folder = posixpath.dirname(page.path)
    target = posixpath.normpath(posixpath.join(folder, unquote(path)))
    if path and (target in page.known or target == page.path):
        return target
    hint = " En webbadress börjar med https://." if _WEB_LIKE.match(path) else ""
    message = f"{what} {excerpt(path)} finns inte i content.{hint}" if path else "Adressen är tom."
    asked = "" if hint or not path else _relative(target, folder)
    raise RefusedError(code, message, asked, lambda: _likely(target, page))


def _likely(target: str, page: Page) -> list[str]:
    """The files that may have been meant: in the folder that was named, or of the name that was written."""
    folder, name = posixpath.split(target)
    likely = [
        path for path in page.known if posixpath.dirname(path) == folder or f"/{path}".endswith(f"/{name}")
    ]
    return [_relative(path, posixpath.dirname(page.path)) for path in sorted(likely)[:MOST_LIKELY]]


def _way(page: str, target: str) -> str:
    """From the folder a page is published in to where another file is published."""
    folder, name = _published(target)
    way = _relative(folder, _published(page)[0])
    return quote(posixpath.join(way, name) or "./", safe="/")


def _relative(path: str, folder: str) -> str:
    """The way to a path from a folder. Unlike `os.path.relpath` it never asks where the program stands."""
    there, here = [[step for step in way.split("/") if step] for way in (path, folder)]
    shared = len(posixpath.commonprefix([there, here]))
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])


def _published(path: str) -> tuple[str, str]:
    """The folder and the file name under which the site has a file; a page is its folder's index."""
    folder, name = posixpath.split(path)
    stem, kind = posixpath.splitext(name)
    if kind != ".md":
        return folder, name
    return (folder if stem in {"index", "README"} else posixpath.join(folder, stem)), ""
