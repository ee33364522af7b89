"""Charts: which questions a report's protected figures answer, and the drawings of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from build_tools.charts.handbooks import handbook_plots
from build_tools.charts.sparks import sparks
from build_tools.charts.store import Store
from build_tools.model import Drawing, Publication, PublishedReport
from build_tools.stages import chart

FOLDER = "diagram"


def draw_all(publication: Publication, cache: Path | None) -> Publication:
    """Give every report and handbook its drawings, from the cache where the same was drawn before."""
    store = Store(cache / FOLDER if cache else None)
    last = {own[-1].id: own for own in publication.years().values()}
    reports = {
        key: replace(report, drawings=_drawings(report, publication, store, last.get(key, ())))
        for key, report in publication.reports.items()
    }
    handbooks = {
        key: {plot.id: Drawing(plot, store.drawn(plot)) for plot in handbook_plots(handbook)}
        for key, handbook in publication.handbooks.items()
    }
    return replace(publication, reports=reports, handbook_drawings=handbooks)


def _drawings(
    report: PublishedReport, publication: Publication, store: Store, years: tuple[PublishedReport, ...]
) -> Mapping[str, Drawing]:
    """The drawings of a report, and for the last one of an insats those through its years."""
    lines = sparks(years, publication)
    return {**drawings(report, publication, store), **{p.id: Drawing(p, store.drawn(p)) for p in lines}}


def drawings(report: PublishedReport, publication: Publication, store: Store) -> Mapping[str, Drawing]:
    """The drawings of one report by the id of their plot."""
    plots = (plot for part in chart.parts() for plot in part.run(report, publication))
    return {plot.id: Drawing(plot, store.drawn(plot)) for plot in plots}
