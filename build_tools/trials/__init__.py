"""Disturbs the figures of a report on purpose and tells which slips the rules would notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, localcontext
from pathlib import Path

from build_tools.model import Edition, Guard, Report, Slip
from build_tools.trials.again import Again
from build_tools.trials.disturbed import Figure, disturbances, figures
from build_tools.trials.lineage import surroundings
from build_tools.trials.store import keep, kept, place

__all__ = ["all_guards", "guards", "kept_guards"]
PRECISION = 50


def guards(report: Report, edition: Edition) -> tuple[Guard, ...]:
    """How well each stated figure of a report is guarded. No number, however absurd, stops it."""
    return _guards(report, surroundings(report, edition))


def _guards(report: Report, around: Edition) -> tuple[Guard, ...]:
    with localcontext(prec=PRECISION, Emax=MAX_EMAX, Emin=MIN_EMIN):
        again = Again(report, around)
        return tuple(_guard(figure, again) for figure in figures(report, around))


def kept_guards(report: Report, edition: Edition, folder: Path) -> tuple[Guard, ...]:
    """The same, kept from before where nothing that it is made of has changed."""
    around = surroundings(report, edition)
    file = place(report, around, folder)
    before = kept(file)
    if before is not None:
        return before
    found = _guards(report, around)
    keep(file, found)
    return found


def all_guards(reports: Iterable[Report], edition: Edition, folder: Path) -> Mapping[str, tuple[Guard, ...]]:
    """How well the figures of each report are guarded."""
    return {one.id: kept_guards(one, edition, folder) for one in reports}


def _guard(figure: Figure, again: Again) -> Guard:
    tried = noticed = 0
    guarded = False
    missed: dict[Slip, None] = {}
    for slip, changed in disturbances(figure):
        tried += 1
        refused = again.refuses(changed)
        by_rule = not refused and again.noticed(changed)
        guarded = guarded or by_rule
        noticed += refused or by_rule
        if not (refused or by_rule):
            missed[slip] = None
    beside = figure.stated.role if figure.stated else None
    fact = figure.fact
    return Guard(fact.cell.id, fact.where, tried, noticed, guarded, tuple(missed), beside)
