"""When a question is asked: conditions on earlier answers and on the site, compiled to closures.

`phone/rules/conditions.js` says the same in JavaScript.  Where no value is given every test is
false, except `answered: false`.  Numbers are compared as IEEE doubles and texts code point by
code point, but for a clock time without seconds, which means the full minute.  A value of the
wrong kind satisfies nothing but `answered: true`; true and false are no numbers.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from audit_api.rules.checklist.texts import Text
from audit_api.rules.kinds import SITE_KINDS

WORD, NUMBER, FLAG = "word", "number", "flag"
"""The types of a site's attributes."""

CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WRITTEN_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,3})?")
WRITTEN_FLAGS = {"true": True, "false": False}


class Source(StrEnum):
    """Where the value that is tested comes from: an earlier answer, or the visited site."""

    QUESTION = "question"
    SITE = "site"


class Operator(StrEnum):
    EQUALS = "equals"
    ONE_OF = "one_of"
    CONTAINS = "contains"
    ANSWERED = "answered"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"


Operand = str | int | float | bool


@dataclass(frozen=True, slots=True)
class SubjectTest:
    """One test of one subject; `operand` is a tuple where the operator is `one_of`."""

    source: Source
    key: str
    operator: Operator
    operand: Operand | tuple[Operand, ...]

    def document(self) -> dict[str, object]:
        """The test as an author writes it."""
        operand = list(self.operand) if isinstance(self.operand, tuple) else self.operand
        return {self.source.value: self.key, self.operator.value: operand}


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds where every part holds."""

    parts: tuple[Condition, ...]

    def document(self) -> dict[str, object]:
        """The condition as an author writes it."""
        return {"all": [part.document() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where at least one part holds."""

    parts: tuple[Condition, ...]

    def document(self) -> dict[str, object]:
        """The condition as an author writes it."""
        return {"any": [part.document() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its part does not, and so also where a test in it had no value."""

    part: Condition

    def document(self) -> dict[str, object]:
        """The condition as an author writes it."""
        return {"not": self.part.document()}


Condition = AllOf | AnyOf | Not | SubjectTest


@dataclass(frozen=True, slots=True)
class SiteAttribute:
    """An attribute of the visited site that conditions may test.

    `values` are the words that it may have, as far as its author lists them.
    """

    key: str
    title: Text
    type: str
    values: tuple[str, ...] = ()


KIND = SiteAttribute("kind", {}, WORD, SITE_KINDS)
"""Whether the site is the organisation's own: no checklist declares it, every site has it."""

Values = Mapping[str, object]
Evaluation = Callable[[Values, Values], bool]
"""Whether a condition holds, given the values of visible answered questions (a picture's is
True) and the site's values, both by key."""


def subject_tests(condition: Condition) -> Iterator[SubjectTest]:
    """Every test in a condition, in the order in which it is written."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from subject_tests(part)
        case Not(part):
            yield from subject_tests(part)
        case SubjectTest():
            yield condition


def questions_named(condition: Condition) -> frozenset[str]:
    """The keys of the questions whose answers a condition looks at."""
    return frozenset(
        test.key for test in subject_tests(condition) if test.source is Source.QUESTION
    )


def compile_condition(condition: Condition) -> Evaluation:
    """The condition as a function that only looks its values up and compares them."""
    match condition:
        case AllOf(parts):
            every = tuple(map(compile_condition, parts))
            return lambda values, site: all(part(values, site) for part in every)
        case AnyOf(parts):
            some = tuple(map(compile_condition, parts))
            return lambda values, site: any(part(values, site) for part in some)
        case Not(part):
            inner = compile_condition(part)
            return lambda values, site: not inner(values, site)
        case SubjectTest(Source.QUESTION, key):
            holds = predicate(condition)
            return lambda values, site: holds(values.get(key))
        case SubjectTest(_, key):
            holds = predicate(condition)
            return lambda values, site: holds(site.get(key))


Predicate = Callable[[object], bool]


def predicate(test: SubjectTest) -> Predicate:
    """Whether a test holds for its subject's value; None is no value."""
    return PREDICATES[test.operator](test.operand)


def _equals(operand: Any) -> Predicate:
    # 1 == True in Python: a flag is compared as itself, and comparable() knows no flags.
    if isinstance(operand, bool):
        return lambda value: value is operand
    return _one_of((operand,))


def _one_of(operands: Any) -> Predicate:
    accepted = frozenset(map(comparable, operands))
    return lambda value: comparable(value) in accepted


def _contains(operand: Any) -> Predicate:
    return lambda value: isinstance(value, list) and operand in value


def _answered(operand: Any) -> Predicate:
    return lambda value: (value is not None) is operand


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any], Predicate]:
    def against(operand: Any) -> Predicate:
        bound = comparable(operand)
        ordering = _ordering(bound)

        def holds(value: object) -> bool:
            comparand = comparable(value)
            return _ordering(comparand) is ordering and compare(comparand, bound)

        return holds

    return against


def _ordering(value: str | float | None) -> object:
    """What stands in one order: numbers, dates, and clock times; nothing else has an order."""
    if isinstance(value, float):
        return float
    return next((shape for shape in (DATE, TIME) if shape.fullmatch(value or "")), None)


PREDICATES: Mapping[Operator, Callable[[Any], Predicate]] = {
    Operator.EQUALS: _equals,
    Operator.ONE_OF: _one_of,
    Operator.CONTAINS: _contains,
    Operator.ANSWERED: _answered,
    Operator.LESS_THAN: _ordered(operator.lt),
    Operator.AT_MOST: _ordered(operator.le),
    Operator.MORE_THAN: _ordered(operator.gt),
    Operator.AT_LEAST: _ordered(operator.ge),
}


def comparable(value: Any) -> str | float | None:
    """What is compared of a value: a text with its clock time completed, a number as a double.

    None for everything else, also for a number that no double holds.
    """
    kind = value.__class__
    if kind is str:
        return f"{value}:00" if len(value) == 5 and CLOCK.fullmatch(value) else str(value)
    if kind is not int and kind is not float:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def site_values(
    declared: Iterable[SiteAttribute], attributes: Mapping[str, object]
) -> dict[str, object]:
    """The site's values by attribute, each read by its declared type, and its `kind`.

    `attributes` are the site's as stored, with its kind under "kind".  What cannot be read by
    its type has no value.
    """
    values = {
        attribute.key: READERS[attribute.type](attributes.get(attribute.key))
        for attribute in (*declared, KIND)
    }
    return {key: value for key, value in values.items() if value is not None}


def _word(value: object) -> object:
    return value if isinstance(value, str) else None


def _number(value: object) -> object:
    if isinstance(value, str):
        return float(value) if WRITTEN_NUMBER.fullmatch(value) else None
    return comparable(value)


def _flag(value: object) -> object:
    if isinstance(value, str):
        return WRITTEN_FLAGS.get(value)
    return value if isinstance(value, bool) else None


READERS: Mapping[str, Callable[[object], object]] = {WORD: _word, NUMBER: _number, FLAG: _flag}
