"""What all tests share: the demo built once as a site, and the option that writes expected results anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.build import build
from build_tools.outlets import site

PROJECT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regen` writes the expected part of the Swedish cases anew: read the difference before you commit."""
    parser.addoption("--regen", action="store_true", default=False, help="skriv om väntade resultat i fallen")


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository, which is also the demo project."""
    return PROJECT


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built strictly by the command that people use."""
    target = tmp_path_factory.mktemp("webbplats") / "site"
    command = [sys.executable, "-m", "build_tools", "bygg", "--till", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


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


@pytest.fixture(scope="session")
def hostile_site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile project as a preview, which shows everything that the author has typed."""
    root = tmp_path_factory.mktemp("fientligt")
    write_hostile_project(root)
    built = build(root, preview=True)
    into = root / "site"
    assert site.write(root, built, into) == ()
    return into
