"""Accepted findings as notes for the reader, told without any figure that is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_tools.model import Acceptance, Blank, Edition, Fact, Finding, Note, Publication, Report, Rule

SECTION = re.compile(r"#avsnitt-(\d+)")
PLACE_IN_SOURCE = re.compile(r"\b(?:avsnitt|sida|sidan|tabell|diagram|figur|kapitel)\s+\d+", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[,.]\d+)?")
SPELLED = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
WORDS = {word: str(number) for number, word in enumerate(SPELLED)}


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


def telling_reasons(publication: Publication, edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Reasons that state a protected figure of the same measure: report, place and the number.

    The words are the author's; this only looks for the numbers in them.
    """
    for report in publication.reports.values():
        for note in report.notes:
            hidden = set(_hidden_beside(note, report.cells, edition.reports[report.id]))
            for number in sorted(hidden & set(_numbers(note.reason))):
                yield report.id, note.about, number


def _hidden_beside(note: Note, cells: Mapping[str, Fact | Blank], source: Report) -> Iterator[str]:
    about = source.cells.get(note.about.partition("#")[2])
    for key, figure in source.cells.items():
        same = about is not None and figure.cell.measure == about.cell.measure
        if same and isinstance(figure, Fact) and not isinstance(cells.get(key), Fact):
            yield f"{figure.value.normalize():f}"


def _numbers(text: str) -> Iterator[str]:
    plain = PLACE_IN_SOURCE.sub("", text)
    yield from (number.replace(",", ".") for number in NUMBER.findall(plain))
    yield from (WORDS[word] for word in re.findall(r"\w+", plain.lower()) if word in WORDS)
