"""The sections that point to figures of others: goals, and what is said of how the work took root."""

from __future__ import annotations

from build_tools.load.codes import TWICE
from build_tools.load.report.ledger import Ledger, word
from build_tools.load.shapes import number_of
from build_tools.load.values import base_where
from build_tools.load.yaml_file import MapNode, ScalarNode
from build_tools.model import Goal, Statement


def read_goals(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """The goals that the intervention set itself."""
    for node in nodes:
        goal_id = word(node, "id")
        if not goal_id:
            continue
        if goal_id in ledger.goals:
            ledger.say(TWICE, node.where, f"Målet {goal_id} står två gånger. Ge det ett annat id.")
            continue
        _known_cells(node, ("matt", "tackning"), ledger)
        ledger.goals[goal_id] = Goal(
            id=goal_id,
            text=word(node, "text"),
            where=node.where,
            cell=word(node, "matt"),
            threshold=number_of(node.entries.get("troskel")),
            threshold_where=base_where(node.entries.get("troskel")),
            direction=word(node, "riktning"),
            base=word(node, "namnare"),
            coverage=word(node, "tackning"),
            proxy=word(node, "stallforetradande"),
            own_verdict=word(node, "dom"),
        )


def read_statements(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """What is said of each dimension of RE-AIM."""
    for node in nodes:
        _known_cells(node, ("cell",), ledger)
        if word(node, "dimension") and word(node, "text"):
            told = Statement(word(node, "dimension"), word(node, "text"), node.where, word(node, "cell"))
            ledger.statements.append(told)


def _known_cells(node: MapNode, keys: tuple[str, ...], ledger: Ledger) -> None:
    """Tell of a name that no cell has."""
    for key in keys:
        cell = node.entries.get(key)
        if isinstance(cell, ScalarNode):
            ledger.cell(cell)
