"""One data file → one report: its identity, then section by section into a ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from build_tools.load.codes import BAD_DATE, UNKNOWN_NAME, WRONG_PLACE, fault
from build_tools.load.periods import fits_kind, period_of, read_day, read_period, stem_of
from build_tools.load.report.ledger import Ledger, part, rows, word
from build_tools.load.report.organisation import read_meetings, read_money, read_parties, read_staff
from build_tools.load.report.participants import (
    read_ages,
    read_distributions,
    read_durations,
    read_exits,
    read_facts,
    read_flow,
)
from build_tools.load.report.purposes import read_goals, read_statements
from build_tools.load.report.restated import read_stated
from build_tools.load.report.studies import read_changes, read_ladder, read_ratings, read_surveys
from build_tools.load.report.transitions import read_transitions
from build_tools.load.shapes import number_of
from build_tools.load.values import base_where
from build_tools.load.yaml_file import ListNode, MapNode, ScalarNode
from build_tools.model import (
    Catalogue,
    Finding,
    GoalDefinition,
    Mark,
    Period,
    Report,
    Where,
)
from build_tools.texts import period as period_text
from build_tools.texts import suggestion

GROUPS: tuple[tuple[str, Callable[[MapNode, Ledger], None]], ...] = (
    ("flode", read_flow),
    ("avslut", read_exits),
    ("uppgifter", read_facts),
    ("ekonomi", read_money),
    ("bemanning", read_staff),
)
LISTS: tuple[tuple[str, Callable[[tuple[MapNode, ...], Ledger], None]], ...] = (
    ("fordelningar", read_distributions),
    ("varaktighet", read_durations),
    ("alder", read_ages),
    ("moten", read_meetings),
    ("samverkan", read_parties),
    ("enkater", read_surveys),
    ("fore_efter", read_changes),
    ("skattningar", read_ratings),
    ("overgangar", read_transitions),
    ("omfattning", read_ladder),
    ("mal", read_goals),
    ("implementering", read_statements),
)

POINTING = ("mal", "implementering")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a report's file stands: its folder and its name tell what it is about."""

    intervention: str
    stem: str

    @property
    def report(self) -> str:
        """The report's id."""
        return f"{self.intervention}/{self.stem}"


def read_report(tree: MapNode, home: Home, catalogue: Catalogue) -> tuple[Report | None, tuple[Finding, ...]]:
    """The report of a file; None only where it is not even known what time it is about."""
    found: list[Finding] = []
    identity = part(tree, "rapport")
    _check_home(identity, home, found)
    period = _period(identity, home, found) or period_of(home.stem)
    template = _template(identity, catalogue, found)
    goal = read_goal(part(tree, "definitioner"), catalogue, found)
    if period is None:
        return None, tuple(found)
    bare = Report(
        id=home.report,
        intervention=home.intervention,
        kind=word(identity, "typ", "arsrapport"),
        template=template,
        period=period,
        status=word(identity, "status", "utkast"),
        where=Where(tree.file),
        source=word(identity, "kalla"),
        data_date=read_day(identity.entries.get("datadatum")),
        published=read_day(identity.entries.get("publicerad")),
        goal=goal,
    )
    report = _filled(bare, tree, catalogue, found)
    return report, tuple(replace(finding, about=finding.about or report.id) for finding in found)


def _filled(bare: Report, tree: MapNode, catalogue: Catalogue, found: list[Finding]) -> Report:
    """The report with its figures, and what it tells of the period before."""
    ledger = Ledger(bare.id, catalogue, bare.period)
    _sections(tree, ledger)
    read_stated(rows(tree.entries.get("uppgivet")), ledger, catalogue.templates.get(bare.template))
    previous = Ledger(bare.id, catalogue, bare.period)
    _sections(part(tree, "foregaende"), previous)
    found.extend((*ledger.found, *previous.found))
    return replace(
        bare,
        cells=ledger.cells,
        stated=(*ledger.stated, *previous.as_previous()),
        distributions=tuple(ledger.distributions.values()),
        surveys=tuple(ledger.surveys.values()),
        parties=tuple(ledger.parties.values()),
        posts=tuple(ledger.posts),
        goals=tuple(ledger.goals.values()),
        implementation=tuple(ledger.statements),
        section_periods=ledger.periods,
        prices=ledger.prices,
    )


def _sections(tree: MapNode, ledger: Ledger) -> None:
    """Every section in the order of the file; last those that name cells of the others."""
    groups, lists = dict(GROUPS), dict(LISTS)
    for key, node in sorted(tree.entries.items(), key=lambda entry: entry[0] in POINTING):
        if key in groups and isinstance(node, MapNode):
            groups[key](node, ledger)
        elif key in lists:
            lists[key](rows(node), ledger)


def _check_home(identity: MapNode, home: Home, found: list[Finding]) -> None:
    name = identity.entries.get("insats")
    if isinstance(name, ScalarNode) and name.text != home.intervention:
        message = (
            f"Rapporten gäller insatsen {name.text} men ligger i mappen {home.intervention}. "
            "Flytta filen, eller rätta insats."
        )
        found.append(fault(WRONG_PLACE, name.where, message))


def _period(identity: MapNode, home: Home, found: list[Finding]) -> Period | None:
    node = identity.entries.get("period")
    period = read_period(node, found)
    if period is None or node is None:
        return None
    problem = fits_kind(period)
    if problem:
        message = f"Perioden {period.start} till {period.end} passar inte typen {period.kind}. {problem}"
        found.append(fault(BAD_DATE, node.where, message))
    expected = stem_of(period)
    if expected != home.stem and not problem:
        message = (
            f"Filen heter {home.stem} men perioden är {period_text(period)}. "
            f"Döp om filen till {expected}.yml och texten till {expected}.md, eller rätta perioden."
        )
        found.append(fault(WRONG_PLACE, node.where, message))
    return period


def _template(identity: MapNode, catalogue: Catalogue, found: list[Finding]) -> str:
    name = identity.entries.get("mall")
    if not isinstance(name, ScalarNode):
        return ""
    if catalogue.templates and name.text not in catalogue.templates:
        near = suggestion(name.text, catalogue.templates)
        found.append(
            fault(UNKNOWN_NAME, name.where, f"Mallen ”{name.text}” finns inte i data/mallar.yml.{near}")
        )
    return name.text


def read_goal(node: MapNode, catalogue: Catalogue, found: list[Finding]) -> GoalDefinition:
    """What counts as reaching the goal, and of whom."""
    reasons = node.entries.get("mal_orsaker")
    items = reasons.items if isinstance(reasons, ListNode) else ()
    enumeration = catalogue.enumerations.get("avslutsorsak")
    codes = []
    for item in items:
        if not isinstance(item, ScalarNode):
            continue
        if enumeration and item.text not in enumeration.categories:
            near = suggestion(item.text, enumeration.categories)
            message = f"”{item.text}” är ingen avslutsorsak i data/kategorier.yml.{near}"
            found.append(fault(UNKNOWN_NAME, item.where, message))
        codes.append(item.text)
    early = node.entries.get("tidigt_avhopp")
    days = number_of(early.entries.get("inom_dagar")) if isinstance(early, MapNode) else None
    limit = Mark(early.text) if isinstance(early, ScalarNode) else (int(days) if days is not None else None)
    where = base_where(early.entries.get("inom_dagar")) if isinstance(early, MapNode) else None
    return GoalDefinition(tuple(dict.fromkeys(codes)), word(node, "mal_namnare"), limit, where)
