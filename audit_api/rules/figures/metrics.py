"""What customers would say: NPS, CSAT, CES, CSI and gaps, from the marks that they gave.

Shares and means are exact and rounded half up once; floats take part in the width of 95 %
intervals alone.  Every value is in hundredths: of a percent for shares and indexes, of a point
for differences of shares, of a mark for means of marks.  Nothing answered gives None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import NamedTuple, TypeVar

from audit_api.rules.exact import half_up
from audit_api.rules.figures.statistics import FULL, Z, mean, rounded

NPS, CSAT, CES, CSI = "nps", "csat", "ces", "csi"

SCALES: Mapping[str, tuple[int, int]] = {NPS: (0, 10), CSAT: (1, 5), CES: (1, 7), CSI: (1, 5)}
"""The scale of a question of each metric, where its author gives no other."""
PROMOTERS, DETRACTORS = 9, 6
"""The lowest mark of a promoter and the highest of a detractor."""
GivenOrNot = TypeVar("GivenOrNot", int, int | None)
"""A mark, or one that may not have been given."""
FIXED = frozenset({NPS, CSAT})
"""The metrics that are defined on their own scale alone."""


class CesMethod(StrEnum):
    """How an effort score is made: the mean mark, the share of marks on the easy side of the
    middle, or the share of the two easiest less that of the three hardest."""

    MEAN = "mean"
    POSITIVE_SHARE = "positive_share"
    NET = "net"


class ItemScore(StrEnum):
    """What an item of the satisfaction index scores: its place in the range, or on the maximum."""

    OF_RANGE = "of_range"
    OF_MAXIMUM = "of_maximum"


@dataclass(frozen=True, slots=True)
class Metrics:
    """How a checklist wants its metrics made; `csat_top` marks count as satisfied."""

    csat_top: int = 2
    ces_method: CesMethod = CesMethod.MEAN
    csi_item_score: ItemScore = ItemScore.OF_RANGE

    def document(self) -> dict[str, object]:
        """The settings as an author writes them."""
        return {
            CSAT: {"top": self.csat_top},
            CES: {"method": self.ces_method.value},
            CSI: {"item_score": self.csi_item_score.value},
        }


class Estimate(NamedTuple):
    """A metric from `n` answers and its interval, in hundredths; None where unknown."""

    n: int
    value: int | None
    low: int | None = None
    high: int | None = None


class Item(NamedTuple):
    """One question of the satisfaction index: its mean mark, its weight and its scale."""

    mean: Fraction
    weight: Fraction
    low: int
    high: int


MarkCounts = Mapping[int, int]
"""How many answers gave each mark."""


def nps(promoters: int, passives: int, detractors: int) -> Estimate:
    """The Net Promoter Score, 100(P−D)/n, from −10,000 to 10,000 hundredths."""
    return _net(promoters, detractors, promoters + passives + detractors)


def nps_of(marks: Mapping[GivenOrNot, int]) -> Estimate:
    """The Net Promoter Score of so many answers with each mark from 0 to 10; those without a mark
    (None) do not count."""
    counts = {mark: count for mark, count in marks.items() if mark is not None}
    promoters = sum(count for mark, count in counts.items() if mark >= PROMOTERS)
    detractors = sum(count for mark, count in counts.items() if mark <= DETRACTORS)
    return nps(promoters, sum(counts.values()) - promoters - detractors, detractors)


def _net(good: int, bad: int, n: int) -> Estimate:
    """The difference of two shares, in hundredths of a point.

    Interval: adjusted Wald, n' = n+3, p = (P+¾)/n', d = (D+¾)/n',
    (p−d) ± z·√((p+d−(p−d)²)/n'), clamped to ±100 (B. Rocks, 2016).
    """
    p, d = (good + 0.75) / (n + 3), (bad + 0.75) / (n + 3)
    half = Z * sqrt((p + d - (p - d) ** 2) / (n + 3))
    low, high = max(p - d - half, -1.0), min(p - d + half, 1.0)
    return _bounded(n, good - bad, low, high)


def csat(top: int, n: int) -> Estimate:
    """Customer satisfaction: the share of answers in the top boxes.

    Interval: Wilson's score interval (E. B. Wilson, 1927).
    """
    if n == 0:
        return Estimate(0, None)
    share, square = top / n, Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return _bounded(n, top, low, high)


def _bounded(n: int, count: int, low: float, high: float) -> Estimate:
    """`count` of `n` with its interval, from shares: it holds its value, for the nearer end moves
    to that, and one answer has none."""
    if n == 0:
        return Estimate(0, None)
    value = half_up(count * FULL, n)
    if n == 1:
        return Estimate(n, value)
    return Estimate(n, value, min(rounded(low * FULL), value), max(rounded(high * FULL), value))


def ces(counts: MarkCounts, scale: tuple[int, int], method: CesMethod, *, harder: bool) -> Estimate:
    """The Customer Effort Score on a scale (lowest mark, highest mark).

    `harder` says that a high mark means much effort.  A mean is of the marks as given; shares
    count from the easy end.  Intervals: t for the mean, Wilson for the share, adjusted Wald for
    the difference.
    """
    low, high = scale
    n = sum(counts.values())
    if method is CesMethod.MEAN:
        total = sum(mark * 100 * count for mark, count in counts.items())
        squares = sum((mark * 100) ** 2 * count for mark, count in counts.items())
        average = mean(n, total, squares, (low * 100, high * 100))
        return Estimate(average.n, average.mean, average.low, average.high)
    # From the hard end: 0 is the hardest mark, high − low the easiest.
    ease = {(high - mark if harder else mark - low): count for mark, count in counts.items()}
    if method is CesMethod.POSITIVE_SHARE:
        return csat(sum(count for mark, count in ease.items() if 2 * mark > high - low), n)
    easy = sum(count for mark, count in ease.items() if mark > high - low - 2)
    return _net(easy, sum(count for mark, count in ease.items() if mark < 3), n)


def csi(items: Sequence[Item], item_score: ItemScore) -> int | None:
    """The customer satisfaction index, in hundredths: Σ(item score × weight)/Σweight.

    An item scores (x−low)/(high−low), or x/high.
    """
    total = sum((item.weight for item in items), Fraction(0))
    if not total:
        return None
    index = sum((item.weight * _scored(item, item_score) for item in items), Fraction(0))
    share = index / total * FULL
    return half_up(share.numerator, share.denominator)


def _scored(item: Item, item_score: ItemScore) -> Fraction:
    if item_score is ItemScore.OF_MAXIMUM:
        return item.mean / item.high
    return (item.mean - item.low) / (item.high - item.low)


def difference(perceived: int | None, expected: int | None) -> int | None:
    """By how much a perception differs from the expectation, in hundredths of a mark; None where
    one of the two was not given.

    Source: the gap model of service quality (Parasuraman, Zeithaml & Berry, 1988).
    """
    if perceived is None or expected is None:
        return None
    return (perceived - expected) * 100


def gap(n: int, total: int) -> int | None:
    """The mean of n differences from their sum, in hundredths of a mark."""
    return half_up(total, n) if n else None
