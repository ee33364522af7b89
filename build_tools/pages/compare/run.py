"""An insats through all its years: small pictures on one axis of time, and every figure in tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import association_path, intervention_path, run_path, to
from build_tools.model import (
    Blank,
    Comparisons,
    Fact,
    File,
    Intervention,
    Publication,
    PublishedReport,
    Run,
    Step,
)
from build_tools.pages.compare.areas import (
    Area,
    Notes,
    Sign,
    areas,
    definition,
    head,
    is_whole,
    parted,
)
from build_tools.pages.compare.small import Year, svg
from build_tools.pages.compare.ways import downloads, guide_link
from build_tools.pages.grids import Footnote
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import Lineage, lineage, mark_of
from build_tools.pages.overviews.parts import PRELIMINARY, crumbs, described, gather, period_kind
from build_tools.stages import Maker, page_beside

BROKEN = "Kan inte jämföras med perioden före"
FEWEST = 2
"""Fewer numbers than so are no line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure through the years with what is said below it."""

    title: str
    href: str
    svg: Markup
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of one year; `sign` leads to why a line must stop before it."""

    text: str
    number: bool
    mark: str = ""
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A figure through the years."""

    label: str
    href: str
    places: tuple[Place, ...]
    trend: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section: pictures, whole measures, what they are split into, and what only one year has."""

    heading: str
    title: str
    anchor: str
    pictures: tuple[Picture, ...]
    whole: tuple[Row, ...]
    split: tuple[Row, ...]
    single: tuple[Row, ...]
    notes: tuple[Footnote, ...]


@page_beside("alla-ar", "Alla år")
def long_runs(publication: Publication) -> Maker:
    """Varje insats genom alla sina år, med de ställen där åren inte går att jämföra."""
    gathered, ways = gather(publication), lineage(publication)

    def made(group: Comparisons) -> Iterator[File]:
        for name in sorted(group.long):
            reports = sorted(gathered.reports[name], key=lambda one: (one.period, one.id))
            team, runs = publication.interventions[name], group.runs(name)
            yield _Long(team, tuple(reports), runs, publication, ways).file()

    return made


@dataclass(frozen=True, slots=True)
class _Long:
    """An insats with its reports, oldest first, on their way to be a page."""

    team: Intervention
    reports: tuple[PublishedReport, ...]
    runs: tuple[Run, ...]
    publication: Publication
    ways: Lineage

    @property
    def path(self) -> str:
        """Where the page stands."""
        return run_path(self.team.id)

    def file(self) -> File:
        """The page itself."""
        association = self.publication.associations.get(self.team.association)
        mark = mark_of(association)
        above = [Link(association.name, association_path(association.id))] if association else []
        told = areas(self.runs, lambda run: run.measure, self.reports[-1:], self.publication)
        title = f"{self.team.name}: alla år"
        values = {
            "title": title,
            "description": described(f"{self.team.name} genom alla år, med brott i serierna.", mark),
            "crumbs": crumbs(
                self.path, "Alla år", *above, Link(self.team.name, intervention_path(self.team.id))
            ),
            "mark": mark,
            "lineage": tuple(self._lineage()),
            "heads": tuple(head(one, self.path, self.publication, self._under(one)) for one in self.reports),
            "years": tuple(texts.period(one.period) for one in self.reports),
            "trends": any(run.trend for run in self.runs),
            "chapters": tuple(self._chapter(area) for area in told),
            "guide": guide_link(self.path, self.publication),
            "saved": downloads(self.path, [one.id for one in self.reports], self.publication),
        }
        return File(self.path, render("compare_run.md", values))

    def _under(self, report: PublishedReport) -> str:
        """What stands in small under a year: the kind of its period, where it is not a calendar year."""
        kind = period_kind(report, self.publication)
        status = ["preliminär"] if report.status == PRELIMINARY else []
        return ", ".join([*([kind.lower()] if kind else []), *status])

    def _lineage(self) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """What the insats came of and became, with the ways to their years."""
        pairs = (
            ("Bildades av", self.team.predecessors),
            ("Blev en del av", self.ways.became.get(self.team.id, ())),
        )
        for told, others in pairs:
            teams = self.publication.interventions
            known = (teams[one] for one in others if one in teams)
            if links := tuple(Link(one.name, to(self.path, intervention_path(one.id))) for one in known):
                yield told, links

    def _chapter(self, area: Area[Run]) -> Chapter:
        notes = Notes(area.anchor)
        whole, split, single = parted(area.rows, _is_whole, lambda run: _numbers(run) >= FEWEST)
        return Chapter(
            heading=area.heading,
            title=area.title,
            anchor=area.anchor,
            pictures=tuple(self._picture(run) for run in whole),
            whole=tuple(self._row(run, notes) for run in whole),
            split=tuple(self._row(run, notes) for run in split),
            single=tuple(self._row(run, notes) for run in single),
            notes=notes.footnotes(),
        )

    def _row(self, run: Run, notes: Notes) -> Row:
        places = tuple(_place(step, notes) for step in run.steps)
        way = definition(run.measure, self.path, self.publication)
        return Row(run.label, way, places, run.trend.text if run.trend else "")

    def _picture(self, run: Run) -> Picture:
        named = list(zip(run.steps, self.reports, strict=True))
        years = [_year(step, report) for step, report in named]
        told = [(texts.period(report.period), step) for step, report in named]
        numbers = [f"{period}: {step.shown}." for period, step in told if isinstance(step.figure, Fact)]
        blanks = [f"{period}: {step.shown}." for period, step in told if isinstance(step.figure, Blank)]
        lacking = [period for period, step in told if step.figure is None]
        absent = [f"Redovisas inte för {texts.listed(lacking)}."] if lacking else []
        breaks = [f"Bruten före {period}. {why}" for period, step in told if (why := _why(step))]
        said = (numbers[0], numbers[-1], *breaks, *blanks, *absent)
        drawn = svg(years, f"ar-{texts.anchor(run.key)}", f"{run.label}, år för år", " ".join(said))
        trend = [run.trend.text] if run.trend else []
        way = definition(run.measure, self.path, self.publication)
        return Picture(run.label, way, drawn, (*said, *trend))


def _is_whole(run: Run) -> bool:
    return is_whole(run.key, run.measure) and not run.is_sum


def _numbers(run: Run) -> int:
    """How many years have a number."""
    return sum(isinstance(step.figure, Fact) for step in run.steps)


def _why(step: Step) -> str:
    """Why a number cannot be compared with that of the period before; nothing where one of them is a word."""
    known = step.comparison
    if known is None or not step.broken or not isinstance(known.a, Fact) or not isinstance(known.b, Fact):
        return ""
    return " ".join(dict.fromkeys(reason.text for reason in known.refusals))


def _year(step: Step, report: PublishedReport) -> Year:
    start, end = report.period.start, report.period.end
    figure = step.figure
    value = texts.rounded(figure.value, figure.decimals) if isinstance(figure, Fact) else None
    return Year(start + (end - start) / 2, texts.period(report.period), value, step.broken)


def _place(step: Step, notes: Notes) -> Place:
    if not isinstance(step.figure, Fact):
        return Place(step.shown, False, _meaning(step.figure))
    why = _why(step)
    return Place(step.shown, True, "", notes.sign(why, BROKEN) if why else None)


def _meaning(figure: Blank | None) -> str:
    return texts.MARK_MEANINGS[figure.mark] if figure else "Rapporten redovisar inte uppgiften."
