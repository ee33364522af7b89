"""Hostile Markdown is harmless in the browser, also where no content policy protects the reader.

The texts are `tests/cases/fientligt/*.md`, one way of breaking in for each file; every one tries to set
`window.xss`, to fetch from another host, to leave the page or to cover it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

HOSTILE = Path(__file__).parents[1] / "cases" / "fientligt"

#: Tells of each attempt to set the mark, in every frame and also just before the page is left.
WATCH = """Object.defineProperty(window, "xss", {
  configurable: false,
  get() { return undefined },
  set(value) { window.tellXss(location.href) },
})"""

#: Ordinary links lead away from the page; all other actions of a click are let through.
STAY = """window.addEventListener("click", event => {
  const link = event.target.closest && event.target.closest("a[href]")
  if (link && /^(https?|mailto|tel):$/.test(link.protocol)) event.preventDefault()
})"""

#: What must not stand in the document, whether or not it has run yet.
TRACES = r"""() => {
  const found = []
  const everything = root => [...root.querySelectorAll("*")].flatMap(
    element => [element, ...(element.shadowRoot ? everything(element.shadowRoot) : [])])
  for (const element of everything(document)) {
    for (const { name, value } of element.attributes) {
      const address = value.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, "").toLowerCase()
      if (/^on/i.test(name)) found.push(`${element.tagName} ${name}=${value}`)
      if (/^(javascript|vbscript|data:text)/.test(address) && /href|src|action|data|to|values/.test(name))
        found.push(`${element.tagName} ${name}=${value}`)
      if (name === "srcdoc") found.push(`${element.tagName} ${name}`)
    }
  }
  const forbidden = `article :is(script, style, iframe, object, embed, base, link, meta, form, textarea,
    select, input:not([type]), input[autofocus], template, foreignObject, animate, set, marquee, video,
    audio, frameset)`
  for (const element of document.querySelectorAll(forbidden))
    found.push(element.outerHTML.slice(0, 120))
  if (document.querySelector("base, meta[http-equiv=refresh]")) found.push("base eller refresh")
  for (const element of document.querySelectorAll("article [style]"))
    if (/position|url\((?!#)|z-index|inset|animation/i.test(element.getAttribute("style")))
      found.push(element.outerHTML)
  return found
}"""

#: Moves over, points at and clicks each thing in the text, as a curious reader would.
TOUCH = """() => {
  const acts = ["pointerenter", "mouseenter", "mouseover", "mousemove", "focus", "focusin", "click"]
  for (const thing of document.querySelectorAll("article *"))
    for (const act of acts) thing.dispatchEvent(new MouseEvent(act, { bubbles: true, cancelable: true }))
  return new Promise(done => setTimeout(done, 30))
}"""

#: What may show a tooltip made of the writer's own words; that one needs a real pointer.
TITLED = "article :is(a, img, abbr, span)[title]:not(.headerlink, .sr-mark)"


@dataclass(slots=True)
class Witness:
    """A window that tells everything a hostile page manages to do."""

    page: Any
    origin: str
    done: list[str] = field(default_factory=list)

    def asked(self, url: str) -> None:
        """Tell of a request to any host but ours."""
        if not url.startswith((self.origin, "data:", "blob:")):
            self.done.append(f"hämtade {url}")

    def hover(self) -> list[str]:
        """Rest the pointer on each thing that has a title, and tell what its tooltip brought."""
        for thing in self.page.query_selector_all(TITLED):
            thing.hover(force=True)
            self.page.wait_for_timeout(300)
        return self.page.evaluate(TRACES)  # type: ignore[no-any-return]

    def read(self, address: str) -> list[str]:
        """Open a page, touch everything in it, and tell all that should not have been there or happened."""
        self.done.clear()
        traces: list[str] = []
        try:
            self.page.goto(address)
            traces = self.page.evaluate(TRACES)
            self.page.evaluate(STAY)
            self.page.evaluate(TOUCH)
            traces = self.hover() or traces
        except Error as error:
            self.done.append(f"bröt läsningen: {error.message.splitlines()[0]}")
        if self.page.url.split("#")[0] != address:
            self.done.append(f"lämnade sidan för {self.page.url}")
        return sorted(set(self.done)) + traces


def watched(browser: Any, url: str) -> Iterator[Witness]:
    """Open one window that tells what is done in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(5000)
    context.set_default_navigation_timeout(30_000)
    witness = Witness(context.new_page(), url)
    context.expose_function("tellXss", lambda where: witness.done.append(f"körde skript på {where}"))
    context.add_init_script(WATCH)
    context.on("request", lambda request: witness.asked(request.url))
    witness.page.on("dialog", lambda dialog: (witness.done.append("öppnade en dialog"), dialog.dismiss()))
    witness.page.on("popup", lambda popup: (witness.done.append("öppnade ett fönster"), popup.close()))
    yield witness
    context.close()


@pytest.fixture(scope="module")
def witness(browser: Any, hostile_page_url: str) -> Iterator[Witness]:
    """A window for all hostile pages."""
    yield from watched(browser, hostile_page_url)


@pytest.fixture(scope="module")
def searcher(browser: Any, hostile_url: str) -> Iterator[Witness]:
    """A window where hostile texts are found by searching."""
    yield from watched(browser, hostile_url)


def pages(folder: Path) -> list[Path]:
    """List every page of a site, in order."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*.html"))


def own_words(page: Path) -> str:
    """What a page has besides the menu that all pages share: its head and its text."""
    written = page.read_text(encoding="utf-8")
    head, _, body = written.partition("</head>")
    return head + body.partition("<article")[2].partition("</article>")[0]


def told_apart(folder: Path) -> list[Path]:
    """The pages with hostile words of their own, and the first one of each folder of the others.

    The menu has hostile words too, but the same ones on every page of a folder.
    """
    first: dict[Path, Path] = {}
    hostile = []
    for path in pages(folder):
        above = path.parent.parent
        if "fientligt" in path.parts or "xss" in own_words(folder / path).lower():
            hostile.append(path)
        elif above not in first:
            first[above] = path
    return [*hostile, *first.values()]


def test_the_whole_set_is_built(hostile_site_dir: Path) -> None:
    """There are at least 45 ways of breaking in, and each has become a page of the site that is tested."""
    texts = sorted(path.stem for path in HOSTILE.glob("*.md"))
    built = [str(path) for path in pages(hostile_site_dir)]
    assert len(texts) >= 45
    assert [text for text in texts if not any(text in path for path in built)] == []
    read = [str(path) for path in told_apart(hostile_site_dir)]
    assert [path for path in built if "fientligt" in path and path not in read] == []


def test_hostile_pages_do_nothing(hostile_site_dir: Path, witness: Witness) -> None:
    """No page runs a script, fetches from elsewhere, leaves itself or covers itself, untouched or touched."""
    guilty: dict[str, list[str]] = {}
    for path in told_apart(hostile_site_dir):
        found = witness.read(witness.origin + path.as_posix().removesuffix("index.html"))
        if found:
            guilty[path.as_posix()] = found
    assert guilty == {}


def test_hostile_hits_do_nothing(searcher: Witness, search_for: Callable[[Any, str], None]) -> None:
    """Hostile titles and texts are as harmless among the hits of a search."""
    searcher.done.clear()
    searcher.page.goto(searcher.origin)
    for word in ("rubriken", "script", "läs"):
        search_for(searcher.page, f"{word} ")
    assert searcher.page.locator(".md-search-result__item").count() > 0
    assert searcher.page.evaluate(TRACES) == []
    assert searcher.done == []
