"""Verdicts on a handbook: they concern a part of it, and no cell of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from build_tools.model import Verdict, Where


def verdict(
    holds: bool, about: str, where: Where, message: Callable[[], str] | str, cells: Sequence[str] = ()
) -> Verdict:
    """One test of one rule; `about` is the section and the id of what it concerns."""
    told = message if callable(message) else lambda: message
    return Verdict(holds, about, tuple(cells), where, told)
