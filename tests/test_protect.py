"""Small groups are protected: no reader can work a small group out, and what is left still adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools import derive, texts
from build_tools.model import (
    Acceptance,
    Association,
    Blank,
    Catalogue,
    Category,
    Cell,
    Correction,
    Distribution,
    Edition,
    Enumeration,
    Fact,
    Filter,
    Finding,
    GoalDefinition,
    Interval,
    Intervention,
    Kind,
    Level,
    Limit,
    Mark,
    Measure,
    Period,
    Policy,
    Publication,
    PublishedReport,
    Question,
    Report,
    Review,
    Role,
    Rule,
    Scale,
    Stated,
    Survey,
    Table,
    Where,
)
from build_tools.protect import protect, protected_cells, telling_reasons
from build_tools.protect.audit import leaks
from build_tools.protect.ledger import Quantity
from tests.demo import examined

CASES = Path(__file__).parent / "cases" / "skydd"
HERE = Where("data/rapporter/laget/2021.yml")
SEXES = ("kvinna", "man")
NAMES = {
    "aktualiserande_part": {
        "forsakringskassan": "Försäkringskassan",
        "arbetsformedlingen": "Arbetsförmedlingen",
        "kommun": "Kommunen",
        "kommun.socialtjanst": "Socialtjänsten",
        "kommun.boendestod": "Kommunens boendestöd",
        "region": "Regionen",
        "region.psykiatri": "Öppenvårdspsykiatrin",
        "region.primarvard": "Primärvården",
        "egen_ansokan": "Egen ansökan",
    },
    "forsorjning": {
        "fk": "Ersättning från Försäkringskassan",
        "fk.sjukpenning": "Sjukpenning",
        "fk.sjukpenning_sarskilda_fall": "Sjukpenning i särskilda fall",
        "fk.aktivitetsersattning": "Aktivitetsersättning",
        "kommun": "Stöd från kommunen",
        "kommun.forsorjningsstod": "Försörjningsstöd",
        "ingen_offentlig": "Ingen offentlig försörjning",
        "annan": "Annan försörjning",
    },
    "avslutsorsak": {
        "arbete": "Arbete",
        "arbete.tillsvidare": "Tillsvidareanställning",
        "arbete.lonebidrag": "Anställning med lönebidrag",
        "studier": "Studier",
        "annan_arbetsrehab": "Annan arbetslivsinriktad rehabilitering",
        "ovrigt": "Övrigt",
        "tidigt_avhopp": "Tidigt avhopp",
    },
    "kon": {"kvinna": "Kvinnor", "man": "Män"},
}
DISTRIBUTED = {
    "aktualiserad_av": ("Aktualiserad av", "aktualiserande_part", "alla_under_perioden"),
    "forsorjning": ("Försörjning", "forsorjning", "alla_under_perioden"),
    "avslut": ("Avslut efter orsak", "avslutsorsak", "avslutade"),
}
FLOW = {
    "flode.ingang": ("Inskrivna vid start", "inskrivna_vid_start"),
    "flode.nya": ("Nya deltagare", "nya"),
    "flode.totalt": ("Deltagare under perioden", "alla_under_perioden"),
    "flode.avslutade": ("Avslutade deltagare", "avslutade"),
    "flode.utgang": ("Inskrivna vid slut", "inskrivna_vid_slut"),
}
OTHER = {
    "alder": ("Medelålder", Kind.MEAN, "alla_under_perioden"),
    "alder.max": ("Högsta ålder", Kind.MEAN, "alla_under_perioden"),
    "genomstromningstid": ("Genomströmningstid", Kind.MEAN, "avslutade_i_mal"),
    "mal.antal": ("Avslutade i mål", Kind.COUNT, "avslutade"),
    "mal.andel": ("Andel i mål", Kind.SHARE, "avslutade"),
    "mal.andel_alla": ("Andel i mål av alla avslut", Kind.SHARE, "avslutade"),
    "deltagare.i_arbetstraning": ("I arbetsträning", Kind.COUNT, "alla_under_perioden"),
    "ekonomi.utfall": ("Utfall", Kind.AMOUNT, ""),
    "ekonomi.kostnad_per_deltagare": ("Kostnad per deltagare", Kind.AMOUNT, ""),
    "bidrag": ("Utbetalt bidrag", Kind.AMOUNT, "alla_under_perioden"),
    "enkat": ("Enkät", Kind.COUNT, "svarande"),
    "omfattning.inskrivna": ("Inskrivna", Kind.COUNT, ""),
    "omfattning.identifierade": ("Identifierade", Kind.COUNT, ""),
    "omfattning.anonyma": ("Anonyma", Kind.COUNT, ""),
}


def measure(key: str, label: str, kind: Kind, population: str, enumeration: str = "") -> Measure:
    """A row of the catalogue that may be split by sex."""
    return Measure(
        key,
        label,
        "",
        "personer",
        kind,
        HERE,
        population=population,
        groups=("kon",),
        enumeration=enumeration,
    )


def catalogue() -> Catalogue:
    """The few measures and categories that these tests use."""
    rows = [measure(key, label, Kind.COUNT, people) for key, (label, people) in FLOW.items()]
    rows += [measure(key, label, kind, people) for key, (label, kind, people) in OTHER.items()]
    rows += [measure(key, a, Kind.COUNT, people, b) for key, (a, b, people) in DISTRIBUTED.items()]
    lists = {
        key: Enumeration(
            key,
            key,
            {code: Category(code, label, parent=code.rpartition(".")[0]) for code, label in named.items()},
        )
        for key, named in NAMES.items()
    }
    scale = Scale("ja_nej", "Ja eller nej", 1, {"nej": "Nej", "delvis": "Delvis", "ja": "Ja"})
    return Catalogue({row.id: row for row in rows}, lists, {"ja_nej": scale}, {})


CATALOGUE = catalogue()


@dataclass(frozen=True)
class Rules:
    """A policy in few words."""

    count: int = 5
    mean: int = 5
    unknown_n: str = "dolj"
    join: str = "ovriga"
    exceptions: Mapping[str, Limit] | None = None

    def policy(self) -> Policy:
        """As the loader would give it."""
        limit = Limit(self.count, self.mean, 10, self.unknown_n, self.join)
        return Policy("prov", "Prov", limit, self.exceptions or {}, ("ekonomi", "bemanning"), HERE)


@dataclass(repr=False)
class Made:
    """A report that is being written."""

    id: str = "laget/2021"

    def __post_init__(self) -> None:
        self.cells: dict[str, Fact | Blank] = {}
        self.distributions: list[Distribution] = []
        self.stated: list[Stated] = []
        self.surveys: list[Survey] = []
        self.goal = GoalDefinition()
        self.status = "slutlig"

    def __repr__(self) -> str:
        told = {key: str(getattr(figure, "value", "–")) for key, figure in self.cells.items()}
        return f"Made({self.id}, {told}, {self.goal.reasons})"

    def cell(self, key: str, name: str, category: str = "", group: str = "") -> Cell:
        """The address of a figure, for the measure's own population."""
        return Cell(self.id, key, name, category, group, CATALOGUE.measures[name].population)

    def put(
        self, key: str, value: Any, name: str = "", category: str = "", group: str = "", n: Any = None
    ) -> Made:
        """Add a figure: a number, or the word of a mark."""
        cell = self.cell(key, name or key, category, group)
        if isinstance(value, str):
            self.cells[key] = Blank(cell, Mark(value), HERE)
        else:
            number = Decimal(str(value))
            kind = CATALOGUE.measures[name or key].kind
            base = Mark(n) if isinstance(n, str) else None if n is None else Decimal(n)
            self.cells[key] = Fact(cell, number, Interval(number, number), kind, HERE, n=base)
        return self

    def flow(self, **stages: Any) -> Made:
        """Add stages of the flow: a total, or women and men."""
        for stage, value in stages.items():
            name = f"flode.{stage}"
            for sex, count in value.items() if isinstance(value, dict) else [("", value)]:
                self.put(f"{name}.{sex}" if sex else name, count, name, group=sex)
        return self

    def asked(
        self, name: str, answers: Mapping[str, Any], coding: str = "enval", n: int | None = None
    ) -> Made:
        """Add a distribution; an answer may be a mapping of sexes."""
        split = any(isinstance(count, dict) for count in answers.values())
        for code, count in answers.items():
            for sex, number in count.items() if isinstance(count, dict) else [("", count)]:
                suffix = f".{sex}" if sex else ""
                self.put(f"{name}.{code}{suffix}", number, name, code, sex)
        self.distributions.append(
            Distribution(
                name,
                name,
                DISTRIBUTED[name][2],
                coding,
                tuple(answers),
                HERE,
                n=None if n is None else Decimal(n),
                groups=SEXES if split else (),
            )
        )
        return self

    def means(self, name: str, **groups: tuple[Any, Any]) -> Made:
        """Add means with the number behind them."""
        for group, (value, n) in groups.items():
            sex = "" if group == "alla" else group
            self.put(f"{name}.{sex}" if sex else name, value, name, group=sex, n=n)
        return self

    def series(self, name: str, points: Iterable[Mapping[str, Any]], population: str = "") -> Made:
        """Add means that are told for times of their own."""
        for point in points:
            start, end = (date.fromisoformat(str(point[key])) for key in ("start", "slut"))
            key = f"{name}.serie.{start}_{end}"
            self.put(key, point["medel"], name, n=point["n"])
            cell = replace(self.cells[key].cell, point="serie")
            cell = replace(cell, population=population or cell.population)
            self.cells[key] = replace(self.cells[key], cell=cell, period=Period(start, end))  # type: ignore[call-arg]
        return self

    def told_before(self, key: str, value: Any, name: str, group: str = "") -> Made:
        """Add last year's value as this report tells it."""
        number = Decimal(str(value))
        kind = CATALOGUE.measures[name].kind
        fact = Fact(self.cell(key, name, "", group), number, Interval(number, number), kind, HERE)
        self.stated.append(Stated(fact, Role.PREVIOUS))
        return self

    def question(self, answers: Mapping[str, Any], n: Any, **more: Any) -> Made:
        """Add a questionnaire with one question."""
        for step, count in answers.items():
            self.put(f"enkat.nojd.{step}", count, "enkat", step)
        base = Mark(n) if isinstance(n, str) else Decimal(n)
        asked = Question("enkat.nojd", "Är du nöjd?", "ja_nej", base, HERE, **more)
        self.surveys.append(Survey("enkat", None, None, (asked,), HERE))
        return self

    def report(self) -> Report:
        """The finished report, as the loader would give it."""
        team, year = self.id.split("/")
        period = Period(date(int(year), 1, 1), date(int(year), 12, 31), "kalenderar")
        return Report(
            self.id,
            team,
            "arsrapport",
            "samverkansteam",
            period,
            self.status,
            Where(f"data/rapporter/{self.id}.yml"),
            goal=self.goal,
            cells=self.cells,
            distributions=tuple(self.distributions),
            stated=tuple(self.stated),
            surveys=tuple(self.surveys),
        )


