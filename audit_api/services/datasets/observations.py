"""The data set `observations`: a row for each question that was asked in an audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from audit_api.rules.checklist.questions import MEASURES, TRACES, Question, QuestionType
from audit_api.rules.checklist.sections import Checklist, walk
from audit_api.rules.exact import decimal, thousandths
from audit_api.rules.permissions import Permission
from audit_api.rules.scoring import QuestionResult
from audit_api.rules.totals import why_left_out
from audit_api.services.access import Who
from audit_api.services.audits import photos
from audit_api.services.datasets.fields import OF_AUDITS, Dataset, Field, Request, Unit, millionths
from audit_api.services.datasets.visited import ABOUT, WHO_AND_WHEN, Visited, count, pages
from audit_api.sheets.tables import Kind
from audit_api.words import answers, pick

ANSWERED = "answered"
"""The status of a question that has an answer; of others it is why they have none."""
_COUNTED = MEASURES | {QuestionType.SCALE}
"""What is answered by a number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a checklist's version, in a reader's language: its number in reports, and where
    it stands; `section` is the innermost, None where that is the touchpoint itself."""

    question: Question
    number: str
    touchpoint: str
    touchpoint_title: str
    section: str | None
    section_title: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A question that was asked in an audit, with what was answered.

    `value` is the answer's, None where there is none or the reader may not know it; `status` is
    ANSWERED, or why there is no answer.
    """

    visited: Visited
    asked: Asked
    status: str
    value: Any
    comment: str | None
    result: QuestionResult
    photos: int


def records(request: Request, by: Who) -> Iterator[Observation]:
    """Yield what was asked in the audits that are asked for, by day, audit and asking order."""
    known: dict[UUID, Mapping[str, Asked]] = {}
    for page in pages(request, by=by):
        pictures = photos.counted([visited.audit.id for visited in page], by=by)
        for visited in page:
            version = visited.version
            asked = known.get(version.id)
            if asked is None:
                asked = known[version.id] = _asked(version.checklist, request.locale)
            yield from _of(visited, asked, pictures.get(visited.audit.id, {}), by)


def _asked(checklist: Checklist, locale: str) -> Mapping[str, Asked]:
    numbers = checklist.numbers()
    return {
        question.key: Asked(
            question,
            numbers[question.key],
            path[0].key,
            pick(path[0].title, locale),
            path[-1].key if len(path) > 1 else None,
            pick(path[-1].title, locale) if len(path) > 1 else None,
            pick(question.title, locale),
        )
        for path in walk(checklist.touchpoints)
        for question in path[-1].questions
    }


def _of(
    visited: Visited, asked: Mapping[str, Asked], pictures: Mapping[str, int], by: Who
) -> Iterator[Observation]:
    current = visited.read_back()
    identifies = by.may(Permission.AUDIT_IDENTIFY)
    for result in visited.version.scorer.results(current.visit):
        question = result.question
        if question.key in current.score.hidden:
            continue
        answer = current.visit.answers.get(question.key, {})
        told = identifies or question.type not in TRACES
        yield Observation(
            visited,
            asked[question.key],
            why_left_out(result, current.visit.photos) or ANSWERED,
            answer.get("value") if told else None,
            answer.get("comment"),
            result,
            pictures.get(question.key, 0) if told else 0,
        )


def _value(observation: Observation) -> str | None:
    """The answer as it was sent: a key, keys between commas, a number, a text."""
    value = observation.value
    match value:
        case None | str():
            return value
        case list():
            return ",".join(map(str, value))
        case dict():
            return orjson.dumps(value).decode()
        case _:
            return f"{Decimal(repr(value)):f}"


def _number(observation: Observation) -> Decimal | None:
    if observation.asked.question.type not in _COUNTED:
        return None
    return decimal(thousandths(observation.value), 3)


def _label(observation: Observation) -> str | None:
    """The words of the options that were chosen."""
    question = observation.asked.question
    if observation.value is None or not question.options:
        return None
    return answers.answer(question, observation.value, observation.visited.locale) or None


def _failed(observation: Observation) -> bool | None:
    return observation.result.failed if observation.status == ANSWERED else None


FIELDS: tuple[Field, ...] = (
    *ABOUT,
    Field("number", Kind.TEXT, lambda r: r.asked.number, "checklist_versions.document", width=8),
    Field("touchpoint", Kind.TEXT, lambda r: r.asked.touchpoint, "checklist_versions.document"),
    Field(
        "touchpoint_title",
        Kind.TEXT,
        lambda r: r.asked.touchpoint_title,
        "checklist_versions.document",
        width=20,
    ),
    Field("section", Kind.TEXT, lambda r: r.asked.section, "checklist_versions.document"),
    Field(
        "section_title",
        Kind.TEXT,
        lambda r: r.asked.section_title,
        "checklist_versions.document",
        width=20,
    ),
    Field("question", Kind.TEXT, lambda r: r.asked.question.key, "checklist_versions.document"),
    Field(
        "question_title",
        Kind.TEXT,
        lambda r: r.asked.title,
        "checklist_versions.document",
        width=44,
    ),
    Field("type", Kind.TEXT, lambda r: r.asked.question.type, "checklist_versions.document"),
    Field("status", Kind.TEXT, lambda r: r.status, "revisions.content"),
    Field("value", Kind.TEXT, _value, "revisions.content", width=20),
    Field(
        "value_number",
        Kind.DECIMAL,
        _number,
        "revisions.content",
        Unit.OF_THE_QUESTION,
        places=3,
    ),
    Field("label", Kind.TEXT, _label, "checklist_versions.document", width=24),
    Field("failed", Kind.BOOLEAN, _failed, "rules/scoring"),
    Field(
        "earned",
        Kind.DECIMAL,
        lambda r: millionths(r.result.earned),
        "rules/scoring",
        Unit.POINTS,
        places=6,
    ),
    Field(
        "possible",
        Kind.DECIMAL,
        lambda r: millionths(r.result.possible),
        "rules/scoring",
        Unit.POINTS,
        places=6,
    ),
    Field("photos", Kind.INTEGER, lambda r: r.photos, "photos.id"),
    Field("comment", Kind.TEXT, lambda r: r.comment, "revisions.content", width=44),
    *WHO_AND_WHEN,
)

OBSERVATIONS = Dataset(
    "observations",
    FIELDS,
    records,
    Permission.REPORT_READ,
    month="business_date",
    filters=OF_AUDITS,
    size=count,
    subject="audit_id",
)
