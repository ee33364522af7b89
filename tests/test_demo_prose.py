"""The demo's prose: of the right length, silent about protected figures, and true to its data."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
import yaml

from tests.demo import ROOT
from tests.told import SINGLE, WORDS, percent, published, running, spoken, spoken_measure, spoken_share

PARTS = ("Beskrivning", "Analys", "Reflektion")


def read(path: str) -> str:
    """A file of the project as text."""
    return (ROOT / path).read_text(encoding="utf-8")


def data(path: str) -> Any:
    """A file of the project as plain YAML."""
    return yaml.safe_load(read(path))


PROSE = read("content/rapporter/sater/2021.md")
REPORT = data("data/rapporter/sater/2021.yml")
TEMPLATE = data("data/mallar.yml")["samverkansteam"]["avsnitt"]


def split(text: str, level: int) -> dict[str, str]:
    """The text under each heading of one level, by the heading."""
    pieces = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


SECTIONS = {int(title.split(".")[0]): text for title, text in split(PROSE, 2).items()}


SATER = published()["sater/2021"]
told = SATER.told


def test_headings_are_the_templates() -> None:
    """The report has the template's ten sections, in order and with its very words."""
    wanted = [f"{s['nr']}. {s['rubrik']}" for s in TEMPLATE if s["nr"]]
    assert list(split(PROSE, 2)) == wanted
    assert PROSE.splitlines()[0] == "# Samverkansteam Säter – årsrapport 2021"


@pytest.mark.parametrize("number", sorted(SECTIONS))
def test_length_of_a_section(number: int) -> None:
    """A section has 60 to 250 words."""
    count = len(re.findall(r"\w+(?:[-,\u00a0]\w+)*", running(SECTIONS[number])))
    assert 60 <= count <= 250


@pytest.mark.parametrize("number", sorted(SECTIONS))
def test_parts_are_those_of_the_source(number: int) -> None:
    """A section has the three parts with text in each; the source has no Analys in section 8."""
    parts = split(SECTIONS[number], 3)
    assert tuple(parts) == tuple(part for part in PARTS if (number, part) != (8, "Analys"))
    assert all(running(text).strip() for text in parts.values())


def test_writer_places_a_chart_and_a_table() -> None:
    """The text places a chart and a table, each alone in its paragraph and with a caption."""
    placed = re.findall(r"\n\n!\[([^\]]+)\]\((diagram|tabell):([a-z_]+)\)\n\n", PROSE)
    assert len(placed) == PROSE.count("![")
    assert {kind for _caption, kind, _name in placed} == {"diagram", "tabell"}


def test_swedish_typography() -> None:
    """Thousands have no-break spaces, shares are in words, and no range or minus is an ASCII hyphen."""
    assert not re.search(r"\d \d{3}\b|\d\.\d|%|(?:^|\s)-\d|\d-\d", PROSE)


@pytest.mark.parametrize("number", sorted(SECTIONS))
def test_no_protected_figure_is_told(number: int) -> None:
    """No sentence gives a protected cell away, neither as a number nor as a share nor as a word."""
    assert told(SECTIONS[number]) == set()


def test_what_is_looked_for_is_what_the_build_protects() -> None:
    """Exits, small referrers, single kinds of support, and means of few are among the hidden figures."""
    looked_for = {cell for cell, _ in SATER.forbidden()}
    assert {
        "avslut.arbete",
        "avslut.tidigt_avhopp",
        "avslut.flytt",
        "aktualiserad_av.arbetsformedlingen",
        "forsorjning.ingen_offentlig",
        "genomstromningstid.man",
        "mal.andel",
    } <= looked_for
    assert told("Tre av fyra nådde målet, och en deltagare gick vidare till studier.") == {
        "mal.andel",
        "avslut.studier",
    }


def test_reasons_of_accepted_findings_tell_no_protected_figure() -> None:
    """The published reason of an accepted finding gives no protected cell away."""
    reasons = [row["skal"] for row in data("data/godtagna.yml") if row["plats"].startswith("sater/2021#")]
    assert reasons
    assert told("\n".join(reasons)) == set()


