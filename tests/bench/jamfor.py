"""What comparisons cost: `python -m tests.bench.jamfor 30 100 300` prints CPU time for what is made ahead.

Then the size of `fakta.json`, compressed, at 150 reports, and how long Chromium works to lay one report
beside another there: DevTools TaskDuration, the median of five. The site has only what that page asks for:
the facts, the page itself, and the two reports whose texts it fetches.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations, islice, pairwise
from pathlib import Path
from threading import Thread
from time import process_time, sleep

from build_tools import compare, exports, pages, protect, texts
from build_tools.addresses import COMPARE, FACTS, pair_path, url
from build_tools.build import CACHE, Built, examine, rules
from build_tools.exports.facts import facts
from build_tools.model import File, Publication
from build_tools.outlets import site
from build_tools.pages.compare.free import free
from build_tools.pages.compare.pair import pairs
from build_tools.pages.report import reports
from tests.bench.reports import write_project

PROJECT = Path(__file__).parents[2]
SIZES = (30, 100, 300)
AT, TIMES, LIMIT = 150, 5, 300
"""Reports of the site whose free comparison is timed, how many times, and the most it may take in ms."""
IDLE = 3
"""Seconds that a page is left alone, so that what comes after a choice is done."""
ROWS = "tr[data-nyckel]"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def project(count: int) -> Iterator[Path]:
    """A project of so many reports, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), count, PROJECT / "data")
        yield Path(folder)


def compared(root: Path) -> Publication:
    """A project, protected and ready to be compared."""
    seen = examine(root)
    shown = protect.protect(seen.edition, seen.accepted, seen.reviews, rules())
    return compare.compare(shown, root / CACHE)


def made(publication: Publication) -> int:
    """Make every page and file of comparisons, and let each go; how many they are."""
    makers = (*pages.beside(publication), *exports.beside(publication))
    groups = publication.comparisons.groups()
    return sum(1 for group in groups for maker in makers for _ in maker(group))


def costs(count: int) -> tuple[int, int, float]:
    """Of a size: pairs with pages of their own, pages and files, and CPU seconds for all of them."""
    with project(count) as root:
        publication = compared(root)
        began = process_time()
        files = made(publication)
        return len(publication.comparisons.pairings), files, process_time() - began


def table(sizes: Sequence[int]) -> str:
    """The costs as a Markdown table, with how they grow from each size to the next."""
    made(_warm())
    found = {size: costs(size) for size in sizes}
    rows = [["färdiga jämförelser", *(f"{size} rapporter" for size in sizes)]]
    rows.append(["---", *("--:" for _ in sizes)])
    rows.append(["Par med egen sida", *(str(found[size][0]) for size in sizes)])
    rows.append(["Sidor och filer", *(str(found[size][1]) for size in sizes)])
    rows.append(["Alla, CPU", *(f"{found[size][2]:.1f} s" for size in sizes)])
    rows.append(["För varje rapport", *(f"{1000 * found[size][2] / size:.0f} ms" for size in sizes)])
    grown = (
        f"{found[after][2] / found[before][2]:.1f} × på {after / before:.1f} ×"
        for before, after in pairwise(sizes)
    )
    rows.append(["Tillväxt", "–", *grown])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _warm() -> Publication:
    """A few reports whose making imports what is imported once."""
    with project(10) as root:
        return compared(root)


def browsed(count: int) -> str:
    """The size of the facts of a site, and what its free comparison asks of a browser."""
    with project(count) as root:
        publication = compared(root)
        a, b = _free_pair(publication)
        into = root / "site"
        into.mkdir()
        built = Built((), (*facts(publication), *_pages(publication, a, b)), (), None)
        if complaints := site.write(root, built, into):
            raise SystemExit(complaints[0].message)
        parts = sorted((into / FACTS).parent.rglob("fakta*.json"))
        sizes = {one.name: len(gzip.compress(one.read_bytes(), 9, mtime=0)) for one in parts}
        told = [
            f"{name}: {size / 1000:.1f} kB hoptryckt vid {count} rapporter" for name, size in sizes.items()
        ]
        return "\n".join([*told, *_worked(into, a, b, url(pair_path(publication.comparisons.pairings[0])))])


def _free_pair(publication: Publication) -> tuple[str, str]:
    """The two longest reports with text, of different insatser, that have no page together."""
    ready = {(one.a, one.b) for one in publication.comparisons.pairings}
    told = [one for one in publication.reports.values() if one.prose and not one.is_draft]
    longest = sorted(told, key=lambda one: (-len(one.cells), one.id))
    return next(
        (one.id, other.id)
        for one, other in combinations(longest, 2)
        if one.intervention != other.intervention and not {(one.id, other.id), (other.id, one.id)} & ready
    )


