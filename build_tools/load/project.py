"""Förbund, insatser, policy, accepted findings, corrections and glossary, with their references checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from build_tools.load.catalogue import flag, whole, words
from build_tools.load.cells import asked_cell, find_cell
from build_tools.load.codes import BAD_DATE, LINEAGE, TWICE, UNKNOWN_NAME, fault
from build_tools.load.periods import read_day
from build_tools.load.report import read_goal
from build_tools.load.report.ledger import part, rows, word
from build_tools.load.shapes import day_of
from build_tools.load.totals import read_totals
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode
from build_tools.model import (
    Acceptance,
    Association,
    Catalogue,
    Correction,
    Finding,
    Intervention,
    Limit,
    Policy,
    Report,
    Template,
    Term,
    Where,
)
from build_tools.texts import suggestion

FAMILIES = ("enkat", "skattning", "omfattning", "samverkan", "mal")
"""Beginnings of cell ids that need no row in the catalogue."""
OPEN_ENDED = "pagaende"


def _unknown(node: Node | None, known: Collection[str], place: str, found: list[Finding]) -> None:
    """Tell of a name that is not known, unless nothing at all is: then its file is missing or broken."""
    if isinstance(node, ScalarNode) and known and node.text not in known:
        near = suggestion(node.text, known)
        found.append(fault(UNKNOWN_NAME, node.where, f"”{node.text}” finns inte i {place}.{near}"))


def read_associations(
    tree: Node | None, policies: Collection[str], catalogue: Catalogue
) -> tuple[dict[str, Association], tuple[Finding, ...]]:
    """The förbund of a project."""
    found: list[Finding] = []
    associations: dict[str, Association] = {}
    for row in rows(tree):
        name = word(row, "id")
        _unknown(row.entries.get("policy"), policies, "data/policy.yml", found)
        if name in associations:
            message = f"Förbundet {name} står redan på rad {associations[name].where.line}."
            found.append(fault(TWICE, row.where, message))
        elif name:
            associations[name] = Association(
                id=name,
                name=word(row, "namn", name),
                county=word(row, "lan"),
                municipalities=words(row.entries.get("kommuner")),
                policy=word(row, "policy"),
                where=row.where,
                invented=flag(row, "pahittat"),
                totals=read_totals(row, name, catalogue, found),
            )
    return associations, tuple(found)


def read_intervention(
    name: str, tree: Node | None, catalogue: Catalogue, associations: Collection[str], others: Collection[str]
) -> tuple[Intervention | None, tuple[Finding, ...]]:
    """A team or a project; its id is the name of its file."""
    if not isinstance(tree, MapNode):
        return None, ()
    found: list[Finding] = []
    _unknown(tree.entries.get("forbund"), associations, "data/forbund.yml", found)
    before = tree.entries.get("foregangare")
    for item in before.items if isinstance(before, ListNode) else ():
        _unknown(item, others, "data/insatser/", found)
    start, end = word(tree, "start"), word(tree, "slut")
    first, last = day_of(start) if start else None, day_of(end) if end and end != OPEN_ENDED else None
    if first and last and last < first:
        message = f"Insatsen slutar {end}, före den börjar {start}."
        found.append(fault(BAD_DATE, tree.key("slut"), message))
    return (
        Intervention(
            id=name,
            name=word(tree, "namn", name),
            kind=word(tree, "typ", "team"),
            association=word(tree, "forbund"),
            where=tree.where,
            start=start,
            end="" if end == OPEN_ENDED else end,
            owners=words(tree.entries.get("agare")),
            methods=words(tree.entries.get("metoder")),
            predecessors=words(before),
            summary=word(tree, "kort"),
            goal=read_goal(part(tree, "definitioner"), catalogue, found),
        ),
        tuple(found),
    )


def unknown_methods(tree: Node | None, handbooks: Collection[str]) -> tuple[Finding, ...]:
    """What is said of the methods of an insats that have no handbook."""
    found: list[Finding] = []
    methods = tree.entries.get("metoder") if isinstance(tree, MapNode) else None
    for item in methods.items if isinstance(methods, ListNode) else ():
        _unknown(item, handbooks, "data/metoder/", found)
    return tuple(found)


def with_lineage(
    interventions: Mapping[str, Intervention], places: Mapping[str, Where]
) -> tuple[dict[str, Intervention], tuple[Finding, ...]]:
    """The insatser with those they came of; who would come of itself has none."""
    found: list[Finding] = []
    kept: dict[str, Intervention] = {}
    for name, read in interventions.items():
        known = tuple(before for before in dict.fromkeys(read.predecessors) if before in interventions)
        ring = _ring(name, interventions)
        if ring:
            way = f"{ring[0]} kommer ur {', som kommer ur '.join(ring[1:])}"
            message = f"{way}. Ingen insats kan komma ur sig själv: ta bort den föregångare som är fel."
            found.append(fault(LINEAGE, places[name], message))
        kept[name] = replace(read, predecessors=() if ring else known)
    return kept, tuple(found)


def _ring(name: str, interventions: Mapping[str, Intervention]) -> tuple[str, ...]:
    """The way from an insats by its predecessors back to itself, where there is one."""
    seen = {name}
    waiting: list[tuple[str, ...]] = [(name,)]
    while waiting:
        way = waiting.pop(0)
        here = interventions.get(way[-1])
        for before in here.predecessors if here else ():
            if before == name:
                return (*way, name)
            if before not in seen:
                seen.add(before)
                waiting.append((*way, before))
    return ()


def read_policies(
    tree: Node | None, measures: Collection[str]
) -> tuple[dict[str, Policy], tuple[Finding, ...]]:
    """How small groups are protected."""
    found: list[Finding] = []
    policies = {}
    for name, node in tree.entries.items() if isinstance(tree, MapNode) else ():
        if isinstance(node, MapNode):
            policies[name] = _policy(name, node, measures, found)
    return policies, tuple(found)


def _policy(name: str, node: MapNode, measures: Collection[str], found: list[Finding]) -> Policy:
    base = _limit(node, Limit(5, 5, 10, "dolj"))
    own = part(node, "matt")
    exceptions = {key: _limit(row, base) for key, row in own.entries.items() if isinstance(row, MapNode)}
    for key in exceptions:
        where = own.key(key)
        _prefix(ScalarNode(key, True, where.file, where.line, where.column), measures, found)
    open_ = node.entries.get("oppet")
    for item in open_.items if isinstance(open_, ListNode) else ():
        _prefix(item, measures, found)
    return Policy(name, word(node, "benamning", name), base, exceptions, words(open_), node.where)


def _limit(node: MapNode, base: Limit) -> Limit:
    """A limit; what it does not say it has from the one that holds for all."""
    return Limit(
        count=whole(node.entries.get("troskel")) or base.count,
        mean=whole(node.entries.get("troskel_medel")) or base.mean,
        share=whole(node.entries.get("troskel_andel")) or base.share,
        unknown_n=word(node, "okant_n", base.unknown_n),
        join=word(node, "sla_samman", base.join),
        reason=word(node, "skal"),
    )


def _prefix(node: Node, measures: Collection[str], found: list[Finding]) -> None:
    """An exception names a measure or the beginning of some; after @ it may name a population."""
    if not isinstance(node, ScalarNode) or not measures or node.text.partition(".")[0] in FAMILIES:
        return
    named = node.text.partition("@")[0]
    if not any(known == named or known.startswith(f"{named}.") for known in measures):
        near = suggestion(node.text, {*measures, *(known.partition(".")[0] for known in measures)})
        message = f"Inget mått i data/nyckeltal.yml heter eller börjar med ”{node.text}”.{near}"
        found.append(fault(UNKNOWN_NAME, node.where, message))


def read_acceptances(
    tree: Node | None,
    reports: Mapping[str, Report],
    catalogue: Catalogue,
    broken: Collection[str],
    handbooks: Collection[str] = (),
) -> tuple[tuple[Acceptance, ...], tuple[Finding, ...]]:
    """Findings that are known and explained. Whether each matches one is seen when the checks have run.

    `handbooks` are their places (`metoder/amia`).
    """
    found: list[Finding] = []
    accepted: dict[tuple[str, str], Acceptance] = {}
    for row in rows(tree):
        code, place = word(row, "kod"), word(row, "plats")
        if not code or not place or not word(row, "skal"):
            continue
        if place.partition("#")[0] not in handbooks:
            found.extend(_place_faults(row.entries["plats"], reports, catalogue, broken))
        first = accepted.get((code, place))
        if first:
            message = f"{code} för {place} är redan godtagen på rad {first.where.line}."
            found.append(fault(TWICE, row.where, message))
            continue
        until = read_day(row.entries.get("galler_till"))
        accepted[code, place] = Acceptance(
            code, place, word(row, "skal"), word(row, "roll"), until, row.where
        )
    return tuple(accepted.values()), tuple(found)


def read_corrections(
    tree: Node | None, reports: Mapping[str, Report], catalogue: Catalogue, broken: Collection[str]
) -> tuple[dict[str, tuple[Correction, ...]], tuple[Finding, ...]]:
    """Figures that were changed after publication, by report and day."""
    found: list[Finding] = []
    corrections: dict[str, list[Correction]] = {}
    for row in rows(tree):
        place, day = word(row, "cell"), read_day(row.entries.get("datum"))
        if not place or day is None:
            continue
        faults = tuple(_place_faults(row.entries["cell"], reports, catalogue, broken))
        found += faults
        if not faults:
            change = Correction(
                place, word(row, "gammalt"), word(row, "nytt"), day, word(row, "orsak"), row.where
            )
            corrections.setdefault(place.partition("#")[0], []).append(change)
    in_order = {name: tuple(sorted(own, key=lambda one: one.day)) for name, own in corrections.items()}
    return in_order, tuple(found)


def _place_faults(
    node: Node, reports: Mapping[str, Report], catalogue: Catalogue, broken: Collection[str]
) -> Iterator[Finding]:
    """Whether `sater/2021#flode.nya` or `sater/2021#avsnitt-8.analys` exists."""
    if not isinstance(node, ScalarNode):
        return
    name, _, within = node.text.partition("#")
    report = reports.get(name)
    if report is None:
        if name not in broken:
            near = suggestion(name, reports)
            yield fault(UNKNOWN_NAME, node.where, f"Det finns ingen rapport {name}.{near}")
        return
    if within.startswith("avsnitt-"):
        problem = _section_fault(within, catalogue.templates.get(report.template))
        if problem:
            yield fault(UNKNOWN_NAME, node.where, problem)
    elif within and catalogue.measures and not _is_there(within, report, catalogue):
        near = suggestion(within, (*report.cells, *catalogue.measures))
        yield fault(UNKNOWN_NAME, node.where, f"Rapporten {name} har ingen cell ”{within}”.{near}")


def _is_there(within: str, report: Report, catalogue: Catalogue) -> bool:
    """Whether a report has a cell, a goal, a survey or a section with its own time that is called so."""
    told = {f"mal.{goal.id}" for goal in report.goals} | {survey.id for survey in report.surveys}
    return (
        find_cell(within, report.id, catalogue, report.cells) is not None
        or asked_cell(within, report.id, report.surveys) is not None
        or within in told | set(report.section_periods) | {"rapport.datadatum"}
    )


def _section_fault(within: str, template: Template | None) -> str:
    number, _, told = within.removeprefix("avsnitt-").partition(".")
    if template is None:
        return ""
    section = next((section for section in template.sections if str(section.number) == number), None)
    if section is None:
        return f"Mallen {template.id} har inget avsnitt {number}."
    parts = [part.id for part in section.parts]
    if told and told not in parts:
        return f"Avsnitt {number} har ingen del ”{told}”.{suggestion(told, parts)}"
    return ""


def read_glossary(tree: Node | None) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """Words with their inflected forms."""
    found: list[Finding] = []
    terms: dict[str, Term] = {}
    for row in rows(tree):
        term = word(row, "term")
        if not term:
            continue
        if term in terms:
            message = f"”{term}” står redan på rad {terms[term].where.line}. Slå ihop dem."
            found.append(fault(TWICE, row.where, message))
            continue
        forms = words(row.entries.get("bojningar"))
        wanted = words(row.entries.get("sokord"))
        terms[term] = Term(term, forms, word(row, "forklaring"), row.where, wanted)
    return tuple(terms.values()), tuple(found)
