"""Figures of two kinds of projects: a course, and a project that was evaluated."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from tests.bench.team import (
    DEGREE,
    EXITS,
    OFTEN,
    REFERRERS,
    SUPPORT,
    occupation,
    ratings,
    split,
    survey,
    transitions,
)

COURSE = {
    f"fraga_{place}": ("frekvens_6", OFTEN) if place < 4 else ("grad_6", DEGREE) for place in range(1, 9)
}
TRAINING = ("relevans", "engagemang", "forvantningar", "helhet")
DIMENSIONS = ("reach", "effectiveness", "adoption", "implementation", "maintenance")

Figures = dict[str, Any]


def course(slug: str, year: int, chance: random.Random) -> Figures:
    """A course for participants, with its goals, its survey and its ratings."""
    women, men = chance.randint(35, 60), chance.randint(20, 40)
    n = women + men
    enrolled = {"kvinna": women, "man": men}
    support = {"matt": "forsorjning", "population": "alla_under_perioden", "matpunkt": "inskrivning"}
    return {
        "rapport": _identity(slug, "kursprojekt", year, "slutlig"),
        "omfattning": [{"kalla": "projektet", "inskrivna": enrolled}],
        "fordelningar": [{**support, "kodning": "enval", "n": n, "celler": split(n, SUPPORT, chance)}],
        "uppgifter": {
            "kartlaggning.totalt": {"antal": n * 3 // 4, "n": n},
            "kartlaggning.inom_14_dagar": {"antal": n * 4 // 7, "n": n},
            "kurs.traffar": 8, "kurs.timmar_per_traff": 2, "kurs.traffar_per_vecka": 2, "kurs.veckor": 4,
            "kurs.storsta_grupp": {"fran": 8, "till": 10}, "kurs.teman": 8, "kurs.grupper": n // 9,
            "kurs.digitala": chance.randint(1, 3),
        },
        "enkater": [survey("avslut", COURSE, n * 4 // 5, n, chance)],
        "skattningar": [ratings(max(20, n // 2), chance)],
        "mal": _course_goals(),
    }  # fmt: skip


def _course_goals() -> list[Figures]:
    asked = {"riktning": "minst", "tackning": "omfattning.projektet.inskrivna"}
    questions = {f"fraga_{place}": "fran_till_stor_del" for place in (4, 5)} | {"fraga_1": "fran_ofta"}
    mapped = {"matt": "kartlaggning.totalt.andel", "troskel": 75, **asked, "dom": "ej_provat"}
    return [
        {"id": "vidare", "text": "75 procent ska gå vidare.", **mapped},
        *(
            {"id": name, "text": f"75 procent ska svara ja på {name}.", "troskel": 75, **asked,
             "matt": f"enkat.avslut.{name}.{cut}.andel"}
            for name, cut in questions.items()
        ),
    ]  # fmt: skip


def evaluated(slug: str, year: int, chance: random.Random) -> Figures:
    """A project followed up in the register and by an evaluation, told by RE-AIM."""
    enrolled, known = chance.randint(60, 90), chance.randint(45, 55)
    exits = split(known, EXITS, chance)
    ladder = {"mal": 90, "inskrivna": enrolled, "tidigt_avslutade": 9, "avslutade": known,
              "pagaende": enrolled - known}  # fmt: skip
    referrers = {"matt": "aktualiserad_av", "population": "avslutade", "kodning": "enval", "n": known}
    return {
        "rapport": _identity(slug, "utvarderat_projekt", year, "preliminar"),
        "omfattning": [
            {"kalla": "sus", "identifierade": {"kvinna": 24, "man": known - 24}, "anonyma": 11},
            {"kalla": "utvarderingen", **ladder},
        ],
        "avslut": {"population": "avslutade", "n": known, "celler": exits},
        "fordelningar": [{**referrers, "celler": split(known, REFERRERS, chance)}],
        "fore_efter": [_support(known, chance), occupation(known, chance)],
        "overgangar": [transitions(exits, chance)],
        "uppgifter": {
            "projekt.invanare": {"antal": enrolled, "n": 90}, "deltagare.positiv_riktning": known // 2,
            "personal.utbildade": 13, "personal.utbildningsdagar": 4, "personal.aktiva_coacher": 6,
        },
        "enkater": [_training(chance)],
        "mal": _project_goals(),
        "implementering": _statements(),
    }  # fmt: skip


def _support(n: int, chance: random.Random) -> Figures:
    """Several kinds of support a person, before and after."""
    before, after = split(n + 12, SUPPORT, chance), split(n + 5, SUPPORT, chance)
    rows = {code: {"fore": before[code], "efter": after[code]} for code in SUPPORT}
    return {"matt": "forsorjning", "population": "avslutade", "n": n, "kodning": "flerval", "celler": rows}


def _training(chance: random.Random) -> Figures:
    """What colleagues thought of their training: shares from a step, and a mean."""
    asked = {"skala": "likert_5", "n": 13}
    rows = [
        {"id": name, "text": f"Hur var utbildningen, {name}?", **asked,
         "kumulativt": {"fran": "4", "andel": chance.choice((54, 62, 69, 77, 85))}}
        for name in TRAINING[:3]
    ]  # fmt: skip
    mean = {"id": TRAINING[3], "text": "Hur nöjd är du som helhet?", **asked, "medel": 4.1}
    return {"id": "utbildningen", "population_n": 13, "fragor": [*rows, mean]}


def _project_goals() -> list[Figures]:
    least = {"riktning": "minst"}
    share = {"matt": "deltagare.positiv_riktning.andel", "troskel": 40, **least, "dom": "ej_provat"}
    return [
        {"id": "utbildade", "text": "13 ska utbildas.", "matt": "personal.utbildade", "troskel": 13, **least},
        {"id": "invanare", "text": "90 ska få stöd.", "matt": "projekt.invanare", "troskel": 90, **least},
        {"id": "sysselsattning", "text": "40 procent ska komma i sysselsättning.", **share},
    ]


def _statements() -> list[Figures]:
    told = [{"dimension": name, "text": f"Så gick det ({name})."} for name in DIMENSIONS]
    told[0]["cell"] = "projekt.invanare.andel"
    told[2]["cell"] = "personal.aktiva_coacher"
    told[3]["cell"] = "enkat.utbildningen.relevans.fran_4.andel"
    return told


def _identity(slug: str, template: str, year: int, status: str) -> Figures:
    period = {"start": date(year - 2, 1, 1), "slut": date(year, 6, 30), "typ": "projekttid"}
    head = {"insats": slug, "typ": "slutrapport", "mall": template, "period": period, "status": status}
    return {**head, "datadatum": date(year, 9, 1), "kalla": "Påhittat."}
