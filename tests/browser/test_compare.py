"""Any two reports side by side: the script says what the build says, and the address keeps the choice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from build_tools import texts
from build_tools.addresses import pair_path, url
from build_tools.exports.csv import csv
from build_tools.exports.facts import facts
from build_tools.exports.pairs import pair_document
from build_tools.model import Difference, Pairing, Run, Shape
from build_tools.pages.compare.rows import Named, PairTable, anchors, tables
from build_tools.pages.report import report_name
from tests.browser.conftest import SIDEWAYS, VIEWS, View, Visit, open_window
from tests.demo import ROOT
from tests.demo import published as demo

SCRIPT = ROOT / "build_tools" / "theme" / "assets" / "samrapport" / "jamfor.js"
WIDE = VIEWS[0]
PAIR = "jamfor/?a=ekvik/2022&b=ekvik/2023"
FINISHED = "jamfor/ekvik/2022-mot-2023/"
TEXTS = ".sr-jamfor__text .sr-ruta-text"
LAID_OUT = """() => {
  for (const band of document.querySelectorAll(".sr-jamfor__band")) band.style.contentVisibility = "visible"
}"""
Go = Callable[[str, View], Visit]


def asked(engine: Page, question: str, *pair: str) -> Any:
    """What the script answers about a pair, as one text: thousands of values come slowly one by one."""
    return json.loads(engine.evaluate(f"pair => JSON.stringify(({question})(pair))", list(pair)))


#: A pair as the script has it, flattened as `as_told` flattens that of the build.
TOLD = """([a, b]) => {
  const found = srJamfor.pair(window.facts, a, b)
  const apart = one => one && [one.value, one.decimals, one.text,
    one.relative, one.relativeText, one.relativeReason, one.chance, one.chanceText,
    one.p, one.effect, one.low, one.high, one.note]
  const rows = found.bands.flatMap(band => band.rows.map(row => [band.number, band.title, row.key,
    row.measure, row.label, row.level, row.shown, row.presence, row.presenceText, row.verdict,
    row.reasons.map(one => [one.code, one.verdict, one.text]), apart(row.difference),
    row.corrections.map(one => [one[2], one[3]]), Boolean(row.told)]))
  const lines = found.highlights.map(one => [one.kind, one.parts.map(part =>
    typeof part === "string" ? part : [part.text, part.report, part.cell])])
  return { rows, lines, notes: found.notes, counts: found.counts }
}"""

#: The tables of a pair as the script has them, flattened as `laid_out` flattens those of the build.
TABLES = """([a, b]) => {
  const found = srJamfor.pair(window.facts, a, b), named = new srJamfor.Named(window.facts, found)
  return found.bands.map(band => srJamfor.tables(band.rows, "prov", band.title, named).map(table => [
    table.id, table.caption, table.said, table.href,
    table.footnotes.map(one => [one.sign, one.text, one.anchor]),
    table.rows.map(row => [row.anchor, row.key, row.label, row.href, row.level, row.verdict, row.a.text,
      row.b.text, row.difference, row.way, row.percent, row.percentSign, row.drawing.text, row.word, row.note,
      row.noteSigns, row.presence])]))
}"""
SERIES = re.compile(r'<svg class="sr-serie".*?</svg><span class="sr-serie-ar".*?</span></span>', re.DOTALL)
ENOUGH = 3


def parted(one: Difference | None) -> list[Any] | None:
    """A difference with its numbers as whole ones of the last decimal."""
    if one is None:
        return None
    value, low, high = (
        None if end is None else int(end.scaleb(one.decimals)) for end in (one.value, one.low, one.high)
    )
    relative = None if one.relative is None else int(one.relative)
    numbers = [value, one.decimals, one.text, relative, one.relative_text, one.relative_reason]
    return [*numbers, one.chance.value, one.chance_text, one.p, one.effect, low, high, one.note]


def as_told(a: str, b: str) -> dict[str, Any]:
    """A pair as the build has it: every row and line with all that is said of it."""
    pair = demo().comparisons.pair(Pairing(a, b, Shape.FREE))
    rows = [
        [
            *(band.number, band.title, row.key, row.measure, row.label, row.level, list(row.shown)),
            *(row.presence.value, row.presence_text, row.comparison.verdict.value),
            [[one.code, one.verdict.value, one.text] for one in row.comparison.reasons],
            parted(row.comparison.difference),
            [[one.old, one.new] for one in row.corrections],
            bool(row.told),
        ]
        for band in pair.bands
        for row in band.rows
    ]
    lines = [
        [
            one.kind,
            [part if isinstance(part, str) else [part.text, part.report, part.cell] for part in one.parts],
        ]
        for one in pair.highlights
    ]
    counts = {verdict.value: count for verdict, count in pair.counts.items()}
    return {"rows": rows, "lines": lines, "notes": list(pair.notes), "counts": counts}


def runs_of(team: str) -> dict[str, Run]:
    """The figures of an insats through its years, if they are enough to be drawn beside one another."""
    years = sum(one.intervention == team for one in demo().reports.values())
    return {run.key: run for run in demo().comparisons.runs(team)} if years >= ENOUGH else {}


def laid_out(a: str, b: str) -> list[Any]:
    """The tables of a pair as its page has them."""
    pair, reports = demo().comparisons.pair(Pairing(a, b, Shape.FREE)), demo().reports
    same = reports[a].intervention == reports[b].intervention
    names = {
        key: texts.period(one.period) if same else report_name(one, demo()) for key, one in reports.items()
    }
    runs = runs_of(reports[a].intervention) if same else {}
    named = Named("index.md", demo().catalogue, anchors(pair), (a, b), names, runs)
    return [[flat(one) for one in tables(band.rows, "prov", band.title, named)] for band in pair.bands]


def flat(table: PairTable) -> list[Any]:
    """A table as plain values."""
    notes = [[one.sign, one.text, one.anchor] for one in table.footnotes]
    rows = [
        [
            *(row.anchor, row.key, row.label, row.href, row.level, row.verdict, str(row.a), str(row.b)),
            *(row.difference, row.way, row.percent, row.percent_sign, str(row.drawing)),
            *(row.word, row.note, list(row.note_signs), row.presence),
        ]
        for row in table.rows
    ]
    return [table.id, table.caption, table.said, table.href, notes, rows]


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    """An empty page with the script and the facts of the demo."""
    page = browser.new_page()
    page.evaluate(SCRIPT.read_text("utf-8"))
    (file,) = facts(demo())
    page.evaluate("told => { window.facts = new srJamfor.Facts(JSON.parse(told)) }", file.content)
    yield page
    page.close()


@pytest.mark.parametrize("first", list(demo().reports))
def test_the_script_says_what_the_build_says(first: str, engine: Page) -> None:
    """Rows, texts, verdicts, differences, chance and what matters most are the same for every pair."""
    for a, b in product([first], demo().reports):
        told = asked(engine, TOLD, a, b)
        assert told == json.loads(json.dumps(as_told(a, b))), f"{a} mot {b}"


@pytest.mark.parametrize("first", list(demo().reports))
def test_the_script_lays_out_what_the_build_lays_out(first: str, engine: Page) -> None:
    """Tables, their parts, notes, signs and drawings are the same, sign for sign, for all years of an insats
    and for each report beside the next in the list, which is often of another insats.

    Of two insatser the script also draws the years of each, which no finished page has.
    """
    reports, ids = demo().reports, list(demo().reports)
    own = [one for one in ids if reports[one].intervention == reports[first].intervention]
    for b in dict.fromkeys([*own, ids[(ids.index(first) + 1) % len(ids)]]):
        told = asked(engine, TABLES, first, b)
        if b not in own:
            for row in (row for band in told for table in band for row in table[-1]):
                row[12] = SERIES.sub("", row[12])
        assert told == laid_out(first, b), f"{first} mot {b}"


PAIRINGS = demo().comparisons.pairings
SAVED = """([a, b]) => {
  const found = srJamfor.pair(window.facts, a, b)
  return srJamfor.csv(found.bands, found, window.facts)
}"""


@pytest.mark.parametrize("pairing", PAIRINGS, ids=map(pair_path, PAIRINGS))
def test_the_script_saves_what_the_build_saves(pairing: Pairing, engine: Page) -> None:
    """A table saved by the script is the file of the pair's own page, sign for sign."""
    saved = csv(pair_document(pairing, demo()).sheets[0]).decode("utf-8-sig")
    assert engine.evaluate(SAVED, [pairing.a, pairing.b]) == saved


