"""What a handbook refers to: its own parts, its pages and the reports of the project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from build_tools.checks.handbooks.verdicts import verdict
from build_tools.model import Edition, Handbook, Reference, Verdict
from build_tools.stages import handbook_check
from build_tools.texts import suggestion

WORDS = {
    "steg": "steget",
    "roller": "rollen",
    "blanketter": "blanketten",
    "aktiviteter": "aktiviteten",
    "program": "programmet",
    "siffror": "siffertabellen",
    "licenskort": "licenskortet",
    "processer": "processen",
    "rutiner": "rutinen",
    "skalor": "skalan",
    "listor": "listan",
    "tabeller": "tabellen",
    "fall": "fallet",
    "litteratur": "verket",
    "sidor": "sidan",
    "rapporter": "rapporten",
    "avsnitt": "avsnittet",
    "varianter": "varianten",
    "kolumner": "kolumnen",
    "rader": "raden",
    "matt": "måttet",
}
"""What a thing of each section is called."""


HOMES = {"rapporter": "projektet", "matt": "katalogen över nyckeltal"}
"""Where a thing should stand, when not in the handbook itself."""


def known_parts(handbook: Handbook) -> dict[str, Collection[str]]:
    """The ids that there are, by section."""
    sections: dict[str, Collection[str]] = {
        "processer": handbook.processes,
        "rutiner": handbook.routines,
        "roller": handbook.roles,
        "aktiviteter": handbook.activities,
        "blanketter": handbook.forms,
        "skalor": handbook.scales,
        "program": handbook.programmes,
        "listor": handbook.lists,
        "tabeller": handbook.grids,
        "fall": handbook.cases,
        "siffror": handbook.figures,
        "litteratur": handbook.works,
        "licenskort": handbook.cards,
        "sidor": handbook.pages,
    }
    names = (*sections, "andringar")
    own: dict[str, Collection[str]] = {
        "avsnitt": names,
        "steg": [step for process in handbook.processes.values() for step in process.steps],
    }
    own |= {f"rutiner.{key}.varianter": routine.variants for key, routine in handbook.routines.items()}
    own |= {f"tabeller.{key}.kolumner": grid.columns for key, grid in handbook.grids.items()}
    for key, table in handbook.figures.items():
        own |= {f"siffror.{key}.kolumner": table.columns, f"siffror.{key}.rader": table.rows}
    return sections | own


@handbook_check("H01a", "Det som handboken hänvisar till finns")
def references_exist(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Steg, roller, blanketter, aktiviteter och annat som handboken nämner ska finnas i handboken."""
    known = known_parts(handbook) | {"matt": edition.catalogue.measures}
    for reference in handbook.references:
        if reference.kind == "rapporter" or reference.owner == "andringar":
            continue
        there = known.get(reference.kind, ())
        holds = reference.name in there
        yield verdict(holds, reference.owner, reference.where, _unknown(reference, there))


@handbook_check("H05a", "En ändring nämner sidor och rapporter som finns")
def changes_touch_what_there_is(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En ändring räknar upp de sidor i handboken och de rapporter som den berör. De ska finnas."""
    known: dict[str, Collection[str]] = {"sidor": handbook.pages, "rapporter": edition.reports}
    for reference in handbook.references:
        if reference.owner == "andringar":
            there = known[reference.kind]
            yield verdict(reference.name in there, "andringar", reference.where, _unknown(reference, there))


def _unknown(reference: Reference, there: Collection[str]) -> Callable[[], str]:
    what = WORDS.get(reference.kind.rpartition(".")[2], reference.kind)
    section = reference.owner.partition(".")[0]
    home = HOMES.get(reference.kind, "handboken")
    remedy = suggestion(reference.name, there) or " Rätta namnet, eller lägg till det som fattas."
    return lambda: f"Under {section} nämns {what} ”{reference.name}”, som inte finns i {home}.{remedy}"
