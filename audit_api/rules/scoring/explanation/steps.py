"""What an explained score is made of: one step for all that a question, section or effect did.

One name has one unit in every step: points, weights, demerits and measured values are
thousandths, `earned`, `possible` and `left` millionths of a point, scores and marks hundredths
of a percent.  A `Share` is an exact fraction, 1 being 100 %, or None where nothing was there to
score.  The key of a step is "" where it is about the whole audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

from audit_api.rules.checklist.questions import EffectKind
from audit_api.rules.checklist.sections import Method
from audit_api.rules.scoring.arithmetic import hundredths
from audit_api.rules.scoring.explanation.questions import Asked, Hidden

Share = Fraction | None


class PartOf(NamedTuple):
    """A part of a section or of the whole: its points as they count, and its score."""

    key: str
    weight: int
    earned: int
    possible: int
    share: Share


@dataclass(frozen=True, slots=True)
class Summed:
    """The score of a section, or of the whole, from its `questions` or its `parts`.

    Pooled it is Σearned/Σpossible; weighted Σ(weight × share)/Σweight over the parts that have a
    share.  `again` says that it was counted before critical effects zeroed something in it.
    """

    key: str
    method: Method
    questions: tuple[str, ...]
    parts: tuple[PartOf, ...]
    earned: int
    possible: int
    share: Share
    again: bool

    @property
    def kind(self) -> str:
        return "section" if self.key else "whole"


class Lost(NamedTuple):
    """The demerits found in one question."""

    key: str
    demerit: int


@dataclass(frozen=True, slots=True)
class Deducted:
    """The whole by demerits: (start − Σdemerits)/100, never below 0, and no score where no
    question was `answered` that could have cost any; start and demerits in points of a hundred."""

    kind: ClassVar[str] = "whole"
    key: ClassVar[str] = ""
    start: int
    demerits: tuple[Lost, ...]
    answered: int
    share: Share
    method: Method = Method.DEMERIT


@dataclass(frozen=True, slots=True)
class Capped:
    """A score that bonuses lifted above 100 %, which the checklist does not allow."""

    kind: ClassVar[str] = "bonus_cap"
    key: ClassVar[str] = ""
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class Fixed:
    """A score fixed: below 0 it is 0, and it is rounded once, half up to two decimals.  The `raw`
    score is the one before critical effects, the `final` one after them."""

    kind: str
    share: Share
    score: int | None
    key: ClassVar[str] = ""


class Cause(NamedTuple):
    """What a critical effect hung on: a question with its answer, or a section, without a value,
    below its pass mark."""

    key: str
    value: object


@dataclass(frozen=True, slots=True)
class Zeroed:
    """A section that critical effects set to zero: nothing above 0 is left of its points and its
    score.  `causes` are the answers that did it, or the section itself by its pass mark."""

    kind: ClassVar[str] = "section_zeroed"
    key: str
    causes: tuple[Cause, ...]
    earned: int
    left: int
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class Marked:
    """A section's rounded score against its own pass mark."""

    kind: ClassVar[str] = "section_mark"
    key: str
    score: int
    pass_mark: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Affected:
    """A critical effect on the whole audit, hung on the `value` of the question `key`, or on the
    section `key` below its pass mark.

    `cap` is the best score that it leaves, `band` the best band.
    """

    kind: ClassVar[str] = "effect"
    key: str
    value: object
    effect: EffectKind
    cap: int | None
    band: str | None
    before: Share
    after: Share


class BandFloor(NamedTuple):
    """A band of scores: from `score` up to where the next begins."""

    key: str
    score: int


@dataclass(frozen=True, slots=True)
class Banded:
    """The band that the final score falls in: the last of `bands`, lowest first, whose start it
    reaches, else the first.  `caps` are bands that critical effects let it be no better than."""

    kind: ClassVar[str] = "band"
    key: ClassVar[str] = ""
    score: int
    bands: tuple[BandFloor, ...]
    reached: str
    caps: tuple[str, ...]
    band: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether the audit passed; None where nothing decides it, and never passed without a score.

    It fails for each of the `effects`, named by what each hung on, for every section of
    `marked` that is in `missed`, and for a score below the pass mark; `marked` are the sections
    with a pass mark, where the checklist demands that each reaches its own.
    """

    kind: ClassVar[str] = "status"
    key: ClassVar[str] = ""
    passed: bool | None
    effects: tuple[str, ...]
    marked: tuple[str, ...]
    missed: tuple[str, ...]
    score: int | None
    pass_mark: int | None


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of the scored questions that were asked have a value, and whether that reaches
    the share demanded.

    `missing` are those without one, not applicable ones among them; `bonuses` are questions that
    are not counted because they bring nothing but a bonus.
    """

    kind: ClassVar[str] = "coverage"
    key: ClassVar[str] = ""
    answered: int
    visible: int
    missing: tuple[str, ...]
    bonuses: tuple[str, ...]
    demanded: Fraction
    valid: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """A dimension's score, Σearned/Σpossible of those of its questions that brought any.

    Critical effects change no dimension.
    """

    kind: ClassVar[str] = "dimension"
    key: str
    questions: tuple[str, ...]
    earned: int
    possible: int
    share: Share


@dataclass(frozen=True, slots=True)
class Differing:
    """In place of an explanation: the stored `score`, of a version of the scoring `engine`, is
    not what scoring by the `current` version arrives at."""

    kind: ClassVar[str] = "differs"
    key: ClassVar[str] = ""
    score: int | None
    engine: int
    current: int


ScoreStep = Summed | Deducted | Capped | Fixed | Zeroed | Marked | Affected
Step = Asked | Hidden | ScoreStep | Banded | Decided | Covered | Tagged | Differing


def fixed_share(share: Share) -> int | None:
    """A share in hundredths of a percent, rounded half up."""
    return None if share is None else hundredths(share.as_integer_ratio())