def test_the_script_knows_the_finished_pages(engine: Page) -> None:
    """Whichever report stands to the left, a pair leads to its own page, and others lead nowhere."""
    finished = {(one.a, one.b): url(pair_path(one)) for one in PAIRINGS}
    for a, b in product(demo().reports, repeat=2):
        wanted = finished.get((a, b), finished.get((b, a), ""))
        assert engine.evaluate("([a, b]) => facts.finished(a, b)", [a, b]) == wanted


def free(visit: Go, path: str, view: View = WIDE, wait: str = TEXTS) -> Visit:
    """The free page in a state, when it has come to rest."""
    seen = visit(path, view)
    seen.page.locator(wait).first.wait_for(state="attached", timeout=30_000)
    return seen


def test_a_free_pair_is_a_page_like_others(visit: Go, view: View) -> None:
    """It is accessible, fits the window, asks no other host and breaks no policy."""
    seen = free(visit, PAIR, view)
    seen.page.evaluate(LAID_OUT)  # axe looks at what is painted, also far below
    assert seen.axe() == []
    assert seen.page.evaluate(SIDEWAYS) <= 0
    assert seen.foreign == []
    assert seen.complaints == []


def test_the_texts_stand_side_by_side_by_section(visit: Go) -> None:
    """Each section has the text of both reports, left and right, with words and no tables of theirs."""
    page = free(visit, PAIR).page
    panes = page.locator("[data-avsnitt='avsnitt-1'] .sr-ruta-text")
    names = panes.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert [one.partition(",")[0] for one in names] == [
        "Vänster: Samverkansteam Ekvik 2022",
        "Höger: Samverkansteam Ekvik 2023",
    ]
    assert panes.locator("p").count() > 2
    assert panes.locator("table, svg, script").count() == 0


