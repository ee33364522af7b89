"""A report with something for every chart: surveys, ratings, goals, ladder, staffing, transitions, years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from build_tools.compare import compare
from build_tools.model import (
    Blank,
    Catalogue,
    Category,
    Cell,
    Definition,
    Distribution,
    Enumeration,
    Fact,
    Goal,
    GoalDefinition,
    Interval,
    Intervention,
    Kind,
    Mark,
    Measure,
    Period,
    Plot,
    Publication,
    PublishedGoal,
    PublishedReport,
    PublishedStatement,
    Question,
    Row,
    Scale,
    Statement,
    Survey,
    Table,
    Where,
)
from build_tools.stages import chart

HERE = Where("data/rapporter/ekvik/2023.yml")
SKYDDAD = Mark.PROTECTED
NAME = "ekvik/2023"
NO_CACHE = Path("finns-inte")
"""Only texts that are aligned are kept, and these reports have none."""
Figure = int | str | Mark


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "kalenderar")


def fact(
    cell: str | Cell,
    value: Figure,
    kind: Kind = Kind.COUNT,
    n: Decimal | Mark | int | None = None,
    **more: object,
) -> Fact | Blank:
    """A published figure, or the word in its place."""
    address = cell if isinstance(cell, Cell) else Cell(NAME, cell, cell)
    if isinstance(value, Mark):
        return Blank(address, value, HERE)
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    made = Fact(
        address,
        number,
        Interval(number, number),
        kind,
        HERE,
        decimals=max(0, -exponent) if isinstance(exponent, int) else 0,
        n=Decimal(n) if isinstance(n, int) else n,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def measure(name: str, label: str, unit: str = "personer", **more: object) -> Measure:
    """A row of the catalogue."""
    return replace(Measure(name, label, "", unit, Kind.COUNT, HERE), **more)  # type: ignore[arg-type]


def enumeration(name: str, label: str, values: Mapping[str, str]) -> Enumeration:
    """A closed list in one level."""
    return Enumeration(name, label, {code: Category(code, text) for code, text in values.items()})


EXITS = {
    "arbete": "Arbete",
    "studier": "Studier",
    "annan_rehab": "Annan arbetslivsinriktad rehabilitering",
    "ovriga_utfall": "Övriga avslut",
    "tidigt_avhopp": "Tidigt avhopp",
}
HOW_OFTEN = {
    "aldrig": "Aldrig",
    "sallan": "Sällan",
    "ibland": "Ibland",
    "ofta": "Ofta",
    "for_det_mesta": "För det mesta",
    "alltid": "Alltid",
}
CATALOGUE = Catalogue(
    measures={
        "genomstromningstid": measure("genomstromningstid", "Tid i insatsen", "manader"),
        "sysselsattning": measure("sysselsattning", "Sysselsättning", enumeration="sysselsattning"),
        "deltagare": measure(
            "deltagare",
            "Deltagare",
            definitions=(Definition(1, date(2015, 1, 1), "En"), Definition(2, date(2023, 1, 1), "Två")),
            key=True,
        ),
        "mal.andel": measure("mal.andel", "Andel i mål", "procent", key=True),
        "flode.totalt": measure("flode.totalt", "Deltagare under perioden", key=True),
        "vantetid": measure("vantetid", "Väntetid", "dagar"),
    },
    enumerations={
        "population": enumeration(
            "population",
            "Vilka det gäller",
            {"avslutade": "avslutade deltagare", "avslutade_i_mal": "avslutade deltagare som nådde målet"},
        ),
        "sysselsattning": enumeration(
            "sysselsattning", "Sysselsättning", {"arbete": "Arbete", "studier": "Studier", "ingen": "Ingen"}
        ),
        "avslutsorsak": Enumeration(
            "avslutsorsak", "Avslutsorsak", {}, {code: Category(code, text) for code, text in EXITS.items()}
        ),
        "re_aim": enumeration(
            "re_aim", "RE-AIM", {"reach": "Räckvidd", "effectiveness": "Effekt", "adoption": "Antagande"}
        ),
        "roll": enumeration("roll", "Roll", {"coach": "Coach", "arbetsformedlare": "Arbetsförmedlare"}),
        "livsomrade": enumeration("livsomrade", "Område i livet", {"somn": "Sömn"}),
        "kalla": enumeration("kalla", "Källa", {"sus": "SUS"}),
        "lage_bemanning": enumeration("lage_bemanning", "Läge", {"vakant": "Obesatt"}),
    },
    scales={
        "frekvens_6": Scale("frekvens_6", "Hur ofta, sex steg", 1, HOW_OFTEN),
        "ja_nej": Scale("ja_nej", "Ja eller nej", 1, {"ja": "Ja", "nej": "Nej", "vet_ej": "Vet ej"}),
        "grad_5": Scale("grad_5", "Hur mycket, fem steg", 1, dict(zip("abcde", "ABCDE", strict=True))),
        "skattning_1_10": Scale(
            "skattning_1_10", "Egen skattning, 1 till 10", 1, {}, Decimal(1), Decimal(10)
        ),
    },
    templates={},
)


def report(
    cells: Iterable[Fact | Blank] = (), tables: Iterable[Table] = (), **more: object
) -> PublishedReport:
    """A published report with only what charts look at."""
    made = PublishedReport(
        id=NAME,
        intervention="ekvik",
        kind="arsrapport",
        template="samverkansteam",
        period=year(2023),
        status="slutlig",
        source="",
        data_date=None,
        goal=GoalDefinition(),
        cells={figure.cell.id: figure for figure in cells},
        tables={found.distribution.id: found for found in tables},
    )
    return replace(made, **more)  # type: ignore[arg-type]


def published(*reports: PublishedReport) -> Publication:
    """A compared publication of some reports of one insats, the oldest first."""
    ids = [found.id for found in reports]
    previous = dict(zip(ids[1:], ids, strict=False))
    teams = {"ekvik": Intervention("ekvik", "Ekvik", "samverkansteam", "", HERE)}
    made = Publication(CATALOGUE, {}, teams, {found.id: found for found in reports}, previous)
    return compare(made, NO_CACHE)


def plots(found: PublishedReport) -> dict[str, Plot]:
    """The plots that the stage makes of a report."""
    publication = published(found)
    return {plot.id: plot for part in chart.parts() for plot in part.run(found, publication)}


def windows(*spans: tuple[str, str, Figure], n: int | None = None) -> list[Fact | Blank]:
    """Points of a series: first day, last day, mean."""
    made = []
    for first, last, value in spans:
        name = f"genomstromningstid.serie.{first}_{last}"
        cell = Cell(NAME, name, "genomstromningstid", population="avslutade_i_mal", point="serie")
        when = Period(date.fromisoformat(first), date.fromisoformat(last), "rullande_12")
        point = fact(cell, value, Kind.MEAN, n)
        made.append(replace(point, period=when) if isinstance(point, Fact) else point)
    return made


AVESTA = windows(
    ("2017-01-01", "2017-12-31", 14),
    ("2017-07-01", "2018-06-30", "15.6"),
    ("2018-01-01", "2018-12-31", "17.4"),
    ("2018-07-01", "2019-06-30", "20.4"),
    ("2019-01-01", "2019-12-31", "17.8"),
    ("2019-07-01", "2020-06-30", "17.8"),
)


def answers(name: str, scale: str, counts: Mapping[str, Figure], n: int) -> list[Fact | Blank]:
    """The answers of a question with their shares."""
    made: list[Fact | Blank] = []
    for step, count in counts.items():
        key = f"enkat.avslut_2023.{name}.{step}"
        made.append(fact(key, count))
        if not isinstance(count, Mark):
            share = (Decimal(100) * Decimal(count) / n).quantize(Decimal("0.01"))
            made.append(fact(f"{key}.andel", str(share), Kind.SHARE, n, decimals=0))
    return made


def question(name: str, text: str, scale: str, n: int | Mark | None, **more: object) -> Question:
    """A question of the survey."""
    base = Decimal(n) if isinstance(n, int) else n
    made = Question(f"enkat.avslut_2023.{name}", text, scale, base, HERE)
    return replace(made, **more)  # type: ignore[arg-type]


def survey(*questions: Question) -> Survey:
    """A survey of 48 persons."""
    return Survey("enkat.avslut_2023", None, Decimal(48), questions, HERE)


def often(*counts: Figure) -> dict[str, Figure]:
    """Answers on the scale of how often."""
    return dict(zip(HOW_OFTEN, counts, strict=True))


ANSWERS = (
    *answers("delaktig", "frekvens_6", often(0, 0, 5, 7, 12, 8), 32),
    *answers("respekt", "frekvens_6", often(0, 5, 0, 6, 8, 13), 32),
    *answers("hemlig", "frekvens_6", often(0, SKYDDAD, SKYDDAD, 6, 8, 13), 32),
    *answers("fa", "frekvens_6", often(0, 0, 5, 0, 7, 0), 12),
    *answers("rekommendera", "ja_nej", {"ja": 25, "nej": 0, "vet_ej": 7}, 32),
    *answers("nytta", "grad_5", {"a": 5, "b": 6, "c": 8, "d": 7, "e": 6}, 32),
    fact("enkat.avslut_2023.relevans.fran_4.andel", 57, Kind.SHARE, 7),
    fact("enkat.avslut_2023.engagerad.fran_4.andel", 86, Kind.SHARE, 7),
    fact("enkat.avslut_2023.betyg.medel", "7.4", Kind.MEAN, 30),
)
QUESTIONS = (
    question("delaktig", "Jag var med och bestämde vad jag skulle göra.", "frekvens_6", 32),
    question("respekt", "Jag blev bemött med respekt.", "frekvens_6", 32),
    question("hemlig", "Jag visste vem jag skulle vända mig till när något hände.", "frekvens_6", 32),
    question("fa", "Gruppen var till hjälp.", "frekvens_6", 12),
    question("rekommendera", "Skulle du rekommendera teamet till någon annan?", "ja_nej", 32),
    question("nytta", "Har du haft nytta av kursen?", "grad_5", 32),
    question("relevans", "Kursen var relevant", "skattning_1_10", 7, cumulative=("4", Decimal(57))),
    question("engagerad", "Jag var engagerad", "skattning_1_10", 7, cumulative=("4", Decimal(86))),
    question("betyg", "Vilket betyg ger du teamet?", "skattning_1_10", 30),
)


def table(name: str, labels: Mapping[str, str], coding: str = "enval", **more: object) -> Table:
    """A distribution of those who left, as protection lets it be shown."""
    measure_id, _, point = name.partition("@avslutade@")
    asked = Distribution(name, measure_id, "avslutade", coding, (), HERE, point=point, n=Decimal(60))
    asked = replace(asked, **more)  # type: ignore[arg-type]
    return Table(asked, tuple(Row(f"{name}.{code}", text, (code,)) for code, text in labels.items()), name)


WORK = {"arbete": "Förvärvsarbete", "studier": "Studier", "ingen": "Ingen sysselsättning"}
BEFORE, AFTER = (table(f"sysselsattning@avslutade@{point}", WORK) for point in ("fore", "efter"))
CHANGED = (
    *(
        fact(f"sysselsattning@avslutade@fore.{code}", value)
        for code, value in zip(WORK, (6, 5, 49), strict=True)
    ),
    *(
        fact(f"sysselsattning@avslutade@efter.{code}", value)
        for code, value in zip(WORK, (24, 9, 27), strict=True)
    ),
    fact("sysselsattning@avslutade@forandring.arbete", 300, Kind.SHARE, 6),
    fact("sysselsattning@avslutade@forandring.ingen", "-45", Kind.SHARE, 49),
)
AREAS = {"somn": ("4.2", "6.1", "1.9"), "ork": ("3.8", "3.8", "0"), "ekonomi": ("5.0", "4.6", "-0.4")}
RATINGS = tuple(
    fact(f"skattning.livshjulet@svarande.{area}.{column}", value, Kind.MEAN, 24)
    for area, values in AREAS.items()
    for column, value in zip(("medel_fore", "medel_efter", "skillnad"), values, strict=True)
)
RATED = Survey(
    "skattning.livshjulet@svarande",
    None,
    None,
    tuple(
        Question(f"skattning.livshjulet@svarande.{area}", "", "skattning_1_10", Decimal(24), HERE)
        for area in AREAS
    ),
    HERE,
)


def number(cell: str, share: str, n: int) -> Fact:
    """A shown share."""
    made = fact(cell, share, Kind.SHARE, n, decimals=0)
    assert isinstance(made, Fact)
    return made


GOALS = (
    PublishedGoal(
        Goal("mal", "Minst hälften ska nå arbete eller studier.", HERE, "mal.andel", Decimal(50), "minst"),
        fact(Cell(NAME, "mal.andel", "mal.andel"), "56.7", Kind.SHARE, 60, decimals=0),
        "uppfyllt",
        "",
        number("mal.tackning", "85.7", 70),
    ),
    PublishedGoal(
        Goal(
            "vantetid",
            "Ingen ska vänta mer än 30 dagar på att få börja.",
            HERE,
            "vantetid",
            Decimal(30),
            "hogst",
        ),
        fact(Cell(NAME, "vantetid", "vantetid"), 41, Kind.MEAN, 66),
        "ej_uppfyllt",
        "",
    ),
    PublishedGoal(
        Goal("nojda", "Nio av tio ska vara nöjda.", HERE, "enkat.x", Decimal(90), "minst"),
        fact("enkat.x.andel", 92, Kind.SHARE, 12),
        "gar_inte_att_avgora",
        "Färre än hälften av dem som målet gäller har svarat.",
        number("enkat.tackning", "20", 60),
    ),
    PublishedGoal(
        Goal("halsa", "Hälsan ska bli bättre.", HERE),
        None,
        "gar_inte_att_avgora",
        "Målet har ingen gräns att jämföra med.",
    ),
)


def rung(source: str, step: str, value: Figure) -> Fact | Blank:
    """A figure of the ladder."""
    return fact(Cell(NAME, f"omfattning.{source}.{step}", f"omfattning.{step}", source), value)


LADDER = (
    rung("projektet", "mal", 45),
    rung("projektet", "inskrivna", 26),
    rung("projektet", "tidigt_avslutade", 6),
    rung("sus", "identifierade", 20),
    rung("sus", "anonyma", SKYDDAD),
    rung("sus", "avslutade", 20),
)
STATEMENTS = tuple(
    PublishedStatement(Statement(dimension, text, HERE), figure)
    for dimension, text, figure in (
        (
            "reach",
            "Invånare i projektet, av målet",
            fact("projekt.invanare.andel", "57.8", Kind.SHARE, 45, decimals=0),
        ),
        ("reach", "Medarbetare i utbildningen", fact(Cell(NAME, "x", "flode.totalt"), 13)),
        ("adoption", "Arbetssättet används i vardagen men är krävande.", None),
        (
            "effectiveness",
            "Deltagare som gick till arbete eller studier, av målet",
            fact("y", "17.8", Kind.SHARE, 45, decimals=0),
        ),
        ("effectiveness", "Från försörjningsstöd till studier", fact("z", SKYDDAD)),
    )
)


def post(
    role: str, count: int, percent: Figure | None, first: str = "", last: str = "", note: str = ""
) -> list[Fact | Blank]:
    """Posts of a role with their extent, in a part of 2023 where days are given."""
    when = Period(date.fromisoformat(first or "2023-01-01"), date.fromisoformat(last or "2023-12-31"))
    own = when if first or last else None
    end = f"{role}@{first}" if first else role
    posts = fact(
        Cell(NAME, f"bemanning.poster.{end}", "bemanning.poster", role), count, period=own, note=note
    )
    if percent is None:
        return [posts]
    cell = Cell(NAME, f"bemanning.procent.{end}", "bemanning.procent", role)
    return [posts, fact(cell, percent, Kind.SHARE, period=own)]


STAFF = (
    *post("coach", 2, 100),
    *post("coach", 1, 50, "2023-03-01", "2023-09-30"),
    *post("arbetsformedlare", 1, 20),
    *post("arbetsformedlare", 1, 40, "2023-10-01", "2023-12-31"),
)
LIVING = {
    "kommun.forsorjningsstod": (9, 5, SKYDDAD, 6, SKYDDAD),
    "fk.sjukpenning": (12, 0, 8, 5, 0),
    "fk.aktivitetsersattning": (5, 7, 0, 0, 0),
}
NAMES = ("Försörjningsstöd", "Sjukpenning eller rehabiliteringspenning", "Aktivitetsersättning")
CROSSED = table(
    "overgang@avslutade",
    dict(zip(LIVING, NAMES, strict=True)),
    measure="overgang",
    crossed=True,
    groups=tuple(EXITS),
)
CROSSINGS = (
    fact("overgang@avslutade", 62),
    *(
        fact(f"overgang@avslutade.{code}.{end}", value)
        for code, row in LIVING.items()
        for end, value in zip(EXITS, row, strict=True)
    ),
)
RICH = report(
    (*AVESTA, *ANSWERS, *CHANGED, *RATINGS, *LADDER, *STAFF, *CROSSINGS),
    (BEFORE, AFTER, CROSSED),
    surveys=(survey(*QUESTIONS), RATED),
    goals=GOALS,
    implementation=STATEMENTS,
)


def years(*values: Figure) -> tuple[PublishedReport, ...]:
    """Reports of one insats from 2021 on, each with its number of participants."""
    return tuple(
        report(
            [fact("deltagare", value), fact("mal.andel", 40 + number, Kind.SHARE, 60)],
            id=f"ekvik/{2021 + number}",
            period=year(2021 + number),
        )
        for number, value in enumerate(values)
    )
