"""Disturbing figures on purpose: what is tried, what would be noticed, and which figures nothing guards."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import replace
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from functools import cache
from pathlib import Path

import pytest

from build_tools import derive, load, trials
from build_tools.checks.relations import base, key
from build_tools.commands import run
from build_tools.model import Edition, Guard, Report, Slip, Verdict
from build_tools.stages import check
from build_tools.trials import store
from build_tools.trials.again import Again
from build_tools.trials.disturbed import Changed, disturbances, figures
from build_tools.trials.lineage import surroundings
from build_tools.trials.written import bare, rewritten
from tests.casefiles import cases, write_project

DEMO = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases" / "regler"
FLOW = """
flode:
  ingang: {kvinna: 12, man: 15}
  nya: {kvinna: 10, man: 11}
  utgang: {kvinna: 9, man: 14}
avslut: {population: avslutade, celler: {arbete: 13, studier: 12}}
uppgifter: {kurs.traffar: 27}
"""


@cache
def edition(written: str) -> Edition:
    """A case's project with its derived figures."""
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), written)
        return derive.derive(load.load(Path(folder))[0])


@cache
def guards(written: str) -> dict[str, Guard]:
    """How each figure of a case is guarded."""
    found = edition(written)
    return {one.cell: one for one in trials.guards(found.reports["nord/2024"], found)}


@cache
def demo() -> Edition:
    """The demo with its derived figures."""
    return derive.derive(load.load(DEMO)[0])


def test_a_figure_in_no_rule_is_told_as_unguarded() -> None:
    """A lone count may be anything: only what no file may say is noticed."""
    found = guards(FLOW)["kurs.traffar"]
    assert not found.guarded
    assert (found.tried, found.noticed) == (6, 1)
    assert found.missed == (Slip.SWAPPED, Slip.MORE, Slip.LESS, Slip.TEN, Slip.THOUSAND)


def test_a_figure_in_a_balance_is_guarded_against_every_slip() -> None:
    """Whatever changes one term of the flow makes it fail; two sexes exchanged leave the sum as it was."""
    found = guards(FLOW)["flode.nya.man"]
    assert found.guarded
    assert found.missed == (Slip.SEXES,)
    assert found.noticed == found.tried - 1


def test_every_stated_figure_is_tried_and_no_derived_one() -> None:
    """A report's figures are those that somebody has written."""
    assert sorted(guards(FLOW)) == [
        "avslut.arbete",
        "avslut.studier",
        "flode.ingang.kvinna",
        "flode.ingang.man",
        "flode.nya.kvinna",
        "flode.nya.man",
        "flode.utgang.kvinna",
        "flode.utgang.man",
        "kurs.traffar",
    ]


def slips(written: str, cell: str) -> list[tuple[Slip, Decimal]]:
    """The slips that a figure is tried with, and what then stands."""
    found = edition(written)
    report = found.reports["nord/2024"]
    figure = next(one for one in figures(report, found) if cell in (one.key, one.fact.cell.id))
    return [(slip, changed[figure.key].value) for slip, changed in disturbances(figure)]


def test_a_figure_is_tried_with_the_slips_that_people_make() -> None:
    """Neighbouring digits, one up and down, ten and a thousand times, the sign, the other sex."""
    assert slips(FLOW, "flode.nya.kvinna") == [
        (Slip.SWAPPED, Decimal("1")),
        (Slip.MORE, Decimal("11")),
        (Slip.LESS, Decimal("9")),
        (Slip.TEN, Decimal("100")),
        (Slip.THOUSAND, Decimal("10000")),
        (Slip.SIGN, Decimal("-10")),
        (Slip.SEXES, Decimal("11")),
    ]


def test_what_changes_nothing_is_not_tried() -> None:
    """Ten times nought is nought, and two like digits exchanged are the same number."""
    told = [
        slip
        for slip, _value in slips(
            FLOW.replace("kvinna: 10, man: 11", "kvinna: 0, man: 0"), "flode.nya.kvinna"
        )
    ]
    assert told == [Slip.MORE, Slip.LESS]
    assert Slip.SWAPPED not in [slip for slip, _value in slips(FLOW, "flode.nya.man")]


def test_last_year_is_tried_where_there_is_one() -> None:
    """The value of the report before, left standing by somebody who began from it."""
    last = "\n".join(
        ("=== data/rapporter/nord/2023.yml", FLOW.replace("nya: {kvinna: 10", "nya: {kvinna: 31"))
    )
    head = """
rapport:
  insats: nord
  typ: arsrapport
  mall: liten
  period: {start: 2023-01-01, slut: 2023-12-31, typ: kalenderar}
  status: slutlig
"""
    assert (Slip.LAST_YEAR, Decimal(31)) in slips(FLOW + last + head, "flode.nya.kvinna")