def test_swap_changes_sides_and_keeps_the_focus(visit: Go) -> None:
    """The button swaps left and right in the page and the address, and stays focused."""
    page = free(visit, PAIR).page
    page.locator("[data-sr='byt']").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.sr-jamfor').dataset.a === 'ekvik/2023'")
    assert "?a=ekvik/2023&b=ekvik/2022" in page.url
    assert page.evaluate("document.activeElement.dataset.sr") == "byt"
    assert page.locator(".sr-dold[role=status]").text_content() == (
        "Visar Samverkansteam Ekvik 2023 bredvid Samverkansteam Ekvik 2022."
    )


def test_what_is_chosen_stands_in_the_address(visit: Go) -> None:
    """Defaults are left out, a section and a way of showing are kept, and a new visit shows the same."""
    page = free(visit, PAIR).page
    page.locator("select[name=visa]").select_option("siffror")
    page.locator("select[name=avsnitt]").select_option("3")
    assert page.url.endswith("?a=ekvik/2022&b=ekvik/2023&avsnitt=3&visa=siffror")
    page.reload()
    page.locator(".sr-jamfor__band").first.wait_for()
    assert page.locator(".sr-jamfor__band").evaluate_all("all => all.map(one => one.dataset.avsnitt)") == [
        "avsnitt-3"
    ]
    assert page.locator(".sr-jamfor__text").count() == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Välj en rapport"),
        ("?a=finns/inte&b=ekvik/2022", "Det finns ingen publicerad rapport som heter ”finns/inte”."),
        ("?a=ekvik/2025&b=ekvik/2022", "Det finns ingen publicerad rapport som heter ”ekvik/2025”."),
        ("?a=__proto__&b=constructor", "Det finns ingen publicerad rapport som heter ”__proto__”."),
        ("?a=ekvik/2022&b=ekvik/2022", "Det är samma rapport på båda sidor."),
        ("?a=sater/2021&b=mitt-val/2019-2022", "Rapporterna följer olika mallar."),
        ("?a=ekvik/2022&b=ekvik/2023&avsnitt=99", "Avsnitt 99 finns inte här"),
        ("?a=ekvik/2022&b=ekvik/2023&visa=allt&okant=1&diagram=%00", "Det viktigaste"),
        ("?a=ekvik/2022&b=ekvik/2023&fakta=sju", "fingeravtryck går inte att läsa"),
    ],
)
def test_an_odd_address_gets_a_kind_answer(visit: Go, asked: str, said: str) -> None:
    """Unknown reports, keys and sections are told or passed by; the page never breaks."""
    seen = free(visit, f"jamfor/{asked}", wait=".sr-jamfor > *")
    assert said in seen.page.locator(".sr-jamfor").inner_text()
    assert seen.complaints == []


