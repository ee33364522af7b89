"""What all tests share: the demo built once as a site, and the option that writes expected results anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.build import build
from build_tools.lock import locked
from build_tools.outlets import site

PROJECT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regen` writes the expected part of the Swedish cases anew: read the difference before you commit."""
    parser.addoption("--regen", action="store_true", default=False, help="skriv om väntade resultat i fallen")


#: What takes time: a browser to drive, or a whole site to build.
LONG = {"browser", "site_dir", "hostile_site_dir"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, and then those of most tests.

    The workers take a file at a time: a long one that came last would keep the others waiting.
    """
    sizes = Counter(item.path for item in items)
    long = {item.path for item in items if LONG & set(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: (item.path not in long, -sizes[item.path], item.path))


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository, which is also the demo project."""
    return PROJECT


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask for it makes; the others wait, and all only read it."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done = folder / "klar"
    with locked(folder.with_suffix(".las"), lambda: None):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # another worker failed half-way
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def write_demo_site(folder: Path) -> None:
    """Build the demo strictly by the command that people use."""
    command = [sys.executable, "-m", "build_tools", "bygg", "--till", str(folder / "site")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as a site."""
    return made_once(tmp_path_factory, "webbplats", write_demo_site) / "site"


SCRIPT = "<script>window.xss=1</script><img src=x onerror=window.xss=1>"
HOSTILE_DATA = {
    "data/insatser/sater.yml": ("namn: Samverkansteam Säter", f"namn: 'Säter {SCRIPT}'"),
    "data/forbund.yml": ("namn: Södra Dalarnas Samordningsförbund", f"namn: 'Förbund {SCRIPT}'"),
    "data/rapporter/sater/2021.yml": ('kalla: "Siffrorna', f'kalla: "{SCRIPT} Siffrorna'),
    "data/godtagna.yml": ('skal: "I avsnitt 2', f'skal: "{SCRIPT} I avsnitt 2'),
    "data/kategorier.yml": ("benamning: Försäkringskassan", f"benamning: 'FK {SCRIPT}'"),
    "data/nyckeltal.yml": ("benamning: Nya deltagare", f"benamning: 'Nya ]]> {SCRIPT}'"),
    "data/mallar.yml": ("rubrik: Deltagare – förutsättningar", f"rubrik: 'Deltagare {SCRIPT}'"),
}


def write_hostile_project(root: Path) -> None:
    """The demo with every hostile text as a page of its own, in the report's prose and in its names."""
    for folder in ("data", "content"):
        shutil.copytree(PROJECT / folder, root / folder)
    for path in (*root.glob("*/rapporter/*"), *root.glob("data/insatser/*")):  # one report has it all
        if path.stem != "sater":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (root / "data" / "rattelser.yml").write_text("[]\n", "utf-8")
    accepted = root / "data" / "godtagna.yml"
    accepted.write_text(accepted.read_text("utf-8").partition("\n# Avesta\n")[0] + "\n", "utf-8")
    texts = sorted((PROJECT / "tests" / "cases" / "fientligt").glob("*.md"))
    for text in texts:
        target = root / "content" / "om" / "fientligt" / text.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.read_bytes())
    prose = root / "content" / "rapporter" / "sater" / "2021.md"
    lines = [line for text in texts for line in text.read_text(encoding="utf-8").splitlines()]
    body = "\n".join(line for line in lines if not line.startswith("#"))
    whole = f"# Rapport `</title>{SCRIPT}`\n\n## 1. Deltagare\n\n### Beskrivning\n\n{body}\n"
    prose.write_text(whole, encoding="utf-8")
    for name, (before, after) in HOSTILE_DATA.items():
        path = root / name
        said = path.read_text(encoding="utf-8")
        assert before in said, f"{name} har inte längre texten {before}"
        path.write_text(said.replace(before, after, 1), encoding="utf-8")


def write_hostile_site(root: Path) -> None:
    """Build the hostile project as a preview, which shows everything that the author has typed."""
    write_hostile_project(root)
    assert site.write(root, build(root, preview=True), root / "site") == ()


@pytest.fixture(scope="session")
def hostile_site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile project as a site."""
    return made_once(tmp_path_factory, "fientligt", write_hostile_site) / "site"
