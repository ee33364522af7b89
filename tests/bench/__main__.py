"""How much a build costs: `python -m tests.bench 10 100 1000` prints CPU seconds and memory for each stage.

Every size runs in a process of its own, with an empty cache. Time is user + system time of the whole
process and its children; memory is the largest resident size so far. A chart's time is that of its stage,
the import of the drawing library in it, over the charts drawn. Machines are noisy: compare columns with
each other, not with another day's.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from build_tools.model import Level
from tests.bench.reports import write_project

PROJECT = Path(__file__).parents[2]
DRAWING = "Ritar diagram"

Result = dict[str, tuple[float, float]]
"""CPU seconds and peak memory at the end of each stage."""


def cpu() -> float:
    """CPU seconds of this process and its children so far."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def memory() -> float:
    """Peak resident megabytes so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(root: Path) -> tuple[Result, int]:
    """Build a project once; what each stage cost, and how many charts were drawn."""
    from build_tools.build import CACHE, build
    from build_tools.charts import FOLDER
    from build_tools.outlets import site

    marks: list[tuple[str, float, float]] = [("Start och import", cpu(), memory())]

    def note(stage: str) -> None:
        marks.append((stage, cpu(), memory()))

    built = build(root, progress=note)
    wrong = [finding.message for finding in built.findings if finding.level is not Level.NOTICE]
    if wrong:
        raise SystemExit("\n".join(wrong[:5]))
    note("MkDocs och sökregister")
    problems = site.write(root, built, root / "site")
    if problems:
        raise SystemExit(problems[0].message)
    note("slut")
    found = {"Start och import": (marks[0][1], marks[0][2])}
    for (stage, began, _), (_, ended, peak) in itertools.pairwise(marks[1:]):
        found[stage] = (ended - began, peak)
    found["Allt"] = (cpu(), memory())
    return found, sum(1 for _ in (root / CACHE / FOLDER).glob("*.svg"))


def run(count: int) -> tuple[Result, int]:
    """Measure one size in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(root, count, PROJECT / "data")
        command = [sys.executable, "-m", "tests.bench", "--projekt", str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
        if done.returncode:
            raise SystemExit(done.stderr or done.stdout)
        stages, charts = json.loads(done.stdout.splitlines()[-1])
        return {stage: (pair[0], pair[1]) for stage, pair in stages.items()}, charts


def table(results: dict[int, tuple[Result, int]]) -> str:
    """The results as a Markdown table with the growth between the two largest sizes."""
    sizes = sorted(results)
    head = ["steg", *(f"{size} rapporter" for size in sizes), "tillväxt"]
    rows = [head, ["---", *("--:" for _ in head[1:])]]
    for stage in results[sizes[-1]][0]:
        costs = [results[size][0][stage] for size in sizes]
        cells = [f"{seconds:.2f} s · {megabytes:.0f} MB" for seconds, megabytes in costs]
        before = costs[-2][0] if len(sizes) > 1 else 0.0
        rows.append([stage, *cells, f"{costs[-1][0] / before:.1f} ×" if before >= 0.05 else "–"])
    rows.append(["Ett diagram utan cache", *(_chart(*results[size]) for size in sizes), "–"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _chart(stages: Result, charts: int) -> str:
    return f"{1000 * stages[DRAWING][0] / max(1, charts):.0f} ms · {charts} st"


def main(arguments: list[str]) -> None:
    """Measure the sizes that are asked for, or one project when called by ourselves."""
    if arguments[:1] == ["--projekt"]:
        sys.stdout.write("\n" + json.dumps(measure(Path(arguments[1]))) + "\n")
        return
    sizes = [int(argument) for argument in arguments] or [10, 100, 1000]
    sys.stdout.write(table({size: run(size) for size in sizes}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
