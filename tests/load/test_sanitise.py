"""The gate for HTML: what it lets through, and that nothing else passes whatever is tried."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_tools.load.prose import read_free_page, read_prose
from build_tools.load.prose.sanitise import ATTRIBUTES, CLASSES, SCHEMES, TAGS, plain, safe_html
from build_tools.model import Template, TemplateSection

HOSTILE = sorted((Path(__file__).parents[1] / "cases" / "fientligt").glob("*.md"))
TEMPLATE = Template("t", "T", (TemplateSection(1, "a", "Avsnitt", "", True, ()),))
RELAXED = settings(derandomize=True, database=None, deadline=None, max_examples=200)


TAG_LIKE = st.lists(st.sampled_from([*'<>"/= a', "svg", "img", "style", "on", "href"])).map("".join)


class Strictly(HTMLParser):
    """Reads HTML and keeps all that our own Markdown does not give."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and each of its attributes."""
        if tag not in TAGS:
            self.foreign.append(f"<{tag}>")
        self.foreign += [f"{tag} {name}={value}" for name, value in attrs if not fits(tag, name, value or "")]

    def handle_comment(self, data: str) -> None:
        """A comment can hide what it likes."""
        self.foreign.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        """So can a declaration."""
        self.foreign.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        """And an instruction."""
        self.foreign.append(f"<?{data}")

    def unknown_decl(self, data: str) -> None:
        """And what no parser knows."""
        self.foreign.append(f"<![{data}")


def fits(tag: str, name: str, value: str) -> bool:
    """Whether our own Markdown gives such an attribute."""
    if name == "class":
        return set(value.split()) <= CLASSES.get(tag, set())
    if name in {"href", "src"}:
        scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*)[\t\n\r]*:", value.lower())
        known = not scheme or (name == "href" and scheme.group(1) in SCHEMES)
        return name in ATTRIBUTES[tag] and known and not re.match(r"[\s\\]*(//|\\)", value)
    fixed = {("a", "rel"): "noopener noreferrer", ("th", "scope"): "col"}
    return fixed.get((tag, name)) == value or name in ATTRIBUTES.get(tag, set())


def foreign(html: str) -> list[str]:
    """All in some HTML that our own Markdown does not give."""
    reader = Strictly()
    reader.feed(html)
    reader.close()
    return reader.foreign


def shown(text: str) -> str:
    """All HTML that comes of a text, read in both ways."""
    known = frozenset({"om/index.md"})
    free = read_free_page(text, "content/om/x.md", "om/x.md", known)[0]
    body = [*free.body] if free else []
    headed = f"# Titel\n\n## Avsnitt\n\n{text.replace(chr(10) + '#', chr(10) + '####')}"
    prose = read_prose(headed, "content/rapporter/a/1.md", TEMPLATE, known)[0]
    body += (
        [piece for section in prose.sections for part in section.parts for piece in part.body]
        if prose
        else []
    )
    return "\n".join(piece for piece in body if isinstance(piece, str))


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<p>Text & mer</p>", "<p>Text &amp; mer</p>"),
        ("<h4>a</h4><h1>b</h1><h2>c</h2>", "<h4>a</h4>bc"),
        ("<p id=a onclick=b style=c data-d=e>f</p>", "<p>f</p>"),
        ("a<script>b</script><style>c</style>d", "ad"),
        ("<svg onload=a><circle/></svg><math>b</math>", "b"),
        ("<!-- a --><?b?><iframe srcdoc=c></iframe><base href=d>", ""),
        ('<td class="sr-right x" style="color:red">1</td>', "1"),
        ('<a href="https://a.se" target=b>c</a>', '<a href="https://a.se" rel="noopener noreferrer">c</a>'),
        ('<a href="../b/#c">d</a>', '<a href="../b/#c" rel="noopener noreferrer">d</a>'),
        ('<a href="java&#9;script:a">b</a>', '<a rel="noopener noreferrer">b</a>'),
        ('<a href="//a.se">b</a>', '<a rel="noopener noreferrer">b</a>'),
        ('<a href="/\\a.se">b</a>', '<a rel="noopener noreferrer">b</a>'),
        ('<img src="a.png" alt="b" onerror=c srcset=d>', '<img src="a.png" alt="b">'),
        ('<img src="https://a.se/b.png" alt="c">', '<img alt="c">'),
        ('<img src="data:image/svg+xml,a" alt="b">', '<img alt="b">'),
        ('<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
        ('<ol start="3;a"><li>b</li></ol>', "<ol><li>b</li></ol>"),
        ('<div class="admonition tip md-nav">a</div>', '<div class="admonition tip">a</div>'),
    ],
)
def test_only_what_our_own_markdown_gives_passes(html: str, safe: str) -> None:
    """Tags, attributes, classes and addresses are let in by name; all else is left out."""
    assert safe_html(html) == safe


def test_tables_keep_their_headings_and_alignment() -> None:
    """A heading cell says what it heads, and numbers stand to the right, without styles."""
    table = (
        '<table><thead><tr><th class="sr-right" scope="col">a</th></tr></thead>'
        '<tbody><tr><td class="sr-center">1</td></tr></tbody></table>'
    )
    assert safe_html(table) == table


@RELAXED
@given(
    st.text()
    | st.lists(st.sampled_from(["<", ">", "a", " ", "=", '"', "/", "svg", "img", "on", "href"])).map("".join)
)
@example("<math><mi><mglyph><style><img src onerror=a>")
@example("<table><td><a href='javascript:b'></td><svg></p><style><g title='</style><img onerror>'>")
def test_nothing_foreign_passes_and_a_second_time_changes_nothing(html: str) -> None:
    """HTML that is read, written and read again must not come to mean something else."""
    safe = safe_html(html)
    assert foreign(safe) == []
    assert safe_html(safe) == safe


def test_html_within_html_without_end_is_harmless() -> None:
    """Thirty thousand open tags overflow no stack."""
    assert foreign(safe_html("<b><p><table>" * 10_000)) == []


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_texts_give_nothing_foreign(path: Path) -> None:
    """Each known way of breaking in leaves neither tag, attribute nor address behind."""
    text = path.read_text(encoding="utf-8")
    assert foreign(shown(text)) == []
    assert foreign(safe_html(text)) == []


def test_there_are_hostile_texts() -> None:
    """The test above looks at something."""
    assert len(HOSTILE) >= 45


@RELAXED
@given(st.text(alphabet="<>[]()!#*_`&;:/=\"'{}|\\- \nabjsconvript\u202e\t", max_size=80))
def test_no_text_gives_anything_foreign(text: str) -> None:
    """What the Markdown library makes of any text passes the gate, and nothing but that."""
    assert foreign(shown(text)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  En\n rubrik\t med   luft ", "En rubrik med luft"),
        ("a\u200bb\u202ec\x00d", "ab c d"),
        ("<b>&amp;", "<b>&amp;"),
        ("1\u00a0550\u00a0000", "1\u00a0550\u00a0000"),
    ],
)
def test_plain_text_is_one_line_without_hidden_characters(text: str, line: str) -> None:
    """Titles, headings and captions are kept as text; whoever shows them escapes them."""
    assert plain(text) == line
