"""An explained score computed again with pencil and paper: from the steps' own numbers alone.

Knows neither the checklist nor the scorer.  Every figure that a step states is computed from the
steps before it, and has to be the one that is stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

Json = dict[str, Any]
Share = Fraction | None


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def stated(share: Json | None) -> Share:
    return None if share is None else Fraction(share["exact"])


def rounded(share: Share) -> Fraction | None:
    """Percent, half up to two decimals, and no farther from zero than 999.99."""
    if share is None:
        return None
    hundredths = floor(share * 10_000 + Fraction(1, 2))
    return Fraction(max(-99_999, min(hundredths, 99_999)), 100)


def lower(share: Share, limit: Fraction) -> Share:
    return None if share is None else min(share, limit)


@dataclass
class Sheet:
    """What stands on the paper after the steps read so far."""

    earned: dict[str, Fraction] = field(default_factory=dict)
    possible: dict[str, Fraction] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    questions: dict[str, Json] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    effects: list[tuple[str, Json]] = field(default_factory=list)
    marks: dict[str, bool] = field(default_factory=dict)
    dimensions: dict[str, Fraction | None] = field(default_factory=dict)
    share: Share = None
    raw: Fraction | None = None
    final: Fraction | None = None
    band: str | None = None
    passed: bool | None = None
    valid: bool | None = None
    coverage: tuple[int, int] = (0, 0)

    @property
    def scores(self) -> dict[str, Fraction | None]:
        """The sections' scores in percent."""
        return {key: rounded(share) for key, share in self.shares.items() if key}


def computed(steps: Iterable[tuple[str, str, Json]]) -> Sheet:
    """The paper after all steps, each as (kind, key, values)."""
    sheet = Sheet()
    for kind, key, values in steps:
        READERS[kind](sheet, key, values)
    return sheet


def question(sheet: Sheet, key: str, told: Json) -> None:
    worth, weight = told["worth"], exact(told["weight"])
    points = sum((exact(term) for term in worth["terms"]), Fraction(0)) * worth["units"]
    if told["type"] == "several":
        points = max(points, Fraction(0))
    assert points == exact(worth["points"])
    if told["state"] == "answered":
        most = Fraction(0) if told["bonus"] else weight * exact(worth["best"])
    else:
        assert points == 0
        most = exact(told["possible"])
        assert most in (0, weight * exact(worth["best"]))
    assert (weight * points, most) == (exact(told["earned"]), exact(told["possible"]))
    sheet.earned[key], sheet.possible[key] = weight * points, most
    sheet.questions[key] = told


def hidden(sheet: Sheet, key: str, told: Json) -> None:
    assert told["condition"]
    sheet.hidden.append(key)


def section(sheet: Sheet, key: str, told: Json) -> None:
    total(sheet, key, told)


def total(sheet: Sheet, key: str, told: Json) -> Share:
    """The score of a section or of the whole; its points go onto the paper too."""
    inner = told["questions"] or [part["key"] for part in told["parts"]]
    earned = sum((sheet.earned[each] for each in inner), Fraction(0))
    possible = sum((sheet.possible[each] for each in inner), Fraction(0))
    assert (earned, possible) == (exact(told["earned"]), exact(told["possible"]))
    for part in told["parts"]:
        assert sheet.earned[part["key"]] == exact(part["earned"])
        assert sheet.shares[part["key"]] == stated(part["share"])
    if told["method"] == "weighted":
        weights = {part["key"]: exact(part["weight"]) for part in told["parts"]}
        left = {each: share for each in inner if (share := sheet.shares[each]) is not None}
        weight = sum(weights[each] for each in left)
        share = sum(weights[each] * left[each] for each in left) / weight if weight else None
    else:
        share = earned / possible if possible > 0 else None
    assert share == stated(told["share"])
    sheet.earned[key], sheet.possible[key], sheet.shares[key] = earned, possible, share
    return share


def whole(sheet: Sheet, key: str, told: Json) -> None:
    if told["method"] != "demerit":
        sheet.share = total(sheet, key, told)
        return
    lost = {key: exact(q["demerit"]) * q["findings"] for key, q in sheet.questions.items()}
    found = {each["key"]: exact(each["demerit"]) for each in told["demerits"]}
    assert found == {key: demerit for key, demerit in lost.items() if demerit}
    left = max(exact(told["start"]) - sum(lost.values()), Fraction(0)) / 100
    costly = [q for q in sheet.questions.values() if q["demerit"] and q["state"] == "answered"]
    assert told["answered"] == len(costly)
    sheet.share = left if costly else None
    assert sheet.share == stated(told["share"])


def bonus_cap(sheet: Sheet, key: str, told: Json) -> None:
    assert sheet.share == stated(told["before"])
    sheet.share = lower(sheet.share, Fraction(1))
    assert sheet.share == stated(told["after"])


def fixed(sheet: Sheet, told: Json) -> Fraction | None:
    assert sheet.share == stated(told["share"])
    score = rounded(sheet.share)
    score = None if score is None else max(score, Fraction(0))
    assert score == (None if told["score"] is None else exact(told["score"]))
    return score


