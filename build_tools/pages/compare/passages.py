"""Two reports' prose as HTML: clean text side by side, and the newer text with its changes marked.

Every mark is a shape and a word besides its colour. All text is escaped here; blocks were sanitised when
they were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup, escape

from build_tools import texts
from build_tools.model import (
    AlignedPart,
    AlignedSection,
    Block,
    Change,
    Form,
    Line,
    Place,
    Sentence,
    Span,
    Standing,
)
from build_tools.pages.layout import safe

IN_PASSING = 3
"""Words of a deletion that is shown where it stood. A longer one is opened by whoever wants to read it."""
_GONE = (Change.DROPPED, Change.MOVED)
_TAGS = {Form.ITEM: "li", Form.QUOTE: "blockquote"}


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two reports are called: in full (`Ekvik 2022`) and in passing (`2022`).

    `later` tells whether the second continues the first, so that its text can be said to be new.
    """

    before: str
    after: str
    short_before: str
    short_after: str
    later: bool = True


def status(section: AlignedSection, sides: Sides) -> str:
    """What a reader should know of a section at a glance: `Oförändrad text 97 %`, `Saknas 2024`."""
    share = texts.percent(Decimal(section.share))
    told = {
        Standing.UNCHANGED: f"Oförändrad text {share}",
        Standing.REVISED: f"Delvis omskriven, {share} oförändrat",
        Standing.REWRITTEN: "Omskriven text",
        Standing.ADDED: "Nytt avsnitt" if sides.later else f"Saknas i {sides.before}",
        Standing.MISSING: f"Saknas {sides.short_after}" if sides.later else f"Saknas i {sides.after}",
    }
    if not section.foreign:
        return told[section.standing]
    return f"Finns bara i mallen för {sides.after if section.standing is Standing.ADDED else sides.before}"


def reading(section: AlignedSection, sides: Sides) -> Markup:
    """The text of a section in both reports, the first before the second, with quiet marks in the margin."""
    old = (Change.DROPPED, sides.before, sides.short_after)
    new = (Change.NEW, sides.after, sides.short_before)
    rows = len(_told_parts(section)) + 1
    return Markup('<div class="sr-sida-vid-sida" style="--rader:{}">\n{}\n{}\n</div>').format(
        rows, _pane(section, "Vänster", *old), _pane(section, "Höger", *new)
    )


def _told_parts(section: AlignedSection) -> tuple[AlignedPart, ...]:
    """The parts that either report has anything in: each begins on the same line in both."""
    return tuple(
        part for part in section.parts if any(passage.before or passage.after for passage in part.passages)
    )


def changes(section: AlignedSection, sides: Sides) -> Markup:
    """The text of a section in the second report with what was added, dropped and moved since the first.

    Where nothing but a turn of phrase is left, sentences are struck and added whole.
    """
    shown = map(_in_whole, section.parts) if section.standing is Standing.REWRITTEN else section.parts
    parts = (Markup("{}{}").format(_heading(part), _lines(part, section.number, sides)) for part in shown)
    told = Markup('<section class="sr-andringar-i-text" aria-label="{}">\n{}\n</section>').format(
        f"Ändringar från {sides.before} till {sides.after}: {section.title}", Markup("\n").join(parts)
    )
    return _without_braces(told)


def _in_whole(part: AlignedPart) -> AlignedPart:
    """A part where an edited sentence is one struck and one added."""
    passages = (
        replace(passage, lines=tuple(replace(line, sentences=_parted(line)) for line in passage.lines))
        for passage in part.passages
    )
    return replace(part, passages=tuple(passages))


def _parted(line: Line) -> tuple[Sentence, ...]:
    return tuple(
        own
        for one in line.sentences
        for own in (
            (Sentence(Change.DROPPED, one.before), Sentence(Change.NEW, "", one.after))
            if one.change is Change.EDITED
            else (one,)
        )
    )


def _without_braces(html: Markup) -> Markup:
    """HTML without the signs of template languages: no plug-in of a project may read them."""
    return html.replace("{", Markup("&#123;")).replace("}", Markup("&#125;"))


