"""Seeded correct reports where nearly every figure stands under a control, and the report of the year before.

Whoever makes a report knows which of its figures are tied to which: the equations are told here, next to the
figures, from what the words mean, and are never asked of the checks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.bench.team import BUDGET, EXITS, GOAL, QUESTIONS, REFERRERS, Year, a_year, split, staffing
from tests.bench.truths import HALF, HUNDRED, Adds, Equation, Mean, Number, Percent, Place, Ratio, Terms

SEXES = ("kvinna", "man")
SUPPORT = {
    "fk.sjukpenning": 7, "fk.aktivitetsersattning": 3, "kommun.forsorjningsstod": 10, "ingen_offentlig": 2,
}  # fmt: skip
OCCUPATIONS = {"ingen": 30, "forvarvsarbete": 12, "studier": 8, "aktivt_arbetssokande": 12}
AREAS = ("mat", "somn", "stress")
TEAM, FIRST = "laget", 2023
RANGES = {"alder": (28, 46), "genomstromningstid": (11, 20), "ar_i_offentlig_forsorjning": (2, 9)}
CUT = 3
"""The step of a scale from which a share is told."""

Tree = dict[str, Any]


def rounded(number: Decimal, decimals: int) -> Decimal:
    """The number as a report writes it."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def at(tree: Any, place: Place) -> Any:
    """What stands in a place of a file."""
    for step in place:
        tree = tree[step]
    return tree


def with_changes(tree: Any, changes: Mapping[Place, Decimal]) -> Any:
    """A copy of a file with other numbers in some places."""
    if not changes:
        return tree
    if () in changes:
        return changes[()]
    inner: dict[str | int, dict[Place, Decimal]] = {}
    for place, number in changes.items():
        inner.setdefault(place[0], {})[place[1:]] = number
    copy = tree.copy()
    for step, own in inner.items():
        copy[step] = with_changes(tree[step], own)
    return copy


@dataclass(slots=True)
class Controlled:
    """A report as the tree of its file, its equations, and how far each figure may be from what it says."""

    tree: Tree
    before: Controlled | None = None
    equations: list[Equation] = field(default_factory=list)
    scales: dict[Place, Decimal] = field(default_factory=dict)
    """Figures that are not counts, with what one unit of theirs is worth: 1000 for thousands."""

    def adds(self, *terms: tuple[Place, int], target: Number | None = None) -> None:
        """Tell of a sum."""
        self.equations.append(Adds(terms, target or Number(Decimal(0))))

    def measured(self, *places: Place, worth: int = 1) -> None:
        """Tell of figures that are rounded."""
        self.scales.update(dict.fromkeys(places, Decimal(worth)))

    def numbers(self, tree: Tree) -> dict[Place, Number]:
        """The figures of the equations as they stand in a file."""
        return {place: self.number(place, at(tree, place)) for place in self.figures}

    def number(self, place: Place, written: Decimal) -> Number:
        """A figure with the width that its digits give it."""
        worth = self.scales.get(place)
        if worth is None:
            return Number(Decimal(written))
        decimals = -min(0, int(Decimal(written).as_tuple().exponent))
        return Number(Decimal(written) * worth, HALF.scaleb(-decimals) * worth)

    @property
    def figures(self) -> tuple[Place, ...]:
        """Every figure that takes part in an equation, in the order of the equations."""
        return tuple(dict.fromkeys(place for equation in self.equations for place in equation.places))


def pair(seed: str) -> tuple[Controlled, Controlled]:
    """A team's report with the one of the year before."""
    chance = random.Random(seed)  # noqa: S311 - figures for a bench, not secrets
    opening = {"kvinna": chance.randint(30, 60), "man": chance.randint(24, 50)}
    first = a_year(FIRST, opening, chance)
    before = _report(first, None, chance)
    return before, _report(a_year(FIRST + 1, first.closing, chance), before, chance)


