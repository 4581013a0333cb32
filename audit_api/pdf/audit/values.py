"""What an audit report says: frozen values that the caller has already gathered and worded.

Scores are integers in hundredths of a percent (8640 is 86.40 %); `None` is "not scored", never 0.
Points, shares and answers arrive as text, because how they are written is the language's affair.
A `Text` may be in two languages; what people wrote, and names, are plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from audit_api.drawing.colours import Colour
from audit_api.drawing.gauge import Scale
from audit_api.drawing.languages import Labels, Text
from audit_api.pdf.gallery import PhotoRef


class State(StrEnum):
    """What became of a question; every state but `ANSWERED` is worded by the labels.  `TOLD` is an
    answer that stands elsewhere."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    UNANSWERED = "unanswered"
    HIDDEN = "hidden"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the checklist; `failed` makes it a finding.

    `points` says what it brought, "–" where it carries none.  `critical` says what its answer did
    beyond points, `note` how its points came about, or why it was not asked.
    """

    number: str
    title: Text
    answer: Text
    points: Text
    failed: bool = False
    critical: Text | None = None
    state: State = State.ANSWERED
    note: Text | None = None
    comment: str | None = None
    photos: tuple[PhotoRef, ...] = ()


@dataclass(frozen=True, slots=True)
class TouchpointPart:
    """One stage of the customer's journey with its questions in the order of the checklist;
    `share` is what it counts for in the whole score."""

    title: Text
    score: int | None
    share: str
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A critical effect: the answer that it hung on, what it did, and the scores before and after
    it, of the section that it zeroed and of the whole."""

    cause: Text
    done: Text
    section: Text
    total: Text


@dataclass(frozen=True, slots=True)
class Impression:
    """The visit in the shopper's own words: the question that asked for them, by its number too,
    and the answer."""

    number: str
    question: Text
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the score came about: the checklist's method in a sentence, and the steps from the
    touchpoints to the score."""

    method: Text
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that one audit's PDF shows.

    `labels` holds the fixed words, `report.*`; `locale` is the document's first language.
    `auditor` is `None` in a copy for people who must not learn it: then no trace of an auditor
    is written.  `raw` is the score before critical effects, `effects` what changed it into
    `final`.  `coverage` is (answered, visible) scored questions.  `logo` is a JPEG that stands in
    for the organisation's name at the head, `colour` is its own.
    Moments are told by the site's own clock.
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
    effects: tuple[EffectLine, ...]
    touchpoints: tuple[TouchpointPart, ...]
    review_notes: tuple[str, ...]
    digest: str
    revision: int
    scale: Scale = field(default_factory=Scale)
    impression: Impression | None = None
    explanation: Explanation | None = None
    logo: bytes | None = None
    colour: Colour | None = None

    @property
    def findings(self) -> list[tuple[TouchpointPart, QuestionLine]]:
        """What failed, each with its touchpoint: the critical first, then as it was asked."""
        failed = [
            (part, line) for part in self.touchpoints for line in part.questions if line.failed
        ]
        return sorted(failed, key=lambda found: found[1].critical is None)
