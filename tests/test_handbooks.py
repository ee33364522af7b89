"""Handbooks: their rules by Swedish cases, what is computed and withheld, and AMiA as it stands."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from build_tools.build import Examined, examine
from build_tools.checks.handbooks import review_handbooks
from build_tools.checks.handbooks.references import known_parts
from build_tools.derive.handbooks import completed
from build_tools.load.data_file import read_data_text
from build_tools.load.formats import HANDBOOK
from build_tools.load.handbooks import read_handbook
from build_tools.load.yaml_file import MapNode
from build_tools.model import Blank, Catalogue, Edition, Fact, Handbook, Kind, Mark
from build_tools.pages.explained import Glossary, glossary
from build_tools.protect import protect
from build_tools.stages import handbook_check
from tests.casefiles import Case, cases, rewrite, write_project
from tests.demo import examined as demo
from tests.test_schema import block, values

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "cases" / "metod"
ALL = [case for file in sorted(FOLDER.glob("*.md")) for case in cases(file)]
HOME = "data/metoder/prov.yml"
SHOWN = (
    *("processer", "rutiner", "roller", "aktiviteter", "blanketter", "skalor", "program"),
    *("listor", "tabeller", "fall", "siffror", "litteratur", "licenskort"),
)
"""The sections whose parts pages show."""
IDENTITY = """
handbok:
  namn: Prov
  slag: metod
  kort: Ett exempel.
  agare: {roll: Metodutvecklare, organisation: Förbundet}
  version: "1"
  reviderad: 2024-01-10
  granskas: 2026-01-10
  licens: Fri
  status: slutlig
"""


def handbook_of(case: str) -> str:
    """What a case has written, as the files of a project with a report that says nothing."""
    first, *others = re.split(r"^(?==== )", case, flags=re.MULTILINE)
    whole = first if "handbok:" in first else f"{first}\n{IDENTITY}"
    return "".join(("=== data/rapporter/nord/2024.yml\n", f"=== {HOME}\n", whole, "\n", *others))


def outcome(root: Path, case: str) -> Examined:
    """A case through the real loader and all checks."""
    write_project(root, handbook_of(case))
    return examine(root)


def told(seen: Examined) -> str:
    """The findings about handbooks, a line each."""
    own = [found for found in seen.findings if found.about.startswith("metoder/")]
    lines = [f"{one.code} {one.level} {one.where.line} {one.about} · {one.message}" for one in own]
    return "\n".join(lines) or "inga anmärkningar"


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_what_is_said_of_a_handbook(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each case gives the findings that stand under it, and no others."""
    given = told(outcome(tmp_path, case.written))
    if request.config.getoption("--regen", default=False):
        rewrite(case, given)
    else:
        assert given == case.expected.strip()


def test_every_rule_has_a_case_where_it_fails() -> None:
    """A rule that no case breaks is a promise that nobody has seen kept."""
    spoken = {code for case in ALL for code in re.findall(r"^H\d\d[a-z]", case.expected, re.MULTILINE)}
    assert spoken == {part.id for part in handbook_check.parts()}


def amia() -> Handbook:
    """AMiA with its computed figures."""
    return demo().edition.handbooks["amia"]


def value(table: str, row: str, column: str) -> Decimal | Mark | None:
    """The number or the word that stands in a place."""
    found = amia().figures[table].cell(row, column)
    return found.value if isinstance(found, Fact) else found.mark if found else None


def test_amia_has_all_its_parts() -> None:
    """The handbook's structure is whole: steps, ends, routines, tools, forms and pages as in the source."""
    process = amia().processes["amia"]
    assert len(process.steps) == 7
    assert [len(step.substeps) for step in process.steps.values()] == [5, 3, 1, 2, 0, 0, 1]
    assert len(process.ends) == 5
    assert len(amia().routines["lokala"].variants) == 4
    assert len(amia().activities) == 19
    assert len(amia().roles) == 21
    assert len(amia().pages) == 39 + len(["for-deltagaren"])
    assert len(amia().forms) >= 18
    assert len(amia().grids["rad"].rows) == 10


