"""The page of any two reports gives what a finished comparison gives, and keeps what the reader chose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from build_tools.addresses import COMPARE, pair_path, url
from tests.browser.conftest import SIDEWAYS, VIEWS, View, Visit
from tests.browser.test_compare import ENOUGH, LAID_OUT, demo, free

WIDE = VIEWS[0]
FREE = url(COMPARE)
CHOSEN = "?a=ekvik/2022&b=ekvik/2023"
FINISHED = "jamfor/ekvik/2022-mot-2023/"
FIRST_TABLE = "[data-avsnitt='avsnitt-2'] .sr-jamfor__tabell"
DISPLAY = "one => getComputedStyle(one).display"
Go = Callable[[str, View], Visit]

#: What a page says of figures, whoever has laid it out: ways are told by where they lead.
SAID = """() => {
  const plain = node => {
    const kept = node.cloneNode(true)
    for (const way of kept.querySelectorAll("[href]")) {
      const to = new URL(way.getAttribute("href"), document.baseURI)
      way.setAttribute("href", to.hash || to.pathname)
    }
    for (const one of kept.querySelectorAll("[title]")) one.removeAttribute("title")
    for (const one of kept.querySelectorAll("td")) one.className = one.className.trim()
    return kept.innerHTML.replace(/\\s+/g, " ").replace(/> | </g, sign => sign.trim())
  }
  const all = asked => [...document.querySelectorAll(asked)].map(plain)
  return {
    viktigast: all(".sr-jamfor__viktigast li:not(.sr-viktigt--text)"),
    dom: all(".sr-domar, .sr-jamfor__dom > details"),
    mal: all(".sr-jamfor__mal table"), delar: all(".sr-jamfor__delar > summary"),
    tabeller: all(".sr-jamfor__tabell table"), noter: all(".sr-fotnoter"), om: all(".sr-not"),
  }
}"""


def of_several_years() -> list[str]:
    """The finished pairs of insatser whose years are enough to be drawn."""
    reports, found = demo().reports, demo().comparisons.pairings
    teams = [one.intervention for one in reports.values()]
    return [
        f"{one.a} {one.b} {url(pair_path(one))}"
        for one in found
        if reports[one.a].intervention == reports[one.b].intervention
        and teams.count(reports[one.a].intervention) >= ENOUGH
    ]


def drawn(page: Page) -> Page:
    """The page with all its drawings: paper has them all, a window those of the sections that are near."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return page


@contextmanager
def told(page: Page, change: Callable[[dict[str, Any]], object]) -> Iterator[None]:
    """The page as it would be if the file of facts said something else."""

    def answer(route: Route) -> None:
        found = route.fetch().json()
        change(found)
        route.fulfill(body=json.dumps(found), content_type="application/json")

    page.route("**/jamfor/fakta.json", answer)
    yield
    page.unroute("**/jamfor/fakta.json")


@pytest.mark.parametrize("pairing", of_several_years())
def test_it_says_what_the_finished_page_says(pairing: str, visit: Go) -> None:
    """What matters most, verdicts, goals, tables, drawings and notes are those of the pair's own page."""
    a, b, finished = pairing.split()
    wanted = visit(finished, WIDE).page.evaluate(SAID)
    page = free(visit, f"{FREE}?a={a}&b={b}&visa=siffror", wait=".sr-jamfor__band").page
    shown = drawn(page).evaluate(SAID)
    for part, said in wanted.items():
        assert shown[part] == said, part


@pytest.mark.parametrize("path", [f"{FREE}{CHOSEN}", FINISHED])
def test_figures_are_shown_as_dots_or_small_diagrams(path: str, visit: Go) -> None:
    """The table becomes dots from left to right or small diagrams, and the address keeps it."""
    page = drawn(free(visit, path, wait=".sr-jamfor__band .sr-bild").page)
    cell = page.locator(f"{FIRST_TABLE} .sr-bild:has(.sr-serie):has(.sr-vag)").first
    assert cell.locator(".sr-serie").is_visible()
    page.locator("select[name=diagram]").select_option("prickar")
    assert cell.locator(".sr-vag").is_visible()
    assert not cell.locator(".sr-serie").is_visible()
    page.locator("select[name=diagram]").select_option("sma")
    assert cell.locator(".sr-serie").is_visible()
    assert page.locator(f"{FIRST_TABLE} tbody").first.evaluate(DISPLAY) == "grid"
    assert "diagram=sma" in page.url


