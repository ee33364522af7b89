"""A proposal is applied to the file: its numbers change, no other byte does, and only after a yes."""

from __future__ import annotations

import difflib
import io
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools import repairs
from build_tools.build import review
from build_tools.commands import run
from build_tools.model import Proposal
from build_tools.repairs import RefusedError, changes, choices, outcome, write
from tests.casefiles import REPORT, Case, cases, write_project

SWAPPED = """# Flödet, ur verksamhetssystemet
flode:
  ingang: 48      # kontrollerad
  nya: {kvinna: 19, man: 17}
  utgang: 54   # 54 enligt listan
"avslut":
  celler:
    arbete: 14
    studier: 25
"""
BALANCE = 5
"""The line of the wrong closing balance: it should be 45."""

RULES = Path(__file__).parent / "cases" / "regler"

Answer = Callable[[str], None]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one wrong figure, stood in."""
    write_project(tmp_path, SWAPPED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Sit at a terminal and type."""

    def typed(text: str) -> None:
        stdin = io.StringIO(text)
        monkeypatch.setattr(stdin, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", stdin)

    return typed


def status(*words: str) -> int:
    """Run `granska`; misuse ends it through argparse."""
    try:
        return run(("granska", *words))
    except SystemExit as ended:
        return int(ended.code or 0)


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a project."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.*"))}


