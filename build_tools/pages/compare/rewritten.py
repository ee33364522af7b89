"""One line on what has become of the texts of two reports, beside what matters most of their figures."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools import texts
from build_tools.model import Alignment, Standing

ORDER = (Standing.REWRITTEN, Standing.REVISED, Standing.ADDED, Standing.MISSING, Standing.UNCHANGED)
"""What matters most comes first."""


def rewritten(prose: Alignment, said: Mapping[str, str]) -> str:
    """`Texten är omskriven i avsnitt 3 och 5 och oförändrad i avsnitt 9.`, as the table words it.

    Sections that only one of the templates has say nothing of how the text was changed.
    """
    found: dict[Standing, list[str]] = {}
    for section in prose.sections:
        if section.number and not section.foreign:
            found.setdefault(section.standing, []).append(str(section.number))
    kinds = [kind for kind in ORDER if kind in found]
    if len(kinds) == 1:
        return said["alla"].format(hur=said[kinds[0].value])
    parts = [said["del"].format(hur=said[one.value], nummer=texts.listed(found[one])) for one in kinds]
    return said["nagra"].format(delar=texts.listed(parts)) if parts else ""
