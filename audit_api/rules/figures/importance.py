"""Importance against performance: what matters and is weak is mended first.

Martilla & James, Journal of Marketing 41 (1977); the lines of the cross are the means of both, as
they had it, so that parts are told from each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from audit_api.rules.exact import half_up


class Quadrant(StrEnum):
    """Where a part lies: it matters and is weak; it matters and is strong; it matters less and is
    weak; it matters less and is strong."""

    FIX_FIRST = "fix_first"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    ENOUGH_DONE = "enough_done"


class Measured(NamedTuple):
    """A value with the ends of its interval; None where it has none."""

    value: int
    low: int | None
    high: int | None

    def is_clear_of(self, line: int) -> bool:
        """Whether the interval lies on one side of a line."""
        return self.low is not None and self.high is not None and not self.low <= line <= self.high


class Part(NamedTuple):
    """How much a part matters, and how well it is done; each in a unit of its own."""

    importance: Measured
    performance: Measured


class Cross(NamedTuple):
    """Where the two lines lie that part what matters more and what is done well."""

    importance: int
    performance: int


class Placed(NamedTuple):
    """A part's quadrant; `sure` where neither of its intervals touches a line."""

    quadrant: Quadrant
    sure: bool


def cross(parts: Sequence[Part]) -> Cross | None:
    """Return the lines of the cross; None of fewer than two parts, which nothing tells apart."""
    if len(parts) < 2:
        return None
    return Cross(
        half_up(sum(part.importance.value for part in parts), len(parts)),
        half_up(sum(part.performance.value for part in parts), len(parts)),
    )


def placed(part: Part, lines: Cross) -> Placed:
    """Return where a part lies; what lies on a line matters, and is done well."""
    importance, performance = part
    strong = performance.value >= lines.performance
    if importance.value >= lines.importance:
        quadrant = Quadrant.KEEP_UP if strong else Quadrant.FIX_FIRST
    else:
        quadrant = Quadrant.ENOUGH_DONE if strong else Quadrant.LOW_PRIORITY
    clear = importance.is_clear_of(lines.importance), performance.is_clear_of(lines.performance)
    return Placed(quadrant, all(clear))
