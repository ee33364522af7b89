"""The only way to a difference: two figures in, whether they can be compared and what parts them out.

The browser does the same for any two reports, from the same traits and the same table. So the arithmetic is
that of doubles and rounded once, half away from zero, with a nudge that hides how doubles write tenths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from build_tools import texts
from build_tools.compare import chance
from build_tools.compare.rules import NOTHING, VERDICTS, Rules, met, reason, trait
from build_tools.compare.traits import Side
from build_tools.model import (
    Chance,
    Comparability,
    Comparison,
    Difference,
    Fact,
    GroupMean,
    Reason,
    Traits,
    Trend,
)
from build_tools.model.comparison import SEAL

NUDGE = 1e-7
POINTS = "procentenheter"
CHANCES = {"nej": Chance.NONE, "medel": Chance.UNKNOWN, "okand": Chance.UNKNOWN}


def compared(a: Side, b: Side, rules: Rules) -> Comparison:
    """Whether two figures can be compared, why not or with what reservation, and their difference.

    The verdict is the same whichever comes first; the difference changes its sign.
    """
    rows = list(met(rules, a.traits, b.traits))
    reasons = tuple(reason(row, rules, a.traits, b.traits) for row in rows)
    verdicts = {one.verdict for one in reasons}
    found = next(
        (one for one in (Comparability.NO, *VERDICTS.values()) if one in verdicts), Comparability.YES
    )
    difference = None
    if found is not Comparability.NO and isinstance(a.figure, Fact) and isinstance(b.figure, Fact):
        judged = all(row.get("slump", True) for row in rows)
        difference = _Parting(a.traits, b.traits, rules, judged).difference()
    return Comparison(a.figure, b.figure, found, reasons, difference)


def rounded(value: float, decimals: int) -> Decimal:
    """A double rounded half away from zero: `floor(|x| · 10^d + 0,5 + 10⁻⁷)`, and its sign."""
    scale = 10**decimals
    whole = floor(abs(value) * scale + 0.5 + NUDGE)
    found = Decimal(whole).scaleb(-decimals)
    return -found if value < 0 and whole else found


def number(side: Traits, name: str) -> float:
    """A trait that is a number; 0 where it has none."""
    found = trait(side, name)
    return 0.0 if isinstance(found, str) else float(found)


@dataclass(frozen=True, slots=True)
class _Parting:
    """Two figures that can be compared. `judged` is False where some reservation leaves chance open."""

    a: Traits
    b: Traits
    rules: Rules
    judged: bool

    @property
    def _share(self) -> bool:
        return trait(self.a, "slag") == "andel"

    @property
    def _unit(self) -> str:
        unit = str(trait(self.a, "enhet"))
        return POINTS if unit == "procent" else unit

    def difference(self) -> Difference:
        """B minus A with everything that is said of it."""
        one, other = number(self.a, "varde"), number(self.b, "varde")
        decimals = self._decimals()
        value = rounded(other - one, decimals)
        relative, why = self._relative(one, other)
        judgement, p = self._chance(value)
        low, high = self._bounds(decimals)
        return Difference(
            value=value,
            decimals=decimals,
            unit=self._unit,
            text=self._text(value, decimals),
            relative=relative,
            relative_text=f"{signed(relative, 0)}{texts.NBSP}%" if relative is not None else "",
            relative_reason=why,
            chance=judgement,
            chance_text=self._said(judgement, value),
            p=p,
            effect=_effect(one, other, self._share),
            low=low,
            high=high,
            note=self._note(value, decimals),
            seal=SEAL,
        )

    def _decimals(self) -> int:
        """As many as the coarser of the two is told with; as the finer, where nothing was rounded away."""
        exact = all(trait(side, "exakt") for side in self._sides)
        told = [int(number(side, "decimaler")) for side in self._sides]
        return max(told) if exact else min(told)

    @property
    def _words(self) -> Mapping[str, str | Mapping[str, str]]:
        found: Mapping[str, str | Mapping[str, str]] = self.rules.table["skillnad"]
        return found

    def _of(self, group: str, name: str) -> str:
        found: str = self.rules.table["skillnad"][group][name]
        return found

    def _text(self, value: Decimal, decimals: int) -> str:
        if not value:
            return str(self._words["oforandrat"])
        words = self.rules.table["ord"]["enhet_en" if abs(value) == 1 else "enhet"]
        word = words.get(self._unit, "")
        rough = trait(self.a, "ungefar") or trait(self.b, "ungefar")
        about = f"cirka{texts.NBSP}" if rough else ""
        return f"{about}{signed(value, decimals)}{texts.NBSP}{word}".rstrip(texts.NBSP)

    def _note(self, value: Decimal, decimals: int) -> str:
        """What a reader who subtracts the shown figures would otherwise wonder at."""
        ends = [number(side, "varde") for side in (self.a, self.b)]
        shown = [
            rounded(end, int(number(side, "decimaler"))) for end, side in zip(ends, self._sides, strict=True)
        ]
        if not value and ends[0] != ends[1]:
            return str(self._words["for_liten"])
        return "" if rounded(float(shown[1] - shown[0]), decimals) == value else str(self._words["oavrundat"])

    @property
    def _sides(self) -> tuple[Traits, Traits]:
        return self.a, self.b

    def _relative(self, one: float, other: float) -> tuple[Decimal | None, str]:
        """The change in percent, or why it is not told."""
        why = self._no_relative(one, other)
        if why:
            return None, self._of("ingen_relativ", why)
        return rounded(100 * (other - one) / one, 0), ""

    def _no_relative(self, one: float, other: float) -> str:
        small = self.rules.limit("liten_bas")
        if self._share:
            return "andel"
        if any(trait(side, "saldo") for side in self._sides) or one < 0 or other < 0:
            return "tecken"
        if one == 0:
            return "noll"
        if trait(self.a, "slag") == "medel":
            few = any(trait(side, "n") == NOTHING or number(side, "n") < small for side in self._sides)
            return "n_saknas" if few else ""
        return "liten_bas" if trait(self.a, "slag") != "belopp" and one < small else ""

    def _chance(self, value: Decimal) -> tuple[Chance, float | None]:
        """Whether it may be chance, and how often chance would give as much."""
        ways = {str(trait(side, "slump")) for side in self._sides}
        for way, found in CHANCES.items():
            if way in ways:
                return found, None
        if not self.judged or len(ways) > 1 or ways == {""}:
            return Chance.UNKNOWN, None
        p = self._of_shares() if ways == {"andel"} else self._of_counts()
        level = self.rules.limit("slumpniva")
        return (Chance.UNLIKELY if p < level and value else Chance.LIKELY), p

    def _of_counts(self) -> float:
        grows = all(trait(side, "vaxer") for side in self._sides)
        days = [number(side, "dagar") if grows else 1.0 for side in self._sides]
        one, other = (int(number(side, "varde")) for side in self._sides)
        return chance.counts(one, other, days[0], days[1]) if one + other else 1.0

    def _of_shares(self) -> float:
        (one, whole), (other, other_whole) = (_parts(side) for side in self._sides)
        return chance.shares(one, whole, other, other_whole)

    def _bounds(self, decimals: int) -> tuple[Decimal | None, Decimal | None]:
        """The ends of a difference between shares of known bases."""
        if any(trait(side, "slump") != "andel" for side in self._sides) or not self.judged:
            return None, None
        shares = [number(side, "varde") / 100 for side in self._sides]
        bases = [number(side, "n") for side in self._sides]
        ends = chance.newcombe(shares[0], bases[0], shares[1], bases[1], self.rules.limit("z"))
        return rounded(100 * ends[0], decimals), rounded(100 * ends[1], decimals)

    def _sure(self, value: Decimal) -> str:
        """An insats grows or shrinks from year to year; two insatser only differ."""
        if trait(self.a, "insats") != trait(self.b, "insats"):
            return "skillnad"
        return "okning" if value > 0 else "minskning"

    def _said(self, judgement: Chance, value: Decimal) -> str:
        if not value:
            return self._of("slump", "lika")
        ways = {str(trait(side, "slump")) for side in self._sides}
        said = {
            Chance.NONE: "nej",
            Chance.LIKELY: "trolig",
            Chance.UNLIKELY: self._sure(value),
            Chance.UNKNOWN: "medel" if "medel" in ways else "okand",
        }
        return self._of("slump", said[judgement])


def signed(value: Decimal, decimals: int) -> str:
    """A number with its sign before it."""
    return f"+{texts.number(value, decimals)}" if value > 0 else texts.number(value, decimals)


def _parts(side: Traits) -> tuple[int, int]:
    """How many of how many a share is of."""
    whole = floor(number(side, "n") + 0.5)
    return min(whole, floor(number(side, "varde") * whole / 100 + 0.5)), whole


def _effect(one: float, other: float, share: bool) -> float:
    if share:
        return abs(other - one) / 100
    sizes = abs(one) + abs(other)
    return abs(other - one) / sizes if sizes else 0.0


def apart(a: Side, b: Side, rules: Rules) -> Reason | None:
    """Why two figures cannot be counted together; None where they can.

    What is too small to be compared alone (`samlat: false`) may well be a part of something larger.
    """
    for row in met(rules, a.traits, b.traits):
        if VERDICTS[row["utslag"]] is Comparability.NO and row.get("samlat", True):
            return reason(row, rules, a.traits, b.traits)
    return None


def mean(sides: Sequence[Side], rules: Rules) -> GroupMean | None:
    """The mean of several figures, each weighed by those behind it; None where they cannot be put together.

    Only shares and means with known bases have one. Each is compared with the first: what may stand
    beside the first may stand in the mean. Two reports of one insats would count the same persons twice.
    """
    if len(sides) < 2 or any(trait(side.traits, "n") == NOTHING for side in sides):
        return None
    if any(trait(side.traits, "slag") not in ("andel", "medel") for side in sides):
        return None
    if len({trait(side.traits, "insats") for side in sides}) < len(sides):
        return None
    if any(apart(sides[0], side, rules) for side in sides[1:]):
        return None
    sizes = [number(side.traits, "n") for side in sides]
    together = sum(sizes)
    value = sum(number(side.traits, "varde") * n for side, n in zip(sides, sizes, strict=True)) / together
    decimals = int(min(number(side.traits, "decimaler") for side in sides))
    return GroupMean(
        value=rounded(value, decimals),
        decimals=decimals,
        n=rounded(together, 0),
        reports=tuple(str(trait(side.traits, "rapport")) for side in sides),
        text=_mean_text(sides, rounded(value, decimals), decimals),
        bands=_bands(sides, value, decimals, rules),
        seal=SEAL,
    )


def _mean_text(sides: Sequence[Side], value: Decimal, decimals: int) -> str:
    """A mean as it is written: a share with those it counts, as every share is."""
    counted = all(trait(side.traits, "slump") == "andel" for side in sides)
    if counted and not any(trait(side.traits, name) for side in sides for name in ("ungefar", "spann")):
        parts = [_parts(side.traits) for side in sides]
        return texts.share(Decimal(sum(part for part, _ in parts)), Decimal(sum(whole for _, whole in parts)))
    return texts.with_unit(value, str(trait(sides[0].traits, "enhet")), decimals)


def _bands(
    sides: Sequence[Side], value: float, decimals: int, rules: Rules
) -> dict[str, tuple[Decimal, Decimal]]:
    """Where chance alone would leave the share of each report that is not of too few."""
    found = {}
    for side in sides:
        few = number(side.traits, "n") < rules.limit("fa")
        if trait(side.traits, "slump") == "andel" and not few:
            whole = _parts(side.traits)[1]
            ends = chance.band(value / 100, whole, rules.limit("slumpniva"))
            low, high = (rounded(100 * end / whole, decimals) for end in ends)
            found[str(trait(side.traits, "rapport"))] = (low, high)
    return found


def trend(sides: Sequence[Side], rules: Rules) -> Trend | None:
    """Where a figure is going, told of an unbroken row of at least five years.

    It goes somewhere when the first and last third of the years differ by more than chance: their counts
    or shares are added and tested as two. Means without spread have no trend to tell.
    """
    fewest = int(rules.limit("minst_ar"))
    ways = {str(trait(side.traits, "slump")) for side in sides}
    if len(sides) < fewest or ways not in ({"antal"}, {"andel"}):
        return None
    third = len(sides) // 3
    early, late = ([side.traits for side in some] for some in (sides[:third], sides[-third:]))
    p, up = _ends(early, late, ways == {"andel"})
    first, last = (str(trait(side.traits, "rapportperiod")) for side in (sides[0], sides[-1]))
    clear = p < rules.limit("slumpniva")
    way = ("okar" if up else "minskar") if clear else "ingen"
    said: str = rules.table["trend"][way]
    return Trend(
        first=str(trait(sides[0].traits, "rapport")),
        last=str(trait(sides[-1].traits, "rapport")),
        years=len(sides),
        direction={"okar": "ökar", "minskar": "minskar", "ingen": "ingen tydlig riktning"}[way],
        chance=Chance.UNLIKELY if clear else Chance.LIKELY,
        text=said.replace("{forsta}", first).replace("{sista}", last),
        seal=SEAL,
    )


def _ends(early: Sequence[Traits], late: Sequence[Traits], shares: bool) -> tuple[float, bool]:
    """How often chance would part two ends of a row as much, and whether the late one is higher."""
    if shares:
        parts = [[_parts(side) for side in some] for some in (early, late)]
        (one, whole), (other, other_whole) = ((sum(p for p, _ in x), sum(n for _, n in x)) for x in parts)
        return chance.shares(one, whole, other, other_whole), other * whole > one * other_whole
    one, other = (sum(int(number(side, "varde")) for side in some) for some in (early, late))
    days = [sum(number(side, "dagar") for side in some) for some in (early, late)]
    p = chance.counts(one, other, days[0], days[1]) if one + other else 1.0
    return p, other * days[0] > one * days[1]
