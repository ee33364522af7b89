"""What a figure is like, in the words of the table of conditions: computed once, here and nowhere else.

Only what the publication shows goes in: a figure that is a word has no value and no base among its traits,
and of a protected one nothing is told but that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from build_tools import texts
from build_tools.compare.rules import GATHERED, SEVERAL, Rules
from build_tools.model import (
    Blank,
    Catalogue,
    Cell,
    Fact,
    Kind,
    Mark,
    Measure,
    Period,
    Publication,
    PublishedReport,
    Question,
    Survey,
    Table,
    Trait,
    Traits,
)

ADDED = frozenset({Kind.COUNT, Kind.SUM, Kind.AMOUNT})
CHANGES = ("fore", "efter", "forandring", "skillnad")
JOINED_BY_GOAL = ("i_mal", "inte_i_mal")
LEVEL_ONE = "niva1"
"""The rule that adds up the parts of a category."""
WITHOUT_EARLY = "utan_tidiga_avhopp"
COMMON_GOAL = frozenset({"arbete", "studier"})
NOT_TOLD = "finns_ej"
COUNTED = frozenset({"personer", "svar", "antal", "moten", "tillfallen", "traffar", "timmar", "dagar"})
RATINGS, SURVEYS, MONEY, SCOPE = "skattning", "enkat", "ekonomi", "omfattning"
PARTICIPANTS = {"avslutade": ("flode.avslutade",), "svarande": ("flode.totalt",)}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two figures with its traits; the figure is None where its report does not have it."""

    figure: Fact | Blank | None
    traits: Traits


@dataclass(frozen=True)
class Reading:
    """A report that is read for its traits; what all its cells share is found once."""

    report: PublishedReport
    publication: Publication
    rules: Rules

    @property
    def catalogue(self) -> Catalogue:
        """The definitions behind the figures."""
        return self.publication.catalogue

    @cached_property
    def when(self) -> str:
        """The report's period in words."""
        return texts.period(self.report.period)

    @cached_property
    def shared(self) -> Traits:
        """What is true of every figure of the report."""
        report = self.report
        when = self.when
        return {
            "rapport": report.id,
            "namn": f"{self.publication.interventions[report.intervention].name} {when}",
            "rapportperiod": when,
            "insats": report.intervention,
            "status": report.status,
            "foregangare": SEVERAL.join(self.publication.interventions[report.intervention].predecessors),
        }

    @cached_property
    def tables(self) -> Mapping[tuple[str, str, str], Table]:
        """The tables of the report by measure, population and the measuring point of their cells."""
        return {
            (one.distribution.measure, one.distribution.population, _code(one.distribution.point)): one
            for one in self.report.tables.values()
        }

    @cached_property
    def questions(self) -> Mapping[str, tuple[Survey, Question]]:
        """The questions of the surveys, by the beginning of the ids of their cells."""
        return {one.id: (survey, one) for survey in self.report.surveys for one in survey.questions}

    @cached_property
    def noted(self) -> frozenset[str]:
        """The cells that an accepted finding is about."""
        return frozenset(note.about.partition("#")[2] for note in self.report.notes)

    @cached_property
    def corrected(self) -> frozenset[str]:
        """The cells that were changed after publication."""
        return frozenset(change.place.partition("#")[2] for change in self.report.corrections)

    @cached_property
    def standing_in(self) -> frozenset[str]:
        """The cells that measure something else than their goal says."""
        return frozenset(one.goal.cell for one in self.report.goals if one.goal.proxy)

    @cached_property
    def enrolled(self) -> tuple[str, ...]:
        """The cells that tell how many a project has enrolled."""
        return tuple(key for key in self.report.cells if re.fullmatch(rf"{SCOPE}\.\w+\.inskrivna", key))

    @cached_property
    def young(self) -> str:
        """When the insats began, if that is so late that nobody could have stayed long; else nothing.

        Those who came over from another insats had begun before it.
        """
        own = self.publication.interventions[self.report.intervention]
        if own.predecessors or not own.start:
            return ""
        years = int(self.rules.limit("ny_insats_ar"))
        end = self.report.period.end
        bound = f"{end.year - years}-{end.month:02}-{end.day:02}"
        return texts.since(own.start) if own.start > bound[: len(own.start)] else ""

    @cached_property
    def budget_rows(self) -> str:
        """The rows that the budget has."""
        cells = (figure.cell for figure in self.report.cells.values())
        rows = {one.category for one in cells if one.measure.startswith(f"{MONEY}.") and one.category}
        return SEVERAL.join(sorted(rows - {"summa"}))

    @cached_property
    def _known(self) -> dict[str, Traits]:
        """The traits of the cells that somebody has asked for."""
        return {}

    def side(self, cell: str, measure: str = "") -> Side:
        """A cell of the report with its traits, also one that it does not have."""
        figure = self.report.cells.get(cell)
        if figure is None:
            return Side(None, {**self.shared, "matt": measure, "lucka": NOT_TOLD})
        return Side(figure, self.traits(figure))

    def traits(self, figure: Fact | Blank) -> Traits:
        """Everything that decides whether a figure can stand beside another; what is empty is left out."""
        name = figure.cell.id
        if name not in self._known:
            self._known[name] = self._traits(figure)
        return self._known[name]

    def _traits(self, figure: Fact | Blank) -> Traits:
        found: dict[str, Trait] = {**self.shared, "matt": figure.cell.measure}
        if isinstance(figure, Blank):
            return {**found, "lucka": figure.mark.value}
        told = _Told(self, figure)
        for name, value in (*told.meaning(), *told.time(), *told.asked(), *told.aim(), *told.standing()):
            if value not in ("", False):
                found[name] = value
        return found | told.number()


