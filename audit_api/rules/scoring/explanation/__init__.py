"""Why an audit has its score: an ordered list of steps that anybody can compute again by hand.

Order: questions → sections → whole → bonus cap → raw score → what critical effects zeroed, and
what changed with it → the other critical effects → final score → band → status → coverage →
dimensions.  A section stands after the sections inside it.

Only what each question brought comes from the scorer.  All the rest is worked out here once more,
so that an explanation that agrees with a stored score confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit_api.rules.checklist.questions import Effect, Question
from audit_api.rules.checklist.sections import Checklist, Section
from audit_api.rules.scoring import Scorer, Visit
from audit_api.rules.scoring.explanation.counting import Account, counted
from audit_api.rules.scoring.explanation.questions import Asked, Hidden, items
from audit_api.rules.scoring.explanation.steps import Cause, Differing, Step
from audit_api.rules.scoring.explanation.verdict import agrees, verdict
from audit_api.rules.scoring.explanation.writing import KINDS, values
from audit_api.rules.scoring.score import SCORING_ENGINE, Score

__all__ = ["KINDS", "Step", "agrees", "explain", "explain_stored", "values"]


def explain(checklist: Checklist, scorer: Scorer, visit: Visit) -> tuple[Step, ...]:
    """The explained score of one audit; what is refused counts as unanswered."""
    results = scorer.results(visit)
    questions = tuple(items(checklist, results, visit, scorer.site(visit.attributes)))
    marks = [result.mark for result in results if result.mark]
    answers = {step.key: step.value for step in questions if isinstance(step, Asked)}
    account = Account(
        rules=checklist.scoring,
        whole=Section("", {}, sections=checklist.touchpoints),
        asked=_by_section(questions),
        hung=tuple(
            (effect, _cause(mark.question, effect, answers[mark.question.key]))
            for mark in marks
            for effect in mark.effects
        ),
    )
    score = tuple(counted(account))
    return (*questions, *score, *verdict(checklist, questions, score))


def explain_stored(
    checklist: Checklist, scorer: Scorer, visit: Visit, score: Score
) -> tuple[Step, ...]:
    """The explanation of a stored score, never of another: where scoring the visit again arrives
    at another score, one `Differing` says so."""
    steps = explain(checklist, scorer, visit)
    if agrees(steps, score):
        return steps
    return (Differing(score.final, score.engine, SCORING_ENGINE),)


def _cause(question: Question, effect: Effect, answer: object) -> Cause:
    """The answer that an effect hung on: of several choices those that have it, if any has."""
    chosen = answer if isinstance(answer, list) else []
    having = [o.key for o in question.options if o.key in chosen and effect in o.effects]
    return Cause(question.key, having or answer)


def _by_section(steps: Iterable[Asked | Hidden]) -> Mapping[str, tuple[Asked, ...]]:
    by_section: dict[str, tuple[Asked, ...]] = {}
    for step in steps:
        if isinstance(step, Asked):
            by_section[step.section] = (*by_section.get(step.section, ()), step)
    return by_section
