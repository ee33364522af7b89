"""How findings are written: a line for the eye, JSON for programs, annotations for GitHub."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from build_tools import texts
from build_tools.model import Finding, Level, Proposal

ESCAPED = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What would end an annotation or be read as an escape."""
COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "notice"}


def as_text(finding: Finding) -> str:
    """Write a finding on one line, its proposals indented below."""
    return "\n".join(map(printable, (heading(finding), *proposals(finding))))


def heading(finding: Finding) -> str:
    """Write where a finding stands, how grave it is, which rule speaks, and what it says."""
    where = f"{finding.where.file}:{finding.where.line}"
    return f"{where}  {finding.level.value}  {finding.code}  {finding.message}"


def proposals(finding: Finding) -> tuple[str, ...]:
    """Write what would make the rules hold, most likely first."""
    return tuple(f"    {word}: {proposed(one)}" for word, one in texts.likelihoods(finding.proposals))


def proposed(proposal: Proposal) -> str:
    """Write which figure a proposal is about, what it should be, where it stands, and why."""
    place = f"{proposal.file}:{proposal.line}"
    return f"{proposal.label or proposal.cell} = {proposal.value} ({place}). {proposal.reason}"


def as_json(finding: Finding) -> str:
    """Write a finding as one JSON object on one line."""
    return json.dumps(
        {
            "kod": finding.code,
            "niva": finding.level.value,
            "fil": finding.where.file,
            "rad": finding.where.line,
            "kolumn": finding.where.column,
            "text": finding.message,
            "forslag": [
                {"fil": one.file, "rad": one.line, "cell": one.cell, "varde": one.value, "skal": one.reason}
                for one in finding.proposals
            ],
        },
        ensure_ascii=False,
    )


def as_github(finding: Finding, root: Path, titles: Mapping[str, str]) -> str:
    """Write a finding as a GitHub annotation; `titles` are those of the rules, by their codes."""
    where = finding.where
    properties = {
        "file": Path(os.path.relpath(root / where.file, repository(root))).as_posix(),
        "line": where.line,
        "col": where.column,
        "title": f"{finding.code} {titles.get(finding.code, '')}".strip(),
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = "\n".join((finding.message, *proposals(finding)))
    return f"::{COMMANDS[finding.level]} {written}::{_data(text)}"


def repository(root: Path) -> Path:
    """The top that GitHub counts paths from: where git keeps its own, else where one stands."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), Path.cwd())


def summary(findings: Sequence[Finding]) -> str:
    """Say how many of each level there are."""
    if not findings:
        return "Inga anmärkningar."
    files = len({finding.where.file for finding in findings})
    return (
        f"{texts.levels(finding.level for finding in findings)} i {files} {'fil' if files == 1 else 'filer'}."
    )


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a build."""
    return tuple(finding for finding in findings if finding.level is Level.ERROR)


def listed(parts: Sequence[str]) -> str:
    """Join as in a sentence: a, b och c."""
    return " och ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def printable(text: str) -> str:
    """Keep a line a line, and let no author's control character steer the reader's terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _data(text: str) -> str:
    shown = "".join(one if one in ESCAPED else printable(one) for one in text)
    return "".join(ESCAPED.get(one, one) for one in shown)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
