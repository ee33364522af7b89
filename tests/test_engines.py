"""Whatever publishes the demo, readers meet the same: MkDocs, ProperDocs, or MkDocs without our plugin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class Article(HTMLParser):
    """The text and the anchors of what stands in a page's article."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.text: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the article, and keep the anchors in it."""
        if tag in VOID:
            return
        if self.depth or tag == "article":
            self.depth += 1
            self.anchors += [value or "" for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An empty element opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if self.depth:
            self.text.append(data)


def articles(site: Path) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Every page's text, spaces evened out, and its anchors in order."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        article = Article()
        article.feed(path.read_text("utf-8"))
        text = re.sub(r"\s+", " ", " ".join(article.text)).strip()
        found[str(path.relative_to(site))] = (text, tuple(article.anchors))
    return found


def built(command: list[str], where: Path) -> None:
    """Run one of the engines; what it says is told if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=where, env=QUIET, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def ours(site_dir: Path) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The articles of the site that `bygg` made."""
    return articles(site_dir)


def test_properdocs_builds_the_same_with_the_same_plugin(
    ours: Mapping[str, tuple[str, tuple[str, ...]]], tmp_path: Path
) -> None:
    """Under the heir of MkDocs the plugin runs unchanged: every page has the same text and anchors."""
    built(
        ["properdocs", "build", "-q", "-f", str(PROJECT / "mkdocs.yml"), "-d", str(tmp_path / "s")], PROJECT
    )
    assert articles(tmp_path / "s") == ours


def test_plain_mkdocs_builds_the_same_from_the_folder(
    ours: Mapping[str, tuple[str, tuple[str, ...]]], tmp_path: Path
) -> None:
    """What `bygg --till-mapp` writes becomes the same site with MkDocs and Material alone."""
    folder = tmp_path / "mapp"
    built(["build_tools", "bygg", "--till-mapp", str(folder)], PROJECT)
    told = (folder / "mkdocs.yml").read_text("utf-8")
    assert not re.search(r"^\s*(?:- )?samrapport:?\s*$", told, re.MULTILINE)
    built(["mkdocs", "build", "-q", "--strict"], folder)
    assert articles(folder / "site") == ours


def test_articles_differ_where_a_word_or_an_anchor_does(tmp_path: Path) -> None:
    """The comparison sees a changed word and a lost anchor, and nothing outside the article."""
    page = '<nav id="x">Meny</nav><article id="a"><h2 id="b">Rubrik<br></h2><p>Text</p></article><p>Fot</p>'
    (tmp_path / "p.html").write_text(page, "utf-8")
    assert articles(tmp_path) == {"p.html": ("Rubrik Text", ("a", "b"))}
