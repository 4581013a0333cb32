"""Says what a question did to a score, in words."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.rules.checklist.conditions import Not
from audit_api.rules.checklist.questions import QuestionType
from audit_api.rules.scoring.explanation.questions import Asked, Finding, Hidden, State
from audit_api.rules.scoring.explanation.steps import Cause
from audit_api.words import answers
from audit_api.words.checklist import Words, decimal, value
from audit_api.words.conditions import condition

STATES: Mapping[State, str] = {
    State.ANSWERED: "explain.answered",
    State.NOT_APPLICABLE: "explain.not_applicable",
    State.NOT_OBSERVED: "explain.not_observed",
    State.UNANSWERED: "explain.unanswered",
}
FINDINGS: Mapping[Finding, str] = {
    Finding.ANSWER: "explain.finding_answer",
    Finding.NOTHING: "explain.finding_nothing",
    Finding.BAND: "explain.finding_band",
    Finding.COUNTED: "explain.finding_counted",
}
ONE = 1000
"""A weight of 1, in thousandths."""


def hidden(step: Hidden, words: Words) -> str:
    """Say why a question was not asked."""
    unless = isinstance(step.condition, Not)
    names = {
        "question": words.question(step.key),
        "condition": condition(step.condition, words, negated=unless),
    }
    if step.place == step.key:
        return words.say("explain.hidden_unless" if unless else "explain.hidden", **names)
    code = "explain.hidden_section_unless" if unless else "explain.hidden_section"
    return words.say(code, section=words.section(step.place), **names)


def asked_if(step: Hidden, words: Words) -> str:
    """Say on what a question that was not asked is asked."""
    unless = isinstance(step.condition, Not)
    clause = condition(step.condition, words, negated=unless)
    if step.place == step.key:
        return words.say("explain.asked_unless" if unless else "explain.asked_if", condition=clause)
    code = "explain.section_asked_unless" if unless else "explain.section_asked_if"
    return words.say(code, section=words.section(step.place), condition=clause)


def workings(step: Asked, words: Words) -> str:
    """Say how an answer's points came about; nothing where its points alone say it."""
    if step.state is not State.ANSWERED or not (step.earned or step.possible):
        return ""
    equation = _equation(step, words)
    plain = equation == answers.points(abs(step.earned))
    clauses = (_band(step, words), "" if plain else equation)
    return words.say("explain.also").join(clause for clause in clauses if clause)


def asked(step: Asked, words: Words) -> str:
    """Say what a question brought."""
    clauses = [
        words.say("explain.answer", question=words.question(step.key), answer=_answer(step, words)),
        _points(step, words) if step.state is State.ANSWERED else _left_out(step, words),
        words.say(FINDINGS[step.finding]) if step.finding else "",
        _demerits(step, words) if step.demerit and step.findings else "",
    ]
    return words.say("explain.joint").join(part for part in clauses if part)


def cause(origin: Cause, words: Words) -> str:
    """Name the answer, or the section below its pass mark, that an effect hung on."""
    if origin.key not in words.questions:
        return words.say("explain.below_mark", section=words.section(origin.key))
    answer = _value(origin.key, origin.value, words)
    return words.say("explain.cause", question=words.question(origin.key), answer=answer)


def _answer(step: Asked, words: Words) -> str:
    if step.value is None:
        return words.say(STATES[step.state])
    answer, band = _value(step.key, step.value, words), _band(step, words)
    return words.say("explain.banded", answer=answer, band=band) if band else answer


def _value(key: str, answer: object, words: Words) -> str:
    if answer == []:
        return words.say("explain.nothing_chosen")
    return value(words.questions[key], answer, words.locale)


def _band(step: Asked, words: Words) -> str:
    """Say which band a measured value lies in, where there are several."""
    low, high = (_measure(step, end, words) for end in (step.worth.low, step.worth.high))
    if low and high:
        return words.say("explain.band_between", low=low, high=high)
    if low:
        return words.say("explain.band_from", low=low)
    return words.say("explain.band_below", high=high) if high else ""


def _measure(step: Asked, bound: int | None, words: Words) -> str:
    if bound is None:
        return ""
    if step.type is QuestionType.DURATION and bound % ONE == 0:
        return answers.answer(words.questions[step.key], bound // ONE, words.locale)
    return decimal(bound)


def _left_out(step: Asked, words: Words) -> str:
    if step.possible:
        return words.say("explain.counts_as_zero", possible=answers.points(step.possible))
    return words.say("explain.left_out" if step.counts or step.bonus else "explain.unscored")


def _points(step: Asked, words: Words) -> str:
    if not step.earned and not step.possible:
        return _no_points(step, words)
    points, possible = _equation(step, words), answers.points(step.possible)
    if step.possible:
        return words.say("explain.points", points=points, possible=possible)
    return words.say("explain.bonus" if step.earned > 0 else "explain.taken", points=points)


def _no_points(step: Asked, words: Words) -> str:
    """Say what no points mean: no bonus, nothing taken away, no demerits, or never any points."""
    question = words.questions[step.key]
    if question.weight and (question.per_unit or any(worth.points for worth in question.worths)):
        return words.say("explain.no_bonus" if question.best > 0 else "explain.none_taken")
    if step.demerit:
        return "" if step.findings else words.say("explain.no_demerit")
    return words.say("explain.no_points" if step.counts else "explain.unscored")


def _equation(step: Asked, words: Words) -> str:
    """Say how the points came about: 1 + 2 = 3, or 0.5 × weight 2 = 1, or only 1.

    Where no points are possible, it says how many an answer takes away.
    """
    worth, earned, terms = step.worth, step.earned, step.worth.terms
    if not step.possible and earned < 0:
        earned, terms = -earned, tuple(-term for term in terms)
    text, compound = _added(terms), len(terms) > 1
    if worth.units != 1:
        text, compound = f"{worth.units} × {text}", False
    if worth.points > sum(worth.terms) * worth.units:
        text, compound = words.say("explain.least_zero", points=text), False
    if step.weight != ONE:
        inside = f"({text})" if compound else text
        text = words.say("explain.times_weight", points=inside, weight=decimal(step.weight))
    total = answers.points(earned)
    return text if text == total else f"{text} = {total}"


def _demerits(step: Asked, words: Words) -> str:
    text = decimal(step.demerit)
    if step.findings != 1:
        text = f"{step.findings} × {text} = {decimal(step.findings * step.demerit)}"
    return words.say("explain.demerit", demerit=text)


def _added(terms: tuple[int, ...]) -> str:
    """Write thousandths as a sum: 1 + 2 - 0.5."""
    return " + ".join(map(decimal, terms)).replace("+ -", "- ") or "0"
