"""Goals as they may be shown: outcome, verdict and coverage, made of nothing but figures that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools import texts
from build_tools.model import (
    Blank,
    Cell,
    Derivation,
    Fact,
    Goal,
    Interval,
    Kind,
    Mark,
    PublishedGoal,
    PublishedStatement,
    Report,
)

Cells = Mapping[str, Fact | Blank]
MET, MISSED, UNDECIDED = "uppfyllt", "ej_uppfyllt", "gar_inte_att_avgora"
HALF = Decimal(50)
"""No verdict where the outcome tells of less than half of those it is about."""
BOUNDS = {"minst": "minst", "hogst": "högst"}


def figure_of(cell: str, cells: Cells) -> Fact | Blank | None:
    """What may be shown of a cell; of a count that is known as a share alone, the share."""
    return cells.get(cell) or cells.get(f"{cell}.andel")


def statements(report: Report, cells: Cells) -> tuple[PublishedStatement, ...]:
    """What is said of how the work took root, with the figures that it points to."""
    return tuple(
        PublishedStatement(said, figure_of(said.cell, cells) if said.cell else None)
        for said in report.implementation
    )


def goals(report: Report, cells: Cells, units: Mapping[str, str]) -> tuple[PublishedGoal, ...]:
    """Every goal with what came of it. `units` are those of the measures."""
    return tuple(_Judged(goal, cells, units).published() for goal in report.goals)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A goal among the figures that are shown."""

    goal: Goal
    cells: Cells
    units: Mapping[str, str]

    @property
    def figure(self) -> Fact | Blank | None:
        return figure_of(self.goal.cell, self.cells) if self.goal.cell else None

    def published(self) -> PublishedGoal:
        """With a figure that is not shown goes the verdict of the source, for it would tell of it."""
        figure, coverage = self.figure, self._coverage()
        hidden = isinstance(figure, Blank) and figure.mark is Mark.PROTECTED
        goal = replace(self.goal, own_verdict="") if hidden else self.goal
        problem = next(self._problems(coverage), "")
        if problem or not isinstance(figure, Fact):
            return PublishedGoal(goal, figure, UNDECIDED, problem, coverage)
        verdict = MET if self.goal.met_by(figure) else MISSED
        return PublishedGoal(goal, figure, verdict, self._compared(figure), coverage)

    def _problems(self, coverage: Fact | None) -> Iterator[str]:
        """Why there can be no verdict, the first that holds."""
        figure, goal = self.figure, self.goal
        if not goal.cell:
            yield "Målet har inget mått som det kan prövas mot."
        elif figure is None:
            yield "Rapporten anger inget utfall."
        elif isinstance(figure, Blank) and figure.mark is Mark.PROTECTED:
            yield f"Utfallet visas inte. {texts.MARK_MEANINGS[figure.mark]}"
        elif isinstance(figure, Blank):
            yield f"Utfallet har inget tal. {texts.MARK_MEANINGS[figure.mark]}"
        elif goal.threshold is None or not goal.direction:
            yield "Målet har ingen gräns att jämföra med."
        elif goal.met_by(figure) is None:
            yield "Utfallet är för ungefärligt för att jämföras med gränsen."
        elif goal.coverage and coverage is None:
            yield "Det går inte att se hur stor del av alla som utfallet gäller."
        elif coverage and coverage.value < HALF:
            yield f"Utfallet gäller bara {texts.percent(coverage.value)} av alla som målet handlar om."

    def _compared(self, figure: Fact) -> str:
        limit = self.goal.threshold or Decimal(0)
        unit = "procent" if figure.kind is Kind.SHARE else self.units.get(figure.cell.measure, "")
        outcome = texts.shown(figure, unit, _telling(figure, limit))
        bound = BOUNDS.get(self.goal.direction, "")
        return f"Utfallet är {outcome}, och målet är {bound} {texts.with_unit(limit, unit)}."

    def _coverage(self) -> Fact | None:
        """How large a part the outcome tells of, from two numbers that both are shown."""
        figure, whole = self.figure, self.cells.get(self.goal.coverage)
        if not isinstance(figure, Fact) or not isinstance(whole, Fact) or whole.value <= 0:
            return None
        if not isinstance(figure.n, Decimal) or whole.kind is not Kind.COUNT:
            return None
        value = 100 * figure.n / whole.value
        formula = "De som utfallet gäller, delat med alla som målet handlar om."
        return replace(
            whole,
            cell=Cell(whole.cell.report, f"mal.{self.goal.id}.tackning", "mal.tackning"),
            value=value,
            interval=Interval(value, value),
            kind=Kind.SHARE,
            where=self.goal.where,
            decimals=0 if whole.value < texts.MANY else 1,
            n=whole.value,
            derivation=Derivation("mal.tackning", formula, (figure.cell.id, whole.cell.id)),
        )


def _telling(figure: Fact, limit: Decimal) -> int:
    """As many decimals as it takes to tell a number from the limit that it misses or passes."""
    places = (figure.decimals, figure.decimals + 1, figure.decimals + 2)
    told = (at for at in places if figure.value == limit or texts.rounded(figure.value, at) != limit)
    return next(told, places[-1])
