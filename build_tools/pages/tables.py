"""The tables of a report, by the names that templates and writers use: `tabell:flode`, `tabell:ekonomi` …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.model import Blank, Fact, Kind, Measure, Publication, PublishedReport, Row, Table
from build_tools.pages.grids import (
    Grid,
    Line,
    Value,
    figure_text,
    group_label,
    groups_of,
    value,
    with_base,
    word,
)
from build_tools.pages.layout import measure_path, report_path, to

FLOW = ("flode.ingang", "flode.nya", "flode.totalt", "flode.avslutade", "flode.utgang")
BUDGET = (
    ("budget", "Budget"),
    ("utfall", "Utfall"),
    ("prognos_utfall", "Prognos"),
    ("avvikelse", "Avvikelse"),
    ("prognos_avvikelse", "Prognosens avvikelse"),
)
MEETINGS = (("planerade", "Planerade"), ("hallna", "Hållna"), ("installda", "Inställda"))


@dataclass(frozen=True, slots=True)
class Context:
    """Whose table it is, and the section it stands in."""

    report: PublishedReport
    publication: Publication
    section: int | None = None

    def label(self, enumeration: str, code: str) -> str:
        """The Swedish name of a category, or its code where the project has none."""
        found = self.publication.catalogue.enumerations.get(enumeration)
        category = found.categories.get(code) if found else None
        return category.label if category else code.replace("_", " ").capitalize()

    def measure(self, measure: str) -> Measure | None:
        """A measure of the catalogue."""
        return self.publication.catalogue.measures.get(measure)

    def definition(self, measure: str) -> str:
        """The address of a measure's page, seen from the report."""
        return to(report_path(self.report.id), measure_path(measure))

    def of(self, *measures: str) -> list[Fact | Blank]:
        """The report's own figures of some measures; shares of counts are left out."""
        return [
            figure
            for figure in self.report.cells.values()
            if figure.cell.measure in measures and not figure.cell.is_share
        ]


def table(name: str, context: Context) -> Grid | None:
    """The table that a template or a writer asks for, or None where the report has nothing for it."""
    maker = MAKERS.get(name)
    return maker(context) if maker else distribution(name, context)


def flow(context: Context) -> Grid | None:
    """Opening, new, in all, exits and closing, by sex, with the share of women."""
    figures = context.of(*FLOW)
    groups = groups_of(figures)
    lines = tuple(_flow_line(measure, groups, context) for measure in FLOW if context.of(measure))
    if not lines:
        return None
    shares = ("Andel kvinnor",) if "kvinna" in groups else ()
    return Grid("Deltagare under perioden", "", tuple(map(group_label, groups)) + shares, lines)


def _flow_line(measure: str, groups: tuple[str, ...], context: Context) -> Line:
    cells = context.report.cells
    row = context.measure(measure)
    values = [value(cells.get(f"{measure}.{group}" if group else measure)) for group in groups]
    if "kvinna" in groups:
        values.append(value(cells.get(f"{measure}.kvinna.andel")))
    label = row.label if row else measure
    return Line(label, tuple(values), context.definition(measure) if row else "")


def distribution(name: str, context: Context) -> Grid | None:
    """A question answered in categories, as protection lets it be shown."""
    found = next((t for t in context.report.tables.values() if t.distribution.measure == name), None)
    if found is None or not found.rows:
        return None
    measure = context.measure(name)
    shares = any(f"{row.cell}.andel" in context.report.cells for row in found.rows)
    wide = shares and _base(found, context) >= texts.FEW
    lines = [*(_category_line(row, wide, context) for row in found.rows), *_total_line(found, wide, context)]
    columns = ("Antal", "Andel") if wide else ("Antal",)
    label = measure.label if measure else name
    note = "En person kan räknas i flera rader." if found.distribution.coding == "flerval" else ""
    return Grid(label, _corner(measure, context), columns, tuple(lines), note)


def _corner(measure: Measure | None, context: Context) -> str:
    found = context.publication.catalogue.enumerations.get(measure.enumeration if measure else "")
    return found.label if found else ""


def _base(found: Table, context: Context) -> Decimal:
    total = context.report.fact(found.total)
    return total.value if total else Decimal(0)


def _category_line(row: Row, wide: bool, context: Context) -> Line:
    cells = context.report.cells
    values = [value(cells.get(row.cell))]
    if wide:
        values.append(_percent(cells.get(f"{row.cell}.andel")))
    return Line(row.label, tuple(values), level=row.level)


def _percent(figure: Fact | Blank | None) -> Value:
    if isinstance(figure, Fact) and isinstance(figure.n, Decimal):
        return Value(texts.percent(figure.value, 0 if figure.n < texts.MANY else 1))
    return value(figure)


def _total_line(found: Table, wide: bool, context: Context) -> Iterator[Line]:
    total = context.report.fact(found.total)
    if total:
        whole = (Value(texts.percent(Decimal(100))),) if wide else ()
        yield Line("Totalt", (value(total), *whole), total=True)


def _bases(figures: list[Fact | Blank]) -> dict[tuple[str, str, str], list[Fact | Blank]]:
    """Figures of one measure by population, point and category, in their order."""
    found: dict[tuple[str, str, str], list[Fact | Blank]] = {}
    for figure in figures:
        cell = figure.cell
        found.setdefault((cell.population, cell.point, cell.category), []).append(figure)
    return found


