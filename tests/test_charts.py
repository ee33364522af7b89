"""Charts: their rows, what they say in words, how they are laid out, and the SVG that pages carry."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown import markdown

from build_tools import charts, texts
from build_tools.charts import store
from build_tools.charts.draw import draw, picture
from build_tools.charts.draw.picture import WIDTH, Bar, Picture, Rule, Shape, Words
from build_tools.charts.draw.words import plain, width, wrapped
from build_tools.model import (
    Blank,
    Catalogue,
    Category,
    Cell,
    Distribution,
    Enumeration,
    Fact,
    GoalDefinition,
    Hedge,
    Interval,
    Kind,
    Mark,
    Measure,
    Period,
    Plot,
    PlotRow,
    Publication,
    PublishedReport,
    Row,
    Table,
    Where,
)
from build_tools.stages import chart
from tests.chartfiles import RICH
from tests.chartfiles import plots as studies

ROOT = Path(__file__).parents[1]
NOWHERE = Where("data/rapporter/sater/2021.yml")
SKYDDAD = Mark.PROTECTED
YEAR = Period(date(2021, 1, 1), date(2021, 12, 31), "kalenderar")
Figure = int | str | Mark


def figure(cell: str, value: Figure, report: str = "sater/2021") -> Fact | Blank:
    """A published figure: a number, or a word in its place."""
    address = Cell(report, cell, cell)
    if isinstance(value, Mark):
        return Blank(address, value, NOWHERE)
    number = Decimal(value)
    return Fact(address, number, Interval(number, number), Kind.COUNT, NOWHERE)


def enumeration(name: str, labels: Mapping[str, str]) -> Enumeration:
    """An enumeration whose dotted codes stand under their head."""
    heads = {code: code.rpartition(".")[0] for code in labels}
    values = {code: Category(code, label, parent=heads[code]) for code, label in labels.items()}
    return Enumeration(name, name.capitalize(), values)


def measure(name: str, label: str, unit: str = "personer", values: str = "") -> Measure:
    """A row of the catalogue."""
    return Measure(name, label, "", unit, Kind.COUNT, NOWHERE, enumeration=values)


CATALOGUE = Catalogue(
    measures={
        "aktualiserad_av": measure("aktualiserad_av", "Vem som aktualiserade deltagarna", values="part"),
        "forsorjning": measure("forsorjning", "Deltagarnas försörjning"),
        "avslut": measure("avslut", "Avslut efter orsak"),
        "ekonomi.utfall": measure("ekonomi.utfall", "Utfall", "kr"),
    },
    enumerations={
        "part": enumeration(
            "part", {"fk": "F", "kommun": "K", "kommun.soc": "S", "kommun.bo": "B", "af": "A"}
        ),
        "population": enumeration("population", {"avslutade": "avslutade deltagare", "nya": "nya deltagare"}),
        "budgetrad": enumeration("budgetrad", {"personal": "Personal", "lokaler": "Lokaler"}),
    },
    scales={},
    templates={},
)


def table(
    name: str, rows: Iterable[Row], population: str = "alla_under_perioden", coding: str = "enval"
) -> Table:
    """A distribution as protection lets it be shown; its total has the distribution's own id."""
    distribution = Distribution(name, name.split("@")[0], population, coding, (), NOWHERE)
    return Table(distribution, tuple(rows), name)


def report(
    figures: Mapping[str, Figure], tables: Iterable[Table] = (), name: str = "sater/2021"
) -> PublishedReport:
    """A published report with only what charts look at."""
    return PublishedReport(
        id=name,
        intervention=name.split("/")[0],
        kind="arsrapport",
        template="samverkansteam",
        period=YEAR,
        status="slutlig",
        source="",
        data_date=None,
        goal=GoalDefinition(),
        cells={cell: figure(cell, value, name) for cell, value in figures.items()},
        tables={found.distribution.id: found for found in tables},
    )


def published(*reports: PublishedReport) -> Publication:
    """A publication of some reports."""
    return Publication(CATALOGUE, {}, {}, {found.id: found for found in reports}, {})


def plots(found: PublishedReport) -> dict[str, Plot]:
    """The plots that the stage makes of a report."""
    publication = published(found)
    made = [plot for part in chart.parts() for plot in part.run(found, publication)]
    return {plot.id: plot for plot in made}


def told(plot: Plot) -> list[tuple[str | int, ...]]:
    """The rows as short tuples: label, written values, and the level where it is not 0."""
    return [
        (row.label, *map(texts.shown, row.values), *((row.level,) if row.level else ())) for row in plot.rows
    ]


