"""The parts of a method: steps, routines side by side, roles, activities, forms, scales and meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from build_tools import texts
from build_tools.model import (
    Activity,
    HandbookRole,
    PaperForm,
    Practice,
    Process,
    ProcessStep,
    Programme,
    RatingScale,
    Routine,
)
from build_tools.pages.handbooks.maps import map_block
from build_tools.pages.handbooks.pieces import Piece, Told, block, card, points, ways, words
from build_tools.pages.handbooks.view import ACTIVITIES, STEPS, View, part_anchor
from build_tools.pages.layout import Link

DEMANDS = {"ska": "Ska", "bor": "Bör", "far": "Får"}
CATEGORIES = {
    "halsa": "Hälsa",
    "forsorjning": "Försörjning",
    "yrkesvagledning": "Yrkesvägledning och praktik",
    "soka-jobb": "Söka jobb",
    "samverkan": "Samverkan",
}
FEEDBACK = "aterkoppling"
FORMS = {"blankett": "Blankett", "mall": "Mall", "checklista": "Checklista", FEEDBACK: "Återkoppling"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one variant does in a moment; without a practice the source says nothing of it."""

    variant: str
    practice: Practice | None
    demand: str = ""
    roles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment of a routine, with what all variants do and what each does."""

    name: str
    step: Link | None
    common: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity in the catalogue, with all that it can be found by."""

    link: Link
    activity: Activity
    category: str
    steps: tuple[Link, ...]
    keeper: tuple[Link, ...]
    reviewed: str


def process_pieces(process: Process, view: View) -> Iterator[Piece]:
    """The map of a process, and in full those of its steps that have no page of their own."""
    yield Piece(process.name, part_anchor("processer", process.id), map_block(process, view))


def step_pieces(step: str, view: View) -> Iterator[Piece]:
    """A step in full, with what it uses and where one goes from it."""
    for process in view.handbook.processes.values():
        found = process.steps.get(step)
        if found:
            number = list(process.steps).index(step) + 1
            title = f"Steg {number}: {found.name}"
            told = (*_told_of_step(found, view), *_around_step(found, process, view))
            html = card(told, lead=found.summary, note=found.note, page=found.page)
            yield Piece(title, part_anchor(STEPS, step), html)


def _told_of_step(step: ProcessStep, view: View) -> Iterator[Told]:
    yield words("Börjar när det finns", step.trigger)
    yield points("Så gör ni", step.actions, "ol")
    parts = (Link(part.name, meta=part.note) for part in step.substeps.values())
    yield Told("Delsteg", tuple(parts), "ol")
    yield points("Steget ger", step.results)
    yield ways("Roller", view.links("roller", step.roles))
    yield words("Kan vara med", *step.others)
    yield ways("Mallar och blanketter", view.links("blanketter", step.forms))
    yield points("Registreras", step.records)


def _around_step(step: ProcessStep, process: Process, view: View) -> Iterator[Told]:
    handbook = view.handbook
    tools = (one.id for one in handbook.activities.values() if step.id in one.steps)
    yield ways("Verktyg", view.links(ACTIVITIES, tools))
    cases = (one.id for one in handbook.cases.values() if any(stop.step == step.id for stop in one.stops))
    yield ways("Fall som går här", view.links("fall", cases))
    routines = (one.id for one in handbook.routines.values() if _touches(one, step.id))
    yield ways("Lokala rutiner", view.links("rutiner", routines))
    yield Told("Vägar vidare", tuple(_onward(step, process, view)), "ul")


def _touches(routine: Routine, step: str) -> bool:
    return any(moment.step == step for moment in routine.moments.values())


def _onward(step: ProcessStep, process: Process, view: View) -> Iterator[Link]:
    """The ways from a step: to another, or to where the process ends."""
    for way in process.following(step.id):
        when = f"när: {way.condition}" if way.condition else ""
        link = view.link(STEPS, way.target)
        end = process.ends.get(way.target)
        if link:
            yield Link(link.text, link.href, when)
        elif end:
            yield Link(f"Slut: {end.name}", meta=when)


def routine_pieces(routine: Routine, view: View) -> Iterator[Piece]:
    """A routine in its variants: a row for each moment, in a table that becomes cards where it is narrow."""
    rows = tuple(_moment_rows(routine, view))
    html = block("rutin", {"routine": routine, "rows": rows, "demands": DEMANDS})
    yield Piece(routine.name, part_anchor("rutiner", routine.id), html)


def _moment_rows(routine: Routine, view: View) -> Iterator[MomentRow]:
    for moment in routine.moments.values():
        step = view.link(STEPS, moment.step) if moment.step else None
        cells = tuple(
            _cell(one.name, moment.practices.get(key), view) for key, one in routine.variants.items()
        )
        yield MomentRow(moment.name, step, _cell("Alla", moment.common, view), cells)


def _cell(variant: str, practice: Practice | None, view: View) -> Cell:
    if practice is None:
        return Cell(variant, None)
    return Cell(variant, practice, DEMANDS.get(practice.demand, ""), view.links("roller", practice.roles))


def role_pieces(role: HandbookRole, view: View) -> Iterator[Piece]:
    """A role: what it does, and what whoever holds it must and should have."""
    forms = (one.id for one in view.handbook.forms.values() if role.id in one.signed_by)
    told = (
        words("Organisation", role.organisation),
        points("Uppgifter", role.tasks),
        points("Ska", role.must),
        points("Bör", role.should),
        ways("Undertecknar", view.links("blanketter", forms)),
    )
    html = card(told, lead=role.summary, note=role.note, page=role.page)
    yield Piece(role.name, part_anchor("roller", role.id), html, 3)


