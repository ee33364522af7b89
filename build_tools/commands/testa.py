"""`testa`: everything that holds the program together, in the order that tells most soonest."""

import argparse
import importlib.util
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.commands.programs import Program, missing
from build_tools.outlets.terminal import say

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = ("ruff", "mypy", "importlinter", "pytest", "hypothesis", "playwright")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to test: a heading, and commands that must all succeed."""

    heading: str
    commands: tuple[tuple[str, ...], ...]


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(_options: argparse.Namespace) -> int:
    """Run every step, also after one has failed, and say at the end how each fared."""
    if reason := lacking():
        say(reason)
        return 2
    absent = missing()
    must = bool(os.environ.get("CI"))
    for program in absent if not must else ():
        say(f"{program.tests} hoppas över: {program.name} finns inte på den här datorn.")
    held = {step.heading: _held(step) for step in steps(absent)}
    for program in absent if must else ():
        held[f"{program.tests}: {program.name} finns inte, och med CI=true hoppas de inte över"] = False
    for heading, holds in held.items():
        say(f"{'godkänt' if holds else 'UNDERKÄNT':<10} {heading}")
    return 0 if all(held.values()) else 1


def lacking() -> str:
    """Say what keeps the tests from being run at all, if so."""
    if not (CHECKOUT / "tests").is_dir():
        return "testa prövar själva programmet och körs i dess källkod (git clone)."
    names = ", ".join(tool for tool in TOOLS if importlib.util.find_spec(tool) is None)
    return f"Paket saknas: {names}. Lägg in det som står i requirements.lock." if names else ""


def steps(absent: tuple[Program, ...] = ()) -> tuple[Step, ...]:
    """Name what is tested, the quickest first; tests that need an absent program are left out."""
    python = (sys.executable, "-m")
    linter = str(Path(sysconfig.get_path("scripts")) / "lint-imports")
    chosen = ("-m", " and ".join(f"not {program.mark}" for program in absent)) if absent else ()
    # The tests of a file share what they have built, and tests/conftest.py says which files come first.
    side_by_side = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
    return (
        Step("Kodstil", ((*python, "ruff", "check", "."), (*python, "ruff", "format", "--check", "."))),
        Step("Typer", ((*python, "mypy"),)),
        Step("Lager", ((linter,),)),
        Step(
            "Tester, sajtbygge, stavning och webbläsartester", ((*python, "pytest", *side_by_side, *chosen),)
        ),
    )


def _held(step: Step) -> bool:
    say(f"\n── {step.heading}")
    succeeded = [_succeeds(command) for command in step.commands]  # each one is run
    return all(succeeded)


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode == 0
