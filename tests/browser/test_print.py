"""A report on paper: the text, the tables and the charts, and nothing that belongs to the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

#: The width of an A4 page within our margins, in CSS pixels.
PAPER = 672
ON_SCREEN_ONLY = (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-search", ".md-skip", ".md-top",
                  ".sr-brodsmulor", ".sr-fore-nasta", ".sr-innehall", "summary")  # fmt: skip


@pytest.fixture(scope="module", params=["light", "dark"], ids=["ljus", "mork"])
def paper(request: pytest.FixtureRequest, browser: Any, site_url: str) -> Iterator[Any]:
    """Show the report as it is printed, by a reader who has light or dark on screen."""
    context = browser.new_context(viewport={"width": PAPER, "height": 950}, color_scheme=request.param)
    context.set_default_timeout(5000)
    context.set_default_navigation_timeout(30_000)
    page = context.new_page()
    page.goto(site_url + "rapporter/sater/2021/")
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("part", ON_SCREEN_ONLY)
def test_no_navigation(paper: Any, part: str) -> None:
    """Header, menus, search and foot stay on the screen."""
    assert paper.locator(part).locator("visible=true").count() == 0


def test_all_content(paper: Any) -> None:
    """All text is printed, the tables behind the charts too."""
    for part in (
        "article h1",
        "article h2",
        "article p",
        ".sr-varde",
        ".sr-tabell table",
        ".sr-diagram svg",
    ):
        everything = paper.locator(part)
        assert everything.count() > 0, part
        assert everything.locator("visible=true").count() == everything.count(), part


def test_black_on_white(paper: Any) -> None:
    """Text is black on white also for a reader who has dark colours on screen."""
    colours = paper.evaluate("""() => [...document.querySelectorAll("article :is(p, td, th, h2)")]
      .map(element => getComputedStyle(element).color)""")
    dark = {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    assert colours
    assert set(colours) <= dark
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_tables_fit_the_paper(paper: Any) -> None:
    """No table runs out over the edge of the paper."""
    widths = paper.evaluate(
        "[...document.querySelectorAll('table')].map(t => t.getBoundingClientRect().right)"
    )
    assert widths
    assert max(widths) <= PAPER + 1


def test_links_are_quiet(paper: Any) -> None:
    """Links are printed as text, without addresses after them."""
    after = paper.evaluate("""() => [...document.querySelectorAll("article a")]
      .map(link => getComputedStyle(link, "::after").content)""")
    assert set(after) <= {"none", "normal"}


def test_pdf_is_made(paper: Any) -> None:
    """Chromium makes a PDF of several pages of it."""
    pdf = paper.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") > 1
