"""Prose: Swedish cases through the readers, and what holds for any text whatever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from build_tools.load.codes import CODES
from build_tools.load.prose import read_free_page, read_prose
from build_tools.load.prose.codes import PROSE_CODES
from build_tools.model import (
    Finding,
    FreePage,
    Heading,
    Placement,
    Prose,
    Template,
    TemplatePart,
    TemplateSection,
)

TESTS = Path(__file__).parents[1]
DEMO = TESTS.parent
CASES = sorted((TESTS / "cases" / "prosa").glob("*.md"))
HOSTILE = sorted((TESTS / "cases" / "fientligt").glob("*.md"))
REPORT = "content/rapporter/sater/2021.md"
PAGE = "om/siffrorna.md"
KNOWN = frozenset(
    {
        *("index.md", "om/index.md", "om/siffrorna.md", "om/år 2021.md", "om/bilaga.pdf"),
        "om/bilder/trappa.png",
        *("rapporter/sater/2020.md", "rapporter/sater/2021.md"),
    }
)
PARTS = tuple(
    TemplatePart(name.lower(), name, name != "Reflektion") for name in ("Beskrivning", "Analys", "Reflektion")
)
TEMPLATE = Template(
    "samverkansteam",
    "Samverkansteamets årsrapport",
    (
        TemplateSection(0, "sammanfattning", "Sammanfattning", "", False, ()),
        TemplateSection(
            1, "deltagare", "Deltagare – förutsättningar", "deltagare", True, PARTS, ("tabell:alder",)
        ),
        TemplateSection(2, "ekonomi", "Ekonomi", "organisation", True, PARTS, ("tabell:ekonomi",)),
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A title, what the writer has written, and what is read from it."""

    file: Path
    title: str
    written: str
    expected: str


def cases(file: Path) -> list[Case]:
    """The cases of a file: title, text and what is read, a line with a dot after each."""
    pieces = ("\n" + file.read_text(encoding="utf-8")).split("\n.\n")
    assert len(pieces) % 3 == 1, f"{file.name}: varje fall har tre delar"
    triples = zip(pieces[0::3], pieces[1::3], pieces[2::3], strict=False)
    return [Case(file, title.strip(), written, told) for title, written, told in triples]


ALL = [case for file in CASES for case in cases(file)]


def report(text: str) -> tuple[Prose | None, tuple[Finding, ...]]:
    """A text read as a report."""
    return read_prose(text, REPORT, TEMPLATE, KNOWN)


def page(text: str) -> tuple[FreePage | None, tuple[Finding, ...]]:
    """A text read as a free page."""
    return read_free_page(text, f"content/{PAGE}", PAGE, KNOWN)


def body_lines(body: tuple[str | Placement | Heading, ...]) -> Iterator[str]:
    """What a page shows, one line for each thing."""
    for piece in body:
        if isinstance(piece, Placement):
            yield f"[{piece.kind}:{piece.name}] {piece.caption} (rad {piece.where.line})"
        elif isinstance(piece, Heading):
            yield f"{'#' * piece.level} {piece.text} #{piece.anchor} (rad {piece.where.line})"
        else:
            yield piece


def prose_lines(prose: Prose) -> Iterator[str]:
    """A report's prose as text: sections, parts, what they show, and each paragraph with its place."""
    yield f"# {prose.title}"
    for section in prose.sections:
        yield f"## avsnitt {section.number} (rad {section.where.line})"
        for part in section.parts:
            yield f"### {part.id or '–'} {part.title} (rad {part.where.line})"
            yield from body_lines(part.body)
            yield from (f"{p.where.line}:{p.where.column} | {p.text}" for p in part.paragraphs)


def page_lines(free: FreePage) -> Iterator[str]:
    """A free page as text."""
    yield f"# {free.title}"
    yield f"({free.description})"
    yield from body_lines(free.body)