def edition(reports: Iterable[Made], rules: Rules = Rules()) -> Edition:
    """The reports with everything that follows from them, under one policy."""
    own = {made.id: made.report() for made in reports}
    teams = {report.intervention for report in own.values()}
    ordered = sorted(own)
    return derive.derive(
        Edition(
            CATALOGUE,
            {"f": Association("f", "Förbundet", "", (), "prov", HERE)},
            {team: Intervention(team, team.title(), "team", "f", HERE) for team in teams},
            {"prov": rules.policy()},
            own,
            {b: a for a, b in pairwise(ordered) if a.split("/")[0] == b.split("/")[0]},
        )
    )


def shown(made: Made, rules: Rules = Rules()) -> PublishedReport:
    """One report as it is published."""
    return publish([made], rules).reports[made.id]


def publish(reports: Iterable[Made], rules: Rules = Rules(), **more: Any) -> Publication:
    """Reports as they are published."""
    return protect(edition(reports, rules), more.pop("accepted", ()), more.pop("reviews", ()), {}, **more)


def values(report: PublishedReport, *cells: str) -> list[Any]:
    """What stands in some cells: an int, a float or the word of a mark."""
    figures = [report.cells[cell] for cell in cells]
    return [figure.mark.value if isinstance(figure, Blank) else float(figure.value) for figure in figures]


def rows(report: PublishedReport, name: str) -> dict[str, Any]:
    """A published table: label → number or word."""
    table = report.tables[name]
    return dict(
        zip((r.label for r in table.rows), values(report, *(r.cell for r in table.rows)), strict=True)
    )


# --- The cases that a colleague could have written ---------------------------------------------------


