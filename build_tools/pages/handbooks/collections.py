"""The parts of a handbook that gather: lists, texts in rows and columns, cases, literature, versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from build_tools import texts
from build_tools.addresses import report_path, to
from build_tools.model import (
    Case,
    DefinedMeasure,
    Grid,
    ItemGroup,
    ItemList,
    LicenceCard,
    Mark,
    Regulation,
    Revision,
    Work,
)
from build_tools.pages.handbooks.figures import as_of
from build_tools.pages.handbooks.maps import order_of, picture
from build_tools.pages.handbooks.method import until_text
from build_tools.pages.handbooks.pieces import Piece, block, words
from build_tools.pages.handbooks.view import ACTIVITIES, STEPS, View, part_anchor, poster_path
from build_tools.pages.layout import Link


def list_pieces(found: ItemList, view: View) -> Iterator[Piece]:
    """Items under headings. On the page of a step only what is about it, and last what is about none."""
    anchor = part_anchor("listor", found.id)
    steps = _steps_here(view)
    groups = [group for group in found.groups if not steps or not group.step or group.step in steps]
    if steps and any(group.step for group in found.groups):
        groups.sort(key=lambda group: not group.step)
    here = [(group, _step(group, view)) for group in groups]
    poster = to(view.path, poster_path(view.handbook.id, found.id)) if found.poster else ""
    yield Piece(found.name, anchor, block("lista", {"list": found, "groups": here, "poster": poster}))


def _steps_here(view: View) -> set[str]:
    """The steps that this page is about."""
    shows = view.page.shows if view.page else ()
    return {part for section, _, part in (shown.partition(":") for shown in shows) if section == STEPS}


def _step(group: ItemGroup, view: View) -> Link | None:
    return view.link(STEPS, group.step) if group.step and not view.at_home(STEPS, group.step) else None


def grid_pieces(grid: Grid, view: View) -> Iterator[Piece]:
    """Texts in rows and columns; where there is no room each row becomes a card."""
    rows = [
        (row, [(name, row.cells.get(key, ())) for key, name in grid.columns.items()]) for row in grid.rows
    ]
    yield Piece(grid.name, part_anchor("tabeller", grid.id), block("rutnat", {"grid": grid, "rows": rows}))


def case_pieces(case: Case, view: View) -> Iterator[Piece]:
    """A case: its own way lit on the map of the process, and the same way in words."""
    process = view.handbook.processes.get(case.process)
    end = process.ends.get(case.end) if process else None
    numbers = {step: number for number, step in enumerate(process.steps, 1)} if process else {}
    stops = [
        (
            numbers.get(stop.step),
            view.link(STEPS, stop.step) or Link(stop.step),
            stop,
            view.links(ACTIVITIES, stop.activities),
        )
        for stop in case.stops
    ]
    order = order_of([stop.step for stop in case.stops], process) if process else ()
    title = f"Vägen i fallet {case.name}: steg {', '.join(map(str, order))}"
    drawn = picture(process, title, f"fall-{case.id}", case) if process else None
    values = {"case": case, "stops": stops, "end": end.name if end else "", "picture": drawn}
    yield Piece(case.name, part_anchor("fall", case.id), block("fall", values))


REGULATIONS = {
    "lag": "Lag",
    "kod": "Kod",
    "blankett": "Blankett",
    "program": "Program eller ersättning",
    "frist": "Frist",
}


def work_pieces(works: Iterable[Work], _view: View) -> Iterator[Piece]:
    """Some literature by subject, with what the source does not tell said in words."""
    ordered = sorted(works, key=lambda work: (work.subject.casefold(), work.year, work.id))
    rows = [(part_anchor("litteratur", work.id), work, _checked(work.checked)) for work in ordered]
    yield Piece("Litteratur", "litteratur", block("litteratur", {"rows": rows}))


def regulation_pieces(regulations: Iterable[Regulation], view: View) -> Iterator[Piece]:
    """Laws, codes, numbered forms and deadlines in one table, each with the time it holds."""
    rows = [
        (part_anchor("regler", one.id), one, REGULATIONS[one.kind], _holds(one), _looked_over(one, view))
        for one in regulations
    ]
    yield Piece("Regler som blir gamla", "regler", block("regler", {"rows": rows}))


def _holds(one: Regulation) -> str:
    """From when it holds, and until when."""
    since = as_of(one.since)
    start = "Källan säger inte från när" if one.since == Mark.MISSING else f"Gäller från {since}"
    return f"{start}, till {as_of(one.until)}" if one.until else start


def _looked_over(one: Regulation, view: View) -> str:
    """When somebody saw what holds now, and by when it will be seen to again."""
    told = (
        f"Kontrollerad {texts.day(one.checked)}" if one.checked else "Inte kontrollerad mot vad som gäller nu"
    )
    return f"{told}, {until_text(one.review_by, view)}" if one.review_by else told


def card_pieces(found: LicenceCard, view: View) -> Iterator[Piece]:
    """The card of an instrument that somebody else owns."""
    tools = [one.id for one in view.handbook.activities.values() if one.card == found.id]
    told = (
        words("Rättighetshavare", found.holder),
        words("Licens", found.licence),
        words("Länken kontrollerad", _checked(found.checked)),
    )
    used = view.links(ACTIVITIES, tools)
    values = {"card": found, "rows": [row for row in told if row.links], "used": used}
    yield Piece(found.name, part_anchor("licenskort", found.id), block("licenskort", values))


def _checked(day: date | None) -> str:
    return texts.day(day) if day else ""


def change_pieces(changes: Iterable[Revision], view: View) -> Iterator[Piece]:
    """The versions, newest first, each with the pages and reports that it touches."""
    newest = sorted(changes, key=lambda change: change.day, reverse=True)
    rows = [(change, texts.day(change.day), _touched(change, view)) for change in newest]
    yield Piece("Ändringar", "andringar", block("andringar", {"rows": rows}))


def _touched(change: Revision, view: View) -> tuple[Link, ...]:
    """The pages and reports of a change, as far as they are shown: those named, and those of its measures."""
    pages = (view.page_link(page) for page in change.pages)
    named = dict.fromkeys((*change.reports, *_measured(change, view)))
    reports = (view.publication.reports.get(report) for report in named)
    told = (
        Link(_report(view, one.intervention, texts.period(one.period)), to(view.path, report_path(one.id)))
        for one in reports
        if one
    )
    return (*(link for link in pages if link), *told)


def _measured(change: Revision, view: View) -> Iterator[str]:
    """The reports with a figure of a measure that a changed page defines."""
    measures = {one.measure for one in view.handbook.defined if _page_of(one, view) in change.pages}
    for key, report in view.publication.reports.items() if measures else ():
        if any(figure.cell.measure in measures for figure in report.cells.values()):
            yield key


def _page_of(one: DefinedMeasure, view: View) -> str:
    home = view.homes.get((one.section, one.part))
    return one.part if one.section == "sidor" else home.page if home else ""


def _report(view: View, team: str, period: str) -> str:
    return f"{view.publication.interventions[team].name}, {period}"


def plain_pieces(links: Iterable[tuple[Link, str]], title: str, anchor: str) -> Iterator[Piece]:
    """Parts that stand in full elsewhere, each with a few words."""
    found = list(links)
    if found:
        yield Piece(title, anchor, block("hanvisning", {"links": found}))
