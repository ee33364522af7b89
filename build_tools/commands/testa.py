"""`testa`: everything that holds the program together, in the order that tells most soonest."""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.outlets.terminal import say

CHECKOUT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
    browser = chromium()
    must = bool(os.environ.get("CI"))
    if browser is None and not must:
        say("Webbläsartesterna hoppas över: Chromium finns inte på den här datorn.")
    held = {step.heading: _held(step) for step in steps(with_browser=bool(browser))}
    if browser is None and must:
        held["Webbläsartester: Chromium finns inte, och med CI=true hoppas de inte över"] = False
    for heading, holds in held.items():
        say(f"{'godkänt' if holds else 'UNDERKÄNT':<10} {heading}")
    return 0 if all(held.values()) else 1


def lacking() -> str:
    """Say what keeps the tests from being run at all, if so."""
    if not (CHECKOUT / "tests").is_dir():
        return "testa prövar själva programmet och körs i dess källkod (git clone)."
    missing = [tool for tool in TOOLS if importlib.util.find_spec(tool) is None]
    names = ", ".join(missing)
    return f"Paket saknas: {names}. Lägg in det som står i requirements.lock." if missing else ""


def steps(with_browser: bool) -> tuple[Step, ...]:
    """Name what is tested, the quickest first."""
    python = (sys.executable, "-m")
    linter = str(Path(sysconfig.get_path("scripts")) / "lint-imports")
    chosen = () if with_browser else ("-m", "not browser")
    side_by_side = ("-n", "auto", "--dist", "loadfile")  # a file's tests share what they have built
    return (
        Step("Kodstil", ((*python, "ruff", "check", "."), (*python, "ruff", "format", "--check", "."))),
        Step("Typer", ((*python, "mypy"),)),
        Step("Lager", ((linter,),)),
        Step("Tester, sajtbygge och webbläsartester", ((*python, "pytest", *side_by_side, *chosen),)),
    )


def chromium() -> str | None:
    """Find a browser; install one where we may."""
    return found() or (installed() if may_install() else None)


def found() -> str | None:
    """Look where systems put their browsers."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def may_install() -> bool:
    """Whether this is Debian, with us as root."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def installed() -> str | None:
    """Install Debian's Chromium."""
    say("Chromium saknas och installeras med apt-get för webbläsartesterna.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
        done = subprocess.run(
            ("apt-get", "-q", *words),
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            say("\n".join(("Det gick inte. Det sista som sades:", *done.stderr.strip().splitlines()[-4:])))
            return None
    return found()


def _held(step: Step) -> bool:
    say(f"\n── {step.heading}")
    succeeded = [_succeeds(command) for command in step.commands]  # each one is run
    return all(succeeded)


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode == 0
