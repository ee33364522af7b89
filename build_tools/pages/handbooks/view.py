"""Where each part of a handbook stands, so that every page can lead to it: found once for all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools import texts
from build_tools.addresses import POSTER, PRINTED, to
from build_tools.model import Handbook, HandbookPage, Publication
from build_tools.pages.layout import Link

ACTIVITIES = "aktiviteter"
STEPS = "steg"
ANCHORS = {
    "processer": "process",
    STEPS: "steg",
    "rutiner": "rutin",
    "roller": "roll",
    ACTIVITIES: "aktivitet",
    "blanketter": "blankett",
    "skalor": "skala",
    "program": "program",
    "listor": "lista",
    "tabeller": "tabell",
    "fall": "fall",
    "siffror": "siffror",
    "litteratur": "verk",
    "licenskort": "kort",
    "regler": "regel",
}
"""How the anchor of a part begins, by its section."""


def handbook_path(handbook: str) -> str:
    """The file of a handbook's first page."""
    return f"metoder/{handbook}/index.md"


def page_path(handbook: str, page: str) -> str:
    """The file of one of a handbook's pages."""
    return f"metoder/{handbook}/{page}.md"


def print_path(handbook: str, group: str = "") -> str:
    """The file of a whole handbook, or a chapter of it, for paper: beside its pages, so that links hold."""
    chapter = f"-{texts.anchor(texts.ascii_words(group))}" if group else ""
    return f"metoder/{handbook}/{PRINTED}{chapter}.md"


def poster_path(handbook: str, part: str) -> str:
    """The file of a list that is made to hang on a wall."""
    return f"metoder/{handbook}/{POSTER}-{texts.anchor(part)}.md"


def part_anchor(section: str, part: str) -> str:
    """The anchor of a part on the page where it stands."""
    return f"{ANCHORS[section]}-{texts.anchor(part)}"


@dataclass(frozen=True, slots=True)
class Named:
    """Every part of a handbook by section and id, with what it is called."""

    names: Mapping[tuple[str, str], str]

    def of(self, section: str) -> Iterator[str]:
        """The ids of a section, in order."""
        return (part for own, part in self.names if own == section)


@dataclass(frozen=True, slots=True)
class Home:
    """The page where a part stands in full."""

    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class View:
    """A handbook as it is seen from one file."""

    handbook: Handbook
    publication: Publication
    path: str
    named: Named
    homes: Mapping[tuple[str, str], Home]
    page: HandbookPage | None = None

    def link(self, section: str, part: str) -> Link | None:
        """The way to a part; only its name where it stands on no page, nothing where there is none such."""
        name = self.named.names.get((section, part))
        home = self.homes.get((section, part))
        if name is None or home is None:
            return Link(name) if name else None
        return Link(name, to(self.path, page_path(self.handbook.id, home.page), home.anchor))

    def links(self, section: str, parts: Iterable[str]) -> tuple[Link, ...]:
        """The ways to some parts; what there is not is left out."""
        return tuple(link for part in dict.fromkeys(parts) if (link := self.link(section, part)))

    def at_home(self, section: str, part: str) -> bool:
        """Whether a part stands in full on this page."""
        home = self.homes.get((section, part))
        return bool(home and self.page and home.page == self.page.id)

    def page_link(self, page: str) -> Link | None:
        """The way to one of the handbook's pages."""
        found = self.handbook.pages.get(page)
        return Link(found.title, to(self.path, page_path(self.handbook.id, page))) if found else None


def named(handbook: Handbook) -> Named:
    """What everything in a handbook is called."""
    sections: dict[str, Mapping[str, str]] = {
        "processer": {key: one.name for key, one in handbook.processes.items()},
        STEPS: {
            key: one.name for process in handbook.processes.values() for key, one in process.steps.items()
        },
        "rutiner": {key: one.name for key, one in handbook.routines.items()},
        "roller": {key: one.name for key, one in handbook.roles.items()},
        ACTIVITIES: {key: one.name for key, one in handbook.activities.items()},
        "blanketter": {key: one.name for key, one in handbook.forms.items()},
        "skalor": {key: one.name for key, one in handbook.scales.items()},
        "program": {key: one.name for key, one in handbook.programmes.items()},
        "listor": {key: one.name for key, one in handbook.lists.items()},
        "tabeller": {key: one.name for key, one in handbook.grids.items()},
        "fall": {key: one.name for key, one in handbook.cases.items()},
        "siffror": {key: one.title for key, one in handbook.figures.items()},
        "litteratur": {key: one.title or one.subject for key, one in handbook.works.items()},
        "licenskort": {key: one.name for key, one in handbook.cards.items()},
        "regler": {key: one.name for key, one in handbook.regulations.items()},
    }
    return Named({(section, key): name for section, own in sections.items() for key, name in own.items()})


def homes(handbook: Handbook, names: Named) -> dict[tuple[str, str], Home]:
    """The page of each part: the first that shows it by name, else the first that shows all of its kind.

    Where two pages show all activities, the first is the catalogue and the last is the home of the rest.
    """
    alone: dict[tuple[str, str], str] = {}
    whole: dict[str, list[str]] = {}
    for page in handbook.pages.values():
        for shown in page.shows:
            section, _, part = shown.partition(":")
            if part:
                alone.setdefault((section, part), page.id)
            else:
                whole.setdefault(section, []).append(page.id)
    found = dict(alone)
    for section, pages in whole.items():
        home = pages[-1] if section == ACTIVITIES else pages[0]
        for part in names.of(section):
            found.setdefault((section, part), home)
    _steps_on_the_map(handbook, found)
    known = names.names
    return {key: Home(page, part_anchor(*key)) for key, page in found.items() if key in known}


def _steps_on_the_map(handbook: Handbook, found: dict[tuple[str, str], str]) -> None:
    """A step without a page of its own stands on that of its process."""
    for process in handbook.processes.values():
        page = found.get(("processer", process.id))
        for step in process.steps if page else ():
            found.setdefault((STEPS, step), page or "")


def view_of(handbook: Handbook, publication: Publication, path: str) -> View:
    """A handbook as it is seen from a file, which may be one of any kind of page."""
    names = named(handbook)
    return View(handbook, publication, path, names, homes(handbook, names))