def cases() -> Iterator[Any]:
    """File and place of every case, its data and the expected text, under its title."""
    for path in sorted(CASES.glob("*.md")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        for place in range(0, len(parts) - 2, 3):
            title, data, wanted = parts[place : place + 3]
            yield pytest.param(path, place, data, wanted, id=title.strip())


def written(report: PublishedReport) -> str:
    """A report's tables, flow and means as lines of text."""
    lines: list[str] = []
    for name, table in report.tables.items():
        lines += [DISTRIBUTED[name][0], *_table_lines(report, table)]
    for name, label in {**FLOW, **OTHER}.items():
        places = [(sex, report.cells.get(f"{name}.{sex}" if sex else name)) for sex in (*SEXES, "")]
        said = [f"{NAMES['kon'].get(s, 'alla').lower()} {_said(figure)}" for s, figure in places if figure]
        lines += [f"{label[0]}: {', '.join(said)}"] if said else []
        points = [figure for figure in report.cells.values() if figure.cell.point == "serie"]
        lines += [f"{label[0]} {_time(f)}: {_said(f)}" for f in points if f.cell.measure == name]
    return "\n".join(lines)


def _table_lines(report: PublishedReport, table: Table) -> Iterator[str]:
    for row in table.rows:
        split = [(s, report.cells.get(f"{row.cell}.{s}")) for s in SEXES]
        sexes = ", ".join(f"{NAMES['kon'][sex].lower()} {_said(figure)}" for sex, figure in split if figure)
        said = _said(report.cells[row.cell]) + (f" ({sexes})" if sexes else "")
        yield f"{'    ' if row.level else '  '}{row.label}: {said}"
    yield f"  Totalt: {_said(report.cells[table.total])}" if table.total else "  Totalt: visas inte"


def _time(figure: Fact | Blank) -> str:
    """The window of a point, as its id tells it."""
    return figure.cell.id.rpartition(".")[2].replace("_", "–")


def _said(figure: Fact | Blank) -> str:
    if isinstance(figure, Fact) and isinstance(figure.n, Decimal):
        base = f"av {figure.n}" if figure.kind is Kind.SHARE else f"n {figure.n}"
        return f"{texts.number(figure.value, 0)} ({base})"
    return texts.shown(figure)


def from_case(data: str) -> dict[str, PublishedReport]:
    """The published reports of a case, by year; `aret_fore` has what the report before tells."""
    case = yaml.safe_load(data)
    exceptions = {
        key: Limit(
            v.get("troskel", 5),
            v.get("troskel_medel", 5),
            10,
            v.get("okant_n", "dolj"),
            v.get("sla_samman", "ovriga"),
        )
        for key, v in case.get("matt", {}).items()
    }
    rules = Rules(
        case.get("troskel", 5),
        case.get("troskel", 5),
        case.get("okant_n", "dolj"),
        join=case.get("sla_samman", "ovriga"),
        exceptions=exceptions,
    )
    before = [_made("laget/2020", case["aret_fore"])] if "aret_fore" in case else []
    reports = publish([*before, _made("laget/2021", case)], rules).reports
    return {key.partition("/")[2]: report for key, report in reports.items()}


def _made(name: str, told: Mapping[str, Any]) -> Made:
    """What a case tells of one report."""
    made = Made(name).flow(**told.get("flode", {}))
    made.goal = GoalDefinition(tuple(told.get("mal_orsaker", ())), "alla_avslut")
    for asked in DISTRIBUTED:
        if asked in told:
            coding = "flerval" if asked in told.get("flerval", ()) else "enval"
            made.asked(asked, told[asked], coding, told.get("n"))
    for asked, groups in told.get("medel", {}).items():
        made.means(asked, **{group: tuple(pair) for group, pair in groups.items()})
    for asked, points in told.get("serie", {}).items():
        made.series(asked, points)
    return made


@pytest.mark.parametrize(("path", "place", "data", "wanted"), list(cases()))
def test_case(path: Path, place: int, data: str, wanted: str, request: pytest.FixtureRequest) -> None:
    """What is published of a small report is what its case says."""
    reports = from_case(data)
    alone = len(reports) == 1
    text = "\n".join(written(told) if alone else f"{year}\n{written(told)}" for year, told in reports.items())
    if request.config.getoption("--regen") and text != wanted:
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        parts[place + 2] = text
        path.write_text("\n.\n".join(parts), encoding="utf-8")
    assert text == wanted


# --- What holds for any report ----------------------------------------------------------------------

CODES = (
    "forsakringskassan",
    "arbetsformedlingen",
    "kommun.socialtjanst",
    "kommun.boendestod",
    "region.psykiatri",
    "region.primarvard",
    "egen_ansokan",
)
REASONS = (
    "arbete.tillsvidare",
    "arbete.lonebidrag",
    "studier",
    "annan_arbetsrehab",
    "ovrigt",
    "tidigt_avhopp",
)
COUNTS = st.integers(0, 9)
LIMITS = st.integers(2, 6)
SETTINGS = settings(derandomize=True, database=None, deadline=None, max_examples=250)
FEWER = settings(SETTINGS, max_examples=80)
STEPS = {size: np.array(list(product((-1, 0, 1), repeat=size)), dtype=np.int64) for size in range(1, 10)}
WIDE = {size: np.array(list(product(range(-3, 4), repeat=size)), dtype=np.int64) for size in range(1, 6)}


def forms(source: Mapping[str, Fact | Blank]) -> tuple[list[str], dict[str, dict[str, int]]]:
    """The counts that are entered, and every count as a sum of them."""
    found: dict[str, dict[str, int]] = {}
    for key, fact in source.items():
        if not isinstance(fact, Fact) or fact.kind is not Kind.COUNT:
            continue
        how, added = fact.derivation, dict[str, int]()
        if how and not how.weights:
            continue
        for part, weight in zip(how.inputs, how.weights, strict=True) if how else [(key, 1)]:
            for leaf, times in found.get(part, {part: 1}).items():
                added[leaf] = added.get(leaf, 0) + weight * times
        found[key] = added
    return [key for key, fact in source.items() if key in found and not _computed(fact)], found


def _computed(figure: Fact | Blank) -> bool:
    return isinstance(figure, Fact) and figure.derivation is not None


def solved_by_trying(
    source: Mapping[str, Fact | Blank],
    report: PublishedReport,
    small: Sequence[str],
    equal: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """The small counts of a report that have one value only."""
    leaves, every = forms({**source, **{k: f for k, f in report.cells.items() if k not in source}})
    told = {key for key in every if report.fact(key)}
    now = {leaf: int(fact.value) for leaf in leaves if isinstance(fact := source[leaf], Fact)}
    return tried(now, every, told, small, equal)


def tried(
    now: Mapping[str, int],
    every: Mapping[str, Mapping[str, int]],
    told: Iterable[str],
    small: Sequence[str],
    equal: Sequence[tuple[str, str]],
) -> list[str]:
    """The small counts that have one value only, by trying other whole numbers in the place of all.

    An independent reader: she knows every sum, sees what is told, and knows that nobody is counted
    less than 0 times. `equal` are counts that she knows to be the same.
    """
    leaves = list(now)
    places = {leaf: place for place, leaf in enumerate(leaves)}

    def vector(form: Mapping[str, int]) -> Any:
        row = np.zeros(len(leaves), dtype=np.int64)
        for leaf, weight in form.items():
            row[places[leaf]] = weight
        return row

    values_now = np.array([now[leaf] for leaf in leaves])
    known = [vector(every[key]) for key in told]
    known += [vector(every[a]) - vector(every[b]) for a, b in equal]
    left = set(small)
    for tries in (STEPS, WIDE):
        if not left or len(leaves) not in tries:
            break
        moves = tries[len(leaves)]
        possible = moves[((moves + values_now) >= 0).all(axis=1)]
        for row in known:
            possible = possible[possible @ row == 0]
        left -= {key for key in left if (possible @ vector(every[key])).any()}
    return sorted(left)


def small_counts(source: Mapping[str, Fact | Blank], limit: int) -> list[str]:
    """The counts that may not be shown."""
    facts = {key: fact for key, fact in source.items() if isinstance(fact, Fact)}
    return [key for key, fact in facts.items() if fact.kind is Kind.COUNT and 0 < fact.value < limit]


def unprotected(made: Made, rules: Rules) -> Mapping[str, Fact | Blank]:
    """A report's figures before protection."""
    return edition([made], rules).reports[made.id].cells


@st.composite
def distributions(draw: st.DrawFn) -> tuple[Made, Rules]:
    """A distribution of up to seven classes, with exits joined by goal now and then."""
    name = draw(st.sampled_from(["aktualiserad_av", "avslut"]))
    codes = draw(
        st.lists(st.sampled_from(CODES if name == "aktualiserad_av" else REASONS), min_size=1, unique=True)
    )
    join = draw(st.sampled_from(["ovriga", "niva1", "mal"]))
    made = Made().asked(name, {code: draw(COUNTS) for code in codes})
    made.goal = GoalDefinition(
        ("arbete", "studier", "annan_arbetsrehab"),
        draw(st.sampled_from(["alla_avslut", "utan_tidiga_avhopp"])),
    )
    return made, Rules(draw(LIMITS), join=join)


@st.composite
def by_sex(draw: st.DrawFn) -> tuple[Made, Rules]:
    """A distribution of women and men in up to four classes."""
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True))
    answers = {code: {sex: draw(COUNTS) for sex in SEXES} for code in codes}
    return Made().asked("aktualiserad_av", answers), Rules(
        draw(LIMITS), join=draw(st.sampled_from(["ovriga", "niva1"]))
    )


