"""What is saved of a comparison says what its page says, in numbers that can be counted with, and no more."""

from __future__ import annotations

import csv as reader
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import pytest

from build_tools import compare, exports, pages, texts
from build_tools.addresses import csv_path, pair_path, saved_as, workbook_path
from build_tools.build import Built
from build_tools.exports.comparisons import comparisons, documents
from build_tools.exports.csv import BOM, DANGEROUS, csv
from build_tools.exports.tables import Document, Number, Sheet, Value, base, distinct, unit, value
from build_tools.exports.workbooks import workbook
from build_tools.fingerprints import fingerprint, fingerprints
from build_tools.model import Comparability, Fact, File, Publication
from build_tools.outlets import folder, site
from build_tools.pages.compare.ways import downloads
from tests.demo import published

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def publication() -> Publication:
    """The demo, compared."""
    return published()


@pytest.fixture(scope="module")
def made(publication: Publication) -> tuple[Document, ...]:
    """Every document of the demo."""
    return tuple(documents(publication))


def cells(content: bytes, sheet: int = 1) -> list[list[str]]:
    """The cells of a sheet as text, read from the workbook's own XML; empty ones in their places."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        strings = ElementTree.fromstring(packed.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        told = ["".join(text.text or "" for text in one.iter(f"{MAIN}t")) for one in strings]
        rows = ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314
    return [list(_row(row, told)) for row in rows.iter(f"{MAIN}row")]


def _row(row: ElementTree.Element, told: list[str]) -> Iterator[str]:
    at = 0
    for cell in row:
        letters = re.sub(r"\d", "", cell.attrib["r"])
        place = 0
        for letter in letters:
            place = place * 26 + ord(letter) - 64
        yield from [""] * (place - 1 - at)
        at = place
        content = cell.findtext(f"{MAIN}v") or ""
        yield told[int(content)] if cell.get("t") == "s" else content


def lines(content: bytes) -> list[list[str]]:
    """The rows of a CSV as a program reads them."""
    return list(reader.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_pair_is_saved_as_it_is_shown(publication: Publication, made: tuple[Document, ...]) -> None:
    """Each row has both figures, the difference, the verdict and its reasons, words for blanks too."""
    found = {document.page: document for document in made}
    for pairing in publication.comparisons.pairings:
        pair = publication.comparisons.pair(pairing)
        heading, *rows = lines(csv(found[pair_path(pairing)].sheets[0]))
        assert len(rows) == len(list(pair.rows()))
        for row, saved in zip(pair.rows(), rows, strict=True):
            told = dict(zip(heading, saved, strict=True))
            assert told["Nyckel"] == row.key
            assert told["Bedömning"] == row.comparison.verdict.value
            for shown, text in zip(row.shown, (saved[3], saved[5]), strict=True):
                assert text.replace(",", ".").lstrip("'") in _plainly(shown)
            for reason in row.comparison.reasons:
                assert reason.text.replace(texts.NBSP, " ") in told["Skäl"]
            if row.comparison.verdict is Comparability.NO:
                assert told["Skillnad"] == ""


def _plainly(shown: str) -> str:
    """A shown figure with the digits of its number in one piece."""
    joined = re.sub(rf"(?<=\d){texts.NBSP}(?=\d{{3}}(?!\d))", "", shown)
    return joined.replace(texts.NBSP, " ").replace(texts.MINUS, "-").replace(",", ".")


def test_no_number_has_more_decimals_than_are_shown(publication: Publication) -> None:
    """A saved number is the one that is shown, digit for digit: the unrounded one stays inside."""
    for peers in publication.comparisons.peers:
        for row in publication.comparisons.matrix(peers):
            for report, shown in row.shown.items():
                found, figure = value(shown), row.figures[report]
                if isinstance(found, Number):
                    assert isinstance(figure, Fact)
                    assert shown.startswith(texts.number(found.value))
                else:
                    assert not re.fullmatch(rf"{texts.MINUS}?\d+(,\d+)?", found)


@pytest.mark.parametrize(
    ("shown", "wanted", "behind", "called"),
    [
        ("39\u00a0% (20\u00a0av\u00a051)", Decimal(39), "20 av 51", "%"),
        ("1\u00a0550\u00a0000\u00a0kr", Decimal(1550000), "", "kr"),
        ("16,50\u00a0månader", Decimal("16.50"), "", "månader"),
        ("1\u00a0person", Decimal(1), "", "personer"),
        ("\u22123\u00a0procentenheter", Decimal(-3), "", "procentenheter"),
        ("+8", Decimal(8), "", ""),
        ("6\u00a0av\u00a08", "6 av 8", "", ""),
        ("knappt\u00a03\u00a0år", "knappt 3 år", "", ""),
        ("8–10", "8–10", "", ""),
        ("skyddad", "skyddad", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_figure_is_read_as_it_is_shown(shown: str, wanted: Decimal | str, behind: str, called: str) -> None:
    """A plain number can be counted with; a hedge, a range, a few of a few and a word stay words."""
    assert value(shown) == (Number(wanted) if isinstance(wanted, Decimal) else wanted)
    assert base(shown) == behind
    assert unit([shown]) == called


def test_csv_and_workbook_say_the_same(made: tuple[Document, ...]) -> None:
    """Cell for cell; only how a number is written differs."""
    for document in made:
        saved, shown = lines(csv(document.sheets[0])), cells(workbook(document))
        assert len(saved) == len(shown)
        for one, other in zip(saved[1:], shown[1:], strict=True):
            for a, b in zip(one, [*other, *[""] * (len(one) - len(other))], strict=True):
                assert a.lstrip("'") == b or float(a.replace(",", ".")) == float(b)


def test_a_workbook_has_remarks_and_definitions(publication: Publication, made: tuple[Document, ...]) -> None:
    """Every refusal and reservation is told, every correction with what stood first, every measure."""
    pairing = next(one for one in publication.comparisons.pairings if one.b == "ekvik/2022")
    document = next(one for one in made if one.page == pair_path(pairing))
    content = workbook(document)
    remarks, definitions = cells(content, 2), cells(content, 3)
    pair = publication.comparisons.pair(pairing)
    reasons = {reason.text for row in pair.rows() for reason in row.comparison.reasons}
    told = {row[3] for row in remarks}
    assert {text.replace(texts.NBSP, " ") for text in reasons} <= told
    assert any(row[2] == "rättelse" and "21 blev 19" in row[3] for row in remarks)
    assert {row.measure for row in pair.rows()} == {row[0] for row in definitions[1:]}
    assert any(row[6].startswith("version 1") for row in definitions[1:])


def test_the_same_figures_give_the_same_bytes(made: tuple[Document, ...]) -> None:
    """No clock and no chance is in a file: the day of a workbook is that of its newest figures."""
    for document in islice(made, 0, None, 5):
        assert workbook(document) == workbook(document)
        assert csv(document.sheets[0]) == csv(document.sheets[0])
        with zipfile.ZipFile(io.BytesIO(workbook(document))) as packed:
            core = packed.read("docProps/core.xml").decode()
        dates = set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core))
        assert dates == {f"{document.day.isoformat()}T00:00:00Z"}


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_text_becomes_a_formula(start: str) -> None:
    """A text that begins as a formula is a text in both, and a negative number is still a number."""
    sheet = Sheet("Siffror", ("A", "B"), ((f"{start}1+1", Number(Decimal("-1234.5"))),))
    assert lines(csv(sheet))[1] == [f"'{start}1+1", "-1234,5"]
    content = workbook(Document("x.md", "Prov", date(2021, 1, 1), "", (sheet,)))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_a_table_has_a_fixed_heading_and_filters(made: tuple[Document, ...]) -> None:
    """The heading stays in sight, and every table can be filtered."""
    with zipfile.ZipFile(io.BytesIO(workbook(made[0]))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        table = packed.read("xl/tables/table1.xml").decode()
    assert '<pane xSplit="2" ySplit="1"' in sheet
    assert "<autoFilter" in table


def test_a_table_without_rows_is_a_heading() -> None:
    """Two reports with nothing in common give a file that opens."""
    sheet: Sheet = Sheet("Siffror", ("A", "B"), ())
    assert lines(csv(sheet)) == [["A", "B"]]
    assert cells(workbook(Document("x.md", "Prov", date(2021, 1, 1), "", (sheet,)))) == [["A", "B"]]


def test_reports_of_one_name_are_told_apart() -> None:
    """A table has no two columns of one name, also where only the case differs."""
    assert distinct({"a/1": "Laget 2021", "b/1": "laget 2021", "c/1": "Annat"}) == (
        "Laget 2021 (a/1)",
        "laget 2021 (b/1)",
        "Annat",
    )


def test_a_fingerprint_follows_the_figures(publication: Publication) -> None:
    """It is the same for the same figures, and another for each report."""
    laid = publication.comparisons.laid
    prints = [fingerprint(laid(report)) for report in publication.reports]
    assert len(set(prints)) == len(prints)
    assert prints == [fingerprint(laid(report)) for report in publication.reports]
    assert all(re.fullmatch(r"[0-9a-f]{8}", one) for one in prints)


def test_a_comparison_is_made_once_for_its_page_and_its_files(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a group of comparisons is asked for by several pages and files, it compares once."""
    made: Counter[str] = Counter()

    def counting(name: str, run: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: object) -> object:
            made[f"{name} {given[0] if name in ('pair', 'roll_up') else ''}"] += 1
            return run(*given)

        return counted

    for name in ("pair", "runs", "matrix", "roll_up", "laid"):
        monkeypatch.setattr(compare, name, counting(name, getattr(compare, name)))
    makers = (*pages.beside(publication), *exports.beside(publication))
    compared = publication.comparisons
    several = next(one for one in compared.peers if len(one.reports) > 1)
    for group in compared.groups():
        if group.long == {"ljungvad"} or group.peers == (several,):
            made.clear()
            files = [file for maker in makers for file in maker(group)]
            reports = len({one for pair in group.pairings for one in (pair.a, pair.b)} | {*several.reports})
            assert len(files) > len(group.pairings) * 3
            assert made.pop("laid ") <= reports
            assert set(made.values()) == {1}
            kinds = {name.partition(" ")[0] for name in made}
            assert kinds == ({"pair", "runs"} if group.pairings else {"matrix", "roll_up"})


