"""What `ny` left to be done in the figures of a report: numbers to fill in, and numbers to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.checks.wording import name, written
from build_tools.model import Blank, Edition, Fact, Level, Mark, Report, Verdict
from build_tools.stages import check

OPENING = "flode.ingang"


@check("R28e", "Överförda tal är kontrollerade", level=Level.WARNING)
def carried_figures_are_checked(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett tal som förts över från förra rapporten ska kontrolleras innan rapporten är klar."""
    if not report.is_draft:
        yield from _carried(report, edition)


@check("R28f", "Utkastets siffror är ifyllda", level=Level.NOTICE)
def draft_has_its_figures(report: Report, edition: Edition) -> Iterator[Verdict]:
    """I ett utkast visar listan vilka tal som är kvar att fylla i eller kontrollera."""
    if report.is_draft:
        yield from _carried(report, edition)
        yield from _to_fill(report, edition)


def _carried(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Opening balances that are looked at, and whatever is still marked as carried."""
    for key, figure in report.cells.items():
        if isinstance(figure, Fact) and (figure.carried or _opens(figure)):
            yield Verdict(not figure.carried, key, (key,), figure.where, _look(figure, edition))


def _opens(figure: Fact) -> bool:
    return figure.cell.measure == OPENING and figure.derivation is None


def _look(figure: Fact, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(figure.cell, edition.catalogue)}: {written(figure, edition.catalogue)}, överfört från förra "
        "rapporten. Stämmer talet, ta bort kalla: overford."
    )


def _to_fill(report: Report, edition: Edition) -> Iterator[Verdict]:
    """What stands as saknas although the report before has a number."""
    before = edition.before(report)
    for key, figure in report.cells.items():
        if isinstance(figure, Fact) and figure.derivation is None:
            yield Verdict(True, key, (key,), figure.where, str)
        elif isinstance(figure, Blank) and figure.mark is Mark.MISSING:
            then = before.fact(key) if before else None
            if then is not None and before is not None:
                yield Verdict(False, key, (key,), figure.where, _fill(figure, then, before, edition))


def _fill(figure: Blank, then: Fact, before: Report, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(figure.cell, edition.catalogue)} är kvar att fylla i "
        f"({texts.period(before.period)}: {written(then, edition.catalogue)})."
    )
