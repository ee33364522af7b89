"""What comparisons cost: `python -m tests.bench.jamfor 100 1000` prints CPU time per page and per file.

Then the size of `fakta.json`, compressed, at 150 reports, and how long Chromium works to lay one report
beside another there: DevTools TaskDuration, the median of five. What a site lacks is said, not guessed.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import process_time
from typing import TypeVar

from build_tools import compare, protect
from build_tools.addresses import COMPARE, FACTS, pair_path, url
from build_tools.build import CACHE, examine, rules
from build_tools.exports.comparisons import documents
from build_tools.exports.csv import csv
from build_tools.exports.workbooks import workbook
from build_tools.model import Publication
from tests.bench.reports import write_project

T, U = TypeVar("T"), TypeVar("U")
PROJECT = Path(__file__).parents[2]
AT, TIMES = 150, 5
"""Reports of the site whose free comparison is timed, and how many times it is."""
FIRST = 60
"""Pairs that are timed at each size: their mean settles long before."""
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def compared(root: Path) -> Publication:
    """A project, protected and ready to be compared."""
    seen = examine(root)
    shown = protect.protect(seen.edition, seen.accepted, seen.reviews, rules())
    return compare.compare(shown, root / CACHE)


def timed(run: Callable[[T], U], over: Iterable[T]) -> tuple[list[U], float]:
    """What came of each, and CPU milliseconds for one in the mean."""
    chosen = list(over)
    began = process_time()
    made = [run(one) for one in chosen]
    return made, 1000 * (process_time() - began) / max(1, len(chosen))


def costs(count: int) -> tuple[int, dict[str, float]]:
    """How many pairs there are at a size, and milliseconds for one of each kind of work."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "projekt"
        write_project(root, count, PROJECT / "data")
        publication = compared(root)
        found = publication.comparisons
        found.pair(found.pairings[0])  # the import of the library that judges chance is no part of a pair
        _, pair = timed(found.pair, found.pairings[:FIRST])
        _, prose = timed(found.prose, found.pairings[:FIRST])
        source = documents(publication)
        made, document = timed(lambda _: next(source), range(min(FIRST, len(found.pairings))))
        _, told = timed(lambda one: csv(one.sheets[0]), made)
        _, saved = timed(workbook, made)
    return len(found.pairings), {
        "Jämföra ett par": pair,
        "Lägga ett pars texter intill varandra": prose,
        "Samla en jämförelse för fil": document,
        "Skriva CSV": told,
        "Skriva arbetsbok": saved,
    }


def table(sizes: Sequence[int]) -> str:
    """The costs as a Markdown table, with how the number of pairs grows."""
    found = {size: costs(size) for size in sizes}
    head = ["arbete, ms CPU var", *(f"{size} rapporter" for size in sizes)]
    rows = [head, ["---", *("--:" for _ in sizes)]]
    rows.append(["Par med egen sida, antal", *(str(found[size][0]) for size in sizes)])
    for kind in found[sizes[0]][1]:
        rows.append([kind, *(f"{found[size][1][kind]:.1f}" for size in sizes)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def browsed(count: int) -> str:
    """The size of the facts of a site, and what its free comparison asks of a browser."""
    with tempfile.TemporaryDirectory() as folder:
        root, site = Path(folder) / "projekt", Path(folder) / "site"
        write_project(root, count, PROJECT / "data")
        command = [sys.executable, "-m", "build_tools", "bygg", "--rot", str(root), "--till", str(site)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
        if done.returncode:
            raise SystemExit(done.stderr or done.stdout)
        parts = sorted((site / FACTS).parent.glob("fakta*.json"))
        if not parts:
            return f"{FACTS} finns inte på webbplatsen."
        sizes = {one.name: len(gzip.compress(one.read_bytes(), 9, mtime=0)) for one in parts}
        pairing = compared(root).comparisons.pairings[0]
        told = [f"{name}: {size / 1000:.1f} kB hoptryckt" for name, size in sizes.items()]
        return "\n".join([*told, _worked(site, pairing.a, pairing.b, url(pair_path(pairing)))])


def _worked(site: Path, a: str, b: str, ready: str) -> str:
    """How long Chromium works for the free page with two reports chosen, and for the finished page."""
    handler = partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    start = f"http://127.0.0.1:{server.server_port}/"
    ways = {"Fritt val, A mot B": f"{url(COMPARE)}?a={a}&b={b}", "Färdig sida": ready}
    try:
        return "\n".join(f"{name}: {_median(start + way):.0f} ms TaskDuration" for name, way in ways.items())
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _median(address: str) -> float:
    """Milliseconds of tasks from an empty window until the page stands still, the median of several."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        found = []
        for _ in range(TIMES):
            page = browser.new_context().new_page()
            tools = page.context.new_cdp_session(page)
            tools.send("Performance.enable")
            before = _tasks(tools.send("Performance.getMetrics"))
            page.goto(address, wait_until="networkidle")
            found.append(_tasks(tools.send("Performance.getMetrics")) - before)
            page.context.close()
        browser.close()
    return 1000 * statistics.median(found)


def _tasks(metrics: dict[str, list[dict[str, float]]]) -> float:
    return next(one["value"] for one in metrics["metrics"] if str(one["name"]) == "TaskDuration")


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def main(arguments: Sequence[str]) -> None:
    """Print what is asked for: the costs at some sizes, then what a browser does at 150 reports."""
    sizes = [int(argument) for argument in arguments] or [100, 1000]
    sys.stdout.write(f"{table(sizes)}\n\n{browsed(AT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