def band(section: AlignedSection, sides: Sides) -> Markup:
    """A section for a page without scripts: status, both texts, and the changes to open."""
    known = Markup('<p class="sr-textlage">{}</p>').format(status(section, sides))
    opened = Markup('<details class="sr-visa-andringar"><summary>Visa ändringar</summary>\n{}\n</details>')
    marked = opened.format(changes(section, sides)) if has_common(section) else ""
    return Markup("{}\n{}\n{}").format(known, reading(section, sides), marked)


def has_common(section: AlignedSection) -> bool:
    """Whether anything of the one text is in the other: without it there are no changes to show."""
    common = {Change.SAME, Change.EDITED, Change.MOVED}
    passages = (passage for part in section.parts for passage in part.passages)
    return any(
        one.change in common for passage in passages for line in passage.lines for one in line.sentences
    )


def legend() -> Markup:
    """What the marks mean, once for a page."""
    return Markup(
        '<ul class="sr-teckenforklaring">'
        '<li class="sr-block sr-block-ny">Heldragen linje: stycket finns bara i den ena rapporten</li>'
        '<li class="sr-block sr-block-omskriven">Streckad linje: stycket är omskrivet</li>'
        '<li class="sr-block sr-block-flyttad">Dubbel linje: stycket är flyttat</li>'
        "<li><ins>Understruket</ins>: tillagt</li><li><del>Genomstruket</del>: struket</li>"
        '<li><span class="sr-samma-tal">Prickat</span>: samma mening, med ett tal, i båda</li></ul>'
    )


def _pane(section: AlignedSection, side: str, only: Change, report: str, other: str) -> Markup:
    parts = [(part, tuple(_blocks(part, only))) for part in _told_parts(section)]
    empty = Markup('<p class="sr-saknas">{} har ingen text här.</p>').format(report)
    written = any(blocks for _, blocks in parts)
    told = Markup("\n").join(_part(part, blocks, only, other) for part, blocks in parts) if written else empty
    return Markup('<section class="sr-ruta-text" aria-label="{}">\n{}\n{}\n</section>').format(
        f"{side}: {report}, {section.title}",
        Markup('<p class="sr-ruta-namn" aria-hidden="true">{}</p>').format(report),
        told,
    )


def _part(part: AlignedPart, blocks: Sequence[Block], only: Change, other: str) -> Markup:
    """A part in one report; where it has none, an empty row keeps the others in line."""
    told = Markup("\n").join(_block(one, only, other) for one in blocks)
    return Markup('<div class="sr-ruta-del">{}{}</div>').format(_heading(part) if blocks else "", told)


def _blocks(part: AlignedPart, only: Change) -> Iterator[Block]:
    for passage in part.passages:
        yield from passage.before if only is Change.DROPPED else passage.after


def _heading(part: AlignedPart) -> Markup:
    return Markup("<h3>{}</h3>\n").format(part.title) if part.title else Markup("")


def _block(block: Block, only: Change, other: str) -> Markup:
    """A block as its writer has it, with a mark where it is not in the other report as it stands."""
    html = safe(block.html)
    if block.change is Change.SAME:
        return html
    words = {Change.EDITED: "Omskrivet stycke:", Change.MOVED: "Flyttat stycke:"}
    told = words.get(block.change, f"Finns inte {other}:")
    kind = "ny" if block.change is only else block.change.value
    return Markup('<div class="sr-block sr-block-{}"><span class="sr-dold">{}</span>{}</div>').format(
        kind, told, html
    )


def _lines(part: AlignedPart, number: int, sides: Sides) -> Markup:
    """The lines of a part, list items within lists."""
    lines = [line for passage in part.passages for line in passage.lines]
    told: list[Markup] = []
    for is_item, group in groupby(lines, lambda line: line.form is Form.ITEM):
        rows = Markup("\n").join(_line(line, (number, part.id), sides) for line in group)
        told.append(Markup("<ul>\n{}\n</ul>").format(rows) if is_item else rows)
    return Markup("\n").join(told)


