"""The flow of participants: those who were there and came must be those who left and stayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from build_tools import texts
from build_tools.checks.relations import Bound, cancels, equal
from build_tools.checks.stated import tried_by
from build_tools.checks.wording import MEND, group, name, written
from build_tools.model import Edition, Fact, Report, Role, Verdict
from build_tools.stages import check

TOTAL = "flode.totalt"


@check("R01a", "Flödet går ihop")
def flow_balances(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Inskrivna vid periodens start + nya − avslutade ska bli inskrivna vid periodens slut.

    Antalet avslutade är summan av avslutsorsakerna. Saknas de prövas att inte fler är kvar än det kan vara.
    """
    yield from _balance(report, edition, "")
    yield from _stated_exits("R01a", report, edition)


@check("R01b", "Flödet går ihop för kvinnor och för män")
def flow_balances_by_sex(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Inskrivna vid periodens start + nya − avslutade ska bli inskrivna vid periodens slut, för varje kön."""
    told = (figure.cell.group for figure in report.cells.values() if figure.cell.measure == "flode.utgang")
    for sex in dict.fromkeys(filter(None, told)):
        yield from _balance(report, edition, sex)
    yield from _stated_exits("R01b", report, edition)


def _balance(report: Report, edition: Edition, sex: str) -> Iterator[Verdict]:
    suffix = f".{sex}" if sex else ""
    facts = report.facts(f"flode.ingang{suffix}", f"flode.nya{suffix}", f"flode.utgang{suffix}")
    exits = _exits(report, suffix)
    who = f"{group(sex, edition.catalogue)}: " if sex else ""
    if facts and exits:
        terms = tuple(zip((*facts, exits), (1, 1, -1, -1), strict=True))
        last = facts[-1]
        yield cancels(report, last.cell.id, last.where, terms, lambda: who + _unbalanced(facts, exits))
    elif facts:
        opening, new, last = facts
        room = opening.interval.high + new.interval.high - last.interval.low
        cells = (last.cell.id, opening.cell.id, new.cell.id)
        terms_of = ((last.cell.id, 1), (opening.cell.id, -1), (new.cell.id, -1))
        told = partial(_too_many, facts, who)
        yield Bound(room >= 0, last.cell.id, cells, last.where, told, terms=terms_of, room=room)


def _exits(report: Report, suffix: str) -> Fact | None:
    """How many left by their reasons, where each is counted once."""
    told = any(found.id == "avslut" and found.coding == "enval" for found in report.distributions)
    return report.fact(f"avslut{suffix}") if told else None


def _unbalanced(facts: tuple[Fact, ...], exits: Fact) -> str:
    opening, new, last = map(texts.hedged, facts)
    gap = facts[0].value + facts[1].value - exits.value
    return (
        f"{opening} inskrivna vid periodens start + {new} nya − {texts.hedged(exits)} avslutade blir "
        f"{texts.number(gap)}, men vid periodens slut anges {last}. {MEND}"
    )


def _too_many(facts: tuple[Fact, ...], who: str) -> str:
    opening, new, last = map(texts.hedged, facts)
    most = texts.number(facts[0].value + facts[1].value)
    return (
        f"{who}{opening} inskrivna vid periodens start + {new} nya blir {most}, men vid periodens slut anges "
        f"{last}: fler än som kan vara kvar. {MEND}"
    )


def _stated_exits(code: str, report: Report, edition: Edition) -> Iterator[Verdict]:
    for stated, target in tried_by(code, report):
        yield equal(report, stated.fact, target, _exits_differ(stated.fact, target, report, edition))


def _exits_differ(stated: Fact, target: Fact, report: Report, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        facts = report.facts(*target.derivation.inputs) if target.derivation else None
        opening, new, last = map(texts.hedged, facts or ())
        return (
            f"{name(stated.cell, edition.catalogue)}: källan anger {written(stated, edition.catalogue)}, men "
            f"{opening} inskrivna vid periodens start + {new} nya − {last} vid periodens slut blir "
            f"{texts.hedged(target)}. {MEND}"
        )

    return message


@check("R02a", "Deltagare under perioden är ingående och nya")
def total_is_opening_and_new(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Deltagare under perioden ska vara inskrivna vid periodens start + nya, för alla och för varje kön."""
    for stated, target in tried_by("R02a", report):
        yield equal(report, stated.fact, target, _total_differs(stated.fact, target, report, edition))


def _total_differs(stated: Fact, target: Fact, report: Report, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        facts = report.facts(*target.derivation.inputs) if target.derivation else None
        opening, new = map(texts.hedged, facts or ())
        return (
            f"{name(stated.cell, edition.catalogue)}: källan anger {written(stated, edition.catalogue)}, men "
            f"{opening} inskrivna vid periodens start + {new} nya blir {texts.hedged(target)}. {MEND}"
        )

    return message


@check("R02b", "Deltagare under perioden är avslutade och kvarvarande")
def total_is_exits_and_closing(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Deltagare under perioden ska vara avslutade + inskrivna vid periodens slut, också för varje kön."""
    for stated in report.stated:
        cell = stated.fact.cell
        if stated.role is Role.CONTROL and cell.id in (TOTAL, f"{TOTAL}.{cell.group}"):
            suffix = f".{cell.group}" if cell.group else ""
            last, exits = report.fact(f"flode.utgang{suffix}"), _exits(report, suffix)
            if last and exits:
                terms = ((exits, 1), (last, 1), (stated.fact, -1))
                message = _parts_differ(stated.fact, exits, last, edition)
                yield cancels(report, cell.id, stated.fact.where, terms, message)


def _parts_differ(stated: Fact, exits: Fact, last: Fact, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(stated.cell, edition.catalogue)}: källan anger {written(stated, edition.catalogue)}, men "
        f"{texts.hedged(exits)} avslutade + {texts.hedged(last)} inskrivna vid periodens slut blir "
        f"{texts.number(exits.value + last.value)}. {MEND}"
    )