@st.composite
def flows(draw: st.DrawFn) -> tuple[Made, Rules]:
    """A flow of women and men, with as many exits as left, by up to three reasons."""
    opening = {sex: draw(st.integers(0, 12)) for sex in SEXES}
    new = {sex: draw(st.integers(0, 9)) for sex in SEXES}
    closing = {sex: draw(st.integers(0, opening[sex] + new[sex])) for sex in SEXES}
    gone = sum(opening.values()) + sum(new.values()) - sum(closing.values())
    made = Made().flow(ingang=opening, nya=new, utgang=closing)
    cuts = sorted(draw(st.integers(0, gone)) for _ in range(2))
    counts = (cuts[0], cuts[1] - cuts[0], gone - cuts[1])
    made.asked("avslut", dict(zip(draw(st.permutations(REASONS))[:3], counts, strict=True)))
    made.goal = GoalDefinition(("arbete", "studier"), "alla_avslut")
    return made, Rules(draw(LIMITS), join=draw(st.sampled_from(["ovriga", "niva1", "mal"])))


@SETTINGS
@given(st.one_of(distributions(), by_sex(), flows()))
def test_no_small_count_can_be_solved(drawn: tuple[Made, Rules]) -> None:
    """A reader who knows every sum has at least two values to choose from for each small count."""
    made, rules = drawn
    source, report = unprotected(made, rules), shown(made, rules)
    small = small_counts(source, rules.count)
    assert [key for key in small if isinstance(report.cells[key], Fact)] == []
    equal = [("avslut", "flode.avslutade")] if {"avslut", "flode.avslutade"} <= source.keys() else []
    assert solved_by_trying(source, report, small, equal) == []


@st.composite
def two_years(draw: st.DrawFn) -> tuple[list[Made], Rules]:
    """Two years of a team, where the second begins as the first ended."""
    start, between = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    reports = []
    for year, (opening, closing) in ((2020, (start, between)), (2021, (between, draw(st.integers(0, 12))))):
        new = max(0, closing - opening) + draw(COUNTS)
        reports.append(Made(f"laget/{year}").flow(ingang=opening, nya=new, utgang=closing))
    return reports, Rules(draw(LIMITS))


@SETTINGS
@given(two_years())
def test_no_small_count_can_be_solved_through_the_years(drawn: tuple[list[Made], Rules]) -> None:
    """What one year hides the year before or after does not give back."""
    reports, rules = drawn
    sources, publication = edition(reports, rules).reports, publish(reports, rules)
    now, every, told, small = dict[str, int](), dict[str, Mapping[str, int]](), set[str](), list[str]()
    for name, source in sources.items():
        leaves, own = forms(source.cells)
        every |= {
            f"{name} {key}": {f"{name} {leaf}": w for leaf, w in form.items()} for key, form in own.items()
        }
        now |= {f"{name} {leaf}": int(fact.value) for leaf in leaves if (fact := source.fact(leaf))}
        told |= {f"{name} {key}" for key in own if publication.reports[name].fact(key)}
        small += [f"{name} {key}" for key in small_counts(source.cells, rules.count)]
    same = [("laget/2020 flode.utgang", "laget/2021 flode.ingang")]
    assert told.isdisjoint(small)
    assert tried(now, every, told, small, same) == []


@FEWER
@given(st.one_of(distributions(), by_sex(), flows()))
def test_rows_add_up_to_the_total(drawn: tuple[Made, Rules]) -> None:
    """The rows of a table are its total, whatever was joined; where the total is hidden there are no rows."""
    report = shown(*drawn)
    for table in report.tables.values():
        figures = [report.cells[row.cell] for row in table.rows if row.level == 0]
        assert all(isinstance(figure, Fact) for figure in figures)
        total = report.fact(table.total)
        assert total is not None or not figures
        assert not figures or total.value == sum(figure.value for figure in figures)  # type: ignore[union-attr]


@FEWER
@given(st.one_of(distributions(), by_sex(), flows()))
def test_nothing_is_hidden_where_all_is_large_enough(drawn: tuple[Made, Rules]) -> None:
    """Where no count is small, and none that a share leaves out, nothing at all is hidden."""
    made, rules = drawn
    source = unprotected(made, rules)
    shares = [f for f in source.values() if isinstance(f, Fact) and f.kind is Kind.SHARE]
    rest = [fact.n - fact.value * fact.n / 100 for fact in shares if isinstance(fact.n, Decimal)]
    if not small_counts(source, rules.count) and not any(0 < round(r) < rules.count for r in rest):
        report = shown(made, rules)
        assert report.cells == source
        assert all(len(row.categories) >= 1 for table in report.tables.values() for row in table.rows)


@FEWER
@given(st.one_of(distributions(), by_sex(), flows()))
def test_a_computed_figure_is_of_shown_ones(drawn: tuple[Made, Rules]) -> None:
    """A ratio is shown only where all that it is computed of is shown."""
    report = shown(*drawn)
    for fact in report.cells.values():
        if isinstance(fact, Fact) and fact.derivation and not fact.derivation.weights:
            assert all(report.fact(key) for key in fact.derivation.inputs)


