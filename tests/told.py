"""What a sentence gives away: patterns for protected figures in running text, and what a report hides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from build_tools.model import Catalogue, Fact, Kind, PublishedReport
from build_tools.protect import protected_cells
from tests.demo import examined, previewed

WORDS = [
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
    "tretton",
    "fjorton",
    "femton",
    "sexton",
    "sjutton",
    "arton",
    "nitton",
    "tjugo",
    "tjugoett",
    "tjugotvå",
    "tjugotre",
    "tjugofyra",
    "tjugofem",
]
PARTS_OF_A_WHOLE = {2: "hälft", 3: "tredjedel", 4: "fjärdedel", 5: "femtedel", 8: "åttondel", 10: "tiondel"}
SHARE_WORDS = r"hälften|en tredjedel|en fjärdedel|majoriteten|merparten|de flesta|samtliga|enstaka|ingen av"
SINGLE = r"(?:en|ett|1)\s+(?:enda\s+)?(?:deltagare|person|kvinna|man|avslut)\b|enstaka|bara en\b"


def running(text: str) -> str:
    """The text as it is read: headings and image links left out."""
    return re.sub(r"^(?:#+ .*|!\[.*)$", "", text, flags=re.MULTILINE)


def written(value: Decimal | int) -> str:
    """A pattern for a number in digits or, when it is small and whole, in letters."""
    digits = re.escape(str(value).replace(".", ","))
    letters = f"|{WORDS[int(value)]}" if value == int(value) and 1 < value < len(WORDS) else ""
    half = f"|{WORDS[int(value)]} och (?:en|ett) halv" if value % 1 == Decimal("0.5") else ""
    return rf"(?<![\d,])(?<!\d\u00a0)(?:{digits}{letters}{half})(?!,?\d|\u00a0\d)"


def spoken(cell_value: Decimal | int, nouns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns for a sentence that gives a cell away: its number, or a share in words, beside its noun."""
    number = SINGLE if cell_value == 1 else rf"{written(cell_value)}(?!\w)"
    said = rf"\b(?:{number}|{SHARE_WORDS})"
    named = rf"\b(?:{'|'.join(re.escape(noun.lower()) for noun in nouns)})\w{{0,4}}\b"
    within = r"[^.!?\n]*?"
    return tuple(re.compile(rf"{a}{within}{b}", re.IGNORECASE) for a, b in ((said, named), (named, said)))


def spoken_both(value: Decimal | int, first: Iterable[str], second: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a sentence that has a number and names both where from and where to."""
    ahead = "".join(
        rf"(?=[^.!?\n]*\b(?:{'|'.join(re.escape(noun.lower()) for noun in nouns)}))"
        for nouns in (first, second)
    )
    number = SINGLE if value == 1 else rf"{written(value)}(?!\w)"
    return re.compile(rf"(?:^|[.!?\n]\s*){ahead}[^.!?\n]*?\b(?:{number}|{SHARE_WORDS})", re.IGNORECASE)


def spoken_measure(cell_value: Decimal | int, unit: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for a mean with its unit: `22 månader`, `två och ett halvt år`."""
    return (re.compile(rf"\b{written(cell_value)}\w*\s+{unit}", re.IGNORECASE),)


def spoken_share(part: int, whole: int) -> tuple[re.Pattern[str], ...]:
    """Patterns for a share however it is put: `6 av 8`, `tre av fyra`, `tre fjärdedelar`, `75 procent`."""
    simple = Fraction(part, whole)
    low, high = simple.numerator, simple.denominator
    pairs = {(part, whole), (low, high)}
    texts = [rf"{written(k)}\s+av\s+(?:de\s+)?{written(n)}" for k, n in sorted(pairs)]
    texts += [rf"(?<!\d)(?<!\d,){percent(part, whole, d)}\s*(?:%|procent)" for d in (0, 1, 2)]
    if high in PARTS_OF_A_WHOLE:
        how_many = "" if high == 2 else written(low) + r"\s+"
        texts.append(how_many + PARTS_OF_A_WHOLE[high])
    return tuple(re.compile(rf"\b{text}", re.IGNORECASE) for text in texts)


def percent(part: int, whole: int, decimals: int) -> str:
    """A share in percent with a decimal comma, rounded half up."""
    exact = Decimal(100 * part) / whole
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Known:
    """A report as it is published, the figures that it hides, and the catalogue that names them."""

    shown: PublishedReport
    hidden: Mapping[str, Fact]
    catalogue: Catalogue

    def is_shown(self, fact: Fact) -> bool:
        """Whether the same number of the same measure is published in another cell."""
        others = (found for found in self.shown.cells.values() if isinstance(found, Fact))
        return any(o.value == fact.value and o.cell.measure == fact.cell.measure for o in others)

    def nouns(self, fact: Fact) -> list[str]:
        """What the category of a count, or else its measure, is called."""
        cell = fact.cell
        measure = self.catalogue.measures.get(cell.measure)
        listed = self.catalogue.enumerations.get(measure.enumeration if measure else "")
        code = cell.category
        if cell.measure.startswith("avslut.") and not code:
            listed, code = self.catalogue.enumerations.get("avslutsorsak"), cell.measure.partition(".")[2]
        category = listed.categories.get(code) if listed else None
        if category:
            return [category.label, *category.synonyms, *EXTRA_NOUNS.get(code, [])]
        return [measure.label, *measure.synonyms] if measure and not code else []

    def names(self, enumeration: str, code: str) -> list[str]:
        """What a category is called, with its synonyms; of a reporting level, what its reasons are called."""
        listed = self.catalogue.enumerations[enumeration]
        found = [one for key, one in listed.categories.items() if code in (key, one.reported_as)]
        return [name for one in found for name in (one.label, *one.synonyms, *EXTRA_NOUNS.get(one.code, []))]

    def forbidden(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Every pattern that the prose may not match, with the cell it would give away."""
        for cell, fact in self.hidden.items():
            yield from ((cell, pattern) for pattern in self.patterns(fact))

    def patterns(self, fact: Fact) -> tuple[re.Pattern[str], ...]:
        """What would tell one hidden figure; one also published of the same measure gives nothing away."""
        if fact.cell.measure == "overgang":
            return (spoken_both(fact.value, self.nouns(fact), self.names("avslutsorsak", fact.cell.group)),)
        if fact.kind is Kind.COUNT:
            nouns = self.nouns(fact)
            return spoken(fact.value, nouns) if nouns else ()
        if fact.kind is Kind.MEAN and not self.is_shown(fact):
            measure = self.catalogue.measures.get(fact.cell.measure)
            return spoken_measure(fact.value, UNIT_STEMS.get(measure.unit if measure else "", "poäng"))
        if fact.kind is Kind.SHARE and not fact.cell.is_share and isinstance(fact.n, Decimal):
            part = (fact.value * fact.n / 100).to_integral_value(ROUND_HALF_UP)
            return spoken_share(int(part), int(fact.n))
        return ()

    def told(self, text: str) -> set[str]:
        """The protected cells that a text gives away."""
        return {cell for cell, pattern in self.forbidden() if pattern.search(text)}


EXTRA_NOUNS = {"arbete": ["till arbete", "i arbete", "fick arbete", "anställning", "jobb"]}
"""What a category is also called in running text."""
UNIT_STEMS = {"manader": "månad", "ar": "år", "poang": "poäng"}


@cache
def published() -> Mapping[str, Known]:
    """Every report of the demo, drafts too."""
    publication = previewed()
    hidden = protected_cells(publication, examined().edition)
    return {
        key: Known(report, hidden[key], publication.catalogue) for key, report in publication.reports.items()
    }
