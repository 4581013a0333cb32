"""From what every question brought to the fixed score of an audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from audit_api.rules.checklist.questions import SCORED, Effect, EffectKind
from audit_api.rules.checklist.sections import Checklist, Method, ScoringRules
from audit_api.rules.scoring.answer_values import LeftOut, Mark
from audit_api.rules.scoring.arithmetic import (
    FULL,
    Ratio,
    affected,
    band_of,
    demerited,
    failing,
    fixed,
    hundredths,
    is_valid,
    lower,
)
from audit_api.rules.scoring.parts import Assessment, Part, assess, plan
from audit_api.rules.scoring.score import SCORING_ENGINE, AppliedEffect, PartScore, Score

ZERO_SECTION = EffectKind.ZERO_SECTION

Pick = Callable[[Sequence[int]], Sequence[int]]

Hung = tuple[Effect, str]
"""A critical effect and the key of the question or section that it hung on."""


class Coverage(NamedTuple):
    """How many scored questions were answered of those visible, whether that is enough, and how
    many questions, scored or not, were left out for a reason."""

    answered: int
    visible: int
    valid: bool
    not_applicable: int
    not_observed: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of every audit under a checklist before the first answer.

    `possible` are the questions' points possible (millionths) in asking order, `places` where
    each question stands, `home` the section that holds it; `inner` are the sections inside
    touchpoints by their place in the plan; `dimensions` picks a dimension's questions out of a
    list in asking order, beside the points possible in it; `scored` counts the scored questions,
    `costly` those with a demerit, `complete` is the coverage where all are answered.
    """

    rules: ScoringRules
    band_starts: tuple[int, ...]
    band_keys: tuple[str, ...]
    plan: tuple[Part, ...]
    inner: tuple[int, ...]
    possible: tuple[int, ...]
    possible_to: tuple[int, ...]
    places: Mapping[str, int]
    home: Mapping[str, str]
    dimensions: tuple[tuple[str, Pick, int], ...]
    scored: int
    costly: int
    complete: Coverage
    sections_have_effects: bool
    sections_zero: bool


def frame(checklist: Checklist) -> Frame:
    """The frame of a checklist."""
    questions = list(checklist.questions())
    sections = list(checklist.sections())
    possible = tuple(question.possible for question in questions)
    laid = plan(checklist.touchpoints)
    scored = sum(question.scored for question in questions)
    return Frame(
        rules=checklist.scoring,
        band_starts=tuple(band.start for band in checklist.scoring.bands),
        band_keys=tuple(band.key for band in checklist.scoring.bands),
        plan=laid,
        inner=tuple(place for place in range(1, len(laid)) if place not in laid[0].inner),
        possible=possible,
        possible_to=(0, *accumulate(possible)),
        places={question.key: place for place, question in enumerate(questions)},
        home={question.key: section.key for section in sections for question in section.questions},
        dimensions=tuple(
            _dimension(
                dimension.key,
                possible,
                [
                    place
                    for place, question in enumerate(questions)
                    if dimension.key in question.dimensions and question.type in SCORED
                ],
            )
            for dimension in checklist.dimensions
        ),
        scored=scored,
        costly=sum(question.demerit > 0 for question in questions),
        complete=Coverage(scored, scored, valid=True, not_applicable=0, not_observed=0),
        sections_have_effects=any(section.on_fail for section in sections),
        sections_zero=any(part.zeroes_itself for part in laid),
    )


def _dimension(key: str, possible: Sequence[int], places: Sequence[int]) -> tuple[str, Pick, int]:
    most = sum(possible[place] for place in places)
    if len(places) < 2:
        return key, lambda values: [values[place] for place in places], most
    return key, itemgetter(*places), most


def judge(
    known: Frame, earned: Sequence[int], marks: Sequence[Mark], site: Mapping[str, object]
) -> Score:
    """The score, from what every question earned (millionths, in asking order) and the marks.

    `site` is what conditions went by of the site, kept with the score.
    """
    rules = known.rules
    by_weight = rules.method is Method.WEIGHTED
    left_out = [mark for mark in marks if mark.left_out]
    counts = _counts(known, left_out)
    possible, possible_to = _possible(known, left_out)
    earned_to = (0, *accumulate(earned))
    before = after = assess(known.plan, earned_to, possible_to, by_weight=by_weight)
    hung = [(effect, mark.question.key) for mark in marks for effect in mark.effects]
    zeroed = [known.home[where] for effect, where in hung if effect.kind is ZERO_SECTION]
    if zeroed or known.sections_zero:
        after = assess(
            known.plan, earned_to, possible_to, by_weight=by_weight, zeroed=zeroed, critical=True
        )
    if known.sections_have_effects:
        hung += _missed(known.plan, after)
    whole = _whole(known, before.ratios[0], marks)
    raw = score = fixed(whole)
    applied: tuple[AppliedEffect, ...] = ()
    if hung:
        whole = _whole(known, after.ratios[0], marks)
        applied, whole = _applied(known, before, after, hung, whole)
        score = fixed(whole)
    return Score(
        SCORING_ENGINE,
        raw,
        score,
        _passed(rules, after.scores, score, hung),
        _band(known, score, hung),
        before.whole.earned,
        before.whole.possible,
        tuple([after.scores[place] for place in known.plan[0].inner]),
        tuple([after.scores[place] for place in known.inner]),
        _dimensions(known, earned, possible),
        tuple([mark.question.key for mark in marks if mark.failed]),
        tuple([mark.question.key for mark in left_out if mark.left_out is LeftOut.HIDDEN]),
        applied,
        *counts,
        site,
    )


