"""One section's text from all insatser of a förbund and year, each under three of its figures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import association_path, peers_path, report_path, texts_path, to, url
from build_tools.model import (
    Comparability,
    Fact,
    File,
    Measure,
    Part,
    PeerRow,
    Peers,
    Publication,
    PublishedReport,
    Section,
    TemplateSection,
)
from build_tools.pages.compare.areas import is_whole
from build_tools.pages.layout import Link, render, safe
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.parts import crumbs, described
from build_tools.pages.report import report_name

THREE = 3
ADDRESS = re.compile(r'(?<= )(href|src)="([^"]*)"')
FOREIGN = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
HOW = (
    "Siffrorna ovanför varje text är avsnittets {} första nyckeltal, i samma ordning för alla. "
    "Tabeller och diagram finns i rapporterna."
)
COUNTS = {1: "ett", 2: "två", 3: "tre"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure above a text. `note` tells why it cannot be compared with the others."""

    label: str
    text: str
    number: bool
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """What one insats writes in the section."""

    name: str
    anchor: str
    href: str
    figures: tuple[Figure, ...]
    parts: tuple[tuple[str, Markup], ...]


def anchor_of(section: TemplateSection) -> str:
    """A section's name in addresses."""
    return texts.anchor(section.id)


def common(reports: Sequence[PublishedReport], publication: Publication) -> tuple[TemplateSection, ...]:
    """The sections that at least two of the reports have text in, as the first report's template has them.

    Sections of two templates are the same where their ids are.
    """
    templates = publication.catalogue.templates
    found: dict[str, TemplateSection] = {}
    for report in reports:
        template = templates.get(report.template)
        for section in template.sections if template else ():
            found.setdefault(section.id, section)
    return tuple(
        section
        for section in found.values()
        if sum(bool(_written(one, section.id, publication)) for one in reports) > 1
    )


def text_pages(peers: Peers, rows: Sequence[PeerRow], publication: Publication) -> Iterator[File]:
    """A page for each section that several insatser have written."""
    reports = tuple(publication.reports[one] for one in peers.reports)
    sections = common(reports, publication)
    for place, section in enumerate(sections):
        before = sections[place - 1] if place else None
        after = sections[place + 1] if place + 1 < len(sections) else None
        yield _Texts(peers, rows, publication, section).file(before, after)


def _own(report: PublishedReport, section: str, publication: Publication) -> TemplateSection | None:
    """A section of the report's own template."""
    template = publication.catalogue.templates.get(report.template)
    return next((one for one in template.sections if one.id == section), None) if template else None


def _written(report: PublishedReport, section: str, publication: Publication) -> Section | None:
    """What a report has written in a section, if there is any text in it."""
    own = _own(report, section, publication)
    told = report.prose.sections if report.prose else ()
    found = next((one for one in told if own and one.number == own.number), None)
    return found if found and any(_blocks(part) for part in found.parts) else None


def _blocks(part: Part) -> list[str]:
    """The text of a part; tables and charts that the writer has placed stay in the report."""
    return [piece for piece in part.body if isinstance(piece, str) and piece.strip()]


