"""The reports of a förbund and year beside each other, as a document: a column for each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools import texts
from build_tools.addresses import peers_path
from build_tools.exports.documents import FIGURES, About, Remark, document, judged
from build_tools.exports.tables import (
    Document,
    Number,
    Sheet,
    Value,
    figure_columns,
    figures,
    plain,
    unit,
    value,
    wide,
)  # fmt: skip
from build_tools.model import Comparability, PeerRow, Peers, Publication


def year_document(peers: Peers, publication: Publication) -> Document:
    """The document of the reports of a year."""
    rows = publication.comparisons.matrix(peers)
    association = publication.associations[peers.association].name
    title = f"{association} {peers.year}: insatserna bredvid varandra"
    about = About(peers_path(peers), title, peers.reports, publication)
    banded = _banded(rows, peers)
    names = about.names
    columns = (
        "Avsnitt", "Nyckeltal", "Enhet", *figure_columns(names.values()), "Gemensamt medel",
        "Medel, antal bakom", "Medlet gäller", *(f"{names[one]}, väntat spann" for one in banded),
        "Bedömning", "Nyckel",
    )  # fmt: skip
    shown = wide(
        ((row.key, one, row.shown.get(one, "")) for row in rows for one in peers.reports), peers.reports
    )
    lines = tuple(_row(row, shown[row.key], banded, about) for row in rows)
    return document(
        about, Sheet(FIGURES, columns, lines), _remarks(rows, about), (row.measure for row in rows)
    )


def _banded(rows: Sequence[PeerRow], peers: Peers) -> tuple[str, ...]:
    """The reports that any figure has an expected band for."""
    found = {report for row in rows if row.mean for report in row.mean.bands}
    return tuple(one for one in peers.reports if one in found)


def _row(row: PeerRow, shown: Sequence[str], banded: Sequence[str], about: About) -> tuple[Value, ...]:
    mean = row.mean
    parts = texts.listed([about.names[one] for one in mean.reports]) if mean else ""
    common: tuple[Value, ...] = (value(mean.text), Number(mean.n)) if mean else ("", "")
    bands = mean.bands if mean else {}
    spans = (texts.span(*bands[one], mean.decimals) if mean and one in bands else "" for one in banded)
    first = plain((about.section(row.section), row.label, unit(shown)))
    return (
        *first,
        *figures(shown),
        *common,
        *plain((parts,)),
        *spans,
        *plain((_verdicts(row, about), row.key)),
    )


def _verdicts(row: PeerRow, about: About) -> str:
    """Which reports do not stand beside the first without more ado."""
    told = (
        f"{about.names[one]}: {compared.verdict}."
        for one, compared in row.with_first.items()
        if compared.verdict is not Comparability.YES
    )
    return " ".join(told)


def _remarks(rows: Sequence[PeerRow], about: About) -> Iterator[Remark]:
    for row in rows:
        for one, compared in row.with_first.items():
            yield from judged(row.label, about.names[one], compared)
