"""The pages are whole without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[1280, 320], ids=["bred", "smal"])
def page(request: pytest.FixtureRequest, browser: Any, site_url: str) -> Iterator[Any]:
    """Show the report to a reader who has turned scripts off."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    context.set_default_timeout(5000)
    context.set_default_navigation_timeout(30_000)
    page = context.new_page()
    page.goto(site_url + "rapporter/sater/2021/")
    yield page
    context.close()


@pytest.mark.parametrize(
    "part",
    [
        "article h1",
        ".sr-nyckeltal .sr-varde",
        ".sr-tabell table",
        ".sr-diagram svg",
        ".sr-not",
        ".sr-del p",
    ],
)
def test_parts_are_seen(page: Any, part: str) -> None:
    """Key figures, tables, charts, notes and text are all seen."""
    assert page.locator(part).locator("visible=true").count() > 0


def test_tables_behind_charts_open(page: Any) -> None:
    """The table behind a chart opens without any script of ours."""
    twin = page.locator("details.sr-tvilling").first
    twin.locator("summary").click()
    assert twin.locator("table").is_visible()


def test_dead_controls_are_gone(page: Any) -> None:
    """What needs a script to work is not shown."""
    for dead in (
        ".md-search__input",
        ".sr-sokknapp",
        ".sr-menyknapp",
        ".md-header__option",
        ".sr-meny__stang",
    ):
        assert page.locator(dead).locator("visible=true").count() == 0, dead


def test_menu_is_reached(page: Any) -> None:
    """Every entry on the first level of the menu is still within reach."""
    opener = page.locator("header label[for=__drawer]")
    if opener.is_visible():
        opener.click()
        assert page.locator(".sr-meny a").first.is_visible()
        page.locator(".md-overlay").click(position={"x": 310, "y": 400})
    else:
        assert page.locator(".md-tabs a").first.is_visible()
