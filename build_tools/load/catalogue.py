"""nyckeltal, kategorier, skalor and mallar → the catalogue, with what they say of each other checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.load.codes import INCOHERENT, TWICE, UNKNOWN_NAME, fault
from build_tools.load.periods import read_day
from build_tools.load.report.ledger import part, rows, word
from build_tools.load.shapes import FLAGS, number_of
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode
from build_tools.model import (
    Catalogue,
    Category,
    Definition,
    Enumeration,
    Finding,
    Kind,
    Measure,
    Scale,
    Template,
    TemplatePart,
    TemplateSection,
)
from build_tools.texts import suggestion


def read_catalogue(trees: Mapping[str, Node | None]) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue of a project. What a missing file would define is empty, and judges nothing."""
    found: list[Finding] = []
    nodes = {name: tree for name, tree in trees.items() if isinstance(tree, MapNode)}
    enumerations = {
        key: _enumeration(key, node, found) for key, node in _maps(nodes.get("kategorier")).items()
    }
    templates = {key: _template(key, node, found) for key, node in _maps(nodes.get("mallar")).items()}
    measures = {key: _measure(key, node) for key, node in _maps(nodes.get("nyckeltal")).items()}
    scales = {key: _scale(key, node, found) for key, node in _maps(nodes.get("skalor")).items()}
    catalogue = Catalogue(measures, enumerations, scales, templates)
    for key, node in _maps(nodes.get("nyckeltal")).items():
        found.extend(_measure_faults(measures[key], node, catalogue))
    return catalogue, tuple(found)


def _maps(node: MapNode | None) -> dict[str, MapNode]:
    entries = node.entries if node else {}
    return {key: value for key, value in entries.items() if isinstance(value, MapNode)}


def words(node: Node | None) -> tuple[str, ...]:
    """The texts of a list."""
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(item.text for item in items if isinstance(item, ScalarNode))


def whole(node: Node | None) -> int | None:
    """A whole number, where one stands."""
    number = number_of(node)
    return None if number is None else int(number)


def flag(node: MapNode, key: str) -> bool:
    """Whether true stands under a key."""
    return FLAGS.get(word(node, key), False)


def _measure(key: str, node: MapNode) -> Measure:
    return Measure(
        id=key,
        label=word(node, "benamning", key),
        explanation=word(node, "forklaring"),
        unit=word(node, "enhet", "antal"),
        kind=Kind(word(node, "storhet", Kind.COUNT)),
        where=node.where,
        decimals=whole(node.entries.get("decimaler")) or 0,
        direction=word(node, "riktning", "neutral"),
        population=word(node, "population"),
        point=word(node, "matpunkt"),
        time=word(node, "tid"),
        groups=words(node.entries.get("grupper")),
        enumeration=word(node, "kategorier"),
        parts=words(node.entries.get("delar")),
        section=whole(node.entries.get("avsnitt")),
        formula=word(node, "formel"),
        derived=flag(node, "harledd"),
        key=flag(node, "viktig"),
        definitions=tuple(_definitions(node)),
        synonyms=words(node.entries.get("synonymer")),
    )


def _definitions(node: MapNode) -> Iterator[Definition]:
    for row in rows(node.entries.get("definitioner")):
        since, version = read_day(row.entries.get("fran")), whole(row.entries.get("version"))
        if since and version is not None:
            yield Definition(version, since, word(row, "text"))


def _measure_faults(measure: Measure, node: MapNode, catalogue: Catalogue) -> Iterator[Finding]:
    """What a measure says of the rest of the catalogue, and of itself."""
    for name, enumeration in (("population", "population"), ("matpunkt", "matpunkt")):
        known = catalogue.enumerations.get(enumeration)
        if known:
            yield from _unknown(node.entries.get(name), known.categories, "data/kategorier.yml", enumeration)
    if catalogue.enumerations:
        for name in ("kategorier", "grupper"):
            yield from _unknown(node.entries.get(name), catalogue.enumerations, "data/kategorier.yml")
    yield from _unknown(node.entries.get("delar"), catalogue.measures, "data/nyckeltal.yml")
    if measure.derived and not measure.formula:
        message = f"{measure.id} är härlett men saknar formel. Skriv i ord hur talet räknas ut."
        yield fault(INCOHERENT, node.where, message)
    sections = {section.number for template in catalogue.templates.values() for section in template.sections}
    if sections and measure.section is not None and measure.section not in sections:
        message = (
            f"Ingen mall har ett avsnitt {measure.section}. Rätta det, eller lägg till det i data/mallar.yml."
        )
        yield fault(UNKNOWN_NAME, node.key("avsnitt"), message)
    versions = [(definition.version, definition.since) for definition in measure.definitions]
    if versions != sorted(set(versions)) or len({version for version, _ in versions}) < len(versions):
        message = (
            f"Definitionerna av {measure.id} ska stå i ordning, "
            "med ett nytt nummer och en senare dag för varje."
        )
        yield fault(INCOHERENT, node.key("definitioner"), message)