def differing(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    """The lines that differ, byte by byte, each beside what it became."""
    one, other = before.split(b"\n"), after.split(b"\n")
    matcher = difflib.SequenceMatcher(a=one, b=other, autojunk=False)
    blocks = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    return [pair for _, a, b, c, d in blocks for pair in zip(one[a:b], other[c:d], strict=True)]


def top(root: Path, line: int, number: int = 1) -> Proposal:
    """A proposal for a line of the report."""
    return choices(review(root)[0], REPORT, line)[number - 1].proposal


# The edit -----------------------------------------------------------------------------------------------


def test_only_the_number_itself_is_changed(root: Path) -> None:
    """Comment, spacing and all other lines stay; the same digits in a comment are not taken for it."""
    before = (root / REPORT).read_bytes()
    assert status("--ratta", f"{REPORT}:{BALANCE}", "--ja") == 0
    after = (root / REPORT).read_bytes()
    assert differing(before, after) == [
        (b"  utgang: 54   # 54 enligt listan", b"  utgang: 45   # 54 enligt listan")
    ]


WRITTEN = [
    pytest.param("{text}", "\n", id="as it is"),
    pytest.param("{text}", "\r\n", id="windows lines"),
    pytest.param("{text}", "\r", id="old mac lines"),
    pytest.param("\ufeff{text}", "\r\n", id="byte order mark"),
    pytest.param("# första\u2028# andra \u0085# åäö 🙂\n{text}", "\n", id="strange line breaks"),
]


@pytest.mark.parametrize(("shape", "ending"), WRITTEN)
def test_line_endings_and_marks_stay(root: Path, shape: str, ending: str) -> None:
    """However the file is saved, the bytes around the number are those the writer's editor wrote."""
    path = root / REPORT
    text = shape.replace("{text}", path.read_text("utf-8")).replace("\n", ending)
    path.write_bytes(text.encode())
    line = next(one.where.line for one in review(root)[0] if one.code == "R01a")
    (change,) = changes(root, top(root, line))
    assert change.before == text.encode()
    assert change.after == text.replace("utgang: 54", "utgang: 45").encode()


STYLES = [
    pytest.param(
        'flode: {ingang: 48, "nya": 36, utgang: 54}  # 54\navslut: {celler: {arbete: 14, studier: 25}}\n',
        ("utgang: 54", "utgang: 45"),
        id="flow with quoted keys",
    ),
    pytest.param(
        "flode:\n  ingang: 48\n  nya: 36\n  utgang:\n    antal:   54 # {antal: 54}\n"
        "avslut: {celler: {arbete: 14, studier: 25}}\n",
        ("antal:   54 #", "antal:   45 #"),
        id="a value with keys",
    ),
    pytest.param(
        "ekonomi:\n  enhet: tkr\n  rader:\n    personal:\n      budget: 1200,5\n      utfall: 1180,0\n"
        "      avvikelse: -20,5 # tkr\n",
        ("avvikelse: -20,5", "avvikelse: 20,5"),
        id="thousands with a decimal comma",
    ),
    pytest.param(
        "ekonomi:\n  rader:\n    personal: {budget: 1200.50, utfall: 1180.00, avvikelse: -20.50}\n",
        ("avvikelse: -20.50", "avvikelse: 20.50"),
        id="decimal points keep their noughts",
    ),
]


@pytest.mark.parametrize(("written", "edit"), STYLES)
def test_the_writers_way_of_writing_stays(tmp_path: Path, written: str, edit: tuple[str, str]) -> None:
    """Block or flow style, decimal comma or point, kronor or thousands: the number is written as before."""
    write_project(tmp_path, written)
    before = (tmp_path / REPORT).read_text("utf-8")
    finding = next(one for one in review(tmp_path)[0] if one.proposals)
    (change,) = changes(tmp_path, finding.proposals[0])
    assert change.after.decode() == before.replace(*edit, 1)


def test_women_and_men_change_places_on_two_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposal of two figures changes both lines at once, and each keeps its comment."""
    flow = "flode:\n  ingang:\n    kvinna: 21 # k\n    man: 27   # m\n"
    rest = "  nya: {kvinna: 19, man: 17}\n  utgang: {kvinna: 21, man: 24}\n"
    exits = "avslut:\n  celler:\n    arbete: {kvinna: 14, man: 11}\n    studier: {kvinna: 11, man: 3}\n"
    write_project(tmp_path, flow + rest + exits)
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / REPORT).read_bytes()
    found = choices(review(tmp_path)[0], REPORT, 4)
    number = next(place for place, one in enumerate(found, 1) if one.proposal.along)
    assert status("--ratta", f"{REPORT}:4", "--forslag", str(number), "--ja") == 0
    assert differing(before, (tmp_path / REPORT).read_bytes()) == [
        (b"    kvinna: 21 # k", b"    kvinna: 27 # k"),
        (b"    man: 27   # m", b"    man: 21   # m"),
    ]
    assert [one.code for one in review(tmp_path)[0] if one.proposals] == []


def test_a_second_run_finds_nothing_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is mended is mended: the line has no finding any more, and the file is left alone."""
    assert status("--ratta", f"{REPORT}:{BALANCE}", "--ja") == 0
    assert capsys.readouterr().err == "Nu stämmer R01a. Inga anmärkningar kvar i filen.\n"
    after = tree(root)
    assert status("--ratta", f"{REPORT}:{BALANCE}", "--ja") == 1
    assert capsys.readouterr().err == f"Ingen anmärkning gäller {REPORT}:{BALANCE}.\n"
    assert tree(root) == after


def test_the_rights_of_a_file_stay_and_nothing_is_left_beside_it(root: Path) -> None:
    """The new file takes the old one's place with its mode, and no half-written one remains."""
    (root / REPORT).chmod(0o640)
    names = set(tree(root))
    write(root, changes(root, top(root, BALANCE)))
    assert stat.S_IMODE((root / REPORT).stat().st_mode) == 0o640
    assert set(tree(root)) == names


# Asking -------------------------------------------------------------------------------------------------


def test_nothing_is_changed_without_a_yes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe the diff is shown, with the way to apply it, and the file is as it was."""
    before = tree(root)
    assert status("--ratta", f"{REPORT}:{BALANCE}") == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[2:13] == [
        "",
        f"--- {REPORT} (nu)",
        f"+++ {REPORT} (förslag)",
        "@@ -2,7 +2,7 @@",
        " flode:",
        "   ingang: 48      # kontrollerad",
        "   nya: {kvinna: 19, man: 17}",
        "-  utgang: 54   # 54 enligt listan",
        "+  utgang: 45   # 54 enligt listan",
        ' "avslut":',
        "   celler:",
    ]
    assert said.err == "Inget är ändrat. Lägg till --ja för att ändra filen.\n"
    assert tree(root) == before


@pytest.mark.parametrize(
    ("typed", "changed"),
    [("j\n", True), ("JA\n", True), ("kanske\n\nj\n", True), ("n\n", False), ("nej\n", False), ("", False)],
)
def test_a_person_is_asked(root: Path, answer: Answer, typed: str, changed: bool) -> None:
    """At a terminal only j or ja changes the file; an unclear answer is asked again, none at all is no."""
    before = tree(root)
    answer(typed)
    assert status("--ratta", f"{REPORT}:{BALANCE}") == (0 if changed else 1)
    assert (tree(root) != before) is changed


def test_other_proposals_are_told_and_can_be_chosen(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The likeliest is shown whole, the others in a line each with what to write to get them."""
    assert status("--ratta", f"{REPORT}:{BALANCE}") == 1
    lines = capsys.readouterr().out.split("Andra förslag:\n")[1].splitlines()
    assert [line.split(":")[0] for line in lines] == ["  --forslag 2", "  --forslag 3"]
    second = top(root, BALANCE, 2)
    assert status("--ratta", f"{REPORT}:{BALANCE}", "--forslag", "2", "--ja") == 0
    row = (root / REPORT).read_text("utf-8").splitlines()[second.line - 1]
    assert second.line != BALANCE
    assert second.value in row
    assert [one.code for one in review(root)[0]] == []


def test_a_proposal_is_found_by_its_own_line_too(root: Path) -> None:
    """Asked for the line of a proposal that stands elsewhere than the finding, that one is the first."""
    second = top(root, BALANCE, 2)
    assert [one.proposal for one in choices(review(root)[0], REPORT, second.line)] == [second]


@pytest.mark.parametrize("draft", [False, True])
def test_what_remains_is_told(root: Path, capsys: pytest.CaptureFixture[str], draft: bool) -> None:
    """After the change the project is checked again, drafts too: what holds now, and how much is left."""
    path = root / REPORT
    text = path.read_text("utf-8") + "uppgifter: {finns.inte: 3}\n"
    path.write_text(text.replace("status: slutlig", "status: utkast") if draft else text, "utf-8")
    assert status("--ratta", f"{REPORT}:{BALANCE}", "--ja") == 0
    assert capsys.readouterr().err == "Nu stämmer R01a. 1 anmärkning kvar i filen.\n"


def test_what_still_fails_is_told(root: Path) -> None:
    """A finding that remains is named, and one that is new is counted."""
    one = next(found for found in review(root)[0] if found.proposals)
    new = replace(one, code="R09a")
    assert outcome(one, REPORT, (one,), (one, new)) == (
        "R01a stämmer ännu inte. 2 anmärkningar kvar i filen, varav 1 ny."
    )


# What is refused ----------------------------------------------------------------------------------------


def test_a_number_that_has_changed_since_is_left_alone(root: Path) -> None:
    """A proposal is made for the number that stood there; another number, or none, is not touched."""
    proposal = top(root, BALANCE)
    for now in ("utgang: 45", "utgang: saknas", 'utgang: "54"', "# borta"):
        text = SWAPPED.replace("utgang: 54", now)
        (root / REPORT).write_text(text, "utf-8")
        with pytest.raises(RefusedError, match=r"förslaget gällde 54\. Inget är ändrat\. Kör"):
            changes(root, proposal)
        assert (root / REPORT).read_text("utf-8") == text


def test_a_file_saved_while_the_question_stood_is_left_alone(root: Path) -> None:
    """Between the diff and the yes another program may save: its work is not overwritten."""
    made = changes(root, top(root, BALANCE))
    (root / REPORT).write_text(SWAPPED + "# nytt\n", "utf-8")
    with pytest.raises(RefusedError, match="sparats av någon annan"):
        write(root, made)
    assert (root / REPORT).read_text("utf-8") == SWAPPED + "# nytt\n"


def test_a_disk_that_refuses_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told in a sentence; the old file stands and nothing lies beside it."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(root)
    made = changes(root, top(root, BALANCE))
    monkeypatch.setattr(repairs, "_filled", full)
    with pytest.raises(RefusedError, match="Det gick inte att skriva"):
        write(root, made)
    assert tree(root) == before


def test_a_link_out_of_the_project_is_not_followed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A source that is a link to a file elsewhere is never written to, nor a path that climbs out."""
    outside = tmp_path_factory.mktemp("utanfor") / "2024.yml"
    outside.write_bytes((root / REPORT).read_bytes())
    proposal = top(root, BALANCE)
    (root / REPORT).unlink()
    (root / REPORT).symlink_to(outside)
    before = outside.read_bytes()
    climbing = replace(proposal, file=f"../{outside.parent.name}/2024.yml")
    for hostile in (proposal, climbing, replace(proposal, file="\x00"), replace(proposal, file="x" * 5000)):
        with pytest.raises(RefusedError, match="Inget är ändrat"):
            changes(root, hostile)
    assert outside.read_bytes() == before


def test_a_link_within_the_project_stays_a_link(root: Path) -> None:
    """The file behind the link is changed, not the link."""
    real = root / "data" / "2024.txt"
    (root / REPORT).rename(real)
    (root / REPORT).symlink_to(real)
    write(root, changes(root, top(root, BALANCE)))
    assert (root / REPORT).is_symlink()
    assert "utgang: 45" in real.read_text("utf-8")


def test_a_finding_without_a_proposal_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no rule can propose a value for is mended by hand, and the lines that have proposals are told."""
    (root / REPORT).write_text((root / REPORT).read_text("utf-8") + "uppgifter: {finns.inte: 3}\n", "utf-8")
    line = next(one.where.line for one in review(root)[0] if not one.proposals)
    assert status("--ratta", f"{REPORT}:{line}", "--ja") == 1
    said = capsys.readouterr().err
    assert f"Anmärkningen på {REPORT}:{line} har inget förslag." in said
    assert "Förslag i filen finns för rad 5" in said
    assert status("--ratta", f"{REPORT}:1", "--ja") == 1
    assert f"Ingen anmärkning gäller {REPORT}:1." in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [
        REPORT,
        f"./{REPORT}",
        "data\\rapporter\\nord\\2024.yml",
        "../nord/../../rapporter/nord/2024.yml",
    ],
)
def test_a_file_is_named_from_here_or_from_the_project(
    root: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """The path may count from where one stands or from the project, and be written as on Windows."""
    if given.startswith(".."):
        monkeypatch.chdir(root / "data" / "rapporter")
        given = given.removeprefix("../")
    else:
        monkeypatch.chdir(root.parent)
    assert status("--rot", str(root), "--ratta", f"{given}:{BALANCE}", "--ja") == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--ratta", REPORT),
        ("--ratta", f"{REPORT}:0"),
        ("--ratta", f"{REPORT}:²"),
        ("--ratta", f"{REPORT}:-5"),
        ("--ratta", ":5"),
        ("--ratta", "data/finns-inte.yml:5"),
        ("--ratta", "/etc/passwd:1"),
        ("--ratta", "../../../../etc/passwd:1"),
        ("--ratta", "data:5"),
        ("--ratta", "\x00:5"),
        ("--ratta", f"{'x' * 5000}:5"),
        ("--ratta", f"{REPORT}:5", "--forslag", "0"),
        ("--ratta", f"{REPORT}:5", "--forslag", "två"),
        ("--ratta", f"{REPORT}:5", "--forslag", "4", "--ja"),
        ("--ratta", f"{REPORT}:5", "--muteras"),
        ("--ratta", f"{REPORT}:5", "--format", "json"),
        ("--ratta", f"{REPORT}:5", "nord/2024"),
        ("--ja",),
        ("--forslag", "1"),
    ],
    ids=lambda words: " ".join(words)[:40].replace("\x00", "0"),
)
def test_misuse_changes_nothing(root: Path, words: tuple[str, ...]) -> None:
    """A line that is none, a file outside the project, a proposal that is not there: status 2."""
    before = tree(root)
    assert status(*words) == 2
    assert tree(root) == before


ROUGH = [case for case in cases(RULES / "uppgivet.md") if "ungefar" in case.written and case.expected]
"""Figures that a word makes rough: what they stand for grows with the number, and turns with its sign."""


@pytest.mark.parametrize("case", ROUGH, ids=lambda case: case.title)
def test_every_proposal_mends_what_it_is_proposed_for(case: Case, tmp_path: Path) -> None:
    """Applied to the file and read again, no proposal leaves its finding as it was."""
    write_project(tmp_path, case.written)
    found = review(tmp_path)[0]
    made = [(finding, proposal) for finding in found for proposal in finding.proposals]
    assert made
    for finding, proposal in made:
        changed = changes(tmp_path, proposal)
        for one in changed:
            (tmp_path / one.file).write_bytes(one.after)
        left = {(one.code, one.where) for one in review(tmp_path)[0]}
        for one in changed:
            (tmp_path / one.file).write_bytes(one.before)
        assert (finding.code, finding.where) not in left, proposal
