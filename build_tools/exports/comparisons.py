"""Every comparison with a page of its own, as CSV and as a workbook beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.addresses import csv_path, workbook_path
from build_tools.exports.csv import csv
from build_tools.exports.pairs import pair_document
from build_tools.exports.runs import run_document
from build_tools.exports.tables import Document
from build_tools.exports.totals import total_document
from build_tools.exports.workbooks import workbook
from build_tools.exports.years import year_document
from build_tools.model import Comparisons, File, Publication
from build_tools.stages import Maker, export_beside

SEVERAL = 2
"""Fewer reports than so are not beside each other."""


@export_beside("jamforelser", "Jämförelser att spara")
def comparisons(publication: Publication) -> Maker:
    """Varje färdig jämförelse som CSV och Excel, med anmärkningar och definitioner."""

    def made(group: Comparisons) -> Iterator[File]:
        for document in documents(replace(publication, comparisons=group)):
            yield File(csv_path(document.page), csv(document.sheets[0]))
            yield File(workbook_path(document.page), workbook(document))

    return made


def documents(publication: Publication) -> Iterator[Document]:
    """One after the other: pairs, years, whole förbund and long runs."""
    compared = publication.comparisons
    for pairing in compared.pairings:
        yield pair_document(pairing, publication)
    for peers in compared.peers:
        if peers.association in publication.associations:
            if len(peers.reports) >= SEVERAL:
                yield year_document(peers, publication)
            yield total_document(peers, publication)
    for intervention in sorted(compared.long):
        yield run_document(intervention, publication)
