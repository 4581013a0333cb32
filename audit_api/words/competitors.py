"""Own sites against competitors' in words: only what the figures prove."""

from __future__ import annotations

from typing import Protocol

from audit_api.rules.exact import percent
from audit_api.words import say


class Estimated(Protocol):
    """A mean over `n` visits, in hundredths of a percent."""

    @property
    def n(self) -> int: ...

    @property
    def mean(self) -> int | None: ...


def overall(own: Estimated, theirs: Estimated, locale: str, *, beyond_chance: bool | None) -> str:
    """Return how the whole compares; `beyond_chance` is None where nothing can be told."""
    values = {"theirs": percent(theirs.mean), "m": theirs.n}
    if own.mean is None or theirs.mean is None:
        return say("competitors.overall.own_unscored", locale, **values)
    difference = own.mean - theirs.mean
    if beyond_chance is None:
        code = "competitors.overall.untold"
    elif not beyond_chance:
        code = "competitors.overall.chance"
    else:
        code = "competitors.overall.above" if difference > 0 else "competitors.overall.below"
    return say(code, locale, **values, own=percent(own.mean), n=own.n, points=_points(difference))


def part(title: str, own: int, theirs: int, locale: str) -> str:
    """Return by how much one side is better in a part, which is more than chance."""
    code = "competitors.part.above" if own > theirs else "competitors.part.below"
    values = {"own": percent(own), "theirs": percent(theirs), "points": _points(own - theirs)}
    return say(code, locale, part=title, **values)


def metric(title: str, own: str, theirs: str, locale: str, *, above: bool) -> str:
    """Return a metric of both sides, whose intervals do not meet; `above` is own sites'."""
    code = "competitors.metric.above" if above else "competitors.metric.below"
    return say(code, locale, metric=title, own=own, theirs=theirs)


def _points(difference: int) -> str:
    return f"{abs(difference) / 100:.2f}"
