"""The golden list: what stands wrong in four real reports, and what `granska` must say of it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools import checks, derive, load
from build_tools.build import rules
from build_tools.model import Finding, Level, Review

HERE = Path(__file__).parent
DEFINITIONS = HERE.parent / "data"
NAMES = ("nyckeltal.yml", "kategorier.yml", "mallar.yml", "skalor.yml", "policy.yml")
LISTED: list[dict[str, Any]] = yaml.safe_load((HERE / "golden" / "lista.yml").read_text("utf-8"))
GROUPS = {"data", "text", "omojlig"}
DEMANDS = {"stoppa", "varna", "tyst", "ej_provas"}
IDENTITY = """
rapport:
  insats: prov
  typ: arsrapport
  mall: samverkansteam
  period: {start: 2024-01-01, slut: 2024-12-31, typ: kalenderar}
  status: slutlig
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What the checks say of one case."""

    findings: tuple[Finding, ...]
    reviews: tuple[Review, ...]

    def levels(self, codes: list[str]) -> set[Level]:
        """The levels of the findings with any of the codes."""
        return {finding.level for finding in self.findings if finding.code in codes}

    def tried(self, codes: list[str]) -> bool:
        """Whether any of the rules met something to try."""
        return any(review.held + review.failed for review in self.reviews if review.code in codes)


@cache
def said(figures: str) -> Said:
    """What `granska` says of a report with these figures, in a project with the demo's definitions."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = {
            "data/forbund.yml": "[{id: f, namn: Förbundet, lan: Län, kommuner: [Orten], policy: standard}]",
            "data/insatser/prov.yml": "{namn: Prov, typ: team, forbund: f, start: 2018-01, slut: pagaende}",
            "data/rapporter/prov/2024.yml": figures + IDENTITY,
            "content/rapporter/prov/2024.md": "# Prov\n",
            "content/index.md": "# Start\n",
        }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        for name in NAMES:
            shutil.copy(DEFINITIONS / name, root / "data" / name)
        edition, faults = load.load(root)
        spoken, reviews = checks.review(derive.derive(edition))
        return Said((*faults, *spoken), reviews)


def wrong_shape(found: Said) -> list[str]:
    """What keeps a case from being read: it must be written as the format asks."""
    return [
        finding.message
        for finding in found.findings
        if finding.code.startswith("F") and finding.level is Level.ERROR
    ]


def case(row: dict[str, Any]) -> Any:
    """A row as a test, marked as failing while its rule is yet to come."""
    marks = [pytest.mark.xfail(strict=True, reason="regeln finns inte än")] if row.get("vantar") else []
    return pytest.param(row, id=row["id"], marks=marks)


TRIED = [row for row in LISTED if row["grupp"] == "data"]


@pytest.mark.parametrize("row", [case(row) for row in TRIED])
def test_granska_says_what_the_list_demands(row: dict[str, Any]) -> None:
    """What must stop stops, what must warn warns, and what only looks wrong is met with silence."""
    found = said(row["fall"])
    levels = found.levels(row["kod"])
    match row["krav"]:
        case "stoppa":
            assert Level.ERROR in levels
        case "varna":
            assert levels == {Level.WARNING}
        case "tyst":
            assert levels == set()
            assert found.tried(row["kod"]) or not row.get("provad")
        case "ej_provas":
            assert levels == set()
            assert not found.tried(row["kod"])


@pytest.mark.parametrize("row", TRIED, ids=lambda row: row["id"])
def test_every_case_is_written_as_the_format_asks(row: dict[str, Any]) -> None:
    """A case is a report that somebody could have written: only its figures are wrong."""
    assert wrong_shape(said(row["fall"])) == []


def test_every_id_has_a_group_a_demand_and_its_grounds() -> None:
    """Each id is tried, waits for the step that reads prose, or cannot be written at all and says why."""
    assert len({row["id"] for row in LISTED}) == len(LISTED)
    for row in LISTED:
        assert row["grupp"] in GROUPS, row["id"]
        assert row["krav"] in DEMANDS, row["id"]
        assert row["vad"], row["id"]
        assert ("fall" in row) == (row["grupp"] == "data"), row["id"]
        assert ("skal" in row) == (row["grupp"] != "data"), row["id"]
        assert row.get("kod") or row["grupp"] == "omojlig", row["id"]


def test_what_waits_has_no_rule_yet() -> None:
    """A row waits only for a code that does not exist, so none is forgotten when the code comes."""
    waiting = {code for row in LISTED if row.get("vantar") for code in row["kod"]}
    assert waiting & set(rules()) == set()


def test_the_list_holds_the_ids_of_the_rule_catalogue() -> None:
    """Every id that the catalogue of rules suggests is there, ranges by their first."""
    stop = (
        "SAT-C002 SAT-C003 SAT-C036 AVE-C001 AVE-C003 AVE-C039 AVE-C085 AVE-C109 OCK-C034 OCK-C051 MIT-C058"
    )
    warn = "AVE-C084 SAT-C040 SAT-C047 SAT-C062 SAT-C063 AVE-C057 AVE-C079 MIT-C046 OCK-C026 OCK-C050"
    silent = (
        "OCK-C018 OCK-C023 AVE-C035 AVE-C036 AVE-C037 AVE-C069 AVE-C101 SAT-C076 SAT-C073 AVE-C020 SAT-C046"
    )
    untried = "AVE-C056 OCK-C039"
    wanted = {"stoppa": stop, "varna": warn, "tyst": silent, "ej_provas": untried}
    for demand, ids in wanted.items():
        assert set(ids.split()) <= {row["id"] for row in LISTED if row["krav"] == demand}
