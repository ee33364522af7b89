"""`ny`: begin the next report."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from build_tools.commands.arguments import add_root
from build_tools.drafts import RefusedError, begin
from build_tools.outlets.terminal import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, made after which template."""
    add_root(parser)
    parser.add_argument("intervention", metavar="INSATS", help="till exempel sater")
    parser.add_argument("period", metavar="PERIOD", help="till exempel 2025, 2024-2025 eller 2025-h1")
    parser.add_argument(
        "--mall",
        dest="template",
        default="",
        metavar="MALL",
        help="rapportens mall (annars förra rapportens)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the two files, or say why not; nothing that exists is touched."""
    try:
        draft = begin(options.root, options.intervention, options.period, options.template)
        write(options.root, draft.files)
    except RefusedError as reason:
        say(str(reason))
        return 2
    for path in draft.files:
        say(f"Skapad: {path}")
    for line in draft.told:
        say(line)
    return 0


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write new files, all or none.

    Raises RefusedError where one exists or cannot be written.
    """
    made: list[Path] = []
    try:
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        reason = error.strerror or "okänt fel"
        raise RefusedError(f"Det gick inte att skriva ({reason}). Inget är ändrat.") from error
