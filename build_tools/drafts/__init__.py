"""The next report of an insats: last year's file emptied of its numbers, its text beside each heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from build_tools import load, texts
from build_tools.drafts import figures, prose
from build_tools.drafts.periods import period_asked
from build_tools.model import Edition, Intervention, Period, Report, Template

DEFAULT_TEMPLATE = {"team": "samverkansteam"}
"""The template of an insats that has no earlier report, by its kind."""


class RefusedError(Exception):
    """The report cannot be begun; the message is a Swedish sentence for the writer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of a new report by their path in the project, and what the writer should know of them."""

    report: str
    files: Mapping[str, str]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new report is made of."""

    intervention: Intervention
    period: Period
    stem: str
    template: Template
    before: Report | None
    """The latest report that ends before it begins."""
    opening: tuple[Report, ...]
    """Those whose closing balance is its opening one: the report before, or the merged teams' last."""

    @property
    def id(self) -> str:
        """The id of the report to be."""
        return f"{self.intervention.id}/{self.stem}"


def begin(root: Path, intervention: str, stem: str, template: str = "") -> Draft:
    """The files of the next report. Nothing is written.

    Raises RefusedError where the insats, the period or the template does not do, or the report exists.
    """
    edition, _faults = load.load(root)
    start = _beginning(edition, intervention, stem, template)
    for path in paths(start.id):
        if (root / path).exists():
            raise RefusedError(f"{path} finns redan. Inget är ändrat. Öppna den och skriv vidare där.")
    data, text = paths(start.id)
    files = {
        data: figures.written(
            start.before, start.opening, _identity(start), edition.catalogue.measures, root
        ),
        text: prose.written(start.template, _title(start), start.before, root),
    }
    return Draft(start.id, files, tuple(_told(start)))


def paths(report: str) -> tuple[str, str]:
    """Where the figures and the text of a report stand."""
    return f"data/rapporter/{report}.yml", f"content/rapporter/{report}.md"


def _beginning(edition: Edition, name: str, stem: str, template: str) -> Beginning:
    intervention = edition.interventions.get(name)
    if intervention is None:
        near = texts.suggestion(name, edition.interventions)
        advice = near or f" Lägg först till data/insatser/{name}.yml."
        raise RefusedError(f"Insatsen {name} finns inte i data/insatser/.{advice}")
    own = _reports(edition, name)
    period = period_asked(stem, intervention, own)
    if period is None:
        raise RefusedError(
            f"”{stem}” är ingen period. Skriv ett år (2025), ett brutet år (2024-2025), ett halvår (2025-h1) "
            "eller ett projekts år (2023-2026)."
        )
    before = max((one for one in own if one.period.end < period.start), key=_end, default=None)
    chosen = template or (before.template if before else DEFAULT_TEMPLATE.get(intervention.kind, ""))
    found = edition.catalogue.templates.get(chosen)
    if found is None:
        raise RefusedError(_which_template(chosen, edition))
    opening = _opening(edition, intervention, period, before)
    return Beginning(intervention, period, stem, found, before, opening)


def _which_template(chosen: str, edition: Edition) -> str:
    known = texts.listed(list(edition.catalogue.templates), "eller")
    if chosen:
        return f"Mallen {chosen} finns inte i data/mallar.yml. Välj {known}."
    return f"Det finns ingen tidigare rapport att utgå från. Välj mall med --mall: {known}."


def _reports(edition: Edition, intervention: str) -> list[Report]:
    return [report for report in edition.reports.values() if report.intervention == intervention]


def _end(report: Report) -> tuple[Period, str]:
    return (Period(report.period.end, report.period.end), report.id)


def _opening(
    edition: Edition, intervention: Intervention, period: Period, before: Report | None
) -> tuple[Report, ...]:
    """The reports that end the day before this one begins."""
    names = (intervention.id,) if before else intervention.predecessors
    last = [max(_reports(edition, name), key=_end, default=None) for name in names]
    if before:
        last = [before]
    known = [report for report in last if report and _adjoins(report, period) and figures.closes(report)]
    return tuple(known) if len(known) == len(names) else ()


def _adjoins(report: Report, period: Period) -> bool:
    return report.period.end + timedelta(days=1) == period.start


def _identity(start: Beginning) -> figures.Identity:
    name = f"{start.intervention.name}, {texts.period(start.period)}"
    kind = start.before.kind if start.before else "arsrapport"
    return figures.Identity(start.id, name, kind, start.template.id, start.period)


def _title(start: Beginning) -> str:
    """Last year's title with this period in it, or the name of the insats with the period."""
    told = start.before.prose.title if start.before and start.before.prose else ""
    if start.before:
        old = texts.period(start.before.period)
        if old in told:
            return told.replace(old, texts.period(start.period))
    return f"{start.intervention.name} – {start.template.label.lower()} {texts.period(start.period)}"


def _told(start: Beginning) -> Sequence[str]:
    """What was carried, and what was not."""
    if start.opening:
        names = texts.listed([report.id for report in start.opening])
        first = f"Ingångsbalansen är överförd från {names}. Stämmer talen, ta bort kalla: overford."
    elif start.before and _adjoins(start.before, start.period):
        first = f"{start.before.id} har inget antal vid periodens slut, så ingen ingångsbalans är överförd."
    elif start.before:
        end = texts.day(start.before.period.end)
        first = f"Förra rapporten slutar {end}, så ingen ingångsbalans är överförd."
    else:
        first = (
            "Insatsen har ingen tidigare rapport. Filerna har mallens rubriker och en början på siffrorna."
        )
    return (first, f"Kör granska {start.id} för att se vad som är kvar att fylla i.")
