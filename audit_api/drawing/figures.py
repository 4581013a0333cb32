"""The figures that charts show, and how they are written.

Every score, share and difference is an integer in hundredths of a percent (8640 is 86.40 %);
`None` is "nothing scored" or "no base", never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

FULL = 10_000
"""A score of 100 %."""
LEAST_VISITS = 3
"""Fewer visits tell so little that no chart draws the eye to them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean score of `n` visits; `low` and `high` end its 95 % interval, None where it has
    none."""

    n: int
    score: int | None
    low: int | None = None
    high: int | None = None

    @property
    def few(self) -> bool:
        """Whether it rests on fewer visits than tell something."""
        return self.n < LEAST_VISITS


def drawn_interval(figure: Figure, scale: int = FULL) -> tuple[int, int] | None:
    """Return the ends of an interval that is drawn on a scale so long; None where it says hardly
    anything, of few visits or wider than half the scale, and would only fill the chart."""
    if figure.low is None or figure.high is None or figure.few:
        return None
    return (figure.low, figure.high) if (figure.high - figure.low) * 2 <= scale else None


def number(hundredths: int | None, unit: str = "") -> str:
    """4250 as "42.50"; a dash for nothing."""
    return "–" if hundredths is None else f"{hundredths / 100:.2f}{unit}".replace("-", "−")


def signed(hundredths: int | None) -> str:
    """210 as "+2.10"; a dash for nothing."""
    return f"+{number(hundredths)}" if hundredths and hundredths > 0 else number(hundredths)
