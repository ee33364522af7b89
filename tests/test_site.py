"""The demo as a published site: whole, Swedish, self-contained and without dead ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

REPORT = "rapporter/sater/2021/index.html"
EXPECTED = (
    "index.html",
    "404.html",
    "forbund/index.html",
    "forbund/sodra-dalarna/index.html",
    "forbund/sodra-dalarna/lage/index.html",
    "nytt/index.html",
    "insatser/index.html",
    "insatser/sater/index.html",
    REPORT,
    "rapporter/sater/2021/kvalitet/index.html",
    "om/kontroller/index.html",
    "ar/index.html",
    "ar/2021/index.html",
    "nyckeltal/index.html",
    "nyckeltal/flode-nya/index.html",
    "om/index.html",
    "om/siffrorna/index.html",
    "om/tillganglighet/index.html",
)


class Page(HTMLParser):
    """Anchors, links and loaded resources of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag is called, leads to or loads."""
        found = {key: value or "" for key, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "html":
            self.language = found.get("lang", "")
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in {"script", "img", "iframe", "source", "use"} and (found.get("src") or found.get("href")):
            self.loads.append(found.get("src") or found["href"])
        if tag == "link" and found.get("rel") not in {"canonical", "prev", "next"}:
            self.loads.append(found.get("href", ""))


@cache
def read(path: Path) -> Page:
    """A page, parsed once."""
    return Page(path.read_text(encoding="utf-8"))


def pages(site: Path) -> Iterator[Path]:
    """Every page of the site but the one for missing addresses, whose links are absolute."""
    return (path for path in sorted(site.rglob("*.html")) if path.name != "404.html")


@pytest.mark.parametrize("name", EXPECTED)
def test_each_kind_of_page_stands(site_dir: Path, name: str) -> None:
    """Start, förbund, insats, report, quality, rules, year, catalogue, about, accessibility and 404."""
    assert (site_dir / name).is_file()


def test_every_link_leads_somewhere(site_dir: Path) -> None:
    """No link within the site is dead, and every fragment names an id on its page."""
    dead = []
    for path in pages(site_dir):
        for link in read(path).links:
            way, fragment = urldefrag(link)
            if urlsplit(way).scheme or way.startswith("//"):
                continue
            target = (path.parent / unquote(way.partition("?")[0])).resolve() if way else path
            target = target / "index.html" if target.is_dir() else target
            known = target.is_file() and (
                not fragment or target.suffix != ".html" or unquote(fragment) in read(target).ids
            )
            if not known:
                dead.append(f"{path.relative_to(site_dir)} → {link}")
    assert dead == []


def test_nothing_is_loaded_from_another_host(site_dir: Path) -> None:
    """Fonts, scripts, styles and pictures are our own files, in pages and in style sheets."""
    foreign = [f"{p.name}: {load}" for p in pages(site_dir) for load in read(p).loads if "//" in load]
    sheets = "\n".join(path.read_text(encoding="utf-8") for path in site_dir.rglob("*.css"))
    assert foreign == []
    assert re.findall(r"url\(['\"]?(?:https?:)?//[^)]*", sheets) == []


def test_ids_are_unique_on_every_page(site_dir: Path) -> None:
    """Several charts and tables stand on one page without stealing each other's names."""
    doubled = {}
    for path in pages(site_dir):
        ids = read(path).ids
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            doubled[str(path.relative_to(site_dir))] = twice
    assert doubled == {}


def test_every_page_says_it_is_swedish(site_dir: Path) -> None:
    """A screen reader must know which language to speak."""
    assert {read(path).language for path in site_dir.rglob("*.html")} == {"sv"}


def test_no_table_place_is_empty(site_dir: Path) -> None:
    """A missing number is a word, never an empty cell; only the corner above the row headings may be."""
    empty = re.compile(r"<tbody.*?</tbody>", re.DOTALL)
    for path in pages(site_dir):
        for body in empty.findall(path.read_text(encoding="utf-8")):
            assert not re.search(r"<t[dh][^>]*>\s*</t[dh]>", body), path


def test_the_report_tells_what_protection_lets_it(site_dir: Path) -> None:
    """Säter 2021: visible flow and joined exits; no single exit class, no women's lead time."""
    text = (site_dir / REPORT).read_text(encoding="utf-8")
    assert "skyddad" in text
    for shown in ("13", "29", "39", "1\u00a0550\u00a0000", "\u2212118\u00a0712", "18\u00a0månader"):
        assert shown in text
    for hidden in ("16,5\u00a0månader", "22\u00a0månader", "21\u00a0månader", "75\u00a0%", "Lönebidrag"):
        assert hidden not in text


def test_accepted_contradictions_are_notes_on_the_report(site_dir: Path) -> None:
    """What contradicts itself, lacks a base, covers half a year or is missing is told with its reason."""
    text = (site_dir / REPORT).read_text(encoding="utf-8")
    assert text.count('<li id="not-') == 9


def test_the_search_index_holds_the_report(site_dir: Path) -> None:
    """What stands in a report can be found by searching."""
    index = json.loads((site_dir / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = [doc["text"] for doc in index["docs"] if doc["location"].startswith("rapporter/sater/2021/")]
    assert any("försörjningsstöd" in text for text in found)
