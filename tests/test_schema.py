"""The schemas for editors and the loader are made of the same shapes; here both judge the same files."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from jsonschema import Draft7Validator

from build_tools.load.codes import CLASHING, IMPOSSIBLE_DATE
from build_tools.load.data_file import read_data_text
from build_tools.load.formats import FILES, REPORT
from build_tools.load.schema import schema_of, schemas
from build_tools.load.shapes import Code, Day, Fields, Flag, Keyed, Number, Rows, Shape, Text, Word

REMEDY = 'python -c "from pathlib import Path; from build_tools.load.schema import write; write(Path())"'
SHAPES = {**FILES, **{f"rapport.{key}": shape for key, shape in REPORT.fields.items()}}
"""Every file, and every section of a report by itself."""
VALIDATORS = {name: Draft7Validator(schema_of(shape)) for name, shape in SHAPES.items()}
BEYOND_SCHEMA = {CLASHING, IMPOSSIBLE_DATE}
"""Codes of what a shape says that no schema without oneOf can say."""
JUNK = (
    None,
    True,
    "Å, ä och ö",
    "12",
    "saknas",
    "skyddad",
    "2021-02-30",
    "20201-01-01",
    "",
    -1,
    3,
    0.5,
    10**16,
    "16,5",
    [],
    {},
    [1],
    {"okand_nyckel": 1},
    {"antal": 4, "n": "saknas"},
    {"kvinna": 1, "man": 2},
)
steady = settings(
    derandomize=True, database=None, max_examples=30, deadline=None, suppress_health_check=list(HealthCheck)
)


KNOWN: dict[int, SearchStrategy[Any]] = {}


def values(shape: Shape) -> SearchStrategy[Any]:
    """Values of a shape; made once, since strategies are slow to make."""
    if id(shape) not in KNOWN:
        KNOWN[id(shape)] = _values(shape)
    return KNOWN[id(shape)]


def _values(shape: Shape) -> SearchStrategy[Any]:
    match shape:
        case Text():
            return st.text("abcåäö ”:#-12", min_size=1, max_size=12).filter(str.strip) | st.integers(0, 99)
        case Code():
            return st.just(shape.example)
        case Word():
            return st.sampled_from(list(shape.words))
        case Number():
            return _numbers(shape)
        case Day():
            return st.sampled_from(["2021-12-31", "2019-07-01", *shape.words])
        case Flag():
            return st.booleans()
        case Rows():
            return st.lists(values(shape.item), max_size=2)
        case Keyed():
            return st.dictionaries(st.sampled_from([shape.example, "annan"]), values(shape.value), max_size=2)
        case Fields():
            return _objects(shape)
        case _:
            raise TypeError(shape)


def _numbers(shape: Number) -> SearchStrategy[Any]:
    low = max(shape.lowest, -99)
    high = min(shape.highest, max(99, low + 99))
    words = list(shape.words)
    numbers: SearchStrategy[Any] = st.integers(low, high)
    if not shape.whole:
        numbers |= st.sampled_from([16.5, "16,5", 2.25, "-0,5"])
    return numbers | st.sampled_from(words) if words else numbers


@st.composite
def _objects(draw: DrawFn, shape: Fields) -> Any:
    if shape.scalar and draw(st.booleans()):
        return draw(values(shape.scalar))
    optional = draw(st.lists(st.sampled_from(list(shape.fields)), max_size=2, unique=True))
    keys = dict.fromkeys([*shape.required, *optional])
    return {key: draw(values(shape.fields[key])) for key in keys}


@st.composite
def _mutants(draw: DrawFn, shape: Shape) -> Any:
    """A file of a shape with something changed in it."""
    root = {"": copy.deepcopy(draw(values(shape)))}
    places = list(_places(root))
    holder, key = draw(st.sampled_from(places))
    change = draw(st.sampled_from(["replace", "replace", "drop", "add", "rename"]))
    if change == "drop" and holder is not root:
        del holder[key]
    elif change in ("add", "rename") and isinstance(holder[key], dict):
        target = holder[key]
        moved = target.pop(draw(st.sampled_from(list(target))), 1) if change == "rename" and target else 1
        target[draw(st.sampled_from(["okand", "Å", "kvinna", "antal", "4"]))] = moved
    else:
        holder[key] = draw(st.sampled_from(JUNK))
    return root[""]


def _places(value: Any) -> Any:
    """Every place in a file, as what holds it and its key there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inside:
        yield value, key
        yield from _places(child)