@FEWER
@given(st.one_of(distributions(), flows()))
def test_the_same_report_is_published_alike_twice(drawn: tuple[Made, Rules]) -> None:
    """Protection has no chance in it."""
    assert shown(*drawn) == shown(*drawn)


# --- Rule by rule -----------------------------------------------------------------------------------


def test_an_unknown_policy_protects_as_the_strictest() -> None:
    """A report whose förbund or policy nobody has described has limit 10, and nothing in it is open."""
    made = Made().flow(nya=9).put("ekonomi.utfall", 70000)
    own = edition([made])
    for unknown in (replace(own, policies={}), replace(own, associations={}), replace(own, interventions={})):
        report = protect(unknown, (), (), {}).reports[made.id]
        assert values(report, "flode.nya", "ekonomi.utfall") == ["skyddad", "skyddad"]


def test_the_longest_exception_decides() -> None:
    """A measure has the limit of its longest beginning up to a dot."""
    limits = {"flode": Limit(3, 5, 10, "dolj"), "flode.nya": Limit(8, 5, 10, "dolj")}
    report = shown(Made().flow(nya=7, utgang=4).put("deltagare.i_arbetstraning", 4), Rules(exceptions=limits))
    assert values(report, "flode.nya", "flode.utgang", "deltagare.i_arbetstraning") == [
        "skyddad",
        4,
        "skyddad",
    ]


def test_open_measures_are_shown() -> None:
    """A measure that counts no participants is shown, however small."""
    assert values(shown(Made().put("ekonomi.utfall", 2)), "ekonomi.utfall") == [2]


def test_an_open_ratio_of_a_hidden_count_is_hidden() -> None:
    """The cost of each participant tells how many there were."""
    made = (
        Made().flow(ingang=2, nya=1, utgang=1).put("ekonomi.summa.utfall", 60000, "ekonomi.utfall", "summa")
    )
    report = shown(made)
    assert values(report, "ekonomi.summa.utfall", "ekonomi.kostnad_per_deltagare") == [60000, "skyddad"]


def test_marks_stay_as_they_are() -> None:
    """A word of the source is not replaced, and not published as skyddad."""
    report = shown(Made().put("deltagare.i_arbetstraning", "saknas").put("alder.max", "utelamnat"))
    assert values(report, "deltagare.i_arbetstraning", "alder.max") == ["saknas", "utelamnat"]


def test_a_hidden_figure_keeps_no_trace() -> None:
    """What stands in the place of a hidden figure has nothing of it but its address and its line."""
    made = Made().flow(nya=3)
    made.cells["flode.nya"] = replace(made.cells["flode.nya"], note="tre personer", page="3")  # type: ignore[call-arg]
    assert shown(made).cells["flode.nya"] == Blank(made.cells["flode.nya"].cell, Mark.PROTECTED, HERE)


@pytest.mark.parametrize(("n", "rule", "wanted"), [
    (5, "dolj", 36), (4, "dolj", "skyddad"),
    ("saknas", "dolj", "skyddad"), ("saknas", "visa", 36), (None, "visa", 36),
])  # fmt: skip
def test_a_mean_needs_enough_behind_it(n: Any, rule: str, wanted: Any) -> None:
    """A mean is shown from the limit on; where nobody says how many, the policy decides."""
    assert values(shown(Made().means("alder", alla=(36, n)), Rules(unknown_n=rule)), "alder") == [wanted]


@pytest.mark.parametrize(("named", "wanted"), [
    ("alder@alla_under_perioden", 36), ("alder@nya", "skyddad"),
])  # fmt: skip
def test_an_exception_may_hold_for_one_population(named: str, wanted: Any) -> None:
    """A policy that names a population shows means without n of that one, and of no other."""
    rules = Rules(exceptions={named: Limit(5, 5, 10, "visa")})
    assert values(shown(Made().means("alder", alla=(36, "saknas")), rules), "alder") == [wanted]


def test_a_mean_of_a_small_population_is_hidden() -> None:
    """Where it is known how few they are, a policy that shows means without n does not help."""
    made = Made().flow(
        ingang={"kvinna": 2, "man": 20}, nya={"kvinna": 0, "man": 0}, utgang={"kvinna": 2, "man": 20}
    )
    report = shown(made.means("alder", kvinna=(36, None)), Rules(unknown_n="visa"))
    assert values(report, "alder.kvinna") == ["skyddad"]


def test_the_oldest_is_never_shown() -> None:
    """The highest age is that of one person, however many the others are."""
    assert values(shown(Made().put("alder.max", 63, n=40), Rules(unknown_n="visa")), "alder.max") == [
        "skyddad"
    ]


def test_money_to_participants_needs_enough_behind_it() -> None:
    """A sum of money that no policy opens is protected as a mean is."""
    assert values(shown(Made().put("bidrag", 81234)), "bidrag") == ["skyddad"]
    assert values(shown(Made().put("bidrag", 81234, n=9)), "bidrag") == [81234]


def test_the_number_behind_a_mean_does_not_give_a_group_back() -> None:
    """Twenty in all and seventeen women behind the means are three men: one mean goes with them."""
    made = Made().flow(ingang={"kvinna": 17, "man": 3}).means("alder", kvinna=(36, 17), alla=(37, 20))
    made.cells = {
        key: replace(f, cell=replace(f.cell, population="alla_under_perioden"))
        for key, f in made.cells.items()
    }
    report = shown(made)
    assert values(report, "flode.ingang.man", "flode.ingang.kvinna", "flode.ingang", "alder") == [
        "skyddad", "skyddad", 20, 37,
    ]  # fmt: skip
    assert values(report, "alder.kvinna") == ["skyddad"]


def test_a_share_that_leaves_few_is_hidden_with_its_count() -> None:
    """Eight of ten in goal are two who are not."""
    made = Made().asked("avslut", {"arbete": 8, "ovrigt": 0, "tidigt_avhopp": 2})
    made.goal = GoalDefinition(("arbete",), "alla_avslut")
    report = shown(made, Rules(3))
    assert values(report, "mal.antal", "mal.andel_alla", "avslut") == ["skyddad", "skyddad", 10]


def test_two_figures_of_the_same_persons_follow_the_more_open_limit() -> None:
    """Four exits, which the flow may show, stay shown although their reasons need five."""
    limits = {"flode": Limit(3, 5, 10, "dolj")}
    made = Made().flow(ingang=10, nya=6, utgang=12).asked("avslut", {"arbete": 3, "studier": 1})
    report = shown(made, Rules(exceptions=limits))
    assert values(report, "flode.avslutade", "avslut", "avslut.arbete") == [4, "skyddad", "skyddad"]


