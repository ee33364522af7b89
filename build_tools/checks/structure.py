"""Structure: the sections and parts that a report's template asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.model import Edition, Level, Report, Section, TemplatePart, TemplateSection, Verdict, Where
from build_tools.stages import check

BEGINNINGS = {
    "overgangar": "overgang",
    "genomstromning": "genomstromningstid",
    "kon": "flode.",
    "varaktighet": "genomstromningstid",
}
"""How the measures of a table or chart begin, where its name does not tell."""
OTHERS = "tabell:uppgifter"
"""Whatever has no table of its own, so that a section may well have none."""


def _sections(report: Report, edition: Edition) -> Iterator[tuple[TemplateSection, Section | None]]:
    """What the template asks for, with what the writer has written; nothing for a report without text."""
    template = edition.catalogue.templates.get(report.template)
    if template and report.prose:
        written = {section.number: section for section in report.prose.sections}
        yield from ((asked, written.get(asked.number)) for asked in template.sections)


def _title(asked: TemplateSection) -> str:
    return f"{asked.number}. {asked.title}"


@check("R28a", "Rapporten har mallens avsnitt", level=Level.WARNING)
def sections_are_there(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Varje avsnitt som mallen kräver ska finnas i texten."""
    yield from _asked_sections(report, edition) if not report.is_draft else ()


def _asked_sections(report: Report, edition: Edition) -> Iterator[Verdict]:
    for asked, section in _sections(report, edition):
        if asked.required:
            where = (
                section.where if section else Where(report.prose.file if report.prose else report.where.file)
            )
            yield Verdict(
                section is not None,
                f"avsnitt-{asked.number}",
                (),
                where,
                _no_section(asked, _or(report, "det")),
            )


def _or(report: Report, what: str = "den") -> str:
    """What else a writer may do when the report is finished."""
    finished = not report.is_draft
    return f" Finns {what} inte i källan, förklara det i data/godtagna.yml." if finished else ""


def _no_section(asked: TemplateSection, otherwise: str) -> Callable[[], str]:
    return lambda: (
        f"Avsnittet ”{_title(asked)}” saknas. Skriv rubriken ”## {_title(asked)}” med text under.{otherwise}"
    )


@check("R28b", "Avsnitten har mallens delar", level=Level.WARNING)
def parts_are_there(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Varje del som mallen kräver, till exempel Analys, ska finnas i avsnittet och ha text."""
    yield from _asked_parts(report, edition) if not report.is_draft else ()


@check("R28d", "Utkastet är färdigskrivet", level=Level.NOTICE)
def draft_is_written(report: Report, edition: Edition) -> Iterator[Verdict]:
    """I ett utkast får avsnitt och delar vara tomma. Listan visar vad som är kvar att skriva."""
    if report.is_draft:
        yield from _asked_sections(report, edition)
        yield from _asked_parts(report, edition)


def _asked_parts(report: Report, edition: Edition) -> Iterator[Verdict]:
    for asked, section in _sections(report, edition):
        if section and asked.required and not asked.parts:
            told = any(part.paragraphs or part.body for part in section.parts)
            yield Verdict(told, f"avsnitt-{asked.number}", (), section.where, _no_text(asked, _or(report)))
        for part in asked.parts if section else ():
            if section and part.required and part.id not in section.misspelled:
                found = next((one for one in section.parts if one.id == part.id), None)
                about = f"avsnitt-{asked.number}.{part.id}"
                where = found.where if found else section.where
                holds = found is not None and bool(found.paragraphs or found.body)
                yield Verdict(holds, about, (), where, _no_part(asked, part, found is not None, _or(report)))


def _no_text(asked: TemplateSection, otherwise: str) -> Callable[[], str]:
    return lambda: f"Avsnittet ”{_title(asked)}” har ingen text. Skriv text under rubriken.{otherwise}"


def _no_part(asked: TemplateSection, part: TemplatePart, empty: bool, otherwise: str) -> Callable[[], str]:
    fault = f"Rubriken ”{part.title}” har ingen text" if empty else f"Delen ”{part.title}” saknas"
    remedy = "Skriv text under den." if empty else f"Skriv rubriken ”### {part.title}” med text under."
    return lambda: f"{fault} i avsnittet ”{_title(asked)}”. {remedy}{otherwise}"


@check("R28c", "Avsnitten har siffror att visa", level=Level.NOTICE)
def sections_have_figures(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett avsnitt där mallen visar tabeller eller diagram bör ha siffror när rapporten är färdig."""
    yield from _shown(report, edition) if not report.is_draft else ()


def _shown(report: Report, edition: Edition) -> Iterator[Verdict]:
    measures = edition.catalogue.measures
    template = edition.catalogue.templates.get(report.template)
    known = {one.cell.measure for one in report.cells.values()} & measures.keys()
    told = {template.home(measures[measure]) for measure in known} if template else set()
    for asked, section in _sections(report, edition):
        if section and set(asked.shows) - {OTHERS}:
            holds = asked.number in told or any(_has(name, report) for name in asked.shows)
            yield Verdict(holds, f"avsnitt-{asked.number}", (), section.where, _no_figures(asked))


def _has(shown: str, report: Report) -> bool:
    """Whether a report has anything for a table or chart without a measure of its own section."""
    name = shown.partition(":")[2]
    match name:
        case "samverkan":
            return bool(report.parties)
        case "uppsatta_mal":
            return bool(report.goals)
        case "re_aim":
            return bool(report.implementation)
        case "fore_efter":
            return any(found.point == "fore" for found in report.distributions)
        case _:
            start = BEGINNINGS.get(name, name)
            return any(found.cell.measure.startswith(start) for found in report.cells.values())


def _no_figures(asked: TemplateSection) -> Callable[[], str]:
    return lambda: (
        f"Avsnittet ”{_title(asked)}” har inga siffror, så tabeller och diagram visas inte. Fyll i dem i "
        "rapportens fil i data/, eller låt det vara om källan saknar dem."
    )
