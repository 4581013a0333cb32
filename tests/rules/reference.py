"""The scorer's slow twin: written from the rules alone, with fractions, section by section."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Any

from audit_api.rules.scoring import Visit
from tests.rules.audits import Json, all_questions


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def worth(question: Json, answer: Json, *, zero: bool) -> tuple[Fraction, Fraction, bool, list]:
    """Earned, possible, failed and effects of one answer, as the table of the rules has them."""
    kind, value = question["type"], answer.get("value")
    rows: list[Json] = question.get("options") or question.get("bands") or []
    if kind == "yes_no":
        good = "no" if question["reverse"] else "yes"
        rows = [{"points": question["points"] * (key == good), "key": key} for key in ("yes", "no")]
    if kind == "scale":
        rows = [{"points": points, "key": key} for key, points in enumerate(question["points"])]
    points = [exact(row["points"]) for row in rows]
    best = sum(max(p, 0) for p in points) if kind == "several" else max([*points, 0])
    weight = exact(question["weight"])
    possible = Fraction(0) if question["bonus"] else weight * best
    if "value" not in answer:
        return Fraction(0), possible if zero and not answer else Fraction(0), False, []
    if kind == "several":
        chosen = [row for row in rows if row["key"] in value]
    elif kind in ("number", "count"):
        below = [row for row in rows if exact(row["from"]) <= exact(value)]
        ordered = sorted(below or rows, key=lambda row: row["from"])
        chosen = (ordered[-1:] if below else ordered[:1]) if rows else []
    else:
        chosen = [row for row in rows if row["key"] == value]
    got = sum((exact(row["points"]) for row in chosen), Fraction(0))
    failed = any(row.get("failed") for row in chosen)
    if kind == "several":
        got = max(got, Fraction(0))
        failed = failed or (possible > 0 and got == 0)
    if kind == "yes_no":
        failed = value == question["fails_at"]
    if kind == "scale" and question["fails_at"] is not None:
        low, high = sorted((value, question["fails_at"]))
        failed = (high if question["reverse"] else low) == value
    if kind == "count" and not rows:
        got = exact(question["per_unit"]) * value
        failed = got < 0 or (value > 0 and question["demerit"] > 0)
    hung = [effect for row in chosen for effect in row.get("effect", [])]
    hung += question["effect"] if failed else []
    return weight * got, possible, failed, hung


COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda value, operand: value == operand,
    "one_of": lambda value, operand: value in operand,
    "contains": lambda value, operand: operand in value,
    "less_than": lambda value, operand: value < operand,
    "at_most": lambda value, operand: value <= operand,
    "more_than": lambda value, operand: value > operand,
    "at_least": lambda value, operand: value >= operand,
}


def holds(condition: Json | None, values: Json, site: Json) -> bool:
    """Whether a condition of the random checklists holds: the kinds in them always fit."""
    if condition is None:
        return True
    if "not" in condition:
        return not holds(condition["not"], values, site)
    if "all" in condition:
        return all(holds(part, values, site) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, values, site) for part in condition["any"])
    ((operator, operand),) = [
        (name, value) for name, value in condition.items() if name not in ("question", "site")
    ]
    known = values if "question" in condition else site
    value = known.get(condition.get("question", condition.get("site")))
    if operator == "answered":
        return (value is not None) == operand
    return value is not None and COMPARES[operator](value, operand)


def usable(attributes: Json) -> Json:
    """The site's values: those of the right kind."""
    texts = {"area": {"100": 100}, "parking": {"true": True}}
    kinds = {"format": str, "area": (int, float), "parking": bool, "kind": str}
    read = {key: texts.get(key, {}).get(value, value) for key, value in attributes.items()}
    return {key: value for key, value in read.items() if isinstance(value, kinds[key])}


def asked(document: Json, answers: Json, attributes: Json) -> set[str]:
    """The keys of the questions that are asked."""
    values: Json = {}
    site, found = usable(attributes), set()

    def walk(section: Json) -> None:
        if not holds(section.get("condition"), values, site):
            return
        for question in section.get("questions", ()):
            if holds(question.get("condition"), values, site):
                found.add(question["key"])
                given = answers.get(question["key"], {})
                values.update({question["key"]: given["value"]} if "value" in given else {})
        for inner in section.get("sections", ()):
            walk(inner)

    for touchpoint in document["touchpoints"]:
        walk(touchpoint)
    return found


def rounded(share: Fraction | None) -> int | None:
    if share is None:
        return None
    return max(-99_999, min(floor(share * 10_000 + Fraction(1, 2)), 99_999))


