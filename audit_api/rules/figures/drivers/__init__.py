"""Key drivers: of what happens at a visit, what has most to do with how it ends.

Shares are relative weights (`weights`), their intervals are at 95 % and come from a delete-a-group
jackknife (Shao & Tu, The Jackknife and Bootstrap, 1995, 2.3; Kott, Journal of Official Statistics
17, 2001): the shares are computed anew without each of up to `MAX_GROUPS` groups of rows, and how
much they differ tells how sure they are.  Rows of one place go into one group, for visits to the
same place are alike and tell less than as many visits to as many places.  No chance is in it: the
same rows give the same figures.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from math import atanh, sqrt
from typing import NamedTuple

from audit_api.rules.figures.comparison import CHANCE, adjusted
from audit_api.rules.figures.drivers.moments import Moments, moments
from audit_api.rules.figures.drivers.weights import relative_weights
from audit_api.rules.figures.statistics import CONFIDENCE, FULL, rounded
from audit_api.rules.figures.student import t_beyond, t_quantile

LEAST = 30
LEAST_FOR_EACH = 5
"""Nothing is told of fewer rows than these: of all, and for each part."""
PRESENT = 80
"""A part that fewer rows than this percentage have is left out; rows without a part are left out
then."""
MAX_GROUPS, LEAST_PLACES = 50, 20
"""With fewer places than these every row stands for itself."""
_NEARLY_ONE = 1 - 1e-12


class Row(NamedTuple):
    """One visit: where, how it ended, and what each part got; all in whole numbers, a part that
    the visit does not have is None."""

    place: Hashable
    outcome: int
    parts: Sequence[int | None]


class Unweighed(StrEnum):
    """Why a part is not weighed: too few rows have it, or all that have it are alike."""

    SELDOM = "seldom"
    ALIKE = "alike"


class NoDrivers(StrEnum):
    """Why no drivers are told: too few rows; outcomes that are all alike; no part that varies; no
    part that goes with the outcome by more than chance."""

    FEW = "few"
    ALIKE = "alike"
    NO_PARTS = "no_parts"
    CHANCE = "chance"


class Driver(NamedTuple):
    """One part's share of what all parts explain, with its interval, in hundredths of a percent,
    and its correlation with the outcome, in ten-thousandths.

    `p` is the probability that chance alone makes a correlation so far from 0, adjusted for the
    number of parts.
    """

    part: int
    share: int
    low: int
    high: int
    correlation: int
    p: float

    @property
    def more_than_chance(self) -> bool:
        return self.p < CHANCE


@dataclass(frozen=True, slots=True)
class Drivers:
    """What `n` rows tell, the greatest share first; of what is silent nothing but why, and how many
    rows it would `need`.

    `explained` is the share of the outcome's variance that all parts explain, in hundredths of a
    percent, adjusted for their number.
    """

    n: int
    need: int
    silence: NoDrivers | None = None
    explained: int | None = None
    drivers: tuple[Driver, ...] = ()
    unweighed: Mapping[int, Unweighed] = field(default_factory=dict)

    @property
    def first(self) -> Driver | None:
        """The driver of the greatest share, of those that are more than chance."""
        return next((each for each in self.drivers if each.more_than_chance), None)


def drivers(rows: Sequence[Row]) -> Drivers:
    """Return the key drivers of an outcome; every row has as many parts.

    Places come in an order that has nothing to do with the outcome: groups are made by it.
    """
    unweighed = _unweighed(rows)
    parts = [part for part in range(len(rows[0].parts) if rows else 0) if part not in unweighed]
    complete = [row for row in rows if None not in (row.parts[part] for part in parts)]
    need = max(LEAST, LEAST_FOR_EACH * len(parts))
    silence = _silence(complete, parts, need)
    if silence is not None:
        return Drivers(len(complete), need, silence, unweighed=unweighed)
    groups = [moments(group) for group in _groups(complete, parts)]
    return _told(groups, parts, need, unweighed)


def _unweighed(rows: Sequence[Row]) -> dict[int, Unweighed]:
    unweighed = {}
    for part, column in enumerate(zip(*(row.parts for row in rows), strict=True)):
        given = [each for each in column if each is not None]
        if len(given) * 100 < PRESENT * len(rows):
            unweighed[part] = Unweighed.SELDOM
        elif len(set(given)) < 2:
            unweighed[part] = Unweighed.ALIKE
    return unweighed


def _silence(rows: Sequence[Row], parts: Sequence[int], need: int) -> NoDrivers | None:
    if len(rows) < need:
        return NoDrivers.FEW
    if not parts:
        return NoDrivers.NO_PARTS
    return NoDrivers.ALIKE if len({row.outcome for row in rows}) < 2 else None


def _groups(rows: Sequence[Row], parts: Sequence[int]) -> list[list[list[int]]]:
    """The parts of each row, then its outcome, in groups that the jackknife leaves out in turn."""
    numbers: dict[Hashable, int] = {}
    for row in rows:
        numbers.setdefault(row.place, len(numbers))
    by_place = len(numbers) >= LEAST_PLACES
    groups: list[list[list[int]]] = [
        [] for _ in range(min(MAX_GROUPS, len(numbers) if by_place else len(rows)))
    ]
    for nth, row in enumerate(rows):
        number = numbers[row.place] if by_place else nth
        values = [value for part in parts if (value := row.parts[part]) is not None]
        groups[number % len(groups)].append([*values, row.outcome])
    return groups


def _told(
    groups: Sequence[Moments], parts: Sequence[int], need: int, unweighed: Mapping[int, Unweighed]
) -> Drivers:
    whole = reduce(Moments.plus, groups)
    weights, correlations = _weighed(whole)
    without = [_weighed(whole.less(group)) for group in groups]
    shares = [_shares(each) for each, _ in without]
    chances = adjusted(
        [
            _chance(correlation, [_straight(each[place]) for _, each in without])
            for place, correlation in enumerate(correlations)
        ]
    )
    reach = t_quantile(1 - CONFIDENCE, len(groups) - 1)
    found = []
    for place, (part, mine) in enumerate(zip(parts, _shares(weights), strict=True)):
        half = reach * _error([each[place] for each in shares])
        found.append(
            Driver(
                part,
                rounded(mine * FULL),
                rounded(max(mine - half, 0.0) * FULL),
                rounded(min(mine + half, 1.0) * FULL),
                rounded(correlations[place] * FULL),
                chances[place] or 0.0,
            )
        )
    if not any(each.more_than_chance for each in found):
        return Drivers(whole.n, need, NoDrivers.CHANCE, unweighed=unweighed)
    unexplained = 1 - min(sum(weights), 1.0)
    explained = 1 - unexplained * (whole.n - 1) / (whole.n - len(parts) - 1)
    return Drivers(
        whole.n,
        need,
        explained=rounded(max(explained, 0.0) * FULL),
        drivers=tuple(sorted(found, key=lambda each: (-each.share, each.part))),
        unweighed=unweighed,
    )


def _weighed(rows: Moments) -> tuple[list[float], list[float]]:
    """The relative weights of the parts, and their correlations with the outcome."""
    every = rows.correlations()
    with_outcome = every[-1][:-1]
    return relative_weights([row[:-1] for row in every[:-1]], with_outcome), with_outcome


def _shares(weights: Sequence[float]) -> list[float]:
    whole = sum(weights)
    return [weight / whole if whole else 0.0 for weight in weights]


def _straight(correlation: float) -> float:
    """Fisher's z: correlations so stretched that they err alike everywhere."""
    return atanh(max(-_NEARLY_ONE, min(correlation, _NEARLY_ONE)))


def _chance(correlation: float, without: Sequence[float]) -> float:
    """How probable a correlation so far from 0 is, were there none."""
    error = _error(without)
    if not error:
        return float(correlation == 0)
    return t_beyond(_straight(correlation) / error, len(without) - 1)


def _error(without: Sequence[float]) -> float:
    """The standard error of a figure, from what it is without each group: the jackknife's."""
    count = len(without)
    centre = sum(without) / count
    return sqrt(sum((each - centre) ** 2 for each in without) * (count - 1) / count)
