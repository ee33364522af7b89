"""Nothing that protection hides is found anywhere in what is published, in any way of writing it."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import isqrt
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from build_tools import checks, protect
from build_tools.build import examine
from build_tools.model import Edition, Fact

DEFINITIONS = ("nyckeltal.yml", "kategorier.yml", "mallar.yml", "skalor.yml", "ordlista.yml")
REPORT = "laget/2021"
OPEN = "personal.representantgrupp_ledamoter"
LIMIT = 10**9
SHORTEST = 7
"""Digits from which a number in the output is not there by chance."""
GAP = r"[ ,.'’_+\u00a0\u202f\u2009\u2007]"
NUMBER = re.compile(rf"(?<!\d)\d{{1,3}}(?:{GAP}\d{{3}})+(?!\d)|\d[.,]?\d{{{SHORTEST - 1},}}")
THOUSANDS = re.compile(rf"(?<!\d)(\d{{1,3}}(?:{GAP}?\d{{3}})*){GAP}?(?:tkr|kkr|tusen)")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{10,}")


def primes(start: int) -> Iterator[int]:
    """Primes of eight digits, no two of them as far apart as two others."""
    number, step = start, 1_000_003
    while True:
        number += 1
        if number % 2 and all(number % divisor for divisor in range(3, isqrt(number) + 1, 2)):
            yield number
            number, step = number + step, step + 7_919


PERIOD = {"start": "2021-01-01", "slut": "2021-12-31", "typ": "kalenderar"}
EVERYBODY = "alla_under_perioden"


@dataclass
class Project:
    """A project whose every figure of participants and money is a prime of eight digits, or a sum of such."""

    root: Path
    numbers: Iterator[int] = field(default_factory=lambda: primes(10_000_000))
    limit: int = LIMIT

    def write(self, definitions: Path) -> None:
        """Write all its files; what is measured and how it is called is the demo's."""
        for name in DEFINITIONS:
            (self.root / "data").mkdir(exist_ok=True)
            shutil.copy(definitions / name, self.root / "data" / name)
        self.open = self.prime()
        report = self.report()
        self.put(
            "data/forbund.yml",
            [{"id": "f", "namn": "Förbundet", "lan": "Län", "kommuner": ["Orten"], "policy": "p"}],
        )
        limits = dict.fromkeys(("troskel", "troskel_medel", "troskel_andel"), self.limit)
        self.put(
            "data/policy.yml", {"p": {"benamning": "Prov", **limits, "okant_n": "dolj", "oppet": [OPEN]}}
        )
        self.team("laget")
        self.put(f"data/rapporter/{REPORT}.yml", report)
        self.put("data/rapporter/laget/2022.yml", self.next_year(report))
        self.put("data/godtagna.yml", [self.acceptance(row["cell"]) for row in report["uppgivet"]])
        self.put("data/rattelser.yml", [self.correction(report["flode"]["nya"]["man"])])
        self.put("content/index.md", "# Rapporter\n\nStart.\n")
        text = "## 1. Deltagare – förutsättningar\n\n### Beskrivning\n\nText utan siffror.\n"
        for year in (2021, 2022):
            self.put(f"content/rapporter/laget/{year}.md", f"# Laget {year}\n\n{text}")

    def team(self, slug: str) -> None:
        """An insats of the förbund."""
        team = {"namn": slug.title(), "typ": "team", "forbund": "f", "start": "2018-01", "slut": "pagaende"}
        self.put(f"data/insatser/{slug}.yml", {**team, "agare": ["forsakringskassan"]})

    def put(self, name: str, content: Any) -> None:
        """Write a file, as text or as YAML."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        told = isinstance(content, str)
        path.write_text(content if told else json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def prime(self) -> int:
        """A number that stands nowhere else."""
        return next(self.numbers)

    def sexes(self) -> dict[str, int]:
        """Women and men."""
        return {"kvinna": self.prime(), "man": self.prime()}

    def acceptance(self, cell: str) -> dict[str, str]:
        """What makes a note of a figure that is stated otherwise elsewhere."""
        place = {
            "kod": "R07a",
            "plats": f"{REPORT}#{cell}",
            "roll": "redaktör",
            "galler_till": "tills_vidare",
        }
        return {**place, "skal": "Källan skriver olika på två ställen."}

    def correction(self, new: int) -> dict[str, Any]:
        """A figure that was changed after publication."""
        place = {"cell": f"{REPORT}#flode.nya.man", "gammalt": self.prime(), "nytt": new}
        return {**place, "datum": "2022-03-01", "orsak": "Räknefel."}

    def report(self) -> dict[str, Any]:
        """Every section that can state a figure."""
        codes = ("arbete.tillsvidare", "arbete.lonebidrag", "studier", "ovrigt", "tidigt_avhopp")
        exits = {code: self.prime() for code in codes}
        women = self.prime()
        gone = {"kvinna": women, "man": sum(exits.values()) - women}
        closing, new = self.sexes(), self.sexes()
        opening = {sex: closing[sex] + gone[sex] - new[sex] for sex in gone}
        everybody = {sex: opening[sex] + new[sex] for sex in gone}
        head = {"insats": "laget", "typ": "arsrapport", "mall": "samverkansteam", "period": PERIOD}
        goal = {"mal_orsaker": ["arbete", "studier"], "mal_namnare": "utan_tidiga_avhopp"}
        before = {"flode": {"nya": self.sexes()}, "alder": [{"population": EVERYBODY, "alla": self.mean()}]}
        return {
            "rapport": {**head, "status": "slutlig", "kalla": "Prov"},
            "definitioner": {**goal, "tidigt_avhopp": "saknas"},
            "flode": {"ingang": opening, "nya": new, "utgang": closing},
            "avslut": {"population": "avslutade", "celler": exits, "varav": {"flytt": self.prime() // 10}},
            "fordelningar": self.distributions(sum(everybody.values())),
            "varaktighet": self.durations(),
            "alder": [{"population": EVERYBODY, **{sex: self.mean(n) for sex, n in everybody.items()}}],
            "uppgifter": {"deltagare.i_arbetstraning": self.prime(), OPEN: self.open},
            "enkater": [self.survey()],
            "fore_efter": [self.change()],
            "skattningar": [self.rating()],
            "omfattning": [{"kalla": "sus", "inskrivna": self.prime(), "avslutade": self.prime() // 2}],
            "foregaende": before,
            "ekonomi": self.money(),
            "uppgivet": [
                {"cell": "flode.nya", "varde": self.prime(), "avsnitt": 3, "del": "beskrivning"},
                {"cell": "avslut.studier", "varde": self.prime(), "avsnitt": 3, "del": "beskrivning"},
            ],
        }

    def next_year(self, report: dict[str, Any]) -> dict[str, Any]:
        """The year after, which begins as this one ended."""
        period = {"start": "2022-01-01", "slut": "2022-12-31", "typ": "kalenderar"}
        flow = {"ingang": report["flode"]["utgang"], "nya": self.sexes(), "utgang": self.sexes()}
        return {"rapport": {**report["rapport"], "period": period}, "flode": flow}

    def mean(self, n: int = 0) -> dict[str, Any]:
        """A mean with a prime behind it."""
        return {"medel": 37.5, "n": n or self.prime()}

    def distributions(self, total: int) -> list[dict[str, Any]]:
        """Who referred them, each once, and what they live on, several answers each."""
        parts = {"forsakringskassan": self.prime(), "region.primarvard": self.prime()}
        parts["region.psykiatri"] = total - sum(parts.values())
        several = {"fk.sjukpenning": self.prime(), "kommun.forsorjningsstod": self.prime()}
        asked = {"population": EVERYBODY, "matpunkt": "inskrivning", "n": total}
        return [
            {"matt": "aktualiserad_av", "population": EVERYBODY, "kodning": "enval", "celler": parts},
            {"matt": "forsorjning", **asked, "kodning": "flerval", "celler": several},
        ]

    def durations(self) -> list[dict[str, Any]]:
        """A mean time, and the times added up."""
        asked = {"population": "avslutade", "enhet": "manader"}
        added = {"summa": self.prime() * 12, "n": self.prime()}
        reasons = {"efter_orsak": {"arbete": self.mean()}}
        return [{"matt": "genomstromningstid", **asked, "alla": added, **reasons}]

    def survey(self) -> dict[str, Any]:
        """A question with its answers."""
        answers = {"ja": self.prime(), "nej": self.prime()}
        asked = {
            "id": "a",
            "text": "Är du nöjd?",
            "skala": "ja_nej",
            "n": sum(answers.values()),
            "svar": answers,
        }
        return {"id": "nojd", "population_n": self.prime() * 3, "period": PERIOD, "fragor": [asked]}

    def change(self) -> dict[str, Any]:
        """Support before and after."""
        rows = {"fk.sjukpenning": {"fore": self.prime(), "efter": self.prime()}}
        return {
            "matt": "forsorjning",
            "population": "avslutade",
            "kodning": "flerval",
            "n": self.prime() * 3,
            "celler": rows,
        }

    def rating(self) -> dict[str, Any]:
        """A self-rating, its sums and its changes."""
        changed = {"okat": self.prime(), "oforandrat": self.prime(), "minskat": self.prime()}
        n = sum(changed.values())
        rated = {"summa_fore": n * 3 + 1, "summa_efter": n * 4 + 1, **changed}
        asked = {"instrument": "livshjul", "population": "avslutade", "skala": "skattning_1_10", "n": n}
        return {**asked, "omraden": {"somn": rated}}

    def money(self) -> dict[str, Any]:
        """A budget that no policy opens."""
        rows = {row: {"budget": self.prime(), "utfall": self.prime()} for row in ("personal", "lokaler")}
        return {
            "period": PERIOD,
            "enhet": "kr",
            "askat": self.prime(),
            "tilldelat": self.prime(),
            "rader": rows,
        }


# --- What must not be found --------------------------------------------------------------------------


def hidden(root: Path, project: Project) -> set[int]:
    """Every number that the sources state and the policy hides, and what follows from pairs of them."""
    seen = examine(root)
    assert not seen.stopped
    edition = seen.edition
    publication = protect.protect(edition, seen.accepted, seen.reviews, checks.rules())
    assert [notes for report in publication.reports.values() if (notes := report.notes)]
    found = {abs(int(number)) for number in _stated(edition) if abs(number) >= 10 ** (SHORTEST - 1)}
    cells = protect.protected_cells(publication, edition)
    found |= {int(abs(n)) for own in cells.values() for n in _pairs(list(own.values()))}
    return {number for number in found if len(str(number)) >= SHORTEST} - {project.open}


def _stated(edition: Edition) -> Iterator[Decimal]:
    """Every number of the sources, computed ones too, and every number behind them."""
    for report in edition.reports.values():
        facts = [figure for figure in report.cells.values() if isinstance(figure, Fact)]
        for fact in (*facts, *(stated.fact for stated in report.stated)):
            yield from (number for number in (fact.value, fact.n) if isinstance(number, Decimal))
        yield from (distribution.n for distribution in report.distributions if distribution.n)
        yield from (survey.population for survey in report.surveys if survey.population)
    for change in (change for own in edition.corrections.values() for change in own):
        yield from (Decimal(change.old), Decimal(change.new))


def _pairs(facts: list[Fact]) -> Iterator[Decimal]:
    """Sums and differences of two figures of one family of measures."""
    for one, other in combinations(facts, 2):
        if _family(one) == _family(other) and one.kind is other.kind:
            yield from (one.value + other.value, one.value - other.value)


def _family(fact: Fact) -> str:
    return fact.cell.measure.partition(".")[0]


# --- Where it is looked for --------------------------------------------------------------------------


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file by name, and what is packed in it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield from unpacked(name, path.read_bytes())


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as it is, its name, and whatever it holds."""
    yield name, name.encode() + b"\n" + content
    if content[:2] == b"\x1f\x8b":
        yield from unpacked(f"{name}!", gzip.decompress(content))
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for inner in packed.namelist():
                yield from unpacked(f"{name}!{inner}", packed.read(inner))


