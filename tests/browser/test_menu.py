"""The menu by keyboard: below 1220 px Material's own cannot be reached, so ours is watched closely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

REPORT = "rapporter/sater/2021/"

#: What has focus, whether a reader can see it, and whether something else lies over it.
FOCUS = """() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const sign = element.matches(".md-option") ? element.nextElementSibling : element
  const box = sign.getClientRects()[0] || sign.getBoundingClientRect()  // a link may begin mid-line
  const inside = box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth
    && box.bottom > 0 && box.top < innerHeight
  const top = document.elementFromPoint(
    Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1))
  return {
    name: `${element.tagName}.${element.className} ${(element.getAttribute("aria-label")
      || element.textContent).trim().slice(0, 40)}`,
    seen: inside && sign.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    covered: !top || !(sign.contains(top) || top.contains(sign)),
    ring: getComputedStyle(sign).outlineStyle !== "none" || getComputedStyle(sign.closest("form") || sign)
      .outlineStyle !== "none",
    drawer: Boolean(element.closest(".md-sidebar--primary")),
  }
}"""


def stops(page: Any, limit: int = 400) -> list[dict[str, Any]]:
    """Press Tab until focus leaves the page, and tell every stop."""
    found = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError(f"Tab kommer aldrig ur sidan: {found[-1]}")


def focused_label(page: Any) -> str:
    """Name the button that has focus."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


@pytest.mark.parametrize("path", ["", REPORT], ids=["start", "rapport"])
def test_every_stop_is_seen(width: Any, visit: Callable[..., Any], path: str) -> None:
    """Tab reaches only what the reader sees, always with a ring, and never the closed menu."""
    found = stops(visit(path, width).page)
    assert len(found) > 5
    assert [stop["name"] for stop in found if not stop["seen"] or stop["covered"]] == []
    assert [stop["name"] for stop in found if not stop["ring"]] == []
    assert [stop["name"] for stop in found if stop["drawer"] and width.width < 1220] == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_drawer_opens_and_closes(narrow: Any, visit: Callable[..., Any], key: str) -> None:
    """Enter and Space open the menu, focus goes into it, and Escape closes it and gives focus back."""
    page = visit("om/", narrow).page
    button = page.get_by_role("button", name="Meny", exact=True)
    button.focus()
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press(key)
    assert button.get_attribute("aria-expanded") == "true"
    assert focused_label(page) == "Stäng menyn"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert focused_label(page) == "Meny"


def test_open_drawer_keeps_focus(narrow: Any, visit: Callable[..., Any]) -> None:
    """While the menu is open Tab stays in it, reaches all its visible entries and nothing behind."""
    page = visit(REPORT, narrow).page
    page.click(".sr-menyknapp")
    found = stops(page)
    entries = page.locator(".sr-meny :is(a, summary, button):visible").count()
    assert len(found) == entries - 1
    assert [stop["name"] for stop in found if not (stop["drawer"] and stop["seen"]) or stop["covered"]] == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_parts_of_the_menu_unfold(narrow: Any, visit: Callable[..., Any], key: str) -> None:
    """A folded part of the menu opens with Enter and Space; folded entries are out of reach."""
    page = visit("", narrow).page
    page.click(".sr-menyknapp")
    folded = page.locator(".sr-meny details:not([open])").first
    entry = folded.locator("a").first.element_handle()
    assert not entry.is_visible()
    folded.locator("summary").first.focus()
    page.keyboard.press(key)
    assert entry.is_visible()


def test_menu_leads_somewhere(narrow: Any, visit: Callable[..., Any]) -> None:
    """An entry of the menu is followed with Enter, and the page it leads to is marked in the menu."""
    page = visit("", narrow).page
    page.click(".sr-menyknapp")
    link = page.locator(".sr-meny a:visible:not([aria-current])").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('.sr-meny [aria-current=page]') && location.pathname !== '/'"
    )
    assert page.get_by_role("button", name="Meny", exact=True).get_attribute("aria-expanded") == "false"


def test_search_by_keyboard(narrow: Any, visit: Callable[..., Any]) -> None:
    """The search opens from its button, takes focus, and gives it back at Escape."""
    page = visit("om/", narrow).page
    page.get_by_role("button", name="Sök", exact=True).focus()
    page.keyboard.press("Enter")
    assert focused_label(page) == "Sök på webbplatsen"
    page.keyboard.press("Escape")
    assert focused_label(page) == "Sök"


@pytest.mark.parametrize("key", ["Enter", "Space", "ArrowRight"])
def test_colours_by_keyboard(width: Any, visit: Callable[..., Any], key: str) -> None:
    """The colour switch is worked by keyboard, keeps focus, shows its ring and changes the page."""
    page = visit("om/", width).page
    try:
        page.locator("input[name=__palette]").first.focus()
        seen = set()
        for _ in range(3):
            page.keyboard.press(key)
            stop = page.evaluate(FOCUS)
            assert stop["seen"]
            assert stop["ring"]
            seen.add((focused_label(page), page.evaluate("document.body.dataset.mdColorScheme")))
        assert {("Ljust", "default"), ("Mörkt", "slate")} < seen
        assert len(seen) == 3
    finally:
        page.evaluate("localStorage.clear()")


def test_skip_link_comes_first(width: Any, visit: Callable[..., Any]) -> None:
    """The first stop leads past the menu to the text, also on the page for missing addresses."""
    for path in ("", "404.html"):
        page = visit(path, width).page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") == "Gå till innehållet"
        target = page.evaluate("document.activeElement.hash")
        assert page.locator(f'article:is([id="{target[1:]}"]), article [id="{target[1:]}"]').count() == 1
