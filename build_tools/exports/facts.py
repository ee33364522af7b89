"""All published figures in one file, with what decides whether two can be compared: for the browser's script.

A file for 150 reports must be small. So what is true of a whole report is said once for it, what is true of
a figure in every report is said once for all (a *rad*), and each report has its values as columns of text.
A share that its count and base give is left out. `jamfor.js` reads it; a test holds that both sides then say
the same of every pair.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from build_tools import texts
from build_tools.addresses import FACTS, measure_path, report_path, url
from build_tools.fingerprints import fingerprint
from build_tools.model import (
    Blank,
    Correction,
    Fact,
    File,
    GoalShares,
    Kind,
    Laid,
    Mark,
    Measure,
    Publication,
    PublishedReport,
    Template,
    Trait,
)
from build_tools.stages import export

VERSION = 1
"""Of the form. A script that knows another one says so instead of reading on."""
TOGETHER = 300
"""Reports in one file. More than these are some 300 kB compressed: then each insats has its figures apart."""
SIGNS = {
    Mark.MISSING: "s",
    Mark.UNREADABLE: "l",
    Mark.UNCERTAIN: "o",
    Mark.NOT_APPLICABLE: "e",
    Mark.NOT_COLLECTED: "i",
    Mark.WITHHELD: "u",
    Mark.PROTECTED: "x",
}
CATEGORY, GROUP, SERIES, SHARE, SUM, CHANGE, COPIED, BASED, COVERED, ADDED = (
    1 << place for place in range(10)
)
"""What is true of a figure, one bit each. `COPIED`, `BASED` and `COVERED` only of numbers."""
OF_NUMBERS = COPIED | BASED | COVERED
OF_REPORTS = frozenset({"rapport", "namn", "rapportperiod", "insats", "status", "foregangare"})
OF_TIME = frozenset({"start", "slut", "period", "dagar", "manad"})
OF_VALUES = frozenset({"matt", "varde", "n", "decimaler", "tackning", "forra", "forra_varde"})
OF_CELLS = ("rattad", "anmarkt", "spann", "exakt")
APART = OF_REPORTS | OF_TIME | OF_VALUES | frozenset(OF_CELLS)
"""Traits that are not said of a figure in every report."""
NINE = 10**9
SHARE_END = ".andel"

Values = dict[str, Any]


@export("fakta", "Alla siffror för jämförelsen i webbläsaren")
def facts(publication: Publication) -> Iterator[File]:
    """Siffrorna i alla rapporter, med det som avgör om de går att jämföra."""
    book = _Book(publication)
    figures = {report.id: book.figures(report) for report in _published(publication)}
    together = len(figures) <= TOGETHER
    whole = book.shared() | {"delad": not together, "siffror": figures if together else {}}
    yield File(FACTS, _written(whole))
    if not together:
        for path, own in _parts(figures, publication).items():
            yield File(path, _written(own))


def part_path(association: str, intervention: str) -> str:
    """The file of an insats's figures, where a site is so large that they stand apart."""
    return f"jamfor/fakta/{association}/{intervention}.json"


def _published(publication: Publication) -> Iterator[PublishedReport]:
    return (report for report in publication.reports.values() if not report.is_draft)


def _parts(figures: Mapping[str, Values], publication: Publication) -> dict[str, dict[str, Values]]:
    found: dict[str, dict[str, Values]] = {}
    for name, own in figures.items():
        team = publication.interventions[publication.reports[name].intervention]
        found.setdefault(part_path(team.association, team.id), {})[name] = own
    return found


