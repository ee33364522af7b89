"""`bygg`: check, then build aside and swap in; with errors nothing is replaced."""

import argparse
import errno
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from build_tools.build import Built, build
from build_tools.commands.arguments import add_root, folder
from build_tools.model import Finding
from build_tools.outlets import folder as plain_project
from build_tools.outlets import site
from build_tools.outlets.findings import errors, listed
from build_tools.outlets.replace import RefusedError, reserved
from build_tools.outlets.terminal import progress, say, show

Outlet = Callable[[Path, Built, Path], tuple[Finding, ...]]
"""Writes a build into a folder and returns what stops it from being published."""

REFUSALS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EBUSY, errno.EXDEV}
REFUSALS |= {errno.EEXIST, errno.ENOTDIR, errno.ENAMETOOLONG}
"""What a disk or its owner can refuse; any other failure is a fault of ours and is let fly."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which project, and where the result goes."""
    add_root(parser)
    parser.add_argument("--till", type=folder, metavar="MAPP", help="var sajten läggs (annars i site/)")
    parser.add_argument(
        "--till-mapp", type=folder, metavar="MAPP", help="skriv sidorna som ett vanligt MkDocs-projekt"
    )


def run(options: argparse.Namespace) -> int:
    """Build what was asked for: the site, the plain project, or both."""
    outlets: list[tuple[Path, Outlet]] = []
    if options.till or not options.till_mapp:
        outlets.append((options.till or options.root / "site", site.write))
    if options.till_mapp:
        outlets.append((options.till_mapp, plain_project.write))
    try:
        return publish(options.root, outlets)
    except RefusedError as refused:
        say(str(refused))
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        say(f"Det går inte att skriva {error.filename or 'resultatet'}: {error.strerror}.")
    return 2


def publish(root: Path, outlets: Sequence[tuple[Path, Outlet]]) -> int:
    """Build once, write aside to each target, and swap when all are whole."""
    refuse_nested([target for target, _ in outlets])
    with ExitStack() as held, progress() as stage:
        places = [(held.enter_context(reserved(target, root, _waiting)), write) for target, write in outlets]
        built = build(root, progress=stage)
        found = built.findings
        for place, write in places:
            if not errors(found):
                stage(f"Skriver {place.target.name}")
                found += write(root, built, place.new)
        if not errors(found):
            for place, _ in places:
                place.swap()
    show(found, root)
    where = listed([str(target) for target, _ in outlets])
    say(f"Inget är ersatt i {where}." if errors(found) else f"Klart. Resultatet ligger i {where}.")
    return 1 if errors(found) else 0


def refuse_nested(targets: Sequence[Path]) -> None:
    """Two results cannot stand in each other's way."""
    if len(targets) == 2 and any(one.is_relative_to(other) for one, other in (targets, targets[::-1])):
        raise RefusedError("--till och --till-mapp ska vara två skilda mappar.")


def _waiting() -> None:
    say("Ett annat bygge skriver till samma mapp. Väntar på att det blir klart …")
