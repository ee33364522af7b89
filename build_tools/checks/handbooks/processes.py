"""Processes as graphs: every step can be reached and left, and a case goes where there is a way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from build_tools.checks.handbooks.verdicts import verdict
from build_tools.model import Case, Edition, EndState, Handbook, Process, ProcessStep, Verdict
from build_tools.stages import handbook_check
from build_tools.texts import listed, suggestion


@handbook_check("H02a", "Vägarna går mellan steg som finns")
def ways_join_steps(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En väg går från ett steg till ett annat steg eller till ett slut, och starten leder till ett steg."""
    for process in handbook.processes.values():
        about = f"processer.{process.id}"
        known = {*process.steps, *process.ends}
        yield verdict(
            process.first in process.steps,
            about,
            process.where,
            f"Starten leder till ”{process.first}”, men processen har inget sådant steg."
            f"{suggestion(process.first, process.steps)}",
        )
        for way in process.ways:
            lost = [
                end for end, there in ((way.source, process.steps), (way.target, known)) if end not in there
            ]
            near = "".join(suggestion(end, known) for end in lost)
            message = f"Vägen går mellan {way.source} och {way.target}, men {listed(lost)} finns inte.{near}"
            yield verdict(not lost, about, way.where, message)


@handbook_check("H02b", "Varje steg går att nå")
def every_step_is_reached(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Från starten ska det finnas en väg till varje steg och till varje slut."""
    for process in _joined(handbook):
        reached = _closure({process.first}, [(way.source, way.target) for way in process.ways])
        for place in _places(process):
            message = (
                f"Ingen väg leder från starten till ”{place.name}” ({place.id}). Lägg till en väg under "
                "vagar, eller ta bort det."
            )
            yield verdict(place.id in reached, f"processer.{process.id}.{place.id}", place.where, message)


def _joined(handbook: Handbook) -> Iterator[Process]:
    """The processes whose ways all lead somewhere; of the others that is said, and enough."""
    for process in handbook.processes.values():
        known = {*process.steps, *process.ends}
        if process.first in process.steps and all({way.source, way.target} <= known for way in process.ways):
            yield process


def _places(process: Process) -> Iterator[ProcessStep | EndState]:
    yield from process.steps.values()
    yield from process.ends.values()


@handbook_check("H02c", "Varje väg leder till ett slut")
def every_step_can_end(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Från varje steg ska det gå att komma till ett slut. Annars går deltagaren runt, eller blir kvar."""
    for process in _joined(handbook):
        if not process.ends:
            continue
        leads = _closure(process.ends, [(way.target, way.source) for way in process.ways])
        for step in process.steps.values():
            on = list(dict.fromkeys(way.target for way in process.following(step.id)))
            how = (
                f"Därifrån går det bara till {listed(on)}, om och om igen."
                if on
                else "Ingen väg går därifrån."
            )
            message = (
                f"Från ”{step.name}” ({step.id}) går det inte att nå något slut. {how} Lägg till en väg ut."
            )
            yield verdict(step.id in leads, f"processer.{process.id}.{step.id}", step.where, message)


@handbook_check("H02d", "Processen har ett slut")
def there_is_an_end(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En process har minst ett slut."""
    for process in handbook.processes.values():
        message = f"Processen {process.name} har inget slut. Skriv under slut hur den kan sluta."
        yield verdict(bool(process.ends), f"processer.{process.id}", process.where, message)


@handbook_check("H02e", "Ett fall går där det finns en väg")
def cases_follow_ways(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Ett fall börjar i första steget, går mellan steg som har en väg mellan sig och når ett slut."""
    for case in handbook.cases.values():
        process = handbook.processes.get(case.process)
        if process and case.stops:
            yield from _followed(case, process)


def _followed(case: Case, process: Process) -> Iterator[Verdict]:
    about = f"fall.{case.id}"
    first = case.stops[0]
    begins = f"Fallet börjar i ”{first.step}”, men processen börjar i ”{process.first}”. Börja där."
    yield verdict(first.step == process.first, about, first.where, begins)
    ways = {(way.source, way.target) for way in process.ways}
    for here, there in pairwise(case.stops):
        message = _jump(here.step, there.step, process)
        yield verdict((here.step, there.step) in ways, about, there.where, message)
    last = case.stops[-1]
    holds = case.end in process.ends and (last.step, case.end) in ways
    yield verdict(holds, about, last.where, _jump(last.step, case.end, process))


def _jump(here: str, there: str, process: Process) -> str:
    on = list(dict.fromkeys(way.target for way in process.following(here)))
    known = f" Från {here} går det till {listed(on, 'eller')}." if on else ""
    return (
        f"Fallet går från {here} till {there}, men där finns ingen väg.{known} Rätta fallet, eller processen."
    )


def _closure(start: Iterable[str], pairs: list[tuple[str, str]]) -> set[str]:
    """Everything that can be reached."""
    reached = set(start)
    waiting = list(reached)
    while waiting:
        here = waiting.pop()
        new = {target for source, target in pairs if source == here} - reached
        reached |= new
        waiting += sorted(new)
    return reached
