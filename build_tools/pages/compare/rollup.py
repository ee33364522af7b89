"""A förbund and a year together, as the basis of its own yearly report, and what it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools import texts
from build_tools.addresses import (
    association_path,
    intervention_path,
    peers_path,
    report_path,
    roll_up_path,
    status_path,
    to,
    year_path,
)
from build_tools.model import (
    Comparisons,
    File,
    Intervention,
    Peers,
    Publication,
    PublishedReport,
    RollUp,
    Total,
)
from build_tools.pages.compare.areas import Area, Notes, Sign, areas, definition, is_whole, parted
from build_tools.pages.compare.ways import downloads, guide_link
from build_tools.pages.grids import Footnote
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.associations import ASSOCIATIONS
from build_tools.pages.overviews.parts import Gathered, crumbs, described, gather, report_link
from build_tools.pages.overviews.status import drafts_told
from build_tools.pages.report import report_name
from build_tools.stages import Maker, page_beside

SAID = {
    "flode.totalt": "{} deltog i insatserna",
    "flode.nya": "{} började",
    "flode.avslutade": "{} avslutades",
    "flode.utgang": "{} var inskrivna när perioden slutade",
    "mal.harmoniserad_alla": "Av alla avslut ledde {} till arbete eller studier",
    "genomstromningstid": "Från inskrivning till avslut gick det i genomsnitt {} för dem som nådde målet",
    "ekonomi.tilldelat": "Insatserna fick {}",
    "ekonomi.utfall": "Insatserna kostade {}",
}
"""What is told in words of a förbund, by measure, in this order."""
KINDS = {"summa": "summa", "medel": "vägt medelvärde", "andel": "vägd andel"}
WHOLES = {1: "den enda rapporten", 2: "båda rapporterna"}
"""What a total is made of, where that is everything and few."""
TWICE = (
    "Summorna är lagda ihop ur rapporterna. En person som deltagit i flera insatser räknas därför i var och "
    "en av dem."
)
WEIGHED = "Andelar och medelvärden är vägda efter hur många som står bakom talet i varje rapport."


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the whole förbund, or the word that there is none, with what it is made of."""

    label: str
    href: str
    text: str
    kind: str
    coverage: str
    whole: bool
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """An area: totals of whole measures, those of their parts, and the figures that have none."""

    heading: str
    title: str
    anchor: str
    whole: tuple[Row, ...]
    split: tuple[Row, ...]
    without: tuple[Row, ...]
    notes: tuple[Footnote, ...]


@page_beside("forbundsar", "Förbundet som helhet")
def together(publication: Publication) -> Maker:
    """Varje förbund och år sammanlagt, som underlag för förbundets årsredovisning."""
    gathered = gather(publication)

    def made(group: Comparisons) -> Iterator[File]:
        for peers in group.peers:
            if peers.association in publication.associations:
                yield _Together(peers, group.roll_up(peers), gathered).file()

    return made