def test_every_rule_tries_something_in_amia() -> None:
    """A rule that finds nothing to try in a whole handbook is not known to work on one."""
    tried = {one.code for one in demo().reviews if one.report == "metoder/amia" and one.held + one.failed}
    assert tried == {part.id for part in handbook_check.parts()}


def test_amia_is_without_open_findings() -> None:
    """What the source has wrong is a note or an accepted finding; only its unwritten pages are told."""
    open_ones = [found for found in demo().findings if found.about.startswith("metoder/amia")]
    assert {found.code for found in open_ones} <= {"F54"}
    known = [found for found, _accepted in demo().accepted if found.about.startswith("metoder/")]
    assert [found.code for found in known] == ["H06c"]


def test_the_other_handbooks_are_whole() -> None:
    """Mitt Val, IPS and Lösningsfokus have their texts and nothing to remark on."""
    others = {"mitt-val", "ips-se", "losningsfokus"}
    assert set(demo().edition.handbooks) == {"amia", *others}
    open_ones = [found for found in demo().findings if found.about.startswith("metoder/")]
    assert {found.about.partition("#")[0] for found in open_ones} <= {"metoder/amia"}
    for name in others:
        pages = demo().edition.handbooks[name].pages
        assert 4 <= len(pages) <= 8
        assert all(page.prose for page in pages.values())
    assert len(demo().edition.handbooks["mitt-val"].programmes["kursen"].sessions) == 8


@pytest.mark.parametrize("name", ["amia", "mitt-val", "ips-se", "losningsfokus"])
def test_every_part_stands_on_a_page(name: str) -> None:
    """A part that no page shows is written for nobody; a licence card may follow what refers to it."""
    handbook = demo().edition.handbooks[name]
    shown = {part for page in handbook.pages.values() for part in page.shows}
    carried = {tool.card for tool in handbook.activities.values()}
    sections = known_parts(handbook)
    hidden = {
        f"{section}:{part}"
        for section in SHOWN
        for part in sections[section]
        if section not in shown and f"{section}:{part}" not in shown and part not in carried
    }
    assert hidden == set()


LEDGER = (Path(__file__).parent / "cases" / "facit" / "amia.txt").read_text("utf-8")
LEDGER_LINE = re.compile(r"(\w+) (\w+) (\w+) = (~|u(?=\d)|)([\d.]+|[a-z]+), (\d+)")


@pytest.mark.parametrize("line", [line for line in LEDGER.splitlines() if line and line[0] != "#"])
def test_every_figure_of_the_source_stands(line: str) -> None:
    """What the source says stands as it says it: the number or the word, how sure it is, and the page."""
    told = LEDGER_LINE.fullmatch(line)
    assert told, line
    name, row, column, hedge, expected, page = told.groups()
    table = amia().figures[name]
    found = table.cell(row, column)
    assert found is not None
    if isinstance(found, Fact):
        digits = len(expected.partition(".")[2])
        assert (round(found.value, digits), found.derivation is not None) == (Decimal(expected), hedge == "u")
        assert bool(found.hedge) == (hedge == "~")
    else:
        assert found.mark == expected
    assert int(page) in pages_of(table.rows[row].page or table.page)


def pages_of(told: str) -> set[int]:
    """The pages that a reference to the source names; an open end runs on."""
    spans = [part.strip().partition("–") for part in told.split(",")]
    return {
        number
        for first, dash, last in spans
        for number in range(int(first), int(last or (999 if dash else first)) + 1)
    }