FLOW: dict[str, Figure] = {
    "flode.ingang": 26,
    "flode.nya": 13,
    "flode.totalt": 39,
    "flode.avslutade": 10,
    "flode.utgang": 29,
}
SEXES: dict[str, Figure] = {
    "flode.ingang.kvinna": 10,
    "flode.ingang.man": 16,
    "flode.utgang.kvinna": 12,
    "flode.utgang.man": 17,
}
BUDGET: dict[str, Figure] = {
    "ekonomi.personal.budget": 1195000,
    "ekonomi.personal.utfall": 1338157,
    "ekonomi.personal.avvikelse": -143157,
    "ekonomi.lokaler.budget": 50000,
    "ekonomi.lokaler.utfall": 40000,
    "ekonomi.lokaler.avvikelse": 10000,
    "ekonomi.summa.budget": 1245000,
    "ekonomi.summa.utfall": 1378157,
    "ekonomi.summa.avvikelse": -133157,
}
REFERRERS = table(
    "aktualiserad_av",
    [
        Row("a.ovriga", "Övriga (arbetsförmedlingen, kommunens boendestöd)", ("af", "kommun.bo")),
        Row("a.fk", "Försäkringskassan", ("fk",)),
        Row("a.kommun", "Kommunen", ("kommun",)),
        Row("a.kommun.bo", "Kommunens boendestöd", ("kommun.bo",), 1),
        Row("a.kommun.soc", "Socialtjänsten", ("kommun.soc",), 1),
    ],
)
REFERRED: dict[str, Figure] = {
    "aktualiserad_av": 39,
    "a.ovriga": 8,
    "a.fk": 6,
    "a.kommun": 25,
    "a.kommun.bo": 7,
    "a.kommun.soc": 18,
}
EXITS = table(
    "avslut", [Row("avslut.nej", "Inte i mål", ("x",)), Row("avslut.ja", "I mål", ("y",))], "avslutade"
)
LEFT: dict[str, Figure] = {"avslut": 10, "avslut.nej": 4, "avslut.ja": 6}
SATER = report({**FLOW, **SEXES, **BUDGET, **REFERRED, **LEFT}, [REFERRERS, EXITS])
HOSTILE = '<script>alert(\'x\')</script> "&amp;" ]]> $a_b$ #010201 id="x"\n\n🙂 \x00\ufffe\u2028 url(#p)'


def test_flow_tells_opening_new_total_exits_and_closing() -> None:
    """Ett flöde har tre saldon, och mellan dem det som kommer till och det som går."""
    assert told(plots(SATER)["flode"]) == [
        ("Inskrivna vid periodens start", "26"),
        ("Nya deltagare", "13", 1),
        ("Deltagare under perioden", "39"),
        ("Avslutade deltagare", "10", 1),
        ("Inskrivna vid periodens slut", "29"),
    ]


def test_flow_is_read_aloud_with_its_numbers() -> None:
    """Beskrivningen läser diagrammet i två meningar, och bara första talet i en mening säger personer."""
    assert plots(SATER)["flode"].description.replace(texts.NBSP, " ") == (
        "26 personer var inskrivna vid periodens start, 13 kom till och 39 deltog i allt. "
        "10 personer avslutade och 29 var inskrivna vid periodens slut."
    )


def test_one_person_is_enrolled_in_singular() -> None:
    """En person är inskriven, inte inskrivna."""
    found = plots(report({"flode.ingang": 1, "flode.nya": 7}))["flode"]
    assert found.description.replace(texts.NBSP, " ").startswith("1 person var inskriven vid periodens start")


def test_a_protected_number_of_a_flow_is_named_but_not_told() -> None:
    """Ett skyddat tal står som ord i raden, och beskrivningen säger vilken rad det gäller."""
    found = plots(report({**FLOW, "flode.ingang": SKYDDAD}))["flode"]
    assert told(found)[0] == ("Inskrivna vid periodens start", "skyddad")
    assert found.description.endswith("Skyddad: Inskrivna vid periodens start.")
    assert "26" not in found.description


def test_one_number_is_no_flow() -> None:
    """Ett enda tal visar inget flöde och blir inget diagram."""
    assert "flode" not in plots(report({"flode.nya": 13, "flode.totalt": SKYDDAD}))


