"""A förbund and year together, as a document: each total with what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.addresses import roll_up_path
from build_tools.exports.documents import FIGURES, About, Remark, document
from build_tools.exports.tables import Document, Number, Sheet, Value, plain, unit, value
from build_tools.model import Peers, Publication, RollUp, Total

COLUMNS = ("Nyckeltal", "Slag", "Värde", "Enhet", "Antal bakom", "Täckning", "Ingår", "Skäl", "Nyckel")


def total_document(peers: Peers, publication: Publication) -> Document:
    """The document of a förbund and year."""
    found = publication.comparisons.roll_up(peers)
    title = f"{publication.associations[peers.association].name} {peers.year}: hela förbundet"
    about = About(roll_up_path(peers), title, peers.reports, publication)
    rows = tuple(_row(total, about) for total in found.totals)
    sheet = Sheet(FIGURES, COLUMNS, rows)
    return document(about, sheet, _remarks(found, about), (total.measure for total in found.totals))


def _row(total: Total, about: About) -> tuple[Value, ...]:
    behind: Value = "" if total.n is None else Number(total.n)
    parts = texts.listed([about.names[one] for one in total.parts])
    told = plain((total.coverage, parts, total.reason, total.key))
    return (total.label, total.kind, value(total.text), unit([total.text]), behind, *told)


def _remarks(found: RollUp, about: About) -> Iterator[Remark]:
    which = texts.listed(list(about.names.values()))
    yield from (("", which, "om jämförelsen", note) for note in found.notes)
    for total in found.totals:
        if total.reason:
            kind = "går inte att lägga ihop" if total.value is None else "förbehåll"
            yield total.label, texts.listed([about.names[one] for one in total.parts]), kind, total.reason
