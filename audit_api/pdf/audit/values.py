"""What an audit report says: frozen values that the caller has already gathered and worded.

Scores are integers in hundredths of a percent (8640 is 86.40 %); `None` is "not scored", never 0.
Points, weights and answers arrive as text, because how they are written is the language's affair.
A `Text` may be in two languages; what people wrote, and names, are plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from audit_api.drawing.gauge import Scale
from audit_api.drawing.languages import Labels, Text
from audit_api.pdf.gallery import PhotoRef


class State(StrEnum):
    """What became of a question; every state but `ANSWERED` is worded by the labels."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    UNANSWERED = "unanswered"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the visit; `failed` makes it a finding.

    `earned` and `possible` are points as text, both empty where a question carries none.
    """

    number: str
    title: Text
    answer: Text
    earned: str
    possible: str
    failed: bool = False
    state: State = State.ANSWERED
    comment: str | None = None
    photos: tuple[PhotoRef, ...] = ()


@dataclass(frozen=True, slots=True)
class TouchpointPart:
    """One stage of the customer's journey with its questions in the order they were asked."""

    title: Text
    score: int | None
    weight: str
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the score came about: the checklist's method in a sentence, the steps from the
    touchpoints to the score, and before them what each question brought."""

    method: Text
    steps: tuple[Text, ...]
    questions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that one audit's PDF shows.

    `labels` holds the fixed words, `report.*`; `locale` is the document's first language.
    `auditor` is `None` in a copy for people who must not learn it: then no trace of an auditor
    is written.  `raw` is the score before critical effects, `effects` the sentences that say what
    changed it into `final`.  `coverage` is (answered, visible) scored questions.  `logo` is a
    JPEG that stands in for the organisation's name at the head.
    """

    locale: str
    labels: Labels
    organisation: str
    site_name: str
    site_code: str
    site_address: str | None
    region: str
    checklist_title: Text
    checklist_version: int
    business_date: date
    conducted_at: str
    received_at: str
    auditor: str | None
    state: Text
    raw: int | None
    final: int | None
    band: Text | None
    passed: bool | None
    valid: bool
    coverage: tuple[int, int]
    effects: tuple[Text, ...]
    touchpoints: tuple[TouchpointPart, ...]
    review_notes: tuple[str, ...]
    digest: str
    revision: int
    scale: Scale = field(default_factory=Scale)
    explanation: Explanation | None = None
    logo: bytes | None = None