@pytest.mark.parametrize("number", ["0", "1000000000000000000", "1e400", "99999999999999999999999999999"])
def test_absurd_figures_are_tried_like_others(number: str) -> None:
    """No number stops it, whatever comes of it."""
    assert guards(FLOW.replace("kvinna: 12", f"kvinna: {number}"))["flode.nya.man"].tried


def failing(report: Report, own: Edition) -> Counter[tuple[str, str, str]]:
    """Everything that fails in a report, by the long way."""
    with_it = replace(own, reports={**own.reports, report.id: report})
    verdicts = ((part.id, verdict) for part in check.parts() for verdict in part.run(report, with_it))
    return Counter((code, one.about, str(one.where)) for code, one in verdicts if not one.holds)


def long_way(report: Report, own: Edition, changed: Changed) -> Report:
    """A report with a slip, derived anew from the start."""
    numbers = {place: fact.value for place, fact in changed.items() if place.startswith("n=")}
    found = rewritten(bare(report), numbers)
    cells = {k: changed.get(k, one) for k, one in found.cells.items()}
    stated = tuple(replace(one, fact=changed.get(key(report, one.fact), one.fact)) for one in found.stated)
    return derive.complete(replace(found, cells=cells, stated=stated), own.catalogue)


def disagreeing(report: Report, found: Edition, every: int = 1) -> list[list[str]]:
    """The slips of which the short way says something else than the long way."""
    own = surroundings(report, found)
    with localcontext(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN):
        again, before = Again(report, own), failing(report, own)
        slips = [changed for one in figures(report, own) for _slip, changed in disturbances(one)]
        slips = [changed for changed in slips if not again.refuses(changed)]
        return [
            list(changed)
            for changed in slips[::every]
            if again.noticed(changed) != bool(failing(long_way(report, own, changed), own) - before)
        ]


@pytest.mark.parametrize("name", ["sater/2021", "avesta/2019-2020", "tallbro/2022", "mitt-val/2019-2022"])
def test_the_short_way_tells_what_the_long_way_tells(name: str) -> None:
    """Only the rules that touch a figure run again, on what they look at; all rules on all say the same."""
    assert disagreeing(demo().reports[name], demo(), every=23) == []


@pytest.mark.parametrize("family", ["andelar", "mal", "rimlighet", "medel", "populationer", "bemanning"])
def test_a_rule_that_only_now_has_something_to_say_is_heard(family: str) -> None:
    """A slip may give a rule something to judge that it passed over before: each case, every slip."""
    for case in cases(CASES / f"{family}.md"):
        found = edition(case.written)
        for report in found.reports.values():
            assert disagreeing(report, found) == [], case.title


SHARES = """
uppgifter:
  deltagare.i_arbetstraning: {kvinna: {andel: 62, n: saknas}, man: {andel: 14, n: saknas}}
"""
COUNTED = """
flode: {nya: {kvinna: 7, man: 6}}
uppgivet:
  - {cell: flode.nya.kvinna, varde: {andel: 45}}
  - {cell: flode.nya.man, varde: {andel: 46}}
"""


@pytest.mark.parametrize("written", [SHARES, COUNTED])
def test_shares_that_come_to_look_like_a_whole_are_tried(written: str) -> None:
    """Shares of each sex may by a slip nearly make a hundred, and a wrong one may become right."""
    found = edition(written)
    assert disagreeing(found.reports["nord/2024"], found) == []


class Listening(Again):
    """Tries a report and remembers which rules were asked."""

    def _verdicts(self, code: str, report: Report) -> list[Verdict]:
        self.asked = {*getattr(self, "asked", ()), code}
        return super()._verdicts(code, report)


def asked(andel: int, n: int) -> tuple[set[str], set[str]]:
    """The rules that touch a share of 20 of 40, and those asked when another share or n is tried."""
    found = edition(
        "uppgifter: {deltagare.i_arbetstraning: {kvinna: {andel: 50, n: 40}, man: {andel: 25, n: 40}}}"
    )
    report = found.reports["nord/2024"]
    again = Listening(report, surroundings(report, found))
    cell = "deltagare.i_arbetstraning.kvinna"
    fact = report.fact(cell)
    assert fact
    assert fact.share
    assert fact.n_where
    places = {base(fact.where): Decimal(andel), base(fact.n_where): Decimal(n)}
    again.asked = set()
    again.noticed(
        {place: replace(fact, value=value) for place, value in places.items() if value not in (50, 40)}
    )
    return {*again.links.of((cell, *places))}, again.asked


def test_only_the_rules_that_touch_a_share_are_asked_while_it_gives_a_count() -> None:
    """Fifty percent of 42 is a count as before: no other rule can have anything new to say."""
    touching, heard = asked(50, 42)
    assert heard
    assert heard <= touching


def test_all_rules_are_asked_when_a_share_no_longer_gives_a_count() -> None:
    """Fifty percent of 41 is nobody's count: rules that look at shares are heard."""
    touching, heard = asked(50, 41)
    assert heard > touching
    assert "R05b" in heard


