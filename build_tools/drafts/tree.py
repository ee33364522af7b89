"""YAML that a person goes on writing in: small maps on one line, and comments where they help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

PLAIN = re.compile(r"[A-Za-zÅÄÖåäö0-9][\wÅÄÖåäö. -]*")
"""Text that needs no quotation marks."""
UNSAFE = {"ja", "nej", "yes", "no", "on", "off", "true", "false", "null", "y", "n"}
COLUMN = 46
"""Where comments begin, when the line leaves room."""
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value as it is written, with a comment after it."""

    text: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """Keys with what stands under them; `comment` stands after them all when they share a line."""

    entries: dict[str, Tree] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Tree, ...]
    comment: str = ""


Tree = Leaf | Branch | Items


def quoted(text: str) -> str:
    """A text as YAML, between quotation marks where it could be read as something else."""
    if PLAIN.fullmatch(text) and text.lower() not in UNSAFE and not text.endswith(" "):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def lines(tree: Branch, depth: int = 0) -> Iterator[str]:
    """The lines of keys and what stands under them."""
    for key, value in tree.entries.items():
        yield from _under(f"{'  ' * depth}{key}:", value, depth)


def _under(start: str, value: Tree, depth: int) -> Iterator[str]:
    short = _short(value)
    if short and len(start) + len(short) < WIDTH:
        yield _with_comment(f"{start} {short}", value.comment)
    elif isinstance(value, Items):
        yield _with_comment(start, value.comment)
        for item in value.items:
            yield from _item(item, depth + 1)
    elif isinstance(value, Branch):
        yield _with_comment(start, value.comment)
        yield from lines(value, depth + 1)
    else:
        yield _with_comment(f"{start} {value.text}", value.comment)


def _item(item: Tree, depth: int) -> Iterator[str]:
    """A row of a list: on one line if it fits, otherwise its first key beside the dash."""
    margin = "  " * depth
    short = _short(item)
    if short and len(margin) + len(short) + 2 < WIDTH:
        yield _with_comment(f"{margin}- {short}", item.comment)
    elif isinstance(item, Branch):
        first, *rest = lines(item, depth + 1)
        yield f"{margin}- {first.lstrip()}"
        yield from rest


def _short(tree: Tree) -> str:
    """What fits on one line: a value, a list of values, keys with values and nothing below; or nothing."""
    match tree:
        case Leaf():
            return tree.text
        case Items() if all(isinstance(item, Leaf) for item in tree.items):
            return f"[{', '.join(_short(item) for item in tree.items)}]"
        case Branch() if all(isinstance(v, Leaf) and not v.comment for v in tree.entries.values()):
            return "{" + ", ".join(f"{key}: {_short(value)}" for key, value in tree.entries.items()) + "}"
        case _:
            return ""


def _with_comment(line: str, comment: str) -> str:
    return f"{line.ljust(COLUMN)} # {comment}" if comment else line