def readings(content: bytes) -> Iterator[str]:
    """A text as it is and with its escapes taken away: entities, percent signs, JSON, base64."""
    text = content.decode("utf-8", errors="replace")
    yield text
    yield unquote_plus(html.unescape(ESCAPED.sub(_character, text)))
    for run in BASE64.findall(text):
        yield from _decoded(run)


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))


def _decoded(run: str) -> Iterator[str]:
    """What a run of letters says in base64, wherever in it the number begins."""
    plain = run.translate({ord("-"): "+", ord("_"): "/"})
    for start in range(4):
        piece = plain[start:]
        yield base64.b64decode(piece + "A" * (-len(piece) % 4)).decode("latin-1")


def written(content: bytes) -> Iterator[tuple[int, int]]:
    """Every long number of a file in digits, with the thousands it may stand for when it is in tkr."""
    for text in readings(content):
        yield from ((int(re.sub(r"\D", "", found)), 1) for found in NUMBER.findall(text))
        yield from ((int(re.sub(r"\D", "", found)), 1000) for found in THOUSANDS.findall(text))


def told(content: bytes, numbers: set[int], thousands: set[int]) -> set[int]:
    """The numbers that a file tells."""
    digits = {str(number) for number in numbers}
    found = set()
    for number, unit in written(content):
        text = str(number)
        if unit == 1000 and number in thousands:
            found.add(number)
        elif unit == 1:
            lengths = range(SHORTEST, min(len(text), 10) + 1)
            windows = {
                text[place : place + size] for size in lengths for place in range(len(text) - size + 1)
            }
            found |= {int(window) for window in windows & digits}
    return found


