"""A stage is a folder of small labelled functions with one signature; here are the stages there are."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from inspect import getdoc
from typing import Any, Generic, TypeVar

from build_tools.model import (
    Catalogue,
    Comparisons,
    Edition,
    Fact,
    File,
    Handbook,
    Level,
    Plot,
    Publication,
    PublishedReport,
    Report,
    Verdict,
)

F = TypeVar("F", bound=Callable[..., Any])
LABEL = "__part__"
Maker = Callable[[Comparisons], Iterator[File]]
"""Makes the files of one group of comparisons, from what was found once for all groups."""


@dataclass(frozen=True, slots=True)
class Part(Generic[F]):
    """A labelled function. `after` names parts whose results it needs; `doc` reaches the reader."""

    id: str
    title: str
    run: F
    level: Level
    after: tuple[str, ...]
    doc: str


class Stage(Generic[F]):
    """Labels functions and finds them again by walking its folder, sorted by id within the order of needs."""

    def __init__(self, package: str) -> None:
        self.package = package
        self._parts: tuple[Part[F], ...] | None = None

    def __call__(
        self, part_id: str, title: str, *, level: Level = Level.ERROR, after: tuple[str, ...] = ()
    ) -> Callable[[F], F]:
        """Label a function as a part of this stage."""

        def label(run: F) -> F:
            setattr(run, LABEL, (self, Part(part_id, title, run, level, after, getdoc(run) or "")))
            return run

        return label

    def parts(self) -> tuple[Part[F], ...]:
        """All parts in the order they run.

        Raises ValueError where two functions bear one id: that is our own mistake.
        """
        if self._parts is None:
            self._parts = self._ordered()
        return self._parts

    def _ordered(self) -> tuple[Part[F], ...]:
        found: dict[str, Part[F]] = {}
        for part in self._labelled():
            if found.setdefault(part.id, part).run is not part.run:
                raise ValueError(f"{self.package}: two parts are called {part.id}")
        needs: Mapping[str, tuple[str, ...]] = {key: found[key].after for key in sorted(found)}
        return tuple(found[key] for key in TopologicalSorter(needs).static_order())

    def _labelled(self) -> Iterator[Part[F]]:
        package = importlib.import_module(self.package)
        for info in pkgutil.walk_packages(package.__path__, f"{self.package}."):
            module = importlib.import_module(info.name)
            for value in vars(module).values():
                owner, part = getattr(value, LABEL, (None, None))
                if part and owner is self and value.__module__ == info.name:
                    yield part


derived = Stage[Callable[[Report, Catalogue], Iterator[Fact]]]("build_tools.derive")
check = Stage[Callable[[Report, Edition], Iterator[Verdict]]]("build_tools.checks")
handbook_check = Stage[Callable[[Handbook, Edition], Iterator[Verdict]]]("build_tools.checks.handbooks")
chart = Stage[Callable[[PublishedReport, Publication], Iterator[Plot]]]("build_tools.charts")
page = Stage[Callable[[Publication], Iterator[File]]]("build_tools.pages")
page_beside = Stage[Callable[[Publication], Maker]]("build_tools.pages")
export = Stage[Callable[[Publication], Iterator[File]]]("build_tools.exports")
export_beside = Stage[Callable[[Publication], Maker]]("build_tools.exports")
