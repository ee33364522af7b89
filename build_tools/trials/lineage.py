"""The part of the project that a report is tried against: itself, and the reports before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.model import Edition, Report


def own_line(report: Report, edition: Edition) -> Edition:
    """The edition as if nobody else had written any report, and none had been written later.

    What is told of a report then changes only when something of its own does.
    """
    own = {found.id: found for found in _back_from(report, edition)}
    reports = {name: found for name, found in edition.reports.items() if name in own}
    teams = {one.intervention for one in own.values()}
    return replace(
        edition,
        reports=reports,
        previous={name: edition.previous[name] for name in own if name in edition.previous},
        interventions={name: found for name, found in edition.interventions.items() if name in teams},
        acceptances=(),
        corrections={},
        terms=(),
        pages=(),
    )


def _back_from(report: Report, edition: Edition) -> Iterator[Report]:
    seen: set[str] = set()
    found: Report | None = report
    while found and found.id not in seen:
        seen.add(found.id)
        yield found
        found = edition.before(found)
