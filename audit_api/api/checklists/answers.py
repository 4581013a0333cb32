"""The shapes of answers, as phones send them and as they are shown.

An answer does not say of which type its question is: `rules/scoring/answers.py` judges it by the
checklist, and here it is told alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.api.http.blueprint import Schema
from audit_api.api.http.shapes import Union
from audit_api.rules.checklist.questions import QuestionType
from audit_api.rules.scoring.answer_values import MAX_COUNT, MAX_TEXT_LENGTH
from audit_api.rules.scoring.answers import MAX_COMMENT_LENGTH
from audit_api.web import fields

Accepted = Mapping[QuestionType, str]

TEXTS: Accepted = {
    QuestionType.SINGLE: "the key of an option",
    QuestionType.YES_NO: "`yes` or `no`",
    QuestionType.TEXT: "what was written",
    QuestionType.DATE: "`2026-03-02`",
    QuestionType.TIME: "`14:30`, or with seconds",
    QuestionType.BARCODE: "what it says",
}
NUMBERS: Accepted = {
    QuestionType.SCALE: "a mark, whole",
    QuestionType.NUMBER: "from `min` to `max`, with up to three decimals",
    QuestionType.DURATION: f"whole seconds, up to {MAX_COUNT}",
    QuestionType.COUNT: f"whole, up to {MAX_COUNT}",
}
LISTS: Accepted = {QuestionType.SEVERAL: "the keys of the chosen options, each once"}
PLACES: Accepted = {QuestionType.PLACE: "where it is"}
"""What each type of question takes for a value; pictures take none: they come as photos."""


def _of(accepted: Accepted) -> dict[str, str]:
    said = (f"`{question_type}`: {what}" for question_type, what in accepted.items())
    return {"description": f"{'; '.join(said)}."}


class AnsweredPlaceSchema(Schema):
    """Degrees north and east (WGS 84), and the accuracy in metres."""

    latitude = fields.Float(required=True, validate=fields.Range(-90, 90))
    longitude = fields.Float(required=True, validate=fields.Range(-180, 180))
    accuracy = fields.Float(validate=fields.Range(min=0))


VALUE = Union(
    "AnswerValue",
    fields.Text(validate=fields.Length(max=MAX_TEXT_LENGTH), metadata=_of(TEXTS)),
    fields.Float(metadata=_of(NUMBERS)),
    fields.List(fields.Text(), metadata=_of(LISTS)),
    fields.Nested(AnsweredPlaceSchema, metadata=_of(PLACES)),
    required=True,
)


class CommentAnswerSchema(Schema):
    """What was remarked and nothing else: of a picture, whose photos are in the manifest, or of
    what you are not shown."""

    comment = fields.Text(validate=fields.Length(max=MAX_COMMENT_LENGTH))


class ValueAnswerSchema(CommentAnswerSchema):
    """What was answered."""

    value = VALUE


class NotApplicableAnswerSchema(CommentAnswerSchema):
    """The question does not apply here; only where its `not_applicable` says so."""

    not_applicable = fields.Boolean(required=True, metadata={"const": True})


class NotObservedAnswerSchema(CommentAnswerSchema):
    """It could not be observed; only where its `not_observed` says so."""

    not_observed = fields.Boolean(required=True, metadata={"const": True})


ANSWER = Union(
    "Answer",
    ValueAnswerSchema,
    NotApplicableAnswerSchema,
    NotObservedAnswerSchema,
    CommentAnswerSchema,
    about="An answer to one question: a value, or why there is none.",
)


def answers_by_question() -> fields.Dict:
    """Return the shape of answers by the keys of their questions."""
    return fields.Dict(
        values=ANSWER, metadata={"description": "By the keys of the questions that were answered."}
    )
