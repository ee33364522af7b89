"""Each kind of page holds for every reader: in light and dark, wide, zoomed and narrow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

pytestmark = pytest.mark.browser

REPORT = "rapporter/sater/2021/"

#: One page of each kind that the site has.
KINDS = {
    "start": "",
    "forbund": "forbund/sodra-dalarna/",
    "lage": "forbund/sjobygden/lage/",
    "insats": "insatser/sater/",
    "pahittad-insats": "insatser/ekvik/",
    "rapport": REPORT,
    "kvalitet": f"{REPORT}kvalitet/",
    "ar": "ar/2021/",
    "nyckeltal": "nyckeltal/",
    "matt": "nyckeltal/flode-nya/",
    "nytt": "nytt/",
    "om": "om/",
    "kontroller": "om/kontroller/",
    "tillganglighet": "om/tillganglighet/",
    "404": "404.html",
}

#: What a reader may set for herself without losing any text (WCAG 1.4.12).
SPACING = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }
"""
#: Twice the text in the same window (WCAG 1.4.4).
DOUBLE = "html { font-size: 250% !important }"

SET_STYLE = """css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = css ? [sheet] : []
}"""

#: Elements with text of their own of which some is cut off: by a box that hides it, or by the window.
CLIPPED = """() => {
  const own = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  const hides = style => [style.overflowX, style.overflowY].some(way => ["hidden", "clip"].includes(way))
  const scrolls = element => {
    for (let box = element.parentElement; box; box = box.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true
    return false
  }
  return [...document.querySelectorAll("body *")].filter(element => {
    if (!own(element) || element.closest("svg, .sr-dold, script, .md-skip, .md-dialog")) return false
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
    const box = element.getBoundingClientRect()
    const outside = box.right > document.documentElement.clientWidth + 1 && !scrolls(element)
    const cut = hides(getComputedStyle(element))
      && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    return outside || cut
  }).map(element => `${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 60)}`)
}"""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=KINDS.values(), ids=KINDS.keys())
def shown(request: pytest.FixtureRequest, view: Any, visit: Callable[..., Any]) -> Any:
    """Load one page in one window; the tests below all look at it."""
    return visit(request.param, view)


def test_axe_finds_nothing(shown: Any) -> None:
    """axe-core has nothing to say on any page (WCAG 2.1 A and AA, and good practice)."""
    assert shown.axe() == []


def test_nothing_to_scroll_sideways(shown: Any) -> None:
    """A page is never wider than the window; a wide table scrolls inside its own box."""
    assert shown.page.evaluate(SIDEWAYS) == 0


def test_no_complaints_and_no_other_host(shown: Any) -> None:
    """The console stays silent under the strict policy, and nothing is fetched from elsewhere."""
    assert shown.complaints == []
    assert shown.foreign == []


@pytest.mark.parametrize("css", [SPACING, DOUBLE], ids=["luft", "dubbel-text"])
def test_no_text_is_cut(shown: Any, css: str) -> None:
    """Roomier text or text of double size loses no word, and the page still does not scroll sideways."""
    try:
        shown.page.evaluate(SET_STYLE, css)
        assert shown.page.evaluate(CLIPPED) == []
        assert shown.page.evaluate(SIDEWAYS) == 0
    finally:
        shown.page.evaluate(SET_STYLE, "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_drawer(narrow: Any, visit: Callable[..., Any], scheme: str) -> None:
    """The open menu is as accessible as the page under it."""
    shown = visit(KINDS["om"], replace(narrow, scheme=scheme))
    shown.page.click(".sr-menyknapp")
    assert shown.page.get_by_role("button", name="Stäng menyn").is_visible()
    assert shown.axe() == []


def test_open_search(view: Any, visit: Callable[..., Any], search_for: Callable[..., None]) -> None:
    """The search with its hits is as accessible as the page under it."""
    shown = visit(KINDS["om"], view)
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


def test_missing_address(width: Any, visit: Callable[..., Any], site_url: str) -> None:
    """An address that leads nowhere, however deep, gives our own page with its looks and a way home."""
    shown = visit("finns/inte/alls/", width)
    assert shown.page.get_by_role("heading", level=1).inner_text() == "Sidan finns inte"
    assert shown.page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
    shown.page.click("article a >> nth=0")
    shown.page.wait_for_url(site_url)


def test_report_is_light(browser: Any, site_url: str) -> None:
    """A reader's first visit to a report costs under 350 kB and 30 requests."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    page = fresh.new_page()
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(site_url + REPORT, wait_until="networkidle")
    weight = sum(int(response.headers.get("content-length", "0")) for response in responses)
    fresh.close()
    assert len(responses) < 30
    assert 0 < weight < 350_000


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
