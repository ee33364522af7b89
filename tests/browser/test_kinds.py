"""Each kind of page holds for every reader: in light and dark, wide, zoomed and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import SIDEWAYS, VIEWS

pytestmark = pytest.mark.browser

#: One page of each kind that the site has.
KINDS = {
    "start": "",
    "forbund": "forbund/sodra-dalarna/",
    "lage": "forbund/sjobygden/lage/",
    "insats": "insatser/ekvik/",
    "rapport": "rapporter/sater/2021/",
    "rik-rapport": "rapporter/ekvik/2024/",
    "kvalitet": "rapporter/sater/2021/kvalitet/",
    "guide": "om/skriva/siffror/",
    "ar": "ar/2021/",
    "nyckeltal": "nyckeltal/",
    "matt": "nyckeltal/flode-nya/",
    "nytt": "nytt/",
    "om": "om/",
    "kontroller": "om/kontroller/",
    "tillganglighet": "om/tillganglighet/",
    "ordlista": "ordlista/",
    "bokstav": "ordlista/s/",
    "404": "404.html",
    "fritt-val": "jamfor/",
    "jamforelser": "om/jamforelser/",
}

#: Kinds whose pages are named by what is compared: the first page that the site has of each is looked at.
FOUND = {
    "par": "jamfor/ekvik/*-mot-*/index.html",
    "sammanslagning": "jamfor/tallbro-ljungvad/*-*-mot-*/index.html",
    "arsmatris": "jamfor/ar/sjobygden/2024/index.html",
    "avsnittstexter": "jamfor/ar/sjobygden/2024/*/index.html",
    "alla-ar": "insatser/ekvik/alla-ar/index.html",
    "hela-forbundet": "forbund/sjobygden/20*/index.html",
}

#: The longest page is looked at where it is widest and where it is narrowest.
LONG = {"rik-rapport": (VIEWS[0], VIEWS[-1])}
#: Comparisons are looked at where they are widest and narrowest, in light and dark.
ENDS = tuple(view for view in VIEWS if view.scale == 1)
SEEN = [
    (kind, view)
    for view in VIEWS
    for kind in (*KINDS, *FOUND)
    if view in LONG.get(kind, ENDS if kind in FOUND or kind == "fritt-val" else VIEWS)
]

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


def address(kind: str, site: Path) -> str:
    """The address of the page of a kind; one that the site has no page of is a failure."""
    if kind in KINDS:
        return KINDS[kind]
    found = sorted(site.glob(FOUND[kind]))
    assert found, f"webbplatsen har ingen sida som {FOUND[kind]}"
    return found[0].relative_to(site).as_posix().removesuffix("index.html")


#: Tables where a row or a column of figures has no heading.
HEADLESS = """() => [...document.querySelectorAll("article table")].filter(table =>
  !table.querySelector("thead th[scope=col]")
  || [...table.querySelectorAll("tbody tr")].some(row => !row.querySelector("th[scope]"))
).map(table => table.caption?.textContent.trim() ?? "utan rubrik")"""
#: Controls of the page's own content that the keyboard does not reach, or that have no name.
UNREACHED = """() => [...document.querySelectorAll("article :is(select, button, input, summary)")]
.filter(one => {
  if (one.type === "hidden" || one.disabled) return false
  if (!one.checkVisibility({ visibilityProperty: true })) return false
  one.focus()
  return one.tabIndex < 0 || document.activeElement !== one
}).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module", params=SEEN, ids=lambda seen: f"{seen[1].name}-{seen[0]}")
def shown(request: pytest.FixtureRequest, visit: Callable[..., Any], site_dir: Path) -> Any:
    """Load one page in one window; the tests below all look at it."""
    kind, view = request.param
    return visit(address(kind, site_dir), view)


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


@pytest.mark.parametrize("kind", [*FOUND, "fritt-val"])
def test_comparisons_have_headers_and_are_reached_by_keyboard(
    kind: str, visit: Callable[..., Any], site_dir: Path
) -> None:
    """Every table has headings of rows and columns, and the keyboard reaches every control."""
    page = visit(address(kind, site_dir), VIEWS[0]).page
    assert page.evaluate(HEADLESS) == []
    assert page.evaluate(UNREACHED) == []
