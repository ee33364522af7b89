"""A team's figures for a year: every section that the demo's teams fill in, and sums that agree."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

GOAL = ("arbete", "studier", "annan_arbetsrehab")
REFERRERS = {
    "kommun.socialtjanst": 9, "region.psykiatri": 6, "forsakringskassan": 5, "region.primarvard": 4,
    "arbetsformedlingen": 3, "egen_ansokan": 1,
}  # fmt: skip
SUPPORT = {
    "kommun.forsorjningsstod": 10,
    "fk.sjukpenning": 7,
    "fk.aktivitetsersattning": 3,
    "ingen_offentlig": 2,
}
EXITS = {
    "arbete.tillsvidare": 5, "arbete.visstid": 5, "arbete.lonebidrag": 4, "studier": 6,
    "annan_arbetsrehab.af_program": 6, "annan_arbetsrehab.forstarkt_samarbete": 5, "medicinsk_rehab": 7,
    "avbrott_egen_vilja": 3, "flytt": 2, "tidigt_avhopp": 5,
}  # fmt: skip
REPORTED = {"arbete": "arbete", "studier": "studier", "annan_arbetsrehab": "annan_rehab",
            "tidigt_avhopp": "tidigt_avhopp"}  # fmt: skip
OFTEN = ("aldrig", "sallan", "ibland", "ofta", "for_det_mesta", "alltid")
DEGREE = ("inte_alls", "till_liten_del", "delvis", "till_stor_del", "till_mycket_stor_del", "helt_och_hallet")
QUESTIONS = {
    "bestamma": ("frekvens_6", OFTEN), "tid": ("frekvens_6", OFTEN), "vardag": ("grad_6", DEGREE),
    "narmare_arbete": ("grad_6", DEGREE), "nasta_steg": ("ja_nej", ("ja", "nej", "vet_ej")),
}  # fmt: skip
CUTS = ("narmare_arbete", "fraga_1", "fraga_4", "fraga_5")
"""Questions that a goal is about: how many answered from the fourth step."""
AREAS = ("mat", "somn", "stress", "dagliga_rutiner", "halsa_rorelse", "fritid_intresse")
BUDGET = ("personal", "lokaler", "externa_tjanster", "utbildning_handledning", "ovriga_kostnader")
PARTIES = ("kommun.socialtjanst", "forsakringskassan", "arbetsformedlingen", "region.psykiatri",
           "region.primarvard")  # fmt: skip
WINDOWS = 6
"""Points of a series of twelve months each, half a year apart."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a team: whom it has when the year begins, and what comes of them."""

    number: int
    opening: Mapping[str, int]
    new: Mapping[str, int]
    left: Mapping[str, int]

    @property
    def closing(self) -> dict[str, int]:
        """Those who are there when the year ends."""
        return {sex: self.opening[sex] + self.new[sex] - self.left[sex] for sex in self.opening}

    @property
    def whole(self) -> dict[str, int]:
        """Everybody during the year."""
        return {sex: self.opening[sex] + self.new[sex] for sex in self.opening}

    @property
    def exits(self) -> int:
        """How many left."""
        return sum(self.left.values())

    def period(self) -> Figures:
        """The year as a period."""
        return {"start": date(self.number, 1, 1), "slut": date(self.number, 12, 31), "typ": "kalenderar"}


def a_year(number: int, opening: Mapping[str, int], chance: random.Random) -> Year:
    """A year that begins with those whom the year before ended with."""
    new = {sex: chance.randint(20, 40) for sex in opening}
    left = {sex: max(18, opening[sex] + new[sex] - chance.randint(26, 45)) for sex in opening}
    return Year(number, opening, new, left)