def told(case: Case) -> str:
    """What is said of a case and what is read from it, as text."""
    if case.file.stem.startswith("sida"):
        free, found = page(case.written)
        read = page_lines(free) if free else ()
    else:
        prose, found = report(case.written)
        read = prose_lines(prose) if prose else ()
    said = (f"{one.where.line}:{one.where.column} {one.level} {one.code} {one.message}" for one in found)
    return "\n".join([*said, *read])


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    """A text gives its findings and its prose, word for word."""
    given_now = told(case)
    if request.config.getoption("--regen") and given_now != case.expected:
        text = "\n" + case.file.read_text(encoding="utf-8")
        old = f"\n.\n{case.written}\n.\n{case.expected}\n.\n"
        new = f"\n.\n{case.written}\n.\n{given_now}\n.\n"
        case.file.write_text(text.replace(old, new, 1)[1:], encoding="utf-8")
    assert given_now == case.expected


# --- what the cases cannot show -------------------------------------------------------------------------

SECTION = "# Titel\n\n## 2. Ekonomi\n\n### Beskrivning\n\n"
TOO_MUCH = {
    "F30 bytes": "# T\n\n" + "å" * 100_000,
    "F30 lines": "# T\n" + "a\n\n" * 5_000,
    "F31": SECTION + "Ett\x07 tecken.",
    "F32": SECTION + "Osyn\u200bligt.",
    "F33 line": SECTION + "a" * 5_001,
    "F33 paragraph": SECTION + "a a a a\n" * 300 + "a" * 4_000,
    "F34 columns": SECTION + "|".join("a" * 30) + "\n" + "|".join("-" * 30),
    "F34 rows": SECTION + "- a\n" * 401,
    "F34 quotes": SECTION + ">" * 9 + "a",
    "F34 lists": SECTION + "\n".join("    " * level + "- a" for level in range(9)),
    "F34 brackets": SECTION + "[" * 9 + "a",
    "F34 markup": SECTION + ("*a " * 100 + " a*" * 100),
}
ENDLESS = [
    *(sign * 50_000 for sign in "><[](){}*_`~#|!&\\:-+=\"'^ \t\n"),
    *(("x" * 9 + sign) * 5_000 for sign in "[*_`<&"),
    *(piece * 7_000 for piece in ("[a](", "![a](", "<a ", "a\n:   ", "- ", "1. ", "> - ", "<!--", "&#x")),
    *(f"{piece * (4_990 // len(piece))}\n\n" * 3 for piece in ('[a](b ")', "![", "[a][", "***a**", "`a``")),
    *(f"{piece}\n" * 380 for piece in ("#", "=", "-", "!!! a", "|a|", "[a]: b")),
]


def codes_of(found: tuple[Finding, ...]) -> set[str]:
    """The codes of some findings."""
    return {one.code for one in found}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_a_finding(name: str) -> None:
    """Size, length, depth and hidden characters are told with code and place, never with a traceback."""
    found = report(TOO_MUCH[name])[1]
    assert codes_of(found) == {name[:3]}
    assert all(one.where.file == REPORT for one in found)


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: ascii(text[:12]))
def test_no_text_is_endless(text: str) -> None:
    """What would keep the Markdown library busy for hours, or overflow its stack, is read or refused at once.

    Either the text is shown or something is said of it; nothing is lost without a word.
    """
    prose, found = report(SECTION + text)
    assert found or (prose and prose.sections[0].parts[0].body) or not text.strip()
    free, found = page(f"# Titel\n\n{text}")
    assert found or (free and free.body) or not text.strip()


def test_a_file_that_is_too_large_has_no_prose() -> None:
    """A text that was not read must not pass for an empty one."""
    assert report(TOO_MUCH["F30 bytes"])[0] is None
    assert page(TOO_MUCH["F30 lines"])[0] is None