def raw(sheet: Sheet, key: str, told: Json) -> None:
    sheet.raw = fixed(sheet, told)


def hung_on(value: Any, answer: Any) -> None:
    """An effect hung on an answer: on one of several choices at least."""
    if isinstance(answer, list) and answer:
        assert [choice for choice in answer if choice in value] != []
        assert set(value) <= set(answer)
    else:
        assert value == answer


def section_zeroed(sheet: Sheet, key: str, told: Json) -> None:
    assert (sheet.earned[key], sheet.shares[key]) == (exact(told["earned"]), stated(told["before"]))
    sheet.earned[key] = min(sheet.earned[key], Fraction(0))
    sheet.shares[key] = lower(sheet.shares[key], Fraction(0))
    assert (sheet.earned[key], sheet.shares[key]) == (exact(told["left"]), stated(told["after"]))
    answers = {each: told["value"] for each, told in sheet.questions.items()}
    for cause in told["causes"]:
        hung_on(cause["value"], None if cause["key"] == key else answers[cause["key"]])


def section_mark(sheet: Sheet, key: str, told: Json) -> None:
    score = rounded(sheet.shares[key])
    assert score == exact(told["score"])
    sheet.marks[key] = told["passed"]
    assert told["passed"] == (score is not None and score >= exact(told["pass_mark"]))


def effect(sheet: Sheet, key: str, told: Json) -> None:
    assert sheet.share == stated(told["before"])
    hung_on(told["value"], sheet.questions.get(key, {}).get("value"))
    limits = {"zero_audit": 0, "cap": told["cap"]}
    if told["effect"] in limits:
        sheet.share = lower(sheet.share, exact(limits[told["effect"]]) / 100)
    assert sheet.share == stated(told["after"])
    sheet.effects.append((key, told))


def final(sheet: Sheet, key: str, told: Json) -> None:
    sheet.final = fixed(sheet, told)


def band(sheet: Sheet, key: str, told: Json) -> None:
    assert sheet.final is not None
    keys = [each["key"] for each in told["bands"]]
    reached = [each["key"] for each in told["bands"] if exact(each["score"]) <= sheet.final]
    assert told["reached"] == (reached or keys)[-1 if reached else 0]
    caps = [told["band"] for _, told in sheet.effects if told["band"] is not None]
    assert set(told["caps"]) == set(caps)
    sheet.band = min((told["reached"], *caps), key=keys.index)
    assert told["band"] == sheet.band


def status(sheet: Sheet, key: str, told: Json) -> None:
    failing = [key for key, effect in sheet.effects if effect["effect"] in ("fail", "zero_audit")]
    assert told["effects"] == list(dict.fromkeys(failing))
    assert told["marked"] in ([], list(sheet.marks))
    assert told["missed"] == [key for key in told["marked"] if not sheet.marks[key]]
    tests = [False for _ in failing] + [sheet.marks[key] for key in told["marked"]]
    if sheet.final is not None and told["pass_mark"] is not None:
        tests.append(sheet.final >= exact(told["pass_mark"]))
    undecided = not tests or (sheet.final is None and all(tests))
    sheet.passed = None if undecided else all(tests)
    assert told["passed"] is sheet.passed


def coverage_of(sheet: Sheet) -> tuple[int, int]:
    """How many of the questions that count were answered, and how many were asked."""
    counting = [told for told in sheet.questions.values() if told["counts"]]
    return sum(told["state"] == "answered" for told in counting), len(counting)


def coverage(sheet: Sheet, key: str, told: Json) -> None:
    sheet.coverage = coverage_of(sheet)
    assert sheet.coverage == (told["answered"], told["visible"])
    counting = {key: told for key, told in sheet.questions.items() if told["counts"]}
    missing = [key for key, told in counting.items() if told["state"] != "answered"]
    others = {key: told for key, told in sheet.questions.items() if not told["counts"]}
    bonuses = [key for key, told in others.items() if told["bonus"]]
    assert (told["missing"], told["bonuses"]) == (missing, bonuses)
    answered, visible = sheet.coverage
    sheet.valid = answered >= Fraction(told["demanded"]["exact"]) * visible
    assert told["valid"] is sheet.valid


def dimension(sheet: Sheet, key: str, told: Json) -> None:
    earned = sum((sheet.earned[each] for each in told["questions"]), Fraction(0))
    possible = sum((sheet.possible[each] for each in told["questions"]), Fraction(0))
    sheet.dimensions[key] = rounded(earned / possible) if possible > 0 else None


READERS = {
    "question": question,
    "hidden": hidden,
    "section": section,
    "whole": whole,
    "bonus_cap": bonus_cap,
    "raw": raw,
    "section_zeroed": section_zeroed,
    "section_mark": section_mark,
    "effect": effect,
    "final": final,
    "band": band,
    "status": status,
    "coverage": coverage,
    "dimension": dimension,
}