def _report(year: Year, before: Controlled | None, chance: random.Random) -> Controlled:
    head = {"insats": TEAM, "typ": "arsrapport", "mall": "samverkansteam", "period": year.period()}
    dates = {"datadatum": date(year.number + 1, 1, 18), "publicerad": date(year.number + 1, 3, 2)}
    goal = {"mal_orsaker": list(GOAL), "mal_namnare": "utan_tidiga_avhopp"}
    made = Controlled(
        {
            "rapport": {**head, "status": "slutlig", **dates, "kalla": "Påhittat."},
            "definitioner": {**goal, "tidigt_avhopp": {"inom_dagar": 60}},
            "uppgivet": [],
        },
        before,
    )
    _flow(made, year)
    _exits(made, year, chance)
    _distributions(made, year, chance)
    _means(made, year, chance)
    _facts(made, year, chance)
    _economy(made, year, chance)
    _meetings(made, chance)
    _survey(made, year, chance)
    _occupation(made, year, chance)
    _ratings(made, chance)
    _told_again(made, chance)
    _last_year(made)
    made.tree["bemanning"] = staffing(year, chance)
    made.tree["mal"] = [{"id": "ko", "text": "Högst tio i kö.", "matt": "ko.vantande", "troskel": 10,
                         "riktning": "hogst"}]  # fmt: skip
    return made


def _both(*way: str | int, weight: int = 1) -> Terms:
    """A figure of women and of men."""
    return tuple(((*way, sex), weight) for sex in SEXES)


def _flow(made: Controlled, year: Year) -> None:
    """The flow by sex with all its totals."""
    rows = {"ingang": year.opening, "nya": year.new, "utgang": year.closing, "totalt": year.whole,
            "avslutade": year.left}  # fmt: skip
    made.tree["flode"] = {row: _told(found) for row, found in rows.items()}
    for row in rows:
        made.adds(*_both("flode", row), (("flode", row, "alla"), -1))
    for who in SEXES:
        opening, new, last, whole, left = (("flode", row, who) for row in rows)
        made.adds((opening, 1), (new, 1), (whole, -1))
        made.adds((opening, 1), (new, 1), (last, -1), (left, -1))
    if made.before:
        for sex in SEXES:
            closed = made.before.tree["flode"]["utgang"][sex]
            made.adds((("flode", "ingang", sex), 1), target=Number(closed))


def _told(counts: Mapping[str, int]) -> Tree:
    """Women, men, and all for control."""
    sexes = {sex: Decimal(counts[sex]) for sex in SEXES}
    return {**sexes, "alla": sum(sexes.values(), Decimal(0))}


def _counts(found: Mapping[str, int]) -> dict[str, Decimal]:
    return {code: Decimal(count) for code, count in found.items()}


def _exits(made: Controlled, year: Year, chance: random.Random) -> None:
    """Why they left, with the sum."""
    reasons = _counts(split(year.exits, EXITS, chance))
    made.tree["avslut"] = {"population": "avslutade", "summa": Decimal(year.exits), "celler": reasons}
    every = tuple((("avslut", "celler", code), 1) for code in reasons)
    made.adds(*every, (("avslut", "summa"), -1))
    made.adds(*every, *_both("flode", "ingang", weight=-1), *_both("flode", "nya", weight=-1),
              *_both("flode", "utgang"))  # fmt: skip


def _distributions(made: Controlled, year: Year, chance: random.Random) -> None:
    """Who referred the new, and what everybody lives on, told on both levels."""
    new, whole = sum(year.new.values()), sum(year.whole.values())
    referrers, support = _counts(split(new, REFERRERS, chance)), _counts(split(whole, SUPPORT, chance))
    level_one = {"fk": support["fk.sjukpenning"] + support["fk.aktivitetsersattning"]}
    asked = {"kodning": "enval"}
    made.tree["fordelningar"] = [
        {"matt": "aktualiserad_av", "population": "nya", **asked, "summa": Decimal(new), "celler": referrers},
        {"matt": "forsorjning", "population": "alla_under_perioden", "matpunkt": "inskrivning", **asked,
         "summa": Decimal(whole), "celler": {**level_one, **support}},
    ]  # fmt: skip
    for place, codes, rows in ((0, referrers, ("nya",)), (1, support, ("ingang", "nya"))):
        every = tuple((("fordelningar", place, "celler", code), 1) for code in codes)
        made.adds(*every, (("fordelningar", place, "summa"), -1))
        made.adds(*every, *(term for row in rows for term in _both("flode", row, weight=-1)))
    cells: Place = ("fordelningar", 1, "celler")
    details = tuple(((*cells, code), 1) for code in support if code.startswith("fk."))
    made.adds(*details, ((*cells, "fk"), -1))