def test_exits_do_not_come_back_through_the_flow() -> None:
    """The total of a table is also a figure of the flow: where it must be hidden, both are."""
    made = Made().flow(ingang=10, nya=6, utgang=12).asked("avslut", {"arbete": 3, "studier": 1})
    report = shown(made)
    assert values(report, "flode.avslutade", "avslut") == ["skyddad", "skyddad"]
    assert "skyddad" in values(report, "flode.ingang", "flode.nya", "flode.utgang")


def test_a_joined_row_has_its_own_figure_and_share() -> None:
    """A joined row tells what it is the sum of, and which share of all it is."""
    report = shown(Made().asked("aktualiserad_av", dict(zip(CODES, (20, 2, 15, 3, 9, 0, 0), strict=True))))
    row = report.tables["aktualiserad_av"].rows[-1]
    figure, share = report.cells[row.cell], report.cells[f"{row.cell}.andel"]
    assert isinstance(figure, Fact)
    assert figure.derivation is not None
    assert figure.derivation.inputs == (
        "aktualiserad_av.arbetsformedlingen",
        "aktualiserad_av.kommun.boendestod",
    )
    assert figure.derivation.formula == "Summan av Arbetsförmedlingen och kommunens boendestöd."
    assert isinstance(share, Fact)
    assert (share.kind, share.n, round(share.value, 1)) == (Kind.SHARE, 49, Decimal("10.2"))


def test_a_word_keeps_its_row_where_the_total_is_unknown() -> None:
    """Classes are joined without a total too, and a class with a word keeps its own row."""
    answers = {
        "forsakringskassan": 9,
        "kommun": 7,
        "region": 2,
        "arbetsformedlingen": 4,
        "egen_ansokan": "saknas",
    }
    report = shown(Made().asked("aktualiserad_av", answers))
    assert rows(report, "aktualiserad_av") == {
        "Försäkringskassan": 9,
        "Kommunen": 7,
        "Övriga (regionen, Arbetsförmedlingen)": 6,
        "Egen ansökan": "saknas",
    }
    assert report.tables["aktualiserad_av"].total == ""


def test_words_on_both_sides_of_the_goal_cannot_be_shared_out() -> None:
    """Where reasons within and outside the goal are withheld, nobody knows how many reached it."""
    made = Made().asked(
        "avslut", {"arbete": "utelamnat", "studier": 5, "ovrigt": "utelamnat", "tidigt_avhopp": 6}, n=14
    )
    made.goal = GoalDefinition(("arbete", "studier"), "alla_avslut")
    report = shown(made, Rules(3, join="mal"))
    assert (report.tables["avslut"].rows, values(report, "avslut")) == ((), [14])


def test_a_table_names_only_what_its_rows_tell() -> None:
    """The categories of a table are those of its rows, not those of the source."""
    made = Made().asked(
        "avslut", {"arbete.tillsvidare": 3, "arbete.lonebidrag": 3, "ovrigt": 4, "tidigt_avhopp": 2}
    )
    made.goal = GoalDefinition(("arbete", "studier"), "alla_avslut")
    table = shown(made, Rules(3, join="mal")).tables["avslut"]
    assert table.distribution.categories == ("arbete", "studier")


def test_what_a_source_withholds_is_not_given_back() -> None:
    """Seven women of eight new ones are one man, whom the source keeps back: the women go too."""
    made = Made().flow(nya={"kvinna": 7, "man": "utelamnat"}).put("flode.nya", 8)
    assert values(shown(made), "flode.nya", "flode.nya.kvinna", "flode.nya.man") == [
        8,
        "skyddad",
        "utelamnat",
    ]


def test_printed_shares_of_a_distribution_are_hidden_together() -> None:
    """Where a source prints percent only, one small share takes the others with it."""
    made = Made().asked("aktualiserad_av", {"forsakringskassan": 10, "egen_ansokan": 20, "kommun": 70})
    made.cells = {key: replace(f, kind=Kind.SHARE, n=Decimal(30)) for key, f in made.cells.items()}  # type: ignore[call-arg]
    report = shown(made)
    assert report.tables["aktualiserad_av"].rows == ()
    assert values(report, *made.cells) == ["skyddad"] * 3


def test_answers_that_add_up_do_not_give_one_back() -> None:
    """Where one person gives several answers and the source adds them up, a small one takes another along."""
    made = Made().asked("forsorjning", {"fk": 12, "kommun": 9, "annan": 2}, "flerval").put("forsorjning", 23)
    assert values(shown(made), "forsorjning.annan", "forsorjning.kommun", "forsorjning.fk") == [
        "skyddad",
        "skyddad",
        12,
    ]


def test_the_steps_of_a_projects_size_do_not_give_one_back() -> None:
    """Forty enrolled, of whom three are anonymous, are thirty-seven who are not."""
    made = Made()
    for key, count in {"inskrivna": 40, "identifierade": 37, "anonyma": 3}.items():
        made.put(f"omfattning.sus.{key}", count, f"omfattning.{key}", "sus")
    assert values(shown(made), *made.cells) == [40, "skyddad", "skyddad"]


# --- The audit --------------------------------------------------------------------------------------


def figures(**told: tuple[int, bool]) -> dict[str, Quantity]:
    """Counts with limit 5, by name: value and whether it is guarded."""
    return {key: Quantity(Decimal(value), True, 5, guarded, key) for key, (value, guarded) in told.items()}


def found(relations: list[dict[str, int]], counts: dict[str, Quantity], *hidden: str) -> set[tuple[str, ...]]:
    """What is given away, without what gives it away."""
    return {leak.hidden for leak in leaks(relations, counts, frozenset(hidden))}


def test_the_audit_solves_several_sums_at_once() -> None:
    """No sum alone gives a away, but the first less the second is a less d, and d is shown."""
    counts = figures(a=(2, True), b=(9, False), c=(8, False), d=(7, False), s=(19, False), t=(24, False))
    relations = [{"s": -1, "a": 1, "b": 1, "c": 1}, {"t": -1, "b": 1, "c": 1, "d": 1}]
    assert found(relations, counts, "a", "b", "c") == {("a",)}
    assert found(relations, counts, "a", "b", "c", "d") == set()


def test_the_audit_finds_a_small_group() -> None:
    """Two hidden counts that are four together are a small group, though neither is known."""
    counts = figures(a=(2, False), b=(2, False), c=(9, False), s=(13, False))
    assert found([{"s": -1, "a": 1, "b": 1, "c": 1}], counts, "a", "b") == {("a", "b")}
    assert found([{"s": -1, "a": 1, "b": 1, "c": -1}], counts, "a", "b", "c") == set()


def test_the_audit_leaves_a_figure_that_is_shown_itself() -> None:
    """That two counts are four together is no secret where the four are shown by their own limit."""
    assert (
        found([{"s": -1, "a": 1, "b": 1}], figures(a=(2, True), b=(2, True), s=(4, False)), "a", "b") == set()
    )


