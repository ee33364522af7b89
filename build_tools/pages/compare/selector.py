"""The bar that chooses what is laid side by side: a form that works without scripts.

It lists the reports of the insatser on the page and no others, so that pages stay linear in reports. The
ways of showing are chosen by style alone (`:has(option:checked)`); all else asks the free page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.addresses import COMPARE, to
from build_tools.model import Pairing, PublishedReport

NO_REPORT = "ingen rapport är publicerad"
LEFT, RIGHT = "står redan till vänster", "står redan till höger"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. One that makes no sense says why and cannot be chosen."""

    value: str
    text: str
    chosen: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Selector:
    """The form's address, its lists, and the ways of showing that the page has."""

    action: str
    a: tuple[Option, ...]
    b: tuple[Option, ...]
    sections: tuple[Option, ...]
    modes: tuple[Option, ...]
    views: tuple[Option, ...]
    texts: tuple[Option, ...]


def selector(
    pairing: Pairing,
    path: str,
    names: tuple[str, str],
    sections: Sequence[tuple[str, str]],
    reports: Sequence[tuple[PublishedReport, str]],
    *,
    years: bool,
    prose: bool,
) -> Selector:
    """The bar of a pair. `reports` are all of the insatser on the page with their names; `years` and `prose`
    tell whether there are series and texts to show."""
    modes = (Option("bada", "Båda", True), Option("siffror", "Siffror"), Option("text", "Text"))
    views = [Option("tabell", "Tabell", True), Option("prickar", "Prickar")]
    views += [Option("sma", "Små diagram")] if years else []
    ways = (
        Option("bredvid", "Bredvid varandra", True),
        Option("andringar", "Visa ändringar"),
        Option("a", f"Bara {names[0]}"),
        Option("b", f"Bara {names[1]}"),
    )
    return Selector(
        action=to(path, COMPARE),
        a=tuple(_reports(pairing, pairing.a, reports)),
        b=tuple(_reports(pairing, pairing.b, reports)),
        sections=tuple(Option(anchor, title) for anchor, title in sections),
        modes=modes if prose else (),
        views=tuple(views),
        texts=ways if prose else (),
    )


def _reports(
    pairing: Pairing, chosen: str, reports: Sequence[tuple[PublishedReport, str]]
) -> Iterator[Option]:
    """The reports of the insatser on the page, and the years between them that have none."""
    before: PublishedReport | None = None
    for report, name in reports:
        if before and before.intervention == report.intervention:
            for year in range(before.period.end.year + 1, report.period.start.year):
                yield Option("", f"{year} ({NO_REPORT})", barred=True)
        before = report
        taken = report.id in (pairing.a, pairing.b) and report.id != chosen
        why = LEFT if report.id == pairing.a else RIGHT
        told = f"{name} ({why})" if taken else name
        yield Option(report.id, told, chosen=report.id == chosen, barred=taken)