def _pages(publication: Publication, a: str, b: str) -> Iterator[File]:
    """The free page, the two reports, and one pair that is made ahead."""
    yield File("index.md", "# Start\n")
    yield from free(publication)
    first_two = {name: publication.reports[name] for name in (a, b)} | dict(publication.reports)
    yield from islice(reports(replace(publication, reports=first_two)), 2)
    first = publication.comparisons.pairings[:1]
    yield from pairs(publication)(replace(publication.comparisons, pairings=first))


def _worked(folder: Path, a: str, b: str, ready: str) -> Iterator[str]:
    """How long Chromium works for the page itself, with two reports chosen there, by a link, and finished.

    A machine is now fast, now slow: beside each stands how many times the page with nothing chosen it is, and
    how long Chromium took for a sum that is always the same.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    start = f"http://127.0.0.1:{server.server_port}/"
    free_page, linked = start + url(COMPARE), f"{start}{url(COMPARE)}?a={a}&b={b}"
    ways = {
        "Sidan utan val": Way(free_page),
        f"Valt på sidan, {a} mot {b}": Way(free_page, (a, b)),
        "Samma genom länk": Way(linked),
        "Färdig sida": Way(start + ready),
    }
    try:
        for domain, clock in DOMAINS.items():
            empty = 0.0
            for name, way in ways.items():
                times, rows, sums = _tasks_of(way, domain)
                if name != "Sidan utan val" and not rows:
                    raise SystemExit(f"{name}: inga rader på sidan")
                middle = statistics.median(times)
                empty = empty or middle
                told = ", ".join(f"{one:.0f}" for one in times)
                yield (
                    f"{name}: {middle:.0f} ms TaskDuration {clock} (högst {LIMIT}), {rows} rader; {told}; "
                    f"{middle / empty:.1f} × sidan utan val; räkneprov {statistics.median(sums):.0f} ms"
                )
    finally:
        server.shutdown()
        server.server_close()
    load = texts.number(Decimal(str(os.getloadavg()[0])), 1)
    yield f"Maskinen hade {load} processer i kö på {os.cpu_count()} kärnor."


DOMAINS = {"threadTicks": "i processortid", "timeTicks": "på klockan"}
"""By which clock DevTools counts: the thread's own, or the wall's, which counts what others take too."""

SUM = """() => {
  const began = performance.now()
  let sum = 0
  for (let at = 0; at < 50_000_000; at += 1) sum = (sum + at * 7) % 1_000_003
  return [performance.now() - began, sum]
}"""


CHOOSE = """chosen => {
  const { elements } = document.querySelector(".sr-jamfor__val")
  for (const [at, name] of ["a", "b"].entries()) {
    elements[name].value = chosen[at]
    elements[name].dispatchEvent(new Event("change", { bubbles: true }))
  }
  document.querySelector(".sr-jamfor__val [type=submit]").click()
}"""
"""Chooses without the browser test's own machinery, which would be counted."""


@dataclass(frozen=True, slots=True)
class Way:
    """A page to open, and what is chosen there when it stands still."""

    address: str
    chosen: tuple[str, ...] = ()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _tasks_of(way: Way, domain: str) -> tuple[list[float], int, list[float]]:
    """Milliseconds of tasks until the page stands still, each time, its rows, and those of the same sum.

    They count from an empty window, or from the choice where something is chosen.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        found, rows, sums = [], 0, []
        for _ in range(TIMES):
            page = browser.new_context().new_page()
            tools = page.context.new_cdp_session(page)
            tools.send("Performance.enable", {"timeDomain": domain})
            before = _tasks(tools.send("Performance.getMetrics"))
            page.goto(way.address, wait_until="networkidle")
            if way.chosen:
                before = _tasks(tools.send("Performance.getMetrics"))
                tools.send("Runtime.evaluate", {"expression": f"({CHOOSE})({json.dumps(way.chosen)})"})
                sleep(IDLE)
            found.append(1000 * (_tasks(tools.send("Performance.getMetrics")) - before))
            rows = page.locator(ROWS).count()
            sums.append(float(page.evaluate(SUM)[0]))
            page.context.close()
        browser.close()
    return found, rows, sums


def _tasks(metrics: dict[str, list[dict[str, float]]]) -> float:
    return next(one["value"] for one in metrics["metrics"] if str(one["name"]) == "TaskDuration")


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def main(arguments: Sequence[str]) -> None:
    """Print what is asked for: the costs at some sizes, then what a browser does at 150 reports.

    `fritt` alone leaves out the costs.
    """
    sizes = [int(argument) for argument in arguments if argument != "fritt"] or list(SIZES)
    told = [browsed(AT)] if "fritt" in arguments else [table(sizes), browsed(AT)]
    sys.stdout.write("\n\n".join(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
