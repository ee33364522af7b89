"""Two reports side by side, figures and words: one page for each pair that has one.

The page needs no script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from build_tools import texts
from build_tools.addresses import (
    COMPARE,
    FINISHED,
    association_path,
    intervention_path,
    pair_path,
    report_path,
    to,
)
from build_tools.model import (
    AlignedSection,
    Alignment,
    Band,
    Bound,
    Comparisons,
    Fact,
    File,
    Pair,
    Pairing,
    Publication,
    PublishedReport,
    Run,
    Shape,
)
from build_tools.pages.compare import passages
from build_tools.pages.compare.banner import banner
from build_tools.pages.compare.passages import Sides
from build_tools.pages.compare.rewritten import rewritten
from build_tools.pages.compare.rows import Named, PairTable, anchors, tables
from build_tools.pages.compare.selector import selector
from build_tools.pages.compare.ways import downloads, guide_link
from build_tools.pages.grids import Grid, Line, Value, value
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import mark_of
from build_tools.pages.report import report_name
from build_tools.stages import Maker, page_beside

SHAPES = {
    Shape.NEXT: "Två rapporter i följd från samma insats, siffra för siffra och stycke för stycke.",
    Shape.ENDS: "Insatsens första rapport mot den senaste, siffra för siffra och stycke för stycke.",
    Shape.LINEAGE: "Före och efter en sammanslagning: den ena insatsen har gått upp i den andra.",
    Shape.FREE: "Två rapporter, siffra för siffra och stycke för stycke.",
}
ENOUGH = 3
"""Fewer years than so are no series."""

Teams = Mapping[str, tuple[PublishedReport, ...]]
"""The reports of each insats, the oldest first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: its figures, and the text of both reports."""

    anchor: str
    title: str
    status: str
    tables: tuple[PairTable, ...]
    reading: Markup
    changes: Markup


@dataclass(frozen=True, slots=True)
class Laid:
    """Two reports on their way to be a page: their names, figures and texts."""

    publication: Publication
    pairing: Pairing
    pair: Pair
    prose: Alignment
    runs: Mapping[str, Run]
    teams: Teams

    @property
    def path(self) -> str:
        """The file of the page."""
        return pair_path(self.pairing)

    @property
    def insatser(self) -> tuple[str, str]:
        """The insats of either report."""
        return _insatser(self.pairing, self.publication)

    @property
    def same(self) -> bool:
        """Whether both reports are of one insats."""
        return self.insatser[0] == self.insatser[1]

    @property
    def names(self) -> tuple[str, str]:
        """What the reports are called beside each other: by their periods, or in full."""
        a, b = (self.called(self.publication.reports[one]) for one in (self.pairing.a, self.pairing.b))
        return a, b

    def called(self, report: PublishedReport) -> str:
        """What a report is called on the page: by its period where there is one insats."""
        return texts.period(report.period) if self.same else report_name(report, self.publication)

    def own(self) -> tuple[PublishedReport, ...]:
        """All reports of the insatser on the page."""
        return tuple(report for team in dict.fromkeys(self.insatser) for report in self.teams[team])

    @property
    def title(self) -> str:
        """`Ekvik 2022 mot 2023`."""
        first = report_name(self.publication.reports[self.pairing.a], self.publication)
        return f"{first} mot {self.names[1]}"

    @property
    def sides(self) -> Sides:
        """What the reports are called in their texts."""
        a, b = (
            report_name(self.publication.reports[one], self.publication)
            for one in (self.pairing.a, self.pairing.b)
        )
        short = self.names if self.same else (f"i {a}", f"i {b}")
        return Sides(a, b, *short, later=self.pairing.shape is not Shape.FREE)


@page_beside("jamforelse", "Två rapporter sida vid sida")
def pairs(publication: Publication) -> Maker:
    """Varje rapport mot den före, den första mot den senaste, och det som slagits ihop."""
    teams = _teams(publication)

    def made(group: Comparisons) -> Iterator[File]:
        for pairing in group.pairings:
            a, b = _insatser(pairing, publication)
            runs = _runs(a, group, teams) if a == b else {}
            laid = Laid(publication, pairing, group.pair(pairing), group.prose(pairing), runs, teams)
            yield File(laid.path, render("pair.md", _values(laid)))

    return made


def _teams(publication: Publication) -> Teams:
    found: dict[str, list[PublishedReport]] = {}
    for report in sorted(publication.reports.values(), key=lambda one: (one.period, one.id)):
        found.setdefault(report.intervention, []).append(report)
    return {team: tuple(own) for team, own in found.items()}


def _insatser(pairing: Pairing, publication: Publication) -> tuple[str, str]:
    a, b = (publication.reports[one].intervention for one in (pairing.a, pairing.b))
    return a, b


def _runs(team: str, group: Comparisons, teams: Teams) -> dict[str, Run]:
    """The figures of an insats through its years; none of two years."""
    found = group.runs(team) if len(teams[team]) >= ENOUGH else ()
    return {run.key: run for run in found}


def _values(laid: Laid) -> dict[str, object]:
    publication, pairing = laid.publication, laid.pairing
    given = anchors(laid.pair)
    named = Named(
        path=laid.path,
        catalogue=publication.catalogue,
        anchors=given,
        reports=(pairing.a, pairing.b),
        names=_names(laid),
        runs=laid.runs,
    )
    sections = tuple(_sections(laid, named))
    prose = any(one.reading for one in sections)
    return {
        **_head(laid),
        "pairing": pairing,
        "names": laid.names,
        "links": tuple(to(laid.path, report_path(one)) for one in (pairing.a, pairing.b)),
        "years": bool(laid.runs),
        "bar": selector(
            pairing,
            laid.path,
            laid.names,
            [(one.anchor, one.title) for one in sections],
            [(one, laid.called(one)) for one in laid.own()],
            years=bool(laid.runs),
            prose=prose,
        ),
        "highlights": tuple(_highlights(laid.pair, given, _rewritten(laid))),
        "banner": banner(laid.pair, given),
        "notes": laid.pair.notes,
        "unchanged": texts.percent(Decimal(laid.prose.share)) if prose and _both_written(laid) else "",
        "goals": _goals(laid),
        "legend": passages.legend() if prose else "",
        "sections": sections,
        "others": tuple(_others(laid)),
        "free": to(laid.path, COMPARE),
        "finished": to(laid.path, COMPARE, FINISHED),
        "guide": guide_link(laid.path, publication),
        "saved": downloads(laid.path, (pairing.a, pairing.b), publication),
    }


def _head(laid: Laid) -> dict[str, object]:
    """What stands at the top of the page."""
    team = laid.publication.interventions[laid.insatser[1]]
    mark = mark_of(laid.publication.associations.get(team.association))
    return {
        "title": laid.title,
        "description": f"{mark}. {laid.title}" if mark else laid.title,
        "mark": mark,
        "crumbs": _crumbs(laid),
        "lead": SHAPES[laid.pairing.shape],
    }


def _both_written(laid: Laid) -> bool:
    return all(laid.publication.reports[one].prose for one in (laid.pairing.a, laid.pairing.b))


def _names(laid: Laid) -> dict[str, str]:
    """What the reports of the page are called; those of a series by their periods."""
    told = dict(zip((laid.pairing.a, laid.pairing.b), laid.names, strict=True))
    run = next(iter(laid.runs.values()), None)
    years = {step.report: laid.publication.reports[step.report] for step in run.steps} if run else {}
    return {key: texts.period(report.period) for key, report in years.items()} | told


def _crumbs(laid: Laid) -> tuple[Link, ...]:
    publication, path = laid.publication, laid.path
    team = publication.interventions[publication.reports[laid.pairing.b].intervention]
    association = publication.associations.get(team.association)
    above = [Link(association.name, to(path, association_path(association.id)))] if association else []
    return (
        Link("Start", to(path, "index.md")),
        *above,
        Link(team.name, to(path, intervention_path(team.id))),
        Link(f"{laid.names[0]} mot {laid.names[1]}"),
    )


def _sections(laid: Laid, named: Named) -> Iterator[Section]:
    """Every section with figures or text, in the order of the template; those of no section last."""
    bands = {band.number: band for band in laid.pair.bands}
    if None in bands and len(bands) == 1:
        yield _section("siffror", bands[None].title, bands[None], None, laid, named)
    written: dict[str, AlignedSection] = {}
    for one in laid.prose.sections:
        name = f"avsnitt-{one.number}"
        written[f"{name}-text" if name in written else name] = one
    order = {f"avsnitt-{number}": number for number in bands if number is not None}
    known = {key: one.number for key, one in written.items()} | order
    for anchor in sorted(known, key=lambda key: (known[key], key)):
        band, text = bands.get(order.get(anchor)) if anchor in order else None, written.get(anchor)
        title = band.title if band else text.title if text else ""
        number = f"{known[anchor]}. " if known[anchor] else ""
        yield _section(anchor, f"{number}{title}", band, text, laid, named)
    if None in bands and len(bands) > 1:
        yield _section("ovriga", bands[None].title, bands[None], None, laid, named)


def _section(
    anchor: str, title: str, band: Band | None, text: AlignedSection | None, laid: Laid, named: Named
) -> Section:
    return Section(
        anchor=anchor,
        title=title,
        status=passages.status(text, laid.sides) if text else "",
        tables=tuple(tables(band.rows, anchor, f"Siffror: {band.title}", named)) if band else (),
        reading=passages.reading(text, laid.sides) if text else Markup(""),
        changes=passages.changes(text, laid.sides) if text and passages.has_common(text) else Markup(""),
    )


def _rewritten(laid: Laid) -> str:
    """What has become of the text, where both reports have one."""
    said = laid.publication.comparisons.rules["meningar"]["text"]
    return rewritten(laid.prose, said) if _both_written(laid) else ""


def _highlights(pair: Pair, given: Mapping[str, str], text: str) -> Iterator[tuple[str, Markup]]:
    """The lines of what matters most, their figures as ways to their rows; how much is chance comes last."""
    rows = {
        (figure.cell.report, figure.cell.id): given[row.key]
        for row in pair.rows()
        for figure in (row.a, row.b)
        if figure
    }
    lines = [(one.kind, Markup("").join(_part(part, rows) for part in one.parts)) for one in pair.highlights]
    before = len(lines) - 1 if lines and lines[-1][0] == "slump" else len(lines)
    yield from (*lines[:before], *([("text", escape(text))] if text else []), *lines[before:])


def _part(part: str | Bound, rows: Mapping[tuple[str, str], str]) -> Markup:
    if isinstance(part, str):
        return escape(part)
    return Markup('<a href="#{}">{}</a>').format(rows[part.report, part.cell], part.text)


def _goals(laid: Laid) -> Grid | None:
    """The share in the goal as each counts it, beside those that are counted alike for all."""
    found = [laid.publication.comparisons.goals(one) for one in (laid.pairing.a, laid.pairing.b)]
    if not any(one.own or one.common for one in found):
        return None
    lines = (
        Line("Insatsens egen andel i mål", tuple(value(one.own) for one in found)),
        Line(
            "Det insatsen räknar som mål",
            tuple(Value(one.counted or "uppgift saknas", False) for one in found),
        ),
        Line("Till arbete eller studier, av alla avslut", tuple(_shared(one.common) for one in found)),
        Line(
            "Till arbete eller studier, tidiga avhopp borträknade",
            tuple(_shared(one.common_without_early) for one in found),
        ),
    )
    why = " ".join(dict.fromkeys(one.refusal for one in found if one.refusal))
    return Grid("Andel i mål, på insatsens sätt och lika för alla", "Andel", laid.names, lines, note=why)


def _shared(share: Fact | None) -> Value:
    return value(share) if share else Value("går inte att räkna", False)


def _others(laid: Laid) -> Iterator[Link]:
    """The other pairs of the insatser on the page that have pages of their own."""
    publication, known = laid.publication, laid.publication.comparisons.by_report
    found = dict.fromkeys(pairing for report in laid.own() for pairing in known.get(report.id, ()))
    for pairing in sorted(found):
        if pairing != laid.pairing:
            a, b = (publication.reports[one] for one in (pairing.a, pairing.b))
            alone = a.intervention == b.intervention
            last = texts.period(b.period) if alone else report_name(b, publication)
            yield Link(f"{report_name(a, publication)} mot {last}", to(laid.path, pair_path(pairing)))