def test_what_was_found_is_kept_until_something_changes(tmp_path: Path) -> None:
    """The same report is not tried twice; another report is not taken for it."""
    found = edition(FLOW)
    report = found.reports["nord/2024"]
    first = trials.kept_guards(report, found, tmp_path)
    (file,) = tmp_path.rglob("*.json")
    assert trials.kept_guards(report, found, tmp_path) == first == trials.guards(report, found)
    other = edition(FLOW.replace("27", "28"))
    trials.kept_guards(other.reports["nord/2024"], other, tmp_path)
    assert len(list(tmp_path.rglob("*.json"))) == 2
    file.write_text("skräp", encoding="utf-8")
    assert trials.kept_guards(report, found, tmp_path) == first


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one report."""
    write_project(tmp_path, FLOW)
    return tmp_path


TOTALS = """
uppgifter: {kurs.traffar: 27}
=== data/forbund.yml
- id: provforbundet
  namn: Provförbundet
  lan: Dalarnas län
  kommuner: [Provby]
  policy: standard
  uppgifter:
    - period: {start: 2024-01-01, slut: 2024-12-31, typ: kalenderar}
      tal: {kurs.traffar: 40}
=== data/rapporter/syd/2024.yml
uppgifter: {kurs.traffar: 13}
"""


@pytest.mark.parametrize("name", ["nord/2024", "syd/2024"])
def test_the_total_of_the_forbund_guards_the_figures_of_every_team(name: str) -> None:
    """Whichever team errs, the sum of the teams is no longer what their förbund tells."""
    found = edition(TOTALS)
    (own,) = trials.guards(found.reports[name], found)
    assert own.guarded
    assert own.missed == ()
    assert disagreeing(found.reports[name], found) == []


def among(own: str, others: list[int]) -> str:
    """A report among those of other teams with the same figure."""
    teams = zip("abcdefgh", others, strict=False)
    told = (f"=== data/rapporter/lag{team}/2024.yml\n{_course(meetings)}" for team, meetings in teams)
    return "\n".join((own, *told))


def _course(meetings: int) -> str:
    return f"flode: {{ingang: 20, nya: 20}}\nuppgifter: {{kurs.traffar: {meetings}}}\n"


def test_what_is_unlike_other_teams_would_be_noticed() -> None:
    """Eight others with a course like this one tell that it has not met a thousand times as often."""
    written = among(_course(27), [24, 25, 26, 27, 28, 29, 30, 31])
    found = edition(written)
    own = guards(written)["kurs.traffar"]
    assert own.guarded
    assert Slip.THOUSAND not in own.missed
    assert Slip.MORE in own.missed
    assert disagreeing(found.reports["nord/2024"], found) == []
    assert not guards(among(_course(27), [24, 25, 26, 27, 28, 29, 30]))["kurs.traffar"].guarded


def test_what_was_found_follows_what_others_tell(tmp_path: Path) -> None:
    """Another number of another team makes it tried anew where it is held against that, and only there."""

    def place(found: Edition) -> Path:
        report = found.reports["nord/2024"]
        return store.place(report, surroundings(report, found), tmp_path)

    def kept_at(nord: str, syd: str) -> Path:
        found = edition(TOTALS.replace("27", nord).replace("13", syd))
        return place(found)

    assert kept_at("27", "13") == kept_at("27", "13")
    assert kept_at("27", "13") != kept_at("27", "14")
    beside = f"{FLOW}=== data/rapporter/syd/2024.yml\nuppgifter: {{kurs.traffar: 13}}\n"
    found = (edition(beside), edition(beside.replace("traffar: 13", "traffar: 14")))
    assert len({place(one) for one in found}) == 1


def test_granska_tells_how_much_would_be_noticed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for the report, their sum, then each figure with file, line and the slips that it would miss."""
    assert run(["granska", "--rot", str(project), "--muteras"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Rapport\tTal\tObevakade\tPrövade fel\tUpptäckta\tAndel"
    assert lines[1].startswith("nord/2024\t9\t1\t")
    assert lines[4:9] == [
        "Tal i nord/2024 som ingen regel bevakar, och skrivfelen som inte märks:",
        "  data/rapporter/nord/2024.yml:7  kurs.traffar  två siffror omkastade, ett för mycket, "
        "ett för lite, tio gånger för stort, tusen gånger för stort",
        "",
        "Bevakade tal i nord/2024, och skrivfelen som ändå inte märks:",
        "  data/rapporter/nord/2024.yml:3  flode.ingang.kvinna  kvinnor och män förväxlade",
    ]
    assert len(lines[9:]) == 5


def test_granska_tells_programs_figure_by_figure(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON is one object a figure."""
    assert run(["granska", "--rot", str(project), "--muteras", "--format", "json", "nord/2024"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 9
    assert [row["cell"] for row in rows if not row["bevakad"]] == ["kurs.traffar"]
