"""Starting: what `python3 -m build_tools` decides before any package is at hand."""

import ast
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import build_tools
from build_tools import __main__, start
from build_tools.lock import locked
from build_tools.start import Checkout, StartError

PACKAGE = Path(build_tools.__file__).parent
BEFORE_PACKAGES = ("__init__.py", "__main__.py", "start.py", "lock.py")


class Steps:
    """Stands in for the steps that make an environment, and remembers them."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.made: list[str] = []

    def __call__(self, command: list[str], held: int, failed: str) -> None:
        """Do what the step would leave behind."""
        self.made.append(command[3] if "venv" in command else command[-1])
        self.checkout.python.parent.mkdir(parents=True, exist_ok=True)
        self.checkout.python.touch()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A clone that has never been started."""
    (tmp_path / "requirements.lock").write_text("# none\n")
    return Checkout(tmp_path)


@pytest.fixture
def steps(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """The steps, without network or real environment."""
    replaced = Steps(checkout)
    monkeypatch.setattr(start, "call", replaced)
    return replaced


@pytest.mark.parametrize("name", BEFORE_PACKAGES)
def test_an_old_python_can_read_what_comes_first(name: str) -> None:
    """A Python too old to run us must get as far as being told so, not stop at our syntax."""
    ast.parse((PACKAGE / name).read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("name", BEFORE_PACKAGES)
def test_what_comes_first_needs_no_package(name: str) -> None:
    """Before the environment is made there is only the standard library."""
    own = {"build_tools.lock", "build_tools.start", "build_tools.commands"}
    tree = ast.parse((PACKAGE / name).read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {one for one in imported - own if one.split(".")[0] not in sys.stdlib_module_names} == set()


def test_an_old_python_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python older than 3.11 gets one Swedish line and status 2."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert __main__.main() == 2
    assert capsys.readouterr().err == "Samrapport behöver Python 3.11 eller senare; det här är 3.9.\n"


def test_the_first_start_makes_everything_and_later_ones_nothing(checkout: Checkout, steps: Steps) -> None:
    """The first start makes the environment, fetches the lock and adds the project; the second nothing."""
    start.prepare(checkout)
    assert steps.made == ["venv", str(checkout.lock), str(checkout.root)]
    start.prepare(checkout)
    assert len(steps.made) == 3


def test_the_first_start_says_what_it_does(
    checkout: Checkout, steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is said goes to standard error: standard output belongs to the command."""
    start.prepare(checkout)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "Gör i ordning arbetsmiljön i .venv. Det görs en gång och tar någon minut.",
        "Arbetsmiljön är klar.",
    ]


def _changed_lock(checkout: Checkout) -> None:
    checkout.lock.write_text("# one more\n")


def _half_made(checkout: Checkout) -> None:
    checkout.stamp.unlink()
    checkout.begun.touch()


def _python_gone(checkout: Checkout) -> None:
    checkout.python.unlink()


def _another_python(checkout: Checkout) -> None:
    checkout.stamp.write_text(checkout.stamp.read_text().replace("Python 3.", "Python 2."))


def _unreadable_stamp(checkout: Checkout) -> None:
    checkout.stamp.write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    "happened", [_changed_lock, _half_made, _python_gone, _another_python, _unreadable_stamp]
)
def test_an_environment_that_does_not_fit_is_made_anew(
    checkout: Checkout, steps: Steps, happened: Callable[[Checkout], None]
) -> None:
    """A changed lock, a killed start, a lost or other Python: the environment is emptied and made again."""
    start.prepare(checkout)
    (checkout.venv / "lib").mkdir()
    (checkout.venv / "lib" / "old.py").touch()
    happened(checkout)
    (checkout.venv / "pyvenv.cfg").touch()
    start.prepare(checkout)
    assert len(steps.made) == 6
    assert start.ready(checkout)
    assert not (checkout.venv / "lib").exists()


def test_a_moved_checkout_gets_a_new_environment(checkout: Checkout, steps: Steps, tmp_path: Path) -> None:
    """An environment knows its own place, so it cannot be moved with its checkout."""
    start.prepare(checkout)
    moved = Checkout(tmp_path / "moved")
    shutil.copytree(checkout.venv, moved.venv)
    shutil.copy(checkout.lock, moved.lock)
    assert start.ready(checkout)
    assert not start.ready(moved)


def test_a_failed_step_leaves_no_stamp(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment whose packages could not be fetched is never taken for a finished one."""

    def fails(command: list[str], held: int, failed: str) -> None:
        if "venv" not in command:
            raise StartError(failed)

    monkeypatch.setattr(start, "call", fails)
    with pytest.raises(StartError, match="Kontrollera nätet"):
        start.prepare(checkout)
    assert not start.ready(checkout)
    assert checkout.begun.exists()


def test_a_folder_that_is_no_environment_is_left_alone(checkout: Checkout, steps: Steps) -> None:
    """A folder named .venv with something else in it is the user's, and is never emptied."""
    checkout.venv.mkdir()
    (checkout.venv / "mina-anteckningar.txt").write_text("viktigt")
    with pytest.raises(StartError, match="ingen arbetsmiljö"):
        start.prepare(checkout)
    assert (checkout.venv / "mina-anteckningar.txt").read_text() == "viktigt"
    assert steps.made == []


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_link_named_venv_is_left_alone(
    checkout: Checkout, steps: Steps, kind: str, tmp_path: Path
) -> None:
    """Neither a file nor a link to somewhere else is emptied."""
    if kind == "file":
        checkout.venv.touch()
    else:
        (tmp_path / "elsewhere").mkdir()
        checkout.venv.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StartError):
        start.prepare(checkout)
    assert steps.made == []


def test_a_python_without_venv_is_told_what_to_install(
    checkout: Checkout, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian splits venv from Python: one line says which package brings it, and nothing is begun."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StartError) as stopped:
        start.prepare(checkout)
    assert "apt install python3-venv" in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert not checkout.venv.exists()


def test_a_checkout_that_cannot_be_written_to_gives_a_sentence(
    checkout: Checkout, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the disk refuses is said in Swedish."""

    def refused(_checkout: Checkout) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(start, "clear", refused)
    with pytest.raises(StartError, match=r"Det går inte att göra i ordning .*\.venv"):
        start.prepare(checkout)


def test_the_last_words_of_a_failed_step_are_shown(tmp_path: Path) -> None:
    """pip's own last lines stand under our sentence, so that an administrator sees the cause."""
    failing = "import sys; print('\\n'.join(map(str, range(20)))); print('no route to host'); sys.exit(1)"
    with locked(tmp_path / "lock", lambda: None) as held, pytest.raises(StartError) as stopped:
        start.call([sys.executable, "-c", failing], held, "Det gick inte.")
    lines = str(stopped.value).splitlines()
    assert lines[0] == "Det gick inte."
    assert lines[-1] == "    no route to host"
    assert len(lines) == 8


@pytest.mark.skipif(os.name == "nt", reason="open files are not handed down there")
def test_a_step_that_outlives_us_keeps_the_lock(tmp_path: Path) -> None:
    """If a start is killed while pip writes, the next waits for that pip instead of writing beside it."""
    lock, told = tmp_path / "lock", tmp_path / "told"
    child = f"import time; open({str(told)!r}, 'w').close(); time.sleep(60)"
    parent = (
        "import subprocess, sys\nfrom pathlib import Path\nfrom build_tools.lock import locked\n"
        f"with locked(Path({str(lock)!r}), lambda: None) as held:\n"
        f"    run = [sys.executable, '-c', {child!r}]\n"
        "    child = subprocess.Popen(run, pass_fds=(held,), stdout=subprocess.DEVNULL)\n"
        "    print(child.pid, flush=True)\n    child.wait()\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, cwd=PACKAGE.parent)
    assert starter.stdout is not None
    pip = int(starter.stdout.readline())
    _wait_for(told)
    starter.kill()
    starter.wait()
    starter.stdout.close()
    waited: list[bool] = []

    def waiting() -> None:
        waited.append(True)
        os.kill(pip, signal.SIGKILL)

    with locked(lock, waiting):
        assert waited == [True]


def test_nothing_set_for_another_python_reaches_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONPATH and its like would mix foreign packages into the tested set."""
    for name in start.FOREIGN:
        monkeypatch.setenv(name, "/somewhere/else")
    assert start.FOREIGN & set(start.environment()) == set()
    assert "PATH" in start.environment()


def test_inside_is_told_by_the_python_that_runs(
    checkout: Checkout, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VIRTUAL_ENV may speak of another environment, or one that was left; the running Python counts."""
    start.prepare(checkout)
    monkeypatch.setenv("VIRTUAL_ENV", str(checkout.venv))
    assert not start.inside(checkout)
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere/else")
    monkeypatch.setattr(sys, "prefix", str(checkout.venv))
    assert start.inside(checkout)
    assert start.at_hand(checkout)
    _changed_lock(checkout)
    assert not start.at_hand(checkout)


def test_an_environment_with_everything_is_used_as_it_is(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Samrapport and all it names are installed (a container), no .venv is made."""
    wanted = ["rich>=14,<16", "mkdocs-material >= 9", "pyyaml; python_version > '3'"]
    present = {"rich", "mkdocs-material", "pyyaml"}

    def distribution(name: str) -> str:
        if name not in present:
            raise importlib.metadata.PackageNotFoundError(name)
        return name

    monkeypatch.setattr(importlib.metadata, "requires", lambda name: wanted)
    monkeypatch.setattr(importlib.metadata, "distribution", distribution)
    assert start.at_hand(checkout)
    present.remove("pyyaml")
    assert not start.at_hand(checkout)


def test_a_python_without_samrapport_is_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages alone are not enough: the plugin is found through the installed distribution."""

    def missing(name: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", missing)
    assert not start.complete()


def test_going_on_hands_over_every_word(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's Python gets the command as it was typed, and a mark that it has been entered."""
    got: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(start, "WINDOWS", False)
    monkeypatch.setattr(os, "execve", lambda *given: got.append(given))
    start.go_on(checkout, ["granska", "--format", "json", "å ä ö", ""])
    python, command, environment = got[0]
    assert python == str(checkout.python)
    assert command[1:] == ["-P", "-m", "build_tools", "granska", "--format", "json", "å ä ö", ""]
    assert environment[start.ENTERED] == "1"


def test_entering_twice_is_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside, nothing is made or started again, and the mark does not reach the command's own children."""
    monkeypatch.setenv(start.ENTERED, "1")
    monkeypatch.setattr(start, "at_hand", lambda checkout: pytest.fail("asked again"))
    start.enter(["granska"])
    assert start.ENTERED not in os.environ


def test_a_problem_ends_with_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the machine lacks is said as it is, without a traceback."""

    def lacks(checkout: Checkout) -> None:
        raise StartError("Något saknas.")

    monkeypatch.setattr(start, "at_hand", lambda checkout: False)
    monkeypatch.setattr(start, "prepare", lacks)
    with pytest.raises(SystemExit) as ended:
        start.enter([])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "Något saknas.\n"


BACKEND = """
import base64, hashlib, zipfile
from pathlib import Path

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "samrapport-0.1.0-py3-none-any.whl"
    info = "samrapport-0.1.0.dist-info"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        wheel.writestr("samrapport.pth", str(Path.cwd()))
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: samrapport\\nVersion: 0.1.0\\n")
        tags = "Root-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\\nGenerator: test\\n{tags}")
        wheel.writestr(f"{info}/RECORD", "")
    return name

def get_requires_for_build_editable(config_settings=None):
    return []
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "samrapport"
version = "0.1.0"
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout with a lock of no packages, so that the real venv and pip work without a network."""
    root = tmp_path / "clone"
    (root / "build_tools" / "commands").mkdir(parents=True)
    for name in BEFORE_PACKAGES:
        shutil.copy(PACKAGE / name, root / "build_tools" / name)
    told = "import sys\n\ndef run(arguments):\n    print(sys.prefix, *arguments)\n    return 7\n"
    (root / "build_tools" / "commands" / "__init__.py").write_text(told)
    (root / "requirements.lock").write_text("# none\n")
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(PROJECT)
    return root


def test_a_fresh_clone_starts_with_one_command(clone: Path) -> None:
    """From nothing to inside the environment, whatever the shell says; killed half-way, it is made anew."""
    environment = {**os.environ, "VIRTUAL_ENV": "/somewhere/else", "PIP_USER": "1", "PIP_NO_INDEX": "1"}
    python = getattr(sys, "_base_executable", sys.executable)
    command = [python, "-m", "build_tools", "granska", "sater/2021"]
    killed = subprocess.Popen(command, cwd=clone, env=environment, stderr=subprocess.DEVNULL)
    _wait_for(clone / ".venv" / "samrapport-paborjad.txt")
    killed.kill()
    killed.wait()
    first = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert first.stdout == f"{clone / '.venv'} granska sater/2021\n"
    assert first.returncode == 7
    assert first.stderr.splitlines()[-1] == "Arbetsmiljön är klar."
    again = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout, again.stderr) == (7, first.stdout, "")


def _wait_for(path: Path) -> None:
    for _ in range(10_000):
        if path.exists():
            return
        time.sleep(0.01)
    pytest.fail(f"{path} never came")
