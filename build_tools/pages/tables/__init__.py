"""The tables of a report, by the names that templates and writers use: `tabell:flode`, `tabell:enkat` …"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.pages.grids import Grid
from build_tools.pages.tables.context import Context, readable
from build_tools.pages.tables.distributions import before_after, distribution
from build_tools.pages.tables.figures import goals, others
from build_tools.pages.tables.organisation import economy, meetings, parties, staffing
from build_tools.pages.tables.participants import flow, means
from build_tools.pages.tables.projects import goals as goals_set
from build_tools.pages.tables.projects import ladder, re_aim
from build_tools.pages.tables.surveys import answers, ratings
from build_tools.pages.tables.transitions import transitions

__all__ = ["MAKERS", "Context", "readable", "tables"]

Maker = Callable[[Context], Iterator[Grid]]

MAKERS: dict[str, Maker] = {
    "flode": flow,
    "varaktighet": means(
        ("genomstromningstid", "ar_i_offentlig_forsorjning"), "Tid i insatsen och i offentlig försörjning"
    ),
    "alder": means(("alder",), "Medelålder"),
    "ekonomi": economy,
    "bemanning": staffing,
    "moten": meetings,
    "samverkan": parties,
    "uppgifter": others,
    "mal": goals,
    "enkat": answers,
    "fore_efter": before_after,
    "skattning": ratings,
    "omfattning": ladder,
    "re_aim": re_aim,
    "overgangar": transitions,
    "uppsatta_mal": goals_set,
}


def tables(name: str, context: Context) -> tuple[Grid, ...]:
    """The tables that a template or a writer asks for; none where the report has nothing for them."""
    maker = MAKERS.get(name)
    return tuple(maker(context) if maker else distribution(name, context))
