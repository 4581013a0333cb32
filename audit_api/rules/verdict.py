"""From what every question brought to the fixed score of an audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from audit_api.rules.answer_values import Mark
from audit_api.rules.arithmetic import (
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
from audit_api.rules.parts import Assessed, Part, assess, plan
from audit_api.rules.questions import SCORED, Effect, EffectKind
from audit_api.rules.score import SCORING_ENGINE, AppliedEffect, PartScore, Score
from audit_api.rules.sections import Checklist, Method, ScoringRules, Section

ZERO_SECTION = EffectKind.ZERO_SECTION

Pick = Callable[[Sequence[int]], Sequence[int]]

Hung = tuple[Effect, str]
"""A critical effect and the key of the question or section that it hung on."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of every audit under a checklist before the first answer.

    `home` names the section that a question stands in; `dimensions` picks a dimension's
    questions out of a list in asking order; `visible` counts the scored questions.
    """

    rules: ScoringRules
    bands: tuple[tuple[int, str], ...]
    plan: tuple[Part, ...]
    home: Mapping[str, str]
    dimensions: tuple[tuple[str, Pick], ...]
    visible: int
    sections_have_effects: bool
    sections_zero: bool


def frame(checklist: Checklist) -> Frame:
    """The frame of a checklist."""
    questions = list(checklist.questions())
    sections = list(_sections(checklist.touchpoints))
    return Frame(
        rules=checklist.scoring,
        bands=tuple((band.start, band.key) for band in checklist.scoring.bands),
        plan=plan(checklist.touchpoints),
        home={question.key: section.key for section in sections for question in section.questions},
        dimensions=tuple(
            (
                dimension.key,
                _pick(
                    place
                    for place, question in enumerate(questions)
                    if dimension.key in question.dimensions and question.type in SCORED
                ),
            )
            for dimension in checklist.dimensions
        ),
        visible=sum(question.scored for question in questions),
        sections_have_effects=any(section.on_fail for section in sections),
        sections_zero=any(
            section.on_fail and section.on_fail.kind is ZERO_SECTION for section in sections
        ),
    )


def _pick(places: Iterable[int]) -> Pick:
    """A function that picks these places out of a list."""
    chosen = tuple(places)
    if len(chosen) < 2:
        return lambda values: [values[place] for place in chosen]
    return itemgetter(*chosen)


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def judge(
    known: Frame,
    earned: Sequence[int],
    possible: Sequence[int],
    answered: int,
    marks: Sequence[Mark],
) -> Score:
    """The score, from every question's points (millionths, in asking order) and the marks."""
    rules = known.rules
    by_weight = rules.method is Method.WEIGHTED
    before = after = assess(known.plan, earned, possible, by_weight=by_weight)
    hung = [(effect, mark.question.key) for mark in marks for effect in mark.effects]
    zeroed = [known.home[where] for effect, where in hung if effect.kind is ZERO_SECTION]
    if zeroed or known.sections_zero:
        after = assess(
            known.plan, earned, possible, by_weight=by_weight, zeroed=zeroed, critical=True
        )
    if known.sections_have_effects:
        hung += [(effect, part.part.key) for part in after if (effect := part.missed)]
    raw = final = _whole(rules, before[0].ratio, answered, marks)
    applied: tuple[AppliedEffect, ...] = ()
    if hung:
        applied = _zeroings(known, before, after, hung)
        final = _whole(rules, after[0].ratio, answered, marks)
        for effect, where in hung:
            if effect.kind is not ZERO_SECTION:
                left = None if final is None else affected(final, effect)
                step = AppliedEffect(effect.kind.value, where, fixed(final), fixed(left))
                applied, final = (*applied, step), left
    score = fixed(final)
    return Score(
        SCORING_ENGINE,
        fixed(raw),
        score,
        _passed(rules, after, score, hung),
        band_of(known.bands, score),
        before[0].earned,
        before[0].possible,
        tuple([_part_score(after[place]) for place in known.plan[0].inner]),
        tuple([_dimension(key, pick, earned, possible) for key, pick in known.dimensions]),
        tuple([mark.question.key for mark in marks if mark.failed]),
        applied,
        answered,
        known.visible,
        is_valid(answered, known.visible, rules.validity),
        sum([mark.left_out == "not_applicable" for mark in marks]),
        sum([mark.left_out == "not_observed" for mark in marks]),
    )


def _whole(
    rules: ScoringRules, ratio: Ratio | None, answered: int, marks: Sequence[Mark]
) -> Ratio | None:
    """The whole audit's exact score with the bonus capped."""
    if rules.method is Method.DEMERIT:
        demerits = sum(mark.demerit for mark in marks)
        ratio = demerited(rules.start, demerits) if answered else None
    if ratio is None or rules.bonus_over_100:
        return ratio
    return lower(ratio, FULL)


def _zeroings(
    known: Frame, before: Sequence[Assessed], after: Sequence[Assessed], hung: Sequence[Hung]
) -> tuple[AppliedEffect, ...]:
    """What the zeroed sections had and have."""
    had = {part.part.key: part.score for part in before}
    left = {part.part.key: part.score for part in after}
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
    rules: ScoringRules, parts: Sequence[Assessed], score: int | None, hung: Sequence[Hung]
) -> bool | None:
    """Failed by an effect, by a section or by the mark; None where nothing decides it."""
    if hung and failing(effect for effect, _ in hung):
        return False
    sections = None
    if rules.every_section_must_pass:
        results = [part.passed for part in parts if part.passed is not None]
        sections = all(results) if results else None
    if sections is False or score is None or rules.pass_mark is None:
        return sections
    return score >= rules.pass_mark


def _part_score(result: Assessed) -> PartScore:
    return PartScore(result.part.key, result.score, result.earned, result.possible, result.passed)


def _dimension(key: str, pick: Pick, earned: Sequence[int], possible: Sequence[int]) -> PartScore:
    got, most = sum(pick(earned)), sum(pick(possible))
    score = hundredths((got, most)) if most > 0 else None
    return PartScore(key, score, got, most, None)
