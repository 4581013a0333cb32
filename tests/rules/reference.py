"""The scorer's slow twin: written from the rules alone, with fractions, section by section."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

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
    hung = [row["effect"] for row in chosen if row.get("effect")]
    if failed and question["effect"]:
        hung.append(question["effect"])
    return weight * got, possible, failed, hung


def rounded(share: Fraction | None) -> int | None:
    return None if share is None else floor(share * 10_000 + Fraction(1, 2))


class Reference:
    """Scores the slow way: from the document, with fractions, section by section."""

    def __init__(self, document: Json, answers: Json) -> None:
        self.document, self.answers = document, answers
        self.rules = document["scoring"]
        self.worth = {
            question["key"]: worth(
                question,
                answers.get(question["key"], {}),
                zero=self.rules["unanswered"] == "zero",
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
            if missed and section["on_fail"] == "zero_section":
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
            unit = (question.get("per_unit") or 0) < 0 < question["weight"]
            possible = worth(question, {}, zero=True)[1]
            counted = unit and not question["bonus"]
            if "value" in answer and (possible > 0 or counted or question["demerit"] > 0):
                answered += 1
            if self.worth[question["key"]][2]:
                each = question["type"] == "count" and not question["bands"]
                lost += exact(question["demerit"]) * (answer["value"] if each else 1)
        start = exact(self.rules["start"])
        return max(start - lost, Fraction(0)) / 100 if answered else None

    def verdict(self) -> tuple[int | None, int | None, bool | None]:
        """Raw, final and passed."""
        raw, final = self.whole(critical=False), self.whole(critical=True)
        hung = [effect for result in self.worth.values() for effect in result[3]]
        hung += [effect for state, effect in self.late if state == "missed" and effect]
        for effect in hung:
            if effect == "zero_audit" and final is not None:
                final = min(final, Fraction(0))
            if isinstance(effect, dict) and final is not None:
                final = min(final, exact(effect["cap"]) / 100)
        score = None if final is None else rounded(max(final, Fraction(0)))
        passed: bool | None = None
        if self.rules["every_section_must_pass"] and self.late:
            passed = all(state == "met" for state, _ in self.late)
        if passed is not False and score is not None and self.rules["pass_mark"] is not None:
            passed = score >= exact(self.rules["pass_mark"]) * 100
        if "fail" in hung or "zero_audit" in hung:
            passed = False
        return rounded(None if raw is None else max(raw, Fraction(0))), score, passed