def test_a_distribution_is_sorted_with_parts_below_their_whole_and_joined_rows_last() -> None:
    """Största raden står överst, delar under sin helhet, och det som slagits samman sist."""
    assert told(plots(SATER)["aktualiserad_av"]) == [
        ("Kommunen", "25"),
        ("Socialtjänsten", "18", 1),
        ("Kommunens boendestöd", "7", 1),
        ("Försäkringskassan", "6"),
        ("Övriga (arbetsförmedlingen, kommunens boendestöd)", "8"),
    ]


def test_what_is_not_shown_comes_last_so_that_its_place_tells_nothing() -> None:
    """En skyddad rad sorteras inte efter sitt tal."""
    hidden = plots(report({**REFERRED, "a.kommun": SKYDDAD, "a.kommun.soc": SKYDDAD}, [REFERRERS]))
    assert [row.label for row in hidden["aktualiserad_av"].rows][-3:] == [
        "Kommunen",
        "Kommunens boendestöd",
        "Socialtjänsten",
    ]


def test_a_ranking_tells_of_what_is_shown_and_of_what_is_alike() -> None:
    """Rangordningen nämner lika stora rader tillsammans och säger när något inte visas."""
    found = plots(report({**REFERRED, "a.fk": 8, "a.kommun": SKYDDAD}, [REFERRERS]))["aktualiserad_av"]
    assert found.description == (
        "Flest av det som visas: Försäkringskassan och Övriga (arbetsförmedlingen, kommunens boendestöd) "
        "(8 vardera). Skyddad: Kommunen."
    )


def test_exits_keep_the_order_of_the_reporting() -> None:
    """Avslut står i redovisningens ordning, inte efter storlek."""
    found = plots(SATER)["avslut"]
    assert told(found) == [("Inte i mål", "4"), ("I mål", "6")]
    assert found.description == "Flest: I mål (6), därefter Inte i mål (4)."


def test_the_base_and_the_period_stand_below_the_title() -> None:
    """Underrubriken säger hur många det gäller och när."""
    found = plots(SATER)
    assert found["aktualiserad_av"].subtitle == "39 deltagare, 2021"
    assert found["avslut"].subtitle == "10 avslutade deltagare, 2021"
    assert found["ekonomi"].subtitle == "Belopp i kr, 2021"
    assert found["flode"].subtitle == found["kon"].subtitle == "39 deltagare, 2021"


def test_a_hidden_base_is_not_told() -> None:
    """Där totalen är skyddad står bara vilka det gäller."""
    assert (
        plots(report({**LEFT, "avslut": SKYDDAD}, [EXITS]))["avslut"].subtitle == "Avslutade deltagare, 2021"
    )


def test_a_section_with_a_period_of_its_own_says_so() -> None:
    """Ekonomi kan gälla en annan period än rapporten."""
    half = Period(date(2021, 7, 1), date(2021, 12, 31), "halvar")
    own = replace(SATER, section_periods={"ekonomi": half})
    assert plots(own)["ekonomi"].subtitle == "Belopp i kr, andra halvåret 2021"


def test_several_answers_from_one_person_are_said_to_be_so() -> None:
    """Där en person kan stå i flera rader säger beskrivningen det."""
    rows = [Row("f.a", "Lön", ("a",)), Row("f.b", "Sjukpenning", ("b",))]
    found = plots(report({"f.a": 9, "f.b": 7}, [table("forsorjning", rows, coding="flerval")]))["forsorjning"]
    assert "En person kan räknas i flera rader." in found.description


def test_a_second_distribution_of_a_measure_gets_a_chart_of_its_own() -> None:
    """Mätt för både alla och nya blir det två diagram, och det första bär måttets namn."""
    new, everybody = (
        table(name, [Row(f"{name}.a", "Lön", ("a",))], population)
        for name, population in (("forsorjning@nya", "nya"), ("forsorjning", "alla_under_perioden"))
    )
    figures: dict[str, Figure] = {"forsorjning@nya.a": 5, "forsorjning.a": 9, "forsorjning@nya": 6}
    found = plots(report(figures, [new, everybody]))
    assert told(found["forsorjning"]) == [("Lön", "9")]
    assert found["forsorjning-nya"].subtitle == "6 nya deltagare, 2021"
    alone = plots(report({"forsorjning@nya.a": 5}, [new]))
    assert list(alone) == ["forsorjning"]


def test_women_and_men_stand_side_by_side() -> None:
    """Rader som rapporten inte delar upp på kön är inte med."""
    found = plots(SATER)["kon"]
    assert found.series == ("Kvinnor", "Män")
    assert told(found) == [
        ("Inskrivna vid periodens start", "10", "16"),
        ("Inskrivna vid periodens slut", "12", "17"),
    ]
    assert found.description.startswith("Inskrivna vid periodens start: 10 kvinnor och 16 män.")


