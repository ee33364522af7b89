"""What a person sees of how well the figures of reports are guarded: tables in a terminal, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from build_tools import texts
from build_tools.model import Guard, Score
from build_tools.outlets.findings import printable

COLUMNS = ("Rapport", "Tal", "Obevakade", "Prövade fel", "Upptäckta", "Andel")
TOTAL = "Alla"

Tried = Mapping[str, tuple[Score, Sequence[Guard]]]


def show(tried: Tried) -> None:
    """Print one line for each report and their sum, then what would not be noticed, figure by figure."""
    rows = [_row(score) for score in (*(score for score, _guards in tried.values()), _total(tried))]
    if sys.stdout.isatty():
        _show_rich(rows, tried)
        return
    lines = ["\t".join(map(printable, row)) for row in (COLUMNS, *rows)]
    for name, (_score, guards) in tried.items():
        for heading, figures in _unnoticed(name, guards):
            lines += ["", *map(printable, (heading, *figures))]
    sys.stdout.writelines(f"{line}\n" for line in lines)


def as_json(tried: Tried) -> Iterator[str]:
    """One object a figure, on a line of its own."""
    for name, (_score, guards) in tried.items():
        for guard in guards:
            told = {
                "rapport": name,
                "cell": guard.cell,
                "fil": guard.where.file,
                "rad": guard.where.line,
                "provade": guard.tried,
                "upptackta": guard.noticed,
                "bevakad": guard.guarded,
                "oupptackta": list(guard.missed),
            }
            yield json.dumps(told, ensure_ascii=False)


def _show_rich(rows: Sequence[tuple[str, ...]], tried: Tried) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    table = Table(title="Så mycket skulle upptäckas", title_justify="left")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == COLUMNS[0] else "right")
    for row in rows[:-1]:
        table.add_row(*map(printable, row))
    table.add_section()
    table.add_row(*rows[-1], style="bold")
    console.print(table)
    for name, (_score, guards) in tried.items():
        for heading, figures in _unnoticed(name, guards):
            console.print(Text(f"\n{printable(heading)}", style="bold"), soft_wrap=True)
            for figure in figures:
                console.print(Text(printable(figure)), soft_wrap=True)


def _unnoticed(report: str, guards: Sequence[Guard]) -> Iterator[tuple[str, list[str]]]:
    """The figures that no rule guards, and the others of which some slip would be missed; one line each."""
    unguarded = [guard for guard in guards if not guard.guarded]
    partly = [guard for guard in guards if guard.guarded and guard.missed]
    if unguarded:
        yield f"Tal i {report} som ingen regel bevakar, och skrivfelen som inte märks:", _lines(unguarded)
    if partly:
        yield f"Bevakade tal i {report}, och skrivfelen som ändå inte märks:", _lines(partly)


def _lines(guards: Sequence[Guard]) -> list[str]:
    return [
        f"  {guard.where.file}:{guard.where.line}  {guard.cell}  {', '.join(guard.missed) or 'inget'}"
        for guard in guards
    ]


def _row(score: Score) -> tuple[str, ...]:
    counts = (score.figures, score.unguarded, score.tried, score.noticed)
    return (score.report, *(texts.number(count) for count in counts), share(score))


def share(score: Score) -> str:
    """The noticed part of what was tried, in whole percent."""
    return texts.percent(Decimal(100 * score.noticed) / score.tried) if score.tried else "–"


def _total(tried: Tried) -> Score:
    scores = [score for score, _guards in tried.values()]
    return Score(
        TOTAL,
        sum(score.figures for score in scores),
        sum(score.unguarded for score in scores),
        sum(score.tried for score in scores),
        sum(score.noticed for score in scores),
    )