def _line(line: Line, here: tuple[int, str], sides: Sides) -> Markup:
    """A line: sentences that share a fate are told together, so that nobody hears the same word ten times."""
    runs = groupby(line.sentences, lambda one: (one.change, bool(one.after), one.other, _repeats(one)))
    told = Markup(" ").join(_run(tuple(group), here, sides) for _, group in runs)
    tag = Markup(_TAGS.get(line.form, "div"))  # noqa: S704 - one of our own
    return Markup('<{} class="sr-rad sr-rad-{}" dir="auto">{}</{}>').format(tag, line.form, told, tag)


def _repeats(one: Sentence) -> bool:
    """Whether a sentence with a figure stands in both reports word for word."""
    return one.change is Change.SAME and any(sign.isdigit() for sign in one.after)


def _run(run: tuple[Sentence, ...], here: tuple[int, str], sides: Sides) -> Markup:
    first = run[0]
    if first.change is Change.EDITED:
        return Markup(" ").join(_edited(one.spans) for one in run)
    text = " ".join(one.after or one.before for one in run)
    if first.change is Change.SAME:
        return _same(text, first, sides)
    if first.change is Change.NEW:
        return _added(text)
    if first.change is Change.DROPPED:
        return _dropped(text)
    return _moved(run, text, here)


def _same(text: str, first: Sentence, sides: Sides) -> Markup:
    if not _repeats(first):
        return escape(text)
    told = f" (samma mening med tal som {sides.short_before})"
    return Markup('<span class="sr-samma-tal">{}<span class="sr-dold">{}</span></span>').format(text, told)


def _moved(run: tuple[Sentence, ...], text: str, here: tuple[int, str]) -> Markup:
    first = run[0]
    place = _place(first.other, here)
    if not first.after:
        mark = Markup('<span class="sr-flyttad sr-flyttad-bort">flyttad till {} ({})</span>')
        return mark.format(place, _words(text))
    spans = (_edited(one.spans or (Span(Change.SAME, one.after),)) for one in run)
    mark = Markup(
        '<span class="sr-flyttad">flyttad från {}:</span> {}<span class="sr-dold"> slut på flyttat</span>'
    )
    return mark.format(place, Markup(" ").join(spans))


def _place(place: Place | None, here: tuple[int, str]) -> str:
    """Where a sentence was or went: `avsnitt 3 · Analys`."""
    if place is None or (place.number, place.part) == here:
        return "en annan plats i texten"
    name = f"avsnitt {place.number}" if place.number else place.title
    return f"{name} · {place.part_title}" if place.part_title else name


def _edited(spans: Sequence[Span]) -> Markup:
    """The words of an edited sentence; where a new word replaces the first one, a space parts them."""
    told = Markup("")
    before: Span | None = None
    for span in spans:
        parted = before is not None and before.change is Change.DROPPED and span.text[:1].isalnum()
        told += (" " if parted else "") + _span(span)
        before = span
    return told


def _span(span: Span) -> Markup:
    if span.change is Change.SAME:
        return escape(span.text)
    return _added(span.text) if span.change is Change.NEW else _dropped(span.text)


def _added(text: str) -> Markup:
    mark = Markup(
        '{}<ins><span class="sr-dold">tillagt: </span>{}<span class="sr-dold"> slut på tillägg</span></ins>{}'
    )
    return _spaced(mark, text)


def _dropped(text: str) -> Markup:
    """Words that are gone: a few where they stood, more behind their number."""
    mark = Markup(
        '{}<del><span class="sr-dold">struket: </span>{}<span class="sr-dold"> slut på struket</span></del>{}'
    )
    if _count(text) <= IN_PASSING:
        return _spaced(mark, text)
    folded = Markup('<details class="sr-struket"><summary>struket ({})</summary> <del>{}</del></details>')
    return Markup(" {} ").format(folded.format(_words(text), text.strip()))


def _spaced(mark: Markup, text: str) -> Markup:
    """A mark around words, with the space about them outside."""
    words = text.strip()
    ahead, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return mark.format(ahead, words, behind)


def _count(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split(" "))


def _words(text: str) -> str:
    count = _count(text)
    return f"{count} ord"
