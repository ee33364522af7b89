"""What every saved comparison tells besides its figures: what reports are called, remarks, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from build_tools import texts
from build_tools.exports.tables import (
    Document,
    Sheet,
    Value,
    distinct,
    figure_columns,
    figures,
    plain,
)
from build_tools.fingerprints import fingerprints
from build_tools.model import Comparability, Comparison, Correction, GoalShares, Measure, Publication

FIGURES, REMARKS, DEFINITIONS, GOALS = "Siffror", "Anmärkningar", "Definitioner", "Andel i mål"
REMARK_COLUMNS = ("Nyckeltal", "Gäller", "Slag", "Anmärkning")
DEFINITION_COLUMNS = ("Id", "Nyckeltal", "Förklaring", "Enhet", "Population", "Så räknas det", "Definition")
SHARES = (
    "Insatsens egen andel i mål",
    "Egen andel av alla avslut",
    "Till arbete eller studier, av alla avslut",
    "Till arbete eller studier, tidiga avhopp borträknade",
)
GOAL_COLUMNS = ("Rapport", "Det insatsen räknar som mål", *figure_columns(SHARES), "Anmärkning")
KINDS = {
    Comparability.NO: "går inte att jämföra",
    Comparability.RESERVED: "förbehåll",
    Comparability.YES: "upplysning",
}

Remark = tuple[str, str, str, str]
"""The figure, which reports, what kind of remark it is, and the remark."""


@dataclass(frozen=True, slots=True)
class About:
    """What a document is about: its page, its title and the reports whose figures are in it."""

    page: str
    title: str
    reports: tuple[str, ...]
    publication: Publication

    @property
    def names(self) -> dict[str, str]:
        """What the reports are called, each in its own way, by their ids."""
        called = {one: report_name(one, self.publication) for one in self.reports}
        return dict(zip(called, distinct(called), strict=True))

    def section(self, number: int | None) -> str:
        """A section's number and heading, from the first report whose template has it."""
        catalogue = self.publication.catalogue
        used = (self.publication.reports[one].template for one in self.reports)
        sections = (
            one for name in used if name in catalogue.templates for one in catalogue.templates[name].sections
        )
        return next((f"{one.number}. {one.title}" for one in sections if one.number == number), "")


def document(about: About, table: Sheet, remarks: Iterable[Remark], measures: Iterable[str]) -> Document:
    """A document of the figures, what must be known of them, what they mean, and shares in the goal."""
    reports = [about.publication.reports[one] for one in about.reports]
    return Document(
        page=about.page,
        title=about.title,
        day=max((one.data_date or one.period.end for one in reports), default=date.min),
        fingerprint=fingerprints(about.publication, about.reports),
        sheets=(
            table,
            Sheet(REMARKS, REMARK_COLUMNS, tuple(plain(row) for row in remarks)),
            Sheet(DEFINITIONS, DEFINITION_COLUMNS, tuple(_definitions(about, measures))),
            *_goals(about),
        ),
    )


def _goals(about: About) -> Iterator[Sheet]:
    """The share in the goal as each report counts it, beside those that are counted alike for all."""
    found = {one: about.publication.comparisons.goals(one) for one in about.reports}
    if any(one.own or one.common for one in found.values()):
        yield Sheet(GOALS, GOAL_COLUMNS, tuple(_goal(one, about) for one in found.values()))


def _goal(found: GoalShares, about: About) -> tuple[Value, ...]:
    told = {one.cell: one.shown for one in about.publication.comparisons.laid(found.report)}
    shares = (found.own, found.own_of_all, found.common, found.common_without_early)
    shown = [told.get(one.cell.id, "") if one else "" for one in shares]
    return (*plain((about.names[found.report], found.counted)), *figures(shown), *plain((found.refusal,)))


def report_name(report: str, publication: Publication) -> str:
    """A report's insats and period."""
    found = publication.reports[report]
    return f"{publication.interventions[found.intervention].name} {texts.period(found.period)}"


def reasons(comparison: Comparison) -> str:
    """Why two figures cannot be compared, or what must be known by whoever compares them."""
    return " ".join(reason.text for reason in comparison.reasons)


def judged(label: str, which: str, comparison: Comparison) -> Iterator[Remark]:
    """A remark for each reason that met two figures."""
    for reason in comparison.reasons:
        yield label, which, KINDS[reason.verdict], reason.text


def corrected(label: str, names: dict[str, str], changes: Sequence[Correction]) -> Iterator[Remark]:
    """A remark for each change after publication, with what was published first."""
    for change in changes:
        told = f"{texts.day(change.day)}: {change.old} blev {change.new}. {change.reason}"
        yield label, names.get(change.place.split("#")[0], ""), "rättelse", told


def _definitions(about: About, measures: Iterable[str]) -> Iterator[tuple[Value, ...]]:
    """The measures of the table, each once and in order."""
    catalogue = about.publication.catalogue
    populations = catalogue.enumerations.get("population")
    for name in dict.fromkeys(measures):
        if measure := catalogue.measures.get(name):
            known = populations.categories.get(measure.population) if populations else None
            words = (measure.id, measure.label, measure.explanation, texts.unit_name(measure.unit))
            more = (known.label if known else "", measure.formula, _versions(measure, about))
            yield plain((*words, *more))


def _versions(measure: Measure, about: About) -> str:
    """The version of a definition that each report follows; told once where all follow one."""
    told: dict[str, list[str]] = {}
    for report, name in about.names.items():
        if found := measure.definition_at(about.publication.reports[report].period.start):
            text = f"version {found.version}, från {texts.day(found.since)}: {found.text}"
            told.setdefault(text, []).append(name)
    if len(told) < 2:
        return next(iter(told), "")
    return " ".join(f"{texts.listed(names)}: {text}" for text, names in told.items())
