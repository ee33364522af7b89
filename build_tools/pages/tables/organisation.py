"""Tables of the organisation: money, staff, meetings and the parties that cooperate."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.model import Blank, Fact, Period, Post
from build_tools.pages.grids import Grid, Line, remarks_on, value, word
from build_tools.pages.tables.context import Context

BUDGET = (
    ("budget", "Budget"),
    ("utfall", "Utfall"),
    ("prognos_utfall", "Prognos"),
    ("avvikelse", "Avvikelse"),
    ("prognos_avvikelse", "Prognosens avvikelse"),
)
USUAL = "ordinarie"
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
    note = (
        "Avvikelse = budget − utfall. Minus betyder att det kostade mer än budgeten. "
        f"Beloppen är i {texts.prices(context.report.prices)}."
    )
    caption = f"Ekonomi {texts.period(period)}, kronor"
    if lines:
        said = remarks_on(
            (_budget_row(row, context), context.figure(f"ekonomi.{row}.{code}"))
            for row in ordered
            for code, _ in columns
        )
        yield Grid(caption, "Post", tuple(label for _, label in columns), lines, note, footnotes=said)


def _budget_line(row: str, columns: list[str], context: Context) -> Line:
    values = tuple(value(context.figure(f"ekonomi.{row}.{column}")) for column in columns)
    return Line(_budget_row(row, context), values, total=row == "summa")


def _budget_row(row: str, context: Context) -> str:
    return "Summa" if row == "summa" else context.label("budgetrad", row)


def staffing(context: Context) -> Iterator[Grid]:
    """Posts by role, never persons, with their degree and time, against the agreed level."""
    own = context.report.section_periods.get("bemanning", context.report.period)
    posts = context.report.posts
    degrees = any(post.percent for post in posts)
    lines = [_post_line(post, own, degrees, context) for post in posts]
    agreed, summed = context.figure("bemanning.avtalad_niva"), context.figure("bemanning.procent")
    if degrees and summed is not None:
        counted = value(context.figure("bemanning.poster"))
        lines.append(Line("Tillsammans, i genomsnitt över tiden", (counted, value(summed)), total=True))
    columns = ("Antal", "Procent av heltid") if degrees else ("Antal",)
    level = texts.shown(agreed, "procent") if isinstance(agreed, Fact) else ""
    note = f"Avtalad nivå: {level} av en heltid." if level else ""
    if lines:
        said = remarks_on((("Avtalad nivå", agreed), *(_post_figure(post, context) for post in posts)))
        yield Grid(f"Bemanning {texts.period(own)}", "Roll", columns, tuple(lines), note, footnotes=said)


def _post_line(post: Post, own: Period, degrees: bool, context: Context) -> Line:
    values = [value(context.figure(post.count) if post.count else None)]
    if degrees:
        values.append(value(context.figure(post.percent) if post.percent else None))
    extra = [context.label("huvudman", post.owner)] if post.owner else []
    extra += [texts.period(post.period)] if post.period != own else []
    extra += [context.label("lage_bemanning", post.state).lower()] if post.state not in ("", USUAL) else []
    name = context.label("roll", post.role)
    return Line(f"{name} ({', '.join(extra)})" if extra else name, tuple(values))


def _post_figure(post: Post, context: Context) -> tuple[str, Fact | Blank | None]:
    return context.label("roll", post.role), context.figure(post.percent or post.count)


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
