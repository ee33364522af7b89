"""Ready-made comparisons in the browser: what is reached is seen, and what is drawn is true to scale."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import VIEWS, View, Visit

WIDE = VIEWS[0]
PAIR = "jamfor/ekvik/2022-mot-2023/"
YEAR = "jamfor/ar/sjobygden/2023/"
Go = Callable[[str, View], Visit]

#: The figures of the tables in which a word or a number goes over to another line.
BROKEN = r"""() => {
  for (const band of document.querySelectorAll(".sr-jamfor__band")) band.style.contentVisibility = "visible"
  for (const part of document.querySelectorAll("details")) part.open = true
  const broken = []
  for (const cell of document.querySelectorAll(".sr-jamfor__tabell td.sr-tal")) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    for (let text; text = walker.nextNode();) for (const word of text.data.matchAll(/\p{L}+|\d+/gu)) {
      const range = document.createRange()
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top)))
      if (lines.size > 1) broken.push(cell.textContent)
    }
  }
  return broken
}"""

#: How far below the bar each target comes to rest, for the bar's own parts of the page.
BELOW = """names => names.map(name => {
  document.getElementById(name).scrollIntoView()
  const bar = document.querySelector(".sr-jamfor__val").getBoundingClientRect()
  return document.getElementById(name).getBoundingClientRect().top - bar.bottom
})"""


def test_what_a_link_leads_to_lies_below_the_bar(visit: Go) -> None:
    """Headings and rows come to rest under the bar, however many rows the bar takes."""
    seen = visit(PAIR, WIDE)
    names = ["jamforbart", "avsnitt-3", "rad-flode-nya"]
    assert all(0 <= gap < 40 for gap in seen.page.evaluate(BELOW, names))
    seen.page.evaluate("document.querySelector('.sr-jamfor__val').style.minHeight = '14rem'")
    seen.page.wait_for_function(
        "document.documentElement.style.getPropertyValue('--sr-val-hojd') === '280px'"
    )
    assert all(0 <= gap < 40 for gap in seen.page.evaluate(BELOW, names))


def test_nothing_lies_on_the_bar(visit: Go) -> None:
    """The way to the top comes when one scrolls up; here it would cover the choices."""
    seen = visit(PAIR, WIDE)
    seen.page.mouse.wheel(0, 4000)
    seen.page.wait_for_timeout(300)
    seen.page.mouse.wheel(0, -400)
    seen.page.wait_for_timeout(300)
    assert not seen.page.locator(".md-top").is_visible()


def test_no_word_is_broken_on_a_phone(visit: Go) -> None:
    """Three figures stand beside each other at 320 pixels, each with its unit and each word whole."""
    narrow = next(view for view in VIEWS if view.width == 320)
    assert visit(PAIR, narrow).page.evaluate(BROKEN) == []


def test_bars_of_a_row_are_drawn_on_one_scale(visit: Go, width: View) -> None:
    """A hundred percent is as long in every column, so that the bars can be seen against each other."""
    seen = visit(YEAR, width)
    seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    tracks = seen.page.locator(".sr-stapel").evaluate_all("all => all.map(one => one.clientWidth)")
    assert len(tracks) > 10
    assert len(set(tracks)) == 1


def test_on_paper_each_reason_stands_once(visit: Go) -> None:
    """The lists of reasons lead to rows, which paper cannot: there the notes at the rows are enough."""
    seen = visit(PAIR, WIDE)
    lists = seen.page.locator(".sr-jamfor__dom > details")
    assert lists.first.is_visible()
    seen.page.emulate_media(media="print")
    hidden = not any(one.is_visible() for one in lists.all())
    notes = seen.page.locator(".sr-fotnoter").first.is_visible()
    seen.page.emulate_media(media="screen")
    assert (hidden, notes) == (True, True)


@pytest.mark.parametrize(("path", "part"), [(PAIR, ".sr-jamfor__delar"), (YEAR, ".sr-fler")])
def test_what_is_closed_is_printed_by_name(path: str, part: str, visit: Go) -> None:
    """A pair with all its parts is near forty pages: those that the reader has opened are printed whole."""
    page = visit(path, WIDE).page
    opened, closed = page.locator(part).nth(1), page.locator(part).nth(2)
    opened.locator("summary").first.click()
    opened.locator("tbody tr").first.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    try:
        assert opened.locator("tbody tr").first.is_visible()
        assert closed.locator("> summary").is_visible()
        assert not closed.locator("tbody tr").first.is_visible()
    finally:
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
