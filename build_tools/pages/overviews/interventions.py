"""Each insats through its years, with the teams it came from and became, and the list of insatser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from build_tools import texts
from build_tools.addresses import association_path, intervention_path, measure_path, report_path, run_path, to
from build_tools.frames import pivot
from build_tools.model import Blank, Fact, File, Intervention, Measure, Publication, PublishedReport
from build_tools.pages.breaks import told
from build_tools.pages.findings import of_page, source
from build_tools.pages.grids import Footnote, Grid, Line, Value, sign, value
from build_tools.pages.handbooks.methods import method_links
from build_tools.pages.layout import Link, safe
from build_tools.pages.lineage import Lineage, lineage, mark_of
from build_tools.pages.overviews.key_figures import key_cells, unit_of, years_measures
from build_tools.pages.overviews.parts import (
    PRELIMINARY,
    Gathered,
    Gathering,
    by_name,
    counted,
    crumbs,
    described,
    gather,
    kind_of,
    list_page,
    period_kind,
)
from build_tools.stages import page

INTERVENTIONS = "insatser/index.md"


@page("insats", "Insatser")
def interventions(publication: Publication) -> Iterator[File]:
    """Varje insats genom åren, och listan över insatser."""
    gathered = gather(publication)
    teams = publication.interventions.values()
    real_first = sorted(teams, key=lambda team: (bool(gathered.marks[team.id]), *by_name(team)))
    links = [_link(team, gathered) for team in real_first]
    yield list_page(INTERVENTIONS, "Insatser", "Team och projekt som redovisar sitt arbete här.", links)
    measures = years_measures(publication)
    cells = dict(list(key_cells(publication, measures).groupby("intervention", sort=False)))
    ways = lineage(publication)
    for team in teams:
        own = sorted(gathered.reports.get(team.id, ()), key=lambda report: report.period)
        grid = Years(team, own, publication).grid(measures, cells.get(team.id))
        yield _page(team, own, grid, ways, publication).file(f"data/insatser/{team.id}.yml")


def _link(team: Intervention, gathered: Gathered) -> Link:
    meta = f"{kind_of(team)}, {counted(len(gathered.reports.get(team.id, ())))}"
    return Link(team.name, to(INTERVENTIONS, intervention_path(team.id)), meta, gathered.marks[team.id])


def _page(
    team: Intervention,
    reports: Sequence[PublishedReport],
    grid: Grid | None,
    ways: Lineage,
    publication: Publication,
) -> Gathering:
    path = intervention_path(team.id)
    association = publication.associations.get(team.association)
    mark = mark_of(association)
    above = [Link(association.name, association_path(association.id))] if association else []
    newest_first = [_report_link(report, path, publication) for report in reversed(reports)]
    return Gathering(
        path=path,
        title=team.name,
        description=described(f"{team.name}: rapporter och nyckeltal år för år.", mark),
        crumbs=crumbs(path, team.name, *above),
        mark=mark,
        lead=team.summary,
        facts=tuple(_facts(team, ways, publication)),
        groups=(("Rapporter", "rapporter", newest_first),),
        grids=(("Nyckeltal", "nyckeltal", grid),) if grid else (),
        more=(Link("Alla siffror år för år, med diagram", to(path, run_path(team.id))),)
        if team.id in publication.comparisons.long
        else (),
        board=of_page(publication, path, source(team.id)),
    )


def _report_link(report: PublishedReport, path: str, publication: Publication) -> Link:
    told = [f"{texts.day(report.period.start)}–{texts.day(report.period.end)}"]
    told += [kind.lower() for kind in [period_kind(report, publication)] if kind]
    told += ["preliminär"] if report.status == PRELIMINARY else []
    return Link(texts.period(report.period), to(path, report_path(report.id)), ", ".join(told))


def _facts(
    team: Intervention, ways: Lineage, publication: Publication
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    path = intervention_path(team.id)
    association = publication.associations.get(team.association)
    home = Link(association.name, to(path, association_path(association.id))) if association else Link("")
    owners = texts.listed([_owner(owner, publication) for owner in team.owners])
    pairs = (
        ("Typ", (Link(kind_of(team)),)),
        ("Samordningsförbund", (home,)),
        ("Parter", (Link(owners),)),
        ("Arbetssätt", method_links(team, path, publication)),
        ("Start", (Link(texts.since(team.start)),)),
        ("Slut", (Link(texts.since(team.end)),)),
        ("Bildades av", tuple(_others(team.predecessors, path, publication))),
        ("Blev en del av", tuple(_others(ways.became.get(team.id, ()), path, publication))),
    )
    return ((term, links) for term, links in pairs if any(link.text for link in links))


def _others(ids: Iterable[str], path: str, publication: Publication) -> Iterator[Link]:
    """Links to other insatser."""
    for other in ids:
        if other in publication.interventions:
            yield Link(publication.interventions[other].name, to(path, intervention_path(other)))


def _owner(owner: str, publication: Publication) -> str:
    """The name of a party that owns an insats, or the organisation as it was written."""
    parties = publication.catalogue.enumerations.get("aktualiserande_part")
    known = parties.categories.get(owner) if parties else None
    return known.label if known else owner


@dataclass(frozen=True, slots=True)
class Years:
    """An insats with its reports, oldest first, as the columns of a table."""

    team: Intervention
    reports: Sequence[PublishedReport]
    publication: Publication

    def grid(self, measures: Sequence[Measure], cells: pd.DataFrame | None) -> Grid | None:
        """Measures as lines and reports as columns, with a mark where two years cannot be compared."""
        if cells is None or cells.empty:
            return None
        wide = pivot(cells, "measure", "report")
        breaks = self._breaks(measures)
        shown = [m for m in measures if m.id in wide and (m.key or _changes(m, breaks))]
        names = {measure.id for measure in shown}
        notes = {found: place for place, found in enumerate(key for key in breaks if key[0] in names)}
        lines = tuple(self._line(measure, wide[measure.id], notes) for measure in shown)
        footnotes = tuple(
            Footnote(sign(place), breaks[found], f"brott-{sign(place)}") for found, place in notes.items()
        )
        heads = tuple(texts.period(report.period) for report in self.reports)
        kinds = tuple(self._kind(report) for report in self.reports)
        return Grid("Nyckeltal år för år", "Nyckeltal", heads, lines, subheads=kinds, footnotes=footnotes)

    def _breaks(self, measures: Sequence[Measure]) -> dict[tuple[str, str], str]:
        """What is told of each measure in each report where it cannot be compared with those before."""
        names = {measure.id: measure for measure in measures}
        refused = self.publication.comparisons.breaks(tuple(one.id for one in self.reports), names.keys())
        return {
            key: f"{names[key[0]].label}. {told(names[key[0]], found, self.publication)}"
            for key, found in refused.items()
        }

    def _kind(self, report: PublishedReport) -> str:
        status = ["Preliminär"] if report.status == PRELIMINARY else []
        return ", ".join([kind for kind in [period_kind(report, self.publication)] if kind] + status)

    def _line(
        self, measure: Measure, row: dict[str, Fact | Blank], notes: dict[tuple[str, str], int]
    ) -> Line:
        path = intervention_path(self.team.id)
        values = tuple(self._place(measure, row.get(report.id), report, notes) for report in self.reports)
        drawing = self.reports[-1].drawings.get(f"spark-{measure.id}")
        spark = safe(drawing.svg) if drawing else ""
        return Line(measure.label, values, to(path, measure_path(measure.id)), spark=spark)

    def _place(
        self,
        measure: Measure,
        figure: Fact | Blank | None,
        report: PublishedReport,
        notes: dict[tuple[str, str], int],
    ) -> Value:
        place = value(figure, unit_of(measure))
        note = notes.get((measure.id, report.id))
        mark = "" if note is None else sign(note)
        return Value(place.text, place.number, place.mark, broken=mark)


def _changes(measure: Measure, breaks: Iterable[tuple[str, str]]) -> bool:
    return any(changed == measure.id for changed, _report in breaks)
