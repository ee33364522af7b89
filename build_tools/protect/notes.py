"""Accepted findings as notes for the reader, told without the numbers that the findings quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from build_tools.model import Acceptance, Finding, Note, Report, Rule

SECTION = re.compile(r"#avsnitt-(\d+)")

Accepted = tuple[Finding, Acceptance]


def by_report(accepted: Iterable[Accepted]) -> dict[str, list[Accepted]]:
    """Accepted findings by the report they are about."""
    found: dict[str, list[Accepted]] = {}
    for pair in accepted:
        found.setdefault(report_of(pair[0].about), []).append(pair)
    return found


def notes(report: Report, accepted: Iterable[Accepted], rules: Mapping[str, Rule]) -> tuple[Note, ...]:
    """The accepted findings about a report."""
    return tuple(_note(report, finding, acceptance, rules) for finding, acceptance in accepted)


def general_notes(accepted: Iterable[Accepted], rules: Mapping[str, Rule]) -> tuple[Note, ...]:
    """The accepted findings about something that has no sections."""
    return tuple(_note(None, finding, acceptance, rules) for finding, acceptance in accepted)


def _note(report: Report | None, finding: Finding, acceptance: Acceptance, rules: Mapping[str, Rule]) -> Note:
    rule = rules.get(finding.code, Rule(finding.code, "Granskning", ""))
    return Note(
        code=finding.code,
        title=rule.title,
        meaning=rule.meaning,
        about=finding.about,
        reason=acceptance.reason,
        role=acceptance.role,
        section=_section(report, finding) if report else None,
    )


def report_of(place: str) -> str:
    """The report that a place is in."""
    return place.partition("#")[0]


def _section(report: Report, finding: Finding) -> int | None:
    """The section where it was said, when it was said in one."""
    named = SECTION.search(finding.about)
    if named:
        return int(named[1])
    return next((told.section for told in report.stated if told.fact.where == finding.where), None)


def about(report: Report, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of the preview that belong to a report: by their place, or by its files."""
    files = {report.where.file, report.prose.file if report.prose else report.where.file}
    return tuple(f for f in findings if report_of(f.about) == report.id or f.where.file in files)
