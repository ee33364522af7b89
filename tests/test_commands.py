"""The commands: what they take, what they print, and the status they end with."""

import errno
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from build_tools import commands
from build_tools.build import Built
from build_tools.commands import COMMANDS, bygg, granska, programs, run, testa, visa
from build_tools.commands.arguments import Parser
from build_tools.model import File, Finding, Level, Where
from build_tools.outlets.excerpts import source_lines
from build_tools.outlets.replace import MARKER

ERROR = Finding("R01a", Level.ERROR, "Summan stämmer inte.", Where("data/rapporter/sater/2021.yml", 26, 3))
WARNING = Finding(
    "R12", Level.WARNING, "Datumet ligger utanför perioden.", Where("data/rapporter/sater/2021.yml")
)
PAGES = (File("index.md", "# Start\n", "content/index.md"),)


@dataclass
class Story:
    """Stands in for the build, and remembers what was asked of it."""

    findings: tuple[Finding, ...] = ()
    files: tuple[File, ...] = PAGES
    asked: list[Path] = field(default_factory=list)
    reviewed: list[Sequence[str]] = field(default_factory=list)

    def build(self, root: Path, *, progress: object) -> Built:
        """Give what was laid down."""
        self.asked.append(root)
        return Built(self.findings, self.files, (), date(2021, 12, 31))

    def review(self, root: Path, reports: Sequence[str]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """Give the findings."""
        self.reviewed.append(reports)
        return self.findings, ()


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    """A build whose outcome the test lays down."""
    told = Story()
    monkeypatch.setattr(bygg, "build", told.build)
    monkeypatch.setattr(granska, "review", told.review)
    return told


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two reports, stood in."""
    project = tmp_path / "projekt"
    for name in ("data/rapporter/sater/2021.yml", "data/rapporter/avesta/2019-2020.yml"):
        (project / name).parent.mkdir(parents=True)
        (project / name).write_text("a: 1\n")
    (project / "content" / "rapporter" / "sater").mkdir(parents=True)
    (project / "content" / "rapporter" / "sater" / "2022.md").write_text("# Säter\n")
    monkeypatch.chdir(project)
    return project


def status(*words: str) -> int:
    """Run a command; misuse ends it through argparse."""
    try:
        return run(words)
    except SystemExit as ended:
        return int(ended.code or 0)


# All commands -------------------------------------------------------------------------------------------


def test_every_command_is_a_file_and_every_file_a_command() -> None:
    """The list of commands, whose words the help shows, and the folder agree."""
    modules = {module.name for module in pkgutil.iter_modules(commands.__path__)}
    runnable = {
        name for name in modules if hasattr(importlib.import_module(f"build_tools.commands.{name}"), "run")
    }
    assert runnable == set(COMMANDS)


ENGLISH = ("usage", "error", "options", "positional", "show this", "required", "unrecognized", "invalid",
           "expected", "choose", "argument --", "not allowed")  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--help",),
        ("bygg", "--help"),
        ("granska", "-h"),
        ("visa", "-h"),
        ("testa", "-h"),
        ("byg",),
        ("bygg", "--nonsens"),
        ("bygg", "--rot"),
        ("bygg", "extra"),
        ("bygg", "--till=\x00"),
        ("granska", "--format", "xml"),
        ("granska", "--format"),
        ("granska", "--form", "json"),
        ("granska", "--rot", "finns-inte"),
        ("granska", "--rot", "\x00"),
        ("granska", "--rot", "x" * 5000),
        ("visa", "--rot=", "x"),
        ("testa", "--help=3"),
    ],
    ids=repr,
)
@pytest.mark.usefixtures("root", "story")
def test_help_and_misuse_are_told_in_swedish(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """No word of argparse's English reaches the user; help is status 0 and misuse is status 2."""
    asked_for_help = bool({"-h", "--help"} & set(words))
    assert status(*words) == (0 if asked_for_help else 2)
    said = capsys.readouterr()
    told = said.out if asked_for_help else said.err
    assert "användning: " in told
    assert [word for word in ENGLISH if word in (said.out + said.err).lower()] == []


def test_the_first_argument_is_not_shortened() -> None:
    """A shortened option would mean something else the day a new one is added."""
    with pytest.raises(SystemExit):
        Parser(prog="x").parse_args(["--hel"])


@pytest.mark.parametrize("command", ["bygg", "granska", "visa"])
@pytest.mark.usefixtures("story")
def test_a_root_that_is_no_project_is_misuse(
    command: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, a folder that is not there, one without content/ and data/: one Swedish sentence, status 2."""
    (root / "fil.txt").touch()
    (root / "tom").mkdir()
    for path, said in (
        ("fil.txt", "är en fil"),
        ("borta", "finns inte"),
        ("tom", "varken content/ eller data/"),
    ):
        assert status(command, "--rot", path) == 2
        assert said in capsys.readouterr().err.splitlines()[-1]


def test_ctrl_c_ends_quietly(story: Story, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stops a command wants no traceback."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(granska, "review", stopped)
    assert status("granska") == 130


def test_a_reader_that_leaves_early_is_no_fault(root: Path) -> None:
    """`granska | head -0` ends without a complaint about the broken pipe."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom build_tools.commands import granska, run\n"
        "from build_tools.model import Finding, Level, Where\n"
        "many = (Finding('F01', Level.ERROR, 'x' * 1000, Where('data/a.yml')),) * 2000\n"
        "granska.review = lambda root, reports: (many, ())\n"
        "sys.exit(run(['granska']))\n"
    )
    source = Path(commands.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    piped = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=root,
    )
    assert piped.stdout is not None
    assert piped.stderr is not None
    piped.stdout.readline()
    piped.stdout.close()
    assert piped.stderr.read() == b""
    piped.stderr.close()
    assert piped.wait() == 1


def test_swedish_survives_a_machine_set_to_another_alphabet(root: Path) -> None:
    """Where the locale knows no å, a pipe still gets UTF-8 and nothing crashes."""
    source = Path(commands.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [
        sys.executable,
        "-c",
        "import sys; from build_tools.commands import run; sys.exit(run(['-h']))",
    ]
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, check=False)
    assert "användning" in done.stdout.decode("utf-8")


# granska ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "code"), [((), 0), ((WARNING,), 0), ((ERROR, WARNING), 1)], ids=["none", "warning", "error"]
)
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_only_an_error_makes_the_status_one(
    story: Story, root: Path, found: tuple[Finding, ...], code: int, form: str
) -> None:
    """Warnings are told but stop nothing, in every format."""
    story.findings = found
    assert status("granska", "--format", form) == code


