"""Applies a proposal to the file it is about: the characters of its numbers change, and nothing else.

A number is found by the place that the YAML parser gives it, and is changed only where it is still the one
that the proposal was made for.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from build_tools import texts
from build_tools.load.source import MARK
from build_tools.load.yaml_file import LOADER, NUMBER
from build_tools.model import Finding, Proposal, Where

UNCHANGED = "Inget är ändrat."


class RefusedError(Exception):
    """The file may not be changed so; the message is a Swedish sentence for the writer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A proposal that concerns a line, with the finding that it would mend."""

    finding: Finding
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it is and as it would be."""

    file: str
    before: bytes
    after: bytes


def choices(findings: Sequence[Finding], file: str, line: int) -> tuple[Choice, ...]:
    """The proposals that concern a line, the likeliest first.

    Those of a finding on the line are all meant; of other findings only those that change the line.
    """
    own = [one for one in findings if _stands(one, file, line)]
    others = [one for one in findings if not _stands(one, file, line)]
    found = [Choice(finding, proposal) for finding in own for proposal in finding.proposals]
    for finding in others:
        touching = (one for one in finding.proposals if any(_at(file, line, part) for part in parts(one)))
        found += (Choice(finding, proposal) for proposal in touching)
    first: dict[tuple[object, ...], Choice] = {}
    for choice in found:
        key = tuple((one.file, one.line, one.column, one.value) for one in parts(choice.proposal))
        first.setdefault(key, choice)
    return tuple(first.values())


def parts(proposal: Proposal) -> tuple[Proposal, ...]:
    """The numbers that a proposal changes."""
    return (proposal, *(part for along in proposal.along for part in parts(along)))


def without_choice(findings: Sequence[Finding], file: str, line: int) -> str:
    """Why there is nothing to change for a line, and where there is."""
    here = [one for one in findings if _stands(one, file, line)]
    if here:
        told = "Anmärkningen" if len(here) == 1 else "Anmärkningarna"
        message = f"{told} på {file}:{line} har inget förslag. Läs vad som står där och rätta för hand."
    else:
        message = f"Ingen anmärkning gäller {file}:{line}."
    lines = sorted({number for finding in findings for number in _lines(finding, file)})
    rows = texts.listed([str(number) for number in lines])
    return f"{message} Förslag i filen finns för rad {rows}." if lines else message


def changes(root: Path, proposal: Proposal) -> tuple[Change, ...]:
    """What a proposal does to the files, each whole. Nothing is written.

    Raises RefusedError where a file cannot be changed, or no longer says what the proposal was made for.
    """
    own: dict[str, list[Proposal]] = {}
    for part in parts(proposal):
        own.setdefault(part.file, []).append(part)
    return tuple(_changed(root, file, wanted) for file, wanted in own.items())


def write(root: Path, changed: Iterable[Change]) -> None:
    """Put changed files in place, each whole at every moment and with the rights it had.

    Raises RefusedError where one has been changed since, or cannot be written.
    """
    made: list[tuple[Path, Path]] = []
    try:
        for change in changed:
            path = target(root, change.file)
            if path.read_bytes() != change.before:
                raise RefusedError(
                    f"{change.file} har sparats av någon annan under tiden. {UNCHANGED} Kör granska igen."
                )
            made.append((_beside(path), path))
            _filled(made[-1][0], change.after, path)
        for new, path in made:
            new.replace(path)
    except OSError as error:
        reason = error.strerror or "okänt fel"
        raise RefusedError(f"Det gick inte att skriva ({reason}). {UNCHANGED}") from error
    finally:
        for new, _path in made:
            new.unlink(missing_ok=True)


def outcome(chosen: Finding, file: str, before: Sequence[Finding], after: Sequence[Finding]) -> str:
    """What holds when a proposal has been applied, and what remains to be done in the file."""
    known, left = {_key(one) for one in before}, {_key(one) for one in after}
    mended = dict.fromkeys(one.code for one in before if _key(one) not in left)
    told = [f"Nu stämmer {texts.listed(list(mended))}."] if mended else []
    if _key(chosen) in left:
        told.append(f"{chosen.code} stämmer ännu inte.")
    here = [one for one in after if one.where.file == file]
    new = sum(_key(one) not in known for one in here)
    count = {0: "Inga anmärkningar", 1: "1 anmärkning"}.get(len(here), f"{len(here)} anmärkningar")
    ending = f", varav {new} {'ny' if new == 1 else 'nya'}" if new else ""
    return " ".join((*told, f"{count} kvar i filen{ending}."))


