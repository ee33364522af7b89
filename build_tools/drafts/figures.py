"""The figures of a report to be: the shape of last year's file, its numbers taken out and told beside."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools import texts
from build_tools.drafts.tree import Branch, Items, Leaf, Tree, lines, quoted
from build_tools.load.formats.report import REPORT
from build_tools.load.formats.values import BY_GROUP, SEXES, VALUE
from build_tools.load.shapes import Day, Fields, Keyed, Number, Rows, Shape
from build_tools.load.source import DATA_LIMIT, read_text
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode, read_tree
from build_tools.model import Period, Report

TO_FILL = "saknas"
CARRIED = "overford"
CONTROLS = (
    *("alla", "summa", "totalt", "avslutade", "avvikelse", "forbrukning"),
    *("andel_efter", "forandring_procent"),
)
"""What is computed, and stood in last year's file for control."""
OF_THAT_YEAR = (
    *("uppgivet", "foregaende", "period", "serie", "datadatum", "publicerad", "utfall_tom", "sida", "not"),
    *("prisar", "kommentar", "kumulativt", "olagda", "dom", "start", "slut"),
)
"""What belongs to that report alone."""
WHOLE = ("definitioner", "samverkan", "mal", "implementering")
"""What goes on until somebody changes it."""
POINTERS = ("matt", "tackning", "cell")
"""What points from a goal or a statement to a figure."""
FLOW = ("ingang", "nya", "utgang")
HEAD = """# Siffrorna i rapporten för {name}. Texten står i content/rapporter/{id}.md.
#
# - Skriv talet där det står saknas. Förra rapportens tal står efter #, som stöd. Ta bort det när du är klar.
# - Summor, andelar och skillnader räknas ut. Skriv dem inte.
# - Finns talet inte, låt saknas stå kvar eller skriv ett annat av orden: olasligt, osakert, ej_tillampligt,
#   ej_insamlat eller utelamnat. Aldrig 0, aldrig tomt.
# - Inga personer: ålder, tid eller ersättning för färre än tre skrivs utelamnat.
# - Rader som ni inte längre använder tar ni bort. granska visar vad som är kvar att göra.
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the new report is called and made after. `id` is insats and file name, `name` is for people."""

    id: str
    name: str
    kind: str
    template: str
    period: Period

    def tree(self) -> Branch:
        """The block `rapport`."""
        period = self.period
        span = {"start": period.start.isoformat(), "slut": period.end.isoformat(), "typ": period.kind}
        return Branch(
            {
                "insats": Leaf(self.id.partition("/")[0]),
                "typ": Leaf(self.kind),
                "mall": Leaf(self.template),
                "period": Branch({key: Leaf(text) for key, text in span.items()}),
                "status": Leaf("utkast", "ändra till slutlig när rapporten ska publiceras"),
            }
        )


def written(
    before: Report | None,
    opening: Sequence[Report],
    identity: Identity,
    measures: Container[str],
    root: Path,
) -> str:
    """The text of the new data file. `opening` are the reports whose closing balance it begins with."""
    emptied = (
        Emptied(texts.period(before.period), texts.period(identity.period), measures) if before else None
    )
    old = _parsed(before, root) if before else None
    tree: dict[str, Tree] = {"rapport": identity.tree()}
    if emptied and isinstance(old, MapNode):
        tree |= emptied.sections(old)
    flow = tree.get("flode")
    tree["flode"] = _with_opening(flow if isinstance(flow, Branch) else Branch(), opening)
    pieces = [HEAD.format(name=identity.name, id=identity.id)]
    for key, made in tree.items():
        shape = REPORT.fields[key]
        pieces.append(f"\n# {' '.join(filter(None, (f'{shape.title}.', shape.description)))}\n")
        pieces += [f"{line}\n" for line in lines(Branch({key: made}))]
    return "".join(pieces)


def _parsed(before: Report, root: Path) -> Node | None:
    text, _faults = read_text(root, before.where.file, DATA_LIMIT)
    return read_tree(text, before.where.file)[0] if text else None


def _with_opening(flow: Branch, opening: Sequence[Report]) -> Branch:
    """The flow with last year's closing balance as its opening one, marked as carried."""
    empty = Branch({sex: Leaf(TO_FILL) for sex in ("kvinna", "man")})
    entries: dict[str, Tree] = {key: flow.entries.get(key, empty) for key in FLOW}
    by_sex = {sex: Branch(_carried(count)) for sex in SEXES if (count := _closing(opening, sex))}
    whole = _closing(opening, "")
    if by_sex:
        entries["ingang"] = Branch({**by_sex})
    elif whole:
        entries["ingang"] = Branch(_carried(whole))
    return Branch(entries)


def closes(report: Report) -> bool:
    """Whether a report says how many were enrolled when it ended."""
    return any(_closing([report], sex) for sex in ("", *SEXES))


def _carried(count: str) -> dict[str, Tree]:
    return {"antal": Leaf(count), "kalla": Leaf(CARRIED)}