def test_a_hostile_address_is_only_text(visit: Go) -> None:
    """Markup in the address is shown as the text it is, and runs nothing."""
    seen = free(visit, "jamfor/?a=<img src=x onerror=window.xss=1>&b=%3Cscript%3E", wait=".sr-jamfor > *")
    assert seen.page.evaluate("window.xss") is None
    assert "<img src=x" in seen.page.locator(".sr-jamfor").inner_text()
    assert seen.page.locator(".sr-jamfor img").count() == 0


def test_hostile_names_are_only_text(browser: Browser, hostile_url: str) -> None:
    """Names and prose full of markup are text in the lists, the tables and the texts, with no policy."""
    page = open_window(browser, WIDE)
    page.goto(f"{hostile_url}jamfor/?a=sater/2021&b=sater/2021")
    page.locator(TEXTS).first.wait_for(state="attached", timeout=30_000)
    assert page.evaluate("window.xss") is None
    assert page.locator(".sr-jamfor :is(script, img, iframe, [onerror])").count() == 0
    page.context.close()


def test_a_frozen_link_tells_what_was_corrected_since(visit: Go) -> None:
    """A fingerprint of other figures lists the corrections since; the right one says nothing."""
    told = json.loads(str(next(iter(facts(demo()))).content))["rapporter"]
    now = [f"{told[one]['f']}.{len(told[one].get('r', []))}" for one in ("ekvik/2022", "ekvik/2023")]
    assert free(visit, f"{PAIR}&fakta={now[0]}-{now[1]}").page.locator(".sr-jamfor__rattat").count() == 0
    notice = free(visit, f"{PAIR}&fakta=00000000.1-{now[1]}").page.locator(".sr-jamfor__rattat")
    assert "21 har ändrats till 19" in notice.inner_text()
    assert "182" not in notice.inner_text()
    unknown = free(visit, f"{PAIR}&fakta={now[0]}-00000000.0").page.locator(".sr-jamfor__rattat")
    assert "utan att någon rättelse är antecknad" in unknown.inner_text()


def test_links_are_shared_by_keyboard(visit: Go) -> None:
    """Dela opens two links to copy and says what became of it; Escape closes it and gives focus back."""
    page = free(visit, PAIR).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-sr='dela']").focus()
    page.keyboard.press("Enter")
    page.locator("[data-sr='fryst']").focus()
    page.keyboard.press("Enter")
    said = page.locator(".sr-jamfor__sagt")
    said.get_by_text("kopierad").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "&fakta=" in link
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.sr") == "dela"
    assert not page.locator(".sr-jamfor__dela").is_visible()


def test_the_download_is_what_is_shown(visit: Go) -> None:
    """The file has the rows of the page with their verdicts and notes, named by reports and fingerprint."""
    page = free(visit, f"{PAIR}&avsnitt=3").page
    with page.expect_download() as waited:
        page.locator("[data-sr='ladda-ner']").click()
    name = waited.value.suggested_filename
    assert name.startswith("jamfor-ekvik-2022-mot-ekvik-2023-avsnitt-3-")
    text = Path(waited.value.path()).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    lines = text.decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) - 1 == page.locator(".sr-jamfor__siffror tbody tr").count()
    assert all(line.startswith("3. ") for line in lines[1:])


def test_where_no_figures_are_shown_none_are_saved(visit: Go) -> None:
    """Where texts alone are shown there is nothing to save, on the free page as on a finished one."""
    assert free(visit, f"{PAIR}&visa=text").page.locator("[data-sr='ladda-ner']").is_disabled()
    assert (
        not visit(f"{FINISHED}?visa=text&avsnitt=3", WIDE).page.locator("[data-sr='ladda-ner']").is_visible()
    )


def test_a_finished_page_saves_a_section_by_its_button(visit: Go) -> None:
    """The files of the page hold all of it; the button comes with a section, and saves that alone."""
    page = visit(FINISHED, WIDE).page
    assert not page.locator("[data-sr='ladda-ner']").is_visible()
    page.locator("select[name=avsnitt]").select_option("avsnitt-3")
    with page.expect_download() as waited:
        page.locator("[data-sr='ladda-ner']").click()
    lines = Path(waited.value.path()).read_text("utf-8-sig").strip().splitlines()
    assert len(lines) - 1 == page.locator("[data-avsnitt='avsnitt-3'] tbody tr").count()
    assert all(line.startswith("3. ") for line in lines[1:])


