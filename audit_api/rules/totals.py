"""What one counted audit adds to its site's totals: sums that add up and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_api.rules.scoring import Score

WHOLE = ""
"""The part that is the whole audit; every other part is a touchpoint's key."""


@dataclass(frozen=True, slots=True)
class Sums:
    """One audit's share in one part: counts, integer hundredths of a percent, millionths of a
    point (see `models.site_total`)."""

    part: str
    scored: int
    passed: int
    final: int
    raw: int
    earned: int
    possible: int

    @property
    def squares(self) -> int:
        return self.final * self.final


def shares(score: Score) -> tuple[Sums, ...]:
    """Return what an audit with `score` adds: the whole first, then each touchpoint."""
    whole = Sums(
        WHOLE,
        int(score.final is not None),
        int(bool(score.passed)),
        score.final or 0,
        score.raw or 0,
        score.earned,
        score.possible,
    )
    return (
        whole,
        *(
            Sums(
                part.key,
                int(part.score is not None),
                int(bool(part.passed)),
                part.score or 0,
                part.score or 0,
                part.earned,
                part.possible,
            )
            for part in score.touchpoints
        ),
    )


def month_of(day: date) -> date:
    """Return the first day of the month, which names it."""
    return day.replace(day=1)
