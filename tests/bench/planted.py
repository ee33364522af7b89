"""How many planted errors are found and named: `python -m tests.bench.planted` prints the README's table.

Every trial is a correct report with the year before (`controlled`), written as a file with one figure wrong
(`errors`), read, derived and checked as any other report. *Found*: something is said that is not said of the
correct report. *Named*: the figure that was changed stands among the proposals, by its line and column, with
the value it had. *Alone on top*: it is the first proposal of a finding and no other fits as well. *Ceiling*:
how often an ideal reader would have named it (`errors.ceiling`), and in brackets how far we come on that way.

The seeds that the rules were tuned on and those of the table differ; `--stam` and `--antal` choose others.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from build_tools import checks, derive
from build_tools.load import load
from build_tools.load.data_file import read_data_text
from build_tools.load.formats import REPORT
from build_tools.load.report import Home, read_report
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode, read_tree
from build_tools.model import Edition, Finding, Level, Proposal, Report, Where
from tests.bench.controlled import TEAM, Controlled, pair, with_changes
from tests.bench.errors import CLASSES, GROSS, SMALL, Planted, ceiling, plant
from tests.bench.reports import DEFINITIONS
from tests.bench.truths import Place

TUNED, REPORTED = "provstam", "redovisad"
"""The seeds that the rules were tuned on, and those that the table is made with."""
TRIALS = 1000
PROJECT = Path(__file__).parents[2]
FORBUND = [{"id": "ett", "namn": "Ett", "lan": "Påhittat län", "kommuner": ["Kommun"], "policy": "standard"}]
INSATS = {"namn": "Laget", "typ": "team", "forbund": "ett", "start": "2015-01", "slut": "pagaende",
          "agare": ["forsakringskassan"], "kort": "Stöd."}  # fmt: skip


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes figures with the digits they have, and no anchors."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write every value out."""
        return True


def _figure(dumper: Any, number: Decimal) -> Any:
    text = f"{number:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _figure)


