"""One data file: its bytes, its tree, and what of the tree has the right shape."""

from __future__ import annotations

from pathlib import Path

from build_tools.load.shapes import Shape, check
from build_tools.load.source import DATA_LIMIT, read_text
from build_tools.load.yaml_file import Node, read_tree
from build_tools.model import Finding


def read_data(root: Path, file: str, shape: Shape) -> tuple[Node | None, tuple[Finding, ...]]:
    """The well-shaped part of a data file, and everything that is wrong with the rest."""
    text, faults = read_text(root, file, DATA_LIMIT)
    return (None, faults) if text is None else read_data_text(text, file, shape)


def read_data_text(text: str, file: str, shape: Shape) -> tuple[Node | None, tuple[Finding, ...]]:
    """The same, of a text that is at hand."""
    tree, found = read_tree(text, file)
    if tree is None:
        return None, found
    clean, misshapen = check(shape, tree)
    return clean, (*found, *misshapen)
