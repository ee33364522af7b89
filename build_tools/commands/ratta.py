"""`granska --ratta`: show what a proposal would change, ask, and change it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from build_tools.build import review
from build_tools.outlets import differences
from build_tools.outlets.findings import heading, printable, proposed
from build_tools.outlets.terminal import asked, say
from build_tools.repairs import Change, Choice, RefusedError, changes, choices, outcome, without_choice, write

QUESTION = "Ändra filen? [j/n] "


def mend(root: Path, file: str, line: int, *, number: int, agreed: bool) -> int:
    """Apply a proposal that concerns a line: 0 when it is done, 1 where nothing is changed, 2 for misuse."""
    findings = review(root)[0]
    found = choices(findings, file, line)
    if not found:
        say(without_choice(findings, file, line))
        return 1
    if number > len(found):
        say(f"Förslag {number} finns inte. För {file}:{line} finns {len(found)}.")
        return 2
    chosen = found[number - 1]
    try:
        changed = changes(root, chosen.proposal)
        _show(found, chosen, changed)
        if not (agreed or _agreed()):
            return 1
        write(root, changed)
    except RefusedError as reason:
        say(str(reason))
        return 1
    say(outcome(chosen.finding, file, findings, review(root)[0]))
    return 0


def _show(found: Sequence[Choice], chosen: Choice, changed: Sequence[Change]) -> None:
    """The finding, the proposal with its diff, and the other proposals in a line each."""
    write_lines((heading(chosen.finding), f"Förslag: {proposed(chosen.proposal)}", ""))
    for change in changed:
        differences.show(tuple(differences.unified(change.file, change.before, change.after)))
    others = [(number, one) for number, one in enumerate(found, 1) if one is not chosen]
    told = (f"  --forslag {number}: {proposed(one.proposal)}" for number, one in others)
    write_lines(("", "Andra förslag:", *told) if others else ())


def write_lines(lines: Sequence[str]) -> None:
    """Print lines; no author's words steer the terminal."""
    sys.stdout.writelines(f"{printable(line)}\n" for line in lines)
    sys.stdout.flush()


def _agreed() -> bool:
    """Whether the writer wants the change; without a terminal to ask at only `--ja` will do."""
    if not sys.stdin.isatty():
        say("Inget är ändrat. Lägg till --ja för att ändra filen.")
        return False
    if asked(QUESTION):
        return True
    say("Inget är ändrat.")
    return False