def _means(made: Controlled, year: Year, chance: random.Random) -> None:
    """Ages of everybody, and times of those who reached the goal: by sex with the mean of all."""
    reached = sum(int(n) for code, n in made.tree["avslut"]["celler"].items() if code.startswith(GOAL))
    women = max(4, min(reached - 4, reached * chance.randint(35, 65) // 100))
    sizes = {"kvinna": women, "man": reached - women}
    made.tree["alder"] = [{"population": "alla_under_perioden", **_weighed("alder", year.whole, chance)}]
    made.tree["varaktighet"] = [
        {"matt": measure, "population": "avslutade_i_mal", "enhet": unit, **_weighed(measure, sizes, chance)}
        for measure, unit in (("genomstromningstid", "manader"), ("ar_i_offentlig_forsorjning", "ar"))
    ]
    for way in (("alder", 0), ("varaktighet", 0), ("varaktighet", 1)):
        groups = tuple(((*way, sex, "medel"), (*way, sex, "n")) for sex in SEXES)
        stated: Place = (*way, "alla", "medel")
        made.measured(stated, *(mean for mean, _n in groups))
        made.equations.append(Mean(stated, groups))


def _weighed(measure: str, sizes: Mapping[str, int], chance: random.Random) -> Tree:
    """Means of women and men and of all, from times that are known exactly before they are rounded."""
    low, high = RANGES[measure]
    added = {sex: sum(chance.randint(low * 100, high * 100) for _ in range(n)) for sex, n in sizes.items()}
    told = {sex: _a_mean(added[sex], n) for sex, n in sizes.items()}
    return {**told, "alla": _a_mean(sum(added.values()), sum(sizes.values()))}


def _a_mean(hundredths: int, n: int) -> Tree:
    return {"medel": rounded(Decimal(hundredths) / 100 / n, 1), "n": Decimal(n)}


def _facts(made: Controlled, year: Year, chance: random.Random) -> None:
    """Counts with the number that they are of, told again as shares, and single figures."""
    new, whole, last = (sum(found.values()) for found in (year.new, year.whole, year.closing))
    bases = {"kartlaggning.inom_14_dagar": new, "deltagare.unga": last, "deltagare.psykiatrikontakt": whole}
    facts: Tree = {"kartlaggning.totalt": Decimal(sum(year.new.values()))}
    for measure, n in bases.items():
        facts[measure] = {"antal": Decimal(n * chance.randint(20, 80) // 100), "n": Decimal(n)}
    singles = {"ko.vantande": (5, 20), "deltagare.i_arbetstraning": (10, 25), "grupp.traffar": (60, 120),
               "personal.handledningstillfallen": (4, 12)}  # fmt: skip
    facts |= {measure: Decimal(chance.randint(*limits)) for measure, limits in singles.items()}
    made.tree["uppgifter"] = facts
    for measure, n in bases.items():
        part, whole = ("uppgifter", measure, "antal"), ("uppgifter", measure, "n")
        share = HUNDRED * facts[measure]["antal"] / n
        _share_told(made, f"{measure}.andel", share, ((part, 1),), ((whole, 1),), chance)
    for measure in singles:
        _value_told(made, measure, facts[measure], ((("uppgifter", measure), 1),))


def _share_told(
    made: Controlled, cell: str, share: Decimal, part: Terms, whole: Terms, chance: random.Random
) -> None:
    place: Place = ("uppgivet", len(made.tree["uppgivet"]), "andel")
    written = rounded(share, chance.choice((1, 1, 2)))
    of = {"n": Decimal(sum(at(made.tree, one) * weight for one, weight in whole))}
    told = {"cell": cell, "andel": written, **of, "avsnitt": 3, "del": "beskrivning"}
    made.tree["uppgivet"].append(told)
    made.measured(place)
    made.equations.append(Percent(place, part, whole))


def _value_told(made: Controlled, cell: str, value: Decimal, terms: Terms, unit: str = "") -> None:
    place: Place = ("uppgivet", len(made.tree["uppgivet"]), "varde")
    written = rounded(value / 1000, 0) if unit else value
    said = {"enhet": unit} if unit else {}
    made.tree["uppgivet"].append({"cell": cell, "varde": written, **said, "avsnitt": 9, "del": "beskrivning"})
    if unit:
        made.measured(place, worth=1000)
    made.adds(*terms, (place, -1))


def _economy(made: Controlled, year: Year, chance: random.Random) -> None:
    """Budget, outcome and deviation, row by row and summed."""
    rows: Tree = {}
    for row in BUDGET:
        budget = chance.randint(2000, 2600) * 1000 if row == "personal" else chance.randint(80, 400) * 1000
        spent = budget * chance.randint(9100, 10900) // 10000
        found = {"budget": budget, "utfall": spent, "avvikelse": budget - spent}
        rows[row] = {column: Decimal(amount) for column, amount in found.items()}
    columns_of = ("budget", "utfall", "avvikelse")
    summed = {column: sum(row[column] for row in rows.values()) for column in columns_of}
    made.tree["ekonomi"] = {"period": year.period(), "enhet": "kr", "rader": rows, "summa": summed}
    places = {row: ("ekonomi", "rader", row) for row in rows} | {"summa": ("ekonomi", "summa")}
    for way in places.values():
        columns = {column: (*way, column) for column in summed}
        made.measured(*columns.values())
        made.adds((columns["budget"], 1), (columns["utfall"], -1), (columns["avvikelse"], -1))
    for column in summed:
        every = tuple(((*places[row], column), 1) for row in rows)
        made.adds(*every, ((*places["summa"], column), -1))
    spent = tuple(((*places[row], "utfall"), 1) for row in rows)
    _value_told(made, "ekonomi.summa.utfall", summed["utfall"], spent, "tkr")


def _meetings(made: Controlled, chance: random.Random) -> None:
    """Meetings planned are those held and those called off."""
    made.tree["moten"] = []
    for place, (forum, most) in enumerate((("styrgrupp", 8), ("representantgrupp", 12))):
        planned = chance.randint(5, most)
        held = planned - chance.randint(0, 2)
        told = {"planerade": planned, "hallna": held, "installda": planned - held}
        made.tree["moten"].append({"forum": forum, **_counts(told)})
        way: Place = ("moten", place)
        made.adds(((*way, "planerade"), 1), ((*way, "hallna"), -1), ((*way, "installda"), -1))


def _survey(made: Controlled, year: Year, chance: random.Random) -> None:
    """Answers that add up, shares from a step upward, and one question of which only shares are told."""
    n = chance.randint(25, min(40, year.exits * 4 // 5))
    rows: list[Tree] = []
    for name, (scale, steps) in QUESTIONS.items():
        answers = _counts(split(n, steps, chance))
        asked = {"id": name, "text": f"Hur var det med {name}?", "skala": scale, "n": Decimal(n)}
        way: Place = ("enkater", 0, "fragor", len(rows))
        if name == "vardag":
            shares = {step: rounded(HUNDRED * count / n, 1) for step, count in answers.items()}
            rows.append({**asked, "andelar": shares})
            every = tuple(((*way, "andelar", step), 1) for step in shares)
            made.measured(*(place for place, _weight in every))
            made.adds(*every, target=Number(HUNDRED))
            continue
        rows.append({**asked, "svar": answers})
        every = tuple(((*way, "svar", step), 1) for step in answers)
        made.adds(*every, ((*way, "n"), -1))
        if len(steps) > CUT:
            above = sum(list(answers.values())[CUT:], Decimal(0))
            rows[-1]["kumulativt"] = {"fran": steps[CUT], "andel": rounded(HUNDRED * above / n, 1)}
            share: Place = (*way, "kumulativt", "andel")
            made.measured(share)
            made.equations.append(Percent(share, every[CUT:], (((*way, "n"), 1),)))
    asked_of = Decimal(year.exits)
    made.tree["enkater"] = [{"id": f"avslut_{year.number}", "population_n": asked_of, "fragor": rows}]


def _occupation(made: Controlled, year: Year, chance: random.Random) -> None:
    """What they did before and after, each once, with shares and changes."""
    n = year.exits
    before = split(n, OCCUPATIONS, chance)
    after = split(n, dict(zip(OCCUPATIONS, (15, 12, 7, 12), strict=True)), chance)
    way: Place = ("fore_efter", 0, "celler")
    rows: Tree = {}
    for code in OCCUPATIONS:
        first, last = Decimal(before[code]), Decimal(after[code])
        share, change = rounded(HUNDRED * last / n, 1), rounded(HUNDRED * last / first - HUNDRED, 1)
        rows[code] = {"fore": first, "efter": last, "andel_efter": share, "forandring_procent": change}
        told = {column: (*way, code, column) for column in rows[code]}
        whole = ((("fore_efter", 0, "n"), 1),)
        part, base = ((told["efter"], 1),), ((told["fore"], 1),)
        made.measured(told["andel_efter"], told["forandring_procent"])
        made.equations.append(Percent(told["andel_efter"], part, whole))
        made.equations.append(Percent(told["forandring_procent"], part, base, HUNDRED))
    asked = {"matt": "sysselsattning", "population": "avslutade", "n": Decimal(n), "kodning": "enval"}
    made.tree["fore_efter"] = [{**asked, "celler": rows}]
    for column in ("fore", "efter"):
        made.adds(*(((*way, code, column), 1) for code in rows), (("fore_efter", 0, "n"), -1))


def _ratings(made: Controlled, chance: random.Random) -> None:
    """Sums of self-ratings before and after, with their means."""
    n = chance.randint(20, 30)
    rows: Tree = {}
    for area in AREAS:
        first = n * chance.randint(35, 55) // 10 + chance.randint(0, 9)
        sums = {"fore": first, "efter": first + n * chance.randint(2, 15) // 10}
        told = {f"summa_{when}": Decimal(found) for when, found in sums.items()}
        means = {f"medel_{when}": rounded(Decimal(found) / n, 2) for when, found in sums.items()}
        rows[area] = {**told, **means}
        for when in sums:
            way: Place = ("skattningar", 0, "omraden", area)
            made.measured((*way, f"medel_{when}"), (*way, f"summa_{when}"))
            places = ((*way, f"medel_{when}"), (*way, f"summa_{when}"), ("skattningar", 0, "n"))
            made.equations.append(Ratio(*places))
    asked = {"instrument": "livshjulet", "skala": "skattning_1_10", "population": "avslutade"}
    made.tree["skattningar"] = [{**asked, "n": Decimal(n), "omraden": rows}]


def _told_again(made: Controlled, chance: random.Random) -> None:
    """Counts and shares of the tables, told once more in the text."""
    flow = made.tree["flode"]
    for row, sex in (("nya", "kvinna"), ("utgang", "man"), ("ingang", "kvinna")):
        share = HUNDRED * flow[row][sex] / flow[row]["alla"]
        part: Terms = ((("flode", row, sex), 1),)
        _share_told(made, f"flode.{row}.{sex}", share, part, _both("flode", row), chance)
    everybody = (*_both("flode", "ingang"), *_both("flode", "nya"))
    _value_told(made, "flode.totalt", flow["totalt"]["alla"], everybody)
    _value_told(made, "flode.utgang", flow["utgang"]["alla"], _both("flode", "utgang"))
    exits = made.tree["avslut"]["celler"]
    goal = tuple((("avslut", "celler", code), 1) for code in exits if code.startswith(GOAL))
    base = tuple((("avslut", "celler", code), 1) for code in exits if code != "tidigt_avhopp")
    reached = sum(at(made.tree, place) for place, _weight in goal)
    counted = sum(at(made.tree, place) for place, _weight in base)
    _share_told(made, "mal.andel", HUNDRED * reached / counted, goal, base, chance)


def _last_year(made: Controlled) -> None:
    """What was told the year before, told again."""
    if made.before is None:
        return
    then = made.before.tree
    facts = ("ko.vantande", "deltagare.i_arbetstraning")
    new = {sex: then["flode"]["nya"][sex] for sex in SEXES}
    made.tree["foregaende"] = {
        "flode": {"nya": new},
        "uppgifter": {measure: then["uppgifter"][measure] for measure in facts},
    }
    for place in (*(("flode", "nya", sex) for sex in SEXES), *(("uppgifter", measure) for measure in facts)):
        told: Place = ("foregaende", *place)
        made.adds((told, 1), target=Number(at(made.tree, told)))


def sexes_of(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """The figures of women and men that stand in the same way."""
    known = set(places)
    for place in places:
        if "kvinna" in place:
            other = tuple("man" if step == "kvinna" else step for step in place)
            if other in known:
                yield place, other
