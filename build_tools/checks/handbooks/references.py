"""What a handbook refers to: its own parts, its pages and the reports of the project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from build_tools.addresses import POSTER, PRINTED
from build_tools.checks.handbooks.verdicts import verdict
from build_tools.model import DefinedMeasure, Edition, Handbook, HandbookPage, Heading, Reference, Verdict
from build_tools.stages import handbook_check
from build_tools.texts import anchor, ascii_words, suggestion

WORDS = {
    "steg": "steget",
    "roller": "rollen",
    "blanketter": "blanketten",
    "aktiviteter": "aktiviteten",
    "program": "programmet",
    "siffror": "siffertabellen",
    "licenskort": "licenskortet",
    "regler": "regeln",
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

TAKEN = ("index", PRINTED, POSTER)
"""Names of pages that nobody writes."""
HOMES = {"rapporter": "projektet", "matt": "katalogen över nyckeltal"}
"""Where a thing should stand, when not in the handbook itself."""


def known_parts(handbook: Handbook) -> dict[str, Collection[str]]:
    """The ids that there are, by section."""
    sections = handbook.sections()
    names = (*sections, "andringar")
    own: dict[str, Collection[str]] = {
        "avsnitt": names,
        "steg": [step for process in handbook.processes.values() for step in process.steps],
    }
    own |= {f"rutiner.{key}.varianter": routine.variants for key, routine in handbook.routines.items()}
    own |= {f"tabeller.{key}.kolumner": grid.columns for key, grid in handbook.grids.items()}
    for key, table in handbook.figures.items():
        own |= {f"siffror.{key}.kolumner": table.columns, f"siffror.{key}.rader": table.rows}
    return {**sections, **own}


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


@handbook_check("H01b", "Det som definierar ett mått står på en sida")
def definitions_are_shown(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En del som definierar ett mått visas på någon av handbokens sidor, och en rubrik som nämns finns i
    sidans text. Annars har måttets sida ingenstans att leda.
    """
    shown = {part for page in handbook.pages.values() for part in page.shows}
    for one in handbook.defined:
        if one.section == "sidor":
            page = handbook.pages[one.part]
            known = headings(page)
            message = (
                f"Måttet {one.measure} ska definieras under ”{one.heading}”, men sidan ”{page.title}” har "
                f"ingen sådan rubrik.{suggestion(one.heading, known) or ' Rätta ankaret, eller ta bort det.'}"
            )
            holds = not one.heading or one.heading in known
        else:
            holds = bool({one.section, f"{one.section}:{one.part}"} & shown) or _on_the_map(one, handbook)
            message = (
                f"Måttet {one.measure} definieras av {one.section}:{one.part}, som ingen sida visar. Nämn "
                "delen under visar på en sida."
            )
        yield verdict(holds, f"{one.section}.{one.part}", one.where, message)


def headings(page: HandbookPage) -> list[str]:
    """The anchors of the headings in a page's text."""
    return [piece.anchor for piece in (page.prose.body if page.prose else ()) if isinstance(piece, Heading)]


def _on_the_map(one: DefinedMeasure, handbook: Handbook) -> bool:
    """Whether it is a step of a process that stands on a page."""
    shown = {part for page in handbook.pages.values() for part in page.shows}
    own = (key for key, process in handbook.processes.items() if one.part in process.steps)
    return one.section == "steg" and any({"processer", f"processer:{key}"} & shown for key in own)


@handbook_check("H01c", "Varje sida har ett namn för sig")
def pages_have_names_of_their_own(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Webbplatsen gör själv sidor för utskrift, affischer och en första sida. Ingen sida i handboken får heta
    som de, och två kapitel får inte heta så lika att deras utskrifter blir samma fil.
    """
    chapters: dict[str, str] = {}
    for page in handbook.pages.values():
        taken = page.id in TAKEN or page.id.startswith(tuple(f"{one}-" for one in TAKEN))
        message = (
            f"Sidan ”{page.title}” heter {page.id}, men sådana namn har de sidor som webbplatsen gör själv. "
            "Byt namn på sidan och på dess textfil."
        )
        yield verdict(not taken, f"sidor.{page.id}", page.where, message)
        first = chapters.setdefault(anchor(ascii_words(page.group)), page.group)
        message = (
            f"Kapitlen ”{first}” och ”{page.group}” får samma namn när de skrivs ut. Skriv dem lika om de är "
            "samma kapitel, eller döp om ett av dem."
        )
        yield verdict(first == page.group, f"sidor.{page.id}", page.where, message)


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
