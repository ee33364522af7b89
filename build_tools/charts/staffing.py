"""How many full-time posts there were, step by step through the period. Posts only, never persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from build_tools import texts
from build_tools.charts.wording import not_shown, period, sentences, window
from build_tools.model import (
    Cell,
    Fact,
    Hedge,
    Interval,
    Kind,
    Period,
    Plot,
    PlotRow,
    Publication,
    PublishedReport,
)
from build_tools.stages import chart

POSTS, DEGREE = "bemanning.poster", "bemanning.procent"
FULL = Decimal(100)
ENOUGH = 2
"""Staffing that does not change is told by its table."""
VACANT = "vakant"


@dataclass(frozen=True, slots=True)
class Post:
    """Some posts of one kind: the stretch of time they stand, and how much of full time they are."""

    start: date
    after: date
    low: Decimal
    high: Decimal


@chart("bemanning", "Heltidstjänster under perioden")
def staffing(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många heltidstjänster befattningarna blir tillsammans, från den ena ändringen till den nästa."""
    whole = report.section_periods.get("bemanning", report.period)
    posts, untold = _posts(report, publication, whole)
    rows = tuple(_rows(posts, bool(untold), whole, report))
    if len(rows) >= ENOUGH:
        said = f"Befattningar omräknade till heltid, {period(report, 'bemanning')}"
        missing = f"Tjänstgöringsgrad saknas för {texts.listed(untold)}." if untold else ""
        yield Plot(
            id="bemanning",
            report=report.id,
            form="steps",
            title="Heltidstjänster under perioden",
            subtitle=". ".join(part for part in (said, missing.rstrip(".")) if part),
            description=sentences([_read(rows), missing, not_shown(rows)]),
            unit="tjanster",
            series=("Heltidstjänster",),
            rows=rows,
            corner="Tid",
        )


def _posts(
    report: PublishedReport, publication: Publication, whole: Period
) -> tuple[tuple[Post, ...], tuple[str, ...]]:
    """The posts with a known extent, and the roles of those without."""
    posts: list[Post] = []
    untold: dict[str, None] = {}
    for cell, figure in report.cells.items():
        if figure.cell.measure != POSTS or not figure.cell.category or _vacant(figure.note, publication):
            continue
        degree = report.cells.get(cell.replace(POSTS, DEGREE, 1))
        if isinstance(figure, Fact) and isinstance(degree, Fact):
            posts.append(_post(figure, degree, whole))
        else:
            untold[_role(figure.cell, publication)] = None
    return tuple(posts), tuple(untold)


def _post(count: Fact, degree: Fact, whole: Period) -> Post:
    when = degree.period or count.period or whole
    high = degree.upper if degree.upper is not None else degree.value
    return Post(
        max(when.start, whole.start),
        min(when.end, whole.end) + timedelta(days=1),
        count.value * degree.value / FULL,
        count.value * high / FULL,
    )


def _vacant(note: str, publication: Publication) -> bool:
    """Whether nobody holds a post: its figure says so in words."""
    states = publication.catalogue.enumerations.get("lage_bemanning")
    state = states.categories.get(VACANT) if states else None
    return state is not None and state.label in note.split(", ")


def _role(cell: Cell, publication: Publication) -> str:
    roles = publication.catalogue.enumerations.get("roll")
    role = roles.categories.get(cell.category) if roles else None
    return (role.label if role else cell.category).lower()


def _rows(posts: Sequence[Post], more: bool, whole: Period, report: PublishedReport) -> Iterator[PlotRow]:
    """A row for each stretch of time in which nothing changes."""
    after = whole.end + timedelta(days=1)
    cuts = {whole.start, after, *(day for post in posts for day in (post.start, post.after))}
    steps: list[tuple[date, date, Decimal, Decimal]] = []
    days = sorted(day for day in cuts if whole.start <= day <= after)
    for start, end in pairwise(days):
        there = [post for post in posts if post.start <= start and end <= post.after]
        low, high = (sum((getattr(post, side) for post in there), Decimal(0)) for side in ("low", "high"))
        if steps and steps[-1][2:] == (low, high):
            start = steps.pop()[0]
        steps.append((start, end, low, high))
    for start, end, low, high in steps if posts else ():
        when = Period(start, end - timedelta(days=1))
        yield PlotRow(window(when), (_sum(low, high, more, when, report),), period=when)


def _sum(low: Decimal, high: Decimal, more: bool, when: Period, report: PublishedReport) -> Fact:
    """The full-time posts of a stretch; at least so many where the extent of some is not told."""
    low, high = (texts.rounded(value, 2).normalize() for value in (low, high))
    return Fact(
        Cell(report.id, DEGREE, DEGREE),
        low,
        Interval(low, high),
        Kind.SUM,
        next(iter(report.cells.values())).where,
        decimals=max(texts.precision(low), texts.precision(high)),
        hedge=Hedge.AT_LEAST if more else None,
        upper=high if high != low else None,
        period=when,
    )


def _read(rows: tuple[PlotRow, ...]) -> str:
    told = [
        f"{texts.shown(value, 'tjanster')} {row.label}"
        for row in rows
        for value in row.values
        if isinstance(value, Fact)
    ]
    return f"Omräknat till heltid var det {texts.listed(told)}." if told else ""
