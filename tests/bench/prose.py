"""Prose as long as people write it, with the report's own numbers, tables and charts in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SUBJECTS = (
    "Teamet", "Deltagarna", "Parterna", "Coacherna", "Gruppen", "Handläggarna", "Styrgruppen",
    "Arbetsgivarna", "Vården", "Socialtjänsten", "Försäkringskassan", "Arbetsförmedlingen",
)  # fmt: skip
VERBS = (
    "har utvecklat", "beskriver", "efterfrågar", "har prövat", "planerar för", "värdesätter",
    "behöver mer av", "har fortsatt med", "samlas kring", "följer upp",
)  # fmt: skip
OBJECTS = (
    "samverkan kring försörjningsstöd och rehabilitering",
    "arbetsträning hos lokala arbetsgivare",
    "den gemensamma kartläggningen",
    "lösningsfokuserade samtal i grupp",
    "rutiner för remisser och återkoppling",
    "stegvisa planer mot arbete eller studier",
    "friskvård och vardagsrutiner",
    "täta uppföljningar med handläggare",
    "kontakten med primärvården",
    "handledning och kollegial reflektion",
)
TAILS = (
    "under hela perioden", "trots tidvis hög belastning", "i nära dialog med varandra",
    "med stöd från ledningen", "på sätt som märks i vardagen", "efter sommaren",
    "när behoven har skiftat", "utan att tappa tempot",
)  # fmt: skip
PLACED = {"diagram:flode": "Flödet under perioden", "diagram:ekonomi": "Budget och utfall",
          "tabell:uppsatta_mal": "Målen"}  # fmt: skip
"""What is placed in the text itself, where the template shows it."""
DIRECT = 4
"""Paragraphs of a section without parts."""

Numbers = Sequence[tuple[str, int]]


def prose(title: str, template: Mapping[str, Any], numbers: Numbers, chance: random.Random) -> str:
    """The whole text of a report."""
    return "\n\n".join([f"# {title}", *_sections(template["avsnitt"], numbers, chance)]) + "\n"


def begun(title: str, template: Mapping[str, Any], chance: random.Random) -> str:
    """The text of a draft: some sections written, some empty, most not there yet."""
    first, *empty = [section for section in template["avsnitt"] if section["nr"]][:3]
    asked = "<!-- Frågor att svara på:\n- Vad har ändrats sedan förra året?\n-->"
    headings = [text for text in _sections(empty, (), chance) if text.startswith("#")]
    return "\n\n".join([f"# {title}", *_sections([first], (), chance), asked, *headings]) + "\n"


def _sections(
    sections: Sequence[Mapping[str, Any]], numbers: Numbers, chance: random.Random
) -> Iterator[str]:
    for section in sections:
        yield f"## {section['nr']}. {section['rubrik']}" if section["nr"] else f"## {section['rubrik']}"
        parts = section["delar"]
        for part in parts:
            yield f"### {part['rubrik']}"
            yield from (_paragraph(numbers, chance) for _ in range(2))
        if not parts:
            yield from (_paragraph(numbers, chance) for _ in range(DIRECT))
        shown = [name for name in section["visar"] if name in PLACED]
        yield from (f"![{PLACED[name]}]({name})" for name in shown)


def _paragraph(numbers: Numbers, chance: random.Random) -> str:
    """Two or three sentences, one in three paragraphs with a number of the report."""
    told = [_sentence(chance) for _ in range(chance.choice((2, 2, 3)))]
    if numbers and chance.random() < 1 / 3:
        what, number = chance.choice(numbers)
        told.insert(1, f"Under perioden var {what} {number}.")
    return " ".join(told)


def _sentence(chance: random.Random) -> str:
    return (
        f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(TAILS)}."
    )
