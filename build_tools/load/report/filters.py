"""Questions that only some were asked: those who gave certain answers to another question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from build_tools import texts
from build_tools.load.codes import CLASHING, UNKNOWN_NAME
from build_tools.load.report.ledger import Ledger, word
from build_tools.load.yaml_file import ListNode, MapNode, ScalarNode
from build_tools.model import Filter, Question

KEY = "foljdfraga"


def with_filters(
    survey: str, asked: Mapping[str, Question], nodes: tuple[MapNode, ...], ledger: Ledger
) -> tuple[Question, ...]:
    """The questions of a survey, each with who was asked it; a filter that is wrong is told of and left."""
    found: dict[str, Filter] = {}
    for node in nodes:
        name, told = word(node, "id"), node.entries.get(KEY)
        if name in asked and name not in found and isinstance(told, MapNode):
            made = _filter(survey, name, told, asked, ledger)
            if made:
                found[name] = made
    rounds = {name for name in found if _leads_back(f"{survey}.{name}", survey, found)}
    for name in sorted(rounds):
        message = f"Frågan {name} är följdfråga till sig själv på omvägar. Ta bort {KEY} på en av frågorna."
        ledger.say(CLASHING, found[name].where, message)
    return tuple(
        replace(one, asked_of=None if name in rounds else found.get(name)) for name, one in asked.items()
    )


def _filter(
    survey: str, name: str, node: MapNode, asked: Mapping[str, Question], ledger: Ledger
) -> Filter | None:
    """Who was asked a question, where the other question and its steps are there."""
    other, listed = node.entries.get("fraga"), node.entries.get("svar")
    steps = (
        [item for item in listed.items if isinstance(item, ScalarNode)]
        if isinstance(listed, ListNode)
        else []
    )
    if isinstance(listed, ListNode) and not listed.items:
        message = f"{KEY}: här står inget svar. Skriv vilka svar som ledde till frågan, till exempel [ja]."
        ledger.say(CLASHING, listed.where, message)
    if not isinstance(other, ScalarNode) or not steps:
        return None
    if other.text == name:
        ledger.say(CLASHING, other.where, f"Frågan {name} kan inte vara följdfråga till sig själv.")
        return None
    first = asked.get(other.text)
    if first is None:
        near = texts.suggestion(other.text, [one for one in asked if one != name])
        ledger.say(UNKNOWN_NAME, other.where, f"Enkäten har ingen fråga ”{other.text}”.{near}")
        return None
    unknown = [step for step in steps if not _has_step(first, step.text, ledger)]
    for step in unknown:
        near = texts.suggestion(step.text, _steps(first, ledger))
        message = f"”{step.text}” är inget svar på frågan {other.text}, med skalan {first.scale}.{near}"
        ledger.say(UNKNOWN_NAME, step.where, message)
    told = tuple(dict.fromkeys(step.text for step in steps))
    return None if unknown else Filter(f"{survey}.{other.text}", told, node.where)


def _has_step(question: Question, step: str, ledger: Ledger) -> bool:
    scale = ledger.catalogue.scales.get(question.scale)
    if scale is None or scale.steps:
        return scale is None or step in scale.steps
    low, high = scale.minimum, scale.maximum
    return low is not None and high is not None and step.isdecimal() and low <= int(step) <= high


def _steps(question: Question, ledger: Ledger) -> tuple[str, ...]:
    scale = ledger.catalogue.scales.get(question.scale)
    return tuple(scale.steps) if scale else ()


def _leads_back(start: str, survey: str, found: Mapping[str, Filter]) -> bool:
    """Whether one comes back to a question by asking who was asked it, and so on."""
    return start in _before(start, survey, found)


def _before(start: str, survey: str, found: Mapping[str, Filter]) -> Iterator[str]:
    seen: set[str] = set()
    asked = found.get(start.removeprefix(f"{survey}."))
    while asked and asked.question not in seen:
        seen.add(asked.question)
        yield asked.question
        asked = found.get(asked.question.removeprefix(f"{survey}."))