def activity_pieces(activity: Activity, view: View, level: int = 2) -> Iterator[Piece]:
    """The card of an activity, with ways to all that it has to do with."""
    told = (*_told_of_activity(activity), *_around_activity(activity, view), *_kept(activity, view))
    html = card(told, lead=activity.purpose, note=activity.note, page=activity.page)
    yield Piece(activity.name, part_anchor(ACTIVITIES, activity.id), html, level)


def _told_of_activity(activity: Activity) -> Iterator[Told]:
    yield words("Slag", category(activity))
    yield points("Målgrupp", activity.audience)
    yield points("Så går det till", activity.actions)
    yield points("Tid", activity.time)
    yield words("Material", *activity.material)
    yield points("Krävs", activity.demands)
    yield points("Resultat", activity.results)
    yield words("Erbjuds av", *activity.offered_by)
    yield words("Finns i", *activity.towns)
    yield words("Prövat i", *activity.local)
    yield points("Lärdomar", activity.lessons)


def _kept(activity: Activity, view: View) -> Iterator[Told]:
    """Who keeps the card current, when it was looked over, and what participants say."""
    sheets = [key for key, one in view.handbook.forms.items() if one.kind == FEEDBACK]
    yield points("Deltagarna säger", activity.feedback or ["Ingen samlad återkoppling än."])
    yield ways("Lämna återkoppling", view.links("blanketter", sheets))
    yield ways("Ansvarar för uppgifterna", keeper(activity, view))
    yield words("Granskad", *reviewed(activity, view))


def keeper(activity: Activity, view: View) -> tuple[Link, ...]:
    """The role that keeps a card current: its own, or the owner of the handbook."""
    return view.links("roller", [activity.keeper]) or (Link(view.handbook.owner),)


def reviewed(activity: Activity, view: View) -> Iterator[str]:
    """When a card was looked over and will be again, as the handbook was where it says nothing itself."""
    day = activity.reviewed or view.handbook.revised
    until = activity.review_by or view.handbook.review_by
    if day:
        yield texts.day(day)
    if until:
        yield until_text(until, view)


def until_text(until: date, view: View) -> str:
    """By when something will be looked over, or should have been."""
    late = view.publication.newest is not None and until < view.publication.newest
    return (
        f"skulle ha setts över senast {texts.day(until)}" if late else f"ses över senast {texts.day(until)}"
    )


def _around_activity(activity: Activity, view: View) -> Iterator[Told]:
    handbook = view.handbook
    cases = (
        one.id for one in handbook.cases.values() if any(activity.id in stop.activities for stop in one.stops)
    )
    yield ways("Processteg", view.links(STEPS, activity.steps))
    yield ways("Roller", view.links("roller", activity.roles))
    yield ways("Mallar och blanketter", view.links("blanketter", activity.forms))
    yield ways("Upplägg", view.links("program", [activity.programme]))
    yield ways("Siffror", view.links("siffror", activity.figures))
    yield ways("Licens", view.links("licenskort", [activity.card]))
    yield ways("Fall", view.links("fall", cases))


def category(activity: Activity) -> str:
    """The category of an activity in words."""
    return CATEGORIES.get(activity.category, activity.category.replace("-", " ").capitalize())


def catalogue_pieces(activities: Sequence[Activity], view: View) -> Iterator[Piece]:
    """All activities by category, each in a line with the way to its card."""
    order = list(CATEGORIES)
    found = sorted(
        {one.category for one in activities}, key=lambda c: (order.index(c) if c in order else 99, c)
    )
    for key in found:
        own = [one for one in activities if one.category == key]
        rows = [_entry(one, view) for one in own]
        html = block("katalog", {"rows": rows, "first": key == found[0]})
        yield Piece(category(own[0]), f"kategori-{texts.anchor(key)}", html)


def _entry(activity: Activity, view: View) -> Entry:
    return Entry(
        view.link(ACTIVITIES, activity.id) or Link(activity.name),
        activity,
        category(activity),
        view.links(STEPS, activity.steps),
        keeper(activity, view),
        ", ".join(reviewed(activity, view)),
    )


def form_pieces(form: PaperForm, view: View) -> Iterator[Piece]:
    """A form as a sheet that can be printed and filled in by hand."""
    signed = texts.listed([link.text for link in view.links("roller", form.signed_by)])
    values = {
        "form": form,
        "kind": FORMS.get(form.kind, form.kind.capitalize()),
        "steps": view.links(STEPS, form.steps),
        "card": view.link("licenskort", form.card) if form.card else None,
        "signed": signed,
        "used": view.links(
            ACTIVITIES, (one.id for one in view.handbook.activities.values() if form.id in one.forms)
        ),
    }
    yield Piece(form.name, part_anchor("blanketter", form.id), block("blankett", values))


def scale_pieces(scale: RatingScale, view: View) -> Iterator[Piece]:
    """A scale with its items, what its ends mean and how a sum is read; of a licensed one only the card."""
    values = {"scale": scale, "card": view.link("licenskort", scale.card) if scale.card else None}
    yield Piece(scale.name, part_anchor("skalor", scale.id), block("skala", values))


def programme_pieces(programme: Programme, view: View) -> Iterator[Piece]:
    """The sessions of a course or an exercise, in order, with time and material."""
    yield Piece(
        programme.name, part_anchor("program", programme.id), block("program", {"programme": programme})
    )