def means(measures: tuple[str, ...], caption: str) -> Callable[[Context], Grid | None]:
    """A table of means, one line for each measure, population and category, by sex."""

    def made(context: Context) -> Grid | None:
        figures = context.of(*measures)
        groups = groups_of(figures)
        lines = tuple(line for name in measures for line in _mean_lines(name, groups, context))
        columns = tuple(group_label(group) if group else "Alla" for group in groups)
        return Grid(caption, "", columns, lines) if lines else None

    return made


def _mean_lines(name: str, groups: tuple[str, ...], context: Context) -> Iterator[Line]:
    measure = context.measure(name)
    if measure is None:
        return
    for (population, _point, category), figures in _bases(context.of(name)).items():
        by_group = {figure.cell.group: figure for figure in figures}
        label = _qualified(measure, population, category, context)
        values = tuple(with_base(by_group.get(group), measure) for group in groups)
        yield Line(label, values, context.definition(name))


def _qualified(measure: Measure, population: str, category: str, context: Context) -> str:
    """A measure's label with the population and category where they are not the measure's own."""
    extra = []
    if category:
        extra.append(context.label("avslutsorsak", category).lower())
    if population and population != measure.population:
        extra.append(context.label("population", population).lower())
    return f"{measure.label}, {texts.listed(extra)}" if extra else measure.label


def economy(context: Context) -> Grid | None:
    """Budget, outcome and deviation, row by row; negative means overspent."""
    columns = [(code, label) for code, label in BUDGET if context.of(f"ekonomi.{code}")]
    if not columns:
        return None
    rows = dict.fromkeys(
        figure.cell.category for code, _ in columns for figure in context.of(f"ekonomi.{code}")
    )
    ordered = [*(row for row in rows if row != "summa"), *(row for row in rows if row == "summa")]
    lines = tuple(_budget_line(row, [code for code, _ in columns], context) for row in ordered)
    period = context.report.section_periods.get("ekonomi", context.report.period)
    note = "Avvikelse = budget − utfall. Minus betyder att det kostade mer än budgeten."
    caption = f"Ekonomi {texts.period(period)}, kronor"
    return Grid(caption, "Post", tuple(label for _, label in columns), lines, note)


def _budget_line(row: str, columns: list[str], context: Context) -> Line:
    values = tuple(value(context.report.cells.get(f"ekonomi.{row}.{column}")) for column in columns)
    total = row == "summa"
    return Line("Summa" if total else context.label("budgetrad", row), values, total=total)


def staffing(context: Context) -> Grid | None:
    """Posts by role, never persons, against the agreed level."""
    rows = dict.fromkeys(f.cell.category for f in context.of("bemanning.poster", "bemanning.procent"))
    cells = context.report.cells
    lines = [
        Line(context.label("roll", role), (value(cells.get(f"bemanning.poster.{role}")),))
        for role in rows
        if role
    ]
    agreed = cells.get("bemanning.avtalad_niva")
    if agreed is not None:
        lines.append(Line("Avtalad nivå i procent av heltid", (value(agreed),)))
    period = context.report.section_periods.get("bemanning", context.report.period)
    return Grid(f"Bemanning {texts.period(period)}", "Roll", ("Antal",), tuple(lines)) if lines else None


def meetings(context: Context) -> Grid | None:
    """Meetings planned, held and cancelled, by forum."""
    columns = [(code, label) for code, label in MEETINGS if context.of(f"moten.{code}")]
    forums = dict.fromkeys(f.cell.category for code, _ in columns for f in context.of(f"moten.{code}"))
    cells = context.report.cells
    lines = tuple(
        Line(
            context.label("forum", forum),
            tuple(value(cells.get(f"moten.{code}.{forum}")) for code, _ in columns),
        )
        for forum in forums
    )
    return Grid("Möten", "Forum", tuple(label for _, label in columns), lines) if lines else None


def parties(context: Context) -> Grid | None:
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
    return Grid("Samverkande parter", "Part", ("Forum", "Läge"), lines) if lines else None


def others(context: Context) -> Grid | None:
    """The figures of a section that have no table of their own."""
    lines = tuple(
        Line(measure.label, (value(figure, measure.unit),), context.definition(measure.id))
        for measure in context.publication.catalogue.measures.values()
        if measure.section == context.section and not measure.enumeration and measure.kind is Kind.COUNT
        for figure in context.of(measure.id)
        if _stands_alone(figure)
    )
    return Grid("Fler uppgifter", "Uppgift", ("Värde",), lines) if lines else None


def _stands_alone(figure: Fact | Blank) -> bool:
    taken = ("flode.", "mal.", "ekonomi.", "bemanning.", "moten.", "avslut", "inskrivna.")
    return not figure.cell.category and not figure.cell.group and not figure.cell.measure.startswith(taken)


def goals(context: Context) -> Grid | None:
    """How many reached the goal, by the team's own definition and by the common ones."""
    lines = tuple(
        Line(
            measure.label, (Value(figure_text(figure)) if isinstance(figure, Fact) else value(figure),), href
        )
        for measure in context.publication.catalogue.measures.values()
        if measure.id.startswith("mal.")
        for figure in context.of(measure.id)
        for href in (context.definition(measure.id),)
    )
    return Grid("Måluppfyllelse", "Mått", ("Värde",), lines) if lines else None


MAKERS: dict[str, Callable[[Context], Grid | None]] = {
    "flode": flow,
    "varaktighet": means(
        ("genomstromningstid", "ar_i_offentlig_forsorjning"), "Tid i insatsen och i offentlig försörjning"
    ),
    "alder": means(("alder",), "Medelålder"),
    "ekonomi": economy,
    "bemanning": staffing,
    "moten": meetings,
    "samverkan": parties,
    "uppgifter": others,
    "mal": goals,
}
