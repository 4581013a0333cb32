"""How a question was answered: a bar for each answer, with how many gave it."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.languages import Text


@dataclass(frozen=True, slots=True)
class Share:
    """An answer, or a band of measured values: `n` gave it, which is `share` of those who
    answered, in hundredths of a percent."""

    title: Text
    n: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one question was answered, of `asked` visits; `middle` tells of measured values in a
    sentence, `left_out` of those who gave no answer, None where everybody did.

    `scored` says that its answers bring points.
    """

    number: str
    title: Text
    touchpoint: Text
    asked: int
    answered: int
    shares: tuple[Share, ...]
    middle: Text | None = None
    left_out: Text | None = None
    scored: bool = True