def _written(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class _Book:
    """What is said once for all reports, gathered while they are read; a thing is called by its place."""

    publication: Publication
    traits: dict[tuple[tuple[str, Trait], ...], int] = field(default_factory=dict)
    rows: dict[tuple[Any, ...], int] = field(default_factory=dict)
    bare: dict[tuple[Any, ...], int] = field(default_factory=dict)
    """The first row that a figure has under its name, whatever its traits: for those that are words."""
    prints: dict[str, str] = field(default_factory=dict)

    @property
    def measures(self) -> dict[str, int]:
        """The place of each measure."""
        return {name: at for at, name in enumerate(self.publication.catalogue.measures)}

    def figures(self, report: PublishedReport) -> Values:
        """The columns of a report."""
        own = self.publication.comparisons.laid(report.id)
        self.prints[report.id] = fingerprint(own)
        places = self.measures
        told = _Columns(report, own, [self._row(one, places) for one in own])
        return {key: found for key, found in told.columns().items() if found}

    def _row(self, one: Laid, places: Mapping[str, int]) -> int:
        """The place of the row that a figure is on."""
        place = places.get(one.figure.cell.measure, -1)
        name = (one.key, one.label, place, one.level, "/".join(one.asked[1:]), _plain(one))
        if isinstance(one.figure, Blank):
            if name not in self.bare:
                self.bare[name] = self.rows.setdefault((*name, -1, 0), len(self.rows))
            return self.bare[name]
        kept = tuple((key, value) for key, value in one.traits.items() if key not in APART)
        of_all = self.traits.setdefault(kept, len(self.traits))
        flags = _plain(one) | COPIED * one.copied | BASED * ("n" in one.traits)
        flags |= COVERED * ("tackning" in one.traits)
        row = (*name[:-1], flags, of_all, 0 if _parted(one) else one.figure.decimals)
        found = self.rows.setdefault(row, len(self.rows))
        self.bare.setdefault(name, found)
        return found

    def shared(self) -> Values:
        """Everything but the figures."""
        publication = self.publication
        catalogue = publication.catalogue
        return {
            "version": VERSION,
            "regler": dict(publication.comparisons.rules),
            "enheter": texts.UNITS,
            "marken": {sign: [mark.value, texts.MARKS[mark]] for mark, sign in SIGNS.items()},
            "matt": [_measure(one) for one in catalogue.measures.values()],
            "mallar": {name: _template(one, catalogue.measures) for name, one in catalogue.templates.items()},
            "forbund": {name: one.name for name, one in publication.associations.items()},
            "pahittade": [name for name, one in publication.associations.items() if one.invented],
            "insatser": {
                name: [one.name, one.association, "+".join(one.predecessors)]
                for name, one in publication.interventions.items()
            },
            "drag": [dict(own) for own in self.traits],
            "rader": [list(row) for row in self.rows],
            "rapporter": {report.id: self._head(report) for report in _published(publication)},
        }

    def _head(self, report: PublishedReport) -> Values:
        """What is true of a whole report."""
        found = {
            "i": report.intervention,
            "p": texts.period(report.period),
            "d": [report.period.start.isoformat(), report.period.end.isoformat()],
            "m": report.template,
            "s": report.status,
            "u": url(report_path(report.id)),
            "f": self.prints[report.id],
            "t": int(report.prose is not None),
            "fore": self.publication.previous.get(report.id, ""),
            "r": [_correction(one, report, self) for one in _dated(report)],
            "mal": _goal(self.publication.comparisons.goals(report.id)),
            "par": self._left(report),
        }
        return {key: value for key, value in found.items() if value not in ("", [])}

    def _left(self, report: PublishedReport) -> list[str]:
        """Which reports it has a page of its own together with, to the left of it."""
        known = self.publication.comparisons.by_report.get(report.id, ())
        return [one.a for one in known if one.b == report.id]

    def label(self, report: PublishedReport, cell: str) -> str:
        """What a figure is called."""
        own = self.publication.comparisons.laid(report.id)
        return next((one.label for one in own if one.cell == cell), "En uppgift")


def _goal(goal: GoalShares) -> list[Any]:
    """What the report counts as its goal, why a share counted alike for all is lacking, and the cells that
    have those there are.
    """
    cells = (one.cell.id if one else "" for one in (goal.common, goal.common_without_early))
    return [goal.counted, goal.refusal, *cells] if goal.own or goal.common or goal.refusal else []


def _measure(measure: Measure) -> list[Any]:
    versions = [[one.since.isoformat(), texts.day(one.since), one.text] for one in measure.definitions]
    money = int(measure.kind is Kind.AMOUNT)
    way = url(measure_path(measure.id))
    return [measure.id, measure.label, measure.unit, int(measure.key), money, versions, way]


def _template(template: Template, measures: Mapping[str, Measure]) -> Values:
    homes = [template.home(measure) for measure in measures.values()]
    return {
        "avsnitt": [[one.number, one.title] for one in template.sections],
        "hem": [-1 if home is None else home for home in homes],
    }


def _dated(report: PublishedReport) -> list[Correction]:
    return sorted(report.corrections, key=lambda one: (one.day, one.place))


def _correction(one: Correction, report: PublishedReport, book: _Book) -> list[str]:
    """A correction as the report's own page tells it."""
    cell = one.place.partition("#")[2]
    label = book.label(report, cell)
    return [cell, label, one.old, one.new, one.day.isoformat(), texts.day(one.day), one.reason]


def _plain(one: Laid) -> int:
    """What is true of a figure whether it is a number or a word."""
    cell = one.figure.cell
    return (
        CATEGORY * bool(cell.category)
        | GROUP * bool(cell.group)
        | SERIES * (cell.point == "serie")
        | SHARE * cell.is_share
        | SUM * (cell.category == "summa")
        | CHANGE * (cell.point == "forandring")
        | ADDED * one.is_sum
    )


def _parted(one: Laid) -> bool:
    """Whether a figure is shown as k of n."""
    fact = one.figure
    if not isinstance(fact, Fact) or fact.kind is not Kind.SHARE or fact.cell.point == "forandring":
        return False
    return isinstance(fact.n, Decimal) and fact.n > 0


def plain(value: Trait | Decimal) -> str:
    """A number with only the digits it has: `16.5`, never `1.65E+1`."""
    told = format(Decimal(str(value)), "f")
    return told.rstrip("0").rstrip(".") if "." in told else told


@dataclass(frozen=True, slots=True)
class _Columns:
    """A report's figures, with the places of their rows."""

    report: PublishedReport
    own: Sequence[Laid]
    rows: Sequence[int]

    def columns(self) -> Values:
        """Each column as text, empty where it has nothing to tell."""
        return {
            "l": self._runs(),
            "v": ",".join(self._values()),
            "n": ",".join(_changes(self._all("n"))),
            "c": ",".join(_changes(self._all("tackning"))),
            **self._times(),
            "x": {name: places for name in OF_CELLS if (places := self._marked(name))},
            "till": {str(at): plain(upper) for at, upper in self._uppers()},
            "k": self._named(),
            "sagt": {
                cell: plain(told.value)
                for cell, told in self.report.previous_stated.items()
                if isinstance(told, Fact)
            },
        }

    def _all(self, name: str) -> Iterator[str]:
        return (plain(one.traits[name]) for one in self.own if name in one.traits)

    def _runs(self) -> list[int]:
        """Rows one after the other, as the first of each run and how many there are."""
        found: list[int] = []
        for row in self.rows:
            if found and row == found[-2] + found[-1]:
                found[-1] += 1
            else:
                found += [row, 1]
        return found

    def _values(self) -> Iterator[str]:
        """A number, the letter of a word, `/k` for k of n, or nothing where the count beside gives it."""
        counts = {one.key: one.traits.get("varde") for one in self.own}
        for one in self.own:
            if isinstance(one.figure, Blank):
                yield SIGNS[one.figure.mark]
                continue
            value = plain(one.traits["varde"])
            part = _part(one) if _parted(one) else None
            beside = one.key.endswith(SHARE_END) and counts.get(one.key.removesuffix(SHARE_END))
            yield value if part is None else "" if beside == part else f"/{part}"

    def _times(self) -> Values:
        """The periods that figures have, and from which figure on each holds; 0 is the report's own."""
        own = [self.report.period.start.isoformat(), self.report.period.end.isoformat()]
        known = {(*own, texts.period(self.report.period)): 0}
        changes: list[int] = []
        last = 0
        for at, one in enumerate(self.own):
            if isinstance(one.figure, Blank):
                continue
            found = tuple(str(one.traits[name]) for name in ("start", "slut", "period"))
            now = known.setdefault(found, len(known))
            if now != last:
                changes += [at, now]
                last = now
        return {"p": [list(period) for period in known][1:], "q": changes}

    def _named(self) -> list[list[Any]]:
        """Where keys differ from cells: from which figure to which, and what the first two words become."""
        found: list[list[Any]] = []
        for at, one in enumerate(self.own):
            if one.cell == one.key:
                continue
            words = one.cell.split(".")
            begins = ".".join(words[:2])
            if found and found[-1][1] == at and found[-1][2] == begins:
                found[-1][1] = at + 1
            else:
                found.append([at, at + 1, begins])
        return found

    def _marked(self, name: str) -> list[int]:
        return [at for at, one in enumerate(self.own) if one.traits.get(name)]

    def _uppers(self) -> Iterator[tuple[int, Decimal]]:
        for at, one in enumerate(self.own):
            if isinstance(one.figure, Fact) and one.figure.upper is not None:
                yield at, one.figure.upper


def _changes(told: Iterator[str]) -> Iterator[str]:
    """What differs from the one before; nothing where it is the same."""
    last = ""
    for one in told:
        yield "" if one == last else one
        last = one


def _part(one: Laid) -> int | None:
    """The whole number that a share is of its base, if it gives the share to nine decimals."""
    value, n = one.traits["varde"], one.traits["n"]
    if not isinstance(n, int) or isinstance(value, str) or n <= 0:
        return None
    part = round(value * n / 100)
    near = (200 * NINE * part + n) // (2 * n)
    return part if Decimal(near).scaleb(-9) == round(Decimal(repr(value)), 9) else None
