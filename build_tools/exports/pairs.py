"""Two reports side by side, as a document: A, B, what differs, and whether it can be compared at all."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.addresses import pair_path
from build_tools.exports.documents import FIGURES, About, Remark, corrected, document, judged, reasons
from build_tools.exports.tables import Document, Sheet, Value, figure_columns, figures, plain, unit, value
from build_tools.model import Band, Fact, Pair, Pairing, PairRow, Publication

BEFORE = ("Avsnitt", "Nyckeltal", "Enhet")
AFTER = (
    "Skillnad", "Skillnadens enhet", "Procent", "Bedömning", "Skäl", "Slump", "Not", "Nyckel",
)  # fmt: skip


def pair_document(pairing: Pairing, publication: Publication) -> Document:
    """The document of a pair of reports."""
    pair = publication.comparisons.pair(pairing)
    about = About(pair_path(pairing), "", (pairing.a, pairing.b), publication)
    names = tuple(about.names.values())
    about = About(about.page, f"{names[0]} mot {names[-1]}: {pairing.shape}", about.reports, publication)
    rows = tuple(_row(band, row) for band in pair.bands for row in band.rows)
    sheet = Sheet(FIGURES, (*BEFORE, *figure_columns(names), *AFTER), rows)
    return document(about, sheet, _remarks(pair, about), (row.measure for row in pair.rows()))


def _row(band: Band, row: PairRow) -> tuple[Value, ...]:
    compared, found = row.comparison, row.comparison.difference
    title = band.title if band.number is None else f"{band.number}. {band.title}"
    difference = (
        (value(found.text), unit([found.text]), value(found.relative_text)) if found else ("", "", "")
    )
    told = (
        compared.verdict.value,
        reasons(compared),
        found.chance_text if found else "",
        _note(row),
        row.key,
    )
    shown = figures(row.shown)
    return (*plain((title, row.label, unit(row.shown))), *shown, *plain(difference), *plain(told))


def _note(row: PairRow) -> str:
    """What stands beside the figures: new or gone, told otherwise the year after, how it was subtracted."""
    found = row.comparison.difference
    told = [row.presence_text, *_retold(row)]
    told += [found.relative_reason, found.note] if found else []
    return " ".join(one for one in told if one)


def _retold(row: PairRow) -> Iterator[str]:
    if isinstance(row.told, Fact):
        yield f"Året efter uppges {texts.shown(row.told)}."


def _remarks(pair: Pair, about: About) -> Iterator[Remark]:
    names = about.names
    which = texts.listed(list(names.values()))
    yield from (("", which, "det viktigaste", one.text) for one in pair.highlights)
    yield from (("", which, "om jämförelsen", one) for one in pair.notes)
    for row in pair.rows():
        yield from judged(row.label, which, row.comparison)
        yield from corrected(row.label, names, row.corrections)
