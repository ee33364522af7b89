"""The page of every rule: what each code stands for, in words."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.model import File, Publication, Rule
from build_tools.pages.layout import RULES, Link, render, to
from build_tools.stages import page

ABOUT = "om/index.md"
FAMILIES = (
    (
        "R",
        "Siffror och struktur",
        "siffror",
        "Reglerna prövar att siffrorna går ihop och att rapporten är hel.",
    ),
    ("F", "Filer och skrivsätt", "filer", "Reglerna prövar att filerna går att läsa och är rätt ifyllda."),
)


@page("kontroller", "Kontroller")
def rules(publication: Publication) -> Iterator[File]:
    """Alla kontroller som en rapport går igenom innan den publiceras."""
    values = {
        "title": "Kontroller",
        "description": "Vad som prövas innan en rapport publiceras, regel för regel.",
        "crumbs": (
            Link("Start", to(RULES, "index.md")),
            *(Link(above.title, to(RULES, above.path)) for above in publication.pages if above.path == ABOUT),
            Link("Kontroller"),
        ),
        "families": [
            (title, anchor, lead, _listed(publication.rules, letter))
            for letter, title, anchor, lead in FAMILIES
        ],
    }
    yield File(RULES, render("rules.md", values))


def _listed(rules: tuple[Rule, ...], letter: str) -> list[tuple[str, Rule]]:
    return [(texts.anchor(rule.code), rule) for rule in rules if rule.code.startswith(letter)]
