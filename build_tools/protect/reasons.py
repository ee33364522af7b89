"""Reasons that the author gives and the reader meets: they may not tell a figure that is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.model import (
    Acceptance,
    Correction,
    Edition,
    Fact,
    Finding,
    Level,
    Publication,
    PublishedReport,
    Report,
    Rule,
)

TELLING = Rule(
    "R29d",
    "Skälet säger inget skyddat tal",
    "Skälet till en rättelse eller en godtagen anmärkning visas för läsaren. "
    "Det får inte säga ett tal om samma sak som rapporten skyddar.",
)
MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
NO_FIGURE = re.compile(
    rf"\b(?:avsnitt|sida|sidan|tabell|diagram|figur|kapitel)\s+\d+|\b\d+\s+(?:{MONTHS})\b|\b\d+(?:-\d+)+\b",
    re.IGNORECASE,
)
"""Numbers of places in a source, and days."""
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?:[,.]\d+)?(?!\d)|\d+(?:[,.]\d+)?")
SPELLED = ("noll", "", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
"""One is not among them: that is oftener an article."""
WORDS = {word: Decimal(number) for number, word in enumerate(SPELLED) if word}
ONE = re.compile(r"\ben (?:enda|av)\b", re.IGNORECASE)

Reason = Acceptance | Correction


def numbers(text: str) -> Iterator[Decimal]:
    """Every number in a text, in digits or in letters."""
    plain = NO_FIGURE.sub("", text)
    for found in NUMBER.findall(plain):
        yield Decimal(re.sub(r"[ \u00a0]", "", found).replace(",", "."))
    yield from (WORDS[word] for word in re.findall(r"\w+", plain.lower()) if word in WORDS)
    yield from (Decimal(1) for _one in ONE.findall(plain))


def with_numbers(edition: Edition, accepted: Iterable[tuple[Finding, Acceptance]]) -> tuple[Reason, ...]:
    """The published reasons that have a number in them."""
    told: list[Reason] = [acceptance for _finding, acceptance in accepted]
    told += (one for own in edition.corrections.values() for one in own)
    return tuple(one for one in told if any(True for _number in numbers(one.reason)))


def telling(one: Reason, publication: Publication, edition: Edition) -> Iterator[Finding]:
    """The protected figures of the same measure whose numbers a reason states.

    The words are the author's; this only looks for the numbers in them.
    """
    name, _, cell = one.place.partition("#")
    shown, source = publication.reports.get(name), edition.reports.get(name)
    if shown and source:
        hidden = dict(_beside(cell, shown, source))
        hidden |= dict.fromkeys(_changed(one, shown), cell) if isinstance(one, Correction) else {}
        for number in dict.fromkeys(numbers(one.reason)):
            if number in hidden:
                about = (hidden[number],)
                yield Finding(TELLING.code, Level.ERROR, _message(number), one.where, one.place, about)


def _message(number: Decimal) -> str:
    return (
        f"Skälet säger {texts.number(number)}, ett tal om samma sak som skyddas i rapporten, "
        "och skälet visas för läsaren. Skriv skälet utan talet."
    )


def _beside(cell: str, shown: PublishedReport, source: Report) -> Iterator[tuple[Decimal, str]]:
    """The numbers of the same measure that are not shown, with their cells."""
    about = source.cells.get(cell)
    for key, figure in source.cells.items():
        same = about is not None and figure.cell.measure == about.cell.measure
        if same and isinstance(figure, Fact) and shown.fact(key) is None:
            yield figure.value, key


def _changed(change: Correction, shown: PublishedReport) -> Iterator[Decimal]:
    """The numbers of a correction that is told without them, but for what is shown now."""
    veiled = any((one.where, one.old, one.new) == (change.where, "", "") for one in shown.corrections)
    now = shown.fact(change.place.partition("#")[2])
    for number in numbers(f"{change.old} – {change.new}") if veiled else ():
        if now is None or number != now.value:
            yield number
