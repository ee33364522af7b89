"""`granska`: every finding at once."""

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

from build_tools.build import disturb, review, rules
from build_tools.commands import ratta
from build_tools.commands.arguments import add_root, choice, line, within
from build_tools.model import Finding
from build_tools.outlets import trials
from build_tools.outlets.findings import as_github, as_json, errors, listed
from build_tools.outlets.terminal import say, show

FOLDERS = ("data/rapporter", "content/rapporter")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which project, which reports, written how."""
    add_root(parser)
    parser.add_argument(
        "reports", nargs="*", metavar="RAPPORT", help="till exempel sater/2021 (annars alla rapporter)"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="hur anmärkningarna skrivs")
    parser.add_argument(
        "--muteras",
        action="store_true",
        help="visa vilka skrivfel som skulle upptäckas, och vilka tal som ingen regel bevakar",
    )
    parser.add_argument(
        "--ratta", type=line, metavar="FIL:RAD", help="visa vad ett förslag ändrar, och ändra efter ett ja"
    )
    parser.add_argument(
        "--forslag", type=choice, metavar="N", help="ta förslag nummer N i stället för det troligaste"
    )
    parser.add_argument("--ja", action="store_true", help="ändra utan att fråga")


def run(options: argparse.Namespace) -> int:
    """Print the findings; the status tells whether any of them is an error."""
    if misuse := _clash(options):
        say(misuse)
        return 2
    if options.ratta:
        return _ratta(options)
    asked = tuple(dict.fromkeys(identity(report, options.root) for report in options.reports))
    known = reports(options.root)
    if unknown := [report for report in asked if report not in known]:
        for report in unknown:
            say(f"Rapporten {report} finns inte.{nearest(report, known)}")
        return 2
    if options.muteras:
        return _muteras(asked, options)
    findings = review(options.root, asked)[0]
    FORMATS[options.format](findings, options.root)
    return 1 if errors(findings) else 0


def _clash(options: argparse.Namespace) -> str:
    """What was asked for at once that cannot be."""
    if options.ratta and (options.reports or options.muteras or options.format != "text"):
        return "--ratta gäller en enda rad. Skriv varken rapport, --muteras eller --format bredvid."
    if not options.ratta and (options.forslag or options.ja):
        return "--forslag och --ja hör till --ratta FIL:RAD."
    return ""


def _ratta(options: argparse.Namespace) -> int:
    """Apply a proposal to a line of one of the project's files."""
    given, row = options.ratta
    file = within(given, options.root)
    if file is None:
        say(f"{given} är ingen fil i projektet {options.root}.")
        return 2
    return ratta.mend(options.root, file, row, number=options.forslag or 1, agreed=options.ja)


def _muteras(asked: Sequence[str], options: argparse.Namespace) -> int:
    """Tell how well the figures are guarded; that a figure is unguarded is no fault of the report."""
    tried = disturb(options.root, asked)
    if options.format == "json":
        _write(trials.as_json(tried))
    else:
        trials.show(tried)
    return 0


def identity(given: str, root: Path) -> str:
    """Take `sater/2021`, or the path of one of the report's files as a shell completes it."""
    path = Path(given)
    for folder in FOLDERS:
        for start in (Path.cwd(), root):
            full = (start / path).absolute()
            if path.suffix and full.is_relative_to(root / folder):
                return full.relative_to(root / folder).with_suffix("").as_posix()
    return PurePosixPath(given.replace("\\", "/")).as_posix()


def reports(root: Path) -> tuple[str, ...]:
    """Find the reports that have figures, prose or both."""
    found = {
        path.relative_to(root / folder).with_suffix("").as_posix()
        for folder, pattern in zip(FOLDERS, ("*/*.yml", "*/*.md"), strict=True)
        for path in (root / folder).glob(pattern)
    }
    return tuple(sorted(found))


def nearest(report: str, known: Sequence[str]) -> str:
    """Name the reports that were perhaps meant."""
    alike = difflib.get_close_matches(report, known, n=3, cutoff=0.5)
    return f" Menades {' eller '.join(alike)}?" if alike else f" Här finns {listed(known[:10]) or 'inga'}."


def _json(findings: Sequence[Finding], _root: Path) -> None:
    _write(map(as_json, findings))


def _github(findings: Sequence[Finding], root: Path) -> None:
    titles = {code: rule.title for code, rule in rules().items()}
    _write(as_github(finding, root, titles) for finding in findings)


def _write(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


FORMATS: dict[str, Callable[[Sequence[Finding], Path], None]] = {
    "text": show,
    "json": _json,
    "github": _github,
}
