"""The table of conditions and its small language, read here and by the browser script alike.

A condition is a mapping whose every key must hold of the traits of two figures; a trait that a figure does
not have is the empty text. The language is total: it has no loops, no arithmetic but one comparison of
sizes, and an operator for each of the few things that two figures can be to each other:

- `olika`, `lika`: some of the traits differ, all are the same
- `nagon`, `alla`, `ingen`: what some, both or none of the figures is like; a trait equals a value or one of
  several, or `{finns: true}`, `{under: 20}`, `{minst: 10}`
- `skiljer: {dagar: 0.1}`: two sizes differ by more than so large a part of the greater
- `overlappar: [start, slut]`: two stretches share days without being the same
- `forfader: kategori`: one is the part of a dotted code that the other begins with
- `motsager: [rapport, varde, forra, forra_varde]`: one tells of the other another value than its own
- `ingar: [insats, foregangare]`: what one is stands among the several that the other came of
- `inte`: the condition within does not hold

In a text `{a.n}` is a trait in words, `{a.n|okänt}` with a word for when it is missing, and `{a}` the name of
its report. A text with `{x}` is said once of each figure that `nagon` holds for.

What is said of two reports as wholes stands in the same file (`meningar`), with named places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from build_tools import texts
from build_tools.model import Bound, Catalogue, Comparability, Reason, Trait, Traits

Test = Callable[[Traits, Traits], bool]
"""Whether something holds of two figures."""
Predicate = Callable[[Traits], bool]
"""Whether something is true of one figure."""
TABLE = Path(__file__).with_name("villkor.json")
VERDICTS = {"nej": Comparability.NO, "forbehall": Comparability.RESERVED}
PLACE = re.compile(r"\{([abx])(?:\.(\w+))?(?:\|([^}]*))?\}")
NAMED_PLACE = re.compile(r"\{(\w+)\}")
SEVERAL = "+"
"""Between the codes of a trait that has several."""
NOTHING: Trait = ""
NAMED = ("aktualiserande_part", "huvudman", "forum")
"""Enumerations whose labels are names."""
GATHERED = {"ovriga": "övriga", "i_mal": "i mål", "inte_i_mal": "inte i mål", "summa": "summan"}
"""Rows that gather several categories."""

Parts = tuple[str | Bound, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The table with the words of a catalogue put in."""

    table: Mapping[str, Any]
    tests: tuple[tuple[Mapping[str, Any], Test], ...]
    """Each row of `villkor` with its condition as a function."""

    def limit(self, name: str) -> float:
        """A bound of the table (`granser`)."""
        return float(self.table["granser"][name])

    def sentence(self, group: str, name: str, **places: str | Parts) -> Parts:
        """A sentence of the table (`meningar`) with its places filled: words, and the figures within them."""
        found: list[str | Bound] = []
        for at, piece in enumerate(NAMED_PLACE.split(self.table["meningar"][group][name])):
            told = places[piece] if at % 2 else piece
            for one in (told,) if isinstance(told, str) else told:
                if isinstance(one, str) and found and isinstance(found[-1], str):
                    found[-1] += one
                elif one:
                    found.append(one)
        return tuple(found)

    def said(self, group: str, name: str, **places: str) -> str:
        """A sentence with nothing but words in it."""
        return "".join(one for one in self.sentence(group, name, **places) if isinstance(one, str))

    def word(self, trait: str, value: Trait) -> str:
        """A trait as it is written in a text."""
        if isinstance(value, (int, float)):
            return texts.number(Decimal(repr(value)))
        words: Mapping[str, str] = self.table["ord"].get(trait, {})
        return texts.listed([words.get(code, code) for code in value.split(SEVERAL)])


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """`villkor.json` as it stands."""
    found: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def rules_of(catalogue: Catalogue) -> Rules:
    """The table with the names of measures, categories, steps and populations."""
    found = table()
    words = {name: dict(known) for name, known in found["ord"].items()}
    for trait, codes in _names(catalogue).items():
        words[trait] = codes | words.get(trait, {})
    return Rules({**found, "ord": words}, tuple((row, test(row["om"])) for row in found["villkor"]))


