"""No comparison gives back what protection hides: no difference, no sum, nor all of them solved at once."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from build_tools import checks, compare, exports, protect, texts
from build_tools.addresses import FACTS, csv_path, pair_path, peers_path, roll_up_path, run_path
from build_tools.build import examine
from build_tools.compare.lines import lines
from build_tools.compare.rules import rules_of
from build_tools.compare.traits import Reading
from build_tools.model import Blank, Edition, Fact, Kind, Mark, Publication
from tests.test_planted import PERIOD, SHORTEST, Project, contents, told

TEAMS = ("andra", "laget")
YEARS = (2021, 2022)
LIMIT = 62_000_000
"""Half of the planted numbers are below it, so hidden and shown ones stand side by side."""
SMALL = 5
COUNTED = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.SUM})
NOTHING = 1e-7

Place = tuple[str, str]
"""A report and a cell."""


def shuffled() -> Iterator[int]:
    """Numbers of eight digits in no order, so that every kind of figure is now hidden, now shown."""
    chance = random.Random(5)  # noqa: S311 - planted figures, no secrets
    return iter(chance.sample(range(40_000_001, 90_000_000, 2), 800))


class Several(Project):
    """Two insatser of one förbund with two years each, every figure planted."""

    def write_reports(self) -> None:
        """Write both years of both insatser in place of what the single project has."""
        corrected, accepted = [], []
        for slug in TEAMS:
            self.team(slug)
            before: dict[str, Any] = {}
            for year in YEARS:
                report = self.yearly(slug, year, before)
                self.put(f"data/rapporter/{slug}/{year}.yml", report)
                text = "## 1. Deltagare – förutsättningar\n\n### Beskrivning\n\nText utan siffror.\n"
                self.put(f"content/rapporter/{slug}/{year}.md", f"# Laget {year}\n\n{text}")
                accepted += [self.accepted(f"{slug}/{year}", row["cell"]) for row in report["uppgivet"]]
                corrected.append(self.changed(f"{slug}/{year}", report["flode"]["nya"]["man"]))
                before = report
        self.put("data/godtagna.yml", accepted)
        self.put("data/rattelser.yml", corrected)

    def yearly(self, slug: str, year: int, before: Mapping[str, Any]) -> dict[str, Any]:
        """A whole report, which begins as the year before ended."""
        report = self.report()
        period = {"start": f"{year}-01-01", "slut": f"{year}-12-31", "typ": PERIOD["typ"]}
        report["rapport"] |= {"insats": slug, "period": period}
        report["ekonomi"]["period"] = report["enkater"][0]["period"] = period
        report.pop("foregaende")
        if before:
            flow = report["flode"]
            gone = {sex: flow["ingang"][sex] + flow["nya"][sex] - flow["utgang"][sex] for sex in flow["nya"]}
            opening = before["flode"]["utgang"]
            whole = {sex: gone[sex] + flow["utgang"][sex] for sex in gone}
            report["flode"] = {
                "ingang": opening,
                "nya": {sex: whole[sex] - opening[sex] for sex in gone},
                "utgang": flow["utgang"],
            }
        return report

    def accepted(self, report: str, cell: str) -> dict[str, str]:
        """A note of a figure that is stated otherwise elsewhere."""
        return {**self.acceptance(cell), "plats": f"{report}#{cell}"}

    def changed(self, report: str, new: int) -> dict[str, Any]:
        """A figure that was changed after publication."""
        return {**self.correction(new), "cell": f"{report}#flode.nya.man", "datum": "2023-03-01"}


@dataclass(frozen=True)
class World:
    """The project with its site: what is hidden, what is shown, and what a reader can get hold of."""

    edition: Edition
    publication: Publication
    site: Path
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """What is exported, where no site was built."""

    @cached_property
    def hidden(self) -> dict[Place, Decimal]:
        """Every cell that protection hides, with its number."""
        found = protect.protected_cells(self.publication, self.edition)
        return {(report, cell): fact.value for report, own in found.items() for cell, fact in own.items()}

    @cached_property
    def shown(self) -> dict[Place, Decimal]:
        """Every cell that is shown with a number."""
        reports = self.publication.reports.values()
        return {
            (report.id, cell): figure.value
            for report in reports
            for cell, figure in report.cells.items()
            if isinstance(figure, Fact)
        }

    @cached_property
    def cells(self) -> dict[str, dict[str, str]]:
        """The cell that each key stands for, by report."""
        rules = rules_of(self.publication.catalogue)
        readings = (Reading(one, self.publication, rules) for one in self.publication.reports.values())
        return {one.report.id: {line.key: line.cell for line in lines(one)} for one in readings}

    def read(self, path: str) -> str:
        """A file of the site."""
        content = self.files[path] if self.files else (self.site / path).read_bytes()
        return content if isinstance(content, str) else content.decode("utf-8-sig")

    def saved(self, page: str) -> list[dict[str, str]]:
        """The rows of a comparison's CSV."""
        return list(csv.DictReader(io.StringIO(self.read(csv_path(page))), delimiter=";"))

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The file that the browser's script is handed."""
        found: dict[str, Any] = json.loads(self.read(FACTS))
        return found

    def fact(self, place: Place) -> Fact | None:
        """What a source states in a cell, or what follows from it."""
        return self.edition.reports[place[0]].fact(place[1])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, project: Path) -> World:
    """The site of the planted project."""
    root = tmp_path_factory.mktemp("sida-vid-sida")
    made = Several(root / "projekt", shuffled(), LIMIT)
    made.root.mkdir()
    made.write(project / "data")
    made.write_reports()
    command = [
        sys.executable,
        "-m",
        "build_tools",
        "bygg",
        "--rot",
        str(made.root),
        "--till",
        str(root / "site"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = examine(made.root)
    publication = protect.protect(seen.edition, seen.accepted, seen.reviews, checks.rules())
    return World(seen.edition, compare.compare(publication, root / "cache"), root / "site")


# --- Planted numbers ---------------------------------------------------------------------------------


def given_back(world: World) -> set[int]:
    """What would give a hidden figure back: itself, its difference from any report's, and sums with it."""
    by_cell: dict[str, list[Place]] = {}
    for report, own in world.cells.items():
        for key, cell in own.items():
            by_cell.setdefault(key, []).append((report, cell))
    known = {**world.hidden, **world.shown}
    found = set(world.hidden.values())
    for places in by_cell.values():
        for several in range(2, len(places) + 1):
            for chosen in combinations([place for place in places if place in known], several):
                if any(place in world.hidden for place in chosen):
                    found |= set(_combined([known[place] for place in chosen]))
    open_ones = set(_allowed(world, by_cell))
    return {int(abs(n)) for n in found if n == int(n) and abs(n) >= 10 ** (SHORTEST - 1)} - open_ones


def _combined(numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    yield sum(numbers, Decimal())
    yield numbers[-1] - numbers[0]


def _allowed(world: World, by_cell: Mapping[str, Iterable[Place]]) -> Iterator[int]:
    """What is shown, and the differences and sums of what is shown."""
    for report in world.publication.reports.values():
        for figure in report.cells.values():
            if isinstance(figure, Fact):
                yield from (int(abs(n)) for n in (figure.value, figure.n) if isinstance(n, Decimal))
    for places in by_cell.values():
        numbers = [world.shown[place] for place in places if place in world.shown]
        for several in range(2, len(numbers) + 1):
            for chosen in combinations(numbers, several):
                yield from (int(abs(n)) for n in _combined(chosen))


def test_hidden_and_shown_figures_stand_side_by_side(world: World) -> None:
    """The planted project is a trial: many pairs have one hidden and one shown figure."""
    mixed = [
        row
        for pairing in world.publication.comparisons.pairings
        for row in world.publication.comparisons.pair(pairing).rows()
        if isinstance(row.a, Fact) != isinstance(row.b, Fact) and "skyddad" in row.shown
    ]
    assert len(mixed) > 10
    assert len(world.hidden) > 50
    assert len(world.shown) > 50


def test_no_comparison_tells_a_hidden_figure(world: World) -> None:
    """No file, be it page, workbook or facts, has a hidden number or its difference or sum with others."""
    numbers = given_back(world)
    assert len(numbers) > 100
    leaks = {
        name: found for name, content in contents(world.site) if (found := told(content, numbers, set()))
    }
    assert leaks == {}


def test_a_difference_of_shown_figures_is_found_in_the_same_way(world: World) -> None:
    """The search sees a difference where there is one, so its silence means something."""
    differences = {
        int(abs(row.comparison.difference.value))
        for pairing in world.publication.comparisons.pairings
        for row in world.publication.comparisons.pair(pairing).rows()
        if row.comparison.difference and row.comparison.difference.unit == "personer"
    }
    long_ones = {number for number in differences if number >= 10 ** (SHORTEST - 1)}
    assert long_ones
    found = {name for name, content in contents(world.site) if told(content, long_ones, set())}
    assert any(name.endswith(".csv") for name in found)
    assert any(".xlsx!" in name for name in found)


# --- The attack --------------------------------------------------------------------------------------

Equation = dict[Place, float]
"""A weighted sum of cells that a reader knows."""


def structure(world: World) -> Iterator[Equation]:
    """What everybody knows: how figures are summed, and that a year begins as the last one ended."""
    for report in world.edition.reports.values():
        for cell, figure in report.cells.items():
            if isinstance(figure, Fact) and figure.kind in COUNTED and figure.derivation:
                weights = zip(figure.derivation.inputs, figure.derivation.weights, strict=False)
                parts = {(report.id, name): -float(weight) for name, weight in weights}
                if parts and figure.derivation.weights:
                    yield {**parts, (report.id, cell): 1.0}
        if before := world.edition.previous.get(report.id):
            for group in ("", ".kvinna", ".man"):
                yield {(before, f"flode.utgang{group}"): 1.0, (report.id, f"flode.ingang{group}"): -1.0}


def seen_in_reports(world: World) -> Iterator[Equation]:
    """Each shown cell, and for a shown share the count and the base that stand beside it: `20 av 51`."""
    for place in world.shown:
        yield {place: 1.0}
        yield from of_share(place, world)


def of_share(place: Place, world: World) -> Iterator[Equation]:
    """What a share tells of the two figures that it is made of."""
    fact = world.fact(place)
    how = fact.derivation if fact and fact.kind is Kind.SHARE else None
    if fact and how and len(how.inputs) == 2 and not how.weights:
        part, whole = ((place[0], one) for one in how.inputs)
        yield {part: 1.0, whole: -float(fact.value) / 100}


def weighed(places: Sequence[Place], world: World) -> Iterator[Equation]:
    """What a mean of several reports tells: their figures, each as many times as there are behind it."""
    facts = [world.fact(place) for place in places]
    sizes = [float(fact.n) for fact in facts if fact and isinstance(fact.n, Decimal)]
    if len(sizes) == len(places) > 1:
        yield dict(zip(places, sizes, strict=True))


def seen_in_facts(world: World) -> Iterator[Equation]:
    """All that the file for the browser tells: its values, and the counts and bases of its shares."""
    for report, own in world.facts["siffror"].items():
        starts = zip(own["l"][::2], own["l"][1::2], strict=True)
        rows = [world.facts["rader"][start + at] for start, many in starts for at in range(many)]
        for row, value in zip(rows, own["v"].split(","), strict=True):
            place = (report, world.cells[report][row[0]])
            if not value.isalpha():
                yield {place: 1.0}
                yield from of_share(place, world)
            if value.startswith("/") or not value:
                yield {(report, place[1].removesuffix(".andel")): 1.0}


def seen_in_comparisons(world: World) -> Iterator[Equation]:
    """All that the saved comparisons tell: figures, differences and totals, read as a reader reads them."""
    compared, names = world.publication.comparisons, _names(world)
    for pairing in compared.pairings:
        yield from _of_pair(world.saved(pair_path(pairing)), (pairing.a, pairing.b), world)
    for peers in compared.peers:
        if len(peers.reports) > 1:
            rows = world.saved(peers_path(peers))
            yield from _of_columns(rows, names, world)
            for row in rows:
                yield from weighed(_parts(row, "Medlet gäller", names, world), world)
        for row in world.saved(roll_up_path(peers)):
            parts = _parts(row, "Ingår", names, world)
            if row["Slag"] == "summa" and _is_number(row["Värde"]):
                yield dict.fromkeys(parts, 1.0)
            elif _is_number(row["Värde"]):
                yield from weighed(parts, world)
    for team, own in Counter(one.intervention for one in world.publication.reports.values()).items():
        if own > 1:
            yield from _of_columns(world.saved(run_path(team)), names, world)


def _parts(row: Mapping[str, str], column: str, names: Mapping[str, str], world: World) -> list[Place]:
    """The cells of the reports that a column names."""
    parts = [report for name, report in names.items() if name in row[column]]
    return [(one, world.cells[one][row["Nyckel"]]) for one in parts if row["Nyckel"] in world.cells[one]]


def _of_pair(rows: Sequence[Mapping[str, str]], reports: tuple[str, str], world: World) -> Iterator[Equation]:
    for row in rows:
        values = list(row.values())
        cells = [(report, world.cells[report].get(row["Nyckel"], "")) for report in reports]
        yield from ({cell: 1.0} for cell, at in zip(cells, (3, 5), strict=True) if _is_number(values[at]))
        if _is_number(row["Skillnad"]) or row["Skillnad"] == "oförändrat":
            yield {cells[1]: 1.0, cells[0]: -1.0}


def _of_columns(
    rows: Sequence[Mapping[str, str]], names: Mapping[str, str], world: World
) -> Iterator[Equation]:
    for row in rows:
        for name, report in names.items():
            if _is_number(row.get(name, "")) and row["Nyckel"] in world.cells[report]:
                yield {(report, world.cells[report][row["Nyckel"]]): 1.0}


def _names(world: World) -> dict[str, str]:
    """What the files call each report."""
    teams = world.publication.interventions
    reports = world.publication.reports.values()
    return {f"{teams[one.intervention].name} {texts.period(one.period)}": one.id for one in reports}


def _is_number(text: str) -> bool:
    return bool(text) and text.lstrip("-").replace(",", "").isdigit()


def solved(world: World, equations: Iterable[Equation]) -> set[Place]:
    """The hidden cells that some combination of what is known determines.

    What is told outright is taken away first, so that only the unknown ones are left to be solved.
    """
    known = [*structure(world), *equations]
    given = {next(iter(one)) for one in known if len(one) == 1}
    left = [{place: weight for place, weight in one.items() if place not in given} for one in known]
    left = [one for one in left if one]
    places = sorted({place for one in left for place in one} | (set(world.hidden) - given))
    at = {place: number for number, place in enumerate(places)}
    matrix = np.zeros((len(left), len(places)))
    for row, equation in enumerate(left):
        largest = max(map(abs, equation.values()))
        for place, weight in equation.items():
            matrix[row, at[place]] = weight / largest
    _, sizes, directions = np.linalg.svd(matrix)
    free = directions[int((sizes > NOTHING).sum()) :]
    fixed = np.abs(free).max(axis=0, initial=0.0) < NOTHING
    return {place for place in world.hidden if place in given or fixed[at[place]]}


def test_no_hidden_figure_can_be_solved_from_comparisons(world: World) -> None:
    """Whoever solves all differences, totals and figures of all files knows no more than the reports tell."""
    from_reports = list(seen_in_reports(world))
    from_all = [*from_reports, *seen_in_comparisons(world), *seen_in_facts(world)]
    assert len(from_all) > len(from_reports) + 500
    assert solved(world, from_all) == solved(world, from_reports)


def test_no_small_figure_can_be_solved_at_all(world: World) -> None:
    """No hidden count below the limit is determined by what is published."""
    small = {place for place, number in world.hidden.items() if 0 < number < LIMIT}
    assert small
    told = [*seen_in_reports(world), *seen_in_comparisons(world), *seen_in_facts(world)]
    assert not solved(world, told) & small


def test_the_attack_finds_what_a_difference_gives_away(world: World) -> None:
    """If one difference between a hidden and a shown figure were told, the hidden one would be solved."""
    compared = world.publication.comparisons
    leak: list[Equation] = []
    for pairing in compared.pairings:
        for key, cell in world.cells[pairing.a].items():
            places = ((pairing.a, cell), (pairing.b, world.cells[pairing.b].get(key, "")))
            if places[0] in world.hidden and places[1] in world.shown:
                leak.append({places[1]: 1.0, places[0]: -1.0})
    assert leak
    assert solved(world, [*seen_in_reports(world), leak[0]]) > solved(world, seen_in_reports(world))


def test_the_attack_reads_the_file_for_the_browser(world: World) -> None:
    """Each shown figure is found in it, and a hidden one would be too."""
    found = {next(iter(one)) for one in seen_in_facts(world) if len(one) == 1}
    assert set(world.shown) <= found
    assert not found & set(world.hidden)
    report, cell = next(iter(sorted(world.hidden)))
    rows = [place[1] for place in world.cells[report].items()]
    values = world.facts["siffror"][report]["v"].split(",")
    values[rows.index(cell)] = "17"
    leaking = replace(world)
    own = {**world.facts["siffror"], report: {**world.facts["siffror"][report], "v": ",".join(values)}}
    leaking.__dict__["facts"] = {**world.facts, "siffror": own}
    assert {(report, cell): 1.0} in list(seen_in_facts(leaking))


# --- The demo, whose small numbers are real small numbers ----------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, project: Path) -> World:
    """The demo with its exported files."""
    seen = examine(project)
    publication = protect.protect(seen.edition, seen.accepted, seen.reviews, checks.rules())
    compared = compare.compare(publication, tmp_path_factory.mktemp("demo"))
    beside = (file for make in exports.beside(compared) for file in make(compared.comparisons))
    return World(
        seen.edition,
        compared,
        project,
        {one.path: one.content for one in (*exports.write(compared), *beside)},
    )


def test_no_small_group_of_the_demo_can_be_solved(demo: World) -> None:
    """One to four persons, a real hidden figure, follow from nothing that the comparisons add."""
    small = {place for place, number in demo.hidden.items() if 0 < number < SMALL and _persons(place, demo)}
    assert len(small) > 50
    from_reports = list(seen_in_reports(demo))
    from_all = [*from_reports, *seen_in_comparisons(demo), *seen_in_facts(demo)]
    assert solved(demo, from_all) == solved(demo, from_reports)
    assert not solved(demo, from_all) & small


def _persons(place: Place, world: World) -> bool:
    fact = world.fact(place)
    return fact is not None and fact.kind is Kind.COUNT


def test_no_verdict_of_the_demo_tells_a_number_of_what_is_hidden(demo: World) -> None:
    """Where a figure is hidden, nothing said of its row has a digit but those of names and periods."""
    compared = demo.publication.comparisons
    for pairing in compared.pairings:
        for row in compared.pair(pairing).rows():
            if any(isinstance(one, Blank) and one.mark is Mark.PROTECTED for one in (row.a, row.b)):
                said = " ".join([reason.text for reason in row.comparison.reasons] + [row.presence_text])
                assert re.search(r"\d", re.sub(r"\b20\d\d(/20\d\d)?\b", "", said)) is None, said
    for peers in compared.peers:
        for total in compared.roll_up(peers).totals:
            hidden = {one for one in total.parts if (one, demo.cells[one].get(total.key, "")) in demo.hidden}
            assert not hidden, (peers, total.key)
        for line in compared.matrix(peers):
            inside = line.mean.reports if line.mean else ()
            assert all(isinstance(line.figures[one], Fact) for one in inside)


def test_how_many_answered_is_told_only_where_all_who_were_asked_are(demo: World) -> None:
    """Coverage and answers give how many were asked: so there is none where that is hidden."""
    compared = demo.publication.comparisons
    for report in demo.publication.reports.values():
        known = {one.id for survey in report.surveys if survey.population for one in survey.questions}
        for one in compared.laid(report.id):
            if one.cell.startswith("enkat.") and "tackning" in one.traits:
                assert any(f"{one.cell}.".startswith(f"{question}.") for question in known), one.cell
