"""Two reports side by side: every row of a pair stands on its page, and every way on it leads somewhere."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from build_tools.addresses import pair_path
from build_tools.model import (
    AlignedSection,
    Alignment,
    Comparability,
    Kind,
    Pairing,
    Run,
    Shape,
    Standing,
    Step,
)
from build_tools.pages.compare.marks import dumbbell, spark
from build_tools.pages.compare.pair import pairs
from build_tools.pages.compare.rewritten import rewritten
from build_tools.pages.compare.rows import common
from tests.demo import published as demo
from tests.pages.test_around import SCRIPT, pages, rewrite, with_years

PAIRINGS = demo().comparisons.pairings
NAMES = [pair_path(pairing) for pairing in PAIRINGS]
ALONE = {"input", "br", "img", "meta", "circle", "path", "hr"}
ROW = re.compile(r'<tr id="([^"]+)" data-nyckel="([^"]+)" class="sr-dom sr-dom--(\w+)[^>]*>(.*?)</tr>')


@cache
def written() -> dict[str, str]:
    """The page of every pair of the demo."""
    return {file.path: str(file.content) for file in pairs(demo())(demo().comparisons)}


class Tags(HTMLParser):
    """What is open and what has been closed in the wrong place; ids, and ways within the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = re.findall(r"\{: #([\w-]+) \}", page)
        self.ways: list[str] = []
        self.feed(page.split("---\n", 2)[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        told = dict(attrs)
        self.ids += [told["id"]] if told.get("id") else []  # type: ignore[list-item]
        way = told.get("href") or ""
        self.ways += [way[1:]] if way.startswith("#") else []
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if tag in ALONE:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_every_pair_has_one_page() -> None:
    """The pages are those of the pairings, no more and no fewer."""
    assert sorted(written()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_markup_is_whole(name: str) -> None:
    """Elements are closed in order, no two ids are alike, and ways within the page lead to something."""
    seen = Tags(written()[name])
    assert (seen.open, seen.wrong) == ([], [])
    assert len(seen.ids) == len(set(seen.ids))
    assert set(seen.ways) - set(seen.ids) == set()


@pytest.mark.parametrize("pairing", PAIRINGS, ids=NAMES)
def test_every_row_stands_once_with_its_verdict(pairing: Pairing) -> None:
    """What the comparison has is what the page shows, and a refused difference is never told."""
    pair = demo().comparisons.pair(pairing)
    seen = {key: (verdict, html) for _, key, verdict, html in ROW.findall(written()[pair_path(pairing)])}
    assert sorted(seen) == sorted(row.key for row in pair.rows())
    for row in pair.rows():
        verdict, html = seen[row.key]
        assert (verdict == "nej") == (row.comparison.verdict is Comparability.NO)
        assert ("kan inte jämföras</td>" in html) == (row.comparison.difference is None)
        assert "<td></td>" not in html


@pytest.mark.parametrize("pairing", PAIRINGS, ids=NAMES)
def test_every_reason_is_told(pairing: Pairing) -> None:
    """Each refusal and reservation is on the page, at its row or below its table."""
    text = re.sub(r"\s+", " ", written()[pair_path(pairing)])
    for row in demo().comparisons.pair(pairing).rows():
        for reason in row.comparison.refusals or row.comparison.reservations:
            assert reason.text in text


@pytest.mark.parametrize("pairing", PAIRINGS, ids=NAMES)
def test_what_parts_add_up_to_stands_with_its_parts(pairing: Pairing) -> None:
    """A sum of a distribution is the last line of its own table, and is not counted among the figures."""
    pair, page = demo().comparisons.pair(pairing), written()[pair_path(pairing)]
    folded = "".join(re.findall(r'<details class="sr-jamfor__delar">.*?</details>', page, re.DOTALL))
    keys = {row.key for row in pair.rows()}
    for row in pair.rows():
        if row.is_sum and any(key.startswith(f"{row.key}.") for key in keys):
            assert f'data-nyckel="{row.key}"' in folded, row.key
    told = re.findall(r'sr-dom__ord">([\d\xa0]+) siffr', page)
    assert sum(int(one.replace("\xa0", "")) for one in told) == sum(not row.is_sum for row in pair.rows())


def test_a_small_drawing_says_its_years_and_what_its_marks_are() -> None:
    """The first and the last year stand under the line, and ring and disc are named above the table."""
    page = written()["jamfor/ekvik/2022-mot-2023.md"]
    assert '<span class="sr-serie-ar" aria-hidden="true"><span>2021</span> <span>2024</span></span>' in page
    assert '<p class="sr-ringar">○ 2022, ● 2023' in page
    assert '<td class="sr-tal" data-rapport="2022">' in page


def test_the_share_of_words_stands_with_the_texts() -> None:
    """It says nothing of figures, and every section's word for its text leads to what the words mean."""
    page = written()["jamfor/ekvik/2022-mot-2023.md"]
    figures, texts = page.split("{: #tecken }")
    assert "av orden" not in figures
    assert re.search(r"<p>\d+\xa0% av orden i texten är oförändrade\.</p>", texts)
    status = re.findall(r'<p class="sr-textlage">(.*?)</p>', figures)
    assert len(status) > 5
    assert all('<a href="#tecken">' in one for one in status)


def test_lists_hold_the_own_reports_alone() -> None:
    """A list of all reports on every page would grow by the square."""
    for pairing in PAIRINGS:
        values = set(re.findall(r'<option value="(\w[^"]*/[^"]*)"', written()[pair_path(pairing)]))
        teams = {demo().reports[one].intervention for one in (pairing.a, pairing.b)}
        assert values == {key for key, one in demo().reports.items() if one.intervention in teams}


def test_the_same_pairs_give_the_same_pages() -> None:
    """Nothing on a page depends on when or where it was made."""
    assert {file.path: file.content for file in pairs(demo())(demo().comparisons)} == written()


def test_pages_stay_out_of_the_search() -> None:
    """Their words stand in the reports already, where a search should lead."""
    for page in written().values():
        assert "search:\n  exclude: true\n---\n" in page


def test_whatever_people_write_is_text(tmp_path: Path) -> None:
    """Names, measures and reasons come out as the signs that were typed."""
    with_years(tmp_path)
    data = tmp_path / "data"
    rewrite(data / "insatser" / "nord.yml", "namn: Team Nord", f"namn: 'Nord {SCRIPT}'")
    rewrite(data / "nyckeltal.yml", "benamning: Nya deltagare", f"benamning: 'Nya {SCRIPT}'")
    page = pages(tmp_path)["jamfor/nord/2023-mot-2024.md"].split("---\n", 2)[2]
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_words_that_all_rows_share_name_their_table() -> None:
    """What is the same in every label is said once."""
    assert common(["Avslut, arbete, andel", "Avslut, studier, andel"]) == ["Avslut", "andel"]


def _runs() -> list[Run]:
    return [run for run in demo().comparisons.runs("ekvik") if len(run.steps) > 2]


def test_a_line_stops_where_years_part() -> None:
    """Between years that cannot be compared there is a hatched gap, and the words say so."""
    names = {step.report: step.report[-4:] for step in _runs()[0].steps}
    drawn = {run.key: spark(run, ("ekvik/2022", "ekvik/2023"), names) for run in _runs()}
    broken = drawn["deltagare.i_arbetstraning"]
    assert broken.count('class="sr-glapp"') == 1
    assert "Går inte att jämföra: 2022 och 2023." in broken
    assert 'class="sr-glapp"' not in drawn["flode.nya"]
    assert drawn["flode.nya"].count('class="sr-linje"') == 1


def test_a_blank_is_never_drawn() -> None:
    """A year without a number has no place, neither in the series nor between two."""
    run = next(one for one in _runs() if one.key == "arbetsgivare.kontakter")
    blank, shown = run.steps[0], run.steps[2]
    assert dumbbell(blank.figure, shown.figure) == ""
    alone = Run(run.key, run.measure, run.label, run.section, (blank, Step("b", shown.figure, shown.shown)))
    assert spark(alone, ("a", "b"), {blank.report: "2021", "b": "2023"}) == ""


def test_shares_lie_on_a_whole_scale() -> None:
    """A hundred percent is at the end of the line, so that shares of different rows can be seen together."""
    row = next(
        row
        for row in demo().comparisons.pair(PAIRINGS[1]).rows()
        if row.key == "mal.harmoniserad_alla" and row.b is not None and row.b.kind is Kind.SHARE  # type: ignore[union-attr]
    )
    places = [float(x) for x in re.findall(r'cx="([\d.]+)"', dumbbell(row.a, row.b))]
    assert places == [round(7 + float(one.value) / 100 * 106, 1) for one in (row.a, row.b)]  # type: ignore[union-attr]


def test_a_lineage_names_both_insatser() -> None:
    """Two years of two insatser cannot be told apart by their years alone."""
    pairing = next(one for one in PAIRINGS if one.shape is Shape.LINEAGE)
    page = written()[pair_path(pairing)]
    assert "# Samverkansteam Tallbro 2022 mot Samverkansteam Tallbro\\-Ljungvad 2023" in page
    assert '<svg class="sr-serie"' not in page


def _standing(*found: Standing) -> Alignment:
    sections = (
        AlignedSection(number, f"Rubrik {number}", "", one, 50, ())
        for number, one in enumerate(found, start=1)
    )
    return Alignment(tuple(sections), 50)


def test_what_became_of_the_text_is_one_line() -> None:
    """All sections are told at once where they are alike, and by number where they are not."""
    said = demo().comparisons.rules["meningar"]["text"]
    new, same, some = Standing.REWRITTEN, Standing.UNCHANGED, Standing.REVISED
    assert rewritten(_standing(new, new), said) == "Texten är omskriven i alla avsnitt."
    assert rewritten(_standing(new, same, new, some), said) == (
        "Texten är omskriven i avsnitt 1 och 3, delvis omskriven i avsnitt 4 och oförändrad i avsnitt 2."
    )
    assert rewritten(_standing(), said) == ""


@pytest.mark.parametrize("pairing", PAIRINGS, ids=NAMES)
def test_what_matters_most_tells_of_the_text_within_seven_lines(pairing: Pairing) -> None:
    """Where both reports have texts there is one line on them, and never more than seven in all."""
    lines = re.findall(r'<li class="sr-viktigt sr-viktigt--(\w+)">(.*?)</li>', written()[pair_path(pairing)])
    both = all(demo().reports[one].prose for one in (pairing.a, pairing.b))
    assert len(lines) <= 7
    assert [text.startswith("Texten är ") for kind, text in lines if kind == "text"] == [True] * both
