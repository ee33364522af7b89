"""The catalogue: what every measure means, how it is counted, and its published values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from build_tools import texts
from build_tools.addresses import measure_path, report_path, to
from build_tools.frames import columns_of, frame, pivot
from build_tools.model import Blank, Fact, File, Kind, Measure, Publication, PublishedReport
from build_tools.pages.compare.ways import from_measure
from build_tools.pages.grids import SEXES, Grid, Line, Value, group_label, value, with_base
from build_tools.pages.handbooks.methods import definitions_of
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import mark_of
from build_tools.pages.report import report_name
from build_tools.stages import page

HOME = "nyckeltal/index.md"
DIRECTIONS = {
    "hog_bra": "Ett högre värde är bättre.",
    "lag_bra": "Ett lägre värde är bättre.",
    "neutral": "Varken högt eller lågt är bättre i sig.",
}
SOURCES = {
    True: "Räknas fram av bygget. Siffran kan aldrig skrivas in för hand.",
    False: "Lämnas av insatsen.",
}


@page("katalog", "Nyckeltal")
def catalogue(publication: Publication) -> Iterator[File]:
    """Listan över nyckeltal och en sida för varje."""
    yield File(HOME, render("catalogue.md", _index(publication)), "data/nyckeltal.yml")
    cells = frame(publication, publication.catalogue.measures.keys())
    by_measure = dict(list(cells.groupby("measure", sort=False)))
    for measure in publication.catalogue.measures.values():
        values = _measure(measure, by_measure.get(measure.id), publication)
        yield File(measure_path(measure.id), render("measure.md", values), "data/nyckeltal.yml")


def _index(publication: Publication) -> dict[str, object]:
    groups: dict[str, list[Link]] = {}
    titles = _section_titles(publication)
    last = max((number for number in titles if number is not None), default=0) + 1
    ordered = sorted(
        publication.catalogue.measures.values(),
        key=lambda measure: last if measure.section is None else measure.section,
    )
    for measure in ordered:
        title = titles.get(measure.section, "Övrigt")
        link = Link(measure.label, to(HOME, measure_path(measure.id)), measure.explanation)
        groups.setdefault(title, []).append(link)
    return {
        "title": "Nyckeltal",
        "description": "Vad varje nyckeltal betyder och hur det räknas.",
        "crumbs": (Link("Start", to(HOME, "index.md")), Link("Nyckeltal")),
        "groups": [(title, texts.anchor(texts.ascii_words(title)), links) for title, links in groups.items()],
    }


def _section_titles(publication: Publication) -> dict[int | None, str]:
    """The heading of each section number, from the first template that has it."""
    found: dict[int | None, str] = {}
    for template in publication.catalogue.templates.values():
        for section in template.sections:
            found.setdefault(section.number, section.title)
    return found


def _measure(measure: Measure, cells: pd.DataFrame | None, publication: Publication) -> dict[str, object]:
    path = measure_path(measure.id)
    population = publication.catalogue.enumerations.get("population")
    who = population.categories.get(measure.population) if population else None
    facts = [
        ("Enhet", texts.unit_name(measure.unit) or "antal"),
        ("Gäller", who.label if who else ""),
        ("Delas upp på", "kön" if "kon" in measure.groups else ""),
        ("Så räknas det", measure.formula),
        ("Var siffran kommer ifrån", SOURCES[measure.derived]),
        ("Riktning", DIRECTIONS.get(measure.direction, "")),
    ]
    return {
        "title": measure.label,
        "description": measure.explanation,
        "crumbs": (
            Link("Start", to(path, "index.md")),
            Link("Nyckeltal", to(path, HOME)),
            Link(measure.label),
        ),
        "measure": measure,
        "facts": [(term, text) for term, text in facts if text],
        "parts": [
            Link(part.label, to(path, measure_path(part.id)))
            for part in map(publication.catalogue.measures.get, measure.parts)
            if part
        ],
        "defined": tuple(definitions_of(measure.id, path, publication)),
        "versions": [(d.version, texts.day(d.since), d.text) for d in measure.definitions],
        "grid": _values(measure, cells, publication),
        "compare": tuple(from_measure(measure.id, _told_in(cells), publication)),
    }


def _told_in(cells: pd.DataFrame | None) -> tuple[str, ...]:
    """The reports that have a measure, each once."""
    return () if cells is None else tuple(dict.fromkeys(cells["report"]))


def _values(measure: Measure, cells: pd.DataFrame | None, publication: Publication) -> Grid | None:
    """The measure in every report that has it: by sex, or by category in one line of words."""
    if cells is None:
        return None
    if measure.enumeration:
        return _distributions(measure, publication)
    plain = cells[cells["category"] == ""]
    if plain.empty:
        return _by_category(measure, cells, publication)
    groups = [group for group in SEXES if group in set(plain["group"])]
    return _by_group(measure, plain, groups, publication)


def _by_group(measure: Measure, cells: pd.DataFrame, groups: Sequence[str], publication: Publication) -> Grid:
    """Own population only: another population is another measure, told on the report's page."""
    own = cells[[figure.cell.population in ("", measure.population) for figure in cells["figure"]]]
    wide = pivot(own, "report", "group")
    known = columns_of(wide)
    columns = [group for group in groups if group in known]
    lines = tuple(
        Line(
            report_name(report, publication),
            tuple(_place(wide[key].get(group), measure) for group in columns),
            to(measure_path(measure.id), report_path(key)),
            badge=_mark(report, publication),
        )
        for key, report in publication.reports.items()
        if key in wide
    )
    return Grid(f"{measure.label} i rapporterna", "Rapport", tuple(map(group_label, columns)), lines)


def _place(figure: Fact | Blank | None, measure: Measure) -> Value:
    return with_base(figure, measure) if measure.kind is Kind.MEAN else value(figure)


def _by_category(measure: Measure, cells: pd.DataFrame, publication: Publication) -> Grid:
    """Figures that only exist line by line (budget rows, forums): told as one text a report."""
    told = {
        key: _words((figure.cell.category, figure) for figure in own["figure"])
        for key, own in cells.groupby("report", sort=False)
    }
    return _told(measure, {str(key): text for key, text in told.items()}, publication)


def _distributions(measure: Measure, publication: Publication) -> Grid | None:
    told = {}
    for key, report in publication.reports.items():
        found = next((t for t in report.tables.values() if t.distribution.measure == measure.id), None)
        if found and found.rows:
            told[key] = _words((row.label, report.cells.get(row.cell)) for row in found.rows if not row.level)
    return _told(measure, told, publication) if told else None


def _words(pairs: Iterator[tuple[str, Fact | Blank | None]]) -> str:
    return ", ".join(f"{label}{texts.NBSP}{value(figure).text}" for label, figure in pairs)


def _told(measure: Measure, told: dict[str, str], publication: Publication) -> Grid:
    path = measure_path(measure.id)
    lines = tuple(
        Line(
            report_name(publication.reports[key], publication),
            (Value(text, False),),
            to(path, report_path(key)),
            badge=_mark(publication.reports[key], publication),
        )
        for key, text in told.items()
    )
    return Grid(f"{measure.label} i rapporterna", "Rapport", ("Fördelning",), lines)


def _mark(report: PublishedReport, publication: Publication) -> str:
    """The badge of a report's förbund."""
    team = publication.interventions[report.intervention]
    return mark_of(publication.associations.get(team.association))
