"""The programs outside Python that the tests need: found on the machine, or installed where we may."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from build_tools.outlets.terminal import say


@dataclass(frozen=True, slots=True)
class Program:
    """A program, the tests that need it, and where Debian keeps it.

    `mark` is the tests' pytest mark; `files`, if any, must be there too, in one of the places.
    """

    name: str
    tests: str
    mark: str
    commands: tuple[str, ...]
    packages: tuple[str, ...]
    files: tuple[Path, ...] = ()


CHROMIUM = Program(
    name="Chromium",
    tests="Webbläsartesterna",
    mark="browser",
    commands=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    packages=("chromium",),
)
HUNSPELL = Program(
    name="Hunspell med svensk ordlista",
    tests="Stavningstesterna",
    mark="spelling",
    commands=("hunspell",),
    packages=("hunspell", "hunspell-sv"),
    files=(
        Path("/usr/share/hunspell/sv_SE.dic"),
        Path("/usr/local/share/hunspell/sv_SE.dic"),
        Path("/opt/homebrew/share/hunspell/sv_SE.dic"),
    ),
)
NEEDED = (CHROMIUM, HUNSPELL)


def found(program: Program) -> str | None:
    """Look where systems put their programs."""
    if program.files and not any(file.is_file() for file in program.files):
        return None
    return next(filter(None, map(shutil.which, program.commands)), None)


def may_install() -> bool:
    """Whether this is Debian, with us as root."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def missing() -> tuple[Program, ...]:
    """What the machine still lacks when all that may be installed is."""
    lacking = tuple(program for program in NEEDED if not found(program))
    if lacking and may_install():
        install(lacking)
    return tuple(program for program in lacking if not found(program))


def install(programs: tuple[Program, ...]) -> None:
    """Install Debian's packages, all at once."""
    names = " och ".join(program.name for program in programs)
    tests = " och ".join(program.tests.lower() for program in programs)
    say(f"Installeras med apt-get för {tests}: {names}.")
    packages = (package for program in programs for package in program.packages)
    for words in (("update",), ("install", "-y", "--no-install-recommends", *packages)):
        done = subprocess.run(
            ("apt-get", "-q", *words),
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            say("\n".join(("Det gick inte. Det sista som sades:", *done.stderr.strip().splitlines()[-4:])))
            return