def test_groups_are_all_comparisons_each_once(publication: Publication) -> None:
    """No pair, year or long run is left out of the groups, and none is in two."""
    whole, groups = publication.comparisons, tuple(publication.comparisons.groups())
    assert sorted(one for group in groups for one in group.pairings) == sorted(whole.pairings)
    assert [one for group in groups for one in group.peers] == list(whole.peers)
    assert sorted(team for group in groups for team in group.long) == sorted(whole.long)
    assert whole.long
    assert whole.peers


def test_files_stand_beside_their_pages(publication: Publication) -> None:
    """Their address is the page's with another ending, and saved they are called by insats and years."""
    paths = {file.path for file in comparisons(publication)(publication.comparisons)}
    for pairing in publication.comparisons.pairings:
        assert {csv_path(pair_path(pairing)), workbook_path(pair_path(pairing))} <= paths
    assert saved_as("jamfor/ekvik/2021-mot-2022.csv", "7c1e9a2b") == "ekvik-2021-mot-2022-7c1e9a2b.csv"
    assert saved_as("insatser/ekvik/alla-ar.xlsx", "7c1e9a2b") == "ekvik-alla-ar-7c1e9a2b.xlsx"
    assert saved_as("jamfor/ar/sjobygden/2022.csv", "7c1e9a2b") == "sjobygden-2022-7c1e9a2b.csv"