def test_another_sex_is_a_series_only_where_it_may_be_shown() -> None:
    """Annat eller okänt kön syns inte ens som ord när gruppen är för liten."""
    hidden = plots(report({**SEXES, "flode.ingang.annat_eller_okant": SKYDDAD}))["kon"]
    shown = plots(report({**SEXES, "flode.ingang.annat_eller_okant": 6}))["kon"]
    assert hidden.series == ("Kvinnor", "Män")
    assert shown.series == ("Kvinnor", "Män", "Annat eller okänt")
    assert "annat" not in hidden.description.lower()
    assert shown.description.endswith("Uppgift saknas: Inskrivna vid periodens slut (annat eller okänt).")


def test_the_budget_has_a_row_for_each_line_and_the_sum() -> None:
    """Varje budgetrad visar budget, utfall och avvikelse."""
    found = plots(SATER)["ekonomi"]
    assert found.unit == "kr"
    assert [row[0] for row in told(found)] == ["Personal", "Lokaler", "Summa"]
    assert found.description.replace(texts.NBSP, " ") == (
        "I allt: budget 1 245 000 kr, utfall 1 378 157 kr och avvikelse −133 157 kr. "
        "Störst avvikelse: Personal (−143 157 kr). Ett minus betyder att utfallet blev högre än budgeten."
    )


def test_nothing_to_show_is_no_chart() -> None:
    """En rapport utan tal, och en där alla tal är skyddade, får inga diagram."""
    cells = {**FLOW, **SEXES, **BUDGET, **REFERRED, **LEFT}
    hidden = report(dict.fromkeys(cells, SKYDDAD), [REFERRERS, EXITS])
    assert plots(report({})) == plots(hidden) == {}


def test_descriptions_tell_no_number_that_is_not_in_the_rows() -> None:
    """Beskrivningen kan inte röja mer än raderna: varje tal i den står i någon rad."""
    for plot in plots(SATER).values():
        written = {texts.shown(value).lstrip("−") for row in plot.rows for value in row.values}
        labels = " ".join(row.label for row in plot.rows)
        numbers = set(re.findall(r"\d(?:[\d\u00a0]*\d)?", plot.description))
        assert numbers
        assert numbers <= written | set(re.findall(r"\d+", labels))


def plot_of(form: str, *rows: tuple[str, tuple[Figure, ...]], unit: str = "personer", level: int = 0) -> Plot:
    """A plot with rows as they are, each with its values."""
    series = ("Budget", "Utfall", "Avvikelse", "Fjärde", "Femte", "Sjätte")[: len(rows[0][1])]
    made = tuple(PlotRow(label, tuple(figure("x", v) for v in values), level) for label, values in rows)
    return Plot("prov", "sater/2021", form, "Titel", "39 deltagare, 2021", "Läsning.", unit, series, made)


def bars(shapes: Iterable[Shape]) -> tuple[Bar, ...]:
    """The bars among some shapes."""
    return tuple(shape for shape in shapes if isinstance(shape, Bar))


def words(drawn: Picture) -> list[Words]:
    """The texts of a picture."""
    return [shape for shape in drawn.shapes if isinstance(shape, Words)]


def test_bars_begin_at_zero_and_are_as_long_as_their_numbers() -> None:
    """Staplar börjar vid noll och förhåller sig som talen."""
    drawn = bars(picture(plot_of("bars", ("A", (20,)), ("B", (5,)), ("C", (1,)))).shapes)
    assert {bar.x for bar in drawn} == {1}
    assert [round(bar.width / drawn[-1].width, 1) for bar in drawn] == [20.0, 5.0, 1.0]


def test_zero_and_words_have_no_bar() -> None:
    """Noll och ord ritas utan stapel, och ordet står i dess ställe."""
    drawn = picture(plot_of("bars", ("A", (0,)), ("B", (SKYDDAD,)), ("C", (Mark.MISSING,))))
    assert bars(drawn.shapes) == ()
    assert [text.text for text in words(drawn)] == ["A", "0", "B", "skyddad", "C", "uppgift saknas"]


def test_negative_numbers_go_left_of_the_common_zero() -> None:
    """En negativ stapel slutar där de positiva börjar."""
    below, above = bars(picture(plot_of("bars", ("A", (-10,)), ("B", (30,)))).shapes)
    assert round(below.x + below.width, 1) == round(above.x, 1)
    assert round(above.width / below.width, 1) == 3.0