@dataclass(frozen=True)
class _Told:
    """One shown figure of a report."""

    reading: Reading
    fact: Fact

    @property
    def cell(self) -> Cell:
        return self.fact.cell

    @cached_property
    def measure(self) -> Measure | None:
        return self.reading.catalogue.measures.get(self.cell.measure)

    @property
    def unit(self) -> str:
        """Shares are in percent, whatever they are shares of."""
        if self.fact.kind is Kind.SHARE:
            return "procent"
        return self.measure.unit if self.measure else ""

    @cached_property
    def table(self) -> Table | None:
        """The distribution that the figure is a row of."""
        return self.reading.tables.get((self.cell.measure, self.cell.population, self.cell.point))

    @property
    def _scope(self) -> bool:
        return self.cell.measure.startswith(f"{SCOPE}.")

    def meaning(self) -> Iterator[tuple[str, Trait]]:
        """What it counts, of whom, and in which classes."""
        cell, measure = self.cell, self.measure
        definition = measure.definition_at(self.reading.report.period.start) if measure else None
        yield "slag", self.fact.kind.value
        yield "enhet", self.unit
        yield "definition", definition.version if definition else 0
        yield "population", cell.population
        yield "grupp", cell.group
        yield "kalla", cell.category if self._scope else ""
        yield "kategori", "" if self._scope else self._coded((cell.category,) if cell.category else ())
        yield "hoplagd", self._added_up()
        if self.table:
            yield "kodning", self.table.distribution.coding
            rows = [row for row in self.table.rows if row.cell == cell.id.removesuffix(".andel")]
            yield "innehall", self._coded(rows[0].categories) if rows and cell.category in GATHERED else ""
        yield "serie", self._series()
        yield "rader", self.reading.budget_rows if cell.category == "ovriga_kostnader" else ""

    def _added_up(self) -> bool:
        """Whether a category of the first level, or its share, is the sum of the parts that are told."""
        how = self.fact.derivation
        if how and self.cell.is_share and self.cell.category and how.inputs:
            counted = self.reading.report.cells.get(how.inputs[0])
            how = counted.derivation if isinstance(counted, Fact) else None
        return how is not None and how.rule == LEVEL_ONE

    def _coded(self, categories: tuple[str, ...]) -> str:
        """Categories with the enumeration that they are of."""
        if self.cell.measure == SURVEYS:
            return SEVERAL.join(categories)
        name = self.measure.enumeration if self.measure else ""
        return SEVERAL.join(f"{name}/{code}" for code in sorted(categories))

    def _series(self) -> str:
        """On which side of a break in the national follow-up it was registered."""
        for one in self.reading.rules.table["brott"]:
            if self._scope and self.cell.category in one["kalla"]:
                return self.cell.category
            if self.cell.population in one["population"]:
                after = self.period.end >= date.fromisoformat(one["dag"])
                return str(one["efter"] if after else one["fore"])
        return ""

    @cached_property
    def period(self) -> Period:
        """The time of the figure: its own, its survey's, its section's or the report's.

        Where things are counted, a single day is when that was done: it tells of all the time until then.
        """
        report = self.reading.report
        section = self.cell.measure.partition(".")[0]
        survey = self.question[0].period if self.question else None
        found = self.fact.period or survey or report.section_periods.get(section, report.period)
        if found.days > 1 or found.end <= report.period.start or self.kept != "flode":
            return found
        return Period(report.period.start, found.end, found.kind)

    @cached_property
    def kept(self) -> str:
        """Whether it counts what happens in a time, what is there on a day, or how something is arranged."""
        if self.measure and self.measure.time:
            return self.measure.time
        still = self.cell.population in self.reading.rules.table["bestand"] or self.cell.point.startswith(
            "periodens_"
        )
        return "bestand" if still else "flode"

    def time(self) -> Iterator[tuple[str, Trait]]:
        """When it is about, and whether that is the report's own time."""
        own, whole = self.period, self.reading.report.period
        yield "tid", self.kept
        grows = self.kept == "flode" and self.fact.kind in ADDED
        yield "vaxer", grows and not self.cell.measure.startswith(RATINGS)
        yield "period", self.reading.when if own == whole else texts.period(own)
        yield "start", own.start.isoformat()
        yield "slut", own.end.isoformat()
        yield "dagar", own.days
        yield "manad", own.start.month if self.kept != "lage" else 0
        yield "del", own.end <= whole.end and own.days < 0.9 * whole.days
        yield "utanfor", own.end > whole.end
        yield "blandad", len(set(self._sources())) > 1
        staying = self.cell.measure in self.reading.rules.table["deltagandetid"]
        yield "ny_insats", self.reading.young if staying else ""
        point = self.table.distribution.point if self.table else self.cell.point
        known = self.reading.catalogue.enumerations.get("matpunkt")
        code = _code(point)
        asked = code in CHANGES or bool(known and code in known.categories)
        yield "matpunkt", "saknas" if point is Mark.MISSING else code if asked else ""

    def _sources(self) -> Iterator[Period]:
        """The times of the figures that a computed one is made of."""
        how = self.fact.derivation
        for cell in how.inputs if how and self.cell.measure.startswith(f"{MONEY}.") else ():
            source = self.reading.report.cells.get(cell)
            if isinstance(source, Fact):
                yield _Told(self.reading, source).period

    @cached_property
    def question(self) -> tuple[Survey, Question] | None:
        """The survey question that it answers."""
        words = self.cell.id.split(".")
        found = (self.reading.questions.get(".".join(words[:count])) for count in range(len(words), 1, -1))
        return next((one for one in found if one), None)

    def asked(self) -> Iterator[tuple[str, Trait]]:
        """The words and the scale of a question, where it is cut, and how many it tells of."""
        if self.question:
            survey, question = self.question
            scale = self.reading.catalogue.scales.get(question.scale)
            yield "skala", f"{question.scale}/{scale.version if scale else 0}"
            words = question.text if self.cell.measure.startswith(SURVEYS) else ""
            yield "fraga", words
            bound = re.search(r"\.fran_(\w+)", self.cell.id)
            yield "grans", bound[1] if bound else ""
            covered = self._covered(survey)
            yield "tackning_okand", covered is None and bool(words)
            yield "tackning", covered or ""
        else:
            aimed = [one for one in self.reading.report.goals if one.goal.cell == self.cell.id]
            yield "tackning", next((_whole(one.coverage.value) for one in aimed if one.coverage), "")

    def _covered(self, survey: Survey) -> int | None:
        """How large a part answered, in whole percent."""
        n, everybody = self.fact.n, survey.population
        if everybody is None and self.cell.measure.startswith(RATINGS):
            known = PARTICIPANTS.get(self.cell.population, ())
            found = (self.reading.report.cells.get(key) for key in (*known, *self.reading.enrolled))
            everybody = next((one.value for one in found if isinstance(one, Fact)), None)
        if not isinstance(n, Decimal) or not everybody:
            return None
        return _whole(100 * n / everybody)

    def aim(self) -> Iterator[tuple[str, Trait]]:
        """What the insats counts as reaching the goal, where the figure rests on it."""
        goal, table = self.reading.report.goal, self.reading.rules.table
        measure, category = self.cell.measure, self.cell.category
        by_goal = category in JOINED_BY_GOAL or self.cell.population == "avslutade_i_mal"
        if measure in table["mal"] or by_goal:
            yield "mal_orsaker", SEVERAL.join(sorted(goal.reasons))
            yield "vitt_mal", bool(frozenset(goal.reasons) - COMMON_GOAL)
        if measure in table["malnamnare"]:
            yield "mal_namnare", goal.base
        without = goal.base == WITHOUT_EARLY or measure not in table["malnamnare"]
        if category == "tidigt_avhopp" or (measure in table["avhoppsgrans"] and without):
            days = goal.early_dropout_days
            yield "avhoppsgrans", f"{days} dagar" if isinstance(days, int) else "okänd"
        yield "egen", measure in table["egna"]
        yield "kohort", measure in table["kohorter"]
        yield "ersattning", self.cell.id in self.reading.standing_in

    def standing(self) -> Iterator[tuple[str, Trait]]:
        """How sure the figure is, and what has been said of it since."""
        fact, reading = self.fact, self.reading
        money = fact.kind is Kind.AMOUNT
        prices = reading.report.prices
        yield "pris", prices.basis if money else ""
        yield "prisar", str(prices.year or "") if money else ""
        yield "saldo", money and bool(fact.derivation and -1 in fact.derivation.weights)
        yield "rattad", self.cell.id in reading.corrected
        yield "anmarkt", self.cell.id in reading.noted
        yield "spann", fact.upper is not None
        yield "ungefar", fact.hedge is not None
        yield "hed", texts.HEDGES[fact.hedge] if fact.hedge else ""
        yield "tryckt", fact.printed_only
        averaged = fact.kind in (Kind.MEAN, Kind.SHARE) and not isinstance(fact.n, Decimal)
        yield "n_saknas", averaged and (isinstance(fact.n, Mark) or fact.derivation is None)
        told = reading.report.previous_stated.get(self.cell.id)
        if isinstance(told, Fact):
            yield "forra", reading.publication.previous.get(reading.report.id, "")
            yield "forra_varde", _float(told.value)
        yield "slump", self._chance()

    def _chance(self) -> str:
        """By what reckoning a difference may be chance."""
        fact, how = self.fact, self.fact.derivation
        if fact.kind is Kind.AMOUNT and how and not how.weights:
            return "okand"
        if self.cell.measure.startswith(f"{MONEY}.") or self.kept == "lage":
            return "nej"
        if self.cell.point in CHANGES[2:] or fact.kind in (Kind.MEAN, Kind.SUM):
            return "medel"
        if fact.kind is Kind.SHARE:
            return "andel" if isinstance(fact.n, Decimal) and 0 <= fact.value <= 100 else "okand"
        whole = fact.value == fact.value.to_integral_value() and fact.value >= 0
        return "antal" if whole and self.unit in COUNTED else "okand"

    def number(self) -> dict[str, Trait]:
        """The value with its base and the decimals that it is shown with."""
        fact = self.fact
        based = isinstance(fact.n, Decimal)
        few = isinstance(fact.n, Decimal) and fact.n < texts.MANY
        places = (0 if few else 1) if fact.kind is Kind.SHARE and based else fact.decimals
        found: dict[str, Trait] = {"varde": _float(fact.value), "decimaler": min(places, 2)}
        computed = fact.kind is Kind.MEAN and fact.derivation is not None
        if computed and fact.value == texts.rounded(fact.value, min(places, 2)):
            found["exakt"] = True
        if isinstance(fact.n, Decimal):
            found["n"] = _float(fact.n)
        return found


def _float(value: Decimal) -> int | float:
    """The number as both the build and the browser count with it."""
    near = round(value, 9)
    return int(near) if near == near.to_integral_value() else float(near)


def _whole(value: Decimal) -> int:
    return int(texts.rounded(value, 0))


def _code(point: str | Mark) -> str:
    return "" if isinstance(point, Mark) else point