@pytest.mark.parametrize("path", [f"{FREE}{CHOSEN}", FINISHED])
def test_a_shared_scale_draws_a_table_anew(path: str, visit: Go) -> None:
    """On a shared scale the greatest number of a table is at the top and half of it half-way; it says so."""
    page = drawn(free(visit, path, wait=".sr-jamfor__band .sr-bild").page)
    drawings = f"{FIRST_TABLE} .sr-bild"
    before = page.locator(drawings).evaluate_all("all => all.map(one => one.innerHTML)")
    page.locator("select[name=skala]").select_option("gemensam")
    page.locator(".sr-skala").first.wait_for(state="attached")
    after = page.locator(drawings).evaluate_all("all => all.map(one => one.innerHTML)")
    assert len(after) == len(before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) > len(before) / 2
    said = page.locator("[data-avsnitt='avsnitt-2'] .sr-skala").first.text_content() or ""
    assert "personer från 0 till" in said
    assert "skala=gemensam" in page.url
    page.locator("select[name=skala]").select_option("egen")
    page.locator(".sr-skala").first.wait_for(state="detached")
    assert page.locator(drawings).evaluate_all("all => all.map(one => one.innerHTML)") == before


@pytest.mark.parametrize("path", [f"{FREE}{CHOSEN}&lage=b", f"{FINISHED}?lage=b"])
def test_a_way_of_reading_is_kept_in_the_address(path: str, visit: Go) -> None:
    """A link that says how texts are read opens them so, and another choice stands in the address."""
    page = free(visit, path, wait=".sr-jamfor__text .sr-ruta-text").page
    assert page.locator("select[name=lage]").input_value() == "b"
    page.locator("select[name=lage]").select_option("a")
    assert page.url.endswith("lage=a")


def test_the_bar_begins_at_the_left(visit: Go) -> None:
    """What is chosen and done stands on one line, the ways of showing on the next, both from the left."""
    page = free(visit, f"{FREE}{CHOSEN}&visa=siffror", wait=".sr-jamfor__band").page
    box = {
        name: page.locator(f".sr-jamfor__val {name}").bounding_box() or {"x": -1.0, "y": -1.0, "width": 0.0}
        for name in ("[name=a]", "[data-sr=byt]", "[name=b]", "[name=visa]")
    }
    assert box["[name=a]"]["x"] == pytest.approx(box["[name=visa]"]["x"], abs=1)
    gap = box["[data-sr=byt]"]["x"] - box["[name=a]"]["x"] - box["[name=a]"]["width"]
    assert 0 < gap < 20
    assert box["[name=b]"]["y"] < box["[name=visa]"]["y"]


def test_two_insatser_have_a_series_each(visit: Go) -> None:
    """Beside figures of two insatser stand the years of both, each told by its name."""
    page = drawn(
        free(visit, f"{FREE}?a=ekvik/2023&b=strandhult/2023&visa=siffror", wait=".sr-jamfor__band").page
    )
    titles = page.locator(".sr-bild:has(.sr-serie + .sr-serie-ar + .sr-serie)").first.locator("title")
    names = [one.partition(".")[0] for one in titles.all_text_contents()]
    assert names == ["Samverkansteam Ekvik", "Samverkansteam Strandhult"]


def test_every_drawing_has_its_words(visit: Go) -> None:
    """A series has its years and numbers as its title; the dots stand beside their numbers and are silent."""
    page = drawn(free(visit, f"{FREE}{CHOSEN}&visa=siffror", wait=".sr-jamfor__band").page)
    assert page.locator(".sr-bild .sr-serie:not(:has(title))").count() == 0
    assert page.locator(".sr-bild .sr-vag:not([aria-hidden='true'])").count() == 0
    assert "2022: " in (page.locator(".sr-bild title").first.text_content() or "")


def test_a_section_is_drawn_when_it_comes_near(visit: Go) -> None:
    """A pair has hundreds of drawings: those far down wait until somebody scrolls there or prints."""
    page = free(visit, f"{FREE}{CHOSEN}&visa=siffror", wait=".sr-jamfor__band .sr-bild").page
    bands = page.locator(".sr-jamfor__band:has(.sr-bild)")
    last = bands.last.locator(".sr-bild").first
    assert last.evaluate("one => one.innerHTML") == ""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last.locator("> *").first.wait_for(state="attached")
    skipped = page.locator(".sr-bild:empty").count()
    drawn(page)
    assert skipped
    assert page.locator(".sr-bild:empty").count() == 0