def rounded(numbers: set[int]) -> set[int]:
    """The numbers in thousands, however they are rounded."""
    return {number // 1000 + up for number in numbers for up in (0, 1)}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, project: Path) -> tuple[Project, Path, Path]:
    """The project with its site and its plain folder."""
    root = tmp_path_factory.mktemp("planterat")
    made = Project(root / "projekt")
    made.root.mkdir()
    made.write(project / "data")
    site, folder = root / "site", root / "mapp"
    command = [sys.executable, "-m", "build_tools", "bygg", "--rot", str(made.root)]
    outlets = ["--till", str(site), "--till-mapp", str(folder)]
    done = subprocess.run([*command, *outlets], capture_output=True, text=True, cwd=project, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return made, site, folder


def test_nothing_hidden_is_written_anywhere(planted: tuple[Project, Path, Path]) -> None:
    """No output byte tells a protected figure; a figure that a policy opens is found in the same way."""
    made, site, folder = planted
    numbers = hidden(made.root, made)
    thousands = rounded(numbers)
    assert len(numbers) > 300
    for outlet in (site, folder):
        leaks = {
            name: found for name, content in contents(outlet) if (found := told(content, numbers, thousands))
        }
        assert leaks == {}
        open_ones = [name for name, content in contents(outlet) if told(content, {made.open}, set())]
        assert [name for name in open_ones if name.startswith(("rapporter/", "docs/rapporter/"))]


FORMS = (
    "12345679", "12 345 679", "12\u00a0345\u00a0679", "12\u202f345\u202f679", "12\u2009345\u2009679",
    "12,345,679", "12.345.679", "12'345'679", "12’345’679", "12345679.0", "1.2345679e7", "1,2345679",
    "12&nbsp;345&nbsp;679", "12&#160;345&#160;679", "12&#xa0;345&#xA0;679", "12%20345%20679", "12+345+679",
    "12%C2%A0345%C2%A0679", "12\\u00a0345\\u00a0679", "12\\xa0345\\xa0679", "&#49;&#50;345679",
    "%31%32345679", "x12345679y", "2021 12 345 679 kr", "12 346 tkr", "12\u00a0345 tkr", "012345679",
    "MTIzNDU2Nzk=", base64.b64encode(b"a12345679").decode(), base64.b64encode(b"ab12345679b").decode(),
    base64.urlsafe_b64encode("n: 12 345 679 ÿÿÿ".encode()).decode(),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_number_is_found_however_it_is_written(form: str) -> None:
    """The search sees every written form, so that its silence means something."""
    number = {12_345_679}
    assert told(f"<p>före {form} efter</p>".encode(), number, rounded(number))


@pytest.mark.parametrize(
    "form", ["12 345 678", "12,34,56,79", "1234567", "12345 tkr".replace("5 ", "4 "), "MTIzNDU2Nzg="]
)
def test_other_numbers_are_left_alone(form: str) -> None:
    """A number that only looks alike is not found."""
    number = {12_345_679}
    assert not told(f"<p>före {form} efter</p>".encode(), number, rounded(number))


def test_packed_files_are_opened() -> None:
    """A number within a packed file within a packed file is found."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bild.svgz", gzip.compress(b"<text>12 345 679</text>"))
    found = [
        name
        for name, content in unpacked("allt.zip", packed.getvalue())
        if told(content, {12_345_679}, set())
    ]
    assert found == ["allt.zip!bild.svgz!"]
