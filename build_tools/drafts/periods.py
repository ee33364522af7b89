"""The period that a writer asks for by the name of the report: 2025, 2024-2025, 2025-h1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from build_tools.load.periods import period_of
from build_tools.model import Intervention, Period, Report

PROJECT = "projekt"
BROKEN = "brutet_ar"
USUAL_START = (7, 1)
"""Most broken years begin in July."""


def period_asked(stem: str, intervention: Intervention, reports: Sequence[Report]) -> Period | None:
    """The period of a name. Two years are a project's whole time, or a team's broken year."""
    period = period_of(stem)
    if period is None or period.start.year == period.end.year:
        return period
    if intervention.kind == PROJECT:
        return _project(period, intervention)
    return _broken(period, reports) if period.end.year == period.start.year + 1 else None


def _project(period: Period, intervention: Intervention) -> Period:
    """A project's years, from the day it began to the day it ended where those are known and fit."""
    start, end = _day(intervention.start), _day(intervention.end)
    if start and start.year == period.start.year:
        period = replace(period, start=start)
    if end and end.year == period.end.year:
        period = replace(period, end=end)
    return period


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == len("2021-12-31") else None


def _broken(period: Period, reports: Sequence[Report]) -> Period:
    """Twelve months that begin where those of the latest broken year did."""
    earlier = [report.period.start for report in reports if report.period.kind == BROKEN]
    month, day = (earlier[-1].month, earlier[-1].day) if earlier else USUAL_START
    start = date(period.start.year, month, day)
    return Period(start, date(period.end.year, month, day) - timedelta(days=1), BROKEN)
