"""An insats through all its years, as a document: a column for each year, and where a line must stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from build_tools.addresses import run_path
from build_tools.exports.documents import FIGURES, About, Remark, document, judged
from build_tools.exports.tables import Document, Sheet, Value, figure_columns, figures, plain, unit, wide
from build_tools.model import Publication, Run


def run_document(intervention: str, publication: Publication) -> Document:
    """The document of an insats with reports."""
    runs = publication.comparisons.runs(intervention)
    reports = tuple(step.report for step in runs[0].steps) if runs else ()
    title = f"{publication.interventions[intervention].name}: alla år"
    about = About(run_path(intervention), title, reports, publication)
    columns = (
        "Avsnitt",
        "Nyckeltal",
        "Enhet",
        *figure_columns(about.names.values()),
        "Riktning",
        "Brott",
        "Nyckel",
    )
    shown = wide(((run.key, step.report, step.shown) for run in runs for step in run.steps), reports)
    rows = tuple(_row(run, shown[run.key], about) for run in runs)
    return document(
        about, Sheet(FIGURES, columns, rows), _remarks(runs, about), (run.measure for run in runs)
    )


def _row(run: Run, shown: Sequence[str], about: About) -> tuple[Value, ...]:
    broken = " ".join(f"Före {about.names[step.report]}." for step in run.steps if step.broken)
    told = (run.trend.text if run.trend else "", broken, run.key)
    return (*plain((about.section(run.section), run.label, unit(shown))), *figures(shown), *plain(told))


def _remarks(runs: Sequence[Run], about: About) -> Iterator[Remark]:
    for run in runs:
        for before, step in pairwise(run.steps):
            if step.comparison:
                which = f"{about.names[before.report]} och {about.names[step.report]}"
                yield from judged(run.label, which, step.comparison)
