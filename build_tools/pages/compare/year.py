"""A förbund's year: every figure in all its insatser beside each other, in order of names and unranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.addresses import (
    association_path,
    peers_path,
    roll_up_path,
    texts_path,
    to,
    year_path,
)
from build_tools.model import (
    Blank,
    Comparability,
    Comparisons,
    Fact,
    File,
    Kind,
    Mark,
    PeerRow,
    Peers,
    Publication,
    PublishedReport,
)
from build_tools.pages.compare.areas import (
    Area,
    Head,
    Notes,
    Sign,
    areas,
    definition,
    head,
    is_whole,
    parted,
    shared_template,
)
from build_tools.pages.compare.section import anchor_of, common, text_pages
from build_tools.pages.compare.ways import downloads, guide_link
from build_tools.pages.grids import Footnote
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.parts import PRELIMINARY, crumbs, described
from build_tools.pages.report import report_name
from build_tools.stages import Maker, page_beside

FORBIDDEN = "Kan inte jämföras"
RESERVED = "Förbehåll"
MEANS = "Vad ordet betyder"
WHOLE_SHARE = Decimal(100)
ALONE = "Bara en insats har en rapport som slutar under {}. Därför finns inget att ställa bredvid den."
DOUBLE = "{} har flera rapporter som slutar under året. Bara en av dem räknas i varje gemensamt medel."
UNLIKE = (
    "Rapporterna följer olika mallar, så avsnitten är inte desamma. "
    "Uppgifterna står därför i en följd, och bara det som räknas lika går att jämföra."
)


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of one insats. `width` is its bar in percent; `value` orders the columns, if the row may."""

    text: str
    number: bool
    width: str = ""
    value: str = ""
    outside: str = ""
    refused: bool = False
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in all insatser."""

    label: str
    href: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A figure that only one insats tells."""

    label: str
    href: str
    name: str
    text: str
    number: bool
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """An area: what stands for whole measures, what they are split into, and what only one insats tells."""

    heading: str
    title: str
    anchor: str
    texts: str
    whole: tuple[Row, ...]
    split: tuple[Row, ...]
    single: tuple[Single, ...]
    notes: tuple[Footnote, ...]


@page_beside("jamfor-ar", "Insatserna sida vid sida")
def years(publication: Publication) -> Maker:
    """Varje förbund och år: alla uppgifter bredvid varandra, och alla texter avsnitt för avsnitt."""

    def made(group: Comparisons) -> Iterator[File]:
        for peers in group.peers:
            if peers.association in publication.associations:
                rows = group.matrix(peers) if len(peers.reports) > 1 else ()
                yield _Year(peers, rows, publication).file()
                yield from text_pages(peers, rows, publication)

    return made


