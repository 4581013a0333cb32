"""The touchpoints and sections, and what each gets from its questions' points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from audit_api.rules.checklist.questions import Effect, EffectKind
from audit_api.rules.checklist.sections import Section
from audit_api.rules.scoring.arithmetic import Ratio, hundredths, negative, weighted
from audit_api.rules.scoring.score import PartScore


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or the whole.  Its questions stand from `first` up to `last` in asking order;
    `inner` are the places in the plan of the parts right inside it, `weights` theirs."""

    key: str
    pass_mark: int | None
    on_fail: tuple[Effect, ...]
    first: int
    last: int
    inner: tuple[int, ...]
    weights: tuple[int, ...]

    @property
    def zeroes_itself(self) -> bool:
        """Whether missing its pass mark sets it to zero."""
        return any(effect.kind is EffectKind.ZERO_SECTION for effect in self.on_fail)

    def passed(self, score: int | None) -> bool | None:
        """Whether a rounded score reaches the pass mark; None without one, or without a score."""
        return None if self.pass_mark is None or score is None else score >= self.pass_mark


class Assessment(NamedTuple):
    """What each part of a plan gets, in the plan's order: its fixed score and its exact one.

    A section's score may lie below 0 or, by a bonus, above 100 %.
    """

    scores: Sequence[PartScore]
    ratios: Sequence[Ratio | None]

    @property
    def whole(self) -> PartScore:
        return self.scores[0]


def plan(touchpoints: Sequence[Section]) -> tuple[Part, ...]:
    """The whole, then all its parts, each before the parts inside it."""
    parts: list[Part] = []
    _lay(Section("", {}, sections=tuple(touchpoints)), 0, parts)
    return tuple(parts)


def _lay(section: Section, first: int, parts: list[Part]) -> int:
    """Append a section, whose questions begin at `first`, and all inside it; where they end."""
    own, last = len(parts), first + len(section.questions)
    parts.append(Part(section.key, section.pass_mark, section.on_fail, first, last, (), ()))
    inner = []
    for each in section.sections:
        inner.append(len(parts))
        last = _lay(each, last, parts)
    weights = tuple(each.weight for each in section.sections)
    parts[own] = replace(parts[own], last=last, inner=tuple(inner), weights=weights)
    return last


def assess(
    parts: Sequence[Part],
    earned_to: Sequence[int],
    possible_to: Sequence[int],
    *,
    by_weight: bool,
    zeroed: Collection[str] = (),
    critical: bool = False,
) -> Assessment:
    """What each part of a plan gets.

    `earned_to` and `possible_to` are the running sums of the questions' points in asking order,
    beginning with 0.  `zeroed` names the sections that an answer zeroes; with `critical` a
    section below its pass mark is zeroed too where its author says so.
    """
    scores: list[PartScore] = []
    ratios: list[Ratio | None] = [None] * len(parts)
    counted = [0] * len(parts)
    place = len(parts)
    # Backwards, so that the parts inside a part are known before it.
    for part in reversed(parts):
        place -= 1
        first, last, inner = part.first, part.last, part.inner
        earned = points = earned_to[last] - earned_to[first]
        possible = possible_to[last] - possible_to[first]
        if inner:
            points = sum([counted[each] for each in inner])
        if inner and by_weight:
            ratio = weighted(part.weights, [ratios[each] for each in inner])
        else:
            ratio = (points, possible) if possible > 0 else None
        score = None if ratio is None else hundredths(ratio)
        passed = None if part.pass_mark is None else part.passed(score)
        if part.key in zeroed or (critical and passed is False and part.zeroes_itself):
            points, ratio = min(points, 0), ratio and negative(ratio)
            score = None if ratio is None else hundredths(ratio)
            passed = part.passed(score)
        counted[place], ratios[place] = points, ratio
        scores.append(PartScore(part.key, score, earned, possible, passed))
    scores.reverse()
    return Assessment(scores, ratios)