def block(value: Any, indent: str = "") -> str:
    """A file as YAML in block style, every text within quotation marks but decimals with a comma."""
    if isinstance(value, dict) and value:
        rows = [f"{indent}{json.dumps(str(key))}:{_below(child, indent)}" for key, child in value.items()]
        return "\n".join(rows)
    if isinstance(value, list) and value:
        return "\n".join(f"{indent}-{_below(child, indent)}" for child in value)
    return f"{indent}{_plain(value)}"


def _below(value: Any, indent: str) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + block(value, indent + "  ")
    return f" {_plain(value)}"


def _plain(value: Any) -> str:
    comma = isinstance(value, str) and value.lstrip("-").replace(",", "", 1).isdecimal() and "," in value
    return str(value) if comma else json.dumps(value, ensure_ascii=False)


def agree(name: str, value: Any) -> None:
    """Let both judge a file."""
    _, found = read_data_text(block(value), "data/fil.yml", SHAPES[name])
    wrong = [finding for finding in found if finding.code not in BEYOND_SCHEMA]
    assert VALIDATORS[name].is_valid(value) == (not wrong), (block(value), [f.message for f in wrong])


@pytest.mark.parametrize("name", SHAPES)
def test_what_the_shapes_allow(name: str) -> None:
    """A file made from a shape is right to both."""

    @steady
    @given(values(SHAPES[name]))
    def judge(value: Any) -> None:
        agree(name, value)
        assert VALIDATORS[name].is_valid(value)

    judge()


@pytest.mark.parametrize("name", SHAPES)
def test_what_the_shapes_refuse(name: str) -> None:
    """A file with something changed in it is right to both, or wrong to both."""

    @steady
    @given(_mutants(SHAPES[name]))
    def judge(value: Any) -> None:
        agree(name, value)

    judge()


def test_the_written_schemas() -> None:
    """The schemas in data/schema/ are those that the shapes give."""
    folder = Path(__file__).parents[1] / "data" / "schema"
    there = {f"data/schema/{path.name}": path.read_text("utf-8") for path in folder.glob("*.json")}
    assert there == schemas(), f"write them anew: {REMEDY}"


@pytest.mark.parametrize("name", FILES)
def test_what_an_editor_can_explain(name: str) -> None:
    """A schema has no oneOf or anyOf, which editors explain badly, and is itself a right schema."""
    text = schemas()[f"data/schema/{name}.json"]
    assert not [word for word in ("oneOf", "anyOf", "allOf") if f'"{word}"' in text]
    Draft7Validator.check_schema(json.loads(text))


FLOW = "rapport: {insats: sater, typ: arsrapport, mall: samverkansteam, status: slutlig,\n"
FLOW += "  period: {start: 2021-01-01, slut: 2021-12-31, typ: kalenderar}}\n"
IDENTITY = {
    "insats": "sater",
    "typ": "arsrapport",
    "mall": "samverkansteam",
    "status": "slutlig",
    "period": {"start": "2021-01-01", "slut": "2021-12-31", "typ": "kalenderar"},
}
ONLY_THE_LOADER_KNOWS = (
    ("doubled keys", "uppgifter: {ko: 1, ko: 2}", {"uppgifter": {"ko": 2}}),
    ("days that do not exist", "enkater: []\nekonomi: {enhet: kr, utfall_tom: 2021-02-30}", None),
    ("exactly one of several keys", "uppgivet: [{cell: flode.nya, varde: 1, andel: 2}]", None),
    ("quotation marks around a decimal", 'uppgifter: {ko: "16,5"}', None),
    ("numbers that YAML 1.2 knows and we do not", "uppgifter: {ko: 1e3}", {"uppgifter": {"ko": 1000}}),
    ("tabs", "uppgifter:\n \tko: 1", {"uppgifter": {"ko": 1}}),
    ("anchors", "uppgifter: {ko: &a 1}", {"uppgifter": {"ko": 1}}),
)


@pytest.mark.parametrize(("what", "text", "value"), ONLY_THE_LOADER_KNOWS)
def test_what_only_the_loader_knows(what: str, text: str, value: Any) -> None:
    """These faults pass the schema, by nature; the loader tells them.

    So do all that need more than one place: names that exist nowhere, units, sums, periods that end before
    they begin, figures of single persons.
    """
    seen = value or _seen(text)
    assert VALIDATORS["rapport"].is_valid({"rapport": IDENTITY, **seen}), what
    assert read_data_text(FLOW + text, "data/fil.yml", FILES["rapport"])[1], what


def _seen(text: str) -> Any:
    """What an editor sees of a text that is plain YAML."""
    import yaml

    class Plain(yaml.SafeLoader):
        """Dates stay text, as in YAML 1.2."""

    Plain.yaml_implicit_resolvers = {
        key: [(tag, form) for tag, form in forms if not tag.endswith("timestamp")]
        for key, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Plain)  # noqa: S506
