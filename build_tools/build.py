"""The whole story, in order: load, derive, check, protect, compare, draw, lay out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_tools import charts, checks, compare, derive, exports, load, pages, protect, trials
from build_tools.model import (
    Acceptance,
    Edition,
    File,
    Finding,
    Guard,
    Level,
    Publication,
    Review,
    Rule,
    Score,
)

Progress = Callable[[str], None]
CACHE = ".cache"


def quiet(_stage: str) -> None:
    """Tell nobody how far the build has come."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `files` is empty where an error stopped it; `newest` is the sources' last day."""

    findings: tuple[Finding, ...]
    files: tuple[File, ...]
    reports: tuple[str, ...]
    newest: date | None


@dataclass(frozen=True, slots=True)
class Examined:
    """The edition with its derived figures, and everything the checks said of it."""

    edition: Edition
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Acceptance], ...]
    reviews: tuple[Review, ...]

    @property
    def stopped(self) -> bool:
        """Whether any finding is an error that nobody has accepted."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def examine(root: Path, progress: Progress = quiet) -> Examined:
    """Load a project, compute what follows from its figures, and check it all."""
    progress("Läser rapporter och definitioner")
    edition, faults = load.load(root)
    progress("Räknar fram härledda siffror")
    edition = derive.derive(edition)
    progress("Prövar siffrorna")
    spoken, reviews = checks.review(edition)
    still_open, accepted = checks.accept((*faults, *spoken), edition)
    findings = (*still_open, *protect.telling_reasons(edition, accepted))
    return Examined(edition, tuple(sorted(findings, key=_order)), accepted, reviews)


def build(root: Path, *, preview: bool = False, progress: Progress = quiet) -> Built:
    """Make every file of the site from a project folder.

    In the preview, drafts are included, findings stand on the pages, and errors do not stop it.
    """
    seen = examine(root, progress)
    edition = seen.edition
    reports = tuple(edition.reports)
    newest = edition.newest
    if seen.stopped and not preview:
        return Built(seen.findings, (), reports, newest)
    guards: Mapping[str, Sequence[Guard]] = {} if preview else _guards(edition, root, progress)
    progress("Skyddar små grupper")
    publication = protect.protect(
        edition,
        seen.accepted,
        seen.reviews,
        rules(),
        guards=guards,
        findings=seen.findings if preview else (),
        drafts=preview,
    )
    publication = compare.compare(publication, root / CACHE)
    progress("Ritar diagram")
    publication = charts.draw_all(publication, root / CACHE)
    progress("Lägger ut sidor")
    files = tuple(sorted(_files(publication), key=lambda file: file.path))
    return Built(seen.findings, files, reports, newest)


def _files(publication: Publication) -> Iterator[File]:
    """Every file of the site; those of one comparison beside each other: it is made once for them."""
    yield from pages.write(publication)
    yield from exports.write(publication)
    makers = (*pages.beside(publication), *exports.beside(publication))
    for group in publication.comparisons.groups():
        for maker in makers:
            yield from maker(group)


def _guards(edition: Edition, root: Path, progress: Progress) -> Mapping[str, Sequence[Guard]]:
    """How well the figures of each report that is published are guarded."""
    progress("Prövar vad som skulle upptäckas")
    reports = {name: found for name, found in edition.reports.items() if not found.is_draft}
    return trials.all_guards(reports.values(), edition, root / CACHE)


def rules() -> dict[str, Rule]:
    """Every code that a finding can have: of the files' format, of the figures, and of what is protected."""
    return {rule.code: rule for rule in load.codes()} | dict(checks.rules()) | dict(protect.rules())


def review(root: Path, reports: Sequence[str] = ()) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Check a project, or only some of its reports, and give the findings and all report ids.

    Findings about a report are those of its data file, its prose and its place.
    """
    seen = examine(root)
    chosen = tuple(finding for finding in seen.findings if not reports or _concerns(finding, reports))
    return chosen, tuple(seen.edition.reports)


def disturb(root: Path, reports: Sequence[str] = ()) -> dict[str, tuple[Score, tuple[Guard, ...]]]:
    """Try every figure of some reports, or of all, with the slips that are often made."""
    edition = derive.derive(load.load(root)[0])
    chosen = (found for name, found in edition.reports.items() if not reports or name in reports)
    tried = ((one.id, trials.kept_guards(one, edition, root / CACHE)) for one in chosen)
    return {name: (Score.of(name, guards), guards) for name, guards in tried}


def _concerns(finding: Finding, reports: Sequence[str]) -> bool:
    stem = finding.where.file.rsplit(".", 1)[0]
    return any(stem.endswith(f"rapporter/{name}") or finding.about.split("#")[0] == name for name in reports)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    where = finding.where
    return (where.file, where.line, where.column, finding.code, finding.message)