def test_text_ends_with_the_sum(story: Story, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe each finding is a bare line with the source line below it, and the last line is the sum."""
    story.findings = (ERROR, WARNING)
    source_lines.cache_clear()
    status("granska")
    assert capsys.readouterr().out.splitlines() == [
        "data/rapporter/sater/2021.yml:26  fel  R01a  Summan stämmer inte.",
        "data/rapporter/sater/2021.yml:1  varning  R12  Datumet ligger utanför perioden.",
        "    a: 1",
        "    ^",
        "1 fel och 1 varning i 1 fil.",
    ]


def test_json_is_nothing_but_objects(story: Story, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line and not a word besides, also when there is nothing to tell."""
    story.findings = (ERROR, WARNING)
    status("granska", "--format", "json")
    assert [json.loads(line)["kod"] for line in capsys.readouterr().out.splitlines()] == ["R01a", "R12"]
    story.findings = ()
    status("granska", "--format", "json")
    assert capsys.readouterr().out == ""


def test_on_a_terminal_the_source_line_is_shown(
    story: Story, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person sees the line with a caret below its column, in the colour of the finding."""
    (root / "data/rapporter/sater/2021.yml").write_text("\n" * 25 + "  nya: 11\n")
    story.findings = (ERROR,)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    source_lines.cache_clear()
    assert status("granska") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["\x1b[2m      nya: 11\x1b[0m", "\x1b[1;31m      ^\x1b[0m"]
    assert "1 fel i 1 fil." in lines[-1]


@pytest.mark.parametrize(
    "given",
    [
        "sater/2021",
        "data/rapporter/sater/2021.yml",
        "./data/rapporter/sater/2021.yml",
        "content/rapporter/sater/2021.md",
        "sater\\2021",
    ],
)
def test_a_report_is_named_by_id_or_by_its_file(story: Story, root: Path, given: str) -> None:
    """`sater/2021` is the report's id; a path that the shell completed means the same."""
    assert status("granska", given) == 0
    assert status("granska", "--rot", str(root), str(root / "data/rapporter/sater/2021.yml")) == 0
    assert story.reviewed == [("sater/2021",), ("sater/2021",)]


def test_a_report_may_have_prose_alone_or_be_named_twice(story: Story, root: Path) -> None:
    """A report whose figures are lacking is still a report, and one named twice is reviewed once."""
    assert status("granska", "sater/2022", "avesta/2019-2020", "sater/2022") == 0
    assert story.reviewed == [("sater/2022", "avesta/2019-2020")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("sater/2012", "Menades sater/2022 eller sater/2021"),
        ("säter/2021", "Menades sater/2021"),
        ("zzz", "Här finns avesta/2019-2020, sater/2021 och sater/2022."),
        ("../../etc/passwd", "finns inte"),
        ("", "finns inte"),
    ],
)
def test_an_unknown_report_is_misuse_with_the_nearest_named(
    story: Story, root: Path, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    """A report that does not exist is told with those that were perhaps meant; nothing is reviewed."""
    assert status("granska", "sater/2021", given) == 2
    assert said in capsys.readouterr().err
    assert story.reviewed == []


# bygg ---------------------------------------------------------------------------------------------------


def test_the_site_is_built_into_site(story: Story, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without words, the site lands in the project's site/, and where it lies is told."""
    story.findings = (WARNING,)
    assert status("bygg") == 0
    assert (root / "site" / "index.html").is_file()
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "1 varning i 1 fil."
    assert said.err == f"Klart. Resultatet ligger i {root / 'site'}.\n"
    assert story.asked == [root]


def test_root_and_target_may_lie_anywhere(story: Story, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--rot names the project, --till the target; neither depends on where one stands."""
    monkeypatch.chdir(root.parent)
    assert status("bygg", "--rot", "projekt", "--till", "ut/djupt/webb") == 0
    assert (root.parent / "ut/djupt/webb/index.html").is_file()
    assert not (root / "site").exists()


def test_the_plain_project_is_written_instead_or_besides(story: Story, root: Path) -> None:
    """--till-mapp alone writes no site; both together write both from one build."""
    assert status("bygg", "--till-mapp", "../mapp") == 0
    assert (root.parent / "mapp" / "docs" / "index.md").read_text() == "# Start\n"
    assert not (root / "site").exists()
    assert status("bygg", "--till-mapp", "../mapp", "--till", "../webb") == 0
    assert (root.parent / "webb" / "index.html").is_file()
    assert len(story.asked) == 2


def test_an_error_stops_the_build_and_the_old_site_stands(
    story: Story, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With errors nothing is replaced, every finding is shown, and the status is 1."""
    assert status("bygg") == 0
    before = (root / "site" / "index.html").read_bytes()
    capsys.readouterr()
    story.findings, story.files = (ERROR, WARNING), (File("index.md", "# Ny\n"),)
    assert status("bygg") == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "1 fel och 1 varning i 1 fil."
    assert said.err == f"Inget är ersatt i {root / 'site'}.\n"
    assert (root / "site" / "index.html").read_bytes() == before
    assert {path.name for path in root.iterdir()} == {"content", "data", "site"}


def test_a_dead_link_stops_the_build_too(
    story: Story, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What MkDocs warns of is an error: with two targets, neither is replaced."""
    story.files = (File("index.md", "# Start\n\n[x](borta.md)\n", "content/index.md"),)
    assert status("bygg", "--till", "../webb", "--till-mapp", "../mapp") == 1
    assert "content/index.md:1  fel  S01" in capsys.readouterr().out
    assert sorted(path.name for path in root.parent.iterdir()) == ["projekt"]


@pytest.mark.parametrize(
    "words",
    [
        ("--till", "."),
        ("--till", ".."),
        ("--till", "content"),
        ("--till-mapp", "data/rapporter"),
        ("--till", "full"),
        ("--till", "fil"),
        ("--till", "../ut", "--till-mapp", "../ut"),
        ("--till", "../ut", "--till-mapp", "../ut/mapp"),
        ("--till", "../ut/webb", "--till-mapp", "../ut"),
    ],
    ids=repr,
)
def test_a_target_that_is_not_ours_is_misuse(
    story: Story, root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """The project itself, its sources, a folder with something else in it, a file, or one in the other."""
    (root / "full").mkdir()
    (root / "full" / "min.txt").write_text("min")
    (root / "fil").write_text("fil")
    assert status("bygg", *words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert story.asked == []
    assert (root / "full" / "min.txt").read_text() == "min"
    assert not (root.parent / "ut").exists()


@pytest.mark.parametrize("code", sorted(bygg.REFUSALS))
def test_what_the_disk_refuses_is_a_sentence(
    story: Story, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    """A full disk or one that may not be written to is told in one line, and the old site stands."""
    status("bygg")
    capsys.readouterr()

    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code), "/disk")

    monkeypatch.setattr("build_tools.outlets.site.write", refused)
    assert status("bygg") == 2
    assert capsys.readouterr().err == f"Det går inte att skriva /disk: {os.strerror(code)}.\n"
    assert (root / "site" / MARKER).is_file()


def test_a_fault_of_ours_is_not_hidden(story: Story, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that our own code fails to find is a fault in the program, not in the disk."""

    def broken(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone", "template.md")

    monkeypatch.setattr("build_tools.outlets.site.write", broken)
    with pytest.raises(FileNotFoundError):
        status("bygg")
    assert {path.name for path in root.iterdir()} == {"content", "data"}


# visa and testa -------------------------------------------------------------------------------------------


def test_visa_serves_the_project_it_was_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command hands the project to the preview and its status back."""
    served: list[Path] = []

    def serve(project: Path) -> int:
        served.append(project)
        return 0

    monkeypatch.setattr("build_tools.outlets.preview.serve", serve)
    assert status("visa", "--rot", str(root)) == 0
    assert served == [root]


@dataclass
class Machine:
    """Stands in for what testa meets: which steps hold, which browser there is, who we are."""

    failing: str = ""
    there: set[str] = field(default_factory=lambda: {"browser", "spelling"})
    installable: bool = False
    ran: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, command: tuple[str, ...], **given: object) -> subprocess.CompletedProcess[str]:
        """Note the command, and fail the one that was laid down."""
        self.ran.append(command)
        failed = bool(self.failing) and self.failing in " ".join(command)
        if "install" in command and not failed:
            self.there |= {program.mark for program in programs.NEEDED if set(program.packages) <= {*command}}
        return subprocess.CompletedProcess(command, int(failed), "", "E: inget nät\n")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine where all is well."""
    told = Machine()
    monkeypatch.setattr("subprocess.run", told.run)
    monkeypatch.setattr(programs, "found", lambda program: program.mark in told.there or None)
    monkeypatch.setattr(programs, "may_install", lambda: told.installable)
    monkeypatch.delenv("CI", raising=False)
    return told


def tools(machine: Machine) -> list[str]:
    """The tools that were run, in order."""
    names = ("ruff check", "ruff format", "mypy", "lint-imports", "pytest", "apt-get")
    return [next(name for name in names if name in " ".join(command)) for command in machine.ran]


def test_testa_runs_everything_in_order(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Code style, types, layers, tests: each is run, told by a Swedish heading, and summed up last."""
    assert status("testa") == 0
    assert tools(machine) == ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"]
    assert "-m" not in machine.ran[-1][3:]
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()[-4:]] == ["godkänt"] * 4


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"])
def test_one_that_fails_is_told_and_stops_none(
    machine: Machine, capsys: pytest.CaptureFixture[str], failing: str
) -> None:
    """Every step is run though one has failed, so that all faults are seen at once."""
    machine.failing = failing
    assert status("testa") == 1
    assert len(machine.ran) == 5
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()[-4:]].count("UNDERKÄNT") == 1


def test_without_a_program_its_tests_are_left_out(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no Chromium is found and none may be installed, one line says that those tests are skipped."""
    machine.there = {"spelling"}
    assert status("testa") == 0
    assert machine.ran[-1][-2:] == ("-m", "not browser")
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if "hoppas över" in line] == [
        "Webbläsartesterna hoppas över: Chromium finns inte på den här datorn."
    ]


def test_without_any_program_the_rest_is_tested(machine: Machine) -> None:
    """On a machine with neither browser nor dictionary both kinds of tests are left out, and no others."""
    machine.there = set()
    assert status("testa") == 0
    assert machine.ran[-1][-2:] == ("-m", "not browser and not spelling")


def test_in_ci_they_are_never_left_out(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With CI=true a missing program is a failure, though all else passes."""
    monkeypatch.setenv("CI", "true")
    machine.there = set()
    assert status("testa") == 1
    last = capsys.readouterr().err.splitlines()[-2:]
    assert last[0].startswith("UNDERKÄNT  Webbläsartesterna: Chromium finns inte")
    assert last[1].startswith("UNDERKÄNT  Stavningstesterna: Hunspell med svensk ordlista finns inte")


@pytest.mark.parametrize("program", programs.NEEDED, ids=lambda program: program.mark)
def test_a_program_is_installed_where_we_may(
    machine: Machine, capsys: pytest.CaptureFixture[str], program: programs.Program
) -> None:
    """As root on Debian what is missing is fetched first, and said to be; nothing is left out then."""
    machine.there -= {program.mark}
    machine.installable = True
    assert status("testa") == 0
    assert tools(machine)[:2] == ["apt-get", "apt-get"]
    assert set(program.packages) <= set(machine.ran[1])
    assert "-m" not in machine.ran[-1][3:]
    said = capsys.readouterr().err
    assert said.startswith(f"Installeras med apt-get för {program.tests.lower()}: {program.name}.")


def test_an_installation_that_fails_is_told(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a network nothing can be fetched: apt's last words are shown and the rest is tested."""
    machine.there, machine.installable, machine.failing = {"spelling"}, True, "update"
    assert status("testa") == 0
    assert "E: inget nät" in capsys.readouterr().err
    assert tools(machine) == ["apt-get", "ruff check", "ruff format", "mypy", "lint-imports", "pytest"]


def test_a_program_without_its_files_is_not_there(tmp_path: Path) -> None:
    """Hunspell without a Swedish dictionary is no help, and a program that nobody has is not found."""
    shell = programs.Program("Skal", "Testerna", "x", ("sh",), ())
    assert programs.found(shell)
    assert programs.found(replace(shell, files=(tmp_path / "sv_SE.dic",))) is None
    assert programs.found(replace(shell, commands=("finns-inte-här",))) is None


def test_what_is_lacking_for_the_tests_is_told(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Outside the source tree, or without the test packages, one line says so and nothing is run."""
    monkeypatch.setattr(testa, "TOOLS", ("ruff", "finns_inte"))
    assert status("testa") == 2
    assert capsys.readouterr().err == "Paket saknas: finns_inte. Lägg in det som står i requirements.lock.\n"
    monkeypatch.setattr(testa, "CHECKOUT", tmp_path)
    assert status("testa") == 2
    assert "git clone" in capsys.readouterr().err
    assert machine.ran == []


def test_ci_runs_testa() -> None:
    """The script that CI starts calls the one command, from the top of the project; no failure slips by."""
    script = testa.CHECKOUT / ".ci" / "run"
    text = script.read_text("utf-8")
    assert "set -euo pipefail" in text
    assert "python3 -m build_tools testa" in text
    assert os.access(script, os.X_OK)


def test_a_stray_word_is_never_swallowed() -> None:
    """The commands know all their words; a stray one is misuse, never swallowed."""
    parser = Parser(prog="x")
    visa.add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["extra"])
