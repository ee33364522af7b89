"""What is said of two reports stands in one table, which the build and the browser both read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.compare.rules import Rules, table
from build_tools.model import Bound

ROOT = Path(__file__).parents[1]
READERS = (
    "build_tools/compare/pairs.py",
    "build_tools/compare/highlights.py",
    "build_tools/theme/assets/samrapport/jamfor.js",
)
SENTENCES = [(group, name, text) for group, own in table()["meningar"].items() for name, text in own.items()]
RULES = Rules(table(), ())


@pytest.mark.parametrize("path", READERS)
def test_no_sentence_stands_twice(path: str) -> None:
    """Neither the build nor the script has a sentence of the table in its own text."""
    told = (ROOT / path).read_text("utf-8")
    for _, _, text in SENTENCES:
        longest = max(re.split(r"\{\w+\}", text), key=len).strip(" .:;,")
        assert len(longest) < len("går inte") or longest not in told, text


@pytest.mark.parametrize("path", READERS)
def test_every_name_is_in_the_table(path: str) -> None:
    """A sentence that is asked for by its name is there."""
    told = (ROOT / path).read_text("utf-8")
    asked = set(re.findall(r'"par", "(\w+)"', told))
    assert asked <= set(table()["meningar"]["par"])


def test_a_place_is_filled_with_words_or_figures() -> None:
    """Words grow together around a figure, which keeps the way to its cell."""
    bound = Bound("51 personer", "norr/2024", "flode.nya")
    found = RULES.sentence("viktigast", "uppgift", namn="Nya deltagare", tal=(bound,))
    assert found == ("Nya deltagare ", bound)
    few = RULES.sentence("viktigast", "nytt_fler", rapport="2024", uppgifter=found, antal="2")
    assert few == ("Nytt för 2024: Nya deltagare ", bound, " och 2 till.")


def test_braces_in_a_name_are_no_places() -> None:
    """What is put in is never read as a place itself."""
    assert RULES.said("par", "bara", rapport="{namn}") == "redovisas bara av {namn}"
