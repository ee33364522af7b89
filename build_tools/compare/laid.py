"""A report's figures with all that lays them beside another's: what the browser's script is handed."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.compare.highlights import copied
from build_tools.compare.lines import is_sum, label, lines, shown
from build_tools.compare.pairs import asked
from build_tools.compare.traits import Reading
from build_tools.model import Laid


def laid(reading: Reading) -> Iterator[Laid]:
    """Every figure of a report, in the order of its cells."""
    for line in lines(reading):
        figure = line.figure
        yield Laid(
            key=line.key,
            cell=line.cell,
            figure=figure,
            label=label(figure, reading),
            level=figure.cell.category.count("."),
            shown=shown(figure, reading.catalogue.measures.get(figure.cell.measure)),
            asked=asked(figure),
            copied=copied(figure),
            is_sum=is_sum(figure, reading),
            traits=reading.traits(figure),
        )