def choose(page: Page, name: str, times: int) -> None:
    """Go down a list by the arrow key, as one does who reads what can be chosen."""
    page.locator(f"select[name={name}]").focus()
    for _ in range(times):
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("path", [PAIR, FINISHED])
def test_going_through_a_list_is_no_choice(visit: Go, path: str) -> None:
    """An arrow key in a list changes neither the page nor its address: only the button does."""
    page = visit(path, WIDE).page
    page.locator(".sr-jamfor__band").first.wait_for(state="attached")
    before = page.url, page.locator("h1").text_content()
    choose(page, "b", 1)
    page.wait_for_timeout(200)
    assert page.locator("select[name=b]").input_value() != "ekvik/2023"
    assert (page.url, page.locator("h1").text_content()) == before


def test_the_button_lays_out_what_was_chosen(visit: Go) -> None:
    """*Jämför* lays out the pair that stands in the form, and takes the reader to its heading."""
    page = free(visit, f"{PAIR}&visa=siffror", wait=".sr-jamfor__band").page
    page.locator("select[name=b]").select_option("ekvik/2024")
    page.locator(".sr-jamfor__val [type=submit]").click()
    page.wait_for_function("document.querySelector('.sr-jamfor').dataset.b === 'ekvik/2024'")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert "b=ekvik/2024" in page.url


def test_a_pair_with_a_page_of_its_own_is_opened_there(visit: Go) -> None:
    """From a finished page one comes to another with the way of showing kept; others are laid out."""
    page = visit(f"{FINISHED}?visa=text", WIDE).page
    assert page.locator("select[name=a] [value='ekvik/2023']").is_disabled()
    page.locator("select[name=b]").select_option("ekvik/2024")
    page.locator("select[name=a]").select_option("ekvik/2023")
    page.locator(".sr-jamfor__val [type=submit]").click()
    page.wait_for_url("**/jamfor/ekvik/2023-mot-2024/?visa=text")
    page.locator("[data-sr='byt']").click()
    page.wait_for_url("**/jamfor/?a=ekvik/2024&b=ekvik/2023&visa=text")
    page.locator(".sr-jamfor__fardig a").click()
    page.wait_for_url("**/jamfor/ekvik/2023-mot-2024/")


def test_a_free_pair_is_called_by_its_reports(visit: Go) -> None:
    """Heading and window tell the pair, the list of contents its parts; without a pair all is as before."""
    page = free(visit, PAIR).page
    name = "Samverkansteam Ekvik 2022 mot 2023"
    assert (page.locator("h1").text_content() or "").startswith(name)
    assert page.title().startswith(f"{name} – ")
    ways = page.locator("[data-md-component='toc'] > .sr-jamfor__hit > a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    shown = page.locator(".sr-jamfor h2[id]").evaluate_all("all => all.map(one => `#${one.id}`)")
    assert ways == shown
    assert "#viktigast" in ways
    page.goto(page.url.partition("?")[0])
    page.locator(".sr-jamfor > .sr-not").wait_for()
    assert (page.locator("h1").text_content() or "").startswith("Jämför rapporter sida vid sida")
    assert page.locator(".sr-jamfor__hit").count() == 0


def test_without_scripts_the_page_leads_on(browser: Browser, site_url: str) -> None:
    """The selector is not there, and the comparisons that are laid out are listed."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}jamfor/")
    assert not page.locator(".sr-jamfor__val").is_visible()
    assert page.locator(".sr-fardiga a").count() > 10
    context.close()


def test_without_scripts_a_finished_page_leads_to_others(browser: Browser, site_url: str) -> None:
    """What would only lead to a page that needs scripts is away; finished comparisons stand in its place."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}{FINISHED}")
    for dead in ("[name=a]", "[name=b]", "[type=submit]"):
        assert not page.locator(f".sr-jamfor__val {dead}").is_visible(), dead
    assert page.locator(".sr-jamfor__val [name=visa]").is_visible()
    ways = page.locator(".sr-jamfor__utan a")
    assert ways.count() > 2
    assert all(one.is_visible() for one in ways.all())
    ways.last.click()
    assert page.url.endswith("/jamfor/#fardiga")
    context.close()