def test_characters_nobody_can_see_are_told_once_and_are_not_published() -> None:
    """Each kind is told where it stands first, with how often it stands; none of them gets any further."""
    prose, found = report(SECTION + "a\u200bb\u202ec\ud800d\n\u200b\x0b\ufeffe\x02klzzwxh:0000\x03")
    assert [(one.where.line, one.where.column, one.code) for one in found] == [
        (7, 2, "F32"),
        (7, 4, "F31"),
        (7, 6, "F31"),
        (8, 2, "F31"),
        (8, 3, "F32"),
        (8, 5, "F31"),
        (8, 18, "F31"),
    ]
    assert prose is not None
    text = prose.sections[0].parts[0].paragraphs[0].text
    assert text == "ab c d e klzzwxh:0000"


def test_a_byte_order_mark_is_no_text() -> None:
    """Windows editors put one first; it hides no heading."""
    prose, found = report("\ufeff# Titel\r\n\r\n## 2. Ekonomi\r\n\r\nText.\r\n")
    assert (prose and prose.title, found) == ("Titel", ())


def test_every_code_has_a_text_in_which_it_speaks() -> None:
    """A code without a case may say anything."""
    pattern = r"^\d+:\d+ \w+ (F\d\d) "
    spoken = {code for case in ALL for code in re.findall(pattern, case.expected, re.MULTILINE)}
    assert spoken | {name[:3] for name in TOO_MUCH} == {row.code for row in PROSE_CODES}


def test_codes_are_never_used_twice() -> None:
    """Codes of prose begin where those of data end."""
    used = [row.code for row in (*CODES, *PROSE_CODES)]
    assert len(used) == len(set(used))
    assert [row.code for row in PROSE_CODES] == [f"F{number}" for number in range(30, 50)]


def test_the_template_names_what_may_be_placed() -> None:
    """A table that only a template knows can be placed in its reports."""
    prose, found = report(SECTION + "![Ålder](tabell:alder)")
    assert found == ()
    assert prose is not None
    assert prose.sections[0].parts[0].body == (
        Placement("tabell", "alder", "Ålder", prose.sections[0].parts[0].body[0].where),  # type: ignore[union-attr]
    )


@pytest.mark.parametrize(
    ("source", "target", "href"),
    [
        ("om/index.md", "siffrorna.md", "siffrorna/"),
        ("om/siffrorna.md", "index.md", "../"),
        ("om/siffrorna.md", "../index.md", "../../"),
        ("index.md", "om/index.md", "om/"),
        ("index.md", "index.md", "./"),
        ("rapporter/sater/2021.md", "2020.md", "../2020/"),
        ("rapporter/sater/2021.md", "../../om/bilaga.pdf", "../../../om/bilaga.pdf"),
        ("om/index.md", "bilaga.pdf", "bilaga.pdf"),
        ("om/index.md", "%C3%A5r 2021.md", "%C3%A5r%202021/"),
    ],
)
def test_a_link_leads_to_the_published_page(source: str, target: str, href: str) -> None:
    """A page is published as a folder of its own, so ways between files are not ways between pages."""
    free, found = read_free_page(f"# T\n\n[a]({target})", f"content/{source}", source, KNOWN)
    assert found == ()
    assert free is not None
    assert re.findall(r'href="([^"]*)"', "".join(map(str, free.body))) == [href]


# --- as a part of the page ------------------------------------------------------------------------------

EXTENSIONS = [
    *("attr_list", "tables", "toc", "md_in_html", "def_list", "footnotes", "abbr", "admonition", "meta"),
    *("pymdownx.superfences", "pymdownx.details", "pymdownx.tabbed", "pymdownx.snippets", "pymdownx.critic"),
    *("pymdownx.magiclink", "pymdownx.emoji", "pymdownx.inlinehilite", "pymdownx.arithmatex"),
    "pymdownx.keys",
    *("pymdownx.blocks.admonition", "pymdownx.blocks.html", "pymdownx.smartsymbols", "pymdownx.tasklist"),
]
TRAPS = """# Titel

Ett
~~~
stycke
~~~ med
```
streck {: .a } {#id} {++a++} {{ b }}

--8<-- "/etc/hosts"

[TOC] $$x$$ :smile: ++ctrl++ (c) *[HTML]: Hyper

/// note
///

=== "Flik"

| a {: onclick=1} | {#id} |
|---|---|
| \\{: .b} | &lt;/div&gt; |

- [ ] a {: .x }

```
</code></pre></div>

--8<-- "/etc/hosts"

# ingen rubrik {#x}
    ~~~
{: .c }
```

`</div>` &lt;!-- slut

Sist *[
"""


