"""Persons in the prose: nobody is told of alone, and no illness is told of beside a role in the staff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from build_tools.model import Edition, Level, Paragraph, Report, Verdict
from build_tools.stages import check

SOMEBODY = r"(?:deltagare|kvinna|man|person|kille|tjej|pappa|mamma)"
THAT_ONE = rf"(?:{SOMEBODY}|kvinnan|mannen|deltagaren|personen)"
HAPPENED = r"(?:berättade|berättar|hade|fick|började|kom|blev|slutade|sade|säger|skrev|flyttade|insjuknade)"
STORY = re.compile(
    rf"\b(?:en|ett)\s+(?:(?!del\b)\w+\s+)?{SOMEBODY}\s+(?:som\s+)?{HAPPENED}\b"
    rf"|\b(?:en|den|ett)\s+(?:\w+\s+)?{THAT_ONE}\s+i\s+\d0-årsåldern\b"
    rf"|\b(?:en|den)\s+\d\d-årig[ea]?\s+{THAT_ONE}\b"
    r"|\b(?:en|den)\s+\d\d-åring(?:en)?\b",
    re.IGNORECASE,
)
STAFF = (
    r"(?:(?:coach|verksamhetsledare|teamledare|medarbetare|handläggare|arbetsförmedlare|rehabsamordnare|"
    r"rehabiliteringssamordnare|projektledare)(?:e?ns?)?|kollegan?s?|personalens?)"
)
IS = r"(?:är|var|blev|blivit|varit|har|hade)"
ILL = r"(?:sjukskriven|sjukledig|långtidssjuk|utbränd|utmattad)"
ILLNESS = (
    rf"\b{STAFF}\s+(?:\w+\s+){{0,2}}{IS}\s+(?:\w+\s+){{0,2}}{ILL}\b"
    rf"|\b{ILL}\s+{STAFF}\b"
    rf"|\b{STAFF}\s+(?:\w+\s+)?(?:sjukfrånvaro|sjukskrivning|sjukdom|utmattning)\w*"
    rf"|\b(?:{STAFF}|tjänsten|vakant|obesatt)\b[^.!?:;]{{0,40}}?\bpå grund av (?:\w+ )?sjuk\w+"
)
"""What is told of somebody in the staff; that participants are ill is what the teams are for."""
STAFF_ILLNESS = re.compile(ILLNESS, re.IGNORECASE)


def _told(report: Report) -> Iterator[tuple[str, Paragraph]]:
    """Each paragraph with its lasting place."""
    for section in report.prose.sections if report.prose else ():
        for part in section.parts:
            about = f"avsnitt-{section.number}.{part.id}" if part.id else f"avsnitt-{section.number}"
            yield from ((about, paragraph) for paragraph in part.paragraphs)


def _verdicts(report: Report, pattern: re.Pattern[str], why: str) -> Iterator[Verdict]:
    for about, paragraph in _told(report):
        found = pattern.search(paragraph.text)
        yield Verdict(found is None, about, (), paragraph.where, _message(found[0] if found else "", why))


def _message(words: str, why: str) -> Callable[[], str]:
    return lambda: f"”{' '.join(words.split())}”: {why}"


@check("R29b", "Texten berättar inte om en enda deltagare", level=Level.WARNING)
def nobody_is_told_of_alone(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Texten ska inte berätta om en enda deltagare, med ålder eller med vad som hände. I en liten kommun går
    den personen att känna igen.
    """
    why = "texten berättar om en enda person, som kan gå att känna igen. Skriv om flera, eller stryk det."
    yield from _verdicts(report, STORY, why)


@check("R29c", "Texten berättar inte om medarbetares hälsa", level=Level.WARNING)
def no_illness_of_staff(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Sjukdom och sjukskrivning ska inte stå intill en roll i teamet. En roll har ofta bara en person."""
    why = (
        "här står sjukdom intill en roll i teamet, och rollen har ofta bara en person. Skriv att tjänsten "
        "var obesatt, utan skäl."
    )
    yield from _verdicts(report, STAFF_ILLNESS, why)
