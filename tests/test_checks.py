"""The checks, by Swedish cases through the real loader, and the rules that hold for all of them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from itertools import cycle
from pathlib import Path

import pytest

from build_tools import checks, derive, load, protect
from build_tools.build import Examined, examine
from build_tools.model import Edition, Fact, Level, Report, Verdict
from build_tools.outlets.findings import as_text
from build_tools.stages import check, handbook_check
from tests.casefiles import Case, cases, rewrite, write_project

DEMO = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "cases" / "regler").glob("*.md"))


@cache
def outcome(written: str) -> Examined:
    """What a project with such files gives."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(root, written)
        return examine(root)


def told(found: Examined) -> str:
    """The findings as the terminal shows them."""
    return "\n".join(as_text(finding) for finding in found.findings)


ALL = [case for file in CASES for case in cases(file)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    """A case gives its findings, word for word, and no others."""
    given = told(outcome(case.written))
    if request.config.getoption("--regen") and given != case.expected:
        rewrite(case, given)
    assert given == case.expected


@pytest.mark.parametrize("code", [*(part.id for part in check.parts()), *protect.rules()])
def test_every_check_has_a_case_in_which_it_speaks(code: str) -> None:
    """A rule without a case may say anything."""
    assert [case.title for case in ALL if any(one.code == code for one in outcome(case.written).findings)]


@pytest.mark.parametrize("code", [part.id for part in check.parts()])
def test_every_check_has_a_case_in_which_it_stays_silent(code: str) -> None:
    """A rule that was tried and held shows that it does not always speak."""
    reviews = (review for case in ALL for review in outcome(case.written).reviews)
    assert any(review.code == code and review.held and not review.failed for review in reviews)


# --- the demo's own report ------------------------------------------------------------------------------

SATER = {
    ("R07a", "sater/2021#flode.nya"),
    ("R05a", "sater/2021#flode.nya.man"),
    ("R07a", "sater/2021#aktualiserad_av.forsakringskassan"),
    ("R07a", "sater/2021#aktualiserad_av.kommun.socialtjanst"),
    ("R07a", "sater/2021#aktualiserad_av.region.psykiatri"),
    ("R13a", "sater/2021#bemanning"),
    ("R13a", "sater/2021#moten.hallna.representantgrupp"),
    ("R14a", "sater/2021#mal.andel"),
    ("R28b", "sater/2021#avsnitt-8.analys"),
}


@lru_cache(maxsize=1)
def demo() -> Edition:
    """The demo with its derived figures."""
    edition, _faults = load.load(DEMO)
    return derive.derive(edition)


def only(edition: Edition, report: str) -> Edition:
    """An edition with one of its reports, and nothing else that is checked."""
    return replace(edition, reports={report: edition.reports[report]}, handbooks={})


def test_sater_2021_contradicts_itself_where_it_is_known_to_and_nowhere_else() -> None:
    """The printed report's known contradictions and gaps are found; its sums, ages and times are right."""
    findings, _reviews = checks.review(only(demo(), "sater/2021"))
    assert {(one.code, one.about) for one in findings} == SATER
    assert len(findings) == len(SATER)


def test_the_contradictions_of_sater_are_accepted() -> None:
    """An accepted finding is a pair of finding and reason, and is open no more."""
    edition = only(demo(), "sater/2021")
    spoken, _reviews = checks.review(edition)
    still_open, accepted = checks.accept(spoken, edition)
    pairs = {(finding.code, finding.about) for finding, _why in accepted}
    assert pairs >= SATER
    assert not {(one.code, one.about) for one in still_open} & SATER


def test_a_finding_names_the_cells_that_it_gives_away() -> None:
    """What a computed figure came from is named with it, down to what was stated."""
    findings, _reviews = checks.review(only(demo(), "sater/2021"))
    found = {one.about: set(one.cells) for one in findings}
    assert found["sater/2021#flode.nya"] == {"flode.nya", "flode.nya.kvinna", "flode.nya.man"}
    assert found["sater/2021#aktualiserad_av.region.psykiatri"] == {"aktualiserad_av.region.psykiatri"}
    assert found["sater/2021#avsnitt-8.analys"] == set()


def test_a_rule_without_data_is_not_tried() -> None:
    """It still has its row in the review, with nothing held and nothing failed."""
    _findings, reviews = checks.review(only(demo(), "sater/2021"))
    found = {one.code: (one.held, one.failed) for one in reviews}
    assert found["R17a"] == (0, 0)
    assert found["R01a"] == (1, 0)
    assert set(found) == {part.id for part in check.parts()}


# --- whatever the numbers -------------------------------------------------------------------------------

BUSY = next(case.written for case in ALL if case.file.stem == "helhet")
NUMBER = re.compile(r"(?<=: )\d+(?:\.\d+)?(?=[,}\n])")
"""A number in a case that is no part of a date or a name."""
ABSURD = ("0", "-7", str(10**18), "1e400", "1e-400", "9" * 60, "0." + "3" * 90)


WRONG = "flode: {ingang: 26, nya: 11, utgang: 20, totalt: 39}\nuppgifter: {deltagare.i_arbetstraning: 40}\n"


def test_a_report_with_figures_of_every_kind_is_silent() -> None:
    """Nearly every rule is tried on it, and all that are hold."""
    found = outcome(BUSY)
    assert found.findings == ()
    assert sum(review.held > 0 for review in found.reviews) > 15


def changed(fact: Fact, number: Decimal, n: Decimal) -> Fact:
    """A figure with another number, as its loader would have made it."""
    shift = number - fact.value
    low, high = fact.interval.low + shift, fact.interval.high + shift
    return replace(fact, value=number, interval=replace(fact.interval, low=low, high=high), n=fact.n and n)


@pytest.mark.parametrize("absurd", ABSURD)
def test_no_number_makes_a_rule_raise(absurd: str) -> None:
    """Nought, negative, enormous and minute numbers give verdicts and messages, never an exception."""
    number = Decimal(absurd)
    report = outcome(BUSY).edition.reports["nord/2024"]
    stated = {
        key: fact for key, fact in report.cells.items() if isinstance(fact, Fact) and not fact.derivation
    }
    for kept in range(3):
        cells = {
            key: fact if index % 3 == kept else changed(fact, number, Decimal(index % 2) * number)
            for index, (key, fact) in enumerate(stated.items())
        }
        restated = tuple(
            one if index % 3 == kept else replace(one, fact=changed(one.fact, number, number))
            for index, one in enumerate(report.stated)
        )
        distributions = tuple(replace(one, n=number) for one in report.distributions)
        odd = replace(report, cells=cells, stated=restated, distributions=distributions)
        edition = derive.derive(replace(outcome(BUSY).edition, reports={"nord/2024": odd}))
        findings, _reviews = checks.review(edition)
        assert all(finding.message and finding.code != "F53" for finding in findings)


ODD = ("0", "saknas", "osakert", "-3", str(10**14), str(10**18), "1e400", "nan", ".nan", "NaN", "inf", "")


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_no_rule_breaks_on_what_a_writer_may_write(file: Path) -> None:
    """Words, nought and nonsense in the place of every other number: findings, but no rule of ours breaks."""
    for first, case in enumerate(one for one in ALL if one.file == file):
        odd = cycle((*ODD[first % len(ODD) :], *ODD))
        keep = cycle((True, False))
        found = outcome(NUMBER.sub(partial(_odd, odd, keep), case.written))
        assert [one.message for one in found.findings if one.code == "F53"] == []


def _odd(odd: Iterator[str], keep: Iterator[bool], found: re.Match[str]) -> str:
    return found[0] if next(keep) else next(odd)


@pytest.mark.parametrize("written", [str(10**18), "9" * 60, "1e400", "-5", "0", "3." + "3" * 60])
def test_absurd_numbers_in_a_file_give_findings(written: str) -> None:
    """What the writer typed by mistake is said in words."""
    found = outcome(f"flode: {{ingang: 26, nya: {written}, utgang: 29, totalt: 39}}\n")
    assert found.findings


def test_a_broken_rule_is_our_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that raises is told as a fault of the program, by its name; the other rules are heard."""

    def broken(_report: object, _edition: object) -> Iterator[object]:
        raise ZeroDivisionError

    edition = outcome(WRONG).edition
    before, _reviews = checks.review(edition)
    parts = tuple(replace(one, run=broken) if one.id == "R01a" else one for one in check.parts())
    monkeypatch.setattr(check, "_parts", parts)
    findings, reviews = checks.review(edition)
    (ours,) = (one for one in findings if one.code == "F53")
    assert ours.level is Level.WARNING
    assert re.fullmatch(
        r"Kontrollen R01a, ”Flödet går ihop”, gick inte att köra på nord/2024\. Det är ett fel i Samrapport, "
        r"inte i rapporten \(ZeroDivisionError, test_checks\.py rad \d+\)\. Allt annat är prövat\. Rapporten "
        r"går att publicera; tala om felet för den som sköter Samrapport\.",
        ours.message,
    )
    assert [one.code for one in findings if one is not ours] == [o.code for o in before if o.code != "R01a"]
    assert [(one.held, one.failed) for one in reviews if one.code == "R01a"] == [(0, 0)]


def test_a_message_that_cannot_be_written_is_our_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that fails while it explains itself accuses nobody either."""

    def broken(report: Report, _edition: object) -> Iterator[Verdict]:
        yield Verdict(False, "flode.nya", (), report.where, lambda: str(1 // 0))

    part = next(part for part in check.parts() if part.id == "R07a")
    monkeypatch.setattr(check, "_parts", (replace(part, run=broken),))
    findings, _reviews = checks.review(outcome(WRONG).edition)
    assert [(one.code, one.about) for one in findings] == [("F53", "nord/2024#R07a")]


# --- acceptances and the whole --------------------------------------------------------------------------


def test_an_accepted_error_is_open_no_more() -> None:
    """What is accepted does not stop the build."""
    case = next(case for case in ALL if case.title == "Ett godtaget fel stoppar inte")
    found = outcome(case.written)
    assert len(found.accepted) == 1
    assert not any(one.level is Level.ERROR for one in found.findings)


def test_time_comes_from_the_sources() -> None:
    """An acceptance expires when the newest data is younger than its last day, not when the clock says so."""
    case = next(case for case in ALL if case.title == "Ett godtagande med datum som inte har gått ut")
    edition = outcome(case.written).edition
    spoken, _reviews = checks.review(edition)
    report = replace(edition.reports["nord/2024"], data_date=date(2025, 1, 1))
    still_open, accepted = checks.accept(spoken, replace(edition, reports={"nord/2024": report}))
    assert [one.code for one in still_open] == ["R07a", "F50"]
    assert accepted == ()


def test_every_rule_has_a_title() -> None:
    """Readers meet a rule by its title and what it says."""
    rules = checks.rules()
    own = {part.id for part in (*check.parts(), *handbook_check.parts())}
    assert own | {"F50", "F51", "F53"} == set(rules)
    assert all(rule.title and rule.meaning.endswith(".") for rule in rules.values())


def test_codes_are_a_family_and_a_letter() -> None:
    """Codes are public and permanent: R and two digits of the catalogue, and a letter."""
    assert all(len(part.id) == 4 and part.id[0] == "R" and part.id[1:3].isdigit() for part in check.parts())


def test_the_same_input_gives_the_same_findings() -> None:
    """Findings and reviews come in the same order every time."""
    edition = outcome(ALL[0].written).edition
    assert checks.review(edition) == checks.review(edition)