def test_the_ledger_leaves_no_figure_out() -> None:
    """Every number of AMiA's tables has its line in the ledger, so none is changed by a slip of the pen.

    Repeated goals, ends of a range and what nobody asked for need none.
    """
    lines = {line.partition(" = ")[0].replace(" ", ".") for line in LEDGER.splitlines()}
    numbers = {
        cell
        for table in amia().figures.values()
        for cell, one in table.cells.items()
        if isinstance(one, Fact) and not one.derivation
    }
    assert numbers - lines == {
        *(f"utfall_90_dagar.{row}.mal" for row in ("nord", "ost", "syd", "vast")),
        "redo_grupper.syd.deltagare",
        "steget_vidare.alla.aldrar",
    }


PAGES = {path.stem: path.read_text("utf-8") for path in (ROOT / "content" / "metoder" / "amia").glob("*.md")}
"""The texts of AMiA's pages."""


def linked(page: str) -> set[str]:
    """The other pages that a page's text leads to."""
    return set(re.findall(r"\]\(([a-z0-9-]+)\.md[)#]", PAGES[page])) - {page}


def test_the_two_halves_of_amia_lead_to_each_other() -> None:
    """Each page leads on, also out of its own group, and from the first page all are reached."""
    groups = {page.id: page.group for page in amia().pages.values()}
    alone = {page for page in groups if not any(groups[to] != groups[page] for to in linked(page))}
    assert alone == set()
    reached, waiting = {"om-handboken"}, ["om-handboken"]
    while waiting:
        new = linked(waiting.pop()) - reached
        reached |= new
        waiting += sorted(new)
    assert reached == set(groups)
    process = {page for page, group in groups.items() if group == "Processen"}
    later = {page for page, group in groups.items() if group in ("Förhållningssätt", "Exempel", "Resultat")}
    assert {page for page in later if not linked(page) & process} == set()
    assert {page for page in process if not linked(page) & later} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "metoder").glob("*/*.md")), ids=lambda p: p.stem)
def test_a_page_says_the_most_important_first(path: Path) -> None:
    """Who has a minute reads the first lines: each page begins with what it says, in short."""
    heading, first, *_rest = path.read_text("utf-8").split("\n\n")
    assert heading.startswith("# ")
    assert first.startswith("**I korthet:** ")
    assert len(first.split()) <= 80


@pytest.mark.parametrize(
    ("table", "row", "column", "expected"),
    [
        ("deltagare", "alla", "alla", Decimal(1293)),
        ("deltagare", "alla", "kvinnor", Decimal(897)),
        ("deltagare", "alla", "man", Decimal(396)),
        ("deltagare_andra_uppgifter", "forordet", "antal", Decimal(1294)),
        ("deltagare_andra_uppgifter", "faktarutan", "antal", Mark.MISSING),
        ("mal_antal", "vidare", "mal", Decimal(420)),
        ("avslutsenkat_svar", "alla", "svar", Decimal(310)),
        ("avslutsenkat_svar", "alla_i_texten", "svar", Decimal(320)),
        ("bemanning", "vast", "handlaggare", Decimal(29)),
        ("bemanning", "vast", "arsarbetare", Decimal("11.7")),
        ("kom_igang", "provjobb", "antal", Mark.WITHHELD),
        ("forlorat", "diagram_1", "antal", Mark.MISSING),
    ],
)
def test_figures_of_amia(table: str, row: str, column: str, expected: Decimal | Mark) -> None:
    """The figures are those of the source; totals that it does not state are computed, as in its checks."""
    assert value(table, row, column) == expected


def test_shares_that_nobody_states_are_computed() -> None:
    """The share of women follows from the counts, and is marked as computed."""
    share = amia().figures["deltagare"].cell("nord", "andel_kvinnor")
    assert isinstance(share, Fact)
    assert share.derivation is not None
    assert round(share.value, 1) == Decimal("76.7")


def test_every_figure_has_page_base_and_time() -> None:
    """No figure of AMiA stands without the page in the source, the base and the time it is about."""
    for table in amia().figures.values():
        for row in table.rows.values():
            told = (row.page or table.page, row.base or table.base, row.as_of or table.as_of)
            assert all(told), (table.id, row.id)


