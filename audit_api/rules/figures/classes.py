"""Whether visits of one class (a weekday, an hour) end otherwise than all the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import NamedTuple

from audit_api.rules.figures.comparison import CHANCE, Sample, adjusted, welch
from audit_api.rules.figures.statistics import Mean, average, mean

LEAST_IN_CLASS = 3
"""Of fewer visits than these nothing is told: they are single visits, and say little."""


class Class(NamedTuple):
    """The `n` visits of a class and their mean with its interval, in hundredths of a percent;
    `difference` is that to the mean of all others, in hundredths of a percentage point.

    Of too few visits nothing is told but how many they are.  `p` is the probability that chance
    alone makes so large a difference, adjusted for the number of classes.
    """

    key: int
    mean: Mean
    difference: int | None = None
    p: float | None = None

    @property
    def more_than_chance(self) -> bool:
        return self.p is not None and self.p < CHANCE


def classes(samples: Mapping[int, Sample]) -> tuple[Class, ...]:
    """Return what the scores of each class say beside those of all others, in the order of the
    keys.

    Each is compared with all others together by Welch's test, and the probabilities are adjusted
    for as many comparisons (`comparison.adjusted`).
    """
    told = {key: one for key, one in sorted(samples.items()) if one.n >= LEAST_IN_CLASS}
    others = {key: _others(told, key) for key in told}
    chances = dict(
        zip(told, adjusted([welch(told[key], others[key]) for key in told]), strict=True)
    )
    return tuple(
        _class(key, told[key], others[key], chances[key])
        if key in told
        else Class(key, Mean(sample.n, None))
        for key, sample in sorted(samples.items())
    )


def _others(samples: Mapping[int, Sample], but: int) -> Sample:
    rest = (sample for key, sample in samples.items() if key != but)
    return reduce(lambda one, other: Sample(*map(add, one, other)), rest, Sample(0, 0, 0))


def _class(key: int, one: Sample, others: Sample, p: float | None) -> Class:
    mine, theirs = mean(*one), average(others.n, others.total)
    difference = None if theirs is None or mine.mean is None else mine.mean - theirs
    return Class(key, mine, difference, p)
