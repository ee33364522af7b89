"""Makes `.venv` from the locked set at the first start and goes on inside it; the standard library only.

The stamp in `.venv` is written last, so an environment that was never finished, or whose lock has changed,
is made anew. An environment that already has everything (a container, say) is used as it is.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from build_tools.lock import locked

WINDOWS = os.name == "nt"
ENTERED = "SAMRAPPORT_INNE"
FOREIGN = set("PYTHONPATH PYTHONHOME __PYVENV_LAUNCHER__ PIP_TARGET PIP_PREFIX PIP_ROOT PIP_USER".split())
"""Settings made for another Python, which would mix its packages into ours or send ours elsewhere."""


class StartError(Exception):
    """Something outside the program is lacking; the message is Swedish and says what to do."""


@dataclass(frozen=True)
class Checkout:
    """A checkout and the environment that belongs to it."""

    root: Path

    @property
    def lock(self) -> Path:
        """The locked set of packages."""
        return self.root / "requirements.lock"

    @property
    def venv(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's own Python."""
        return self.venv / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def stamp(self) -> Path:
        """Written last of all: what the environment was made of."""
        return self.venv / "samrapport-klar.txt"

    @property
    def begun(self) -> Path:
        """Stands in the environment for as long as it is being made: the folder is ours to clear."""
        return self.venv / "samrapport-paborjad.txt"


def enter(arguments: Sequence[str]) -> None:
    """Return where the packages are at hand; else go on inside `.venv`, made first if need be."""
    entered = os.environ.pop(ENTERED, None)
    checkout = Checkout(Path(__file__).resolve().parent.parent)
    if entered or not checkout.lock.is_file() or at_hand(checkout):
        return
    try:
        prepare(checkout)
    except StartError as problem:
        say(str(problem))
        sys.exit(2)
    except KeyboardInterrupt:
        say("Avbrutet. Nästa start gör om arbetsmiljön.")
        sys.exit(130)
    go_on(checkout, arguments)


def at_hand(checkout: Checkout) -> bool:
    """Whether this very Python has what we need: `.venv` by its stamp, any other by its packages."""
    return ready(checkout) if inside(checkout) else complete()


def inside(checkout: Checkout) -> bool:
    """Whether this Python is the one in `.venv`. VIRTUAL_ENV is not asked: it may speak of another."""
    return checkout.venv.is_dir() and checkout.venv.samefile(sys.prefix)


def complete() -> bool:
    """Whether this Python has Samrapport installed with every package that it names."""
    try:
        for requirement in importlib.metadata.requires("samrapport") or ():
            importlib.metadata.distribution(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def ready(checkout: Checkout) -> bool:
    """Whether `.venv` was finished, from this lock, with this Python, in this place."""
    try:
        return checkout.python.exists() and checkout.stamp.read_text("utf-8") == made_of(checkout)
    except (OSError, UnicodeDecodeError):
        return False


def made_of(checkout: Checkout) -> str:
    """The stamp: an environment is bound to its lock, its Python and its place on the disk."""
    digest = hashlib.sha256(checkout.lock.read_bytes()).hexdigest()
    return f"{digest}\nPython {sys.version_info[0]}.{sys.version_info[1]}\n{checkout.venv}\n"


def prepare(checkout: Checkout) -> None:
    """Make the environment unless it is ready; two starts at once make it once."""
    if ready(checkout):
        return
    lock = checkout.root / ".cache" / "venv.lock"
    try:
        with locked(lock, lambda: say("En annan start gör i ordning .venv …")) as held:
            if not ready(checkout):
                make(checkout, held)
    except OSError as error:
        sentence = f"Det går inte att göra i ordning {checkout.venv}: {error.strerror or error}."
        raise StartError(sentence) from error


def make(checkout: Checkout, held: int) -> None:
    """Make `.venv` from nothing and put the locked set in it; the stamp comes last.

    Each step holds the lock as well, so that a pip which outlives us is waited for. The lock names every
    package, so pip need not work out what they need; each is compiled when it is first used.
    """
    check_means()
    clear(checkout)
    say("Gör i ordning arbetsmiljön i .venv. Det görs en gång och tar någon minut.")
    base = getattr(sys, "_base_executable", None) or sys.executable
    call([base, "-I", "-m", "venv", str(checkout.venv)], held, "Det gick inte att skapa .venv.")
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2")
    pip = [str(checkout.python), "-I", "-m", "pip", *quiet, "install", "--no-deps", "--no-compile"]
    fetching = "Det gick inte att hämta paketen i requirements.lock. Kontrollera nätet och försök igen."
    call([*pip, "--require-hashes", "-r", str(checkout.lock)], held, fetching)
    adding = "Det gick inte att lägga in Samrapport i .venv."
    call([*pip, "--no-build-isolation", "--editable", str(checkout.root)], held, adding)
    checkout.stamp.write_text(made_of(checkout), "utf-8")
    checkout.begun.unlink()
    say("Arbetsmiljön är klar.")


def check_means() -> None:
    """Say which package brings `venv` where a distribution has split it from Python."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise StartError("Python saknar modulen venv. På Debian och Ubuntu: apt install python3-venv")


def clear(checkout: Checkout) -> None:
    """Empty `.venv`, marked as begun all the while; a folder that is no environment is left alone."""
    venv = checkout.venv
    if venv.is_symlink() or (venv.exists() and not is_environment(checkout)):
        raise StartError(f"{venv} finns redan men är ingen arbetsmiljö som kan göras om. Flytta den.")
    venv.mkdir(exist_ok=True)
    checkout.begun.touch()
    checkout.stamp.unlink(missing_ok=True)
    for child in venv.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child != checkout.begun:
            child.unlink()


def is_environment(checkout: Checkout) -> bool:
    """Whether the folder is a Python environment, the beginning of one, or empty."""
    if not checkout.venv.is_dir():
        return False
    names = {child.name for child in checkout.venv.iterdir()}
    return not names or bool(names & {"pyvenv.cfg", checkout.begun.name})


def call(command: Sequence[str], held: int, failed: str) -> None:
    """Run a step in silence; if it fails, its last lines follow our sentence."""
    pipe, together = subprocess.PIPE, subprocess.STDOUT
    keep = () if WINDOWS else (held,)
    done = subprocess.run(
        command, env=environment(), stdout=pipe, stderr=together, pass_fds=keep, check=False
    )
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").strip().splitlines()[-6:]
        raise StartError("\n".join([failed, "Det sista som sades:", *("    " + line for line in said)]))


def environment() -> "dict[str, str]":
    """This process's environment without what was set for another Python."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def go_on(checkout: Checkout, arguments: Sequence[str]) -> NoReturn:
    """Let the environment's Python take over. With -P nothing in the working folder passes for a package."""
    command = [str(checkout.python), "-P", "-m", "build_tools", *arguments]
    inner = {**environment(), "VIRTUAL_ENV": str(checkout.venv), ENTERED: "1"}
    sys.stdout.flush()
    if WINDOWS:  # exec there leaves the terminal to its prompt while the command still runs
        sys.exit(subprocess.call(command, env=inner))
    os.execve(command[0], command, inner)


def say(line: str) -> None:
    """Tell the user; on standard error, since what the command prints may be read by a program."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
