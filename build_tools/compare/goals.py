"""How many reached the goal, told alike for all beside each team's own way, from shown counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from build_tools import texts
from build_tools.compare.traits import COMMON_GOAL, WITHOUT_EARLY, Reading
from build_tools.model import Blank, Fact, GoalShares

OWN, OF_ALL = "mal.andel", "mal.andel_alla"
COMMON, COMMON_WITHOUT = "mal.harmoniserad_alla", "mal.harmoniserad_utan_avhopp"
EXITS, EARLY = "avslut", "tidigt_avhopp"
WORK_OR_STUDIES = ("arbete", "studier")
NEARLY = Decimal("1e-9")
BASES = {"alla_avslut": "av alla avslut", "utan_tidiga_avhopp": "av alla avslut utom tidiga avhopp"}


def goal_shares(reading: Reading) -> GoalShares:
    """A report's own share in the goal, and the two that are counted alike for all insatser.

    The common shares are counted anew from the exits that are shown, and told only if that gives what the
    publication has: with any part hidden there is none, and `refusal` says which part. A goal that is the
    common one is the exception: its own share, where that is shown, is the common share already.
    """
    report = reading.report
    common, why = _counted_anew(reading, COMMON, ())
    without, other = _counted_anew(reading, COMMON_WITHOUT, (EARLY,))
    listed = reading.catalogue.enumerations.get("avslutsorsak")
    known = listed.categories if listed else {}
    reasons = [known[one].label.lower() if one in known else one for one in report.goal.reasons]
    return GoalShares(
        report=report.id,
        own=report.cells.get(OWN),
        own_of_all=report.cells.get(OF_ALL),
        common=common,
        common_without_early=without,
        counted=f"{texts.listed(reasons)}, {BASES.get(report.goal.base, '')}".strip(", "),
        refusal=why or other,
    )


def _counted_anew(reading: Reading, cell: str, without: Sequence[str]) -> tuple[Fact | None, str]:
    """A common share, if the shown exits give it; otherwise why there is none."""
    report = reading.report
    hidden = [
        f"{EXITS}.{reason}"
        for reason in (*WORK_OR_STUDIES, *without)
        if isinstance(report.cells.get(f"{EXITS}.{reason}"), Blank)
    ]
    everybody, told = report.fact(EXITS), report.fact(cell)
    own = _own_way(reading, bool(without))
    if hidden and own:
        return own, ""
    if hidden:
        names = [_name(one, reading) for one in hidden]
        return None, f"Går inte att räkna: {texts.listed(names)} visas inte för {reading.shared['namn']}."
    if everybody is None or told is None:
        return None, f"Går inte att räkna: {reading.shared['namn']} redovisar inte avsluten efter orsak."
    base = everybody.value - _sum(reading, without)
    if base <= 0 or abs(100 * _sum(reading, WORK_OR_STUDIES) / base - told.value) > NEARLY:
        return None, f"Går inte att räkna: de visade avsluten för {reading.shared['namn']} räcker inte."
    return told, ""


def _own_way(reading: Reading, without_early: bool) -> Fact | None:
    """The insats's own share, where its goal is just the common one: it shows no more than it did."""
    goal = reading.report.goal
    if frozenset(goal.reasons) != COMMON_GOAL:
        return None
    if not without_early:
        return reading.report.fact(OF_ALL)
    return reading.report.fact(OWN) if goal.base == WITHOUT_EARLY else None


def _sum(reading: Reading, reasons: Sequence[str]) -> Decimal:
    found = (reading.report.fact(f"{EXITS}.{reason}") for reason in reasons)
    return sum((one.value for one in found if one), Decimal(0))


def _name(cell: str, reading: Reading) -> str:
    listed = reading.catalogue.enumerations.get("avslutsorsak")
    code = cell.removeprefix(f"{EXITS}.")
    return listed.categories[code].label.lower() if listed and code in listed.categories else code
