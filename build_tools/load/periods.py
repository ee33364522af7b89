"""Dates and periods, and the name that a report's files bear because of its period."""

from __future__ import annotations

import re
from datetime import date, timedelta

from build_tools.load.codes import BAD_DATE, fault
from build_tools.load.shapes import day_of
from build_tools.load.yaml_file import MapNode, Node, ScalarNode
from build_tools.model import Finding, Period

STEM = re.compile(r"((?:19|20)[0-9]{2})(?:-((?:19|20)[0-9]{2})|-h([12]))?")


def read_day(node: Node | None) -> date | None:
    """A day, where one stands."""
    return day_of(node.text) if isinstance(node, ScalarNode) else None


def read_period(node: Node | None, found: list[Finding]) -> Period | None:
    """A period with both its ends, in the right order."""
    if not isinstance(node, MapNode):
        return None
    start, end = read_day(node.entries.get("start")), read_day(node.entries.get("slut"))
    if start is None or end is None:
        return None
    if end < start:
        message = f"Perioden slutar {end}, före den börjar {start}. Kontrollera start och slut."
        found.append(fault(BAD_DATE, node.key("slut"), message))
        return None
    kind = node.entries.get("typ")
    return Period(start, end, kind.text if isinstance(kind, ScalarNode) else "")


def stem_of(period: Period) -> str:
    """The file name of a report without its ending: 2021 · 2019-2020 · 2021-h2."""
    first, last = period.start, period.end
    if period.kind == "halvar" and first.year == last.year:
        return f"{first.year}-h{1 if first.month <= 6 else 2}"
    return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"


def period_of(stem: str) -> Period | None:
    """The period that a file name most likely means, for a report whose own cannot be read."""
    match = STEM.fullmatch(stem)
    if not match:
        return None
    first, last, half = match.groups()
    if half:
        start = date(int(first), 6 * int(half) - 5, 1)
        end = date(int(first), 6, 30) if half == "1" else date(int(first), 12, 31)
        return Period(start, end, "halvar")
    end = date(int(last or first), 12, 31)
    return (
        Period(date(int(first), 1, 1), end, "projekttid" if last else "kalenderar")
        if end.year >= int(first)
        else None
    )


def fits_kind(period: Period) -> str:
    """What is wrong with a period of its kind, in words; nothing where it fits."""
    first, last = period.start, period.end
    day_after = last + timedelta(days=1)
    months = (day_after.year - first.year) * 12 + day_after.month - first.month
    if period.kind == "kalenderar" and first.year != last.year:
        return "Ett kalenderår ligger inom ett och samma år."
    if period.kind == "brutet_ar" and (months != 12 or first.year == last.year):
        return "Ett brutet år är tolv månader över ett årsskifte."
    if period.kind == "halvar" and (months != 6 or first.year != last.year):
        return "Ett halvår är sex månader inom samma år."
    return ""
