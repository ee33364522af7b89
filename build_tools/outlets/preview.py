"""The live preview: MkDocs' server watches the project, shows drafts and findings, and speaks Swedish."""

import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build as build_site
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from build_tools.build import Built, build
from build_tools.model import File, Finding
from build_tools.outlets.adapter import Adapter
from build_tools.outlets.config import PLUGIN, config_file, loaded
from build_tools.outlets.findings import as_text, summary
from build_tools.outlets.notices import finding
from build_tools.outlets.terminal import say

FIRST_PORT = 8000
SAID = {
    "Serving on ": "Förhandsvisning på {rest}  (avsluta med Ctrl+C)",
    "Detected file changes": "Något har ändrats. Bygger om …",
    "Reloading browsers": "Klart. Sidan laddas om i webbläsaren.",
    "An error happened during the rebuild": "Bygget gick inte att göra klart. Rätta felet och spara igen.",
}
"""What MkDocs' server says that a writer has use for; the rest is left out."""


class Interpreter(logging.Handler):
    """Says in Swedish what MkDocs says in English."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.INFO)
        self.root = root

    def emit(self, record: logging.LogRecord) -> None:
        """Say it, unless it is of no use."""
        said = record.getMessage()
        plain = said[said.find("] ") + 2 :] if said.startswith("[") else said
        known = next((start for start in SAID if plain.startswith(start)), None)
        if known:
            say(SAID[known].format(rest=plain.removeprefix(known)))
        elif record.levelno >= logging.WARNING:
            say(as_text(finding(plain, self.root, {})))


@contextmanager
def speaking(root: Path) -> Iterator[None]:
    """Let what MkDocs says be said in Swedish for a while."""
    logger, interpreter = logging.getLogger("mkdocs"), Interpreter(root)
    before = (logger.level, logger.propagate)
    logger.addHandler(interpreter)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(interpreter)
        logger.level, logger.propagate = before


class Preview(Adapter):
    """Builds anew for each turn, with drafts and findings on the pages."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the project as it is now."""
        self.built = previewed(Path(config.docs_dir).parent)


def previewed(root: Path) -> Built:
    """Build for the eyes of the writer; there is always a front page."""
    built = build(root, preview=True)
    return replace(built, files=tuple(with_front_page(built)))


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a preview is made: its project, the settings it goes by, and the folder it is built in."""

    root: Path
    settings: Path
    site: Path
    url: str

    def build(self) -> None:
        """Build; where MkDocs cannot, the front page says why, and the rest stands."""
        try:
            config = loaded(self.root, self.settings, site_dir=str(self.site), strict=False)
            config.site_url = self.url
            config.plugins[PLUGIN] = Preview()
            build_site(config, serve_url=self.url)
        except MkDocsException as error:
            problem = finding(error.format_message(), self.root, {})
            say(as_text(problem))
            page = f'<!doctype html><html lang="sv"><body>{findings_list((problem,))}</body></html>'
            (self.site / "index.html").write_text(page, "utf-8")

    def error_page(self, code: int) -> bytes | None:
        """Give the site's own page for an address that leads nowhere."""
        page = self.site / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def serve(root: Path) -> int:
    """Serve until the user has had enough; returns the exit status."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    with TemporaryDirectory(prefix="samrapport-") as site, config_file(root) as settings, speaking(root):
        workshop = Workshop(root, settings, Path(site), url)
        server = LiveReloadServer(builder=workshop.build, host="127.0.0.1", port=port, root=site)
        server.error_handler = workshop.error_page
        say("Bygger förhandsvisningen …")
        workshop.build()
        for watched in (root / "content", root / "data", settings):
            if watched.exists():
                server.watch(str(watched))
        try:
            server.serve()
        except KeyboardInterrupt:
            say("Förhandsvisningen är avslutad.")
        finally:
            server.shutdown()
    return 0


def free_port() -> int:
    """Find the first port that no other preview holds."""
    for port in range(FIRST_PORT, FIRST_PORT + 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    return FIRST_PORT


def with_front_page(built: Built) -> Sequence[File]:
    """Give a preview at least one page: where the data could not be read, it shows what stands in the way."""
    if any(file.path == "index.md" for file in built.files):
        return built.files
    return (*built.files, File("index.md", f"# Anmärkningar\n\n{findings_list(built.findings)}\n"))


def findings_list(findings: Sequence[Finding]) -> str:
    """List findings as HTML; nothing in them becomes markup."""
    items = "".join(f"<li>{escape(as_text(one)).replace(chr(10), '<br>')}</li>" for one in findings)
    return f"<div><p>{escape(summary(findings))}</p><ul>{items}</ul></div>"
