"""Believable answers: a good site mostly does well, and whatever fails comes with its evidence."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_api.demonstration.comments import Comments
from audit_api.rules.checklist.questions import Option, Question, QuestionType, ValueBand
from audit_api.rules.checklist.sections import Checklist, questions_of
from audit_api.rules.scoring import Scorer, Visit
from audit_api.rules.scoring.answer_values import Mark, ValueReader, value_reader

STRAINED = ("service_attitude", "checkout")
"""The dimension and the touchpoint that suffer where staff are missing."""
CIRCUMSTANCES: Mapping[str, Mapping[str, float]] = {
    "purchased": {"yes": 0.9, "no": 0.1},
    "objection_raised": {"yes": 0.5, "no": 0.5},
    "case_played": {"none": 0.76, "return": 0.14, "complaint": 0.1},
    "payment_method": {"mobile": 0.82, "card": 0.12, "cash": 0.06},
    "order_channel": {"waiter": 0.6, "own_phone": 0.4},
    "waited_for_table": {"yes": 0.3, "no": 0.7},
    "complaint_made": {"yes": 0.35, "no": 0.65},
    "extra_mile": {"yes": 0.15, "no": 0.85},
    "extra_care": {"yes": 0.15, "no": 0.85},
}
"""What no site is to blame for: how often each answer is given."""
LEFT_OUT, OPTIONAL, TAKEN = 0.1, 0.25, 0.3
"""How often a question is left out that may be, an optional one answered, a photo taken."""
DISASTER = 0.05
"""What part of the failures strikes where a failure is critical."""
REMARKED, PRAISED = 0.45, 0.07
"""How often an answer is commented on that need not be: a failure, and the best."""
GOOD = 0.75
"""The share of a question's points from which a remark on it sounds pleased."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a visit went.

    `skill` is the chance that one thing is done well and `strain` what STRAINED things lose of
    it; `photographs` says whether photos are taken that need not be, `evidence` whether failures
    may happen that need one; `day` and `arrived` are when.
    """

    skill: float
    strain: float
    locale: str
    format: str
    photographs: bool
    evidence: bool
    day: str
    arrived: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A visit's answers by question key, and the questions that photos were taken for."""

    answers: dict[str, Any]
    pictured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its reader; `strained` where missing staff is felt."""

    question: Question
    read: ValueReader
    strained: bool


class Sheet:
    """A checklist ready to be filled in, again and again."""

    def __init__(self, checklist: Checklist, scorer: Scorer) -> None:
        self.scorer = scorer
        self.asked = tuple(
            Asked(
                question,
                value_reader(question),
                touchpoint.key in STRAINED or bool(set(question.dimensions) & set(STRAINED)),
            )
            for touchpoint in checklist.touchpoints
            for question in questions_of(touchpoint)
        )


def fill_in(
    sheet: Sheet,
    site: Mapping[str, object],
    mood: Mood,
    comments: Comments,
    chance: random.Random,
) -> Answered:
    """Answer what a checklist asks at a site with these attributes; the same `chance` gives the
    same answers, the comments aside."""
    filling = _Filling(mood, comments, chance)
    for asked in sheet.asked:
        filling.answer(asked)
    taken = dict.fromkeys(filling.pictured, 1)
    hidden = sheet.scorer.hidden(Visit(filling.answers, taken, site))
    return Answered(
        {key: answer for key, answer in filling.answers.items() if key not in hidden},
        tuple(key for key in filling.pictured if key not in hidden),
    )


@dataclass(slots=True)
class _Filling:
    """One visit being written down, and the points that it has brought so far."""

    mood: Mood
    comments: Comments
    chance: random.Random
    answers: dict[str, Any] = field(default_factory=dict)
    pictured: list[str] = field(default_factory=list)
    earned: int = 0
    possible: int = 0

    def answer(self, asked: Asked) -> None:
        question = asked.question
        optional = question.not_applicable or question.not_observed
        if question.type is QuestionType.PHOTO:
            taken = self.mood.photographs and self.chance.random() < TAKEN
            if taken or not optional:
                self.pictured.append(question.key)
            else:
                self.answers[question.key] = _left_out(question)
        elif optional and self.chance.random() < LEFT_OUT:
            self.answers[question.key] = _left_out(question)
        elif question.required or self.chance.random() < OPTIONAL:
            self._give(asked)

    def _give(self, asked: Asked) -> None:
        question = asked.question
        value = self._value(asked)
        if value is None:
            if question.required:
                self.answers[question.key] = _left_out(question)
            return
        mark, share = self._weigh(asked, value)
        self.answers[question.key] = {"value": value} | self._comment(question, mark, share, value)
        if mark.photo:
            self.pictured.append(question.key)

    def _weigh(self, asked: Asked, value: Any) -> tuple[Mark, float]:
        """Return what the value brings with it, and its share of the question's points."""
        row = asked.read(value)
        assert row is not None, asked.question.key
        possible = asked.question.possible
        self.earned += row[0] if possible else 0
        self.possible += possible
        return row[1] or Mark(asked.question), row[0] / possible if possible else 1.0

    def _comment(self, question: Question, mark: Mark, share: float, value: Any) -> dict[str, str]:
        good = share >= GOOD and not mark.failed
        wanted = REMARKED if mark.failed else PRAISED * (share == 1.0 and bool(question.possible))
        if not (mark.comment or self.chance.random() < wanted):
            return {}
        minutes = value // 60 if question.type is QuestionType.DURATION else 0
        said = self.comments.remark(self.mood.locale, question.key, good=good, minutes=minutes)
        return {"comment": said} if said else {}

    def _value(self, asked: Asked) -> Any:
        question, chance = asked.question, self.chance
        if question.key in CIRCUMSTANCES:
            shares = CIRCUMSTANCES[question.key]
            return chance.choices(list(shares), list(shares.values()))[0]
        if question.metric is not None:
            return self._opinion(question)
        match question.type:
            case QuestionType.SEVERAL:
                return self._several(asked)
            case QuestionType.TEXT if question.key == "summary":
                return self.comments.summary(self.mood.locale, self.mood.format, self._share())
            case QuestionType.TEXT:
                return self.comments.note(self.mood.locale, question.key)
            case QuestionType.DATE:
                return self.mood.day
            case QuestionType.TIME:
                return self.mood.arrived
            case QuestionType.BARCODE:
                return f"690{chance.randrange(10**9, 10**10)}"
            case QuestionType.COUNT if not question.bands:
                return chance.choice((0, 0, 1, 1, 2, 2, 3, 4, 6))
            case QuestionType.NUMBER if not question.bands:
                return chance.randrange(18, 268)
        return self._pick(asked) if question.worths else None

    def _share(self) -> float:
        return self.earned / self.possible if self.possible else 1.0

    def _opinion(self, question: Question) -> Any:
        """A customer's own mark follows from how the visit went, with a will of its own."""
        marks = sorted(int(option.key) for option in question.options)
        content = (self._share() - 0.42) / 0.54 + self.chance.gauss(0, 0.09)
        place = round(content * (len(marks) - 1))
        return marks[min(max(place, 0), len(marks) - 1)]

    def _skill(self, asked: Asked) -> float:
        skill = self.mood.skill - (self.mood.strain if asked.strained else 0)
        return 1 - (1 - skill) * DISASTER if asked.question.possible_effects else skill

    def _pick(self, asked: Asked) -> Any:
        """Go down from the best answer, a step for each time that luck is out."""
        worths = sorted(asked.question.worths, key=lambda worth: -worth.points)
        values = [_given(worth, asked.question.bands, self.chance) for worth in worths]
        if not self.mood.evidence:
            values = [value for value in values if not _needs_photo(asked, value)]
        skill = self._skill(asked)
        return next((value for value in values if self.chance.random() < skill), values[-1])

    def _several(self, asked: Asked) -> list[Any]:
        options = asked.question.options
        if not asked.question.possible:
            return [self.chance.choice(options).key]
        skill, best = self._skill(asked), max(options, key=lambda option: option.points)
        return [
            option.key
            for option in options
            if option is best
            or self.chance.random() < (skill if option.points > 0 else (1 - skill) / 5)
        ]


def _left_out(question: Question) -> dict[str, bool]:
    return {"not_observed" if question.not_observed else "not_applicable": True}


def _needs_photo(asked: Asked, value: Any) -> bool:
    row = asked.read(value)
    return row is not None and row[1] is not None and row[1].photo


def _given(worth: Option | ValueBand, bands: Sequence[ValueBand], chance: random.Random) -> Any:
    return worth.key if isinstance(worth, Option) else _inside(worth, bands, chance)


def _inside(band: ValueBand, bands: Sequence[ValueBand], chance: random.Random) -> int:
    low = max(band.start // 1000, 0)
    above = [other.start // 1000 for other in bands if other.start > band.start]
    return chance.randrange(low, min(above, default=low + low // 2 + 2))
