"""Tables of projects: how many were reached, what they set out to do, and how the work took root."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.model import Blank, Fact, Kind, PublishedGoal, PublishedStatement
from build_tools.pages.grids import Footnote, Grid, Line, Value, share_text, value, word
from build_tools.pages.tables.context import Context

LADDER = "omfattning."
VERDICTS = {
    "uppfyllt": "uppfyllt",
    "ej_uppfyllt": "inte uppfyllt",
    "ej_provat": "inte prövat",
    "gar_inte_att_avgora": "går inte att avgöra",
}
BOUNDS = {"minst": "minst", "hogst": "högst"}


def ladder(context: Context) -> Iterator[Grid]:
    """How many were planned for, enrolled and ended with; what each source says, beside each other."""
    figures = [f for f in context.report.cells.values() if f.cell.measure.startswith(LADDER)]
    counts = [figure for figure in figures if not figure.cell.is_share and not figure.cell.group]
    sources = tuple(dict.fromkeys(figure.cell.category for figure in counts))
    rungs = dict.fromkeys(figure.cell.measure for figure in counts)
    lines = tuple(
        Line(
            context.name(rung),
            tuple(_rung(rung, source, context) for source in sources),
            context.definition(rung),
        )
        for rung in rungs
    )
    if lines:
        heads = tuple(context.label("kalla", source) for source in sources)
        days = tuple(_day(source, counts) for source in sources)
        yield Grid("Omfattning, enligt varje källa", "Uppgift", heads, lines, subheads=days)


def _rung(measure: str, source: str, context: Context) -> Value:
    """A count of the ladder, with its share of the goal where that was computed."""
    cell = f"{LADDER}{source}.{measure.removeprefix(LADDER)}"
    figure = context.figure(cell)
    if figure is None:
        return Value("inte redovisat", False, "Källan redovisar inte den uppgiften.")
    part = context.figure(f"{cell}.andel")
    place = context.place(cell)
    if isinstance(part, Fact) and isinstance(figure, Fact):
        return Value(f"{place.text} ({texts.percent(part.value)} av målet)", True, "", place.anchor)
    return place


def _day(source: str, counts: list[Fact | Blank]) -> str:
    """The day the source's figures were taken out."""
    dated = (f.period for f in counts if isinstance(f, Fact) and f.cell.category == source)
    period = next((found for found in dated if found), None)
    return texts.day(period.end) if period else ""


def re_aim(context: Context) -> Iterator[Grid]:
    """What is said of each dimension, with the figure that it rests on."""
    told = context.report.implementation
    known = context.publication.catalogue.enumerations.get("re_aim")
    order = dict.fromkeys((*(known.categories if known else ()), *(s.statement.dimension for s in told)))
    lines = tuple(
        _statement(one, context) for name in order for one in told if one.statement.dimension == name
    )
    if lines:
        yield Grid("Införandet, dimension för dimension", "Dimension", ("Iakttagelse", "Siffra"), lines)


def _statement(one: PublishedStatement, context: Context) -> Line:
    dimension = context.label("re_aim", one.statement.dimension)
    if not one.statement.cell:
        return Line(dimension, (word(one.statement.text), Value("ingen siffra", False)))
    return Line(dimension, (word(one.statement.text), _pointed(one.figure, context)))


def _pointed(figure: Fact | Blank | None, context: Context) -> Value:
    """A figure that has its own place elsewhere, in its measure's unit."""
    measure = context.measure(figure.cell.measure) if figure is not None else None
    unit = measure.unit if measure and isinstance(figure, Fact) and figure.kind is not Kind.SHARE else ""
    return value(figure, unit)


def goals(context: Context) -> Iterator[Grid]:
    """Each goal with its outcome, its threshold, the verdict in words and how many the outcome tells of."""
    told = context.report.goals
    covered = any(goal.coverage for goal in told)
    columns = ("Utfall", "Gräns", "Bedömning", *(("Underlag",) if covered else ()))
    lines = tuple(Line(goal.goal.text, tuple(_places(goal, covered, context))) for goal in told)
    if lines:
        notes = tuple(note for goal in told for note in _notes(goal))
        yield Grid("Uppsatta mål", "Mål", columns, lines, footnotes=notes)


def _places(goal: PublishedGoal, covered: bool, context: Context) -> Iterator[Value]:
    yield _pointed(goal.figure, context) if goal.goal.cell else Value("inget mått", False)
    yield _threshold(goal, context)
    yield word(VERDICTS.get(goal.verdict, goal.verdict))
    if covered:
        yield Value(share_text(goal.coverage)) if goal.coverage else Value("inte angivet", False)


def _threshold(goal: PublishedGoal, context: Context) -> Value:
    limit = goal.goal.threshold
    if limit is None:
        return Value("ingen gräns", False)
    measure = context.measure(goal.figure.cell.measure) if goal.figure else None
    share = isinstance(goal.figure, Fact) and goal.figure.kind is Kind.SHARE
    share = share or goal.goal.cell.endswith(".andel")
    unit = "procent" if share else measure.unit if measure else ""
    bound = BOUNDS.get(goal.goal.direction, "")
    return Value(f"{bound} {texts.with_unit(limit, unit)}".strip())


def _notes(goal: PublishedGoal) -> Iterator[Footnote]:
    """Why it was judged so, what stands in for the goal, and the source's own verdict where it differs."""
    own = goal.goal.own_verdict
    differs = bool(own) and VERDICTS.get(own) != VERDICTS.get(goal.verdict)
    said = [
        goal.reason,
        goal.goal.proxy,
        f"Källan själv skriver: {VERDICTS.get(own, own)}." if differs else "",
    ]
    text = " ".join(part.strip() for part in said if part.strip())
    if text:
        yield Footnote(f"{goal.goal.text.rstrip('.')}:", text)
