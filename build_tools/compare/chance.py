"""Whether a difference may be chance: exact tests and closed intervals, alike to the last bit in a browser.

Only `+ − × ÷` and square roots are used, which every machine rounds alike, in one order. Two counts are
tested by the conditional binomial (Przyborowski and Wilenski 1940), two shares by the hypergeometric of
Fisher, both with the mid-p of Lancaster (1961), which is less timid than Fisher's own. The interval of a
difference between shares is Newcombe's tenth (1998), out of two of Wilson's (1927). Of many differences
together those are told that hold with at most one false in twenty (Benjamini and Hochberg 1995).

Persons who are counted in both years make such a test of two stocks somewhat timid: it then says *kan bero
på slump* a little too often, never too seldom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import floor, sqrt

NEARLY = 1e-9
"""How much two probabilities may differ and still be told as equal."""
VANISHING = 1e-18


def counts(one: int, other: int, exposure: float, other_exposure: float) -> float:
    """How often chance alone would part two counts at least as much, given how long each was counted."""
    together = one + other
    odds = other_exposure / exposure

    def ratio(k: int) -> float:
        return (together - k) / (k + 1) * odds

    return _mid_p(other, 0, together, ratio)


def shares(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """How often chance alone would part two shares at least as much."""
    drawn = part + other_part

    def ratio(k: int) -> float:
        return (drawn - k) * (other_whole - k) / ((k + 1) * (whole - drawn + k + 1))

    return _mid_p(other_part, max(0, drawn - whole), min(drawn, other_whole), ratio)


def _mid_p(seen: int, first: int, last: int, ratio: Callable[[int], float]) -> float:
    """Both tails of a distribution told by the ratio of each probability to the one before it.

    Weights are reckoned from the likeliest outcome and outward, and not scaled until the end.
    """
    likeliest = first
    low, high = first, last
    while low < high:
        likeliest = (low + high) // 2
        if ratio(likeliest) >= 1:
            low = likeliest + 1
        else:
            high = likeliest
    likeliest = low
    weights = _weights(likeliest, first, last, ratio)
    at = weights.get(seen, 0.0)
    total = rarer = equal = 0.0
    for k in sorted(weights):
        weight = weights[k]
        total += weight
        if weight < at * (1 - NEARLY):
            rarer += weight
        elif weight <= at * (1 + NEARLY):
            equal += weight
    return (rarer + equal / 2) / total


def _weights(likeliest: int, first: int, last: int, ratio: Callable[[int], float]) -> dict[int, float]:
    weights = {likeliest: 1.0}
    weight = 1.0
    for k in range(likeliest, last):
        weight *= ratio(k)
        if weight < VANISHING:
            break
        weights[k + 1] = weight
    weight = 1.0
    for k in range(likeliest - 1, first - 1, -1):
        weight /= ratio(k)
        if weight < VANISHING:
            break
        weights[k] = weight
    return weights


def wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """The ends between which the true share lies, for a share of n."""
    spread = z * z
    middle = share + spread / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + spread / (4 * n * n))
    scale = 1 + spread / n
    return (middle - reach) / scale, (middle + reach) / scale


def newcombe(one: float, n: float, other: float, other_n: float, z: float) -> tuple[float, float]:
    """The ends between which the true difference lies, the second share minus the first."""
    low, high = wilson(one, n, z)
    other_low, other_high = wilson(other, other_n, z)
    apart = other - one
    down = sqrt((other - other_low) * (other - other_low) + (high - one) * (high - one))
    up = sqrt((other_high - other) * (other_high - other) + (one - low) * (one - low))
    return apart - down, apart + up


def band(mean: float, n: int, level: float) -> tuple[int, int]:
    """The fewest and the most of n persons that chance leaves, when the mean is the true share.

    At most half of `level` falls below and half above. They are the exact limits of the binomial, as in the
    funnel plots of Spiegelhalter (2005), not those of a normal curve, which are wrong where few are expected.
    """
    if not 0 < mean < 1:
        return (0, 0) if mean <= 0 else (n, n)
    odds = mean / (1 - mean)
    weights = _weights(min(n, floor((n + 1) * mean)), 0, n, lambda k: (n - k) / (k + 1) * odds)
    order = sorted(weights)
    tail = level / 2 * sum(weights[k] for k in order)
    return _quantile(order, weights, tail), _quantile(order[::-1], weights, tail)


def _quantile(order: Sequence[int], weights: Mapping[int, float], tail: float) -> int:
    """The first outcome from an end that leaves no more than the tail outside."""
    outside = 0.0
    for k in order:
        outside += weights[k]
        if outside > tail:
            return k
    return order[-1]


def holding(p_values: Sequence[float], level: float) -> frozenset[int]:
    """Which of many differences hold together, by their places."""
    order = sorted(range(len(p_values)), key=lambda at: (p_values[at], at))
    passed = [rank for rank, at in enumerate(order, 1) if p_values[at] <= level * rank / len(order)]
    return frozenset(order[: max(passed, default=0)])
