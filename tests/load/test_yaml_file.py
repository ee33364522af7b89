"""The tree of a YAML text: every value with its place, and only plain digits as numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.load import yaml_file
from build_tools.load.syntax import UNKNOWN
from build_tools.load.yaml_file import MapNode, ScalarNode, read_tree

SYNTAX_ERRORS = (
    "a: b: c",
    "a: 'x\nb: 1",
    "a: {b: 1",
    "a: [1",
    "a: @x",
    "a: `x",
    "a: 1\nb",
    "- a\nb: 1",
    "a: &",
    'a: "\\q"',
    "a: 1\n}",
    "a: !h!x 1",
    "a: - b",
    "a: 'b' c",
    "...\na",
    "a: ]",
    "a: 1\n...\nb: 1\n",
    "a: >q\n",
    "{a: 1}}",
    " a: 1\nb: 2",
)


def scalar(text: str) -> ScalarNode:
    """The value under the key a."""
    tree, found = read_tree(text, "x.yml")
    assert isinstance(tree, MapNode)
    assert found == ()
    node = tree.entries["a"]
    assert isinstance(node, ScalarNode)
    return node


@pytest.mark.parametrize(("text", "number"), [("58.0", "58.0"), ("16,5", "16.5"), ("-3", "-3"), ("0", "0")])
def test_plain_digits_are_numbers(text: str, number: str) -> None:
    """A number keeps the precision it was written with, and a decimal comma is a decimal point."""
    assert str(scalar(f"a: {text}").number) == number


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "no",
        "1_000",
        "1e400",
        ".5",
        "+5",
        "NaN",
        ".inf",
        "0x1F",
        "1 550 000",
        "2021-01-01",
        '"5"',
        "١٢",
    ],
)
def test_everything_else_is_text(text: str) -> None:
    """What YAML 1.1 would take for a number, a time or a truth stays what the author wrote."""
    node = scalar(f"a: {text}")
    assert node.number is None
    assert node.text == text.strip('"')


def test_places() -> None:
    """Keys and values know their line and column, counted from 1, also after å and ö."""
    tree, _ = read_tree("å: ö\nb:\n  - {c: 1}\n", "x.yml")
    assert isinstance(tree, MapNode)
    assert tree.key("å").column == 1
    assert (tree.key("b").line, tree.key("b").column) == (2, 1)
    value = tree.entries["å"]
    assert (value.where.line, value.where.column) == (1, 4)


@pytest.mark.parametrize("text", SYNTAX_ERRORS)
@pytest.mark.parametrize("fast", [True, False])
def test_syntax_errors_are_told_in_swedish(text: str, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Usual mistakes have a sentence of their own, whether libyaml or Python reads the file."""
    monkeypatch.setattr(yaml_file, "LOADER", yaml.CSafeLoader if fast else yaml.SafeLoader)
    tree, found = read_tree(text, "x.yml")
    assert tree is None
    assert [finding.code for finding in found] == ["F04"]
    assert found[0].message != UNKNOWN
    assert 1 <= found[0].where.line <= text.count("\n") + 1


def test_fifty_thousand_brackets() -> None:
    """Deep input is stopped before it can exhaust the parser."""
    _, found = read_tree("[" * 50_000, "x.yml")
    assert [(finding.code, finding.where.column) for finding in found] == [("F08", 51)]


def test_doubled_keys_keep_the_first() -> None:
    """Which of two values is right nobody knows; the first stands, and both are told."""
    tree, found = read_tree("a: 1\na: 2\n", "x.yml")
    assert isinstance(tree, MapNode)
    first = tree.entries["a"]
    assert isinstance(first, ScalarNode)
    assert first.number == Decimal(1)
    assert [finding.code for finding in found] == ["F06"]


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(max_size=60) | st.text("ab:-[]{},#&*!|>'\"%@` \n\t0.", max_size=40))
def test_any_text_gives_a_tree_or_a_finding(text: str) -> None:
    """No text makes the reader fall; and libyaml and Python agree on which can be read at all."""
    tree, found = read_tree(text, "x.yml")
    assert tree is not None or found
    for finding in found:
        assert finding.where.line >= 1
        assert finding.where.column >= 1
