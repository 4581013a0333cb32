"""What is asked: questions, their answers and what hangs on them, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from audit_api.rules.checklist.conditions import Condition
from audit_api.rules.checklist.texts import Text
from audit_api.rules.exact import number


class QuestionType(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"
    YES_NO = "yes_no"
    SCALE = "scale"
    NUMBER = "number"
    DURATION = "duration"
    COUNT = "count"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    PHOTO = "photo"
    SIGNATURE = "signature"
    PLACE = "place"
    BARCODE = "barcode"


CHOICES = frozenset({QuestionType.SINGLE, QuestionType.SEVERAL})
MEASURES = frozenset({QuestionType.NUMBER, QuestionType.DURATION, QuestionType.COUNT})
PICTURES = frozenset({QuestionType.PHOTO, QuestionType.SIGNATURE})
"""Answered by a photo of the audit's manifest, never by a value."""
TRACES = frozenset(
    {QuestionType.TIME, QuestionType.PLACE, QuestionType.BARCODE, QuestionType.SIGNATURE}
)
"""What is answered leads to the auditor: when and where the visit was (a receipt's number finds the
minute in the till), and by whose hand."""
SCORED = CHOICES | MEASURES | {QuestionType.YES_NO, QuestionType.SCALE}
"""The types that may bring points; the others are evidence."""


class EffectKind(StrEnum):
    FAIL = "fail"
    ZERO_SECTION = "zero_section"
    ZERO_AUDIT = "zero_audit"
    CAP = "cap"
    CAP_BAND = "cap_band"


@dataclass(frozen=True, slots=True)
class Effect:
    """A critical effect.  `cap` is the best score left by a cap, in hundredths of a percent,
    `band` the key of the best band left by a cap of the band."""

    kind: EffectKind
    cap: int | None = None
    band: str | None = None

    def document(self) -> object:
        """The effect as an author writes it."""
        if self.cap is not None:
            return {"cap": number(self.cap, 100)}
        return self.kind.value if self.band is None else {"cap": self.band}


def effects_document(effects: Iterable[Effect]) -> list[object]:
    """Critical effects as a checklist's document lists them."""
    return [effect.document() for effect in effects]


class Demand(StrEnum):
    """When a piece of evidence has to come with an answer."""

    NEVER = "never"
    WHEN_FAILED = "when_failed"
    ALWAYS = "always"


AnswerKey = str | int
"""What names one listed answer: an option's key, yes or no, a mark of a scale."""

Demanded = Demand | tuple[AnswerKey, ...]
"""When evidence has to come: a demand, or the answers that call for it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One accepted answer: of a choice, of yes/no, or a mark of a scale.  Points in thousandths."""

    key: AnswerKey
    points: int
    failed: bool
    title: Text | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueBand:
    """Measured values from `start` (thousandths) up to the next band's start, worth `points`.

    The lowest band also takes everything below its start, so that no value falls in a gap.
    """

    start: int
    points: int
    failed: bool
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question.  Points, weights, demerits and bounds are in thousandths.

    `options` holds the choices, the marks of a scale or yes and no; `bands` and `per_unit`
    belong to measured values; `reverse` says that the low end of a scale, or no, is good.
    `effects` happen when it fails; `metric_weight` is what the question weighs in the customer
    satisfaction index; `expectation` is the key of the earlier question that this perception is
    compared with.
    """

    key: str
    type: QuestionType
    title: Text
    hint: Text | None = None
    required: bool = True
    not_applicable: bool = False
    not_observed: bool = False
    condition: Condition | None = None
    photo: Demanded = Demand.NEVER
    comment: Demanded = Demand.NEVER
    dimensions: tuple[str, ...] = ()
    weight: int = 1000
    bonus: bool = False
    effects: tuple[Effect, ...] = ()
    demerit: int = 0
    metric: str | None = None
    metric_weight: int = 1000
    expectation: str | None = None
    options: tuple[Option, ...] = ()
    bands: tuple[ValueBand, ...] = ()
    per_unit: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    reverse: bool = False

    @property
    def worths(self) -> tuple[Option | ValueBand, ...]:
        """Everything that an answer may be worth."""
        return (*self.options, *self.bands)

    @property
    def best(self) -> int:
        """The most points that one answer can bring, in thousandths, before the weight."""
        if self.type is QuestionType.SEVERAL:
            return sum(option.points for option in self.options if option.points > 0)
        return max((worth.points for worth in self.worths), default=0)

    @property
    def possible(self) -> int:
        """What the question adds to the points possible, in millionths: weight times best."""
        return 0 if self.bonus else self.weight * max(self.best, 0)

    @property
    def fails_by_counting(self) -> bool:
        """Whether every unit that is counted is a finding: above zero, the question failed."""
        counted = self.type is QuestionType.COUNT and self.demerit > 0
        return not self.bands and (counted or (self.per_unit or 0) < 0)

    @property
    def scored(self) -> bool:
        """Whether leaving it unanswered leaves the audit less complete: a bonus does not."""
        counted = bool(self.per_unit and self.weight) and not self.bonus
        return self.possible > 0 or counted or self.demerit > 0

    @property
    def can_fail(self) -> bool:
        """Whether some answer is a finding."""
        flagged = any(worth.failed for worth in self.worths)
        empty = self.type is QuestionType.SEVERAL and self.possible > 0
        return flagged or empty or self.fails_by_counting

    @property
    def possible_effects(self) -> tuple[Effect, ...]:
        """Every critical effect that some answer may have."""
        hung = (self.effects, *(worth.effects for worth in self.worths))
        return tuple(effect for effects in hung for effect in effects)

    @property
    def consequential(self) -> bool:
        """Whether any answer can change a score or a status."""
        worth = self.weight and (self.best or self.per_unit)
        return bool(worth or self.demerit or self.possible_effects)