def test_small_counts_never_reach_the_publication() -> None:
    """Also a figure whose finding somebody accepted is taken out of what may be shown."""
    edition = demo().edition
    table = amia().figures["redo"]
    few = replace(table.cells["redo.mer_vard.antal"], value=Decimal(2))  # type: ignore[type-var]
    changed = replace(table, cells={**table.cells, "redo.mer_vard.antal": few})
    handbook = replace(amia(), figures={**amia().figures, "redo": changed})
    leaky = replace(edition, handbooks={"amia": handbook})
    shown = protect(leaky, (), (), {}, drafts=True).handbooks["amia"].figures["redo"].cells
    found = shown["redo.mer_vard.antal"]
    assert isinstance(found, Blank)
    assert found.mark is Mark.PROTECTED
    assert all(
        not (0 < one.value < edition.smallest_group)
        for one in shown.values()
        if isinstance(one, Fact) and one.kind is Kind.COUNT
    )


def test_a_handbook_can_be_the_newest() -> None:
    """The newest day of the sources is that of a handbook, where no report is younger."""
    last = amia().days[-1]
    assert Edition(Catalogue({}, {}, {}, {}), handbooks={"amia": amia()}).newest == last
    assert demo().edition.newest == max(last, *(one.period.end for one in demo().edition.reports.values()))


def test_a_draft_is_not_published() -> None:
    """A handbook that is a draft shows in the preview only, with its accepted findings as notes."""
    edition, accepted = demo().edition, demo().accepted
    changed = replace(edition, handbooks={"amia": replace(amia(), status="utkast")})
    assert protect(changed, accepted, (), {}).handbooks == {}
    preview = protect(changed, accepted, (), {}, drafts=True)
    assert [note.code for note in preview.handbook_notes["amia"]] == ["H06c"]


def test_parts_may_stand_in_one_file_or_in_several(tmp_path: Path) -> None:
    """AMiA put together in one file is the same handbook as in its folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    home = tmp_path / "data" / "metoder"
    parts = sorted((home / "amia").glob("*.yml"))
    sections: dict[str, list[str]] = {}
    for part in parts:
        for section in re.split(r"^(?=[a-z]+:$)", part.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = section.partition("\n")
            sections.setdefault(head, []).append(body)
        part.unlink()
    whole = "".join(f"{head}\n{''.join(bodies)}\n" for head, bodies in sections.items())
    with (home / "amia.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{whole}")
    assert yaml.safe_load((home / "amia.yml").read_text("utf-8"))
    one = examine(tmp_path).edition.handbooks["amia"]
    assert list(one.activities) == list(amia().activities)
    assert one.processes.keys() == amia().processes.keys()
    assert {key: table.rows.keys() for key, table in one.figures.items()} == {
        key: table.rows.keys() for key, table in amia().figures.items()
    }
    assert set(one.lists) == set(amia().lists)


@settings(
    derandomize=True,
    database=None,
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(values(HANDBOOK))
def test_any_handbook_of_the_right_shape_is_read(value: object) -> None:
    """Whatever parts refer to each other, and whatever the figures: findings, never a traceback."""
    tree, _found = read_data_text(block(value), HOME, HANDBOOK)
    assert isinstance(tree, MapNode)
    handbook, _faults = read_handbook("prov", tree)
    edition = Edition(Catalogue({}, {}, {}, {}), handbooks={"prov": completed(handbook)})
    findings, reviews = review_handbooks(edition)
    assert {one.code for one in findings} <= {one.code for one in reviews if one.failed}
    assert all(finding.message for finding in findings)
    protect(edition, (), (), {}, drafts=True)


def known_words() -> Glossary:
    """The demo project's glossary, ready to be looked up in."""
    return glossary(demo().edition.terms)


