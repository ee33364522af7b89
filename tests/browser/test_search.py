"""Readers find the reports by searching."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import VIEWS

pytestmark = pytest.mark.browser

HITS = "els => els.map(el => new URL(el.href).pathname)"


def test_report_is_found(width: Any, searching: Callable[..., Any], search_for: Callable[..., None]) -> None:
    """Who types Säter and boendestöd finds the report, though it is outside the menu; nothing complains."""
    seen = searching("", width)
    page = seen.page
    search_for(page, "säter boendestöd")
    hits = page.locator(".md-search-result a").evaluate_all(HITS)
    assert any(path.endswith("/rapporter/sater/2021/") for path in hits)
    assert seen.complaints == []
    assert seen.foreign == []


@pytest.mark.parametrize("words", ["jämför", "jämföra rapporter", "sida vid sida"])
def test_the_page_for_comparing_is_found(
    words: str, searching: Callable[..., Any], search_for: Callable[..., None]
) -> None:
    """Who wants to compare finds the page for it among the first hits, whatever she calls it."""
    page = searching("", VIEWS[0]).page
    search_for(page, words)
    hits = page.locator(".md-search-result a").evaluate_all(HITS)
    assert any(path.endswith("/jamfor/") for path in hits[:10])


@pytest.mark.parametrize(
    ("words", "page_with_the_other_word"),
    [
        ("FK informera", "/metoder/amia/informera/"),
        ("intro", "/metoder/amia/mal-och-utfall/"),
        ("vardagsrevidering", "/metoder/amia/redo/"),
        ("amia processen", "/metoder/amia/processen/"),
        ("LOH", "/ordlista/l/"),
        ("SAM PLM", "/ordlista/s/"),
        ("empowerment", "/ordlista/e/"),
    ],
)
def test_other_words_find_the_same_page(
    words: str, page_with_the_other_word: str, searching: Callable[..., Any], search_for: Callable[..., None]
) -> None:
    """Short forms, other spellings and synonyms lead to the pages that use another word for it."""
    page = searching("", VIEWS[0]).page
    search_for(page, words)
    hits = page.locator(".md-search-result a").evaluate_all(HITS)
    assert any(path.endswith(page_with_the_other_word) for path in hits)


def test_count_is_said(width: Any, searching: Callable[..., Any], search_for: Callable[..., None]) -> None:
    """The number of hits is said in Swedish, also to a screen reader."""
    page = searching("", width).page
    search_for(page, "deltagare")
    assert "sökresultat" in page.locator(".md-search-result [role=status]").inner_text()


def test_hits_by_keyboard(width: Any, searching: Callable[..., Any], search_for: Callable[..., None]) -> None:
    """Tab goes from the words to the hits, Enter opens one, and Escape closes the search."""
    page = searching("", width).page
    search_for(page, "försörjningsstöd")
    page.keyboard.press("Escape")
    assert page.locator(".md-search__output").is_hidden()
    search_for(page, " ")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-search-result a')"):
            break
    target = page.evaluate("document.activeElement.pathname")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}*")


def test_letters_open_nothing(width: Any, visit: Callable[..., Any]) -> None:
    """No single letter opens the search or turns the page, since speech input says letters (WCAG 2.1.4)."""
    page = visit("om/", width).page
    before = page.url
    for key in "fs/pn,.":
        page.keyboard.press(key)
    assert page.evaluate("document.getElementById('__search').checked") is False
    assert page.url == before
