"""A visit as a screen shows it: its report, each question with its key and its photos with their
ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit_api.drawing.languages import joined
from audit_api.models import Audit, Photo
from audit_api.pdf import AuditReport, QuestionLine, State
from audit_api.rules.checklist.sections import questions_of
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.permissions import Permission
from audit_api.services.access import Who
from audit_api.services.audits import audits, photos
from audit_api.services.checklists import compiled
from audit_api.services.documents import audit as paper
from audit_api.services.documents import editions
from audit_api.services.documents.editions import Edition
from audit_api.services.sites import sites
from audit_api.words import say


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo: what stands below it, and in its place where it cannot be seen."""

    id: UUID
    caption: str
    lacking: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer in words, by its key; `touchpoint` is the title of its part."""

    key: str
    touchpoint: str
    answer: str
    told: QuestionLine
    pictures: Sequence[Picture]


@dataclass(frozen=True, slots=True)
class Part:
    """A touchpoint with its questions."""

    title: str
    score: int | None
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visit: `zone` is the site's, whose clock tells every time of it."""

    audit: Audit
    report: AuditReport
    zone: str
    parts: Sequence[Part]

    @property
    def lines(self) -> Iterator[Line]:
        return (line for part in self.parts for line in part.lines)

    @property
    def findings(self) -> list[Line]:
        """What failed: the critical first, then as it was asked."""
        failed = [line for line in self.lines if line.told.failed]
        return sorted(failed, key=lambda line: line.told.critical is None)


def of(audit_id: UUID, *, by: Who, locale: str) -> Sheet:
    """Return a visit in one language, with no more of it than `by` may know; raise FORBIDDEN, or
    NOT_FOUND."""
    edition = Edition.FULL if by.may(Permission.AUDIT_IDENTIFY) else Edition.ANONYMOUS
    report = paper.find(audit_id, by=by, lang=locale, edition=edition)
    audit = audits.find(audit_id, by=by)
    shown: dict[str, list[Photo]] = {}
    for photo in photos.shown(audit, by=editions.reader(edition, by)):
        shown.setdefault(photo.question, []).append(photo)
    checklist = compiled.by_id(audit.organisation_id, audit.checklist_version_id).checklist
    parts = [
        Part(
            title,
            part.score,
            [
                _line(question.key, title, told, shown.get(question.key, []), locale)
                for question, told in zip(questions_of(touchpoint), part.questions, strict=True)
            ],
        )
        for touchpoint, part in zip(checklist.touchpoints, report.touchpoints, strict=True)
        for title in [joined(part.title)]
    ]
    return Sheet(audit, report, sites.find(audit.site_id, by=by).time_zone, parts)


def _line(
    key: str, touchpoint: str, told: QuestionLine, shown: Sequence[Photo], locale: str
) -> Line:
    answered = told.state is State.ANSWERED
    answer = joined(told.answer) if answered else say(f"report.{told.state}", locale)
    # A question that was not asked has photos that nobody is shown.
    pictures = [
        Picture(photo.id, joined(drawn.caption or ""), _lacking(photo, locale))
        for drawn, photo in zip(told.photos, shown, strict=False)
    ]
    return Line(key, touchpoint, answer, told, pictures)


_LACKING: Mapping[str, str] = {
    PhotoState.DECLARED: "photo.declared",
    PhotoState.STORED: "photo.stored",
    PhotoState.WAIVED: "photo.waived",
    PhotoState.UNREADABLE: "photo.unreadable",
}


def _lacking(photo: Photo, locale: str) -> str | None:
    code = _LACKING.get(photo.state)
    return say(code, locale) if code else None
