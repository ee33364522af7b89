"""The command line in Swedish: argparse with its words translated, and what several commands ask for."""

import argparse
import os
import re
import sys
from pathlib import Path
from typing import NoReturn

WORDS = {
    "usage: ": "användning: ",
    "options": "tillval",
    "positional arguments": "argument",
    "show this help message and exit": "visa den här hjälpen",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "det här måste anges: %s",
    "unrecognized arguments: %s": "okänt: %s",
    "expected one argument": "ett värde ska följa",
    "expected at least one argument": "minst ett värde ska följa",
    "ignored explicit argument %r": "tar inget värde, men fick %r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan betyda %(matches)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte; välj bland %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": (
        "%(value)r finns inte; menade du %(suggestion)r? Välj bland %(choices)s"
    ),
}
"""What argparse says, by its English."""
LINE = re.compile(r"[1-9][0-9]{0,8}")


def _swedish(text: str) -> str:
    return WORDS.get(text, text)


# argparse looks its words up in gettext under these names and has no other door for them.
setattr(argparse, "_", _swedish)  # noqa: B010 - the stubs do not know the name


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are Swedish, and which takes no shortened options."""

    def __init__(self, **settings: object) -> None:
        super().__init__(allow_abbrev=False, **settings)  # type: ignore[arg-type]  # passed on untouched

    def error(self, message: str) -> NoReturn:
        """Say what was wrong and how to get help."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: fel: {message}\n")


def add_root(parser: argparse.ArgumentParser) -> None:
    """Ask which project the command is for."""
    parser.add_argument(
        "--rot",
        dest="root",
        type=project,
        default=".",
        metavar="MAPP",
        help="projektets mapp (annars här)",
    )


def project(path: str) -> Path:
    """Take the folder of a project, or say why it is none."""
    root = Path(path)
    try:
        if not root.exists():
            raise argparse.ArgumentTypeError(f"mappen {path} finns inte")
        if not root.is_dir():
            raise argparse.ArgumentTypeError(f"{path} är en fil; ange projektets mapp")
        if not any((root / name).is_dir() for name in ("content", "data")):
            raise argparse.ArgumentTypeError(
                f"{path} är inget projekt: där finns varken content/ eller data/"
            )
        return root.resolve()
    except (OSError, ValueError) as error:  # no leave to read it, a name too long or with a nought byte
        raise argparse.ArgumentTypeError(f"mappen går inte att läsa: {error}") from error


def folder(path: str) -> Path:
    """Take a folder to write to, which need not be there yet."""
    try:
        return Path(path).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # a nought byte, a name too long, links in a ring
        raise argparse.ArgumentTypeError(f"{path!r} kan inte vara en mapp: {error}") from error


def line(text: str) -> tuple[str, int]:
    """Take `FIL:RAD`, or say how it is written."""
    file, _, row = text.rpartition(":")
    if not file or not LINE.fullmatch(row):
        raise argparse.ArgumentTypeError(f"{text!r}: skriv fil och rad, som data/rapporter/nord/2025.yml:26")
    return file, int(row)


def choice(text: str) -> int:
    """Take the number of a proposal."""
    if not LINE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r}: skriv förslagets nummer, 1, 2 eller 3")
    return int(text)


def within(given: str, root: Path) -> str | None:
    """The path in the project of a file given from where one stands, or from the project; else None."""
    for start in (Path.cwd(), root):
        try:
            path = Path(os.path.normpath(start / given.replace("\\", "/")))
            if path.is_relative_to(root) and path.is_file():
                return path.relative_to(root).as_posix()
        except (OSError, ValueError):  # a name too long, or with a nought byte
            continue
    return None