def team(slug: str, year: Year, before: Figures | None, chance: random.Random) -> Figures:
    """All sections of a year's report; `before` is the report of the year before."""
    exits = split(year.exits, EXITS, chance)
    name = f"avslut_{year.number}"
    answered = chance.randint(25, min(40, year.exits * 4 // 5))
    asked = survey(name, QUESTIONS, answered, year.exits, chance)
    return {
        "rapport": identity(slug, year, "slutlig"),
        "definitioner": {"mal_orsaker": list(GOAL), "mal_namnare": "utan_tidiga_avhopp",
                         "tidigt_avhopp": {"inom_dagar": 60}},
        "flode": {"ingang": dict(year.opening), "nya": dict(year.new), "utgang": year.closing},
        "avslut": {"population": "avslutade", "summa": year.exits, "celler": exits},
        "fordelningar": distributions(sum(year.new.values()), chance),
        "varaktighet": durations(year, sum(n for code, n in exits.items() if code.startswith(GOAL)), chance),
        "alder": [ages(year, chance)],
        "uppgifter": (facts := single_facts(year, chance)),
        "foregaende": told_again(before),
        "mal": goals(name),
        "enkater": [asked],
        "fore_efter": [occupation(year.exits, chance)],
        "overgangar": [transitions(exits, chance)],
        "skattningar": [ratings(chance.randint(20, 30), chance)],
        "ekonomi": economy(year, chance),
        "bemanning": staffing(year, chance),
        "moten": meetings(chance),
        "samverkan": parties(),
        "uppgivet": [restated("personal.handledningstillfallen", facts), restated("grupp.traffar", facts)],
    }  # fmt: skip


def draft(slug: str, year: Year, chance: random.Random) -> Figures:
    """What stands in a report that is begun."""
    return {
        "rapport": identity(slug, year, "utkast"),
        "flode": {"ingang": dict(year.opening), "nya": "saknas"},
        "uppgifter": {"personal.medarbetare": chance.randint(4, 8), "grupp.traffar": "saknas"},
        "bemanning": staffing(year, chance),
    }


def identity(slug: str, year: Year, status: str) -> Figures:
    """What a report is about."""
    dates = {"datadatum": date(year.number + 1, 1, 18), "publicerad": date(year.number + 1, 3, 2)}
    kind = {"insats": slug, "typ": "arsrapport", "mall": "samverkansteam", "period": year.period()}
    return {**kind, "status": status, **(dates if status == "slutlig" else {}), "kalla": "Påhittat."}


def split(total: int, codes: Mapping[str, int] | Sequence[str], chance: random.Random) -> dict[str, int]:
    """A total over codes, by their weights and some chance."""
    usual = codes if isinstance(codes, Mapping) else dict.fromkeys(codes, 5)
    weights = [weight * chance.randint(8, 12) for weight in usual.values()]
    counts = [total * weight // sum(weights) for weight in weights]
    counts[0] += total - sum(counts)
    return dict(zip(usual, counts, strict=True))


def distributions(new: int, chance: random.Random) -> list[Figures]:
    """Who referred the new, and what they live on."""
    asked = {"population": "nya", "kodning": "enval"}
    support = {"matt": "forsorjning", "matpunkt": "inskrivning", **asked}
    return [
        {"matt": "aktualiserad_av", **asked, "celler": split(new, REFERRERS, chance)},
        {**support, "celler": split(new, SUPPORT, chance)},
    ]


def durations(year: Year, reached: int, chance: random.Random) -> list[Figures]:
    """How long it took and how long they had been supported; the time also in overlapping windows."""
    women = reached * 5 // 9
    asked = {"population": "avslutade_i_mal"}
    months = {"matt": "genomstromningstid", **asked, "enhet": "manader"}
    years = {"matt": "ar_i_offentlig_forsorjning", **asked, "enhet": "ar"}
    return [
        {**months, **means(women, reached - women, 12, 19, chance), "serie": windows(year.number, chance)},
        {**years, **means(women, reached - women, 3, 6, chance)},
    ]


def means(women: int, men: int, low: int, high: int, chance: random.Random) -> Figures:
    """A mean for women and one for men."""
    sizes = {"kvinna": women, "man": men}
    return {sex: {"medel": chance.randint(low * 10, high * 10) / 10, "n": n} for sex, n in sizes.items()}


def windows(year: int, chance: random.Random) -> list[Figures]:
    """Twelve months at a time, six months apart, the last one the year itself."""
    found = []
    for place in range(WINDOWS):
        late = (WINDOWS - 1 - place) % 2
        last = year - (WINDOWS - 1 - place) // 2
        start, end = (
            (date(last - 1, 7, 1), date(last, 6, 30)) if late else (date(last, 1, 1), date(last, 12, 31))
        )
        mean = chance.randint(120, 190) / 10
        found.append({"start": start, "slut": end, "typ": "rullande_12", "medel": mean, "n": "saknas"})
    return found


def ages(year: Year, chance: random.Random) -> Figures:
    """Mean ages of everybody."""
    whole = year.whole
    told = means(whole["kvinna"], whole["man"], 30, 45, chance)
    return {"population": "alla_under_perioden", **told, "min": "utelamnat", "max": "utelamnat"}


def single_facts(year: Year, chance: random.Random) -> Figures:
    """Measures without a section of their own."""
    closing, new, whole = (sum(found.values()) for found in (year.closing, year.new, year.whole))
    mapped = {"kartlaggning.totalt": new, "kartlaggning.inom_14_dagar": {"antal": new * 2 // 3, "n": new}}
    counts = {
        "ko.vantande": (5, 20), "deltagare.studiebesok": (12, 30), "deltagare.i_arbetstraning": (10, 25),
        "deltagare.i_praktik": (8, 15), "grupp.starter": (4, 8), "grupp.traffar": (60, 120),
        "grupp.deltagarledda": (6, 12), "grupp.fysisk_aktivitet_per_vecka": (1, 3),
        "personal.medarbetare": (5, 8), "personal.utbildade": (3, 5), "personal.utbildningsdagar": (6, 20),
        "personal.handledningstillfallen": (4, 9), "personal.representantgrupp_ledamoter": (9, 12),
        "styrgrupp.ledamoter": (7, 10),
    }  # fmt: skip
    return {
        "deltagare.unga": {"antal": closing // 5, "n": closing},
        "deltagare.psykiatrikontakt": {"antal": whole * 11 // 20, "n": whole},
        "deltagare.med_planering": {"antal": year.exits * 3 // 4, "n": year.exits},
        **mapped,
        **{measure: chance.randint(*limits) for measure, limits in counts.items()},
    }


def told_again(before: Figures | None) -> Figures:
    """What a report tells of the year before."""
    if before is None:
        return {"uppgifter": {"ko.vantande": 11}}
    facts = before["uppgifter"]
    kept = ("ko.vantande", "deltagare.i_arbetstraning", "kartlaggning.inom_14_dagar", "grupp.traffar")
    return {"uppgifter": {measure: facts[measure] for measure in kept}}


def restated(cell: str, facts: Figures) -> Figures:
    """A figure told again in the text, as it stands; one of them is changed where a note is wanted."""
    return {"cell": cell, "varde": facts[cell], "avsnitt": 9, "del": "beskrivning"}


def goals(survey_id: str) -> list[Figures]:
    """Four goals with their limits."""
    share, cover = {"riktning": "minst"}, {"tackning": "flode.avslutade"}
    question = f"enkat.{survey_id}.narmare_arbete.fran_till_stor_del.andel"
    mapped = {"matt": "kartlaggning.inom_14_dagar.andel", "troskel": 75, **share, "tackning": "flode.nya"}
    return [
        {
            "id": "i_mal",
            "text": "Minst 60 procent ska nå målet.",
            "matt": "mal.andel",
            "troskel": 60,
            **share,
        },
        {"id": "kartlaggning", "text": "Minst 75 procent ska vara kartlagda inom 14 dagar.", **mapped},
        {"id": "ko", "text": "Högst tio i kö.", "matt": "ko.vantande", "troskel": 10, "riktning": "hogst"},
        {"id": "narmare", "text": "Närmare arbete.", "matt": question, "troskel": 60, **share, **cover},
    ]


def survey(
    name: str, questions: Mapping[str, tuple[str, Sequence[str]]], n: int, asked: int, chance: random.Random
) -> Figures:
    """Questions with their answers; the lowest steps of a long scale are empty."""
    rows = []
    for place, (question, (scale, steps)) in enumerate(questions.items(), start=1):
        empty = dict.fromkeys(steps[:2], 0) if len(steps) > 3 else {}
        answers = empty | split(n, [step for step in steps if step not in empty], chance)
        text = f"Fråga {place} om hur det har varit att delta?"
        rows.append({"id": question, "text": text, "skala": scale, "n": n, "svar": answers})
        if question in CUTS:
            above = sum(count for step, count in answers.items() if steps.index(step) >= 3)
            rows[-1]["kumulativt"] = {"fran": steps[3], "andel": round(100 * above / n, 1)}
    return {"id": name, "population_n": asked, "fragor": rows}


def occupation(n: int, chance: random.Random) -> Figures:
    """What they did before and after."""
    codes = ("ingen", "forvarvsarbete", "studier", "aktivt_arbetssokande")
    before = split(n, dict(zip(codes, (30, 4, 0, 8), strict=True)), chance)
    after = split(n, dict(zip(codes, (15, 12, 7, 12), strict=True)), chance)
    rows = {code: {"fore": before[code], "efter": after[code]} for code in codes}
    return {"matt": "sysselsattning", "population": "avslutade", "n": n, "kodning": "enval", "celler": rows}


def transitions(exits: Mapping[str, int], chance: random.Random) -> Figures:
    """From what they lived on to what they left for; the columns are the exits."""
    rows: dict[str, dict[str, int]] = {"fk": {}, "kommun.forsorjningsstod": {}}
    for code, count in exits.items():
        end = REPORTED.get(code.partition(".")[0], "ovriga_utfall")
        first = count * chance.randint(3, 6) // 10
        for row, part in zip(rows.values(), (first, count - first), strict=True):
            row[end] = row.get(end, 0) + part
    return {"population": "avslutade", "celler": rows}


def ratings(n: int, chance: random.Random) -> Figures:
    """Self-ratings in six areas."""
    before = {area: n * chance.randint(35, 55) // 10 for area in AREAS}
    rows = {
        area: {"summa_fore": sum_, "summa_efter": sum_ + n * chance.randint(0, 15) // 10}
        for area, sum_ in before.items()
    }
    asked = {"instrument": "livshjulet", "skala": "skattning_1_10", "population": "avslutade"}
    return {**asked, "n": n, "omraden": rows}


def economy(year: Year, chance: random.Random) -> Figures:
    """Five rows, with a comment where outcome and budget are far apart."""
    rows: Figures = {}
    for row in BUDGET:
        budget = chance.randint(2000, 2600) * 1000 if row == "personal" else chance.randint(80, 200) * 1000
        spent = budget * chance.randint(86, 114) // 100
        far = abs(spent - budget) * 10 > budget
        comment = {"kommentar": "Priserna blev andra än vi trodde när budgeten gjordes."} if far else {}
        rows[row] = {"budget": budget, "utfall": spent, **comment}
    granted = sum(row["budget"] for row in rows.values())
    head = {"period": year.period(), "enhet": "kr", "askat": granted + 90_000, "tilldelat": granted}
    return {**head, "rader": rows}


def staffing(year: Year, chance: random.Random) -> Figures:
    """Posts, two of them for a part of the year."""
    change = date(year.number, chance.randint(3, 10), 1)
    town = {"huvudman": "kommun", "antal": 1, "procent": 100}
    return {
        "avtalad_niva_procent": 400,
        "befattningar": [
            {"roll": "verksamhetsledare", **town},
            {"roll": "coach", **town, "slut": date.fromordinal(change.toordinal() - 1)},
            {"roll": "coach", **town, "start": change},
            {"roll": "arbetsformedlare", "huvudman": "arbetsformedlingen", "antal": 1, "procent": 40},
            {"roll": "rehabsamordnare", "huvudman": "region", "antal": 1, "procent": 50},
            {"roll": "handlaggare_fk", "huvudman": "forsakringskassan", "antal": 1, "procent": 10},
        ],
    }


def meetings(chance: random.Random) -> list[Figures]:
    """Meetings of two groups, some cancelled."""
    found = []
    for forum, planned in (("styrgrupp", 5), ("representantgrupp", 8)):
        held = planned - chance.randint(0, 2)
        found.append({"forum": forum, "planerade": planned, "hallna": held, "installda": planned - held})
    return found


def parties() -> list[Figures]:
    """Who takes part where."""
    return [
        {"part": part, "forum": forum, "lage": "aktiv"}
        for forum in ("styrgrupp", "representantgrupp")
        for part in PARTIES
    ]