# --- Years ------------------------------------------------------------------------------------------


def test_the_end_of_a_year_is_the_start_of_the_next() -> None:
    """Four who were left are not shown as four who were there from the start."""
    first = Made("laget/2020").flow(ingang=20, nya=6, utgang=8)
    second = Made("laget/2021").flow(ingang=8, nya=7, utgang=4)
    third = Made("laget/2022").flow(ingang=4, nya=30, utgang=20)
    found = publish([first, second, third]).reports
    assert values(found["laget/2021"], "flode.utgang") == ["skyddad"]
    assert values(found["laget/2022"], "flode.ingang", "flode.totalt") == ["skyddad", "skyddad"]


def test_last_years_values_are_protected_alike() -> None:
    """What a report tells of the year before has the same limits, and is hidden where that year hides it."""
    first = Made("laget/2020").means("alder", alla=(37, 40), man=(45, 4))
    second = (
        Made("laget/2021").told_before("alder", 37, "alder").told_before("alder.man", "45.2", "alder", "man")
    )
    second.told_before("flode.nya", 3, "flode.nya").told_before("flode.utgang", 8, "flode.utgang")
    for reports, man in (([first, second], "skyddad"), ([second], 45.2)):
        report = publish(reports, Rules(unknown_n="visa")).reports["laget/2021"]
        told = replace(report, cells=report.previous_stated)
        assert values(told, "alder", "alder.man", "flode.nya", "flode.utgang") == [37, man, "skyddad", 8]


def test_last_years_groups_do_not_give_each_other_back() -> None:
    """Ten in all and seven women last year are three men, told or not."""
    made = Made("laget/2021").told_before("flode.nya", 10, "flode.nya")
    made.told_before("flode.nya.kvinna", 7, "flode.nya", "kvinna").told_before(
        "flode.nya.man", 3, "flode.nya", "man"
    )
    report = shown(made)
    told = replace(report, cells=report.previous_stated)
    assert values(told, "flode.nya", "flode.nya.kvinna", "flode.nya.man") == [10, "skyddad", "skyddad"]


# --- Questionnaires ---------------------------------------------------------------------------------


def test_a_question_with_few_answers_is_not_shown() -> None:
    """Four answers to a question are four persons."""
    report = shown(Made().question({"nej": 0, "delvis": 0, "ja": 4}, 4, cumulative=("delvis", Decimal(100))))
    assert values(report, "enkat.nojd.ja", "enkat.nojd.nej") == ["skyddad", "skyddad"]
    question = report.surveys[0].questions[0]
    assert (question.n, question.cumulative, question.unplaced) == (Mark.PROTECTED, None, ())


def test_a_small_answer_takes_another_with_it() -> None:
    """Thirty answers, of which twenty and eight, are two more."""
    report = shown(Made().question({"nej": 2, "delvis": 8, "ja": 20}, 30, cumulative=("ja", Decimal("66.7"))))
    assert values(report, "enkat.nojd.nej", "enkat.nojd.delvis", "enkat.nojd.ja") == [
        "skyddad",
        "skyddad",
        20,
    ]
    assert report.surveys[0].questions[0].n == 30


def test_the_share_from_a_step_upward_does_not_give_an_answer_back() -> None:
    """With 93 percent from delvis upward, two of thirty said no."""
    made = Made().question({"nej": 2, "delvis": 8, "ja": 20}, 30, cumulative=("delvis", Decimal("93.3")))
    assert shown(made).surveys[0].questions[0].cumulative is None


def test_printed_shares_of_few_are_hidden_together() -> None:
    """Shares add up to 100, so with one the others go."""
    made = Made().question({"nej": 10, "delvis": 30, "ja": 60}, 30, shares=True, unplaced=(Decimal(5),))
    made.cells = {key: replace(f, kind=Kind.SHARE, n=Decimal(30)) for key, f in made.cells.items()}  # type: ignore[call-arg]
    assert values(shown(made), "enkat.nojd.nej", "enkat.nojd.delvis", "enkat.nojd.ja") == ["skyddad"] * 3


def followed(
    first: Mapping[str, int], n: int, then: Mapping[str, int], after: Mapping[str, int] = MappingProxyType({})
) -> PublishedReport:
    """A question, the one that only those got who said yes to it, and perhaps one more after that."""
    made = Made().question(first, n)
    before = "enkat.nojd"
    for name, counts in (("enkat.val", then), ("enkat.sedan", after)):
        if counts:
            for step, count in counts.items():
                made.put(f"{name}.{step}", count, "enkat", step)
            everybody = Decimal(sum(counts.values()))
            made.put(name, everybody, "enkat")
            asked_of = Filter(before, ("ja",), HERE)
            question = Question(name, "Fick du välja?", "ja_nej", everybody, HERE, asked_of=asked_of)
            survey = made.surveys[0]
            made.surveys[0] = replace(survey, questions=(*survey.questions, question))
            before = name
    return shown(made)


def test_a_follow_up_question_does_not_tell_how_few_were_not_asked() -> None:
    """With 27 answers to what only those got who said yes, of thirty, at most three said something else."""
    report = followed({"nej": 2, "ja": 28}, 30, {"nej": 12, "ja": 15})
    assert values(report, "enkat.nojd.nej", "enkat.nojd.ja", "enkat.val.ja", "enkat.val") == ["skyddad"] * 4
    assert [question.n for question in report.surveys[0].questions] == [30, Mark.PROTECTED]


def test_a_question_after_a_follow_up_does_not_tell_it_either() -> None:
    """Whoever answered the third question got the second, and so said yes to the first."""
    report = followed({"nej": 2, "ja": 28}, 30, {"nej": 0, "ja": 28}, after={"nej": 12, "ja": 15})
    assert values(report, "enkat.val.ja", "enkat.sedan.ja", "enkat.sedan") == ["skyddad"] * 3
    assert report.surveys[0].questions[2].n is Mark.PROTECTED


def test_a_follow_up_question_is_shown_where_enough_were_not_asked() -> None:
    """Six who said no may be told of, and so may those who were asked more."""
    report = followed({"nej": 6, "ja": 24}, 30, {"nej": 8, "ja": 15})
    assert values(report, "enkat.nojd.nej", "enkat.val.ja", "enkat.val") == [6, 15, 23]
    assert report.surveys[0].questions[1].n == 23


def test_a_follow_up_question_is_shown_where_all_were_asked() -> None:
    """When all thirty said yes, the two who did not answer the next question told nothing of themselves."""
    report = followed({"nej": 0, "ja": 30}, 30, {"nej": 12, "ja": 16})
    assert values(report, "enkat.nojd.ja", "enkat.val.ja") == [30, 16]


