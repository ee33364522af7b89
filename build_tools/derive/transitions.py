"""Ways through: how many each row of the table has. What a column has is told among the exits."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.derive.facts import amount, moved, total
from build_tools.derive.sums import cell_id, counts
from build_tools.model import Catalogue, Fact, Report
from build_tools.stages import derived


@derived("overgang", "Övergångarna från en försörjning")
def rows(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Antalet med en försörjning är summan av dem som gick till varje slags avslut."""
    for distribution in report.distributions:
        for code in distribution.categories if distribution.crossed else ():
            ways = counts(report, [cell_id(distribution, code, end) for end in distribution.groups])
            if ways:
                cell = moved(ways[0].cell, cell_id(distribution, code, ""), code)
                yield total(cell, amount(ways), "overgang", "Summan av alla slags avslut.")
