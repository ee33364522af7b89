"""Where two reports cannot be compared: a measure has been counted in another way since."""

from __future__ import annotations

from build_tools import texts
from build_tools.model import Measure, Publication, PublishedReport

OWN_GOALS = ("mal.antal", "mal.andel", "mal.andel_alla")
"""The measures that rest on what the insats itself counts as reaching the goal."""
BASES = {
    "alla_avslut": "av alla avslutade",
    "utan_tidiga_avhopp": "av alla avslutade utom tidiga avhopp",
}


def broken(
    measure: Measure, before: PublishedReport, after: PublishedReport, publication: Publication
) -> str:
    """The new way of counting in a sentence, or nothing where both reports count alike."""
    old, new = (measure.definition_at(report.period.start) for report in (before, after))
    if old and new and old.version != new.version:
        return f"Ny definition från {texts.day(new.since)}: {new.text}"
    goals = [(report.goal.reasons, report.goal.base) for report in (before, after)]
    if measure.id in OWN_GOALS and goals[0] != goals[1]:
        return _new_goal(after, publication)
    return ""


def _new_goal(report: PublishedReport, publication: Publication) -> str:
    listed = publication.catalogue.enumerations.get("avslutsorsak")
    known = listed.categories if listed else {}
    reasons = [known[one].label.lower() if one in known else one for one in report.goal.reasons]
    base = BASES.get(report.goal.base, "")
    told = f"räknar insatsen {texts.listed(reasons)} som att nå målet, {base}".rstrip(", ")
    return f"Från {texts.day(report.period.start)} {told}."