def test_a_saved_file_is_called_by_the_fingerprint_that_is_in_it(
    publication: Publication, made: tuple[Document, ...]
) -> None:
    """Of two reports it is both of theirs, of more a short one of all; any of them changes it."""
    for document in made:
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{8})?", document.fingerprint)
    pairing = publication.comparisons.pairings[0]
    found = next(one for one in made if one.page == pair_path(pairing))
    (first, _second) = downloads(found.page, (pairing.a, pairing.b), publication)
    assert first.name.endswith(f"-{found.fingerprint}.xlsx")
    some = list(publication.reports)[:4]
    assert fingerprints(publication, some) != fingerprints(publication, some[::-1])


def test_shares_in_the_goal_are_saved_on_both_ways_of_counting(
    publication: Publication, made: tuple[Document, ...]
) -> None:
    """Each report has its own share beside those counted alike for all, or why there is none."""
    told = 0
    for document in made:
        for sheet in (one for one in document.sheets if one.name == "Andel i mål"):
            for row in sheet.rows:
                saved = dict(zip(sheet.columns, row, strict=True))
                told += 1
                assert saved["Rapport"]
                if not saved["Till arbete eller studier, av alla avslut"]:
                    assert str(saved["Anmärkning"]).startswith("Går inte att räkna")
    assert told > 20
    assert all(one.sheets[0].name == "Siffror" for one in made)


def test_both_outlets_hand_on_the_bytes(tmp_path: Path) -> None:
    """A workbook reaches the site and the plain folder as it was made."""
    (tmp_path / "content").mkdir()
    values: tuple[tuple[Value, ...], ...] = (("ÅÄÖ", Number(Decimal(3))),)
    document = Document(
        "jamfor/a/b.md", "Prov", date(2021, 1, 1), "", (Sheet("Siffror", ("A", "B"), values),)
    )
    files = (
        File("index.md", "# Prov\n"),
        File("jamfor/a/b.xlsx", workbook(document)),
        File("jamfor/a/b.csv", csv(document.sheets[0])),
    )
    built = Built((), files, (), date(2021, 1, 1))
    assert site.write(tmp_path, built, tmp_path / "site") == ()
    assert folder.write(tmp_path, built, tmp_path / "mapp") == ()
    for file in files[1:]:
        for outlet in (tmp_path / "site", tmp_path / "mapp" / "docs"):
            assert (outlet / file.path).read_bytes() == file.content
    assert (tmp_path / "site" / "jamfor/a/b.csv").read_bytes().decode().startswith(BOM)
