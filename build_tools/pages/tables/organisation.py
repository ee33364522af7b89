"""Tables of the organisation: money, staff, meetings and the parties that cooperate."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.pages.grids import Grid, Line, value, word
from build_tools.pages.tables.context import Context

BUDGET = (
    ("budget", "Budget"),
    ("utfall", "Utfall"),
    ("prognos_utfall", "Prognos"),
    ("avvikelse", "Avvikelse"),
    ("prognos_avvikelse", "Prognosens avvikelse"),
)
MEETINGS = (("planerade", "Planerade"), ("hallna", "Hållna"), ("installda", "Inställda"))


def economy(context: Context) -> Iterator[Grid]:
    """Budget, outcome and deviation, row by row; negative means overspent."""
    columns = [(code, label) for code, label in BUDGET if context.of(f"ekonomi.{code}")]
    rows = dict.fromkeys(
        figure.cell.category for code, _ in columns for figure in context.of(f"ekonomi.{code}")
    )
    ordered = [*(row for row in rows if row != "summa"), *(row for row in rows if row == "summa")]
    lines = tuple(_budget_line(row, [code for code, _ in columns], context) for row in ordered)
    period = context.report.section_periods.get("ekonomi", context.report.period)
    note = "Avvikelse = budget − utfall. Minus betyder att det kostade mer än budgeten."
    caption = f"Ekonomi {texts.period(period)}, kronor"
    if lines:
        yield Grid(caption, "Post", tuple(label for _, label in columns), lines, note)


def _budget_line(row: str, columns: list[str], context: Context) -> Line:
    values = tuple(value(context.figure(f"ekonomi.{row}.{column}")) for column in columns)
    total = row == "summa"
    return Line("Summa" if total else context.label("budgetrad", row), values, total=total)


def staffing(context: Context) -> Iterator[Grid]:
    """Posts by role, never persons, against the agreed level."""
    rows = dict.fromkeys(f.cell.category for f in context.of("bemanning.poster", "bemanning.procent"))
    lines = [
        Line(context.label("roll", role), (value(context.figure(f"bemanning.poster.{role}")),))
        for role in rows
        if role
    ]
    agreed = context.figure("bemanning.avtalad_niva")
    if agreed is not None:
        lines.append(Line("Avtalad nivå i procent av heltid", (value(agreed),)))
    period = context.report.section_periods.get("bemanning", context.report.period)
    if lines:
        yield Grid(f"Bemanning {texts.period(period)}", "Roll", ("Antal",), tuple(lines))


def meetings(context: Context) -> Iterator[Grid]:
    """Meetings planned, held and cancelled, by forum."""
    columns = [(code, label) for code, label in MEETINGS if context.of(f"moten.{code}")]
    forums = dict.fromkeys(f.cell.category for code, _ in columns for f in context.of(f"moten.{code}"))
    lines = tuple(
        Line(
            context.label("forum", forum),
            tuple(value(context.figure(f"moten.{code}.{forum}")) for code, _ in columns),
        )
        for forum in forums
    )
    if lines:
        yield Grid("Möten", "Forum", tuple(label for _, label in columns), lines)


def parties(context: Context) -> Iterator[Grid]:
    """Which organisations take part in which forum, and how."""
    lines = tuple(
        Line(
            context.label("aktualiserande_part", party.organisation),
            (
                word(context.label("forum", party.forum)),
                word(context.label("lage_part", party.status)),
            ),
        )
        for party in context.report.parties
    )
    if lines:
        yield Grid("Samverkande parter", "Part", ("Forum", "Läge"), lines)
