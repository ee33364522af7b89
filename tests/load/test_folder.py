"""Which files of a project are read, and what is said of the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from build_tools.load import load
from build_tools.load.folder import survey

Copy = Callable[[Mapping[str, str | bytes | None]], Path]


def codes(root: Path) -> list[str]:
    """What the loader says, as file and code."""
    return [f"{finding.where.file} {finding.code}" for finding in load(root)[1]]


def test_an_empty_folder(tmp_path: Path) -> None:
    """One clear finding, no crash."""
    edition, found = load(tmp_path)
    assert [(finding.code, finding.level) for finding in found] == [("F26", "fel")]
    assert edition.reports == {}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The same for a folder that does not exist."""
    assert codes(tmp_path / "saknas") == ["data F26"]


def test_links_out_of_the_project(copy: Copy, tmp_path: Path) -> None:
    """A link to a file or a folder outside is a finding, and nothing behind it is read."""
    outside = tmp_path / "utanför"
    outside.mkdir()
    (outside / "hemligt.md").write_text("# Hemligt", encoding="utf-8")
    root = copy({})
    (root / "content" / "fil.md").symlink_to(outside / "hemligt.md")
    (root / "content" / "mapp").symlink_to(outside)
    (root / "content" / "bruten.md").symlink_to(tmp_path / "finns-inte.md")
    assert codes(root) == ["content/bruten.md F24", "content/fil.md F24", "content/mapp F24"]
    assert [page.path for page in load(root)[0].pages] == ["index.md"]


def test_links_within_the_project(copy: Copy) -> None:
    """A link to a file of the project is read as that file; a link to a folder is not followed."""
    root = copy({})
    (root / "content" / "start.md").symlink_to(root / "content" / "index.md")
    (root / "content" / "runt").symlink_to(root / "content")
    assert codes(root) == ["content/runt F24"]
    assert [page.path for page in load(root)[0].pages] == ["index.md", "start.md"]


def test_a_data_folder_that_is_a_link(copy: Copy, tmp_path: Path) -> None:
    """The whole of data/ may not lie elsewhere either."""
    root = copy({})
    (root / "data").rename(tmp_path / "data")
    (root / "data").symlink_to(tmp_path / "data")
    assert codes(root)[0] == "content/rapporter/sater/2021.md F23"
    assert "data F24" in codes(root)


def test_what_is_no_ordinary_file(copy: Copy) -> None:
    """A pipe would make the reader wait for ever; it is a finding."""
    root = copy({})
    os.mkfifo(root / "data" / "rapporter" / "sater" / "2022.yml")
    assert codes(root) == ["data/rapporter/sater/2022.yml F25"]


def test_a_name_that_cannot_be_read(copy: Copy) -> None:
    """A file name that is no text, or holds a line break, is told in letters that can be printed."""
    root = copy({})
    (root / "content" / "rad\nbrytning.md").write_text("# A", encoding="utf-8")
    os.close(os.open(os.fsencode(root / "content") + b"/\xff.md", os.O_CREAT | os.O_WRONLY))
    assert codes(root) == ["content/\\udcff.md F25", "content/rad\\nbrytning.md F25"]


def test_a_ten_megabyte_report(copy: Copy) -> None:
    """It is told once; its prose is not accused of having no figures."""
    root = copy({"data/rapporter/sater/2021.yml": b"#" * 10_000_000})
    assert codes(root) == ["data/rapporter/sater/2021.yml F02"]


def test_unreadable_bytes_in_prose(copy: Copy) -> None:
    """The figures are still there when the text cannot be read."""
    root = copy({"content/rapporter/sater/2021.md": b"# S\xe4ter\n"})
    edition, found = load(root)
    assert [(finding.code, finding.where.column) for finding in found] == [("F01", 4)]
    assert edition.reports["sater/2021"].prose is None


def test_what_the_folder_holds(copy: Copy) -> None:
    """Files stand in order; hidden ones are nobody's business."""
    root = copy({"data/.dold": "a", "content/bild.png": b"x", "data/schema/rapport.json": "{}"})
    folder, found = survey(root)
    assert found == ()
    assert folder.reports == ("data/rapporter/sater/2021.yml",)
    assert folder.content == {"index.md", "bild.png", "rapporter/sater/2021.md"}
