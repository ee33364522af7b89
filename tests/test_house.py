"""Rules of the house that a machine can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.stages import Stage, chart, check, derived, page

SOURCE = Path(__file__).parents[1] / "build_tools"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 40
STAGES: list[Stage[object]] = [derived, check, chart, page]  # type: ignore[list-item]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Every function of a module, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def body_lines(function: ast.FunctionDef) -> int:
    """How many lines a function's body has, its docstring not counted."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    """The module docstrings together are the architecture document."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_function_grows_past_a_screen(path: Path) -> None:
    """A function that grows usually holds a second idea with a name of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f.name for f in functions(tree) if body_lines(f) > LONGEST] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_types_need_no_hidden_imports(path: Path) -> None:
    """Where a module needs TYPE_CHECKING, two modules are in the wrong place."""
    assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.package)
def test_every_part_of_a_stage_has_title_and_explanation(stage: Stage[object]) -> None:
    """A part is a labelled function; its title and docstring reach the reader."""
    parts = stage.parts()
    assert parts
    assert [part.id for part in parts if not (part.title and part.doc)] == []