def test_any_number_of_digits_can_be_drawn() -> None:
    """Också ett orimligt stort tal får sin stapel och sitt tal, på en egen rad när det är för brett."""
    huge = "9" * 26
    drawn = picture(plot_of("bars", ("A", (huge,)), ("B", (1,)), unit="kr"))
    assert bars(drawn.shapes)[0].width > WIDTH / 2
    shown = "".join(text.text for text in words(drawn))
    assert re.sub(r"\D", "", shown) == f"{huge}1"


def test_steps_of_a_flow_lie_between_its_balances() -> None:
    """Nya börjar där starten slutar; avslutade går tillbaka till slutet."""
    opening, new, total, left, closing = bars(picture(plots(SATER)["flode"]).shapes)
    assert {opening.x, total.x, closing.x} == {1}
    assert (new.x, new.x + new.width) == (pytest.approx(1 + opening.width), pytest.approx(1 + total.width))
    assert (left.x, left.x + left.width) == (pytest.approx(1 + closing.width), pytest.approx(1 + total.width))
    assert {"+13", "−10"} <= {text.text for text in words(picture(plots(SATER)["flode"]))}


def test_a_step_after_a_hidden_balance_has_a_number_and_no_bar() -> None:
    """En svävande stapel skulle röja det saldo den börjar vid."""
    found = plots(report({**FLOW, "flode.ingang": SKYDDAD}))["flode"]
    drawn = picture(found)
    assert len(bars(drawn.shapes)) == 3
    assert "+13" in {text.text for text in words(drawn)}


def test_a_step_after_a_hidden_total_has_a_number_and_no_bar() -> None:
    """När totalen är skyddad går det inte att säga var de avslutade börjar."""
    found = plots(report({**FLOW, "flode.totalt": SKYDDAD}))["flode"]
    assert [bar.colour for bar in bars(picture(found).shapes)] == ["serie-1", "plus", "serie-1"]


def test_a_flow_below_zero_stays_in_the_picture() -> None:
    """Fler avslutade än deltagare är ett fel i källan, men ritas ändå inom bilden."""
    found = plots(report({**FLOW, "flode.avslutade": 60, "flode.utgang": 0}))["flode"]
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in bars(picture(found).shapes))


def test_series_differ_in_pattern_and_not_only_in_colour() -> None:
    """Serier skiljs åt också utan färg, upp till sex stycken."""
    drawn = bars(picture(plot_of("paired", ("A", (1, 2, 3, 4, 5, 6)))).shapes)
    assert len({bar.pattern for bar in drawn}) == 6


def test_a_series_without_a_bar_is_named() -> None:
    """När stapeln saknas säger ett ord vilken serie talet eller ordet gäller."""
    drawn = picture(plot_of("paired", ("A", (0, SKYDDAD))))
    assert {"Budget: 0", "Utfall: skyddad"} <= {text.text for text in words(drawn)}


def test_what_goes_over_budget_is_marked_on_the_outcome() -> None:
    """Det som går över budget är ett streckat stycke från budgetens längd till utfallets."""
    drawn = picture(plots(SATER)["ekonomi"])
    over = [bar for bar in bars(drawn.shapes) if bar.colour == "minus"]
    plan, outcome = [bar for bar in bars(drawn.shapes) if bar.x == 1][:2]
    assert len(over) == 3
    assert over[1].x == pytest.approx(plan.x + plan.width)
    assert over[1].width == pytest.approx(outcome.width - plan.width, abs=0.02)
    assert "Avvikelse −143\u00a0157\u00a0kr" in {text.text for text in words(drawn)}


LABELS = (
    "Kort",
    "Förstärkt samarbete mellan Försäkringskassan och Arbetsförmedlingen under hela perioden och därefter",
    "Arbetslivsinriktadrehabiliteringssamordningsförbundsverksamhetsutvecklingsprojektledare",
    "W" * 200,
    HOSTILE,
)
VALUES: tuple[Figure, ...] = (0, 1, 39, 1550000, -118712, "123456789012.55", "9" * 27, SKYDDAD, Mark.MISSING)


