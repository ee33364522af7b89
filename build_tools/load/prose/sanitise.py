"""The gate that all HTML made from writers' text passes, once, when it is read."""

from __future__ import annotations

import re

import nh3

BOXES = frozenset({"note", "info", "tip", "warning", "example", "question"})
"""The kinds of boxes that the theme draws and a writer may use."""

TAGS = {
    *("h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "strong", "em", "sup", "sub"),
    *("ul", "ol", "li", "dl", "dt", "dd", "a", "img", "div"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
CLASSES = {
    "th": {"sr-center", "sr-right"},
    "td": {"sr-center", "sr-right"},
    "div": {"admonition", *BOXES},
    "p": {"admonition-title"},
}
SCHEMES = {"http", "https", "mailto"}
REL = "noopener noreferrer"
LONGEST_QUOTE = 40

_SCHEME = re.compile(r"\s*[a-zA-Z][a-zA-Z0-9+.-]*:")
_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_BARRED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
INVISIBLE = re.compile(f"[{_UNSEEN}]")
"""Characters that take no room and so can hide in a text."""
FORBIDDEN = re.compile(f"[{_BARRED}]")
"""Control characters, turned writing direction, and halves of characters."""
_UNEVEN = re.compile(f"  |[\t\r\n{_UNSEEN}{_BARRED}]")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep a picture or a relative link only where it can point to nothing but our own site."""
    if name == "start":
        return value if re.fullmatch(r"\d{1,9}", value, re.ASCII) else None
    if name not in {"href", "src"}:
        return value
    if name == "src" and _SCHEME.match(value):
        return None
    return None if "\\" in value or value.lstrip().startswith("//") else value


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    tag_attribute_values={"th": {"scope": {"col"}}},
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=REL,
    clean_content_tags={"script", "style"},
)


def safe_html(html: str) -> str:
    """HTML with nothing in it but what our own Markdown gives: no scripts, styles, ids or foreign images."""
    return _CLEANER.clean(html)


def plain(text: str) -> str:
    """Text on one line without hidden characters, for titles, headings and captions. Not escaped."""
    if _UNEVEN.search(text):
        text = re.sub(r"[ \t\r\n]+", " ", INVISIBLE.sub("", FORBIDDEN.sub(" ", text)))
    return text.strip(" ")


def excerpt(text: str, longest: int = LONGEST_QUOTE) -> str:
    """What stands in the file, short enough for a message and without anything a terminal would obey."""
    line = plain(text)
    return line if len(line) <= longest else f"{line[:longest]}…"
