"""A localhost server for the built site and one Chromium whose windows are used again."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Everything from our own host; `{hashes}` are the inline scripts that the theme itself writes.
POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'"
)
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
TEXT_KINDS = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv"})

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
#: In dark the page is the same but for its colours.
AXE_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


#: How far the page can be scrolled sideways.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class View:
    """A window: its width in CSS pixels, its scale and the reader's colour scheme."""

    width: int
    scale: int
    scheme: str

    @property
    def name(self) -> str:
        """Name the window as test ids show it."""
        return f"{self.width}@{self.scale}-{self.scheme}"


VIEWS = tuple(
    View(width, scale, scheme)
    for width, scale in ((1280, 1), (640, 2), (320, 1))
    for scheme in ("light", "dark")
)


WIDTHS = tuple(view for view in VIEWS if view.scheme == "light")
NARROW = tuple(view for view in WIDTHS if view.width < 1220)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test its windows, grouped so that pages are loaded once: `view` is every one,
    `width` one colour scheme of each, `narrow` only those where the menu lies in a drawer."""
    for name, views in (("view", VIEWS), ("width", WIDTHS), ("narrow", NARROW)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, views, ids=[view.name for view in views], scope="module")


@cache
def compressed(path: Path) -> bytes:
    """A file as it is sent, packed once however often it is asked for."""
    return gzip.compress(path.read_bytes(), mtime=0)


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves files as a real host would: compressed, with the policy, and 404.html for what is missing."""

    policy = ""
    instead: Mapping[Path, bytes] = {}

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet: the tests report what matters."""

    def do_GET(self) -> None:
        """Answer with the file, or with the site's own page for a missing one."""
        target = Path(self.translate_path(self.path))
        target = target / "index.html" if target.is_dir() else target
        if target.is_file():
            self.answer(200, target)
        else:
            self.answer(404, Path(self.directory) / "404.html")

    def answer(self, status: int, target: Path) -> None:
        """Send one file, compressed where that helps."""
        packed = target.suffix in TEXT_KINDS
        body = self.instead.get(target) or (compressed(target) if packed else target.read_bytes())
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(target)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser may have gone on to another page
            self.end_headers()
            self.wfile.write(body)


def inline_hashes(site: Path) -> str:
    """List the hashes of the inline scripts in a trusted site, as a policy names them."""
    scripts = {found for page in site.rglob("*.html") for found in INLINE_SCRIPT.findall(page.read_bytes())}
    digests = sorted(base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def few_hits(site: Path) -> dict[Path, bytes]:
    """The search index of a site with a single text in it, packed.

    Every page builds the whole index anew, which is the dearest part of showing it, and the same everywhere.
    """
    path = site / "search" / "search_index.json"
    index = json.loads(path.read_bytes())
    return {path: gzip.compress(json.dumps(index | {"docs": index["docs"][:1]}).encode(), mtime=0)}


def serve(folder: Path, policy: str, instead: Mapping[Path, bytes] | None = None) -> Iterator[str]:
    """Serve a folder on a free port while the caller needs it; `instead` are files with other bytes."""
    handler = type("Handler", (SiteHandler,), {"policy": policy, "instead": instead or {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """Address of the built site, served with the policy we recommend."""
    yield from serve(site_dir, POLICY.format(hashes=inline_hashes(site_dir)))


@pytest.fixture(scope="session")
def page_url(site_dir: Path) -> Iterator[str]:
    """Address of the same site where a search finds a single text, for tests that do not search."""
    yield from serve(site_dir, POLICY.format(hashes=inline_hashes(site_dir)), few_hits(site_dir))


@pytest.fixture(scope="session")
def hostile_url(hostile_site_dir: Path) -> Iterator[str]:
    """Address of the site built of hostile texts, without any policy that would hide a hole."""
    yield from serve(hostile_site_dir, "")


@pytest.fixture(scope="session")
def hostile_page_url(hostile_site_dir: Path) -> Iterator[str]:
    """Address of the same site where a search finds a single text, for tests that do not search."""
    yield from serve(hostile_site_dir, "", few_hits(hostile_site_dir))


def chromium_path() -> str:
    """Find Chromium; a missing one skips the tests, but never in continuous integration."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    said = "Chromium saknas, så webbläsartesterna körs inte. Installera: apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(said, pytrace=False)
    pytest.skip(said)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Visit:
    """A loaded page with what the browser complained of and fetched meanwhile."""

    page: Page
    origin: str
    view: View
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note every error in the console and every request, from now on."""
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def go(self, path: str) -> None:
        """Open a page of the site and forget the one before."""
        self.complaints.clear()
        self.requests.clear()
        self.page.goto(self.origin + path)
        self.page.evaluate("document.fonts.ready.then(() => 0)")

    @property
    def foreign(self) -> list[str]:
        """Requests that went to any other host than ours."""
        local = (self.origin, "data:", f"blob:{self.origin}")
        return [url for url in self.requests if not url.startswith(local)]

    def axe(self) -> list[str]:
        """Run axe-core on the page as it stands and tell each fault with its place."""
        if not self.page.evaluate("typeof window.axe !== 'undefined'"):
            self.page.evaluate(AXE)
        rules = AXE_COLOURS if self.view.scheme == "dark" else AXE_ALL
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]


def open_window(browser: Browser, view: View) -> Page:
    """Open a window of the view's size, scale and colours, patient with a busy machine."""
    context = browser.new_context(
        viewport={"width": view.width, "height": 900},
        device_scale_factor=view.scale,
        color_scheme="dark" if view.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="sv-SE",
    )
    context.set_default_timeout(5000)
    context.set_default_navigation_timeout(30_000)
    return context.new_page()


def visits(browser: Browser, url: str) -> Iterator[Callable[[str, View], Visit]]:
    """Open pages of a site in the one window of each view: a new window each time costs seconds."""
    windows: dict[View, Visit] = {}

    def go(path: str, view: View) -> Visit:
        if view not in windows:
            windows[view] = Visit(open_window(browser, view), url, view)
            windows[view].listen()
        windows[view].go(path)
        return windows[view]

    yield go
    for visited in windows.values():
        visited.page.context.close()


@pytest.fixture(scope="session")
def visit(browser: Browser, page_url: str) -> Iterator[Callable[[str, View], Visit]]:
    """Open a page of the site to look at everything on it but what a search finds."""
    yield from visits(browser, page_url)


@pytest.fixture(scope="session")
def searching(browser: Browser, site_url: str) -> Iterator[Callable[[str, View], Visit]]:
    """Open a page of the site to search from it."""
    yield from visits(browser, site_url)


@pytest.fixture(scope="session")
def search_for() -> Callable[[Page, str], None]:
    """Search as a reader does: Material listens to keys, so the words must be typed."""

    def search(page: Page, words: str) -> None:
        button = page.locator(".sr-sokknapp")
        if button.is_visible():
            button.click()
        else:
            page.locator(".md-search__input").click()
        page.keyboard.type(words)
        page.locator(".md-search-result__item").first.wait_for(state="visible", timeout=30_000)

    return search
