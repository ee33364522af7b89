"""Files → edition: what the sources say, and everything that is wrong with how they say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, groupby
from pathlib import Path
from typing import TypeVar

from build_tools.load.catalogue import read_catalogue
from build_tools.load.codes import (
    CODES,
    MISSING_FILE,
    NO_FIGURES,
    NO_PROSE,
    SAME_PERIOD,
    UNKNOWN_NAME,
    fault,
)
from build_tools.load.data_file import read_data
from build_tools.load.folder import CATALOGUES, CONTENT, DATA, INTERVENTIONS, REPORTS, Folder, survey
from build_tools.load.formats import FILES, INTERVENTION, REPORT
from build_tools.load.handbooks.library import own_files, read_handbooks
from build_tools.load.project import (
    read_acceptances,
    read_associations,
    read_corrections,
    read_glossary,
    read_intervention,
    read_policies,
    unknown_methods,
    with_lineage,
)
from build_tools.load.prose import read_free_page, read_prose
from build_tools.load.prose.codes import PROSE_CODES
from build_tools.load.report import Home, read_report
from build_tools.load.source import PROSE_LIMIT, read_text
from build_tools.load.yaml_file import MapNode, Node
from build_tools.model import (
    Association,
    Catalogue,
    Edition,
    Finding,
    FreePage,
    GoalDefinition,
    Handbook,
    Intervention,
    Level,
    Report,
    Rule,
    Where,
)
from build_tools.texts import period as period_text
from build_tools.texts import suggestion

T = TypeVar("T")
OPTIONAL = ("godtagna", "rattelser", "ordlista")


def load(root: Path) -> tuple[Edition, tuple[Finding, ...]]:
    """Read a whole project. What is wrong in it becomes findings; the rest is in the edition."""
    root = root.resolve()
    folder, found = survey(root)
    if not (folder.catalogues or folder.interventions or folder.reports or folder.content):
        message = "Mappen har inga data och ingen text. Ange projektets mapp, den som har data/ och content/."
        return Edition(Catalogue({}, {}, {}, {})), (*found, fault(MISSING_FILE, Where(DATA), message))
    desk = _Desk(root, folder, list(found))
    edition = desk.edition()
    return edition, tuple(sorted(set(desk.found), key=_order))


def codes() -> tuple[Rule, ...]:
    """What every format code means, for the list that the site shows."""
    return (*CODES, *PROSE_CODES)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    where = finding.where
    return (where.file, where.line, where.column, finding.code, finding.message)


@dataclass(slots=True)
class _Desk:
    """One reading of a project: its files, and the findings as they come."""

    root: Path
    folder: Folder
    found: list[Finding]
    reports: dict[str, Report] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    """Reports whose data file is there but could not be read."""
    names: frozenset[str] = frozenset()
    """Interventions that have a file, readable or not."""

    def edition(self) -> Edition:
        trees = {name: self._tree(name) for name in CATALOGUES}
        catalogue = self._take(read_catalogue(trees))
        policies = self._take(read_policies(trees["policy"], catalogue.measures))
        associations = self._take(read_associations(trees["forbund"], policies, catalogue))
        interventions = self._interventions(catalogue, associations)
        self._read_reports(catalogue, interventions)
        self._read_prose(catalogue)
        reports = dict(sorted(self.reports.items(), key=lambda item: _age(item[1])))
        self.found.extend(_same_period(reports))
        handbooks = self._handbooks()
        places = {file.rpartition(".")[0].partition("/")[2] for file in self.folder.handbooks}
        accepted = self._take(
            read_acceptances(trees["godtagna"], reports, catalogue, self.unreadable, places)
        )
        corrected = self._take(read_corrections(trees["rattelser"], reports, catalogue, self.unreadable))
        return Edition(
            catalogue=catalogue,
            associations=associations,
            interventions=interventions,
            policies=policies,
            reports=reports,
            previous=_previous(reports),
            acceptances=accepted,
            corrections=corrected,
            terms=self._take(read_glossary(trees["ordlista"])),
            pages=tuple(self._pages()),
            handbooks=handbooks,
        )

    def _handbooks(self) -> dict[str, Handbook]:
        folder = self.folder
        return self._take(read_handbooks(self.root, folder.handbooks, folder.handbook_prose, folder.content))

    def _take(self, read: tuple[T, tuple[Finding, ...]]) -> T:
        """What was read; its findings are noted."""
        value, found = read
        self.found.extend(found)
        return value

    def _tree(self, name: str) -> Node | None:
        """The tree of a catalogue file."""
        file = f"{DATA}/{name}.yml"
        if file in self.folder.catalogues:
            return self._take(read_data(self.root, file, FILES[name]))
        if name not in OPTIONAL:
            title = FILES[name].title.lower()
            message = f"Filen saknas. Den beskriver projektets {title}: utgå från exempelprojektets {file}."
            self.found.append(fault(MISSING_FILE, Where(file), message))
        return None

    def _interventions(
        self, catalogue: Catalogue, associations: Mapping[str, Association]
    ) -> dict[str, Intervention]:
        files = {file.split("/")[2].removesuffix(".yml"): file for file in self.folder.interventions}
        if not files:
            message = "Här ska finnas en fil för varje insats, till exempel sater.yml. Ingen finns."
            self.found.append(fault(MISSING_FILE, Where(f"{DATA}/{INTERVENTIONS}"), message))
        interventions = {}
        places = {}
        for name, file in files.items():
            tree = self._take(read_data(self.root, file, INTERVENTION))
            read = self._take(read_intervention(name, tree, catalogue, associations, files))
            self.found.extend(unknown_methods(tree, own_files(self.folder.handbooks)))
            if read and isinstance(tree, MapNode):
                interventions[name] = read
                places[name] = tree.key("foregangare")
        self.names = frozenset(files)
        return self._take(with_lineage(interventions, places))

    def _read_reports(self, catalogue: Catalogue, interventions: Mapping[str, Intervention]) -> None:
        for file in self.folder.reports:
            _, _, folder, name = file.split("/")
            home = Home(folder, name.removesuffix(".yml"))
            tree, found = read_data(self.root, file, REPORT)
            self.found.extend(replace(finding, about=home.report) for finding in found)
            if self.names and folder not in self.names:
                near = suggestion(folder, self.names) or f" Lägg till {DATA}/{INTERVENTIONS}/{folder}.yml."
                message = f"Mappen heter {folder}, men det finns ingen sådan insats.{near}"
                self.found.append(fault(UNKNOWN_NAME, Where(file), message))
            report = self._take(read_report(tree, home, catalogue)) if isinstance(tree, MapNode) else None
            if report:
                usual = interventions[folder].goal if folder in interventions else report.goal
                own = report.goal != GoalDefinition()
                self.reports[report.id] = report if own else replace(report, goal=usual)
            else:
                self.unreadable.add(home.report)

    def _read_prose(self, catalogue: Catalogue) -> None:
        """Give each report its text, and tell where one lacks the other."""
        files = {file.split("/", 2)[2].removesuffix(".md"): file for file in self.folder.prose}
        for name, file in files.items():
            report = self.reports.get(name)
            if report is None:
                if name not in self.unreadable:
                    self.found.append(_no_figures(name, file, self.reports))
                continue
            template = catalogue.templates.get(report.template)
            text = self._take(read_text(self.root, file, PROSE_LIMIT))
            if template and text is not None:
                prose = self._take(read_prose(text, file, template, self.folder.content))
                self.reports[name] = replace(report, prose=prose)
        for name in sorted(self.reports.keys() - files.keys()):
            self.found.append(_no_prose(self.reports[name]))

    def _pages(self) -> Iterator[FreePage]:
        for file in self.folder.pages:
            text = self._take(read_text(self.root, file, PROSE_LIMIT))
            if text is not None:
                path = file.removeprefix(f"{CONTENT}/")
                page = self._take(read_free_page(text, file, path, self.folder.content))
                if page:
                    yield page


def _no_figures(name: str, file: str, reports: Mapping[str, Report]) -> Finding:
    data = f"{DATA}/{REPORTS}/{name}.yml"
    message = f"Texten har inga siffror: {data} saknas.{suggestion(name, reports)}"
    return fault(NO_FIGURES, Where(file), message, about=name)


def _no_prose(report: Report) -> Finding:
    """A draft may still lack its text."""
    text = f"{CONTENT}/{REPORTS}/{report.id}.md"
    level = Level.WARNING if report.is_draft else Level.ERROR
    message = f"Rapporten har ingen text: {text} saknas. Skriv den, eller sätt status: utkast så länge."
    return fault(NO_PROSE, report.where, message, level, report.id)


def _age(report: Report) -> tuple[str, date, date, str]:
    return (report.intervention, report.period.start, report.period.end, report.id)


def _same_period(reports: Mapping[str, Report]) -> Iterator[Finding]:
    """Two reports of one intervention for the same time, or for times that overlap."""
    for _, group in groupby(reports.values(), key=lambda report: report.intervention):
        for first, second in combinations(group, 2):
            one, other = first.period, second.period
            if other.start > one.end:
                continue
            same = (one.start, one.end) == (other.start, other.end)
            how = "Samma tid som" if same else "Tiden överlappar"
            remedy = "Ta bort den ena." if same else "Kontrollera perioderna."
            message = f"{how} {first.where.file} ({period_text(one)}). {remedy}"
            level = Level.ERROR if same else Level.WARNING
            yield fault(SAME_PERIOD, second.where, message, level, second.id)


def _previous(reports: Mapping[str, Report]) -> dict[str, str]:
    """For each report, the one of the same intervention that ends nearest before it starts."""
    previous = {}
    for _, group in groupby(reports.values(), key=lambda report: report.intervention):
        earlier: list[Report] = []
        for report in group:
            before = [other for other in earlier if other.period.start < report.period.start]
            ended = [other for other in before if other.period.end < report.period.start]
            nearest = max(ended or before, key=lambda other: (other.period.end, other.id), default=None)
            if nearest:
                previous[report.id] = nearest.id
            earlier.append(report)
    return previous
