"""Sites whose score moved: from where, to where, and whether chance explains it."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Text


@dataclass(frozen=True, slots=True)
class Mover:
    """A site that moved from `before` to `now`; `p` is the probability that chance alone moves it
    so far, adjusted for the number of sites compared."""

    name: str
    code: str
    before: Figure
    now: Figure
    p: float | None
    beyond_chance: bool


@dataclass(frozen=True, slots=True)
class Movers:
    """Of `compared` sites those that improved most, and those that worsened most, since `base`."""

    base: Text
    compared: int
    improved: tuple[Mover, ...]
    worsened: tuple[Mover, ...]
