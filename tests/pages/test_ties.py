"""What the rules bind together: formulas in words, and the drawings of which figures hang together."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.build import build, examine, rules
from build_tools.model import Catalogue, Kind, Measure, Publication, Tie, Tied, Where
from build_tools.pages.ties import Net, Place, formula, formulas, nets
from build_tools.protect import protect
from tests.casefiles import write_project
from tests.pages.test_pages import read

WRITTEN = """
flode:
  ingang: {kvinna: 12, man: 15, alla: 27}
  nya: {kvinna: 10, man: 11}
  utgang: {kvinna: 9, man: 14}
  totalt: 48
avslut: {population: avslutade, summa: 25, celler: {arbete: 13, studier: 12}}
uppgivet:
  - {cell: flode.nya, varde: 21}
"""
LAST_YEAR = """
=== data/rapporter/nord/2023.yml
flode: {utgang: {kvinna: 12, man: 15}}
rapport:
  insats: nord
  typ: arsrapport
  mall: liten
  period: {start: 2023-01-01, slut: 2023-12-31, typ: kalenderar}
  status: STATUS
"""


def publication(root: Path, written: str) -> Publication:
    """What a case's project publishes."""
    write_project(root, written)
    seen = examine(root)
    return protect(seen.edition, seen.accepted, seen.reviews, rules())


def drawn(net: Net) -> list[str]:
    """A drawing as text: the rules of each column, then the figures with their signs."""
    heads = ["/".join(link.text for link in head.rules) + "<" * head.bound for head in net.heads]
    rows = [f"{label}: {' '.join(_seen(place) for place in places)}" for label, places in net.rows]
    return [" ".join(heads), *rows]


def _seen(place: Place) -> str:
    return place.sign or ("|" if place.above and place.below else ".")


def test_the_drawing_joins_the_figures_of_each_equation(tmp_path: Path) -> None:
    """Flow and totals hang together; the sexes and the categories of any measure are drawn by themselves."""
    flow, within = nets(publication(tmp_path, WRITTEN))
    assert drawn(flow) == [
        "R01a R01b< R02a R02b",
        "Inskrivna vid periodens start: + − + .",
        "Nya deltagare: + − + .",
        "Inskrivna vid periodens slut: − + | +",
        "Deltagare under perioden: | . − −",
        "Avslut efter orsak: − . . +",
    ]
    assert drawn(within)[0] == "R03a R04a"


def test_last_year_is_a_figure_of_its_own(tmp_path: Path) -> None:
    """The closing of the year before hangs together with the opening of this one."""
    flow = nets(publication(tmp_path, WRITTEN + LAST_YEAR.replace("STATUS", "slutlig")))[0]
    assert any("året före" in label for label, _places in flow.rows)
    assert any(link.text == "R33b" for head in flow.heads for link in head.rules)


def test_a_draft_tells_nothing(tmp_path: Path) -> None:
    """What only a draft states is no part of the drawings or the formulas."""
    money = "\nekonomi: {rader: {personal: {budget: 9, utfall: 8, avvikelse: 1}}}\n"
    for status, there in (("slutlig", True), ("utkast", False)):
        (tmp_path / status).mkdir()
        found = publication(tmp_path / status, WRITTEN + LAST_YEAR.replace("STATUS", status) + money)
        assert any(net.title == "Pengarna" for net in nets(found)) == there
        assert ("R10a" in formulas(found)) == there


def test_the_structure_tells_no_number(tmp_path: Path) -> None:
    """Other numbers in the same places give the same formulas and drawings, whether they hold or not."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    other = (
        WRITTEN.replace("12", "2").replace("15", "7001").replace("48", "3").replace("varde: 21", "varde: 4")
    )
    one, two = publication(tmp_path / "a", WRITTEN), publication(tmp_path / "b", other)
    assert formulas(one) == formulas(two)
    assert nets(one) == nets(two)


def test_the_page_tells_the_formulas_of_each_rule(tmp_path: Path) -> None:
    """Who cannot see the drawing reads the same under each rule."""
    write_project(tmp_path, WRITTEN)
    built = build(tmp_path)
    text = read(next(str(file.content) for file in built.files if file.path == "om/kontroller.md"))
    assert "Deltagarna\nTal | R01a | R01b högst | R02a | R02b" in text
    assert "Inskrivna vid periodens start + nya deltagare = avslut efter orsak + inskrivna" in text
    assert "\nAlla (angivet) = kvinnor + män\n" in text
    assert "\nSumman (angivet) = kategorierna\n" in text
    assert "\nTalet (angivet) = talet\n" in text


CATALOGUE = Catalogue({"a": Measure("a", "Arbete", "", "personer", Kind.COUNT, Where(""))}, {}, {}, {})


@pytest.mark.parametrize(
    ("tie", "told"),
    [
        (Tie("andel", ((Tied("a", group="man"), 1), (Tied("a"), -1))), "Andelen = 100 · män / alla"),
        (Tie("hogst", ((Tied("a"), 1), (Tied("SUS"), -1))), "Arbete är högst SUS"),
        (
            Tie("jamfor", tuple((Tied("a", point=one), 0) for one in ("fore", "efter", "forandring"))),
            "Före jämförs med efter och förändringen",
        ),
        (Tie("lika", ((Tied("a"), 1), (Tied("a", earlier=True), -1))), "Talet = talet (året före)"),
    ],
)
def test_a_formula_is_swedish(tie: Tie, told: str) -> None:
    """What all figures of a formula share is left out; a measure that is not known goes by its id."""
    assert formula(tie, CATALOGUE) == told