@pytest.mark.parametrize("place", ["avsnitt-8", "rad-flode-nya"])
def test_an_address_leads_to_its_place(place: str, visit: Go) -> None:
    """A link to a section or a row leads there also where the page is laid out by script, under the bar."""
    page = free(visit, f"{FREE}{CHOSEN}#{place}", wait=f"#{place}").page
    page.wait_for_function("scrollY > 0")
    page.wait_for_timeout(500)
    bar = page.locator(".sr-jamfor__val").evaluate("one => one.getBoundingClientRect().bottom")
    top = page.locator(f"#{place}").evaluate("one => one.getBoundingClientRect().top")
    assert 0 <= top - bar < 40


def test_back_and_forward_restore_the_choice(visit: Go) -> None:
    """Each choice is a step that the browser's buttons take back and forth, with form, page and address."""
    page = free(visit, f"{FREE}{CHOSEN}&visa=siffror", wait=".sr-jamfor__band").page
    page.locator("select[name=b]").select_option("ekvik/2024")
    page.locator(".sr-jamfor__val [type=submit]").click()
    page.wait_for_function("document.querySelector('.sr-jamfor').dataset.b === 'ekvik/2024'")
    page.locator("select[name=diagram]").select_option("prickar")
    page.locator("select[name=avsnitt]").select_option("3")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.sr-jamfor__band').length > 1")
    page.go_back()
    page.wait_for_function("document.querySelector('[name=diagram]').value === 'tabell'")
    page.go_back()
    page.wait_for_function("document.querySelector('.sr-jamfor').dataset.b === 'ekvik/2023'")
    assert page.locator("select[name=b]").input_value() == "ekvik/2023"
    page.go_forward()
    page.go_forward()
    page.wait_for_function("document.querySelector('[name=diagram]').value === 'prickar'")
    assert page.locator("select[name=b]").input_value() == "ekvik/2024"
    assert page.url.endswith("?a=ekvik/2022&b=ekvik/2024&visa=siffror&diagram=prickar")


def test_a_finished_page_goes_back_too(visit: Go) -> None:
    """On a finished page the browser's buttons take back a way of showing and a section."""
    page = visit(FINISHED, WIDE).page
    page.locator("select[name=diagram]").select_option("prickar")
    page.locator("select[name=avsnitt]").select_option("avsnitt-3")
    page.go_back()
    page.wait_for_function("document.querySelector('[name=avsnitt]').value === ''")
    assert page.locator("#avsnitt-1").is_visible()
    page.go_back()
    page.wait_for_function("document.querySelector('[name=diagram]').value === 'tabell'")


def test_a_place_on_the_page_is_no_new_choice(visit: Go) -> None:
    """A way to a row leads there and opens what it lies in; nothing is laid out anew."""
    page = free(visit, f"{FREE}{CHOSEN}&visa=siffror", wait=".sr-jamfor__band").page
    page.evaluate("document.querySelector('.sr-jamfor__band').dataset.samma = '1'")
    page.locator(".sr-jamfor__viktigast a").first.click()
    row = page.locator(":target")
    assert row.get_attribute("data-nyckel")
    assert row.is_visible()
    page.go_back()
    assert page.locator("[data-samma]").count() == 1


def test_what_cannot_be_chosen_says_why(visit: Go) -> None:
    """The report on the other side, a year without a report and one with no common measure are greyed."""
    page = visit("", WIDE).page

    def less(found: dict[str, Any]) -> None:
        del found["rapporter"]["ekvik/2023"], found["siffror"]["ekvik/2023"]
        found["siffror"]["mitt-val/2019-2022"]["l"] = []

    with told(page, less):
        free(visit, f"{FREE}?a=ekvik/2022&b=ekvik/2024&visa=siffror", wait=".sr-jamfor__band")
        barred = page.locator("select[name=b] option:disabled").all_text_contents()
    assert "Samverkansteam Ekvik 2022 (redan vald)" in barred
    assert "Samverkansteam Ekvik 2023 (ingen rapport är publicerad)" in barred
    assert any(one.endswith("(inga mått gemensamma)") for one in barred)