def test_no_single_person_is_told_of() -> None:
    """Nobody is told of alone, no youngest or oldest, and no reason why staff were away."""
    words = rf"\b(?:{SINGLE})|yngsta|äldsta|sjukskriv|sjukfrånvaro|föräldraled|tjänstledig|vikari"
    assert re.findall(words, running(PROSE), re.IGNORECASE) == []


@pytest.mark.parametrize(
    ("value", "names", "sentence"),
    [
        (7, ["Primärvården", "vårdcentralen"], "Primärvården aktualiserade sju personer."),
        (7, ["Primärvården"], "Bakom 7 av deltagarna stod primärvården."),
        (7, ["Studier"], "Merparten gick till studier."),
        (1, ["Studier"], "En deltagare gick vidare till studier."),
        (1, ["Kommunens boendestöd"], "Enstaka kom genom kommunens boendestöd."),
        (24, ["Försörjningsstöd"], "Försörjningsstöd hade tjugofyra personer."),
    ],
)
def test_spoken_finds_a_number_beside_its_noun(value: int, names: list[str], sentence: str) -> None:
    """A count is found in digits, in letters and as a share, before and after its noun."""
    assert any(pattern.search(sentence) for pattern in spoken(value, names))


@pytest.mark.parametrize(
    "sentence",
    [
        "Primärvården stod för 17 personer.",
        "Sju kom från regionen. Primärvården var inte med.",
        "Resten kom från primärvården.",
        "Primärvården bidrog med 7,5 procent.",
        "Primärvården kostade 7\u00a0000 kronor, inte 1\u00a0007.",
    ],
)
def test_spoken_leaves_other_numbers_alone(sentence: str) -> None:
    """Another number, or the same number in another sentence, gives nothing away."""
    assert not any(pattern.search(sentence) for pattern in spoken(7, ["Primärvården"]))


@pytest.mark.parametrize(
    "sentence",
    [
        "tre av fyra nådde målet",
        "6\u00a0av\u00a08",
        "sex av de åtta",
        "75 procent",
        "75,0\u00a0%",
        "tre fjärdedelar",
    ],
)
def test_spoken_share_finds_every_form(sentence: str) -> None:
    """A share is found as counts, as a simple fraction and as percent."""
    assert any(pattern.search(sentence) for pattern in spoken_share(6, 8))


@pytest.mark.parametrize(
    "sentence", ["sex av tio", "16 av 80", "175 procent", "7,75 procent", "tre av fyrtio"]
)
def test_spoken_share_leaves_other_shares_alone(sentence: str) -> None:
    """A share that only looks alike gives nothing away."""
    assert not any(pattern.search(sentence) for pattern in spoken_share(6, 8))


@pytest.mark.parametrize("sentence", ["2,5 år", "två och ett halvt år", "i 2,5\u00a0års tid"])
def test_spoken_measure_finds_a_mean(sentence: str) -> None:
    """A mean is found with its unit, also in letters."""
    assert any(pattern.search(sentence) for pattern in spoken_measure(Decimal("2.5"), "år"))


def test_spoken_measure_leaves_other_means_alone() -> None:
    """A mean that only ends alike gives nothing away."""
    patterns = spoken_measure(Decimal("2.5"), "år")
    assert not any(pattern.search("12,5 år eller 2,5 månader") for pattern in patterns)


def test_every_protected_cell_would_be_found() -> None:
    """Each kind of protected cell yields patterns, so that silence means something."""
    cells = {cell for cell, _pattern in SATER.forbidden()}
    assert {cell.split(".")[0].split("@")[0] for cell in cells} == {
        "aktualiserad_av",
        "alder",
        "ar_i_offentlig_forsorjning",
        "avslut",
        "forsorjning",
        "genomstromningstid",
        "mal",
    }