FIELD = """
AF: Arbetsförmedlingen · Försäkringskassans: Försäkringskassan · FK-handläggare: Försäkringskassan
SKL: SKR · ESF-projekt: ESF · ISF: ISF · RKA: RKA · Kolada: Kolada · Digg: Digg · SCB: SCB · NNS: NNS
samordningsförbundens: samordningsförbund · förbundsordningen: förbundsordning · förbundschefen: förbundschef
styrgruppsmöte: styrgrupp · huvudmännen: huvudman · volyminsatser: volyminsats · remitterades: remittera
nyinskrivna: inskriven · utskrivningen: utskrivning · avslutsorsaken: avslutsanledning
dropout: tidigt avhopp · invånarnas: invånare
genomströmningstiden: genomströmningstid · försörjningsstödet: försörjningsstöd · SJP: sjukpenning
sjukpenningdagar: sjukpenning · rehabiliteringspenningen: rehabiliteringspenning · SA: sjukersättning
aktivitetsersättningen: aktivitetsersättning · aktivitetsstödet: aktivitetsstöd · a-kassan: a-kassa
studiemedlen: studiemedel · föräldrapenningen: föräldrapenning · SGI: SGI · lönebidragsanställning: lönebidrag
nystartsjobbet: nystartsjobb · arbetstränade: arbetsträning · praktikplatser: praktik · SIUS-konsulent: SIUS
GK: gemensam kartläggning · omställningsmöten: omställningsmöte · REKO: rehabkoordinator · TRISAM: TRISAM
SIP: SIP · LSS: LSS · boendestödet: boendestöd · IFO: individ- och familjeomsorg · AME: arbetsmarknadsenhet
IPS: individanpassat stöd till arbete · SE: Supported Employment · fidelity: programtrohet · ReDO: ReDO
MI: motiverande samtal · LF: lösningsfokus · ORS: ORS och SRS · SRS: ORS och SRS · FIT: FIT
livshjulets: livshjul · RE-AIM: RE-AIM · följeforskningen: följeforskare · lägesrapporter: lägesrapport
årsredovisningens: årsredovisning · tertialet: tertial · äskade: äska · prognosen: prognos
ansvarsfriheten: ansvarsfrihet · prickning: röjandekontroll · skaderekvisit: menprövning · gallras: gallring
tillgänglighetsredogörelsen: tillgänglighetsredogörelse · dnr: diarienummer · SUS: SUS · Finsam: Finsam
ALI: Arbetslivsintroduktion · AVP-beslut: AVP · AMO: arbetsmarknadsområde
avaktualiserades: avaktualiserad · LFC: lokalt försäkringscenter · PHL: personlig handläggare
SASSAM-kartläggning: SASSAM · LUH: läkarutlåtande om hälsotillstånd · LOH: läkarutlåtande om hälsotillstånd
ÄHS: ÄHS · AIS: AIS · df: försäkrad · FaR: fysisk aktivitet på recept · PM: promemoria
för-rehab: för-rehab · egenmakten: egenmakt · trepartsmöten: trepartsmöte · utförsäkrad: utförsäkring
"""
"""Words as they stand in reports and handbooks: their terms."""


@pytest.mark.parametrize(
    "pair", [one.strip() for line in FIELD.split("\n") for one in line.split("·") if one.strip()]
)
def test_the_glossary_knows_the_words_of_the_field(pair: str) -> None:
    """Short forms, inflected forms and compounds of the field lead to the term that explains them."""
    word, _, term = pair.partition(": ")
    found = known_words().word(word)
    assert found is not None
    assert found.term.term == term


@pytest.mark.parametrize("word", ["målet", "praktiken", "kön", "paletter", "se", "fit", "gruppen"])
def test_words_of_everyday_language_are_left_alone(word: str) -> None:
    """A word that only looks like a term has no explanation: a wrong one is worse than none."""
    assert known_words().word(word) is None


def test_no_form_belongs_to_two_terms() -> None:
    """Which explanation a word gets never hangs on the order of the file."""
    owners: dict[str, set[str]] = {}
    for term in demo().edition.terms:
        for form in (term.term, *term.forms):
            owners.setdefault(form, set()).add(term.term)
    assert {form: told for form, told in owners.items() if len(told) > 1} == {}