@dataclass(frozen=True, slots=True)
class _Together:
    """The totals of a förbund and year, on their way to be a page."""

    peers: Peers
    found: RollUp
    gathered: Gathered

    @property
    def path(self) -> str:
        """Where the page stands."""
        return roll_up_path(self.peers)

    @property
    def publication(self) -> Publication:
        """What is shown."""
        return self.gathered.publication

    @property
    def reports(self) -> tuple[PublishedReport, ...]:
        """The reports that are in."""
        return tuple(self.publication.reports[one] for one in self.peers.reports)

    def file(self) -> File:
        """The page itself."""
        association = self.publication.associations[self.peers.association]
        mark = mark_of(association)
        title = f"{association.name} {self.peers.year} som helhet"
        drafts = self.publication.drafts.get((association.id, self.peers.year), 0)
        above = Link(association.name, association_path(association.id))
        brief = Notes("i-korthet")
        values = {
            "title": title,
            "description": described(f"{title}: underlag för förbundets årsredovisning.", mark),
            "crumbs": crumbs(self.path, str(self.peers.year), Link("Förbund", ASSOCIATIONS), above),
            "mark": mark,
            "newest": self._newest(),
            "notes": self.found.notes,
            "sentences": tuple(self._sentences(brief)),
            "brief": brief.footnotes,
            "caveats": tuple(self._caveats()),
            "chapters": tuple(self._chapters()),
            "reports": tuple(self._report(one) for one in self.reports),
            "missing": tuple(self._missing()),
            "drafts": drafts_told(drafts, self.peers.year),
            "more": tuple(self._more()),
            "guide": guide_link(self.path, self.publication),
            "saved": downloads(self.path, self.peers.reports, self.publication),
        }
        return File(self.path, render("roll_up.md", values))

    def _newest(self) -> str:
        days = [report.data_date or report.period.end for report in self.reports]
        return texts.day(max(days)) if days else ""

    def _sentences(self, notes: Notes) -> Iterator[tuple[str, tuple[Sign, ...]]]:
        """The figures that a förbund tells first, each with what it is made of."""
        known: Mapping[str, Total] = {one.measure: one for one in self.found.totals if _is_whole(one)}
        for measure, said in SAID.items():
            if (total := known.get(measure)) is not None:
                yield _sentence(total, said), _signs(total, notes)

    def _caveats(self) -> Iterator[str]:
        kinds = {one.kind for one in self.found.totals if one.value is not None}
        if "summa" in kinds and len(self.reports) > 1:
            yield TWICE
        if kinds & {"medel", "andel"} and len(self.reports) > 1:
            yield WEIGHED

    def _chapters(self) -> Iterator[Chapter]:
        for area in areas(self.found.totals, lambda one: one.measure, self.reports, self.publication):
            yield self._chapter(area)

    def _chapter(self, area: Area[Total]) -> Chapter:
        notes = Notes(area.anchor)
        kinds = parted(area.rows, _is_whole, lambda one: one.value is not None)
        whole, split, without = (tuple(self._row(one, notes) for one in kind) for kind in kinds)
        return Chapter(area.heading, area.title, area.anchor, whole, split, without, notes.footnotes())

    def _row(self, total: Total, notes: Notes) -> Row:
        way = definition(total.measure, self.path, self.publication)
        kind, text = KINDS.get(total.kind, total.kind), total.text or "anges inte"
        return Row(total.label, way, text, kind, _coverage(total), total.whole, _signs(total, notes))

    def _report(self, report: PublishedReport) -> Link:
        told = f"uppgifter till och med {texts.day(report.data_date or report.period.end)}"
        return Link(report_name(report, self.publication), to(self.path, report_path(report.id)), told)

    def _missing(self) -> Iterator[tuple[Link, tuple[Link, ...]]]:
        """The insatser that went on but have no report that ends in the year, with those it is a part of."""
        for team in self.peers.without:
            around = _around(self.gathered.reports.get(team, ()), self.peers.year)
            link = self._team(self.publication.interventions[team])
            yield link, tuple(report_link(one, self.path) for one in around)

    def _team(self, team: Intervention) -> Link:
        return Link(team.name, to(self.path, intervention_path(team.id)))

    def _more(self) -> Iterator[Link]:
        if len(self.reports) > 1:
            yield Link("Insatserna sida vid sida", to(self.path, peers_path(self.peers)))
        yield Link(f"Alla rapporter för {self.peers.year}", to(self.path, year_path(self.peers.year)))
        yield Link("Läget i förbundet", to(self.path, status_path(self.peers.association)))


def _around(reports: Sequence[PublishedReport], year: int) -> list[PublishedReport]:
    """The reports that a year is a part of."""
    return [report for report in reports if report.period.start.year <= year <= report.period.end.year]


def _is_whole(total: Total) -> bool:
    return is_whole(total.key, total.measure)


def _signs(total: Total, notes: Notes) -> tuple[Sign, ...]:
    """The way to what must be known with a total."""
    return (notes.sign(total.reason, "Att veta"),) if total.reason else ()


def _coverage(total: Total) -> str:
    """What a total is made of; where that is everything, in plainer words."""
    if not total.whole:
        return f"bara {total.coverage}"
    count = len(total.parts)
    return WHOLES.get(count, f"alla {texts.number(count)} rapporter")


def _sentence(total: Total, said: str) -> str:
    """A total in words, always with the reports it is made of."""
    if total.value is None:
        return f"{total.label}: ingen siffra anges för förbundet."
    how = "enligt" if total.whole else "räknat på"
    return f"{said.format(total.text)}, {how} {_coverage(total)}."