@dataclass(frozen=True, slots=True)
class _Year:
    """The reports of a year with their rows, on their way to be a page."""

    peers: Peers
    rows: Sequence[PeerRow]
    publication: Publication

    @property
    def path(self) -> str:
        """Where the page stands."""
        return peers_path(self.peers)

    @property
    def reports(self) -> tuple[PublishedReport, ...]:
        """The reports in order of the names of their insatser."""
        return tuple(self.publication.reports[one] for one in self.peers.reports)

    def file(self) -> File:
        """The page itself."""
        association = self.publication.associations[self.peers.association]
        mark, year = mark_of(association), self.peers.year
        title = f"{association.name} {year}: insatserna sida vid sida"
        return File(
            self.path,
            render(
                "compare_year.md",
                {
                    "title": title,
                    "description": described(f"{title}, uppgift för uppgift.", mark),
                    "crumbs": crumbs(
                        self.path,
                        f"Sida vid sida {year}",
                        Link(association.name, association_path(association.id)),
                    ),
                    "mark": mark,
                    "said": tuple(self._said()),
                    "heads": self._heads(),
                    "matrices": tuple(self._matrices()),
                    "marked": any(_outside(row, one) for row in self.rows for one in row.figures),
                    "more": tuple(self._more()),
                    "guide": guide_link(self.path, self.publication),
                    "saved": downloads(self.path, self.peers.reports, self.publication),
                },
            ),
        )

    def _heads(self) -> tuple[Head, ...]:
        return tuple(head(one, self.path, self.publication, _period(one)) for one in self.reports)

    def _said(self) -> Iterator[str]:
        """What a reader must know first."""
        if len(self.reports) < 2:
            yield ALONE.format(self.peers.year)
            return
        several = Counter(one.intervention for one in self.reports)
        for team in (team for team, count in several.items() if count > 1):
            yield DOUBLE.format(self.publication.interventions[team].name)
        if shared_template(self.reports, self.publication) is None:
            yield UNLIKE
        yield from _counted(self.rows)

    def _matrices(self) -> Iterator[Matrix]:
        told = {section.number: section for section in common(self.reports, self.publication)}
        for area in areas(self.rows, lambda row: row.measure, self.reports, self.publication):
            section = told.get(area.number) if area.number is not None else None
            way = to(self.path, texts_path(self.peers, anchor_of(section))) if section else ""
            yield self._matrix(area, way)

    def _matrix(self, area: Area[PeerRow], way: str) -> Matrix:
        notes = Notes(area.anchor)
        whole, split, single = parted(area.rows, _is_whole, lambda row: _having(row) > 1)
        return Matrix(
            heading=area.heading,
            title=area.title,
            anchor=area.anchor,
            texts=way,
            whole=tuple(self._row(row, notes) for row in whole),
            split=tuple(self._row(row, notes) for row in split),
            single=tuple(self._single(row, notes) for row in single),
            notes=notes.footnotes(),
        )

    def _row(self, row: PeerRow, notes: Notes) -> Row:
        widths, ordered = _widths(row), _may_be_ordered(row)
        first = _first(row)
        name = report_name(self.publication.reports[first], self.publication) if first else ""
        places = tuple(
            _place(row, one, widths.get(one, ""), ordered, tuple(_signs(row, one, name, notes)))
            for one in row.figures
        )
        return Row(row.label, definition(row.measure, self.path, self.publication), places)

    def _single(self, row: PeerRow, notes: Notes) -> Single:
        report = next(one for one, figure in row.figures.items() if figure is not None)
        name = report_name(self.publication.reports[report], self.publication)
        way = definition(row.measure, self.path, self.publication)
        figure = row.figures[report]
        signs = tuple(_word(figure, notes))
        return Single(row.label, way, name, row.shown[report], isinstance(figure, Fact), signs)

    def _more(self) -> Iterator[Link]:
        association = self.publication.associations[self.peers.association]
        together = f"{association.name} {self.peers.year} som helhet"
        yield Link(together, to(self.path, roll_up_path(self.peers)))
        for one in self.reports if len(self.reports) < 2 else ():
            way = head(one, self.path, self.publication, "").href
            yield Link(f"Rapporten: {report_name(one, self.publication)}", way)
        yield Link(f"Alla rapporter för {self.peers.year}", to(self.path, year_path(self.peers.year)))


def _period(report: PublishedReport) -> str:
    status = ["preliminär"] if report.status == PRELIMINARY else []
    return ", ".join([texts.period(report.period), *status])


def _is_whole(row: PeerRow) -> bool:
    return is_whole(row.key, row.measure) and not row.is_sum


def _having(row: PeerRow) -> int:
    """In how many reports a figure is found."""
    return sum(figure is not None for figure in row.figures.values())


def _counted(rows: Sequence[PeerRow]) -> Iterator[str]:
    """How many figures can be compared, in a sentence."""
    verdicts = Counter(_verdict(row) for row in rows if len(_facts(row)) > 1 and not row.is_sum)
    if not verdicts:
        yield "Ingen uppgift finns med tal hos mer än en insats."
        return
    yes, reserved, no = (verdicts[one] for one in Comparability)
    yield (
        f"{texts.number(yes + reserved + no)} uppgifter har tal hos minst två insatser. Av dem är "
        f"{texts.number(yes)} jämförbara och {texts.number(reserved)} jämförbara med förbehåll. "
        f"{texts.number(no)} går inte att jämföra mellan alla."
    )


