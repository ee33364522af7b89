"""Seeded reports in the demo's mix: of ten, eight are a team's years and two are projects of their own."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.bench import project, prose, team

BLOCK = 10
"""Reports of a team and its two projects; three such blocks share a förbund."""
SHARED = 3
FIRST_YEAR, YEARS = 2009, 8
TRIED = 3
"""Years that a team has worked before its first report: nobody has been there longer than it has."""
CORRECTED, NOTED = 3, 5
"""The years of a team whose report is corrected after publication, and contradicts itself."""
DEFINITIONS = ("nyckeltal.yml", "kategorier.yml", "mallar.yml", "skalor.yml", "policy.yml", "ordlista.yml")
COUNTS = {"nya kvinnor": ("nya", "kvinna"), "nya män": ("nya", "man"), "kvinnor kvar": ("utgang", "kvinna")}

Figures = dict[str, Any]


# The quick writer of YAML where there is one: writing the reports should not take longer than building them.
class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes no anchors: nobody who types a report does."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write every value out."""
        return True


def write_project(root: Path, count: int, definitions: Path, seed: int = 1) -> None:
    """Write a project with `count` reports; catalogue, lists and policy are copied from `definitions`."""
    (root / "data").mkdir(parents=True)
    for name in DEFINITIONS:
        shutil.copy(definitions / name, root / "data" / name)
    templates = yaml.safe_load((definitions / "mallar.yml").read_text(encoding="utf-8"))
    writer = _Writer(root, templates, seed)
    writer.put("content/index.md", "# Rapporter\n\nSamverkansteamens rapporter.\n")
    for block in range(-(-count // BLOCK)):
        writer.block(block, min(BLOCK, count - block * BLOCK))
    writer.put("data/forbund.yml", _associations(-(-count // (BLOCK * SHARED))))
    writer.put("data/godtagna.yml", writer.accepted)
    writer.put("data/rattelser.yml", writer.corrected)


def _associations(count: int) -> list[Figures]:
    common = {"lan": "Påhittat län", "pahittat": True, "policy": "standard"}
    return [
        {"id": f"forbund-{n:03d}", "namn": f"Förbund {n:03d}", "kommuner": [f"Kommun {n:03d}"], **common}
        for n in range(count)
    ]


@dataclass(slots=True)
class _Writer:
    """Writes the files of a project, block by block."""

    root: Path
    templates: Mapping[str, Any]
    seed: int
    accepted: list[Figures] = field(default_factory=list)
    corrected: list[Figures] = field(default_factory=list)
    closings: dict[str, Mapping[str, int]] = field(default_factory=dict)
    """How many each team had when its last year ended."""

    def put(self, name: str, content: Any) -> None:
        """Write a file, as text or as YAML."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(content, str):
            content = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        path.write_text(content, encoding="utf-8")

    def block(self, number: int, count: int) -> None:
        """A team's years and then its projects, as many as are asked for."""
        chance = random.Random(f"{self.seed}-{number}")  # noqa: S311 - figures for a bench, not secrets
        self._team(number, min(count, YEARS), chance)
        for place in range(count - YEARS):
            self._project(number, ("kursprojekt", "utvarderat_projekt")[place], chance)

    def _team(self, number: int, years: int, chance: random.Random) -> None:
        """Eight years; the third team of a förbund came of the other two and has a draft for its last."""
        slug, merged = f"team-{number:04d}", number % SHARED == SHARED - 1
        first = FIRST_YEAR + YEARS if merged else FIRST_YEAR
        before = [f"team-{number - step:04d}" for step in (2, 1)] if merged else []
        began = first if merged else first - TRIED
        self._intervention(slug, f"Samverkansteam {number:04d}", number, f"{began}-01", before)
        opening = {"kvinna": chance.randint(30, 40), "man": chance.randint(24, 34)}
        if merged:
            opening = {sex: sum(self.closings[one][sex] for one in before) for sex in opening}
        last: Figures | None = None
        for place in range(years):
            year = team.a_year(first + place, opening, chance)
            if merged and place == YEARS - 1:
                self._draft(slug, year, chance)
            else:
                last = team.team(slug, year, last, chance)
                self._after_publication(f"{slug}/{year.number}", place, last)
                self._report(slug, f"{year.number}", last, "samverkansteam", chance)
            opening = year.closing
        self.closings[slug] = opening

    def _draft(self, slug: str, year: team.Year, chance: random.Random) -> None:
        text = prose.begun(f"{slug} {year.number}", self.templates["samverkansteam"], chance)
        self.put(f"data/rapporter/{slug}/{year.number}.yml", team.draft(slug, year, chance))
        self.put(f"content/rapporter/{slug}/{year.number}.md", text)

    def _after_publication(self, report: str, place: int, figures: Figures) -> None:
        """A correction, or a contradiction in the source that is known and explained."""
        if place == CORRECTED:
            now = figures["uppgifter"]["grupp.traffar"]
            row = {"cell": f"{report}#grupp.traffar", "gammalt": str(now + 2), "nytt": str(now)}
            self.corrected.append({**row, "datum": figures["rapport"]["publicerad"], "orsak": "Räknefel."})
        if place == NOTED:
            told = figures["uppgivet"][0]
            told["varde"] += 1
            row = {"kod": "R07a", "plats": f"{report}#{told['cell']}", "roll": "redaktör"}
            reason = "Källan skriver olika på två ställen. Vi visar tabellens tal."
            self.accepted.append({**row, "skal": reason, "galler_till": "tills_vidare"})

    def _project(self, number: int, kind: str, chance: random.Random) -> None:
        year = FIRST_YEAR + 3 + number % 12
        slug = f"{kind.partition('_')[0]}-{number:04d}"
        make = project.course if kind == "kursprojekt" else project.evaluated
        self._intervention(slug, f"Projekt {slug}", number, f"{year - 2}-01", [], "projekt", f"{year}-06")
        self._report(slug, f"{year - 2}-{year}", make(slug, year, chance), kind, chance)

    def _intervention(
        self, slug: str, name: str, block: int, start: str, before: list[str], kind: str = "team",
        end: str = "pagaende",
    ) -> None:  # fmt: skip
        about = {"namn": name, "typ": kind, "forbund": f"forbund-{block // SHARED:03d}", "start": start}
        owners = ["forsakringskassan", "arbetsformedlingen"]
        rest = {"agare": owners, "foregangare": before, "kort": "Stöd på vägen till arbete och studier."}
        self.put(f"data/insatser/{slug}.yml", {**about, "slut": end, **rest})

    def _report(self, slug: str, stem: str, figures: Figures, template: str, chance: random.Random) -> None:
        flow = figures.get("flode", {})
        numbers = [(what, flow[row][sex]) for what, (row, sex) in COUNTS.items() if row in flow]
        text = prose.prose(f"{slug} {stem}", self.templates[template], numbers, chance)
        self.put(f"data/rapporter/{slug}/{stem}.yml", figures)
        self.put(f"content/rapporter/{slug}/{stem}.md", text)
