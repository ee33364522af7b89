"""How many reached the goal: by the team's own definition, and by the common ones that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.derive.facts import Amount, amount, cell_of, share, total
from build_tools.model import Catalogue, Cell, Derivation, Fact, Interval, Measure, Report
from build_tools.stages import derived

EXITS = "avslut"
EARLY = ("tidigt_avhopp",)
WORK_OR_STUDIES = ("arbete", "studier")
NOBODY = Amount(Decimal(0), Interval(Decimal(0), Decimal(0)), (), ())


@dataclass(frozen=True, slots=True)
class Exits:
    """Everybody who left, or those of one group, with the place of a measure that is told of them."""

    report: Report
    measure: Measure
    group: str
    all: Fact

    @property
    def cell(self) -> Cell:
        """The measure's cell for these exits."""
        return cell_of(self.report, self.measure, self.id(self.measure.id), group=self.group)

    def id(self, cell: str) -> str:
        """The id of a cell for the same group."""
        return f"{cell}.{self.group}" if self.group else cell

    def told(self, reasons: Sequence[str]) -> list[Fact]:
        """The counts of the reasons that are told; a reason that is not told has nobody."""
        cells = (self.report.fact(self.id(f"{EXITS}.{reason}")) for reason in reasons)
        return [fact for fact in cells if fact]

    def because(self, reasons: Sequence[str]) -> Amount:
        """How many left for any of the reasons."""
        facts = self.told(reasons)
        return amount(facts) if facts else NOBODY

    def without_early(self) -> Amount:
        """All of them but the early dropouts."""
        early = self.told(EARLY)
        return amount((self.all, *early), (1, *(-1 for _ in early)))


def _exits(report: Report, catalogue: Catalogue, measure_id: str) -> Iterator[Exits]:
    """The exits of everybody, and of each group that the measure may be split by."""
    measure = catalogue.measures.get(measure_id)
    for distribution in report.distributions if measure else ():
        if measure and distribution.id == EXITS and distribution.coding == "enval":
            for group in ("", *(distribution.groups if measure.groups else ())):
                everybody = report.fact(f"{EXITS}.{group}" if group else EXITS)
                if everybody:
                    yield Exits(report, measure, group, everybody)


def _share(exits: Exits, part: Amount, whole: Amount, formula: str) -> Iterator[Fact]:
    made = share(exits.cell, part, whole, exits.measure.id, formula)
    if made:
        yield made


@derived("mal.antal", "Avslutade som nådde målet", after=("fordelning",))
def reached(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Avslutade i mål är summan av de avslutsorsaker som insatsen räknar som mål."""
    formula = "Summan av de avslutsorsaker som insatsen räknar som mål."
    for exits in _exits(report, catalogue, "mal.antal") if report.goal.reasons else ():
        part = exits.because(report.goal.reasons)
        if part.terms:
            yield total(exits.cell, part, "mal.antal", formula)
        else:
            how = Derivation("mal.antal", formula, (exits.all.cell.id,))
            none = total(exits.cell, amount((exits.all,)), "mal.antal", formula)
            yield replace(none, value=part.value, interval=part.interval, derivation=how)


@derived("mal.andel", "Andel i mål enligt insatsens eget sätt att räkna", after=("mal.antal",))
def own_share(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen i mål är avslutade i mål av de avslutade som insatsen räknar med."""
    for exits in _exits(report, catalogue, "mal.andel"):
        part = report.fact(exits.id("mal.antal"))
        if part and report.goal.base == "utan_tidiga_avhopp":
            formula = "Avslutade i mål delat med alla avslutade utom tidiga avhopp."
            yield from _share(exits, amount((part,)), exits.without_early(), formula)
        elif part and report.goal.base == "alla_avslut":
            formula = "Avslutade i mål delat med alla avslutade."
            yield from _share(exits, amount((part,)), amount((exits.all,)), formula)


@derived("mal.andel_alla", "Andel i mål av alla avslut", after=("mal.antal",))
def share_of_all(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen i mål av alla avslut räknar med tidiga avhopp bland de avslutade."""
    formula = "Avslutade i mål delat med alla avslutade."
    for exits in _exits(report, catalogue, "mal.andel_alla"):
        part = report.fact(exits.id("mal.antal"))
        if part:
            yield from _share(exits, amount((part,)), amount((exits.all,)), formula)


@derived("mal.harmoniserad_alla", "Andel till arbete eller studier av alla avslut", after=("fordelning",))
def common_share(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen till arbete eller studier av alla avslut räknas lika för alla insatser."""
    formula = "Avslutade till arbete eller studier delat med alla avslutade."
    for exits in _exits(report, catalogue, "mal.harmoniserad_alla"):
        yield from _share(exits, exits.because(WORK_OR_STUDIES), amount((exits.all,)), formula)


@derived(
    "mal.harmoniserad_utan_avhopp",
    "Andel till arbete eller studier när tidiga avhopp räknats bort",
    after=("fordelning",),
)
def common_share_without_early(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen till arbete eller studier av dem som inte hoppade av tidigt räknas lika för alla insatser."""
    formula = "Avslutade till arbete eller studier delat med alla avslutade utom tidiga avhopp."
    for exits in _exits(report, catalogue, "mal.harmoniserad_utan_avhopp"):
        yield from _share(exits, exits.because(WORK_OR_STUDIES), exits.without_early(), formula)


@derived("avslut.andel_tidiga_avhopp", "Andel tidiga avhopp", after=("fordelning",))
def early_share(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen tidiga avhopp är tidiga avhopp av alla avslutade."""
    for exits in _exits(report, catalogue, "avslut.andel_tidiga_avhopp"):
        if exits.told(EARLY):
            formula = "Tidiga avhopp delat med alla avslutade."
            yield from _share(exits, exits.because(EARLY), amount((exits.all,)), formula)