def _verdict(row: PeerRow) -> Comparability:
    """The most careful verdict on those of a row that have numbers."""
    first = _first(row)
    found = {row.with_first[one].verdict for one in _facts(row) if one != first}
    careful = (Comparability.NO, Comparability.RESERVED)
    return next((one for one in careful if one in found), Comparability.YES)


def _facts(row: PeerRow) -> Mapping[str, Fact]:
    return {report: figure for report, figure in row.figures.items() if isinstance(figure, Fact)}


def _first(row: PeerRow) -> str:
    """The report that the others are compared with."""
    return next(iter(_facts(row)), "")


def _refused(row: PeerRow, report: str) -> bool:
    """Whether a number cannot be compared with the first."""
    known = row.with_first.get(report)
    return report != _first(row) and known is not None and known.verdict is Comparability.NO


def _may_be_ordered(row: PeerRow) -> bool:
    """Whether the insatser may stand in the order of this figure: all their numbers can be compared."""
    facts = _facts(row)
    return len(facts) > 1 and not any(_refused(row, report) for report in facts)


def _widths(row: PeerRow) -> dict[str, str]:
    """Bars from zero for the numbers that can be compared, where there are two and none is below zero."""
    facts = {report: fact for report, fact in _facts(row).items() if not _refused(row, report)}
    if len(facts) < 2 or any(fact.value < 0 or fact.upper is not None for fact in facts.values()):
        return {}
    shown = {report: texts.rounded(fact.value, fact.decimals) for report, fact in facts.items()}
    shares = all(fact.kind is Kind.SHARE for fact in facts.values())
    top = WHOLE_SHARE if shares else max(shown.values())
    return {report: str(texts.rounded(100 * min(one, top) / top, 0)) for report, one in shown.items() if top}


def _place(row: PeerRow, report: str, width: str, ordered: bool, signs: tuple[Sign, ...]) -> Place:
    figure = row.figures[report]
    if not isinstance(figure, Fact):
        return Place(row.shown[report], False, signs=signs)
    value = str(texts.rounded(figure.value, figure.decimals)) if ordered else ""
    outside, refused = _outside(row, report), _refused(row, report)
    return Place(row.shown[report], True, width, value, outside, refused, signs)


def _word(figure: Fact | Blank | None, notes: Notes) -> Iterator[Sign]:
    """The note that tells what a word in the place of a number means."""
    if not isinstance(figure, Fact):
        mark = figure.mark if figure else Mark.MISSING
        yield notes.sign(texts.MARK_MEANINGS[mark], MEANS)


def _outside(row: PeerRow, report: str) -> str:
    """Where a share lies that chance alone would not leave there, as it is shown."""
    band = row.mean.bands.get(report) if row.mean else None
    figure = row.figures.get(report)
    if row.mean is None or band is None or not isinstance(figure, Fact):
        return ""
    value, (low, high) = _counted_share(figure, row.mean.decimals), band
    between = f"{texts.span(low, high, row.mean.decimals)}{texts.NBSP}%"
    if value > high:
        return f"▲ högre än väntat, {between}"
    return f"▼ lägre än väntat, {between}" if value < low else ""


def _counted_share(figure: Fact, decimals: int) -> Decimal:
    """A share as those it counts give it, since its limits are counted in persons."""
    if not isinstance(figure.n, Decimal):
        return texts.rounded(figure.value, decimals)
    return texts.rounded(100 * texts.rounded(figure.value * figure.n / 100, 0) / figure.n, decimals)


def _signs(row: PeerRow, report: str, first: str, notes: Notes) -> Iterator[Sign]:
    """The notes at a place: what its word means, or why its number cannot be compared with the first."""
    yield from _word(row.figures[report], notes)
    known = row.with_first.get(report)
    if known is None or report == _first(row) or not isinstance(row.figures[report], Fact):
        return
    if known.refusals:
        said = _joined(reason.text for reason in known.refusals)
        yield notes.sign(f"Kan inte jämföras med {first}. {said}", FORBIDDEN)
    for text in dict.fromkeys(reason.text for reason in known.reservations if not known.refusals):
        yield notes.sign(text, RESERVED)


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(sentences))
