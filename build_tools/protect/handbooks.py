"""Handbooks as they may be shown: figures of few persons are taken out, drafts are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from build_tools.model import Blank, Edition, Fact, FigureTable, Handbook, Mark

DRAFT = "utkast"


def shown_handbooks(edition: Edition, *, drafts: bool) -> Mapping[str, Handbook]:
    """Every handbook that may be shown. Its own figures should be withheld already; this makes sure.

    A handbook belongs to no förbund, so the strictest policy of the project holds for it.
    """
    return {
        key: replace(handbook, figures=_protected(handbook, edition.smallest_group))
        for key, handbook in sorted(edition.handbooks.items())
        if drafts or handbook.status != DRAFT
    }


def _protected(handbook: Handbook, smallest: int) -> Mapping[str, FigureTable]:
    return {
        key: replace(table, cells={cell: _shown(table, one, smallest) for cell, one in table.cells.items()})
        for key, table in handbook.figures.items()
    }


def _shown(table: FigureTable, figure: Fact | Blank, smallest: int) -> Fact | Blank:
    if table.tells_of_few(figure, smallest):
        return Blank(figure.cell, Mark.PROTECTED, figure.where)
    return figure
