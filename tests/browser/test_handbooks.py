"""The pages of a handbook and the words of the glossary, for every reader and on paper.

The handbook is shown as the preview shows it, so that a draft is looked at too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from build_tools.build import build
from build_tools.outlets import site
from tests.browser.conftest import POLICY, VIEWS, Visit, few_hits, inline_hashes, serve, visits

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).parents[2]
KINDS = {
    "handbok": "metoder/amia/",
    "karta": "metoder/amia/processen/",
    "steg": "metoder/amia/informera/",
    "rutiner": "metoder/amia/jamfor-rutiner/",
    "katalog": "metoder/amia/aktivitetskatalog/",
    "blanketter": "metoder/amia/mallar/",
    "fall": "metoder/amia/fall/",
    "swot": "metoder/amia/delprojekten/",
    "siffror": "metoder/amia/mal-och-utfall/",
}
TEXT = "# Processen på en sida\n\nDeltagaren möter Försäkringskassan först.\n\nOch Försäkringskassan igen.\n"
SEEN = [(kind, view) for view in (VIEWS[0], VIEWS[1], VIEWS[-2], VIEWS[-1]) for kind in KINDS]
WORD = "a.sr-ord-forklarat"
TOLD = "#sr-forklaring"


@pytest.fixture(scope="module")
def handbook_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the handbooks without the reports, with a text that has words of the glossary."""
    root = tmp_path_factory.mktemp("handbok")
    for folder in ("content", "data"):
        leave = shutil.ignore_patterns("rapporter", "godtagna.yml", "rattelser.yml")
        shutil.copytree(PROJECT / folder, root / folder, ignore=leave)
    text = root / "content/metoder/amia/processen.md"
    text.parent.mkdir(parents=True, exist_ok=True)
    text.write_text(TEXT, "utf-8")
    target = root / "site"
    assert site.write(root, build(root, preview=True), target) == ()
    yield from serve(target, POLICY.format(hashes=inline_hashes(target)), few_hits(target))


@pytest.fixture(scope="module")
def look(browser: Any, handbook_url: str) -> Iterator[Callable[[str, Any], Visit]]:
    """Open a page in the one window of its view."""
    yield from visits(browser, handbook_url)


@pytest.mark.parametrize(("kind", "window"), SEEN, ids=[f"{view.name}-{kind}" for kind, view in SEEN])
def test_every_kind_holds(look: Callable[..., Visit], kind: str, window: Any) -> None:
    """axe-core has nothing to say, nothing scrolls sideways and the console is silent."""
    seen = look(KINDS[kind], window)
    assert seen.page.locator("article h1").count() == 1
    assert "finns inte" not in seen.page.title()
    assert seen.axe() == []
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert seen.complaints == []
    assert seen.foreign == []


def test_a_form_on_each_sheet(look: Callable[..., Visit]) -> None:
    """On paper each form begins a sheet, and its lines to write on are there."""
    page = look(KINDS["blanketter"], VIEWS[0]).page
    page.emulate_media(media="print")
    try:
        breaks = page.evaluate("""() => [...document.querySelectorAll(".sr-blankett")]
          .map(form => getComputedStyle(form.previousElementSibling).breakBefore)""")
        assert len(breaks) > 10
        assert set(breaks) == {"page"}
        lines = page.locator(".sr-skrivyta")
        assert lines.locator("visible=true").count() == lines.count() > 0
    finally:
        page.emulate_media(media="screen")


def test_the_map_on_paper_and_narrow(look: Callable[..., Visit]) -> None:
    """All steps of the map are seen in order, from the top down, on paper and on the narrowest screen."""
    page = look(KINDS["karta"], VIEWS[-2]).page
    for media in ("print", "screen"):
        page.emulate_media(media=media)
        tops = page.evaluate("""() => [...document.querySelectorAll(".sr-kartlista > li")]
          .map(step => step.getBoundingClientRect().top)""")
        assert len(tops) == 7
        assert tops == sorted(tops)
        assert page.locator(".sr-kartlista > li").locator("visible=true").count() == 7


def test_activities_are_found_by_step_and_kind(look: Callable[..., Visit]) -> None:
    """Choices narrow the catalogue to what fits all of them, say how many are left, and can be taken back."""
    page = look(KINDS["katalog"], VIEWS[-2]).page
    entries, status = page.locator(".sr-katalog > li"), page.locator('[data-sr="katalogval"] [role=status]')
    every = entries.count()
    assert status.inner_text() == f"Alla {every} aktiviteter visas."
    page.get_by_label("Slag:").select_option("Hälsa")
    page.get_by_label("Steg:").select_option("Kartlägg deltagarens situation")
    left = page.locator(".sr-katalog > li:visible")
    assert 0 < left.count() < every
    assert status.inner_text() == f"{left.count()} av {every} aktiviteter visas."
    assert page.locator("h2#kategori-soka-jobb").is_hidden()
    page.get_by_label("Slag:").select_option("")
    page.get_by_label("Steg:").select_option("")
    assert left.count() == every


def test_the_catalogue_without_script(browser: Any, handbook_url: str) -> None:
    """Without scripts all activities stand under the headings of their kinds, and nothing is empty."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(handbook_url + KINDS["katalog"])
    assert page.locator(".sr-katalog > li:visible").count() == page.locator(".sr-katalog > li").count() > 15
    assert page.locator("h2#kategori-halsa").is_visible()
    assert page.locator('[data-sr="katalogval"]').inner_text() == ""
    context.close()


def test_a_word_by_keyboard(look: Callable[..., Visit]) -> None:
    """Focus explains a word and ties the explanation to it; Escape puts it away and focus stays."""
    page = look(KINDS["karta"], VIEWS[0]).page
    word = page.locator(WORD, has_text="Försäkringskassan")
    assert word.count() == 1
    word.focus()
    assert page.locator(TOLD).is_visible()
    assert word.get_attribute("aria-describedby") == "sr-forklaring"
    assert page.locator(TOLD).text_content() == word.get_attribute("data-forklaring")
    page.keyboard.press("Escape")
    assert not page.locator(TOLD).is_visible()
    assert page.evaluate("document.activeElement.matches('a.sr-ord-forklarat')")


def test_a_word_by_mouse(look: Callable[..., Visit]) -> None:
    """What is explained stays while the pointer rests on it, and goes when the pointer leaves."""
    page = look(KINDS["karta"], VIEWS[0]).page
    page.locator(WORD).first.hover()
    page.locator(TOLD).wait_for(state="visible")
    page.locator(TOLD).hover()
    page.wait_for_timeout(600)
    assert page.locator(TOLD).is_visible()
    page.mouse.move(5, 800)
    page.locator(TOLD).wait_for(state="hidden")


def test_a_word_by_finger(browser: Any, handbook_url: str) -> None:
    """The first tap explains within the window, the second follows the link."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, has_touch=True)
    context.set_default_timeout(5000)
    page = context.new_page()
    page.goto(handbook_url + KINDS["karta"])
    word = page.locator(WORD).last
    word.tap()
    page.locator(TOLD).wait_for(state="visible")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    word.tap()
    page.wait_for_url("**/ordlista/**")
    context.close()


def test_a_word_without_script(browser: Any, handbook_url: str) -> None:
    """Without scripts a word is a link to its place in the glossary."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(handbook_url + KINDS["karta"])
    page.locator(WORD, has_text="Försäkringskassan").click()
    assert page.url.endswith("ordlista/f/#forsakringskassan")
    assert page.locator("h2#forsakringskassan").is_visible()
    context.close()
