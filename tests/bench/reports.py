"""Seeded reports that look real: about 1 500 words and 80 figures each, with figures that add up."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

YEARS = range(2013, 2023)
REFERRERS = (
    "forsakringskassan",
    "arbetsformedlingen",
    "kommun.socialtjanst",
    "kommun.boendestod",
    "region.psykiatri",
    "region.primarvard",
)
SUPPORT = (
    "fk.sjukpenning",
    "fk.aktivitetsersattning",
    "fk.sjukersattning",
    "kommun.forsorjningsstod",
    "ingen_offentlig",
)
EXITS = (
    "arbete.tillsvidare",
    "arbete.visstid",
    "arbete.lonebidrag",
    "studier",
    "annan_arbetsrehab.af_program",
    "medicinsk_rehab",
    "flytt",
    "ovrigt",
    "tidigt_avhopp",
)
BUDGET = ("personal", "lokaler", "ovriga_kostnader", "externa_tjanster")
SUBJECTS = (
    "Teamet", "Deltagarna", "Parterna", "Coacherna", "Gruppen", "Handläggarna", "Styrgruppen",
    "Arbetsgivarna", "Vården", "Socialtjänsten",
)  # fmt: skip
VERBS = (
    "har utvecklat", "beskriver", "efterfrågar", "har prövat", "planerar för", "värdesätter",
    "behöver mer av", "har fortsatt med", "samlas kring", "följer upp",
)  # fmt: skip
OBJECTS = (
    "samverkan kring försörjningsstöd och rehabilitering",
    "arbetsträning hos lokala arbetsgivare",
    "den gemensamma kartläggningen",
    "lösningsfokuserade samtal i grupp",
    "rutiner för remisser och återkoppling",
    "stegvisa planer mot arbete eller studier",
    "friskvård och vardagsrutiner",
    "täta uppföljningar med handläggare",
    "kontakten med primärvården",
    "handledning och kollegial reflektion",
)
TAILS = (
    "under hela perioden", "trots tidvis hög belastning", "i nära dialog med varandra",
    "med stöd från ledningen", "på sätt som märks i vardagen", "efter sommaren",
    "när behoven har skiftat", "utan att tappa tempot",
)  # fmt: skip


def write_project(root: Path, count: int, definitions: Path, seed: int = 1) -> None:
    """Write a project with `count` reports; catalogue, lists and policy are copied from `definitions`."""
    shutil.copytree(
        definitions, root / "data", ignore=shutil.ignore_patterns("rapporter", "insatser", "schema")
    )
    for name in ("godtagna.yml", "rattelser.yml"):
        (root / "data" / name).write_text("[]\n", encoding="utf-8")
    _write(root / "content" / "index.md", "# Rapporter\n\nSamverkansteamens rapporter.\n")
    template = yaml.safe_load((definitions / "mallar.yml").read_text(encoding="utf-8"))["samverkansteam"]
    association = yaml.safe_load((definitions / "forbund.yml").read_text(encoding="utf-8"))[0]["id"]
    for place, (team, year) in enumerate(_teams(count)):
        chance = random.Random(f"{seed}-{place}")  # noqa: S311 - figures for a bench, not secrets
        _write_report(root, team, year, association, template, chance)


def _teams(count: int) -> Iterator[tuple[int, int]]:
    for place in range(count):
        yield place // len(YEARS), YEARS[place % len(YEARS)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_report(
    root: Path, team: int, year: int, association: str, template: dict[str, object], chance: random.Random
) -> None:
    slug = f"team-{team:04d}"
    name = f"Samverkansteam {team:04d}"
    _write(
        root / "data" / "insatser" / f"{slug}.yml",
        f"namn: {name}\ntyp: team\nforbund: {association}\nstart: 2012-06\nslut: pagaende\n"
        "agare: [forsakringskassan, arbetsformedlingen]\n",
    )
    data = _figures(slug, year, chance)
    _write(
        root / "data" / "rapporter" / slug / f"{year}.yml",
        yaml.safe_dump(data, allow_unicode=True, sort_keys=False),
    )
    _write(root / "content" / "rapporter" / slug / f"{year}.md", _prose(f"{name} {year}", template, chance))


def _figures(slug: str, year: int, chance: random.Random) -> dict[str, object]:
    opening = {"kvinna": chance.randint(60, 90), "man": chance.randint(60, 90)}
    new = {"kvinna": chance.randint(40, 60), "man": chance.randint(40, 60)}
    exits = {sex: chance.randint(35, 55) for sex in opening}
    closing = {sex: opening[sex] + new[sex] - exits[sex] for sex in opening}
    whole = {sex: opening[sex] + new[sex] for sex in opening}
    everyone, closed = sum(whole.values()), sum(exits.values())
    period = {"start": f"{year}-01-01", "slut": f"{year}-12-31", "typ": "kalenderar"}
    return {
        "rapport": {
            "insats": slug,
            "typ": "arsrapport",
            "mall": "samverkansteam",
            "period": _dates(period),
            "status": "slutlig",
        },
        "definitioner": {
            "mal_orsaker": ["arbete", "studier", "annan_arbetsrehab"],
            "mal_namnare": "utan_tidiga_avhopp",
            "tidigt_avhopp": {"inom_dagar": 60},
        },
        "flode": {"ingang": opening, "nya": new, "utgang": closing | {"alla": sum(closing.values())}},
        "avslut": {"population": "avslutade", "summa": closed, "celler": _split(closed, EXITS, chance)},
        "fordelningar": [
            _distribution("aktualiserad_av", everyone, REFERRERS, chance),
            _distribution("forsorjning", everyone, SUPPORT, chance),
        ],
        "varaktighet": [
            _means("genomstromningstid", "manader", 8, 24, chance),
            _means("ar_i_offentlig_forsorjning", "ar", 2, 6, chance),
        ],
        "alder": [
            {
                "population": "alla_under_perioden",
                **{sex: {"medel": chance.randint(30, 45), "n": whole[sex]} for sex in whole},
            }
        ],
        "uppgifter": {
            "deltagare.i_arbetstraning": chance.randint(20, 60),
            "grupp.fysisk_aktivitet_per_vecka": chance.randint(1, 4),
            "personal.handledningstillfallen": chance.randint(2, 9),
        },
        "ekonomi": _economy(period, chance),
        "bemanning": {
            "period": _dates(period),
            "avtalad_niva_procent": 230,
            "befattningar": [
                {"roll": "coach", "antal": chance.randint(2, 5)},
                {"roll": "arbetsformedlare", "huvudman": "arbetsformedlingen", "antal": 1, "procent": 50},
            ],
        },
        "moten": [{"forum": "styrgrupp", "planerade": 4, "hallna": 3, "installda": 1}],
        "samverkan": [{"part": "arbetsformedlingen", "forum": "styrgrupp", "lage": "aktiv"}],
    }


def _dates(period: dict[str, str]) -> dict[str, object]:
    """Dates as YAML writes them: without quotes."""
    return {key: yaml.safe_load(text) for key, text in period.items()}


def _split(total: int, codes: Sequence[str], chance: random.Random) -> dict[str, int]:
    weights = [chance.randint(3, 10) for _ in codes]
    counts = [total * weight // sum(weights) for weight in weights]
    counts[0] += total - sum(counts)
    return dict(zip(codes, counts, strict=True))


def _distribution(measure: str, total: int, codes: Sequence[str], chance: random.Random) -> dict[str, object]:
    return {
        "matt": measure,
        "population": "alla_under_perioden",
        "kodning": "enval",
        "celler": _split(total, codes, chance),
    }


def _means(measure: str, unit: str, low: int, high: int, chance: random.Random) -> dict[str, object]:
    return {
        "matt": measure,
        "population": "avslutade_i_mal",
        "enhet": unit,
        **{
            sex: {"medel": chance.randint(low * 2, high * 2) / 2, "n": chance.randint(12, 30)}
            for sex in ("kvinna", "man")
        },
    }


def _economy(period: dict[str, str], chance: random.Random) -> dict[str, object]:
    rows = {}
    for row in BUDGET:
        budget = chance.randint(40, 900) * 1000
        spent = budget + chance.randint(-40, 40) * 731
        rows[row] = {"budget": budget, "utfall": spent, "avvikelse": budget - spent}
    total = {
        column: sum(row[column] for row in rows.values()) for column in ("budget", "utfall", "avvikelse")
    }
    return {
        "period": _dates(period),
        "enhet": "kr",
        "askat": total["budget"] + 100000,
        "tilldelat": total["budget"],
        "rader": rows,
        "summa": total,
    }


def _prose(title: str, template: dict[str, object], chance: random.Random) -> str:
    lines = [f"# {title}"]
    for section in template["avsnitt"]:  # type: ignore[attr-defined]
        if section["nr"]:
            lines.append(f"## {section['nr']}. {section['rubrik']}")
            for part in section["delar"]:
                lines += [f"### {part['rubrik']}", _paragraph(chance), _paragraph(chance)]
    return "\n\n".join(lines) + "\n"


def _paragraph(chance: random.Random) -> str:
    return " ".join(
        f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(TAILS)}."
        for _ in range(3)
    )
