"""What the loader's tests share: a small whole project, and copies of it with other files in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

BASE = Path(__file__).parent / "projekt"
REPORT = "data/rapporter/sater/2021.yml"
IDENTITY = (
    "rapport: {insats: sater, typ: arsrapport, mall: samverkansteam, status: slutlig, "
    "period: {start: 2021-01-01, slut: 2021-12-31, typ: kalenderar}}\n"
)
Copy = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Make a copy of the small project with some files written, or taken away where they are None.

    A report without its `rapport` section gets one at its end, so that its lines stay where they are.
    """

    def make(files: Mapping[str, str | bytes | None]) -> Path:
        folder = tmp_path / "projekt"
        shutil.copytree(BASE, folder)
        for path, content in files.items():
            target = folder / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else _whole(path, content).encode())
        return folder

    return make


def _whole(path: str, text: str) -> str:
    keyed = re.search(r"^[a-z_]+:", text, re.MULTILINE)
    bare = path == REPORT and keyed and not re.search(r"^\S*rapport\S*:", text, re.MULTILINE)
    return text + IDENTITY if bare else text