def _unknown(
    node: Node | None, known: Mapping[str, object], file: str, within: str = ""
) -> Iterator[Finding]:
    """Each name that is not known, with the nearest one."""
    items = node.items if isinstance(node, ListNode) else (node,)
    for item in items:
        if isinstance(item, ScalarNode) and item.text not in known:
            place = f"uppräkningen {within} i {file}" if within else file
            message = f"”{item.text}” finns inte i {place}.{suggestion(item.text, known)}"
            yield fault(UNKNOWN_NAME, item.where, message)


def _enumeration(key: str, node: MapNode, found: list[Finding]) -> Enumeration:
    reporting = {code: _category(code, row) for code, row in _maps(part(node, "redovisning")).items()}
    categories: dict[str, Category] = {}
    for code, row in _maps(part(node, "varden")).items():
        first = _category(code, row)
        categories[code] = first
        if reporting and not first.reported_as:
            message = f"”{code}” saknar redovisas_som. Säg vilken rad under redovisning det hör till."
            found.append(fault(INCOHERENT, row.where, message))
        found.extend(_unreported(row, reporting))
        for second, below in _maps(part(row, "varden")).items():
            found.extend(_unreported(below, reporting))
            dotted = f"{code}.{second}"
            categories[dotted] = _category(dotted, below, code, first.reported_as)
    return Enumeration(key, word(node, "benamning", key), categories, reporting)


def _unreported(node: MapNode, reporting: Mapping[str, Category]) -> Iterator[Finding]:
    return _unknown(node.entries.get("redovisas_som"), reporting, "redovisning")


def _category(code: str, node: MapNode, parent: str = "", reported_as: str = "") -> Category:
    return Category(
        code=code,
        label=word(node, "benamning", code),
        explanation=word(node, "forklaring"),
        parent=parent,
        reported_as=word(node, "redovisas_som", reported_as),
        synonyms=words(node.entries.get("synonymer")),
    )


def _scale(key: str, node: MapNode, found: list[Finding]) -> Scale:
    low, high = number_of(node.entries.get("min")), number_of(node.entries.get("max"))
    if ("min" in node.keys) != ("max" in node.keys):
        found.append(fault(INCOHERENT, node.where, f"Skalan {key} behöver både min och max."))
    elif low is not None and high is not None and low >= high:
        found.append(
            fault(INCOHERENT, node.key("min"), f"Skalan {key} har ett min som inte är mindre än max.")
        )
    steps = part(node, "steg")
    return Scale(
        id=key,
        label=word(node, "benamning", key),
        version=whole(node.entries.get("version")) or 1,
        steps={code: word(steps, code) for code in steps.entries},
        minimum=low,
        maximum=high,
    )


def _template(key: str, node: MapNode, found: list[Finding]) -> Template:
    sections: list[TemplateSection] = []
    for row in rows(node.entries.get("avsnitt")):
        section = _section(row, found)
        if section is None:
            continue
        if any(section.number == other.number or section.id == other.id for other in sections):
            message = f"Avsnitt {section.number} ({section.id}) står två gånger i mallen {key}."
            found.append(fault(TWICE, row.where, message))
        else:
            sections.append(section)
    if "avsnitt" in node.entries and not sections:
        message = f"Mallen {key} har inga avsnitt, så ingen rapport kan skrivas efter den. Lägg till avsnitt."
        found.append(fault(INCOHERENT, node.key("avsnitt"), message))
    return Template(key, word(node, "benamning", key), tuple(sections))


def _section(node: MapNode, found: list[Finding]) -> TemplateSection | None:
    number = whole(node.entries.get("nr"))
    if number is None or not word(node, "id"):
        return None
    parts: dict[str, TemplatePart] = {}
    for row in rows(node.entries.get("delar")):
        part_id = word(row, "id")
        if part_id in parts:
            found.append(fault(TWICE, row.where, f"Delen {part_id} står två gånger i avsnitt {number}."))
        elif part_id:
            parts[part_id] = TemplatePart(part_id, word(row, "rubrik", part_id), flag(row, "kravs"))
    return TemplateSection(
        number=number,
        id=word(node, "id"),
        title=word(node, "rubrik", word(node, "id")),
        perspective=word(node, "perspektiv"),
        required=flag(node, "kravs"),
        parts=tuple(parts.values()),
        shows=words(node.entries.get("visar")),
        questions=words(node.entries.get("fragor")),
        measures=words(node.entries.get("matt")),
    )
