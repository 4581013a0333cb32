"""Conditions, values and whole visits drawn at random, the same for ever from the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.rules.vectors.condition_cases import (
    ATTRIBUTES,
    COMPOSED,
    DECOMPOSED,
    PLACE,
    QUESTIONS,
    Json,
    checklist,
)

SAME = ("equals", "one_of", "answered")
ORDER = (*SAME, "less_than", "at_most", "more_than", "at_least")
TESTS: Mapping[str, Sequence[str]] = {
    "single": SAME,
    "several": ("contains", "answered"),
    "yes_no": SAME,
    "scale": ORDER,
    "number": ORDER,
    "duration": ORDER,
    "count": ORDER,
    "text": SAME,
    "date": ORDER,
    "time": ORDER,
    "barcode": SAME,
    "word": SAME,
    "of_site": ORDER,
    "flag": ("equals", "answered"),
}
"""The tests of each type that takes more than `answered`."""

TEXTS = (COMPOSED, DECOMPOSED, "14:30", "14:30:00", "\U0001d4b3", "5", "true", "服务")
OPERANDS: Mapping[str, Sequence[Any]] = {
    "several": ("shelf", "poster", "screen"),
    "yes_no": ("yes", "no"),
    "scale": (1, 2, 3, 4, 5),
    "number": (-1.5, 0, 0.1, 0.3, 1, 2.5, 999999999.999),
    "duration": (0, 1, 30, 90),
    "count": (0, 1, 2, 90),
    "text": TEXTS,
    "date": ("2024-02-29", "2026-03-01", "2026-03-02"),
    "time": ("00:00", "14:30", "14:30:00", "14:30:01", "23:59:59"),
    "barcode": ("0012", "6901234567892"),
    "of_site": (-5, 0, 0.3, 120),
    "flag": (True, False),
}
STRANGE: Sequence[Any] = (
    *(None, True, False, "", "yes", 0, 1, 1.0, -0.0, 0.1 + 0.2, 2**53 + 1, 1e300, "true"),
    *("120", "0.3", "-5", "14:30", "14:30:00", "2026-03-01", "9", "x", [], {}, PLACE),
    *(["shelf"], ["poster", "screen"], [["shelf"]], {"shelf": True}, "constructor"),
)


class Draws:
    """What one seed draws.  Only `random()` is used: Python promises that it stays the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def below(self, many: int) -> int:
        return int(self._random() * many)

    def pick(self, items: Sequence[Any]) -> Any:
        return items[self.below(len(items))]

    def some(self, items: Sequence[Any], most: int) -> list[Any]:
        """One to `most` of the items, in any order, each once."""
        left = list(items)
        return [
            left.pop(self.below(len(left))) for _ in range(1 + self.below(min(most, len(left))))
        ]

    def condition(self, questions: Sequence[Json], deepest: int = 5) -> Json:
        """A condition on the questions and on the site."""
        form = self.pick(("all", "any", "not", "test", "test", "test")) if deepest > 1 else "test"
        if form == "test":
            return self._test(questions)
        if form == "not":
            return {"not": self.condition(questions, deepest - 1)}
        return {form: [self.condition(questions, deepest - 1) for _ in range(1 + self.below(3))]}

    def _test(self, questions: Sequence[Json]) -> Json:
        if not questions or self.below(4) == 0:
            attribute = self.pick((*ATTRIBUTES, {"key": "kind", "type": "word"}))
            return {"site": attribute["key"]} | self._comparison(_type_of(attribute), attribute)
        question = self.pick(questions)
        return {"question": question["key"]} | self._comparison(question["type"], question)

    def _comparison(self, kind: str, subject: Json) -> Json:
        operator = self.pick(TESTS.get(kind, ("answered",)))
        if operator == "answered":
            return {operator: self.pick((True, False))}
        operands = operands_of(kind, subject)
        return {operator: self.some(operands, 3) if operator == "one_of" else self.pick(operands)}

    def value(self, kind: str, subject: Json) -> Any:
        """Often a value that the subject may have, sometimes a strange one."""
        strange = kind not in TESTS or self.below(5) == 0
        return self.pick(STRANGE) if strange else self.proper(kind, subject)

    def proper(self, kind: str, subject: Json) -> Any:
        """A value that the subject may have, of a type that takes more tests than `answered`."""
        operands = operands_of(kind, subject)
        return self.some(operands, 3) if kind == "several" else self.pick(operands)

    def values(self) -> Json:
        """Values of some of the questions of every type."""
        return {
            question["key"]: self.value(question["type"], question)
            for question in QUESTIONS
            if self.below(3)
        }

    def site(self) -> Json:
        """Some attributes of a site, as stored."""
        given = {"kind": self.pick(("own", "competitor"))}
        for attribute in ATTRIBUTES:
            if self.below(3):
                value = self.value(_type_of(attribute), attribute)
                given[attribute["key"]] = str(value).lower() if self.below(4) == 0 else value
        return given

    def visit(self) -> Json:
        """A checklist full of conditions, and one visit's answers, photos and site."""
        asked: list[Json] = []
        document = checklist(
            *(self._section(f"t{place}", asked, 1) for place in range(1 + self.below(3))),
            attributes=ATTRIBUTES,
        )
        answers = {question["key"]: self._answer(question) for question in asked if self.below(6)}
        photos = {question["key"]: self.below(2) for question in asked if self.below(2)}
        return {"checklist": document, "answers": answers, "photos": photos, "site": self.site()}

    def _section(self, key: str, asked: list[Json], depth: int) -> Json:
        section: Json = {"key": key, "title": {"en": key}} | self._conditional(asked, 3)
        if depth < 3 and self.below(3) == 0:
            inner = [self._section(f"{key}_{place}", asked, depth + 1) for place in range(2)]
            return section | {"sections": inner}
        questions = [self._question(asked) for _ in range(1 + self.below(3))]
        return section | {"questions": questions}

    def _question(self, asked: list[Json]) -> Json:
        key = {"key": f"q{len(asked)}"}
        question: Json = self.pick(QUESTIONS) | key | self._conditional(asked, 2)
        asked.append(question)
        return question

    def _conditional(self, asked: list[Json], rarely: int) -> Json:
        return {} if self.below(rarely) else {"condition": self.condition(asked, 3)}

    def _answer(self, question: Json) -> Json:
        state = self.pick(("not_applicable", "not_observed", *["value"] * 8))
        value = self.value(question["type"], question) if state == "value" else True
        return {state: value}


def operands_of(kind: str, subject: Json) -> Sequence[Any]:
    """What the subject may be compared with."""
    if kind == "single":
        return [option["key"] for option in subject["options"]]
    if kind == "word":
        known = {"kind": ["own", "competitor"]}
        return known.get(subject["key"]) or subject.get("values") or TEXTS
    return OPERANDS[kind]


def _type_of(attribute: Json) -> str:
    """A site's number takes other values than a question's."""
    return "of_site" if attribute["type"] == "number" else str(attribute["type"])
