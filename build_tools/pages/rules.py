"""The page of every rule: what each code stands for, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from build_tools import texts
from build_tools.addresses import RULES, quality_path, to
from build_tools.model import File, Publication, Rule
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import badges
from build_tools.pages.report import report_name
from build_tools.pages.ties import formulas, nets
from build_tools.stages import page

ABOUT = "om/index.md"
FAMILIES = (
    (
        "R",
        "Siffror och struktur",
        "siffror",
        "Reglerna prövar att siffrorna går ihop och att rapporten är hel.",
    ),
    (
        "H",
        "Metodhandböcker",
        "handbocker",
        "Reglerna prövar att en metodhandbok hänger ihop och hålls aktuell.",
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
        "spoken": _spoken(publication),
        "formulas": formulas(publication),
        "nets": nets(publication),
        "families": [
            (title, anchor, lead, _listed(publication.rules, letter))
            for letter, title, anchor, lead in FAMILIES
        ],
    }
    yield File(RULES, render("rules.md", values))


def _spoken(publication: Publication) -> Mapping[str, tuple[int, tuple[Link, ...]]]:
    """By rule: in how many reports it had something to try, and those in which it did not hold."""
    tried: Counter[str] = Counter()
    spoken: dict[str, list[Link]] = {}
    marks = badges(publication)
    for review in publication.reviews:
        report = publication.reports[review.report]
        tried[review.code] += bool(review.held + review.failed)
        if review.failed:
            way = to(RULES, quality_path(report.id))
            times = "1 gång" if review.failed == 1 else f"{texts.number(review.failed)} gånger"
            link = Link(report_name(report, publication), way, times, marks[report.intervention])
            spoken.setdefault(review.code, []).append(link)
    return {code: (count, tuple(spoken.get(code, ()))) for code, count in tried.items()}


def _listed(rules: tuple[Rule, ...], letter: str) -> list[tuple[str, Rule]]:
    return [(texts.anchor(rule.code), rule) for rule in rules if rule.code.startswith(letter)]