def _names(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    listed = {
        name: {code: found.label for code, found in known.categories.items()}
        for name, known in catalogue.enumerations.items()
    }
    steps = {code: label for scale in catalogue.scales.values() for code, label in scale.steps.items()}
    categories = {
        f"{name}/{code}": label if name in NAMED else label[:1].lower() + label[1:]
        for name, known in listed.items()
        for code, label in (known | GATHERED).items()
    }
    return {
        "matt": {key: measure.label.lower() for key, measure in catalogue.measures.items()},
        "enhet": {unit: many for unit, (_one, many) in texts.UNITS.items() if many},
        "enhet_en": {unit: one for unit, (one, _many) in texts.UNITS.items() if one},
        "population": listed.get("population", {}),
        "matpunkt": listed.get("matpunkt", {}),
        "kalla": listed.get("kalla", {}),
        "grupp": _groups(catalogue) | {code: label.lower() for code, label in listed.get("kon", {}).items()},
        "kategori": categories,
        "innehall": categories,
        "mal_orsaker": {code: label.lower() for code, label in listed.get("avslutsorsak", {}).items()},
        "grans": steps,
    }


def _groups(catalogue: Catalogue) -> dict[str, str]:
    """What the second question of a table can be answered with."""
    known = (found.reporting for found in catalogue.enumerations.values())
    return {code: category.label.lower() for one in known for code, category in one.items()}


def trait(side: Traits, name: str) -> Trait:
    """A trait of a figure, or nothing."""
    return side.get(name, NOTHING)


def test(condition: Mapping[str, Any]) -> Test:
    """A condition as a function of two figures, made once: every figure of every pair is put to it."""
    parts = tuple(OPERATORS[name](argument) for name, argument in condition.items())
    if len(parts) == 1:
        return parts[0]

    def whole(a: Traits, b: Traits) -> bool:
        for part in parts:  # noqa: SIM110  half the cost of all()
            if not part(a, b):
                return False
        return True

    return whole


def like(wanted: Mapping[str, Any]) -> Predicate:
    """Some predicates as a function of one figure."""
    parts = tuple((name, _meets(value)) for name, value in wanted.items())

    def found(side: Traits) -> bool:
        for name, meets in parts:  # noqa: SIM110  as above
            if not meets(side.get(name, NOTHING)):
                return False
        return True

    return found


def _meets(wanted: Any) -> Callable[[Trait], bool]:
    if isinstance(wanted, dict):
        parts = tuple(SIZES[name](bound) for name, bound in wanted.items())
        return lambda value: all(part(value) for part in parts)
    return wanted.__contains__ if isinstance(wanted, list) else lambda value: bool(value == wanted)


def _sized(value: Trait) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


SIZES: Mapping[str, Callable[[Any], Callable[[Trait], bool]]] = {
    "finns": lambda wanted: lambda value: (value != NOTHING) == wanted,
    "under": lambda bound: lambda value: _sized(value) and float(value) < bound,
    "minst": lambda bound: lambda value: _sized(value) and float(value) >= bound,
}


def _same(names: Sequence[str]) -> Test:
    if len(names) == 1:
        name = names[0]
        return lambda a, b: a.get(name, NOTHING) == b.get(name, NOTHING)

    def same(a: Traits, b: Traits) -> bool:
        for name in names:  # noqa: SIM110  as above
            if a.get(name, NOTHING) != b.get(name, NOTHING):
                return False
        return True

    return same


def _not(test: Test) -> Test:
    return lambda a, b: not test(a, b)


def _some(wanted: Predicate) -> Test:
    return lambda a, b: wanted(a) or wanted(b)


def _both(wanted: Predicate) -> Test:
    return lambda a, b: wanted(a) and wanted(b)


def _apart(sizes: Mapping[str, float], a: Traits, b: Traits) -> bool:
    for name, part in sizes.items():
        one, other = trait(a, name), trait(b, name)
        if isinstance(one, str) or isinstance(other, str):
            return False
        if abs(one - other) <= part * max(abs(one), abs(other)):
            return False
    return True


def _overlap(names: tuple[str, str], a: Traits, b: Traits) -> bool:
    (one, other), (first, last) = (
        (str(trait(a, names[0])), str(trait(a, names[1]))),
        (str(trait(b, names[0])), str(trait(b, names[1]))),
    )
    same = (one, other) == (first, last)
    return bool(one and first) and not same and one <= last and first <= other


def _within(name: str, a: Traits, b: Traits) -> bool:
    one, other = str(trait(a, name)), str(trait(b, name))
    return bool(one and other) and (other.startswith(f"{one}.") or one.startswith(f"{other}."))


def _contradict(names: tuple[str, str, str, str], a: Traits, b: Traits) -> bool:
    report, value, before, told = names
    return any(
        trait(later, before) != NOTHING
        and trait(later, before) == trait(earlier, report)
        and trait(later, told) != NOTHING
        and trait(later, told) != trait(earlier, value)
        for earlier, later in ((a, b), (b, a))
    )


def _came_of(names: tuple[str, str], a: Traits, b: Traits) -> bool:
    one, several = names
    return any(
        trait(before, one) != NOTHING and trait(before, one) in str(trait(after, several)).split(SEVERAL)
        for before, after in ((a, b), (b, a))
    )


OPERATORS: Mapping[str, Callable[[Any], Test]] = {
    "olika": lambda names: _not(_same(names)),
    "lika": _same,
    "nagon": lambda wanted: _some(like(wanted)),
    "alla": lambda wanted: _both(like(wanted)),
    "ingen": lambda wanted: _not(_some(like(wanted))),
    "skiljer": lambda sizes: partial(_apart, sizes),
    "overlappar": lambda names: partial(_overlap, names),
    "forfader": lambda name: partial(_within, name),
    "motsager": lambda names: partial(_contradict, names),
    "ingar": lambda names: partial(_came_of, names),
    "inte": lambda condition: _not(test(condition)),
}


def met(rules: Rules, a: Traits, b: Traits) -> Iterator[Mapping[str, Any]]:
    """The rows of the table whose condition holds, until one of them ends the search."""
    for row, holds in rules.tests:
        if holds(a, b):
            yield row
            if row.get("stopp"):
                return


def reason(row: Mapping[str, Any], rules: Rules, a: Traits, b: Traits) -> Reason:
    """What a row of the table says of two figures."""
    about = like(row["om"].get("nagon", {}))
    sides = [side for side in (a, b) if about(side)]
    said = [written(row["text"], rules, a, b, side) for side in sides] if "{x" in row["text"] else []
    text = " ".join(dict.fromkeys(said)) or written(row["text"], rules, a, b, a)
    return Reason(row["kod"], VERDICTS[row["utslag"]], text)


def written(text: str, rules: Rules, a: Traits, b: Traits, x: Traits) -> str:
    """A text of the table with its places filled in."""
    sides = {"a": a, "b": b, "x": x}
    called = name_trait(a, b)

    def place(found: re.Match[str]) -> str:
        side, name, otherwise = sides[found[1]], found[2], found[3] or ""
        if name is None:
            return str(trait(side, called))
        value = trait(side, name)
        return rules.word(name, value) if value != NOTHING else otherwise

    filled = PLACE.sub(place, text)
    return filled[:1].upper() + filled[1:]


def name_trait(a: Traits, b: Traits) -> str:
    """The trait that tells two figures apart in a text: as little as is needed."""
    if trait(a, "insats") != trait(b, "insats"):
        return "namn"
    one, other = trait(a, "period"), trait(b, "period")
    apart = trait(a, "rapport") == trait(b, "rapport") and NOTHING not in (one, other) and one != other
    return "period" if apart else "rapportperiod"
