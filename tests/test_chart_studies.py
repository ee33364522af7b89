"""Charts of what was asked and measured: surveys, ratings, goals, ladder, staffing, transitions and years."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from build_tools import charts, texts
from build_tools.charts.draw import draw, picture
from build_tools.charts.draw.picture import WIDTH, Bar, Dot, Picture, Rule, Words
from build_tools.charts.sparks import sparks
from build_tools.model import (
    Blank,
    Fact,
    GoalDefinition,
    Hedge,
    Kind,
    Mark,
    Period,
    Plot,
    PlotRow,
    PublishedReport,
)
from tests.chartfiles import (
    ANSWERS,
    AVESTA,
    CROSSED,
    CROSSINGS,
    EXITS,
    GOALS,
    LADDER,
    QUESTIONS,
    RICH,
    SKYDDAD,
    STAFF,
    STATEMENTS,
    fact,
    plots,
    post,
    published,
    report,
    survey,
    windows,
    years,
)

PLOTS = plots(RICH)


def told(plot: Plot) -> list[tuple[str, ...]]:
    """The rows as short tuples: label and written values."""
    return [(row.label, *(texts.shown(v, row.unit or plot.unit) for v in row.values)) for row in plot.rows]


def said(drawn: Picture) -> list[str]:
    """The lines of text of a picture, with ordinary spaces."""
    return [shape.text.replace(texts.NBSP, " ") for shape in drawn.shapes if isinstance(shape, Words)]


def bars(drawn: Picture, pattern: str = "") -> list[Bar]:
    """The bars of a picture, of one pattern where it is given."""
    found = [shape for shape in drawn.shapes if isinstance(shape, Bar)]
    return [bar for bar in found if not pattern or bar.pattern == pattern]


def dots(drawn: Picture) -> list[Dot]:
    """The discs and rings of a picture, without those of the key."""
    return [shape for shape in drawn.shapes if isinstance(shape, Dot)][2:]


def test_every_kind_of_chart_has_the_name_that_pages_ask_for() -> None:
    """Diagrammen heter som mallarna kallar dem; fler av samma slag får namnet med ett tillägg."""
    assert sorted(PLOTS) == [
        "bemanning",
        "enkat",
        "enkat-avslut_2023-grad_5",
        "enkat-avslut_2023-ja_nej",
        "enkat-avslut_2023-skattning_1_10-fran-4-andel",
        "enkat-avslut_2023-skattning_1_10-medel",
        "fore_efter",
        "genomstromning",
        "omfattning",
        "overgangar",
        "re_aim",
        "skattning",
        "uppsatta_mal",
    ]
    assert all(plot.title and plot.description and plot.series for plot in PLOTS.values())


def test_nothing_measured_is_no_chart() -> None:
    """En rapport utan mätningar, och en där allt är skyddat, får inga diagram."""
    hidden = [Blank(figure.cell, SKYDDAD, figure.where) for figure in RICH.cells.values()]
    none = replace(RICH, cells={figure.cell.id: figure for figure in hidden}, goals=(), implementation=())
    assert plots(report()) == plots(none) == {}


def test_descriptions_of_studies_tell_no_number_that_is_not_in_the_rows() -> None:
    """Beskrivningen kan inte röja mer än raderna: varje tal i den står i en rad eller i en etikett."""
    for plot in PLOTS.values():
        rows = " ".join(
            " ".join([row.label, row.note, row.group, *(texts.shown(v) for v in row.values)])
            for row in plot.rows
        )
        shares = {str(round(float(v.value))) for row in plot.rows for v in row.values if isinstance(v, Fact)}
        numbers = set(re.findall(r"\d+(?:,\d+)?", plot.description))
        assert numbers <= set(re.findall(r"\d+(?:,\d+)?", rows)) | shares, plot.id


def test_each_window_of_a_series_states_its_time() -> None:
    """Varje rad i en serie säger vilka månader den gäller."""
    assert told(PLOTS["genomstromning"])[:3] == [
        ("januari–december 2017", "14\u00a0månader"),
        ("juli 2017–juni 2018", "15,6\u00a0månader"),
        ("januari–december 2018", "17,4\u00a0månader"),
    ]


def test_overlapping_windows_are_marked_and_told() -> None:
    """Tid som hör till två fönster är randig, och beskrivningen säger att raderna inte är oberoende."""
    drawn = picture(PLOTS["genomstromning"])
    assert "överlappar varandra" in PLOTS["genomstromning"].description
    assert "Tid som också räknas i en annan rad" in said(drawn)
    strips = [bar for bar in bars(drawn) if bar.colour == "serie-2" and bar.height < 12]
    assert [bar.pattern for bar in strips[:3]] == ["solid", "striped", "striped"]
    assert strips[-1].pattern == "solid"


def test_windows_side_by_side_are_not_told_to_overlap() -> None:
    """Fönster som följer på varandra delar ingen tid och har inget randigt."""
    found = plots(report(windows(("2019-01-01", "2019-12-31", 14), ("2020-01-01", "2020-12-31", 15))))
    assert "överlappar" not in found["genomstromning"].description
    assert not bars(picture(found["genomstromning"]), "striped")


def test_windows_are_never_joined_by_a_line() -> None:
    """Medelvärdena binds inte ihop: alla linjer är raka längs eller tvärs över tiden."""
    rules = [shape for shape in picture(PLOTS["genomstromning"]).shapes if isinstance(shape, Rule)]
    assert rules
    assert all(rule.x1 == rule.x2 or rule.y1 == rule.y2 for rule in rules)


def test_a_hidden_window_keeps_its_place_in_time() -> None:
    """Ett skyddat medelvärde står som ord, med sin plats i tiden kvar."""
    points = windows(*(("2019-01-01", "2019-12-31", 14), ("2020-01-01", "2020-12-31", 15)))
    hidden = windows(("2021-01-01", "2021-12-31", SKYDDAD))
    found = plots(report([*points, *hidden]))["genomstromning"]
    assert told(found)[-1] == ("januari–december 2021", "skyddad")
    assert found.rows[-1].period == Period(date(2021, 1, 1), date(2021, 12, 31))
    assert found.description.endswith("Skyddad: januari–december 2021.")


def test_one_window_is_no_series() -> None:
    """Ett enda fönster blir inget diagram."""
    assert "genomstromning" not in plots(report(AVESTA[:1]))


def test_every_question_says_how_many_answered() -> None:
    """Antalet svar står vid varje fråga."""
    lines = " ".join(said(picture(PLOTS["enkat"])))
    assert lines.count("(n 32)") == 3
    assert lines.count("(n 12)") == 1


@pytest.mark.parametrize(
    ("n", "word"), [(SKYDDAD, "n skyddad"), (Mark.MISSING, "n saknas"), (None, "n saknas")]
)
def test_an_unknown_number_of_answers_is_a_word(n: Mark | None, word: str) -> None:
    """Är antalet svar skyddat eller okänt står det som ord."""
    asked = replace(QUESTIONS[0], n=n)
    found = plots(report(ANSWERS, surveys=(survey(asked),)))["enkat"]
    assert found.rows[0].note.replace(texts.NBSP, " ") == word


def test_few_answers_are_told_as_answers_and_not_as_percent() -> None:
    """Under tjugo svar står antalet i stället för procent."""
    few = plots(report(ANSWERS, surveys=(survey(QUESTIONS[3]),)))["enkat"]
    lines = said(picture(few))
    assert {"5 svar", "7 svar"} <= set(lines)
    assert not any("%" in line for line in lines)


def test_a_hidden_answer_has_neither_length_nor_place() -> None:
    """Det som står efter de skyddade svaren slutar vid högra kanten, och resten lämnas tomt."""
    found = plots(report(ANSWERS, surveys=(survey(QUESTIONS[2]),)))["enkat"]
    drawn = picture(found)
    parts = bars(drawn)[6:]
    assert len(parts) == 3
    assert parts[0].x > WIDTH * 5 / 32 - 2
    assert parts[-1].x + parts[-1].width == pytest.approx(WIDTH, abs=2)
    assert sum(bar.width for bar in parts) < WIDTH * 27 / 32
    assert "Skyddad: Sällan och Ibland" in said(drawn)
    assert "(sällan, ibland)" in found.description


def answered(*values: Fact | Blank) -> Picture:
    """A row of answers from one end of a scale to the other, as a handbook tells them."""
    row = PlotRow("Meningsfullt", values)
    return picture(
        Plot("x", "metoder/prov", "stacked", "Svar", "", "", "procent", ("Nej", "Mellan", "Ja"), (row,))
    )


def test_a_part_stands_at_its_own_end_of_the_scale() -> None:
    """Fattas det som är före står svaret vid högra kanten; fattas det på båda sidor sägs det i ord."""
    half = fact("ja", 50, Kind.SHARE)
    missing = fact("nej", Mark.MISSING)
    (last,) = bars(answered(missing, missing, half))[3:]
    assert (last.x, last.width) == (pytest.approx(WIDTH / 2, abs=2), pytest.approx(WIDTH / 2, abs=2))
    (first,) = bars(answered(half, missing, missing))[3:]
    assert first.x == 0
    between = answered(missing, half, missing)
    assert bars(between)[3:] == []
    assert "Utan känd plats i stapeln: Mellan 50 %" in said(between)


def test_a_part_keeps_the_words_of_its_source() -> None:
    """Står det cirka i källan står det cirka också i bilden."""
    about = fact("nej", 20, Kind.SHARE, hedge=Hedge.ABOUT)
    drawn = said(answered(about, fact("mellan", 30, Kind.SHARE), fact("ja", 50, Kind.SHARE)))
    assert {"cirka 20 %", "30 %", "50 %"} <= set(drawn)


def test_an_ordered_scale_is_laid_out_from_its_middle() -> None:
    """De lägre stegen slutar och de högre börjar vid samma streck i varje rad."""
    found = plots(report(ANSWERS, surveys=(survey(*QUESTIONS[:2]),)))["enkat"]
    drawn = picture(found)
    (middle,) = {shape.x1 for shape in drawn.shapes if isinstance(shape, Rule)}
    parts = bars(drawn)[6:]
    low = [bar for bar in parts if bar.colour == "serie-2"]
    high = [bar for bar in parts if bar.colour == "serie-1"]
    assert all(bar.x + bar.width <= middle for bar in low)
    assert {round(min(bar.x for bar in high if bar.y == y) - middle) for y in {bar.y for bar in high}} == {1}


def test_an_odd_scale_has_its_middle_step_on_both_sides() -> None:
    """På en skala med fem steg ligger strecket mitt i det mellersta steget."""
    drawn = picture(PLOTS["enkat-avslut_2023-grad_5"])
    (line,) = [shape for shape in drawn.shapes if isinstance(shape, Rule)]
    (middle,) = [bar for bar in bars(drawn, "lined") if bar.width > 20]
    assert line.x1 == pytest.approx(middle.x + middle.width / 2, abs=2)


def test_yes_and_no_fill_a_whole_line() -> None:
    """Få steg utan ordning ritas från vänster till hundra procent."""
    found = PLOTS["enkat-avslut_2023-ja_nej"]
    yes, unknown = bars(picture(found))[3:]
    assert found.form == "stacked"
    assert yes.x == 0
    assert unknown.x + unknown.width == pytest.approx(WIDTH, abs=2)
    assert yes.width / unknown.width == pytest.approx(25 / 7, rel=0.05)


def test_steps_of_a_scale_differ_in_pattern_and_not_only_in_colour() -> None:
    """Två steg bredvid varandra har olika mönster eller skiljs av strecket i mitten."""
    for name in ("enkat", "enkat-avslut_2023-ja_nej", "enkat-avslut_2023-grad_5"):
        plot = PLOTS[name]
        key = bars(picture(plot))[: len(plot.series)]
        kinds = [(bar.colour, bar.pattern) for bar in key]
        assert len(set(kinds)) == len(kinds)
        sides = [pattern for colour, pattern in kinds if colour == "serie-1"]
        assert len(set(sides)) == len(sides)


def test_a_share_from_a_step_upward_stands_alone() -> None:
    """Anger källan bara andelen från ett steg och uppåt ritas den på en linje till hundra procent."""
    found = PLOTS["enkat-avslut_2023-skattning_1_10-fran-4-andel"]
    assert told(found) == [
        ("Kursen var relevant (n\u00a07)", "57\u00a0%"),
        ("Jag var engagerad (n\u00a07)", "86\u00a0%"),
    ]
    assert found.subtitle.startswith("Andel som svarade 4 eller högre")
    one, other = bars(picture(found))
    assert other.width / one.width == pytest.approx(86 / 57, rel=0.01)
    assert other.width < WIDTH * 0.87


def test_before_is_a_ring_and_after_a_disc_on_one_line() -> None:
    """Före och efter skiljs åt av form, och båda talen står som text."""
    drawn = picture(PLOTS["fore_efter"])
    marks = dots(drawn)
    assert [dot.pattern for dot in marks[:2]] == ["open", "solid"]
    assert marks[0].y == marks[1].y
    assert "Före 6, efter 24" in said(drawn)


def test_a_change_is_told_in_percent_only_of_ten_or_more() -> None:
    """En förändring i procent kräver att minst tio fanns före."""
    work, studies, none = PLOTS["fore_efter"].rows
    assert work.note == studies.note == ""
    assert none.note == "förändring \u221245\u00a0%"


def test_a_row_joined_otherwise_after_has_no_number_there() -> None:
    """Har protection slagit samman rader olika före och efter står ett ord, och ingen skillnad ritas."""
    after = RICH.tables["sysselsattning@avslutade@efter"]
    joined = replace(after.rows[0], categories=("arbete", "studier"), label="Arbete eller studier")
    tables = {**RICH.tables, after.distribution.id: replace(after, rows=(joined, after.rows[2]))}
    found = plots(replace(RICH, tables=tables))["fore_efter"]
    assert told(found)[0][1:] == ("6\u00a0personer", "skyddad")
    assert told(found)[-1] == ("Arbete eller studier", "skyddad", "24\u00a0personer")


def test_before_and_after_are_no_charts_of_their_own() -> None:
    """Tabellerna före och efter ritas bara tillsammans."""
    assert not any(name.startswith("sysselsattning") for name in PLOTS)


def test_ratings_lie_on_the_whole_scale() -> None:
    """Skattningar ritas mellan skalans ändar, och ändarna står utskrivna."""
    found = PLOTS["skattning"]
    drawn = picture(found)
    assert found.bounds == (Decimal(1), Decimal(10))
    assert {"lägst 1", "högst 10"} <= set(said(drawn))
    before, after = dots(drawn)[:2]
    assert (after.x - before.x) / (WIDTH - 18) == pytest.approx(1.9 / 9, abs=0.01)
    assert "Före 4,2, efter 6,1, förändring 1,9" in said(drawn)
    assert [row.label for row in found.rows] == ["Sömn", "Ork", "Ekonomi"]


def test_two_equal_values_are_both_seen() -> None:
    """Är före och efter lika ligger skivan inuti ringen."""
    before, after = dots(picture(PLOTS["skattning"]))[2:4]
    assert (before.x, before.y) == (after.x, after.y)
    assert after.radius < before.radius - 2


def test_a_goal_has_its_threshold_and_its_coverage() -> None:
    """Varje mål visar utfall, gräns och täckning, och gränsen är ett streck över stapeln."""
    found = PLOTS["uppsatta_mal"]
    drawn = picture(found)
    lines = said(drawn)
    assert found.aside == "Bedömning"
    assert {"Utfall: 57 % (34 av 60)", "Mål: minst 50 %", "Täckning: 86 % (60 av 70)"} <= set(lines)
    assert {"Utfall: 41 dagar", "Mål: högst 30 dagar", "Inte uppfyllt"} <= set(lines)
    key, first, *_ = [shape for shape in drawn.shapes if isinstance(shape, Rule) and shape.width > 1]
    assert first.x1 == pytest.approx(WIDTH / 2, abs=1)
    assert key.colour == first.colour == "text"


def test_a_goal_that_cannot_be_decided_says_why() -> None:
    """Går målet inte att avgöra står det i ord, med skälet."""
    lines = said(picture(PLOTS["uppsatta_mal"]))
    assert lines.count("Går inte att avgöra") == 2
    assert "Färre än hälften av dem som målet gäller har svarat." in lines


def test_a_goal_without_outcome_has_no_bar() -> None:
    """Utan utfall ritas ingen stapel, och utan något enda utfall inget diagram."""
    alone = PLOTS["uppsatta_mal"]
    drawn = picture(replace(alone, rows=alone.rows[-1:]))
    assert len(bars(drawn)) == 1
    assert "uppsatta_mal" not in plots(report(goals=GOALS[-1:]))


def test_the_ladder_keeps_sources_apart_and_draws_the_target_as_a_line() -> None:
    """Källorna har var sin rubrik, målet är ett streck, och inget läggs ihop."""
    found = PLOTS["omfattning"]
    drawn = picture(found)
    lines = said(drawn)
    assert {"Projektet", "SUS", "Mål: 45, strecket"} <= set(lines)
    marks = [shape.x1 for shape in drawn.shapes if isinstance(shape, Rule) and shape.width > 1]
    enrolled = bars(drawn)[0]
    assert len(marks) == 2
    assert (marks[0] - 1) / enrolled.width == pytest.approx(45 / 26, rel=0.01)
    assert "ska inte läggas ihop" in found.description


def test_a_number_never_stands_on_the_target() -> None:
    """Ligger målet där talet skulle stå flyttas talet förbi strecket."""
    cells = [figure for figure in LADDER if "sus" not in figure.cell.id and "tidigt" not in figure.cell.id]
    near = [fact(figure.cell, 44) if figure.cell.id.endswith("inskrivna") else figure for figure in cells]
    drawn = picture(plots(report(near))["omfattning"])
    (mark,) = [shape.x1 for shape in drawn.shapes if isinstance(shape, Rule) and shape.width > 1]
    (number,) = [shape for shape in drawn.shapes if isinstance(shape, Words) and shape.text == "44"]
    assert number.x > mark


def test_statements_stand_under_their_dimension_and_only_with_figures() -> None:
    """RE-AIM visar påståenden med siffror, dimension för dimension; de utan siffra står i tabellen."""
    found = PLOTS["re_aim"]
    assert [row.group for row in found.rows] == ["Räckvidd", "Räckvidd", "Effekt", "Effekt"]
    assert "58 % (26 av 45)" in said(picture(found))
    assert "re_aim" not in plots(report(implementation=STATEMENTS[:1]))


def test_staffing_changes_step_by_step() -> None:
    """Befattningarna räknas om till heltid, och varje ändring börjar en ny rad."""
    assert told(PLOTS["bemanning"]) == [
        ("januari–februari 2023", "2,2\u00a0tjänster"),
        ("mars–september 2023", "2,7\u00a0tjänster"),
        ("oktober–december 2023", "2,6\u00a0tjänster"),
    ]
    first, second, third = bars(picture(PLOTS["bemanning"]))
    assert second.width / (first.width + second.width + third.width) == pytest.approx(214 / 365, abs=0.01)
    assert first.height / second.height == pytest.approx(22 / 27, abs=0.01)


def test_posts_without_extent_are_told_and_the_sum_is_at_least_so_much() -> None:
    """Saknas tjänstgöringsgraden för en roll sägs det, och summan är minst så stor."""
    found = plots(report([*STAFF, *post("coach", 1, None, "2023-02-01", "2023-12-31")]))["bemanning"]
    assert told(found)[0][1] == "minst\u00a02,2\u00a0tjänster"
    assert "Tjänstgöringsgrad saknas för coach." in found.description
    assert "Tjänstgöringsgrad saknas för coach" in found.subtitle


def test_a_vacant_post_is_no_staffing() -> None:
    """En obesatt tjänst räknas inte."""
    vacant = post("coach", 1, 100, "2023-04-01", "2023-12-31", note="Kommunen, Obesatt")
    assert told(plots(report([*STAFF, *vacant]))["bemanning"]) == told(PLOTS["bemanning"])


def test_staffing_that_does_not_change_needs_no_chart() -> None:
    """Är bemanningen densamma hela perioden räcker tabellen."""
    assert "bemanning" not in plots(report(post("coach", 2, 100)))


def test_transitions_tell_each_number_and_hide_the_small() -> None:
    """Varje par har sitt tal, ytan följer talet, och skyddade tal har ett ord och ingen yta."""
    found = PLOTS["overgangar"]
    drawn = picture(found)
    assert found.series == ("Arbete", "Studier", "Annan rehab", "Övriga avslut", "Tidigt avhopp")
    assert said(drawn).count("skyddad") == 2
    squares = bars(drawn)
    assert len(squares) == 8
    assert squares[0].width ** 2 / squares[1].width ** 2 == pytest.approx(9 / 5, rel=0.02)
    assert all(bar.width == bar.height for bar in squares)
    assert "Annan rehab är annan arbetslivsinriktad rehabilitering." in found.description


def test_an_exit_that_nobody_took_is_no_column() -> None:
    """En kolumn med bara nollor utgår."""
    cells = {figure.cell.id: figure for figure in CROSSINGS}
    cells |= {key: fact(key, 0) for key in cells if key.endswith("tidigt_avhopp")}
    found = plots(report(cells.values(), [CROSSED]))["overgangar"]
    assert len(found.series) == len(EXITS) - 1


def lines(*values: int | Mark) -> dict[str, Plot]:
    """The small lines of the last of some years."""
    return sparked(*years(*values))


def sparked(*reports: PublishedReport) -> dict[str, Plot]:
    """The small lines through some reports of an insats."""
    return {plot.id: plot for plot in sparks(reports, published(*reports))}


def paths(svg: str) -> list[str]:
    """What is drawn of a small line."""
    return [element.get("d", "") for element in ET.fromstring(svg) if element.tag.endswith("path")]  # noqa: S314


def test_a_small_line_needs_three_years_and_a_key_figure() -> None:
    """Färre än tre tal blir ingen linje, och mått som inte är nyckeltal får ingen."""
    assert set(lines(60, 66, 71)) == {"spark-deltagare", "spark-mal.andel"}
    assert "spark-deltagare" not in lines(60, 66)
    assert "spark-deltagare" not in lines(60, SKYDDAD, 71)


def test_only_the_latest_report_of_an_insats_has_small_lines() -> None:
    """Linjerna ritas en gång per insats, på den senaste rapporten."""
    drawn = charts.draw_all(published(*years(60, 66, 71)), None)
    with_lines = [key for key, found in drawn.reports.items() if "spark-deltagare" in found.drawings]
    assert with_lines == ["ekvik/2023"]


def test_a_small_line_is_broken_where_the_definition_changes() -> None:
    """Där måttet räknas om börjar linjen på nytt, och ett streckat streck står emellan."""
    found = lines(60, 66, 71, 80)["spark-deltagare"]
    assert [row.mark for row in found.rows] == ["", "", "brott", ""]
    why = "Måttet räknas på olika sätt: 2022 efter definition 1, 2023 efter definition 2."
    assert f"2023 går inte att jämföra med det som var före. {why}" in found.description
    drawn = draw(found)
    assert drawn.count("stroke-dasharray") == 1
    assert sum(path.count(" L ") == 1 and "a" not in path for path in paths(drawn)) == 4


def test_a_small_line_is_broken_where_a_year_is_hidden() -> None:
    """Ett skyddat år lämnar ett hål i linjen."""
    drawn = draw(lines(60, 66, SKYDDAD, 80, 81)["spark-deltagare"])
    ends = [path for path in paths(drawn) if " a " in path]
    assert len(ends) == 4


def test_a_small_line_is_broken_where_the_insats_counts_its_goal_anew() -> None:
    """Ändrar insatsen vad som är mål börjar linjen för andelen i mål på nytt."""
    reports = years(60, 66, 71)
    last = replace(reports[-1], goal=GoalDefinition(("arbete",), "alla_avslut"))
    made = sparked(*reports[:-1], last)
    assert [row.mark for row in made["spark-mal.andel"].rows] == ["", "", "brott"]


def test_a_half_year_does_not_continue_a_year() -> None:
    """Ett antal för ett halvår följer inte på ett helår; en andel gör det."""
    reports = years(60, 66, 71)
    half = Period(date(2023, 1, 1), date(2023, 6, 30), "halvar")
    last = replace(reports[-1], period=half)
    found = sparked(*reports[:-1], last)["spark-deltagare"]
    assert found.rows[-1].mark == "brott"


def test_a_share_goes_on_through_periods_of_other_lengths() -> None:
    """Det som inte växer med tiden går att jämföra också med ett halvår."""
    reports = years(60, 66, 71)
    last = replace(reports[-1], period=Period(date(2023, 1, 1), date(2023, 6, 30), "halvar"))
    assert [row.mark for row in sparked(*reports[:-1], last)["spark-mal.andel"].rows] == ["", "", ""]


def test_a_hole_does_not_hide_that_a_measure_is_counted_anew() -> None:
    """Året efter ett skyddat år prövas mot det senaste året som har ett tal."""
    rows = lines(60, SKYDDAD, 71, 80)["spark-deltagare"].rows
    assert [row.mark for row in rows] == ["", "", "brott", ""]
    assert "2021 efter definition 1, 2023 efter definition 2" in rows[2].note


def test_a_small_line_is_an_image_with_a_name_and_a_reading() -> None:
    """Också den lilla linjen har titel och beskrivning, temats färger och ingen storlek."""
    drawn = draw(lines(60, 66, 71)["spark-mal.andel"])
    root = ET.fromstring(drawn)  # noqa: S314
    assert root.get("role") == "img"
    assert {"width", "height"}.isdisjoint(root.attrib)
    assert root[0].text == "Andel i mål 2021–2023"
    assert root[1].text == "Från 40\u00a0% 2021 till 42\u00a0% 2023."
    assert [root[0].get("id"), root[1].get("id")] == [
        root.get("aria-labelledby"),
        root.get("aria-describedby"),
    ]
    assert "#0102" not in drawn
    assert "\n\n" not in drawn


def test_a_small_line_begins_at_zero() -> None:
    """Noll ligger vid linjen längst ner, så att en liten ändring ser liten ut."""
    drawn = draw(lines(50, 75, 100)["spark-deltagare"])
    first = next(path for path in paths(drawn) if " a " in path)
    assert float(first.split()[2]) == pytest.approx(32 - 5 - 22 / 2)


def test_a_small_line_goes_below_zero_where_the_numbers_do() -> None:
    """Negativa tal ligger under strecket vid noll."""
    drawn = draw(lines(50, -50, 50)["spark-deltagare"])
    ground, *_ = paths(drawn)
    dots_at = [float(path.split()[2]) for path in paths(drawn) if " a " in path]
    assert dots_at[0] < float(ground.split()[2]) == 16 < dots_at[1]


def test_years_are_read_from_the_oldest() -> None:
    """Raderna står i tidens ordning."""
    assert [row.label for row in lines(60, 66, 71)["spark-deltagare"].rows] == ["2021", "2022", "2023"]
