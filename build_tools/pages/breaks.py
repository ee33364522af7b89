"""Where two reports cannot be compared: a measure has been counted in another way since."""

from __future__ import annotations

from build_tools import texts
from build_tools.model import Measure, Publication, PublishedReport

BASES = {
    "alla_avslut": "av alla avslutade",
    "utan_tidiga_avhopp": "av alla avslutade utom tidiga avhopp",
}


def broken(
    measure: Measure, before: PublishedReport, after: PublishedReport, publication: Publication
) -> str:
    """The new way of counting in a sentence, or nothing where both reports count alike."""
    if before.counts_as(after, measure):
        return ""
    new = measure.changed_between(before.period.start, after.period.start)
    return f"Ny definition från {texts.day(new.since)}: {new.text}" if new else _new_goal(after, publication)


def _new_goal(report: PublishedReport, publication: Publication) -> str:
    listed = publication.catalogue.enumerations.get("avslutsorsak")
    known = listed.categories if listed else {}
    reasons = [known[one].label.lower() if one in known else one for one in report.goal.reasons]
    base = BASES.get(report.goal.base, "")
    told = f"räknar insatsen {texts.listed(reasons)} som att nå målet, {base}".rstrip(", ")
    return f"Från {texts.day(report.period.start)} {told}."