def pieces(text: str) -> list[str]:
    """The HTML of a text, read as a free page."""
    free = page(text)[0]
    return [piece for piece in free.body if isinstance(piece, str)] if free else []


TEXTS = {
    "fällor": TRAPS,
    **{f"{case.file.stem}: {case.title}": case.written for case in ALL},
    **{path.stem: path.read_text(encoding="utf-8") for path in HOSTILE},
}


@pytest.mark.parametrize("extensions", [[], ["attr_list", "toc", "md_in_html"], EXTENSIONS], ids=len)
@pytest.mark.parametrize("name", TEXTS)
def test_html_passes_unchanged_through_the_markdown_of_any_site(name: str, extensions: list[str]) -> None:
    """In the generated file a piece is one block of raw HTML: no extension finds anything to read in it."""
    for piece in pieces(TEXTS[name]):
        text = f'# Titel\n\n## Rubrik {{#r}}\n\n<div class="sr-text">\n{piece}\n</div>\n\n## Nästa\n'
        html = Markdown(extensions=extensions).convert(text)
        assert re.findall(r'<div class="sr-text">\n(.*)\n</div>\s*<h2', html, re.DOTALL) == [piece]


# --- any text -------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("#", "##", "###", "####", "- ", "1. ", "> ", "    ", "|", "---", "===", "\n", "\n\n", "```", "~~~"),
        *("*", "**", "_", "`", "[", "](", ")", "![", "<", ">", "<!--", "-->", "&", ";", "&#", ":", "!!! obs"),
        *("1. Deltagare", "2. Ekonomi", "Beskrivning", "Analys", "diagram:flode", "tabell:x", "om/index.md"),
        *(
            "javascript:",
            "https://exempel.se",
            "{{ a }}",
            "{: a }",
            "[^1]",
            "[a]: b",
            "\\",
            "\t",
            "\r",
            "åäö",
        ),
        *("\x00", "\x02", "\x03", "\ud800", "\u202e", "\u200b", "\u2028", "<b>", "</div>", "<img onerror=x>"),
    ]
)
MARKDOWN = st.lists(WORDS | st.text(max_size=8), max_size=60).map("".join)
RELAXED = settings(derandomize=True, database=None, deadline=None, max_examples=150)


@RELAXED
@given(MARKDOWN | st.text())
def test_any_text_gives_findings_or_prose(text: str) -> None:
    """No text makes the readers fall over, and each finding and each paragraph has a place in the file."""
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for read, found in (report(text), page(text)):
        assert read is not None
        assert all(1 <= one.where.line <= last and one.where.column >= 1 and one.message for one in found)
        assert found or read.title
    prose = report(text)[0]
    for section in prose.sections if prose else ():
        for part in section.parts:
            assert all(1 <= paragraph.where.line <= last for paragraph in part.paragraphs)


@RELAXED
@given(MARKDOWN)
def test_the_same_text_gives_the_same_prose(text: str) -> None:
    """Nothing is remembered from one file to the next."""
    assert report(text) == report(text)
    assert page(text) == page(text)


@RELAXED
@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=30))
def test_every_word_a_reader_sees_stands_in_a_paragraph(words: list[str]) -> None:
    """Numbers in text are looked for in the paragraphs, so nothing that is shown may be missing there."""
    prose = report(SECTION + " ".join(words) + "\n\n- " + "\n- ".join(words))[0]
    assert prose is not None
    part = prose.sections[0].parts[0]
    shown = re.sub(r"<[^>]*>", " ", "".join(map(str, part.body)))
    assert unescape(shown).split() == " ".join(one.text for one in part.paragraphs).split()
