"""The last steps of an explained score: band, status, coverage and dimensions, read off the others;
and whether an explanation arrives at a score that is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from audit_api.rules.checklist.questions import EffectKind
from audit_api.rules.checklist.sections import Checklist, ScoringRules
from audit_api.rules.scoring.explanation.questions import Asked, Hidden, State
from audit_api.rules.scoring.explanation.steps import (
    Affected,
    Banded,
    BandFloor,
    Covered,
    Decided,
    Fixed,
    Marked,
    ScoreStep,
    Step,
    Summed,
    Tagged,
    Zeroed,
    fixed_share,
)
from audit_api.rules.scoring.score import Score

FAILING = (EffectKind.FAIL, EffectKind.ZERO_AUDIT)


def verdict(
    checklist: Checklist, asked: Sequence[Asked | Hidden], scored: Sequence[ScoreStep]
) -> Iterator[Step]:
    """What follows from the questions' steps and the score's, the last of which is the final."""
    rules = checklist.scoring
    final = scored[-1]
    assert isinstance(final, Fixed)
    effects = [step for step in scored if isinstance(step, Affected)]
    marks = [step for step in scored if isinstance(step, Marked)]
    if final.score is not None and rules.bands:
        yield _banded(rules, final.score, effects)
    yield _decided(rules, final.score, effects, marks)
    questions = [step for step in asked if isinstance(step, Asked)]
    yield _covered(rules, questions)
    yield from _tagged(checklist, questions)


def _banded(rules: ScoringRules, score: int, effects: Sequence[Affected]) -> Banded:
    starts = tuple(BandFloor(band.key, band.start) for band in rules.bands)
    caps = tuple(dict.fromkeys(step.band for step in effects if step.band is not None))
    reached = next((start.key for start in reversed(starts) if score >= start.score), starts[0].key)
    band = next(start.key for start in starts if start.key == reached or start.key in caps)
    return Banded(score, starts, reached, caps, band)


def _decided(
    rules: ScoringRules, score: int | None, effects: Sequence[Affected], marks: Sequence[Marked]
) -> Decided:
    failing = tuple(dict.fromkeys(step.key for step in effects if step.effect in FAILING))
    demanded = marks if rules.every_section_must_pass else []
    missed = tuple(mark.key for mark in demanded if not mark.passed)
    tests = [False] * len(failing) + [mark.passed for mark in demanded]
    if score is not None and rules.pass_mark is not None:
        tests.append(score >= rules.pass_mark)
    undecided = not tests or (score is None and all(tests))
    return Decided(
        passed=None if undecided else all(tests),
        effects=failing,
        marked=tuple(mark.key for mark in demanded),
        missed=missed,
        score=score,
        pass_mark=rules.pass_mark,
    )


def _covered(rules: ScoringRules, questions: Sequence[Asked]) -> Covered:
    visible = [question for question in questions if question.counts]
    missing = tuple(each.key for each in visible if each.state is not State.ANSWERED)
    answered = len(visible) - len(missing)
    demanded = Fraction(*rules.validity)
    return Covered(
        answered=answered,
        visible=len(visible),
        missing=missing,
        bonuses=tuple(each.key for each in questions if each.bonus and not each.counts),
        demanded=demanded,
        valid=answered >= demanded * len(visible),
    )


def _tagged(checklist: Checklist, questions: Sequence[Asked]) -> Iterator[Tagged]:
    tags = {question.key: question.dimensions for question in checklist.questions()}
    for dimension in checklist.dimensions:
        brought = [
            question
            for question in questions
            if dimension.key in tags[question.key] and (question.earned or question.possible)
        ]
        earned = sum(question.earned for question in brought)
        possible = sum(question.possible for question in brought)
        share = Fraction(earned, possible) if possible > 0 else None
        keys = tuple(question.key for question in brought)
        yield Tagged(dimension.key, keys, earned, possible, share)


def agrees(steps: Sequence[Step], score: Score) -> bool:
    """Whether an explanation arrives at this score in all that it explains."""
    parts = (*score.touchpoints, *score.sections)
    return _arrived(steps) == {
        "raw": score.raw,
        "final": score.final,
        "band": score.band,
        "status": score.passed,
        "coverage": (score.answered, score.visible, score.valid),
        "sections": {part.key: part.score for part in parts},
        "marks": {part.key: part.passed for part in parts if part.passed is not None},
        "dimensions": {
            part.key: (part.score, part.earned, part.possible) for part in score.dimensions
        },
        "findings": list(score.failed),
        "hidden": list(score.hidden),
    }


def _arrived(steps: Sequence[Step]) -> Mapping[str, object]:
    """What an explanation arrives at; of a section that is told again, the last counts."""
    return {
        "band": None,
        **{step.kind: step.score for step in steps if isinstance(step, Fixed)},
        **{step.kind: step.band for step in steps if isinstance(step, Banded)},
        **{step.kind: step.passed for step in steps if isinstance(step, Decided)},
        **{
            step.kind: (step.answered, step.visible, step.valid)
            for step in steps
            if isinstance(step, Covered)
        },
        "sections": {
            step.key: fixed_share(step.after if isinstance(step, Zeroed) else step.share)
            for step in steps
            if isinstance(step, Summed | Zeroed) and step.key
        },
        "marks": {step.key: step.passed for step in steps if isinstance(step, Marked)},
        "dimensions": {
            step.key: (fixed_share(step.share), step.earned, step.possible)
            for step in steps
            if isinstance(step, Tagged)
        },
        "findings": [step.key for step in steps if isinstance(step, Asked) and step.finding],
        "hidden": [step.key for step in steps if isinstance(step, Hidden)],
    }