FLOW = REPORT["flode"]
MONEY = REPORT["ekonomi"]
AGES = {group: mean["medel"] for group, mean in REPORT["alder"][0].items() if isinstance(mean, dict)}
TOLD = REPORT["foregaende"]["alder"][0]
AGES_BEFORE = {group: mean["medel"] for group, mean in TOLD.items() if isinstance(mean, dict)}
LEFT = {group: FLOW["ingang"][group] + FLOW["nya"][group] - FLOW["utgang"][group] for group in FLOW["nya"]}
GIVEN = REPORT["uppgifter"]
REFERRED = REPORT["fordelningar"][0]["celler"]
SUPPORT = REPORT["fordelningar"][1]["celler"]
LARGE = {code: value for code, value in REFERRED.items() if value >= 5}
INSURED = sum(value for code, value in SUPPORT.items() if code.startswith("fk."))
REACHED = sum(
    value
    for code, value in REPORT["avslut"]["celler"].items()
    if code.split(".")[0] in REPORT["definitioner"]["mal_orsaker"]
)
MEETINGS = {meeting["forum"]: meeting for meeting in REPORT["moten"]}
STAFF = {post["roll"]: post for post in REPORT["bemanning"]["befattningar"]}
GROUPS = ("kvinna", "man")
YEARS = ("2020", "2021")
BOUND: list[tuple[int, str, list[Any]]] = [
    (1, r"(\d+) deltagare, (\d+) kvinnor och (\d+) män", [FLOW["totalt"][g] for g in ("alla", *GROUPS)]),
    (1, r"socialtjänsten, som aktualiserade (\d+)", [REFERRED["kommun.socialtjanst"]]),
    (1, r"öppenvårdspsykiatrin, som aktualiserade (\d+)", [REFERRED["region.psykiatri"]]),
    (1, r"Försäkringskassan stod för (\d+)", [REFERRED["forsakringskassan"]]),
    (1, r"Resten, också (\d+)", [sum(REFERRED.values()) - sum(LARGE.values())]),
    (1, r"från Försäkringskassan hade (\d+)", [INSURED]),
    (1, r"De andra (\d+)", [sum(SUPPORT.values()) - INSURED]),
    (1, r"medelåldern (\d+) år", [AGES["alla"]]),
    (
        1,
        r"(\w+) år yngre än männen, (\d+) år mot (\d+)",
        [AGES["man"] - AGES["kvinna"], *(AGES[g] for g in GROUPS)],
    ),
    (1, r"från (\d+) år 2020 till (\d+) år 2021", [AGES_BEFORE["alla"], AGES["alla"]]),
    (1, r"från (\d+) till (\d+) år", [AGES_BEFORE["kvinna"], AGES["kvinna"]]),
    (
        1,
        r"Männens medelålder var (\d+) år båda",
        [AGES["man"] if AGES["man"] == AGES_BEFORE["man"] else None],
    ),
    (2, r"återkommer alltså (\w+) gånger i veckan", [GIVEN["grupp.fysisk_aktivitet_per_vecka"]]),
    (2, r"arbetstränade (\d+)", [GIVEN["deltagare.i_arbetstraning"]]),
    (3, r"med (\d+) inskrivna, (\d+) kvinnor och (\d+) män", [FLOW["ingang"][g] for g in ("alla", *GROUPS)]),
    (3, r"skrevs (\d+) nya in, (\d+) kvinnor och (\d+) män", [FLOW["nya"][g] for g in ("alla", *GROUPS)]),
    (3, r"och (\d+) avslutades, (\d+) kvinnor och (\d+) män", [LEFT[g] for g in ("alla", *GROUPS)]),
    (
        3,
        r"slut var (\d+) inskrivna, (\d+) kvinnor och (\d+) män",
        [FLOW["utgang"][g] for g in ("alla", *GROUPS)],
    ),
    (3, r"alla (\d+) deltagare", [FLOW["totalt"]["alla"]]),
    (3, r"var ([\d,]+)\s+procent kvinnor", [percent(FLOW["totalt"]["kvinna"], FLOW["totalt"]["alla"], 1)]),
    (3, r"Dit kom (\w+) av (\w+)", [REACHED, LEFT["alla"]]),
    (3, r"De (\d+) som nådde målet", [REACHED]),
    (3, r"inskrivna i (\d+)\s+månader", [REPORT["varaktighet"][0]["alla"]["medel"]]),
    (3, r"knappt (\d+)\s+år", [REPORT["varaktighet"][1]["alla"]["medel"]]),
    (4, r"fanns (\w+) tjänster som coach", [STAFF["coach"]["antal"]]),
    (4, r"med (\d+)\s+procent av en heltid", [STAFF["arbetsformedlare"]["procent"]]),
    (4, r"sammanlagt (\d+) ledamöter", [GIVEN["personal.representantgrupp_ledamoter"]]),
    (4, r"(\w+) digitala möten hölls", [MEETINGS["representantgrupp"]["hallna"]]),
    (4, r"hölls och (\w+) ställdes in", [MEETINGS["representantgrupp"]["installda"]]),
    (5, r"Alla (\w+) medarbetarna har grundutbildning", [GIVEN["personal.lf_grundutbildade"]]),
    (5, r"och (\w+) har även utbildning för gruppledare", [GIVEN["personal.lf_gruppledarutbildade"]]),
    (
        5,
        r"och (\w+) har även utbildning för gruppledare och i ledarskap",
        [GIVEN["personal.lf_ledarskapsutbildade"]],
    ),
    (5, r"(\w+) gånger fick teamet handledning", [GIVEN["personal.handledningstillfallen"]]),
    (6, r"av (\w+) coacher", [STAFF["coach"]["antal"]]),
    (6, r"(\d+)\s+procent av en heltid", [REPORT["bemanning"]["avtalad_niva_procent"]]),
    (7, r"Styrgruppen har (\d+) ledamöter", [GIVEN["styrgrupp.ledamoter"]]),
    (8, r"var (\w+) digitala möten inplanerade", [MEETINGS["styrgrupp"]["planerade"]]),
    (8, r"men (\w+) av dem ställdes in", [MEETINGS["styrgrupp"]["installda"]]),
    (9, r"begärde ([\d\s]+)kronor", [MONEY["askat"]]),
    (9, r"tilldelades ([\d\s]+)kronor", [MONEY["tilldelat"]]),
    (9, r"till slut ([\d\s]+)kronor", [MONEY["summa"]["utfall"]]),
    (9, r"drygt ([\d\s]+)kronor mer", [(MONEY["summa"]["utfall"] - MONEY["tilldelat"]) // 1000 * 1000]),
    (
        9,
        r"personalen: ([\d\s]+)kronor, mot ([\d\s]+)kronor",
        [MONEY["rader"]["personal"][c] for c in ("utfall", "budget")],
    ),
    (9, r"gymträning in (\w+) gånger i veckan", [GIVEN["grupp.gymtraning_per_vecka"]["antal"]]),
    (10, r"sedan juni (\d+)", [2018]),
]


def plain(text: str) -> str:
    """A number of the prose as digits: without spaces, and small words as figures."""
    lowered = re.sub(r"\s", "", text).lower()
    return str(WORDS.index(lowered)) if lowered in WORDS else {"ett": "1"}.get(lowered, lowered)


@pytest.mark.parametrize(("number", "sentence", "values"), BOUND, ids=lambda value: str(value)[:40])
def test_number_in_prose_is_that_of_the_data(number: int, sentence: str, values: list[Any]) -> None:
    """A number in the text is the figure that its sentence speaks of."""
    found = re.search(sentence, running(SECTIONS[number]))
    assert found, sentence
    assert [plain(text) for text in found.groups()] == [str(value) for value in values]


@pytest.mark.parametrize("number", sorted(SECTIONS))
def test_no_number_in_digits_is_left_unbound(number: int) -> None:
    """Every number in digits, years apart, stands in a sentence that is compared with the data."""
    text = running(SECTIONS[number])
    sentences = [sentence for place, sentence, _values in BOUND if place == number]
    bound = [match for sentence in sentences for match in re.finditer(sentence, text)]
    spans = [match.span(group) for match in bound for group in range(1, len(match.groups()) + 1)]
    found = [match for match in re.finditer(r"\d[\d\u00a0,]*\d|\d", text) if match.group() not in YEARS]
    loose = [match.group() for match in found if not any(a <= match.start() < b for a, b in spans)]
    assert loose == []


def test_what_kept_within_budget_and_what_did_not() -> None:
    """The text names the budget rows that cost more than planned and those that did not."""
    over = {row for row, money in MONEY["rader"].items() if money["utfall"] > money["budget"]}
    assert over == {"personal", "lokaler"}
    assert "lokalerna blev dyrare än planerat" in PROSE
    assert "externa tjänster och övriga kostnader höll sig inom sin budget" in PROSE
