"""What an audit report says: frozen values that the caller has already gathered and worded.

Scores are integers in hundredths of a percent (8640 is 86.40 %); `None` is "not scored", never 0.
Points, weights and answers arrive as text, because how they are written is the language's affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """What became of a question; every state but `ANSWERED` is worded by the labels."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    UNANSWERED = "unanswered"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """A photo by the key that `open_photo` understands."""

    key: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the visit; `failed` makes it a finding.

    `earned` and `possible` are points as text, both empty where a question carries none.
    """

    number: str
    title: str
    answer: str
    earned: str
    possible: str
    failed: bool = False
    state: State = State.ANSWERED
    comment: str | None = None
    photos: tuple[PhotoRef, ...] = ()


@dataclass(frozen=True, slots=True)
class TouchpointPart:
    """One stage of the customer's journey with its questions in the order they were asked."""

    title: str
    score: int | None
    weight: str
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that one audit's PDF shows.

    `labels` holds the fixed words, `report.*` of one language.  `auditor` is `None` in a copy
    for people who must not learn it: then no trace of an auditor is written.  `raw` is the score
    before critical effects, `effects` the sentences that say what changed it into `final`.
    `coverage` is (answered, visible) scored questions.
    """

    locale: str
    labels: Mapping[str, str]
    organisation: str
    site_name: str
    site_code: str
    site_address: str | None
    region: str
    checklist_title: str
    checklist_version: int
    business_date: date
    conducted_at: str
    received_at: str
    auditor: str | None
    state: str
    raw: int | None
    final: int | None
    band: str | None
    passed: bool | None
    valid: bool
    coverage: tuple[int, int]
    effects: tuple[str, ...]
    touchpoints: tuple[TouchpointPart, ...]
    review_notes: tuple[str, ...]
    digest: str
    revision: int