def crowded() -> Iterator[Plot]:
    """Plots with long labels and wide numbers in every form."""
    for unit in ("personer", "kr"):
        for start in range(len(VALUES)):
            turned = VALUES[start:] + VALUES[:start]
            pairs = list(zip(LABELS, turned, strict=False))
            yield plot_of("bars", *((label, (value,)) for label, value in pairs), unit=unit)
            yield plot_of("bars", *((label, (value,)) for label, value in pairs), unit=unit, level=1)
            yield plot_of("paired", *((label, (value, 5, value)) for label, value in pairs), unit=unit)
            yield plot_of("deviation", *((label, (7, value, value)) for label, value in pairs), unit=unit)
            yield plot_of("flow", *((label, (value,)) for label, value in pairs), unit=unit)
            for form in ("stacked", "diverging", "bullet", "dumbbell", "matrix"):
                yield plot_of(form, *((label, (value, 7, turned[0])) for label, value in pairs), unit=unit)
            for form in ("windows", "ladder", "statements", "steps"):
                made = plot_of(form, *((label, (value,)) for label, value in pairs), unit=unit)
                yield replace(made, rows=tuple(timed(made.rows, overlapping=form != "steps")))


def timed(rows: Iterable[PlotRow], *, overlapping: bool) -> Iterator[PlotRow]:
    """Rows with a window each, in groups of two, the first of each a target."""
    for number, row in enumerate(rows):
        last = date(2018 + number, 6, 30) if overlapping else date(2017 + number, 12, 31)
        when = Period(date(2017 + number, 1, 1), last)
        mark = "" if number % 2 else "mal"
        yield replace(row, period=when, group=f"{row.label} {number // 2}", note=row.label, mark=mark)


def box(text: Words) -> tuple[float, float, float, float]:
    """The rectangle a text takes: left, top, right, bottom."""
    return text.x, text.y - 0.74 * text.size, text.x + text.width, text.y + 0.21 * text.size


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two rectangles share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize(
    "plot", [*plots(SATER).values(), *studies(RICH).values(), *crowded()], ids=lambda plot: plot.form
)
def test_texts_stay_in_the_picture_and_off_each_other_and_the_bars(plot: Plot) -> None:
    """Ingen text skrivs över en annan, över en stapel eller utanför bilden, hur lång den än är."""
    drawn = picture(plot)
    boxes = [box(text) for text in words(drawn)]
    filled = [(bar.x, bar.y, bar.x + bar.width, bar.y + bar.height) for bar in bars(drawn.shapes)]
    for number, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= WIDTH
        assert one[3] <= drawn.height
        assert not any(meet(one, other) for other in [*boxes[number + 1 :], *filled])
    assert all(left >= 0 and right <= WIDTH for left, _, right, _ in filled)


def test_text_is_large_enough_to_read_on_a_phone() -> None:
    """Ingen text är mindre än tolv enheter i en bild som är 420 bred."""
    assert min(text.size for plot in crowded() for text in words(picture(plot))) >= 12


def test_wrapped_lines_keep_every_letter_and_the_room() -> None:
    """Radbrytning tappar inga tecken, bryter efter bindestreck och håller bredden."""
    text = "Social- och arbetsmarknadsförvaltningens rehabiliteringssamordnare"
    lines = wrapped(text, 16, 150)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 16) <= 150 for line in lines)
    assert wrapped("ABCDEFGHIJ-KLMNOPQRST", 16, 200)[0] == "ABCDEFGHIJ-"


def test_plain_text_has_one_line_and_no_control_characters() -> None:
    """Radbrytningar blir mellanslag, hårda mellanslag blir kvar, och tecken som XML vägrar försvinner."""
    assert plain(" a\n\n b\u2028c\x00\ufffe\ud800 1\u00a0000 ") == "a b c 1\u00a0000"


def test_the_same_plot_gives_the_same_bytes_in_every_process() -> None:
    """Samma rader ger samma SVG, också i en annan process med annat slumpfrö."""
    script = (
        "import sys; sys.path[:0] = ['tests', '.']; import test_charts as t;"
        "sys.stdout.buffer.write(''.join(t.draw(p) for p in t.plots(t.SATER).values()).encode())"
    )
    here = "".join(draw(plot) for plot in plots(SATER).values()).encode()
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert done.stdout == here


def parsed(svg: str) -> ET.Element:
    """A drawing as elements."""
    return ET.fromstring(svg)  # noqa: S314


def drawn_reports() -> Iterator[ET.Element]:
    """Every drawing of two reports and of hostile labels, parsed."""
    other = report({**FLOW, **SEXES, **BUDGET}, name="avesta/2019-2020")
    found = charts.draw_all(published(SATER, other), None)
    for each in found.reports.values():
        for drawing in each.drawings.values():
            yield parsed(drawing.svg)
    for plot in studies(RICH).values():
        yield parsed(draw(plot))
    yield parsed(draw(plot_of("paired", (HOSTILE, (1, 2, 3, 4, 5, 6)))))


