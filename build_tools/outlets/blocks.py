"""Hands our finished HTML past Markdown and MkDocs, which would both read it tag by tag and change nothing.

A block goes where Markdown would put it, in its stash. From the first one that is not plainly whole, all is
left to Markdown, which has its own ways with what somebody forgot to close.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

BEFORE_HTML = 22
"""Just before MkDocs reads the page for anchors (21) and Markdown for HTML (20); after fenced code (25)."""
BEGINS = re.compile(r" {0,3}<([a-zA-Z!?][a-zA-Z0-9]*)")
FINISHED = frozenset(
    {"article", "aside", "details", "div", "dl", "figure", "form", "nav", "ol", "p", "section", "table", "ul"}
)  # fmt: skip
ANCHOR = re.compile(r'<(?:[a-z][^<>]*?\sid|a[^<>]*?\sname)="([^"]*)"')
READ = 'markdown="'
"""Says that there is Markdown within."""


class Blocks(Extension):
    """Gives Markdown the step that puts finished blocks aside."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name is Markdown's
        """Register the step."""
        md.preprocessors.register(_Aside(md), "samrapport_block", BEFORE_HTML)


class _Aside(Preprocessor):
    """Puts every finished block into Markdown's own stash."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a place in the stash instead of each block."""
        return list(self._passed(lines))

    def _passed(self, lines: Sequence[str]) -> Iterator[str]:
        at = 0
        while at < len(lines):
            end = block_end(lines, at)
            if end > at:
                yield from ("", self.md.htmlStash.store("\n".join((*lines[at:end], ""))), "")
            elif self._is_raw(lines[at]):
                yield from lines[at:]
                return
            else:
                yield lines[at]
            at = max(end, at + 1)

    def _is_raw(self, line: str) -> bool:
        """Whether Markdown begins to read HTML here."""
        begins = BEGINS.match(line)
        if not begins:
            return False
        return begins[1][0] in "!?" or self.md.is_block_level(begins[1].lower())


def block_end(lines: Sequence[str], start: int) -> int:
    """The line after a block that begins and ends with blank lines round it; `start` where there is none."""
    begins = BEGINS.match(lines[start])
    if not begins or lines[start][0] == " " or begins[1] not in FINISHED:
        return start
    if start and lines[start - 1].strip():
        return start
    depth = 0
    for at in range(start, len(lines)):
        if READ in lines[at]:
            return start
        for tag in _tags(begins[1]).finditer(lines[at]):
            depth += -1 if tag[1] else 1
            if depth == 0:
                whole = tag.end() == len(lines[at]) and not "".join(lines[at + 1 : at + 2]).strip()
                return at + 1 if whole else start
    return start


@lru_cache(maxsize=len(FINISHED))
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?:>|(?=\s))")


def anchors(html: str) -> frozenset[str]:
    """What a page's HTML can be linked to by."""
    return frozenset(map(unescape, ANCHOR.findall(html)))
