"""The bar that chooses what is laid side by side: a form that works without scripts.

It lists the reports of the insatser on the page and no others, so that pages stay linear in reports. The
ways of showing are chosen by style alone (`:has(option:checked)`); all else asks the free page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools import texts
from build_tools.addresses import COMPARE, to
from build_tools.model import Pairing, Publication, PublishedReport
from build_tools.pages.report import report_name

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
    publication: Publication,
    *,
    years: bool,
    prose: bool,
) -> Selector:
    """The bar of a pair; `years` and `prose` tell whether there are series and texts to show."""
    modes = (Option("bada", "Siffror och text", True), Option("siffror", "Siffror"), Option("text", "Text"))
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
        a=tuple(_reports(pairing, pairing.a, publication)),
        b=tuple(_reports(pairing, pairing.b, publication)),
        sections=tuple(Option(anchor, title) for anchor, title in sections),
        modes=modes if prose else (),
        views=tuple(views),
        texts=ways if prose else (),
    )


def _reports(pairing: Pairing, chosen: str, publication: Publication) -> Iterator[Option]:
    """The reports of the insatser on the page, and the years between them that have none."""
    teams = dict.fromkeys(publication.reports[one].intervention for one in (pairing.a, pairing.b))
    for team in teams:
        own = sorted(
            (one for one in publication.reports.values() if one.intervention == team),
            key=lambda one: (one.period, one.id),
        )
        yield from _of_team(own, pairing, chosen, publication, alone=len(teams) == 1)


def _of_team(
    own: Sequence[PublishedReport], pairing: Pairing, chosen: str, publication: Publication, *, alone: bool
) -> Iterator[Option]:
    last = 0
    for report in own:
        for year in range(last + 1, report.period.start.year) if last else ():
            yield Option("", f"{year} ({NO_REPORT})", barred=True)
        last = report.period.end.year
        name = texts.period(report.period) if alone else report_name(report, publication)
        taken = report.id in (pairing.a, pairing.b) and report.id != chosen
        why = LEFT if report.id == pairing.a else RIGHT
        yield Option(
            report.id, f"{name} ({why})" if taken else name, chosen=report.id == chosen, barred=taken
        )
