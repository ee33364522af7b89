"""Findings that are known and explained become notes; an acceptance that does nothing is itself a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from build_tools import texts
from build_tools.model import Acceptance, Edition, Finding, Level, Rule, Where

EXPIRED = Rule(
    "F50",
    "En godtagen anmärkning har gått ut",
    "Ett godtagande gäller till den dag som står, räknat från de nyaste uppgifterna.",
)
UNUSED = Rule(
    "F51",
    "En godtagen anmärkning gäller ingenting",
    "Ett godtagande ska motsvara en anmärkning som kontrollerna ger.",
)

Accepted = tuple[Finding, Acceptance]


def accept(findings: Sequence[Finding], edition: Edition) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """Part the findings that are still open from those that are accepted."""
    now = edition.newest
    valid = {(one.code, one.place): one for one in edition.acceptances if not _expired(one, now)}
    pairs = tuple((finding, valid[_key(finding)]) for finding in findings if _key(finding) in valid)
    still_open = tuple(finding for finding in findings if _key(finding) not in valid)
    used = {one.where for _finding, one in pairs}
    return (*still_open, *_about_acceptances(edition, now, used, findings)), pairs


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.about


def _expired(acceptance: Acceptance, now: date | None) -> bool:
    return acceptance.until is not None and now is not None and acceptance.until < now


def _about_acceptances(
    edition: Edition, now: date | None, used: set[Where], findings: Sequence[Finding]
) -> Iterator[Finding]:
    known = {_key(finding) for finding in findings}
    starts = sorted(one.where for one in edition.acceptances)
    for one in edition.acceptances:
        following = next((where for where in starts if where > one.where), None)
        if _expired(one, now) and (one.code, one.place) in known:
            yield Finding(EXPIRED.code, Level.WARNING, _expired_message(one), one.where, one.place)
        elif one.where not in used and not _has_fault(one.where, following, findings):
            yield Finding(UNUSED.code, Level.WARNING, _unused_message(one, findings), one.where, one.place)


def _has_fault(start: Where, following: Where | None, findings: Sequence[Finding]) -> bool:
    """Whether the acceptance itself is wrongly written: then that is said, and enough."""
    after = following.line if following else None
    return any(
        finding.where.file == start.file
        and start.line <= finding.where.line
        and (after is None or finding.where.line < after)
        for finding in findings
    )


def _expired_message(acceptance: Acceptance) -> str:
    last = texts.day(acceptance.until) if acceptance.until else ""
    return (
        f"Godtagandet av {acceptance.code} för {acceptance.place} gällde till och med {last} och räknas inte "
        "längre. Rätta det som anmärkningen gäller, eller skriv ett nytt datum i galler_till."
    )


def _unused_message(acceptance: Acceptance, findings: Sequence[Finding]) -> str:
    text = f"Ingen anmärkning {acceptance.code} finns för {acceptance.place}, så godtagandet gör ingenting."
    others = sorted({found.code for found in findings if found.about == acceptance.place})
    if others:
        return f"{text} Där finns däremot {texts.listed(others)}. Rätta kod, eller ta bort raden."
    near = texts.suggestion(acceptance.place, {one.about for one in findings if one.code == acceptance.code})
    return f"{text}{near} Rätta plats, eller ta bort raden."
