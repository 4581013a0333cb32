"""A checklist as a person reads it: what is asked, when, and what each answer is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit_api.rules.checklist.conditions import Condition, Not
from audit_api.rules.checklist.questions import (
    Demand,
    Demanded,
    Effect,
    Option,
    Question,
    QuestionType,
    ValueBand,
)
from audit_api.rules.checklist.sections import Checklist, Section
from audit_api.rules.exact import percent
from audit_api.words import pick
from audit_api.words.checklist import Words, decimal, value, words_of
from audit_api.words.conditions import condition
from audit_api.words.explanation import effects

ONE = 1000
"""A weight of 1, in thousandths."""


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer: what it is called, the points that it brings, and what happens then."""

    title: str
    points: str
    failed: bool
    effects: Sequence[str]


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """A question: `facts` are what is particular about it, each a short sentence."""

    key: str
    number: str
    title: str
    hint: str
    type: str
    points: str
    asked: str
    facts: Sequence[str]
    answers: Sequence[ToldAnswer]


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A touchpoint or a section; `level` is 0 for a touchpoint."""

    key: str
    level: int
    title: str
    asked: str
    facts: Sequence[str]
    questions: Sequence[ToldQuestion]


def told(checklist: Checklist, locale: str) -> list[ToldSection]:
    """Return every touchpoint and section, each before those inside it, in words."""
    words = words_of(checklist, locale)
    return [
        each
        for touchpoint in checklist.touchpoints
        for each in _sections(touchpoint, 0, words, checklist)
    ]


def _sections(
    section: Section, level: int, words: Words, checklist: Checklist
) -> Iterator[ToldSection]:
    yield ToldSection(
        key=section.key,
        level=level,
        title=pick(section.title, words.locale),
        asked=_asked(section.condition, words),
        facts=list(_facts_of_section(section, words)),
        questions=[_question(each, section, words) for each in section.questions],
    )
    for inner in section.sections:
        yield from _sections(inner, level + 1, words, checklist)


def _facts_of_section(section: Section, words: Words) -> Iterator[str]:
    if section.weight != ONE:
        yield words.say("console.checklists.weight", weight=decimal(section.weight))
    if section.pass_mark is not None:
        yield words.say("report.pass_mark", mark=percent(section.pass_mark))
    for sentence in _effects(section.on_fail, section, words):
        yield words.say("console.checklists.below_mark", effect=sentence)


def _question(question: Question, section: Section, words: Words) -> ToldQuestion:
    return ToldQuestion(
        key=question.key,
        number=words.numbers[question.key],
        title=pick(question.title, words.locale),
        hint=pick(question.hint, words.locale) if question.hint else "",
        type=words.say(f"sheets.word.{question.type}"),
        points=decimal(question.best) if question.best and question.weight else "",
        asked=_asked(question.condition, words),
        facts=list(_facts(question, section, words)),
        answers=list(_answers(question, section, words)),
    )


def _facts(question: Question, section: Section, words: Words) -> Iterator[str]:
    if not question.required:
        yield words.say("console.checklists.optional")
    if question.not_applicable:
        yield words.say("console.checklists.may_not_apply")
    if question.not_observed:
        yield words.say("console.checklists.may_not_be_seen")
    yield from _evidence("console.checklists.photo", question.photo, question, words)
    yield from _evidence("console.checklists.comment", question.comment, question, words)
    yield from _weights(question, words)
    for sentence in _effects(question.effects, section, words):
        yield words.say("console.checklists.when_failed", effect=sentence)
    if question.metric:
        yield words.say("console.checklists.metric", metric=question.metric.upper())
    if question.dimensions:
        titles = [pick(words.dimensions[key], words.locale) for key in question.dimensions]
        yield words.say("console.checklists.dimensions", dimensions=titles)


def _weights(question: Question, words: Words) -> Iterator[str]:
    if question.type is QuestionType.NUMBER:
        yield from _range(question, words)
    if not question.weight:
        yield words.say("explain.unscored")
    elif question.weight != ONE:
        yield words.say("console.checklists.weight", weight=decimal(question.weight))
    if question.per_unit:
        yield words.say("console.checklists.per_unit", points=decimal(question.per_unit))
    if question.demerit:
        yield words.say("console.checklists.demerit", points=decimal(question.demerit))
    if question.bonus:
        yield words.say("console.checklists.bonus")


def _range(question: Question, words: Words) -> Iterator[str]:
    low, high = question.minimum, question.maximum
    if low is not None:
        yield words.say("console.checklists.from", low=decimal(low))
    if high is not None:
        yield words.say("console.checklists.to", high=decimal(high))


def _evidence(code: str, demanded: Demanded, question: Question, words: Words) -> Iterator[str]:
    if demanded is Demand.NEVER:
        return
    if isinstance(demanded, tuple):
        called = [
            words.say("name.quoted", title=value(question, key, words.locale)) for key in demanded
        ]
        when = words.say("console.checklists.with_answers", answers=called)
    else:
        when = words.say(f"sheets.word.{demanded}")
    yield words.say(code, when=when)


def _answers(question: Question, section: Section, words: Words) -> Iterator[ToldAnswer]:
    for option in question.options:
        title = value(question, option.key, words.locale)
        yield _answer(title, option, section, words)
    starts = [band.start for band in question.bands]
    for band, end in zip(question.bands, [*starts[1:], None], strict=False):
        low, high = _measure(band.start, question, words), _measure(end, question, words)
        code = "explain.band_from" if end is None else "explain.band_between"
        yield _answer(words.say(code, low=low, high=high), band, section, words)


def _answer(title: str, worth: Option | ValueBand, section: Section, words: Words) -> ToldAnswer:
    effects_of = list(_effects(worth.effects, section, words))
    return ToldAnswer(title, decimal(worth.points), worth.failed, effects_of)


def _measure(bound: int | None, question: Question, words: Words) -> str:
    if bound is None:
        return ""
    if question.type is QuestionType.DURATION and bound % ONE == 0:
        return value(question, bound // ONE, words.locale)
    return decimal(bound)


def _effects(hung: Iterable[Effect], section: Section, words: Words) -> Iterator[str]:
    for each in hung:
        yield effects.effect(each.kind, words, section=section.key, cap=each.cap, band=each.band)


def _asked(expression: Condition | None, words: Words) -> str:
    """Return when something is asked, where that is not always."""
    if expression is None:
        return ""
    unless = isinstance(expression, Not)
    clause = condition(expression, words, negated=unless)
    return words.say("explain.asked_unless" if unless else "explain.asked_if", condition=clause)