def test_a_report_without_text_is_told_of(visit: Go) -> None:
    """Where a report has no text the figures stand, and the page says whose text is lacking."""
    page = visit("", WIDE).page
    pattern = "**/rapporter/ekvik/2022/"
    page.route(pattern, lambda route: route.fulfill(body="<h1>Tom</h1>", content_type="text/html"))
    with told(page, lambda found: found["rapporter"]["ekvik/2022"].pop("t")):
        seen = free(visit, f"{FREE}{CHOSEN}")
        said = page.locator(".sr-jamfor > .sr-not").inner_text()
        lacking = page.locator("[data-avsnitt='avsnitt-1'] .sr-ruta-text").first.text_content() or ""
    page.unroute(pattern)
    assert said == "Det finns ingen text i rapporten för Samverkansteam Ekvik 2022."
    assert "Samverkansteam Ekvik 2022 har ingen text här." in lacking
    assert page.locator(".sr-jamfor__tabell tbody tr").count() > 100
    assert seen.complaints == []


def test_figures_that_lie_apart_are_fetched(visit: Go) -> None:
    """On a large site the figures of the insatser on the page are fetched, each once and no others."""
    page = visit("", WIDE).page
    whole: dict[str, Any] = {}

    def apart(found: dict[str, Any]) -> None:
        whole.update(found["siffror"])
        found["siffror"], found["delad"] = {}, True

    def part(route: Route) -> None:
        team = route.request.url.rpartition("/")[2].removesuffix(".json")
        own = {key: one for key, one in whole.items() if key.startswith(f"{team}/")}
        route.fulfill(body=json.dumps(own), content_type="application/json")

    page.route("**/jamfor/fakta/**", part)
    with told(page, apart):
        seen = free(visit, f"{FREE}{CHOSEN}&visa=siffror", wait=".sr-jamfor__band")
        asked = [one for one in seen.requests if "/jamfor/fakta/" in one]
    page.unroute("**/jamfor/fakta/**")
    assert [one.partition("/jamfor/")[2] for one in asked] == ["fakta/sjobygden/ekvik.json"]
    assert drawn(page).locator(".sr-bild .sr-serie").count() > 10


def test_facts_that_cannot_be_fetched_are_told_of(visit: Go) -> None:
    """Without the file, or with one of another form, the page says what to do and leads on."""
    page = visit("", WIDE).page
    page.route("**/jamfor/fakta.json", lambda route: route.fulfill(status=500, body=""))
    free(visit, f"{FREE}{CHOSEN}", wait=".sr-jamfor > .sr-not")
    assert "gick inte att hämta" in page.locator(".sr-jamfor").inner_text()
    page.unroute("**/jamfor/fakta.json")
    with told(page, lambda found: found.update(version=99)):
        free(visit, f"{FREE}{CHOSEN}", wait=".sr-jamfor > .sr-not")
        assert "Sidan är äldre än siffrorna" in page.locator(".sr-jamfor").inner_text()
    assert page.locator(".sr-fardiga a").count() > 10


def test_an_outdated_link_to_a_finished_page_tells_too(visit: Go) -> None:
    """A finished page that is opened by a frozen link lists what was corrected since."""
    page = visit(f"{FINISHED}?fakta=00000000.1-00000000.0", WIDE).page
    notice = page.locator(".sr-jamfor__rattat")
    notice.wait_for()
    assert "21 har ändrats till 19" in notice.inner_text()


def test_small_diagrams_are_accessible(visit: Go, width: View) -> None:
    """Also as small diagrams on a shared scale the page fits the window and axe finds nothing."""
    seen = free(visit, f"{FREE}{CHOSEN}&visa=siffror&diagram=sma&skala=gemensam", width, ".sr-skala")
    seen.page.evaluate(LAID_OUT)
    assert seen.axe() == []
    assert seen.page.evaluate(SIDEWAYS) <= 0
    assert seen.complaints == []


def test_print_has_the_tables_and_not_the_form(visit: Go) -> None:
    """On paper every section stands with its table, and the form is away."""
    page = free(visit, f"{FREE}{CHOSEN}&visa=siffror&diagram=sma", wait=".sr-jamfor__band").page
    page.emulate_media(media="print")
    assert not page.locator(".sr-jamfor__val").is_visible()
    assert page.locator(f"{FIRST_TABLE} table").first.evaluate(DISPLAY) == "table"
    page.emulate_media(media="screen")
