"""Where every page and file of the site stands. Addresses are promises to others: they are never changed."""

from __future__ import annotations

import posixpath

from build_tools import texts
from build_tools.model import Pairing, Peers

RULES = "om/kontroller.md"
"""The page that lists every rule."""

CHANGES = "nytt/index.md"
"""The page of the newest reports, corrections and versions of handbooks."""

FEED = "nytt/flode.xml"
"""The same for a feed reader."""

PRINTED, POSTER = "skriv-ut", "affisch"
"""How the names of a handbook's pages for paper begin; no other page of a handbook may be called so."""


def url(path: str) -> str:
    """The published address of a file: `om/index.md` → `om/`, `ar/2021.md` → `ar/2021/`."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return f"{stem.removesuffix('/index')}/" if stem.endswith("/index") else f"{stem}/"


def to(source: str, target: str, fragment: str = "") -> str:
    """The address of one page relative to another, both given as file paths."""
    start, goal = url(source), url(target)
    way = posixpath.relpath(f"/{goal}", f"/{start}")
    way = "./" if way == "." else f"{way}/"
    return f"{way}#{fragment}" if fragment else way


def report_path(report: str) -> str:
    """The file of a report's page."""
    return f"rapporter/{report}.md"


def quality_path(report: str) -> str:
    """The file of the page that tells how a report was tried."""
    return f"rapporter/{report}/kvalitet.md"


def intervention_path(intervention: str) -> str:
    """The file of an insats page."""
    return f"insatser/{intervention}.md"


def association_path(association: str) -> str:
    """The file of a förbund page."""
    return f"forbund/{association}.md"


def status_path(association: str) -> str:
    """The file of a förbund's status board."""
    return f"forbund/{association}/lage.md"


def year_path(year: int) -> str:
    """The file of a year page."""
    return f"ar/{year}.md"


def measure_path(measure: str) -> str:
    """The file of a measure's page in the catalogue."""
    return f"nyckeltal/{texts.anchor(measure)}.md"


COMPARE = "jamfor/index.md"
"""The page where any report can be laid beside any other."""
FINISHED = "fardiga"
"""Where on that page the comparisons are listed that have pages of their own."""

FACTS = "jamfor/fakta.json"
"""All published figures with what decides whether they can be compared."""


def pair_path(pairing: Pairing) -> str:
    """The file of two reports side by side: the later one's insats, then both periods or reports."""
    insats, later = pairing.b.split("/", 1)
    other, earlier = pairing.a.split("/", 1)
    first = earlier if other == insats else f"{other}-{earlier}"
    return f"jamfor/{insats}/{first}-mot-{later}.md"


def peers_path(peers: Peers) -> str:
    """The file of a year's reports in a förbund beside each other."""
    return f"jamfor/ar/{peers.association}/{peers.year}.md"


def texts_path(peers: Peers, section: str) -> str:
    """The file of one section's text from all insatser of a förbund and year."""
    return f"jamfor/ar/{peers.association}/{peers.year}/{section}.md"


def run_path(intervention: str) -> str:
    """The file of an insats through all its years."""
    return f"insatser/{intervention}/alla-ar.md"


def roll_up_path(peers: Peers) -> str:
    """The file of a förbund and year together."""
    return f"forbund/{peers.association}/{peers.year}.md"


def csv_path(page: str) -> str:
    """The file of a comparison page's figures as CSV: beside the page, by its name."""
    return f"{page.removesuffix('.md')}.csv"


def workbook_path(page: str) -> str:
    """The file of a comparison page's workbook: beside the page, by its name."""
    return f"{page.removesuffix('.md')}.xlsx"


def file_to(source: str, target: str) -> str:
    """The address of a file that is no page, such as a workbook, relative to a page."""
    return posixpath.relpath(f"/{target}", f"/{url(source)}")


def saved_as(path: str, fingerprint: str) -> str:
    """What a downloaded file is called where it is saved, away from its folder: insats and years are in it.

    So is the fingerprint of the figures, which tells two of the same name apart where something was
    corrected in between. `jamfor/ekvik/2021-mot-2022.csv` → `ekvik-2021-mot-2022-7c1e9a2b-03d4f5e6.csv`.
    """
    stem, end = posixpath.splitext(path)
    words = [part for part in stem.split("/") if part not in ("jamfor", "ar", "insatser", "forbund")]
    return f"{'-'.join([*words, fingerprint])}{end}"
