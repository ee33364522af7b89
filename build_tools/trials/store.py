"""What was found of a report before, kept by everything that it was made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from build_tools import checks, derive, model, stages, texts
from build_tools.kept import code, digest, read, write
from build_tools.load import values
from build_tools.model import Edition, Fact, Guard, Report, Role, Slip, Where

CODE = (
    *(Path(checks.__file__).parent, Path(derive.__file__).parent, Path(model.__file__).parent),
    *(Path(__file__).parent, Path(stages.__file__), Path(texts.__file__), Path(values.__file__)),
)
"""What decides what is noticed."""


def place(report: Report, around: Edition, folder: Path) -> Path:
    """The file for a report, by its own line and what of others it is held against. Prose is no part."""
    own = {one.id: replace(one, prose=None) for one in around.line(report)}
    others = [
        (name, cell, fact.kind, fact.value, fact.interval)
        for name, other in around.reports.items()
        if name not in own
        for cell, fact in other.cells.items()
        if isinstance(fact, Fact)
    ]
    told = (around.associations, around.interventions, around.policies, around.previous)
    text = repr((code(*CODE), around.catalogue, told, list(own.values()), others))
    return folder / "provade" / f"{digest(text)}.json"


def kept(file: Path) -> tuple[Guard, ...] | None:
    """What was found before, if it was."""
    text = read(file)
    return None if text is None else tuple(_guard(*row) for row in json.loads(text))


def keep(file: Path, guards: Sequence[Guard]) -> None:
    """Keep what was found."""
    rows = [
        (*_place(one.where), one.cell, one.tried, one.noticed, one.guarded, one.missed, one.beside)
        for one in guards
    ]
    write(file, json.dumps(rows, ensure_ascii=False))


def _place(where: Where) -> tuple[str, int, int]:
    return where.file, where.line, where.column


def _guard(
    file: str,
    line: int,
    column: int,
    cell: str,
    tried: int,
    noticed: int,
    guarded: bool,
    missed: list[str],
    beside: str | None,
) -> Guard:
    where, slips = Where(file, line, column), tuple(map(Slip, missed))
    return Guard(cell, where, tried, noticed, guarded, slips, Role(beside) if beside else None)
