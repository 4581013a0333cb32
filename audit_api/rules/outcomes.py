"""What audits add up to, counted quickly: most answers come again and again.

What one question brought to an audit is an outcome.  Each is worked out once and then only counted;
an `Adder` multiplies at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from audit_api.rules.checklist.questions import PICTURES, SCORED, Question, QuestionType
from audit_api.rules.scoring import Scorer, Visit
from audit_api.rules.scoring.answers import ABSENT, STATES
from audit_api.rules.totals import Detail, Kind, Sums, of_question

MAX_KNOWN = 20_000
"""Outcomes that are remembered of one checklist version; measured values may have any number."""

Parts = dict[tuple[str, str], Sums]
"""Sums by kind and part."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one question brought to an audit.  Two of them may be alike: they are counted apart."""

    details: tuple[Detail, ...]


class Outcomes:
    """The outcomes of one checklist version; any number of threads may share it."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._known: dict[Hashable, Outcome] = {}

    def of(self, visit: Visit, hidden: Collection[str]) -> list[Outcome]:
        """Return what each question brought to a visit whose answers were accepted, but for those
        that conditions kept from being asked."""
        answers = visit.answers
        if hidden:
            answers = {key: answer for key, answer in answers.items() if key not in hidden}
        return [
            self._outcome(question, answers, visit.photos)
            for key, question in self._scorer.questions.items()
            if key not in hidden
        ]

    def _outcome(
        self, question: Question, answers: Mapping[str, Any], photos: Mapping[str, int]
    ) -> Outcome:
        key = question.key
        given = _given(question, answers.get(key), answers, photos)
        outcome = self._known.get((key, given))
        if outcome is None:
            result = self._scorer.result(key, answers.get(key, ABSENT))
            outcome = Outcome(tuple(of_question(result, answers, photos=photos)))
            if len(self._known) < MAX_KNOWN:
                self._known[key, given] = outcome
        return outcome


def _given(
    question: Question,
    answer: Mapping[str, Any] | None,
    answers: Mapping[str, Any],
    photos: Mapping[str, int],
) -> Hashable:
    """All that an outcome follows from, of one question."""
    if question.type in PICTURES:
        return _state(answer), bool(photos.get(question.key))
    if answer is None or "value" not in answer:
        return _state(answer)
    value = answer["value"]
    if question.type is QuestionType.SEVERAL:
        return tuple(value)
    if question.type not in SCORED:
        # Of a text or a date it only matters that there is one.
        return ()
    expected = question.expectation and answers.get(question.expectation, {}).get("value")
    return (value,) if expected is None else (value, expected)


def _state(answer: Mapping[str, Any] | None) -> Hashable:
    if answer is None:
        return None
    return next((state for state in STATES if state in answer), None)


class Adder:
    """Adds up what audits bring."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], list[int]] = {}
        self._outcomes: Counter[Outcome] = Counter()

    def add(self, details: Iterable[Detail], outcomes: Sequence[Outcome], sign: int = 1) -> None:
        """Add one audit, by its score's details and its questions' outcomes, or take it back with
        `sign` -1."""
        for kind, part, sums in details:
            self._plus(kind, part, sums, sign)
        (self._outcomes.update if sign > 0 else self._outcomes.subtract)(outcomes)

    def parts(self) -> Parts:
        """Return the sums by kind and part."""
        for outcome, times in self._outcomes.items():
            for kind, part, sums in outcome.details:
                self._plus(kind, part, sums, times)
        self._outcomes.clear()
        return {key: Sums._make(sums) for key, sums in self._sums.items()}

    def _plus(self, kind: Kind, part: str, sums: Sums, times: int) -> None:
        total = self._sums.get((kind, part))
        if total is None:
            self._sums[kind, part] = [times * each for each in sums]
            return
        for place, each in enumerate(sums):
            if each:
                total[place] += times * each


def added(parts: Iterable[Parts]) -> Parts:
    """Return the sum of sums."""
    total: Parts = {}
    for key, sums in chain.from_iterable(each.items() for each in parts):
        before = total.get(key)
        total[key] = sums if before is None else before.plus(sums)
    return total