def _closing(opening: Sequence[Report], sex: str) -> str:
    """How many were enrolled when all of these reports ended; nothing where any does not say."""
    facts = [report.fact(f"flode.utgang.{sex}" if sex else "flode.utgang") for report in opening]
    known = [fact.value for fact in facts if fact]
    return str(sum(known)) if known and len(known) == len(opening) else ""


@dataclass(frozen=True, slots=True)
class Emptied:
    """Takes the numbers out of what last year's file says."""

    year: str
    new: str
    measures: Container[str]

    def sections(self, old: MapNode) -> Mapping[str, Tree]:
        """Every section that goes on from last year."""
        made = {
            key: self.of(REPORT.fields[key], node, key)
            for key, node in old.entries.items()
            if key in REPORT.fields and key != "rapport"
        }
        return {key: tree for key, tree in made.items() if tree}

    def of(self, shape: Shape, node: Node, key: str) -> Tree | None:
        """The same shape with saknas for each number, or nothing where there is nothing to go on."""
        if key in CONTROLS or key in OF_THAT_YEAR:
            return None
        if key in WHOLE:
            return self.kept(node)
        if _is_value(shape):
            return self.value(node)
        match shape, node:
            case Rows(), ListNode():
                made = [item for row in node.items if (item := self.of(shape.item, row, ""))]
                rows = {_named(item): item for item in made}  # a post that changed hands stands once
                return Items(tuple(rows.values())) if rows else None
            case ((Fields() | Keyed()), MapNode()):
                found = {
                    name: self.of(_below(shape, name), child, name) for name, child in node.entries.items()
                }
                entries = {name: made for name, made in found.items() if made}
                if "alla" in node.entries and not any(sex in node.entries for sex in SEXES):
                    entries["alla"] = self.value(node.entries["alla"])
                return Branch(entries) if entries and not _bare(shape, entries) else None
            case Day(), _:
                return None
            case _, ScalarNode():
                return Leaf(quoted(self.renamed(node.text, key)))
        return None

    def renamed(self, text: str, key: str) -> str:
        """An id that bears last year's number gets this year's."""
        return text.replace(self.year, self.new) if key == "id" else text

    def value(self, node: Node) -> Tree:
        """One value, or one a sex; last year's told beside."""
        if isinstance(node, MapNode) and any(sex in node.entries for sex in SEXES):
            told = {sex: node.entries[sex] for sex in SEXES if sex in node.entries}
            numbers = ", ".join(f"{sex} {_told(value)}" for sex, value in told.items())
            return Branch({sex: Leaf(TO_FILL) for sex in told}, f"{self.year}: {numbers}")
        return Leaf(TO_FILL, f"{self.year}: {_told(node)}")

    def kept(self, node: Node) -> Tree | None:
        """Everything as it stands, but for what belongs to that report alone."""
        match node:
            case MapNode():
                found = {
                    key: self.kept(child) for key, child in node.entries.items() if not self.past(key, child)
                }
                past = [
                    f"{k} {_told(v)}" for k, v in node.entries.items() if k in POINTERS and self.past(k, v)
                ]
                entries = {key: made for key, made in found.items() if made}
                first = next(iter(entries), "")
                if past and isinstance(leaf := entries.get(first), Leaf):
                    entries[first] = Leaf(leaf.text, f"{self.year}: {', '.join(past)}")
                return Branch(entries)
            case ListNode():
                return Items(tuple(made for item in node.items if (made := self.kept(item))))
            case ScalarNode():
                return Leaf(node.text if node.number is not None else quoted(node.text))
        return None

    def past(self, key: str, node: Node) -> bool:
        """Whether it is of that year alone: or points to a figure that the new report has not got yet."""
        points = key in POINTERS and isinstance(node, ScalarNode) and node.text not in self.measures
        return key in OF_THAT_YEAR or points


def _bare(shape: Fields | Keyed, entries: Mapping[str, Tree]) -> bool:
    """Whether nothing is left of what must be told in one way or another."""
    groups = (*shape.one_of, *shape.at_least) if isinstance(shape, Fields) else ()
    return any(not any(key in entries for key in group) for group in groups)


def _below(shape: Fields | Keyed, key: str) -> Shape:
    if isinstance(shape, Keyed):
        return shape.value
    return shape.fields.get(key) or shape.others or shape


def _is_value(shape: Shape) -> bool:
    """Whether a number of its own stands here."""
    return (isinstance(shape, Fields) and shape.ref in (VALUE.ref, BY_GROUP.ref)) or isinstance(shape, Number)


def _named(tree: Tree) -> str:
    """What tells one row of a list from another: all but its figures."""
    if not isinstance(tree, Branch):
        return repr(tree)
    return repr({key: leaf.text for key, leaf in tree.entries.items() if isinstance(leaf, Leaf)})


def _told(node: Node) -> str:
    """A value of last year in few words."""
    match node:
        case ScalarNode():
            return node.text
        case MapNode():
            parts = [
                f"{key} {_told(value)}" for key, value in node.entries.items() if key not in ("not", "period")
            ]
            return " ".join(parts)
    return ""
