"""Single pages hold for every reader: opened, searched, scrolled, printed and light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.browser.conftest import SIDEWAYS

pytestmark = pytest.mark.browser

REPORT = "rapporter/sater/2021/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_drawer(narrow: Any, visit: Callable[..., Any], scheme: str) -> None:
    """The open menu is as accessible as the page under it."""
    shown = visit("om/", replace(narrow, scheme=scheme))
    shown.page.click(".sr-menyknapp")
    assert shown.page.get_by_role("button", name="Stäng menyn").is_visible()
    assert shown.axe() == []


def test_open_search(view: Any, searching: Callable[..., Any], search_for: Callable[..., None]) -> None:
    """The search with its hits is as accessible as the page under it."""
    shown = searching("om/", view)
    search_for(shown.page, "deltagare")
    assert shown.axe() == []
    assert shown.page.evaluate(SIDEWAYS) == 0


def test_open_details(view: Any, visit: Callable[..., Any]) -> None:
    """Every table behind a chart is accessible once opened, and does not widen the page."""
    shown = visit(REPORT, view)
    opened = shown.page.evaluate("""() => {
      const folded = [...document.querySelectorAll("article details")]
      for (const details of folded) details.open = true
      return folded.length
    }""")
    assert opened > 0
    assert shown.axe() == []
    assert shown.page.evaluate(SIDEWAYS) == 0


def test_scrolling_tables_are_stops_and_others_not(width: Any, visit: Callable[..., Any]) -> None:
    """A table is a stop for the keyboard exactly where it scrolls, and then it says its name."""
    shown = visit(REPORT, width)
    boxes = shown.page.evaluate("""() => {
      for (const details of document.querySelectorAll("article details")) details.open = true
      const tell = box => ({
        scrolls: box.scrollWidth > box.clientWidth + 1,
        stop: box.tabIndex === 0,
        name: box.getAttribute("aria-label") || "",
      })
      const boxes = [...document.querySelectorAll(".sr-tabell")]
      return new Promise(done => setTimeout(() => done(boxes.map(tell)), 200))
    }""")
    assert boxes
    assert [box for box in boxes if box["scrolls"] != box["stop"]] == []
    assert [box for box in boxes if box["stop"] and "rulla i sidled" not in box["name"]] == []


def test_missing_address(width: Any, visit: Callable[..., Any]) -> None:
    """An address that leads nowhere, however deep, gives our own page with its looks and a way home."""
    shown = visit("finns/inte/alls/", width)
    assert shown.page.get_by_role("heading", level=1).inner_text() == "Sidan finns inte"
    assert shown.page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
    shown.page.click("article a >> nth=0")
    shown.page.wait_for_url(shown.origin)


def test_report_is_light(browser: Any, site_url: str) -> None:
    """A reader's first visit to a report costs under 400 kB, nothing compressed, and 30 requests."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    page = fresh.new_page()
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(site_url + REPORT, wait_until="networkidle")
    weight = sum(int(response.headers.get("content-length", "0")) for response in responses)
    fresh.close()
    assert len(responses) < 30
    assert 0 < weight < 400_000


def test_text_lines_have_a_readable_length(width: Any, visit: Callable[..., Any]) -> None:
    """Running text has at most about 75 characters a line, however wide the window is."""
    shown = visit(REPORT, width)
    longest = shown.page.evaluate("""() => {
      const ruler = document.createElement("canvas").getContext("2d")
      return Math.max(...[...document.querySelectorAll("article p")].map(text => {
        const style = getComputedStyle(text)
        ruler.font = `${style.fontWeight} ${style.fontSize} "Source Sans 3"`
        const sample = "Teamet har under året haft en jämn tillströmning av deltagare från kommunen."
        return text.clientWidth / (ruler.measureText(sample).width / sample.length)
      }))
    }""")
    assert longest < 80
