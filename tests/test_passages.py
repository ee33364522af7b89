"""Prose side by side: every sentence is accounted for once, in both directions, whatever anybody writes."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_tools.compare.prose import align, aligned, shares
from build_tools.compare.prose.blocks import pieces
from build_tools.compare.prose.sentences import sentences
from build_tools.compare.prose.words import spans, tokens
from build_tools.load.prose import read_prose
from build_tools.model import (
    AlignedSection,
    Alignment,
    Change,
    Sentence,
    Standing,
    Template,
    TemplatePart,
    TemplateSection,
    Written,
)
from build_tools.pages.compare.passages import Sides, band, changes, reading, status
from tests.casefiles import Case, cases, rewrite
from tests.demo import examined

CASES = Path(__file__).parent / "cases" / "texter"
PARTS = tuple(TemplatePart(name.lower(), name, False) for name in ("Beskrivning", "Analys", "Reflektion"))
TEMPLATE = Template(
    "prov",
    "Prov",
    tuple(
        TemplateSection(number, f"avsnitt_{number}", title, "", False, PARTS)
        for number, title in enumerate(("Deltagare", "Personal", "Organisation"), 1)
    ),
)
SIDES = Sides("Nord 2023", "Nord 2024", "2023", "2024")
OTHER_SIDE = {Change.NEW: Change.DROPPED, Change.DROPPED: Change.NEW}
HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="ab .!?\u0301\u202e\u200fא(”1\n,%{}<>&", max_size=400),
    st.sampled_from(
        (
            "<script>alert(1)</script> Text. <img src=x onerror=alert(1)>",
            "x" * 5000,
            "A. " * 1500,
            "- Ett.\n- Två!\n\n> Citat. Mer.\n\n| a | b |\n|---|---|\n| 1. | 2 |",
            "{{ mall }} {% x %} {: .y }",
            "e\u0301\u0301\u0301 \u202evänd\u202c \u200f\u0647.",
            "",
        )
    ),
)


def prose(text: str) -> Written:
    """A text as it is when it has been read."""
    found, _ = read_prose(text, "content/rapporter/nord/2024.md", TEMPLATE)
    return Written(TEMPLATE, found)


def report(*bodies: str) -> Written:
    """A report whose sections have these descriptions."""
    headed = (
        f"## {section.number}. {section.title}\n\n### Beskrivning\n\n{body}"
        for section, body in zip(TEMPLATE.sections, bodies, strict=False)
    )
    return prose("# Titel\n\n" + "\n\n".join(headed) + "\n")


def told(found: Alignment) -> list[Sentence]:
    """Every sentence of an alignment."""
    return [sentence for section in found.sections for sentence in of_section(section)]


def of_section(section: AlignedSection) -> list[Sentence]:
    """Every sentence of a section."""
    passages = (passage for part in section.parts for passage in part.passages)
    return [sentence for passage in passages for line in passage.lines for sentence in line.sentences]


def written_sentences(written: Written) -> Counter[str]:
    """Every sentence that a report has."""
    parts = (part for section in (written.prose.sections if written.prose else ()) for part in section.parts)
    texts = (text for part in parts for piece in pieces(part.body) for text in piece.texts)
    return Counter(sentence for text in texts for sentence in text.sentences)


def holds(before: Written, after: Written) -> None:
    """Each sentence stands once on its side, and the other direction tells the same with new for dropped."""
    found, back = align(before, after), align(after, before)
    assert Counter(one.before for one in told(found) if one.before) == written_sentences(before)
    assert Counter(one.after for one in told(found) if one.after) == written_sentences(after)
    turned = Counter((OTHER_SIDE.get(one.change, one.change), one.after, one.before) for one in told(back))
    assert Counter((one.change, one.before, one.after) for one in told(found)) == turned
    for one in told(found):
        if one.change is Change.EDITED:
            assert "".join(span.text for span in one.spans if span.change is not Change.NEW).split()
            assert "".join(s.text for s in one.spans if s.change is not Change.DROPPED).strip() == one.after


def line_of(sentence: Sentence) -> str:
    """A sentence as a case tells it."""
    marks = {Change.SAME: "=", Change.NEW: "+", Change.DROPPED: "-", Change.EDITED: "~", Change.MOVED: ">"}
    signs = {Change.SAME: "{}", Change.NEW: "[+{}+]", Change.DROPPED: "[-{}-]"}
    text = sentence.after or sentence.before
    if sentence.spans:
        text = "".join(signs[span.change].format(span.text) for span in sentence.spans)
    if sentence.other is None:
        return f"{marks[sentence.change]} {text}"
    way = "från" if sentence.after else "till"
    where = f"{sentence.other.number} {sentence.other.part_title}".strip()
    return f"{marks[sentence.change]} ({way} {where}) {text}"


def given_by(case: Case) -> str:
    """What comes of the two texts of a case."""
    before, after = case.written.split("\n=== nästa år\n")
    found = align(prose(f"# Titel\n\n{before}\n"), prose(f"# Titel\n\n{after}\n"))
    lines: list[str] = []
    for section in found.sections:
        lines.append(f"## {section.number}. {section.title}: {status(section, SIDES)}")
        for part in section.parts:
            lines.append(f"### {part.title}")
            for at, passage in enumerate(part.passages):
                lines += ["--"] * bool(at)
                for line in passage.lines:
                    lines += [f"[{line.form}]", *map(line_of, line.sentences)]
    return "\n".join(lines).replace("\u00a0", " ")


@pytest.mark.parametrize("case", cases(CASES / "jamforelse.md"), ids=lambda case: case.title)
def test_two_texts_are_laid_side_by_side(case: Case, request: pytest.FixtureRequest) -> None:
    """What a colleague would say has become of each sentence is what is told."""
    given_now = given_by(case)
    if request.config.getoption("--regen"):
        rewrite(case, given_now)
    else:
        assert given_now == case.expected


@pytest.mark.parametrize("case", cases(CASES / "meningar.md"), ids=lambda case: case.title)
def test_swedish_sentences(case: Case, request: pytest.FixtureRequest) -> None:
    """A sentence ends where a Swedish reader takes a breath, not at every full stop."""
    given_now = "\n".join(sentences(case.written.replace("\n", " ")))
    if request.config.getoption("--regen"):
        rewrite(case, given_now)
    else:
        assert given_now == case.expected


@given(st.lists(HOSTILE, max_size=3), st.lists(HOSTILE, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_sentence_is_told_once_whatever_is_written(before: list[str], after: list[str]) -> None:
    """No text loses a sentence, tells it twice, or depends on which report comes first."""
    holds(report(*before), report(*after))


@given(st.lists(HOSTILE, min_size=1, max_size=3))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_text_beside_itself_is_the_same(bodies: list[str]) -> None:
    """Identity is all same and 100 percent, in every section."""
    one = report(*bodies)
    found = align(one, one)
    assert {sentence.change for sentence in told(found)} <= {Change.SAME}
    assert {(section.share, section.standing) for section in found.sections} <= {(100, Standing.UNCHANGED)}


@given(st.permutations("abcdefgh"), st.lists(st.sampled_from("abcdefghijkl"), max_size=10))
@settings(max_examples=60, deadline=None)
def test_moved_sentences_are_told_once(before: list[str], after: list[str]) -> None:
    """Sentences in any order, some twice and some touched up, are each told once."""
    stock = {letter: f"Mening {letter * 3} handlar om {letter * 5} och en sak." for letter in "abcdefghijkl"}
    first, second = (" ".join(stock[letter] for letter in letters) for letters in (before, after))
    holds(report(first, second), report(second, first))


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_words_add_up_to_the_text(before: str, after: str) -> None:
    """No sign is lost between words, and no accent stands apart from its letter."""
    assert "".join(tokens(after)) == after.rstrip() or not after.strip() or after.isspace()
    found = spans(before.strip(), after.strip())
    assert "".join(span.text for span in found if span.change is not Change.DROPPED) == after.strip()


def test_numbers_are_one_word() -> None:
    """A number with its thousands, its decimals and its percent sign changes as a whole."""
    assert tokens("Av 12 345 kr är 45,5 % nya.") == ("Av", " 12 345", " kr", " är", " 45,5 %", " nya", ".")


class _Tags(HTMLParser):
    """What tags there are, and whether they are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that the tag that ends is the one that stands open."""
        assert self.open.pop() == tag


@given(st.lists(HOSTILE, max_size=3), st.lists(HOSTILE, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_the_page(before: list[str], after: list[str]) -> None:
    """The HTML is whole, without scripts, handlers, ids, blank lines and template signs."""
    for section in align(report(*before), report(*after)).sections:
        html = str(band(section, SIDES))
        tags = _Tags()
        tags.feed(html)
        tags.close()
        assert tags.open == []
        assert not tags.names & {"script", "style", "iframe", "svg"}
        assert tags.attributes <= {
            "class",
            "aria-label",
            "aria-hidden",
            "dir",
            "scope",
            "href",
            "rel",
            "alt",
            "src",
            "start",
            "title",
            "style",
        }
        assert "{" not in html
        assert "\n\n" not in html


def test_marks_speak() -> None:
    """Added, dropped and moved words are said, not only coloured."""
    before = report(
        "Vi var 5 hela året. Kursen i samtal gavs två gånger. Ett rum i källaren blev färdigt till jul.",
        "Text om annat.",
    )
    after = report("Vi var 7 hela året.", "Text om annat. Kursen i samtal gavs två gånger. Taket läckte.")
    html = "".join(str(band(section, SIDES)) for section in align(before, after).sections)
    for words in (
        '<del><span class="sr-dold">struket: </span>5<span class="sr-dold"> slut på struket</span></del>',
        '<ins><span class="sr-dold">tillagt: </span>7<span class="sr-dold"> slut på tillägg</span></ins>',
        "<summary>struket (8 ord)</summary>",
        "flyttad från avsnitt 1 · Beskrivning:",
        "flyttad till avsnitt 2 · Beskrivning (6 ord)",
    ):
        assert words in html


def test_a_rewritten_section_is_struck_and_added_in_whole_sentences() -> None:
    """Where hardly a word is left, marks within sentences would be shreds."""
    long = "Kursen i samtal gavs två gånger. Ett rum i källaren blev färdigt till jul. Alla fick en nyckel."
    other = "Taket läckte i mars. Två kollegor slutade efter sommaren. Ingen bil gick att låna på vintern."
    section = align(report(f"Vi var 5 hela året. {long}"), report(f"Vi var 7 hela året. {other}")).sections[0]
    assert section.standing is Standing.REWRITTEN
    html = str(changes(section, SIDES))
    assert '<ins><span class="sr-dold">tillagt: </span>Vi var 7 hela året.' in html
    assert "Vi var 5 hela året." in html


def test_sentences_that_share_half_their_words_are_two() -> None:
    """`Det kom 66 nya` is not an edition of `Av årets 56 nya kom 19`: the marks would hide both."""
    before = "Av årets 56 nya deltagare kom 19 från socialtjänsten."
    after = "Det kom 66 nya deltagare, 36 kvinnor och 30 män."
    same = "Här står en mening som är lång och som är precis densamma i båda rapporterna. "
    section = align(report(same + before), report(same + after)).sections[0]
    told = [one.change for one in shares.sentences(section.parts)]
    assert told == [Change.SAME, Change.DROPPED, Change.NEW]


def test_the_demo_shows_what_every_mark_means() -> None:
    """Readers meet a section that stands, one partly rewritten, and a sentence that has moved."""
    edition = examined().edition
    a, b = (edition.reports[one] for one in ("ekvik/2022", "ekvik/2023"))
    known = edition.catalogue.templates
    found = align(Written(known[a.template], a.prose), Written(known[b.template], b.prose)).sections
    assert {one.standing for one in found} >= {Standing.UNCHANGED, Standing.REVISED, Standing.REWRITTEN}
    told = [one for section in found for one in shares.sentences(section.parts)]
    moved = [one for one in told if one.change is Change.MOVED]
    assert any(one.after for one in moved)
    assert any(one.before for one in moved)


def test_each_heading_begins_on_the_same_line_in_both() -> None:
    """Both panes have a row for each part that either report has, also where the other has none."""
    before, after = report("Text.\n\n### Analys\n\nBara då."), report("Text.\n\n### Reflektion\n\nBara nu.")
    section = align(before, after).sections[0]
    html = str(reading(section, SIDES))
    left, right = html.split('aria-label="Höger')
    row = '<div class="sr-ruta-del">'
    assert left.count(row) == right.count(row) == 3
    assert 'style="--rader:4"' in left


def test_a_repeated_sentence_with_a_figure_is_pointed_out() -> None:
    """A sentence with a figure that stands word for word in both years is worth a second look."""
    one = report("Vi har 11 ledamöter. Vi möts ofta.")
    html = str(band(align(one, one).sections[0], SIDES))
    assert '<span class="sr-samma-tal">Vi har 11 ledamöter.<span class="sr-dold"> (samma mening' in html
    assert html.count("sr-samma-tal") == 1


def test_what_was_kept_is_what_is_made(tmp_path: Path) -> None:
    """A kept alignment is the one that would be made, and a spoilt file is made anew."""
    before, after = report("Ett. Två är 2. Tre.", "Kvar."), report("Ett. Två är 3.", "Kvar. Tre.")
    made = align(before, after)
    assert aligned(before, after, tmp_path) == made
    files = list(tmp_path.rglob("*.json"))
    assert len(files) == 1
    assert aligned(before, after, tmp_path) == made
    assert list(tmp_path.rglob("*.json")) == files
    files[0].write_text("sönder", "utf-8")
    assert aligned(before, after, tmp_path) == made
    aligned(after, before, tmp_path)
    assert len(list(tmp_path.rglob("*.json"))) == 2


def test_the_demo_is_whole_side_by_side() -> None:
    """Every report of the demo beside the one before it in the list: years, teams and templates."""
    edition = examined().edition
    texts = [
        Written(edition.catalogue.templates[one.template], one.prose) for one in edition.reports.values()
    ]
    for before, after in pairwise(texts):
        holds(before, after)