def target(root: Path, file: str) -> Path:
    """The file itself, behind any links, which may not lead out of the project."""
    try:
        path = (root / file).resolve()
        inside = path.is_relative_to(root.resolve()) and path.is_file()
    except (OSError, ValueError, RuntimeError) as error:  # a nought byte, a name too long, links in a ring
        raise RefusedError(f"{file} går inte att öppna. {UNCHANGED}") from error
    if not inside:
        raise RefusedError(f"{file} är ingen fil i projektets mapp. {UNCHANGED}")
    if not os.access(path, os.W_OK):
        raise RefusedError(f"{file} får inte skrivas. {UNCHANGED}")
    return path


def _stands(finding: Finding, file: str, line: int) -> bool:
    return (finding.where.file, finding.where.line) == (file, line)


def _lines(finding: Finding, file: str) -> Iterator[int]:
    """The lines of a file that a proposal of a finding can be asked for by."""
    if finding.proposals and finding.where.file == file:
        yield finding.where.line
    changed = (part for proposal in finding.proposals for part in parts(proposal))
    yield from (part.line for part in changed if part.file == file)


def _at(file: str, line: int, proposal: Proposal) -> bool:
    return (proposal.file, proposal.line) == (file, line)


def _key(finding: Finding) -> tuple[str, str, Where]:
    """What makes a finding the same before and after: lines stay where they are, numbers do not."""
    return (finding.code, finding.about, finding.where)


def _changed(root: Path, file: str, wanted: Sequence[Proposal]) -> Change:
    try:
        before = target(root, file).read_bytes()
        text = before.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(f"{file} går inte att läsa. {UNCHANGED}") from error
    mark = MARK if text.startswith(MARK) else ""
    after = text.removeprefix(mark)
    spans = [(*_span(after, one), one) for one in wanted]
    for start, end, one in sorted(spans, key=lambda span: span[0], reverse=True):
        after = after[:start] + _written(one.value, after[start:end]) + after[end:]
    return Change(file, before, f"{mark}{after}".encode())


def _span(text: str, proposal: Proposal) -> tuple[int, int]:
    """Where the number that a proposal is made for begins and ends."""
    sought = (proposal.line, proposal.column)
    start, end = next((span for place, span in _scalars(text) if place == sought), (0, 0))
    there = text[start:end]
    if not NUMBER.fullmatch(there):
        raise _stale(proposal, "inget tal")
    if Decimal(there.replace(",", ".")) != Decimal(proposal.stated):
        raise _stale(proposal, there)
    return start, end


def _stale(proposal: Proposal, there: str) -> RefusedError:
    return RefusedError(
        f"På {proposal.file}:{proposal.line} står {there}, men förslaget gällde {proposal.stated}. "
        f"{UNCHANGED} Kör granska igen."
    )


def _scalars(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Line and column of each value that stands without quotation marks, and where in the text it is.

    In a file with a fault, those before it.
    """
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    try:
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent and not event.style:
                first, last = event.start_mark, event.end_mark
                yield (first.line + 1, first.column + 1), (first.index, last.index)
    except yaml.YAMLError:
        return


def _written(value: str, there: str) -> str:
    """A number with the decimal sign and at least the decimals of the one that it replaces."""
    number = Decimal(value)
    decimals = max(texts.precision(number), texts.precision(Decimal(there.replace(",", "."))))
    text = f"{texts.rounded(number, decimals):f}"
    return text.replace(".", ",") if "," in there else text


def _beside(path: Path) -> Path:
    """A new file on the same disk, which no reader takes for a source."""
    handle, name = tempfile.mkstemp(prefix=".ratta-", dir=path.parent)
    os.close(handle)
    return Path(name)


def _filled(new: Path, content: bytes, like: Path) -> None:
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(like, new)