def test_a_question_with_large_answers_is_shown_whole() -> None:
    """Nothing is hidden where every answer is large enough."""
    made = Made().question({"nej": 6, "delvis": 8, "ja": 20}, 36, cumulative=("ja", Decimal(56)))
    made.surveys[0] = replace(
        made.surveys[0], questions=(replace(made.surveys[0].questions[0], unplaced=(Decimal(7),)),)
    )
    report = shown(made)
    assert values(report, "enkat.nojd.nej", "enkat.nojd.ja") == [6, 20]
    assert report.surveys == tuple(made.surveys)


# --- What stands beside the figures -----------------------------------------------------------------


def finding(about: str, *cells: str, file: str = "data/rapporter/laget/2021.yml") -> Finding:
    """A finding that quotes some cells."""
    return Finding("R01a", Level.ERROR, "9 och 3 blir inte 11.", Where(file, 7), f"laget/2021#{about}", cells)


def accepted(found: Finding, reason: str = "Källan räknar så.") -> tuple[Finding, Acceptance]:
    """A finding with the acceptance that matches it."""
    return found, Acceptance(found.code, found.about, reason, "redaktör", None, HERE)


def test_a_note_tells_reason_and_rule_and_no_raw_number() -> None:
    """The message of a finding quotes raw numbers and speaks to the writer: it is no part of the note."""
    made = Made().flow(nya=9, utgang=3)
    rule = Rule("R01a", "Summan stämmer", "Delarna blir helheten.")
    own = protect(edition([made]), [accepted(finding("flode.nya", "flode.nya"))], (), {"R01a": rule})
    note = own.reports[made.id].notes[0]
    assert (note.title, note.meaning, note.reason, note.role) == (
        "Summan stämmer",
        "Delarna blir helheten.",
        "Källan räknar så.",
        "redaktör",
    )
    assert "9 och 3 blir inte 11." not in repr(note)


def test_a_note_stands_in_its_section() -> None:
    """A note about a part of the text, or about what a section states, belongs to that section."""
    made = Made().flow(nya=9)
    said = Fact(
        made.cell("flode.nya", "flode.nya"),
        Decimal(8),
        Interval(Decimal(8), Decimal(8)),
        Kind.COUNT,
        Where("x.yml", 7),
    )
    made.stated.append(Stated(said, Role.ELSEWHERE, section=2))
    about = [finding("avsnitt-8.analys"), finding("flode.nya", file="x.yml"), finding("flode.nya")]
    own = publish([made], accepted=[accepted(found) for found in about])
    assert [note.section for note in own.reports[made.id].notes] == [8, 2, None]


@pytest.mark.parametrize(("reason", "numbers"), [
    ("I avsnitt 3 skriver källan 7.", []), ("Källan har 3 på ett ställe.", ["3"]), ("Källan har tre.", ["3"]),
    ("Källan har 13 eller 3,5.", []),
])  # fmt: skip
def test_a_reason_that_tells_a_protected_figure_is_found(reason: str, numbers: list[str]) -> None:
    """A reason is the author's, but a hidden number of the same measure in it is found."""
    made = Made().flow(nya={"kvinna": 3, "man": 9})
    own = edition([made])
    found = telling_reasons(own, [accepted(finding("flode.nya"), reason)])
    assert [(one.code, one.about, one.message.split(",")[0]) for one in found] == [
        ("R29d", "laget/2021#flode.nya", f"Skälet säger {number}") for number in numbers
    ]


def test_corrections_tell_no_hidden_figure() -> None:
    """A correction of a hidden figure, or from a small one, says that there was one and not which."""
    made = Made().flow(nya=9, utgang=3)
    day, numbers = (
        date(2022, 3, 1),
        {
            "flode.nya": ("8", "9"),
            "flode.utgang": ("14", "3"),
            "flode.ingang": ("2", "9"),
            "flode.totalt": ("3 deltagare", "18"),
        },
    )
    changes = [
        Correction(f"{made.id}#{key}", a, b, day, "Räknefel.", HERE) for key, (a, b) in numbers.items()
    ]
    made.flow(ingang=9)
    own = replace(edition([made]), corrections={made.id: tuple(changes)})
    told = protect(own, (), (), {}).reports[made.id].corrections
    assert [(change.old, change.new) for change in told] == [("8", "9"), ("", ""), ("", ""), ("", "")]


def test_drafts_and_findings_are_for_the_preview() -> None:
    """A draft is left out, also as the year before, unless it is asked for; findings go where they belong."""
    draft, final = Made("laget/2020").flow(nya=9), Made("laget/2021").flow(nya=8)
    draft.status = "utkast"
    review = [Review(name, "R01a", "Summa", 1, 0) for name in ("laget/2020", "laget/2021")]
    public = publish([draft, final], reviews=review)
    assert (list(public.reports), public.previous) == (["laget/2021"], {})
    assert [found.report for found in public.reviews] == ["laget/2021"]
    notes = [
        finding("flode.nya", file="okänd.md"),
        replace(finding(""), about=""),
        replace(finding("", file="data/policy.yml"), about=""),
    ]
    preview = publish([draft, final], drafts=True, findings=notes)
    assert preview.previous == {"laget/2021": "laget/2020"}
    assert preview.reports["laget/2021"].findings == tuple(notes[:2])
    assert preview.findings == (notes[2],)


def test_protected_cells_are_listed_for_tests() -> None:
    """The figures that are hidden can be looked for in what is written."""
    made = Made().flow(nya={"kvinna": 3, "man": 9})
    own = edition([made])
    hidden = protected_cells(protect(own, (), (), {}), own)["laget/2021"]
    counts = {key: int(fact.value) for key, fact in hidden.items() if fact.kind is Kind.COUNT}
    assert counts == {"flode.nya.kvinna": 3, "flode.nya.man": 9}


# --- The demo ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo() -> tuple[Publication, Edition]:
    """The demo as it is published, and what its sources say."""
    seen = examined()
    return protect(seen.edition, seen.accepted, seen.reviews, {}), seen.edition


def test_what_is_left_to_see_of_sater(demo: tuple[Publication, Edition]) -> None:
    """Säter 2021 shows all that its small groups allow: the flow, joined tables, means of enough people."""
    report = demo[0].reports["sater/2021"]
    assert values(report, "flode.totalt", "flode.nya.kvinna", "flode.avslutade.man") == [39, 7, 5]
    assert rows(report, "avslut") == {"I mål": 6, "Inte i mål": 4}
    assert list(rows(report, "aktualiserad_av").values()) == [6, 15, 12, 6]
    assert list(rows(report, "forsorjning").values()) == [19, 20]
    assert values(report, "genomstromningstid", "alder", "alder.kvinna", "alder.man") == [18, 39, 36, 41]
    hidden = ("mal.andel", "avslut.arbete", "genomstromningstid.man", "alder@till_arbete", "avslut.flytt")
    assert values(report, *hidden) == ["skyddad"] * len(hidden)
    assert values(replace(report, cells=report.previous_stated), "alder", "alder.kvinna") == [37, 32]
