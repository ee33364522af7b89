"""The part of the project that a report is tried against: itself, the reports before it, and the figures of
others that rules hold its own against.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from build_tools.checks import hierarchy, likely, years
from build_tools.model import Edition, Fact, Report

Beside = Mapping[str, Mapping[str, Fact]]
"""Figures of others, by report and cell."""


def surroundings(report: Report, edition: Edition) -> Edition:
    """Its own line, and of others only the figures that its own are held against.

    The report stands first, so that what is told of many reports together is told of it.
    """
    own = own_line(report, edition)
    others = {
        name: replace(edition.reports[name], cells=cells, stated=(), prose=None)
        for name, cells in beside(report, edition).items()
    }
    teams = {one.intervention for one in (*own.reports.values(), *others.values())}
    team = edition.interventions.get(report.intervention)
    interventions = {
        name: found
        for name, found in edition.interventions.items()
        if name in teams or (team and found.association == team.association)
    }
    return replace(own, reports={**own.reports, **others}, interventions=interventions)


def own_line(report: Report, edition: Edition) -> Edition:
    """The edition as if nobody else had written any report, and none had been written later.

    What is told of a report then changes only when something of its own does.
    """
    own = {found.id: found for found in edition.line(report)}
    teams = {one.intervention for one in own.values()}
    return replace(
        edition,
        reports=own,
        previous={name: edition.previous[name] for name in own if name in edition.previous},
        interventions={name: found for name, found in edition.interventions.items() if name in teams},
        acceptances=(),
        corrections={},
        terms=(),
        pages=(),
    )


def beside(report: Report, edition: Edition) -> Beside:
    """The figures of other insatser: of its peers, of teams whose sum the förbund tells, of predecessors."""
    wanted: dict[str, frozenset[str]] = dict(hierarchy.others(report, edition))
    for one in likely.peers(report, edition):
        wanted[one.id] = wanted.get(one.id, frozenset()) | likely.looked_at(report, edition)
    for one in years.just_before(report, edition):
        closing = frozenset(name for name in one.cells if name.startswith(years.CLOSING))
        wanted[one.id] = wanted.get(one.id, frozenset()) | closing
    chain = {one.id for one in edition.line(report)}
    return {
        name: {cell: fact for cell in sorted(cells) if (fact := edition.reports[name].fact(cell))}
        for name, cells in sorted(wanted.items())
        if name not in chain
    }
