"""The text of a report to be: the template's headings, its questions, and last year's words as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from build_tools import texts
from build_tools.load.source import PROSE_LIMIT, read_text
from build_tools.model import Report, Section, Template, TemplateSection

QUESTIONS = "Frågor som avsnittet svarar på:"
ADVICE = """<!--
Skriv under rubrikerna, med vanlig text och vanliga siffror. Det som står mellan de här tecknen syns inte på
sajten: ta bort det när du är klar, eller låt det stå. Ändra inte rubrikerna.
-->"""


def written(template: Template, title: str, before: Report | None, root: Path) -> str:
    """The text of the new Markdown file."""
    told = _words(before, root) if before else {}
    year = texts.period(before.period) if before else ""
    pieces = [f"# {title}", ADVICE]
    for section in template.sections:
        pieces += _section(section, told, year)
    return "\n\n".join(pieces) + "\n"


def _section(section: TemplateSection, told: Mapping[tuple[int, str], str], year: str) -> Iterator[str]:
    number = f"{section.number}. " if section.number else ""
    yield f"## {number}{section.title}"
    if section.questions:
        yield comment("\n".join((QUESTIONS, *(f"- {question}" for question in section.questions))))
    if own := told.get((section.number, "")):
        yield _before(own, year)
    for part in section.parts:
        yield f"### {part.title}"
        if text := told.get((section.number, part.id)):
            yield _before(text, year)


def _before(text: str, year: str) -> str:
    return comment(f"Så stod det i rapporten för {year}:\n\n{text}")


def comment(text: str) -> str:
    """A comment that holds a text; two hyphens in it would end it too early."""
    safe = text.replace("<!--", "").replace("-->", "").replace("--", "–")
    return f"<!--\n{safe.strip()}\n-->"


def _words(before: Report, root: Path) -> Mapping[tuple[int, str], str]:
    """Last year's text by section and part, as it was written."""
    if before.prose is None:
        return {}
    text, _faults = read_text(root, before.prose.file, PROSE_LIMIT)
    rows = (text or "").splitlines()
    places = [place for section in before.prose.sections for place in _places(section)]
    ends = [line - 1 for line, _key in places[1:]] + [len(rows)]
    told = {key: "\n".join(rows[line:end]).strip() for (line, key), end in zip(places, ends, strict=False)}
    return {key: own for key, own in told.items() if own}


def _places(section: Section) -> Iterator[tuple[int, tuple[int, str]]]:
    """The lines of a section's headings, with what stands under each."""
    yield section.where.line, (section.number, "")
    yield from ((part.where.line, (section.number, part.id)) for part in section.parts if part.id)