def _counts(known: Frame, left_out: Sequence[Mark]) -> Coverage:
    if not left_out:
        return known.complete
    every = [mark.left_out for mark in left_out]
    scored = [mark.left_out for mark in left_out if mark.question.scored]
    visible = known.scored - scored.count(LeftOut.HIDDEN)
    answered = known.scored - len(scored)
    return Coverage(
        answered,
        visible,
        is_valid(answered, visible, known.rules.validity),
        every.count(LeftOut.NOT_APPLICABLE),
        every.count(LeftOut.NOT_OBSERVED),
    )


def _missed(parts: Sequence[Part], after: Assessment) -> list[Hung]:
    """The effects of the sections that missed their pass marks."""
    return [
        (effect, part.key)
        for part, result in zip(parts, after.scores, strict=True)
        if part.on_fail and result.passed is False
        for effect in part.on_fail
    ]


def _possible(known: Frame, left_out: Sequence[Mark]) -> tuple[Sequence[int] | None, Sequence[int]]:
    """The points possible of each question, None where all count, and their running sums."""
    if not left_out or not any(mark.dropped for mark in left_out):
        return None, known.possible_to
    possible = list(known.possible)
    for mark in left_out:
        possible[known.places[mark.question.key]] -= mark.dropped
    return possible, (0, *accumulate(possible))


def _whole(known: Frame, ratio: Ratio | None, marks: Sequence[Mark]) -> Ratio | None:
    """The whole audit's exact score with the bonus capped."""
    rules = known.rules
    if rules.method is Method.DEMERIT:
        ratio = _demerited(known, marks)
    if ratio is None or rules.bonus_over_100:
        return ratio
    return lower(ratio, FULL)


def _demerited(known: Frame, marks: Sequence[Mark]) -> Ratio | None:
    """The start less the demerits; None where no question that could cost any has a value."""
    without = sum(1 for mark in marks if mark.left_out and mark.question.demerit)
    if without == known.costly:
        return None
    return demerited(known.rules.start, sum(mark.demerit for mark in marks))


def _applied(
    known: Frame,
    before: Assessment,
    after: Assessment,
    hung: Sequence[Hung],
    final: Ratio | None,
) -> tuple[tuple[AppliedEffect, ...], Ratio | None]:
    """The effects in their order, the zeroed sections first, and the score that they leave."""
    applied = _zeroings(known, before, after, hung)
    for effect, where in hung:
        if effect.kind is not ZERO_SECTION:
            left = None if final is None else affected(final, effect)
            step = AppliedEffect(effect.kind.value, where, fixed(final), fixed(left), effect.band)
            applied, final = (*applied, step), left
    return applied, final


def _zeroings(
    known: Frame, before: Assessment, after: Assessment, hung: Sequence[Hung]
) -> tuple[AppliedEffect, ...]:
    """What the zeroed sections had and have."""
    had = {part.key: part.score for part in before.scores}
    left = {part.key: part.score for part in after.scores}
    zeroed = [
        (where, known.home.get(where, where))
        for effect, where in hung
        if effect.kind is ZERO_SECTION
    ]
    return tuple(
        AppliedEffect(ZERO_SECTION.value, where, had[section], left[section])
        for where, section in zeroed
    )


def _passed(
    rules: ScoringRules, parts: Sequence[PartScore], score: int | None, hung: Sequence[Hung]
) -> bool | None:
    """Failed by an effect, by a section or by the mark; None where nothing decides it, and where
    there is no score: nothing passes unscored."""
    if hung and failing(effect for effect, _ in hung):
        return False
    sections = None
    if rules.every_section_must_pass:
        results = [part.passed for part in parts if part.passed is not None]
        sections = all(results) if results else None
    if sections is False:
        return False
    if score is None:
        return None
    return sections if rules.pass_mark is None else score >= rules.pass_mark


def _band(known: Frame, score: int | None, hung: Sequence[Hung]) -> str | None:
    """The band of the score, or the lowest that an effect leaves."""
    band = band_of(known.band_starts, known.band_keys, score)
    if band is None or not hung:
        return band
    caps = {effect.band for effect, _ in hung if effect.kind is EffectKind.CAP_BAND}
    return next(key for key in known.band_keys if key == band or key in caps)


def _dimensions(
    known: Frame, earned: Sequence[int], possible: Sequence[int] | None
) -> tuple[PartScore, ...]:
    scores = []
    for key, pick, every in known.dimensions:
        got, most = sum(pick(earned)), every if possible is None else sum(pick(possible))
        score = hundredths((got, most)) if most > 0 else None
        scores.append(PartScore(key, score, got, most, None))
    return tuple(scores)
