"""The touchpoints and sections, and what each gets from its questions' points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from audit_api.rules.arithmetic import NOTHING, Ratio, hundredths, lower, pooled, weighted
from audit_api.rules.questions import Effect, EffectKind
from audit_api.rules.sections import Section, questions_of


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or the whole.  Its questions stand from `first` up to `last` in asking order;
    `inner` are the places in the plan of the parts right inside it."""

    key: str
    weight: int
    pass_mark: int | None
    on_fail: Effect | None
    first: int
    last: int
    inner: tuple[int, ...]


class Assessed(NamedTuple):
    """A part's result: points observed, points counted after zeroing, and its exact score."""

    part: Part
    earned: int
    possible: int
    counted: int
    ratio: Ratio | None

    @property
    def score(self) -> int | None:
        """Hundredths of a percent; a section's may lie below 0 or, by a bonus, above 100 %."""
        return None if self.ratio is None else hundredths(self.ratio)

    @property
    def passed(self) -> bool | None:
        """Whether the rounded score reaches the pass mark; None without one, or without a score."""
        if self.part.pass_mark is None or self.ratio is None:
            return None
        return hundredths(self.ratio) >= self.part.pass_mark

    @property
    def missed(self) -> Effect | None:
        """The critical effect of having missed the pass mark."""
        return self.part.on_fail if self.part.on_fail and self.passed is False else None


def plan(touchpoints: Sequence[Section]) -> tuple[Part, ...]:
    """The whole, then all its parts, each before the parts inside it."""
    parts: list[Part] = []
    inner = _lay(touchpoints, first=0, parts=parts, place=1)
    last = sum(1 for section in touchpoints for _ in questions_of(section))
    return (Part("", 0, None, None, 0, last, inner), *parts)


def _lay(
    sections: Sequence[Section], *, first: int, parts: list[Part], place: int
) -> tuple[int, ...]:
    """Append these sections and all inside them to `parts`; their own places in the plan."""
    places = []
    for section in sections:
        own = place
        inside: list[Part] = []
        inner = _lay(section.sections, first=first, parts=inside, place=own + 1)
        last = first + sum(1 for _ in questions_of(section))
        parts.append(
            Part(
                section.key, section.weight, section.pass_mark, section.on_fail, first, last, inner
            )
        )
        parts.extend(inside)
        places.append(own)
        first, place = last, own + 1 + len(inside)
    return tuple(places)


def assess(
    parts: Sequence[Part],
    earned: Sequence[int],
    possible: Sequence[int],
    *,
    by_weight: bool,
    zeroed: Collection[str] = (),
    critical: bool = False,
) -> list[Assessed]:
    """What each part of a plan gets, in the plan's order, from its questions' points.

    `zeroed` names the sections that an answer zeroes; with `critical` a section below its
    pass mark is zeroed too where its author says so.
    """
    results: list[Assessed] = []
    count = len(parts)
    earned_to = (0, *accumulate(earned))
    possible_to = (0, *accumulate(possible))
    # Backwards, so that the parts inside a part are known before it.
    for part in reversed(parts):
        first, last = part.first, part.last
        points = counted = earned_to[last] - earned_to[first]
        most = possible_to[last] - possible_to[first]
        if part.inner:
            inner = [results[count - 1 - place] for place in part.inner]
            counted = sum([each.counted for each in inner])
        if part.inner and by_weight:
            ratio = weighted([(each.part.weight, each.ratio) for each in inner])
        else:
            ratio = pooled(counted, most)
        result = Assessed(part, points, most, counted, ratio)
        if part.key in zeroed or (critical and _zeroes_itself(result)):
            ratio = ratio and lower(ratio, NOTHING)
            result = Assessed(part, points, most, min(counted, 0), ratio)
        results.append(result)
    results.reverse()
    return results


def _zeroes_itself(result: Assessed) -> bool:
    effect = result.missed
    return effect is not None and effect.kind is EffectKind.ZERO_SECTION