def test_ids_are_unique_in_a_page_with_several_reports_and_names_point_to_them() -> None:
    """Flera rapporters diagram kan stå på en sida utan att något id krockar."""
    roots = list(drawn_reports())
    ids = [element.get("id") for root in roots for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) > 2 * len(roots)
    used = {
        name
        for root in roots
        for element in root.iter()
        for value in element.attrib.values()
        for name in re.findall(r"url\(#([^)]*)\)", value)
    }
    named = {root.get(key) for root in roots for key in ("aria-labelledby", "aria-describedby")}
    assert used
    assert used | named <= set(ids)
    assert all(re.fullmatch(r"diagram-[a-z0-9-]+", name) for name in ids if name)


def test_every_colour_is_a_custom_property_of_the_theme() -> None:
    """Fyllning och linje är temats färger, ett mönster eller ingenting, så att mörkt läge följer med."""
    allowed = re.compile(
        r"none|url\(#[a-z0-9-]+\)|var\(--sr-(text|svag|rutnat|yta|serie-[1-6]|plus|minus), [\w#]+\)"
    )
    found = set()
    for root in drawn_reports():
        for element in root.iter():
            style = dict(part.split(":", 1) for part in element.get("style", "").split(";") if part)
            colours = [{**style, **element.attrib}.get(key) for key in ("fill", "stroke")]
            found |= {colour for colour in colours if colour}
            assert element.tag.rpartition("}")[2] not in {"path", "text"} or any(colours)
    assert all(allowed.fullmatch(colour) for colour in found)
    assert len(found) > 6


def test_the_svg_is_an_image_with_a_name_a_reading_and_no_size_of_its_own() -> None:
    """Bilden har titel och beskrivning för den som lyssnar, och sidan bestämmer dess bredd."""
    root = parsed(draw(plots(SATER)["flode"]))
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("viewBox", "").startswith("0 0 420 ")
    assert {"width", "height", "style"}.isdisjoint(root.attrib)
    assert title.text == "Deltagare från periodens start till dess slut. 39 deltagare, 2021"
    assert description.text == plots(SATER)["flode"].description
    assert title.get("id") == root.get("aria-labelledby")
    assert description.get("id") == root.get("aria-describedby")


def test_the_svg_has_no_prolog_style_sheet_font_or_group_ids() -> None:
    """Inget i bilden gäller resten av sidan, och texten får sidans typsnitt."""
    svg = draw(plots(SATER)["kon"])
    assert svg.startswith("<svg ")
    assert not re.search(
        r"<\?xml|<!DOCTYPE|<style|<metadata|<!--|font-family|xlink|#0102|figure_|patch_", svg
    )


def test_hostile_labels_are_text_and_nothing_else() -> None:
    """Märken, citattecken och formler i en etikett blir läsbar text, aldrig märkord, färg eller id."""
    plot = plot_of("bars", (HOSTILE, (3,)))
    made = replace(plot, title=HOSTILE, description=HOSTILE)
    svg = draw(made)
    root = parsed(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "desc", "path", "text"}
    assert root[0].text == f"{plain(HOSTILE)}. 39 deltagare, 2021"
    assert "".join(element.text or "" for element in root.iter() if element.tag.endswith("}text")).replace(
        " ", ""
    ) == f"{plain(HOSTILE)}3".replace(" ", "")
    assert "<script" not in svg
    assert "]]>" not in svg


def test_the_svg_passes_through_a_raw_block_of_markdown_unchanged() -> None:
    """Bilden har inga tomma rader, så Markdown låter den stå som den är."""
    for plot in (*plots(SATER).values(), plot_of("bars", (HOSTILE, (3,)))):
        svg = draw(plot)
        assert "\n\n" not in svg
        assert svg in markdown(f"Före\n\n<figure>\n{svg}\n</figure>\n\nEfter")


def forbidden(_plot: Plot) -> str:
    """Stands in for drawing where nothing may be drawn."""
    raise AssertionError("drawn again")