class Reference:
    """Scores the slow way: from the document, with fractions, section by section."""

    def __init__(self, document: Json, visit: Visit) -> None:
        self.document = document
        self.rules = document["scoring"]
        self.asked = asked(document, dict(visit.answers), dict(visit.attributes))
        self.answers = {key: visit.answers[key] for key in visit.answers if key in self.asked}
        self.worth = {
            question["key"]: worth(
                question,
                self.answers.get(question["key"], {}),
                zero=self.rules["unanswered"] == "zero" and question["key"] in self.asked,
            )
            for question in all_questions(document)
        }
        self.late: list[tuple[str, Any]] = []

    def section(self, section: Json, critical: bool) -> tuple[Fraction, Fraction, Fraction | None]:
        """Earned, possible and score of a section."""
        if "questions" in section:
            results = [self.worth[question["key"]] for question in section["questions"]]
            earned = sum((result[0] for result in results), Fraction(0))
            possible = sum((result[1] for result in results), Fraction(0))
            share = earned / possible if possible > 0 else None
            zero = any("zero_section" in result[3] for result in results)
        else:
            earned, possible, share = self.parts(section["sections"], critical)
            zero = False
        if not critical:
            return earned, possible, share
        mark = section["pass_mark"]
        if zero:
            # A bonus goes too, in a section that has nothing else.
            earned = min(earned, Fraction(0))
            share = None if share is None else min(share, Fraction(0))
        if mark is not None and share is not None:
            missed = (rounded(share) or 0) < exact(mark) * 100
            if missed and "zero_section" in section["on_fail"]:
                earned, share = min(earned, Fraction(0)), min(share, Fraction(0))
            self.late.append(("missed" if missed else "met", section["on_fail"]))
        return earned, possible, share

    def parts(self, sections: list[Json], critical: bool) -> tuple[Fraction, Fraction, Any]:
        results = [self.section(section, critical) for section in sections]
        earned = sum((result[0] for result in results), Fraction(0))
        possible = sum((result[1] for result in results), Fraction(0))
        if self.rules["method"] != "weighted":
            return earned, possible, earned / possible if possible > 0 else None
        left = [
            (exact(section["weight"]), result[2])
            for section, result in zip(sections, results, strict=True)
            if result[2] is not None
        ]
        total = sum((weight for weight, _ in left), Fraction(0))
        share = sum((w * s for w, s in left), Fraction(0)) / total if total else None
        return earned, possible, share

    def whole(self, critical: bool) -> Fraction | None:
        share = self.parts(self.document["touchpoints"], critical)[2]
        if self.rules["method"] == "demerit":
            share = self.demerited()
        if share is None or self.rules["bonus_over_100"]:
            return share
        return min(share, Fraction(1))

    def demerited(self) -> Fraction | None:
        lost, answered = Fraction(0), 0
        for question in all_questions(self.document):
            answer = self.answers.get(question["key"], {})
            answered += "value" in answer and question.get("demerit", 0) > 0
            if self.worth[question["key"]][2]:
                each = question["type"] == "count" and not question["bands"]
                lost += exact(question["demerit"]) * (answer["value"] if each else 1)
        start = exact(self.rules["start"])
        return max(start - lost, Fraction(0)) / 100 if answered else None

    def verdict(self) -> tuple[int | None, int | None, bool | None, str | None]:
        """Raw, final, passed and band."""
        raw, final = self.whole(critical=False), self.whole(critical=True)
        hung = [effect for result in self.worth.values() for effect in result[3]]
        hung += [each for state, effects in self.late if state == "missed" for each in effects]
        for effect in hung:
            if effect == "zero_audit" and final is not None:
                final = min(final, Fraction(0))
            if isinstance(effect, dict) and final is not None and effect["cap"] != "low":
                final = min(final, exact(effect["cap"]) / 100)
        score = None if final is None else rounded(max(final, Fraction(0)))
        passed: bool | None = None
        if self.rules["every_section_must_pass"] and self.late:
            passed = all(state == "met" for state, _ in self.late)
        if passed is not False and score is not None and self.rules["pass_mark"] is not None:
            passed = score >= exact(self.rules["pass_mark"]) * 100
        if passed and score is None:
            passed = None
        if "fail" in hung or "zero_audit" in hung:
            passed = False
        reached = [
            band["key"]
            for band in sorted(self.rules["bands"], key=lambda band: band["from"])
            if score is not None and score >= exact(band["from"]) * 100
        ]
        band = "low" if {"cap": "low"} in hung else next(reversed(reached), None)
        shown = None if score is None else band
        return rounded(None if raw is None else max(raw, Fraction(0))), score, passed, shown