@dataclass(frozen=True, slots=True)
class _Texts:
    """A section of a year, on its way to be a page."""

    peers: Peers
    rows: Sequence[PeerRow]
    publication: Publication
    section: TemplateSection

    @property
    def path(self) -> str:
        """Where the page stands."""
        return texts_path(self.peers, anchor_of(self.section))

    @property
    def reports(self) -> tuple[PublishedReport, ...]:
        """The reports whose template has the section."""
        found = (self.publication.reports[one] for one in self.peers.reports)
        return tuple(one for one in found if _own(one, self.section.id, self.publication))

    def file(self, before: TemplateSection | None, after: TemplateSection | None) -> File:
        """The page itself."""
        association = self.publication.associations[self.peers.association]
        mark, year = mark_of(association), self.peers.year
        title = f"{self.section.title}: {association.name} {year}"
        above = (
            Link(association.name, association_path(association.id)),
            Link(f"Sida vid sida {year}", peers_path(self.peers)),
        )
        figures = {row.measure: row for row in self._figures()}
        measures = tuple(islice(self._measures(figures), THREE))
        above_text = {one: figures[one.id] for one in measures}
        values = {
            "title": title,
            "description": described(f"Vad alla insatser skriver i avsnittet {self.section.title}.", mark),
            "crumbs": crumbs(self.path, self.section.title, *above),
            "mark": mark,
            "said": tuple(self._said(measures)),
            "cards": tuple(self._card(report, above_text) for report in self.reports),
            "before": self._way(before),
            "after": self._way(after),
        }
        return File(self.path, render("compare_section.md", values))

    def _way(self, section: TemplateSection | None) -> Link | None:
        if section is None:
            return None
        return Link(section.title, to(self.path, texts_path(self.peers, anchor_of(section))))

    def _said(self, measures: Sequence[Measure]) -> Iterator[str]:
        if measures:
            yield HOW.format(COUNTS[len(measures)])
        without = [one for one in self.peers.reports if self.publication.reports[one] not in self.reports]
        for one in without:
            name = report_name(self.publication.reports[one], self.publication)
            yield f"{name} följer en mall som inte har avsnittet."

    def _measures(self, told: Mapping[str, PeerRow]) -> list[Measure]:
        """The measures at home in the section: key figures first, otherwise as the catalogue has them."""
        known = [one for one in self.publication.catalogue.measures.values() if one.id in told]
        return sorted(known, key=lambda measure: not measure.key)

    def _figures(self) -> Iterator[PeerRow]:
        """The rows that stand for whole measures of the section and have a number."""
        templates = [self.publication.catalogue.templates[one.template] for one in self.reports]
        homes = [(one, next(s.number for s in one.sections if s.id == self.section.id)) for one in templates]
        for row in self.rows:
            measure = self.publication.catalogue.measures.get(row.measure)
            if measure is None or not is_whole(row.key, row.measure):
                continue
            here = any(template.home(measure) == number for template, number in homes)
            if here and any(map(_is_number, row.figures.values())):
                yield row

    def _card(self, report: PublishedReport, figures: Mapping[Measure, PeerRow]) -> Card:
        section = _written(report, self.section.id, self.publication)
        number = _own(report, self.section.id, self.publication)
        target = f"avsnitt-{number.number}" if number and section else ""
        return Card(
            name=report_name(report, self.publication),
            anchor=texts.anchor(report.id),
            href=to(self.path, report_path(report.id), target),
            figures=tuple(self._figure(row, measure, report) for measure, row in figures.items()),
            parts=tuple(self._parts(section, report)) if section else (),
        )

    def _figure(self, row: PeerRow, measure: Measure, report: PublishedReport) -> Figure:
        figure, known = row.figures.get(report.id), row.with_first.get(report.id)
        first = next((one for one, found in row.figures.items() if _is_number(found)), "")
        note = ""
        if known and known.verdict is Comparability.NO and _is_number(figure) and report.id != first:
            name = report_name(self.publication.reports[first], self.publication)
            said = " ".join(reason.text for reason in known.refusals)
            note = f"Kan inte jämföras med {name}. {said}"
        return Figure(measure.label, row.shown.get(report.id, ""), _is_number(figure), note)

    def _parts(self, section: Section, report: PublishedReport) -> Iterator[tuple[str, Markup]]:
        for part in section.parts:
            if blocks := _blocks(part):
                html = moved("\n".join(blocks), report_path(report.id), self.path)
                yield part.title, safe(html)


def _is_number(figure: object) -> bool:
    return isinstance(figure, Fact)


def moved(html: str, start: str, target: str) -> str:
    """Safe HTML with its addresses as they are seen from another page than the one it was written for."""

    def seen(found: re.Match[str]) -> str:
        address = _moved(unescape(found[2]), start, target)
        return f'{found[1]}="{escape(address)}"'

    return ADDRESS.sub(seen, html)


def _moved(address: str, start: str, target: str) -> str:
    if FOREIGN.match(address):
        return address
    way, hash_sign, fragment = address.partition("#")
    home = posixpath.join("/", url(start))
    place = posixpath.normpath(posixpath.join(home, way)) if way else home.rstrip("/")
    seen = posixpath.relpath(place, posixpath.join("/", url(target)))
    ended = "/" if not way or way.endswith("/") else ""
    return f"{seen}{ended}{hash_sign}{fragment}"