def test_a_chart_that_has_not_changed_is_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Andra gången kommer alla bilder ur cachen, likadana."""
    first = charts.draw_all(published(SATER), tmp_path)
    monkeypatch.setattr(store, "draw", forbidden)
    assert charts.draw_all(published(SATER), tmp_path) == first == charts.draw_all(first, tmp_path)


def test_a_chart_is_drawn_again_when_anything_seen_of_it_changes() -> None:
    """Varje tal, ord och etikett som ritas hör till namnet i cachen; platsen i källan gör det inte."""
    value = figure("x", 5)
    assert isinstance(value, Fact)
    changed: list[Fact | Blank] = [
        replace(value, n=Decimal(30)),
        replace(value, value=Decimal(6)),
        replace(value, value=Decimal("5.0")),
        replace(value, upper=Decimal(7)),
        replace(value, decimals=1),
        replace(value, hedge=Hedge.ABOUT),
        replace(value, kind=Kind.SHARE),
        figure("x", SKYDDAD),
        figure("x", Mark.MISSING),
    ]
    base = plot_of("bars", ("A", (5,)))
    row = base.rows[0]
    rows = [replace(row, values=(other,)) for other in changed]
    rows += [replace(row, label="B"), replace(row, level=1), replace(row, period=YEAR)]
    rows += [replace(row, **{name: "annat"}) for name in ("group", "note", "unit", "mark")]
    fields = ("id", "report", "form", "title", "subtitle", "description", "unit")
    plots_seen = [replace(base, rows=(other,)) for other in rows]
    plots_seen += [replace(base, **{name: "annat"}) for name in fields]
    plots_seen += [replace(base, series=("Annat",)), replace(base, rows=(row, row))]
    plots_seen += [replace(base, bounds=(Decimal(1), Decimal(10)))]
    moved = replace(value, where=Where("annan.yml", 9), note="n", page="4")
    assert len({store.key(plot) for plot in (base, *plots_seen)}) == 1 + len(plots_seen)
    assert store.key(replace(base, rows=(replace(row, values=(moved,)),))) == store.key(base)


def test_a_chart_is_drawn_again_when_it_is_drawn_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """En ny version av matplotlib, eller en ändring i koden som ritar, ger nya namn i cachen."""
    plot = plot_of("bars", ("A", (5,)))
    names = {store.key(plot)}
    for change in (("version", lambda library: f"{library} 0"), ("code", lambda *_: "annan")):
        store.style.cache_clear()
        monkeypatch.setattr(store, *change)
        names.add(store.key(plot))
    store.style.cache_clear()
    assert len(names) == 3


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_text(path.read_text("utf-8").replace("39", "93"), "utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_bytes(b""),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["avkortad", "ändrad", "oläslig", "tom", "mapp"],
)
def test_a_corrupt_cache_entry_is_drawn_anew(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """En skadad fil i cachen märks och ersätts."""
    first = charts.draw_all(published(SATER), tmp_path)
    kept = sorted((tmp_path / "diagram").iterdir())
    assert len(kept) == len(first.reports["sater/2021"].drawings)
    for path in kept:
        harm(path)
    assert charts.draw_all(published(SATER), tmp_path) == first


def test_the_cache_holds_whole_files_only(tmp_path: Path) -> None:
    """Inga halvskrivna filer blir kvar."""
    charts.draw_all(published(SATER), tmp_path)
    assert {path.suffix for path in (tmp_path / "diagram").iterdir()} == {".svg"}


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """Finns ingen plats att spara på ritas bilderna ändå."""
    blocked = tmp_path / "fil"
    blocked.write_text("")
    assert charts.draw_all(published(SATER), blocked) == charts.draw_all(published(SATER), None)


def test_a_warm_build_does_without_matplotlib(tmp_path: Path) -> None:
    """När alla bilder finns i cachen laddas inte matplotlib."""
    charts.draw_all(published(SATER), tmp_path)
    script = (
        "import sys; sys.path[:0] = ['tests', '.']; import test_charts as t; from pathlib import Path;"
        "t.charts.draw_all(t.published(t.SATER), Path(sys.argv[1])); print('matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "False"


def test_every_chart_has_its_own_id_and_says_in_swedish_what_it_shows() -> None:
    """Delarna heter som mallarna kallar dem, och deras förklaring är en mening."""
    assert [part.id for part in chart.parts()] == [
        "aktualiserad_av",
        "avslut",
        "bemanning",
        "ekonomi",
        "enkat",
        "flode",
        "fore_efter",
        "forsorjning",
        "genomstromning",
        "kon",
        "omfattning",
        "overgangar",
        "re_aim",
        "skattning",
        "uppsatta_mal",
    ]
    assert all(part.doc.endswith(".") for part in chart.parts())


def test_lines_and_bars_are_whole_within_the_picture() -> None:
    """Linjen vid noll syns hel också längst till vänster."""
    for plot in plots(SATER).values():
        for shape in picture(plot).shapes:
            if isinstance(shape, Rule):
                assert 0.5 <= shape.x1 <= shape.x2 <= WIDTH
            elif isinstance(shape, Bar):
                assert shape.x >= 0
