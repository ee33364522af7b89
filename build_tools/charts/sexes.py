"""Women and men among those who were there, came and left."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.charts.rows import figure, shown
from build_tools.charts.wording import not_shown, participants, sentences
from build_tools.model import Blank, Fact, Plot, PlotRow, Publication, PublishedReport
from build_tools.stages import chart

TERMS = (
    ("flode.ingang", "Inskrivna vid periodens start"),
    ("flode.nya", "Nya deltagare"),
    ("flode.avslutade", "Avslutade deltagare"),
    ("flode.utgang", "Inskrivna vid periodens slut"),
)
SEXES = (
    ("kvinna", "Kvinnor", "kvinna"),
    ("man", "Män", "man"),
    ("annat_eller_okant", "Annat eller okänt", "annat eller okänt"),
)
"""Group, heading, and the word for one."""
ALWAYS = 2
"""Women and men; others only where their number may be shown."""


@chart("kon", "Kvinnor och män i insatsen")
def sexes(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många kvinnor och män som fanns vid starten, kom till, avslutade och fanns kvar vid slutet."""
    groups = tuple(sex for number, sex in enumerate(SEXES) if number < ALWAYS or _told(report, sex[0]))
    rows = tuple(_rows(report, groups))
    if shown(rows):
        names = tuple(name for _, name, _ in groups)
        yield Plot(
            id="kon",
            report=report.id,
            form="paired",
            title="Kvinnor och män i insatsen",
            subtitle=participants(report),
            description=sentences([*_read(rows, groups), not_shown(rows, names)]),
            unit="personer",
            series=names,
            rows=rows,
        )


def _told(report: PublishedReport, group: str) -> bool:
    return any(report.fact(f"{measure}.{group}") for measure, _ in TERMS)


def _rows(report: PublishedReport, groups: tuple[tuple[str, str, str], ...]) -> Iterator[PlotRow]:
    for measure, label in TERMS:
        cells = [f"{measure}.{group}" for group, _, _ in groups]
        if any(cell in report.cells for cell in cells):
            yield PlotRow(label, tuple(figure(report, cell) for cell in cells))


def _read(rows: tuple[PlotRow, ...], groups: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    """Tell the first and the last row."""
    for row in dict.fromkeys((rows[0], rows[-1])):
        told = [_counted(value, group) for value, group in zip(row.values, groups, strict=True)]
        if any(told):
            yield f"{row.label}: {texts.listed([part for part in told if part])}."


def _counted(value: Fact | Blank, group: tuple[str, str, str]) -> str:
    if isinstance(value, Blank):
        return ""
    _, many, one = group
    return f"{texts.shown(value)} {one if value.value == 1 else many.lower()}"
