"""Checklists with everything that the format has, drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from random import Random
from typing import Any

from audit_api.rules import authoring

Json = dict[str, Any]

TEXT = {"en": "x"}
SCORED = ("single", "several", "yes_no", "scale", "number", "count", "duration")
TYPES = (*SCORED, "text", "date", "time", "photo", "signature", "place", "barcode")
LISTED = ("single", "several", "yes_no", "scale")
PICTURES = ("photo", "signature")
ORDERED = ("scale", "number", "count", "duration", "date", "time")
SITE_ATTRIBUTES = [
    {"key": "format", "title": TEXT, "type": "word", "values": ["mall", "street"]},
    {"key": "constructor", "title": TEXT, "type": "word"},
    {"key": "area", "title": TEXT, "type": "number"},
    {"key": "parking", "title": TEXT, "type": "flag"},
]
SITE_TESTS: list[Json] = [
    {"site": "format", "equals": "mall"},
    {"site": "constructor", "answered": False},
    {"site": "area", "at_least": 99.5},
    {"site": "parking", "equals": True},
    {"site": "kind", "one_of": ["own"]},
]
WORDS = ["14:30", "x", " ", "\ufeff", "\x1c", "字" * 20, "e\u0301", "é", "😀"]
DATES = ["2000-02-29", "2024-02-29", "2026-03-01", "0001-01-01", "9999-12-31"]
TIMES = ["14:30", "14:30:00", "00:00", "23:59:59"]
PLACES = [{"latitude": -90, "longitude": 180}, {"latitude": 0, "longitude": 1.5, "accuracy": 3}]


class ChecklistDraws:
    """Draws checklists; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.numbers = count()
        self.earlier: list[Json] = []
        self.effects: list[Any] = []

    def document(self) -> Json:
        """A checklist in its normalised form."""
        self.numbers, self.earlier = count(), []
        starts = sorted(self.random.sample(range(101), self.random.randint(0, 3)))
        bands = [{"key": f"b{start}", "title": TEXT, "from": start} for start in starts]
        caps = [{"cap": 59.5}, {"cap": 0.01}, *({"cap": band["key"]} for band in bands)]
        self.effects = ["zero_section", "fail", "zero_section", "zero_audit", *caps]
        written = {
            "format": 1,
            "key": "random",
            "locales": ["en"],
            "title": TEXT,
            "scoring": self.scoring() | {"bands": bands},
            "site_attributes": SITE_ATTRIBUTES,
            "dimensions": [{"key": key, "title": TEXT} for key in ("d1", "d2")],
            "touchpoints": [self.section() for _ in range(self.random.randint(1, 3))],
        }
        return authoring.document(authoring.parse(written))

    def scoring(self) -> Json:
        return {
            "method": self.random.choice(["pooled", "weighted", "weighted", "demerit"]),
            "start": self.random.choice([100, 50.5]),
            "bonus_over_100": self.chance(3),
            "pass_mark": self.mark(),
            "every_section_must_pass": self.chance(2),
            "validity": self.random.choice(["2/3", "1/2", 0.333, 1, 0]),
            "unanswered": self.random.choice(["ignore", "zero"]),
        }

    def section(self, depth: int = 1) -> Json:
        pass_mark = self.mark()
        written: Json = {
            "key": f"t{next(self.numbers)}",
            "title": TEXT,
            "weight": self.random.choice([0, 0.5, 1, 1, 2, 3.125]),
            "pass_mark": pass_mark,
            "on_fail": None if pass_mark is None else self.effect(),
        } | self.condition(5)
        if depth < 3 and self.chance(3):
            inner = [self.section(depth + 1) for _ in range(self.random.randint(1, 3))]
            return written | {"sections": inner}
        return written | {"questions": [self.question() for _ in range(self.random.randint(1, 5))]}

    def question(self) -> Json:
        kind = self.random.choice(TYPES if self.chance(2) else SCORED)
        number = next(self.numbers)
        written: Json = {
            "key": f"q{number}" if self.earlier else "constructor",
            "type": kind,
            "title": TEXT,
            "required": self.chance(2),
            "not_applicable": self.chance(2),
            "not_observed": self.chance(2),
        } | self.condition(4)
        if kind in SCORED:
            written |= getattr(self, f"_{kind}")()
            written |= {
                "weight": self.random.choice([0, 0.5, 1, 1, 2, 99.999]),
                "bonus": written.get("bonus", self.chance(4)),
                "dimensions": self.some(["d1", "d2"]),
            }
        written["evidence"] = {"photo": self.demand(written), "comment": self.demand(written)}
        self.earlier.append(written)
        return written

    def _single(self) -> Json:
        options = [
            {"key": f"o{place}", "title": TEXT, **self.worth()}
            for place in range(self.random.randint(1, 4))
        ]
        fails = any(option["failed"] for option in options)
        return {"options": options} | self.failing(fails)

    def _several(self) -> Json:
        return self._single()

    def _yes_no(self) -> Json:
        fails_at = self.random.choice(["yes", "no", "no", None])
        written = {"points": self.points(0), "reverse": self.chance(2), "fails_at": fails_at}
        return written | self.failing(fails_at is not None)

    def _scale(self) -> Json:
        low = self.random.choice([0, 1])
        high = self.random.choice([4, 5])
        reverse = self.chance(2)
        points = sorted((self.points() for _ in range(low, high + 1)), reverse=reverse)
        fails_at = self.random.choice([None, low, low + 2])
        pairs = [
            question["key"]
            for question in self.earlier
            if (question.get("min"), question.get("max")) == (low, high)
        ]
        return {
            "min": low,
            "max": high,
            "points": self.random.choice([points, None]),
            "reverse": reverse,
            "fails_at": fails_at,
            "expectation": self.random.choice([None, *pairs]),
            **self.random.choice([{}, {"metric": "csi", "metric_weight": 0.5}]),
        } | self.failing(fails_at is not None)

    def _number(self) -> Json:
        bounds = self.random.choice([{}, {"min": -2.001}, {"min": 0, "max": 12.5}])
        return bounds | self._bands()

    def _count(self) -> Json:
        if self.chance(2):
            return self._bands()
        written: Json = {"bonus": self.chance(3)}
        written["per_unit"] = self.points(0) * (1 if written["bonus"] else -1)
        return written | {"demerit": self.points(0)}

    def _duration(self) -> Json:
        if self.chance(2):
            return self._bands()
        lost = self.points(0)
        return {"per_unit": -lost} | self.failing(lost > 0)

    def _bands(self) -> Json:
        starts = self.random.sample(range(-2, 20), self.random.randint(0, 3))
        bands = [{"from": start + 0.5, **self.worth()} for start in starts]
        return {"bands": bands} | self.failing(any(band["failed"] for band in bands))

    def worth(self) -> Json:
        effect = self.effect() if self.chance(3) else None
        return {"points": self.points(), "failed": self.chance(2), "effect": effect}

    def failing(self, fails: bool) -> Json:
        return {"effect": self.effect(), "demerit": self.points(0)} if fails else {}

    def effect(self) -> Any:
        """None, one, or a list of several."""
        several = [each for each in self.effects[1:] if self.chance(3)]
        return self.random.choice([None, None, several, *self.effects])

    def demand(self, question: Json) -> Any:
        words = ["never", "never", "when_failed", "always"]
        if question["type"] not in LISTED or self.chance(2):
            return self.random.choice(words)
        return self.some(answers_of(question))

    def condition(self, one_in: int) -> Json:
        return {"condition": self.tests(1)} if self.chance(one_in) else {}

    def tests(self, depth: int) -> Json:
        form = self.random.choice(["test", "test", "all", "any", "not"])
        if form == "test" or depth == 4:
            return self.answer_test() if self.earlier else self.random.choice(SITE_TESTS)
        if form == "not":
            return {"not": self.tests(depth + 1)}
        return {form: [self.tests(depth + 1) for _ in range(self.random.randint(1, 3))]}

    def answer_test(self) -> Json:
        if self.chance(4):
            return dict(self.random.choice(SITE_TESTS))
        question = self.random.choice(self.earlier)
        kind, subject = question["type"], {"question": question["key"]}
        if self.chance(3) or kind in (*PICTURES, "place"):
            return subject | {"answered": self.chance(2)}
        if kind == "several":
            return subject | {"contains": self.random.choice(answers_of(question))}
        value = self.operand(question)
        if kind in ORDERED and self.chance(2):
            names = ["less_than", "at_most", "more_than", "at_least"]
            return subject | {self.random.choice(names): value}
        return subject | self.random.choice([{"equals": value}, {"one_of": [value]}])

    def operand(self, question: Json) -> Any:
        return "x" if question["type"] in ("text", "barcode") else self.value(question)

    def value(self, question: Json) -> Any:
        """A value that the question accepts."""
        kind = question["type"]
        if kind in LISTED:
            answers = answers_of(question)
            return self.some(answers) if kind == "several" else self.random.choice(answers)
        if kind == "number":
            return self.random.choice([0, 2.001, 9.5, 12.5, self.random.randint(0, 12_500) / 1000])
        if kind in ("count", "duration"):
            return self.random.choice([0, 1, 3, self.random.randint(0, most_counted(question))])
        evidence: Json = {"date": DATES, "time": TIMES, "place": PLACES}
        return self.random.choice(evidence.get(kind, [w for w in WORDS if w.strip()]))

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def some(self, values: Sequence[Any]) -> list[Any]:
        return self.random.sample(values, self.random.randint(0, len(values)))

    def points(self, low: int = -3_000) -> float:
        return self.random.randint(low, 9_000) / 1000

    def mark(self) -> float | None:
        return self.random.choice([None, self.random.randint(0, 10_000) / 100])


def answers_of(question: Json) -> list[Any]:
    """Every answer that a question lists."""
    if question["type"] == "yes_no":
        return ["yes", "no"]
    if question["type"] == "scale":
        return list(range(question["min"], question["max"] + 1))
    return [option["key"] for option in question["options"]]


def most_counted(question: Json) -> int:
    """The largest count that a question accepts: it is worth 100,000 points at most."""
    lost = abs(question.get("per_unit") or 0)
    each = round(question["weight"] * 1000) * round(lost * 1000)
    return min(1_000_000, 100_000_000_000 // each) if each else 1_000_000