def surroundings() -> Edition:
    """A project with its definitions and one team, without reports."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data/insatser").mkdir(parents=True)
        for name in DEFINITIONS:
            shutil.copy(PROJECT / "data" / name, root / "data" / name)
        for name, told in (("forbund", FORBUND), (f"insatser/{TEAM}", INSATS)):
            text = yaml.dump(told, Dumper=_Dumper, allow_unicode=True)
            (root / f"data/{name}.yml").write_text(text, encoding="utf-8")
        return load(root)[0]


@dataclass(frozen=True, slots=True)
class Read:
    """A report that was written and read: its tree, and what the reading said."""

    tree: Node | None
    report: Report | None
    findings: tuple[Finding, ...]

    def where(self, place: Place) -> Where | None:
        """Where a figure stands."""
        node = self.tree
        for step in place:
            if isinstance(node, MapNode) and step in node.entries:
                node = node.entries[str(step)]
            elif isinstance(node, ListNode) and isinstance(step, int):
                node = node.items[step]
            else:
                return None
        return node.where if isinstance(node, ScalarNode) else None


def read(tree: dict[str, Any], around: Edition) -> Read:
    """Write a report as a file, read it and compute what follows from it."""
    year = tree["rapport"]["period"]["start"].year
    text = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None)
    file = f"data/rapporter/{TEAM}/{year}.yml"
    written, _broken = read_tree(text, file)
    nodes, misshapen = read_data_text(text, file, REPORT)
    if not isinstance(nodes, MapNode):
        return Read(written, None, misshapen)
    report, found = read_report(nodes, Home(TEAM, f"{year}"), around.catalogue)
    return Read(written, report, (*misshapen, *found))


def derived(report: Report, around: Edition) -> Report:
    """The report with its derived figures."""
    return derive.derive(replace(around, reports={report.id: report})).reports[report.id]


@dataclass(slots=True)
class Trials:
    """What came of the trials of one class."""

    tried: int = 0
    found: int = 0
    named: int = 0
    top: int = 0
    ceiling: float = 0.0
    missed: Counter[str] = field(default_factory=Counter)
    """Figures that were not named, by their way without numbers of rows."""


@dataclass(slots=True)
class Bench:
    """All trials on the same reports, and what it cost."""

    around: Edition
    seed: str
    classes: dict[str, Trials] = field(default_factory=lambda: {kind: Trials() for kind in CLASSES})
    alarms: Counter[Level] = field(default_factory=Counter)
    reports: int = 0
    figures: int = 0
    checking: float = 0.0
    searching: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def run(self, count: int, kinds: Sequence[str] = CLASSES) -> None:
        """So many reports, each with one trial a class."""
        for number in range(count):
            before, now = pair(f"{self.seed}-{number}")
            self._tried(number, before, now, kinds)

    def together(self, kinds: Sequence[str]) -> Trials:
        """The trials of several classes as one."""
        own = [self.classes[kind] for kind in kinds]
        return Trials(
            sum(one.tried for one in own),
            sum(one.found for one in own),
            sum(one.named for one in own),
            sum(one.top for one in own),
            sum(one.ceiling for one in own),
        )

    def _tried(self, number: int, before: Controlled, now: Controlled, kinds: Sequence[str]) -> None:
        first, right = read(before.tree, self.around), read(now.tree, self.around)
        assert first.report is not None
        assert right.report is not None
        then = derived(first.report, self.around)
        usual, seconds = self._checked(right, then)
        findings = {*first.findings, *usual}
        self.alarms.update(one.level for one in findings)
        self.told += [f"falskt larm {number} {one.code} {one.message}" for one in findings]
        self.reports += 2
        self.figures += len(now.figures) + len(before.figures)
        self.checking += seconds
        for kind in kinds:
            chance = random.Random(f"{self.seed}-{number}-{kind}")  # noqa: S311 - a bench, not a secret
            planted = plant(now, kind, chance)
            if planted:
                wrong = read(with_changes(now.tree, planted.wrong), self.around)
                said, spent = self._checked(wrong, then)
                self.searching.append(spent - seconds)
                self._judged(kind, number, now, planted, wrong, [one for one in said if one not in findings])

    def _checked(self, found: Read, then: Report) -> tuple[tuple[Finding, ...], float]:
        """What is said of a report and of the one before it, and how long the checks took."""
        if found.report is None:
            return found.findings, 0.0
        now = derived(found.report, self.around)
        edition = replace(self.around, reports={then.id: then, now.id: now}, previous={now.id: then.id})
        began = time.process_time()
        said, _reviews = checks.review(edition)
        return (*found.findings, *said), time.process_time() - began

    def _judged(
        self, kind: str, number: int, now: Controlled, planted: Planted, wrong: Read, said: Sequence[Finding]
    ) -> None:
        own = self.classes[kind]
        own.tried += 1
        own.found += bool(said)
        rank = named(said, wrong, now, planted)
        own.named += rank is not None
        own.top += rank == 0
        if kind in SMALL:
            own.ceiling += ceiling(now, planted)
        if rank != 0:
            way = ".".join(str(step) for place in planted.wrong for step in place)
            own.missed[f"{way} {'-' if rank is None else rank}"] += 1
            values = ", ".join(f"{planted.right[place]} → {planted.wrong[place]}" for place in planted.wrong)
            self.told.append(f"{kind} {number} {way}: {values}; plats {rank}")
            self.told += [f"    {one.code} {one.message}" for one in said]
            self.told += [
                f"        {p.label} {p.stated} → {p.value} {p.reason}" for one in said for p in one.proposals
            ]


def named(said: Iterable[Finding], wrong: Read, now: Controlled, planted: Planted) -> int | None:
    """The best place that the true figure with its true value has among the proposals of any finding."""
    wanted = {
        (where.line, where.column): now.number(place, value).value
        for place, value in planted.right.items()
        if (where := wrong.where(place))
    }
    ranks = [
        max(rank, int(proposal.even))
        for finding in said
        for rank, proposal in enumerate(finding.proposals[:3])
        if dict(_places(proposal)) == wanted
    ]
    return min(ranks, default=None)


def _places(proposal: Proposal) -> Iterator[tuple[tuple[int, int], Decimal]]:
    for one in (proposal, *proposal.along):
        yield (one.line, one.column), Decimal(one.value)


def table(bench: Bench) -> str:
    """The result as a Markdown table."""
    head = ["fel", "försök", "upptäckt", "namngivet", "ensamt överst", "tak"]
    rows = [head, ["---", *("--:" for _ in head[1:])]]
    for kind, own in bench.classes.items():
        if own.tried:
            rows.append(_row(kind, own))
    rows.append(_row("grova tillsammans", bench.together(GROSS)))
    rows.append(_row("små tillsammans", bench.together(SMALL)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(kind: str, own: Trials) -> list[str]:
    tried = max(own.tried, 1)
    shares = [f"{100 * part / tried:.1f} %" for part in (own.found, own.named, own.top)]
    most = (
        f"{100 * own.ceiling / tried:.1f} % ({100 * own.named / own.ceiling:.0f} %)" if own.ceiling else "–"
    )
    return [kind, f"{own.tried}", *shares, most]


def costs(bench: Bench) -> str:
    """False alarms and time, in sentences."""
    alarms = ", ".join(f"{bench.alarms[level]} {level.value}" for level in Level)
    thousand = 1000 * bench.checking / bench.reports
    median = 1000 * statistics.median(bench.searching) if bench.searching else 0.0
    return (
        f"Riktiga rapporter: {bench.reports}, med {bench.figures / bench.reports:.0f} kontrollerade tal i "
        f"snitt. Falska larm: {alarms}.\n"
        f"Prövning av 1 000 rapporter: {thousand:.1f} CPU-sekunder. Sökning efter felet: median {median:.1f} "
        "ms CPU per rapport med fel."
    )


def main(arguments: Sequence[str]) -> None:
    """Run the trials and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.planted", description=__doc__)
    parser.add_argument("--antal", type=int, default=TRIALS, help="försök per klass")
    parser.add_argument(
        "--stam", default=REPORTED, help=f"fröets stam; {TUNED} är den som reglerna trimmats på"
    )
    parser.add_argument("--klass", action="append", choices=CLASSES, help="bara den klassen")
    parser.add_argument("--visa", action="store_true", help="skriv också det som inte kom överst")
    asked = parser.parse_args(arguments)
    bench = Bench(surroundings(), asked.stam)
    bench.run(asked.antal, asked.klass or CLASSES)
    if asked.visa:
        sys.stdout.write("\n".join(bench.told) + "\n")
    sys.stdout.write(f"{table(bench)}\n\n{costs(bench)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
