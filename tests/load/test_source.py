"""Bytes to text: encoding, size, and nothing from outside the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.load.source import decoded, read_text


def told(root: Path, content: bytes, limit: int = 1000) -> tuple[str | None, list[str]]:
    """The text of a file with these bytes, and the codes and places of what is said of it."""
    (root / "fil.yml").write_bytes(content)
    text, found = read_text(root, "fil.yml", limit)
    return text, [f"{finding.where.line}:{finding.where.column} {finding.code}" for finding in found]


def test_plain_text(tmp_path: Path) -> None:
    """A byte order mark is passed over and every kind of line end becomes one."""
    assert told(tmp_path, b"\xef\xbb\xbfa\r\nb\rc\n") == ("a\nb\nc\n", [])


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a: 1\nb: f\xf6rbund\n", "2:5 F01"),
        (b"a: \xc3", "1:4 F01"),
        (b"\xff\xfea\x00", "1:1 F01"),
        (b"a: 1\n\x00", "2:1 F01"),
    ],
)
def test_unreadable_bytes(tmp_path: Path, content: bytes, place: str) -> None:
    """The line and column of the first byte that is no UTF-8 are told; UTF-16 and empty bytes too."""
    assert told(tmp_path, content) == (None, [place])


def test_too_large(tmp_path: Path) -> None:
    """A file over the limit is not even opened."""
    assert told(tmp_path, b"a" * 1001) == (None, ["1:1 F02"])


def test_ten_megabytes(tmp_path: Path) -> None:
    """The size is told in words that people use."""
    (tmp_path / "fil.yml").write_bytes(b"#" * 10_000_000)
    _, found = read_text(tmp_path, "fil.yml", 1_000_000)
    assert found[0].message == "Filen är 10,0 MB. Högst 1,0 MB läses: dela upp den, eller korta den."


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A file that went away between the look and the reading is told, not crashed on."""
    text, found = read_text(tmp_path, "borta.yml", 1000)
    assert text is None
    assert [finding.code for finding in found] == ["F01"]


def test_paths_out_of_the_project(tmp_path: Path) -> None:
    """Neither a path with dots nor a link leads out."""
    (tmp_path / "hemligt.yml").write_text("a: 1", encoding="utf-8")
    project = tmp_path / "projekt"
    project.mkdir()
    (project / "lank.yml").symlink_to(tmp_path / "hemligt.yml")
    for path in ("../hemligt.yml", "lank.yml"):
        text, found = read_text(project, path, 1000)
        assert text is None
        assert [finding.code for finding in found] == ["F24"]


def test_a_ring_of_links(tmp_path: Path) -> None:
    """Links that lead to each other are told."""
    (tmp_path / "en.yml").symlink_to(tmp_path / "två.yml")
    (tmp_path / "två.yml").symlink_to(tmp_path / "en.yml")
    text, found = read_text(tmp_path, "en.yml", 1000)
    assert text is None
    assert len(found) == 1


@settings(derandomize=True, database=None, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes(content: bytes) -> None:
    """Any bytes are text or a finding."""
    text, found = decoded(content, "fil.yml")
    assert (text is None) == bool(found)
