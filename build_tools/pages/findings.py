"""Findings in the preview: what is said of a page at its top, and at the section that it concerns.

They quote raw numbers and speak to the writer. A publication that is built to be read has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from build_tools import texts
from build_tools.addresses import RULES, intervention_path, report_path, to
from build_tools.model import Finding, Proposal, Publication
from build_tools.pages.layout import Link

START = "index.md"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it stands on a page; `href` leads to its rule."""

    level: str
    code: str
    href: str
    place: str
    message: str
    proposals: tuple[str, ...]
    repair: str
    """The line to ask `granska --ratta` for, where there is something to propose."""


@dataclass(frozen=True, slots=True)
class Board:
    """What is said in one place: how much, the ways to what is said elsewhere, and the rest."""

    counted: str
    links: tuple[Link, ...]
    told: tuple[Told, ...]
    anchor: str = ""


def board(
    findings: Sequence[Finding],
    path: str,
    publication: Publication,
    links: Iterable[Link] = (),
    *,
    of: Sequence[Finding] = (),
    anchor: str = "",
) -> Board | None:
    """The board of a page, or of one section of it; `of` are those counted where others are linked to."""
    counted = of or findings
    if not counted:
        return None
    codes = {rule.code for rule in publication.rules}
    told = tuple(_told(finding, path, codes) for finding in findings)
    return Board(texts.levels(one.level for one in counted), tuple(links), told, anchor)


def of_page(publication: Publication, path: str, file: str) -> Board | None:
    """The board of a page that one file is the source of."""
    return board([one for one in publication.findings if one.where.file == file], path, publication)


def of_start(publication: Publication, written: Collection[str]) -> Board | None:
    """What is said of no other page, and the ways to the pages that something is said of.

    `written` are the paths of the free pages.
    """
    sources = {f"content/{path}": path for path in written if path != START}
    sources |= {source(name): intervention_path(name) for name in publication.interventions}
    rest = [one for one in publication.findings if one.where.file not in sources]
    links = [*_reports(publication), *_others(publication, sources)]
    every = [one for report in publication.reports.values() for one in report.findings]
    return board(rest, START, publication, links, of=[*publication.findings, *every])


def source(intervention: str) -> str:
    """The file that an insats page is made from."""
    return f"data/insatser/{intervention}.yml"


def counted(text: str, href: str, findings: Iterable[Finding]) -> Link:
    """The way to a place with how much is said there."""
    return Link(text, href, texts.levels(one.level for one in findings))


def _reports(publication: Publication) -> Iterator[Link]:
    for report in publication.reports.values():
        if report.findings:
            yield counted(f"Rapporten {report.id}", to(START, report_path(report.id)), report.findings)


def _others(publication: Publication, sources: dict[str, str]) -> Iterator[Link]:
    said: dict[str, list[Finding]] = {}
    for one in publication.findings:
        said.setdefault(one.where.file, []).append(one)
    for file in sorted(sources.keys() & said.keys()):
        yield counted(file, to(START, sources[file]), said[file])


def _told(finding: Finding, path: str, codes: Collection[str]) -> Told:
    place = f"{finding.where.file}:{finding.where.line}"
    return Told(
        level=texts.LEVELS[finding.level][0],
        code=finding.code,
        href=to(path, RULES, texts.anchor(finding.code)) if finding.code in codes else "",
        place=place,
        message=_line(finding.message),
        proposals=tuple(f"{word}: {_proposed(one)}" for word, one in texts.likelihoods(finding.proposals)),
        repair=place if finding.proposals else "",
    )


def _proposed(proposal: Proposal) -> str:
    name = proposal.label or proposal.cell
    return _line(f"{name} = {proposal.value} på rad {proposal.line}. {proposal.reason}")


def _line(text: str) -> str:
    """Text on one line: an empty line would end the HTML that it stands in."""
    return " ".join(text.split())
