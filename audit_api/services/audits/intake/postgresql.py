"""PostgreSQL's form of the intake: any number of audits in one statement and one journey.

The text is built once and prepared once a connection; rows travel as arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

import orjson

from audit_api.database import execute_prepared, new_id
from audit_api.rules.lifecycle import ReviewRule, arrival_state
from audit_api.rules.signals.kinds import hold
from audit_api.rules.totals import whole
from audit_api.services.audits.intake import statement
from audit_api.services.audits.intake.statement import Intake
from audit_api.services.audits.submission import DeclaredPhoto, Submission


def store(submissions: Sequence[Submission]) -> dict[UUID, str]:
    """Store new audits as `intake.store` promises; return the state of each stored."""
    return _store(submissions, waits=True)


def store_what_is_free(submissions: Sequence[Submission]) -> dict[UUID, str]:
    """Store new audits as `store` does, but for those whose assignment somebody holds just now."""
    return _store(submissions, waits=False)


def _store(submissions: Sequence[Submission], *, waits: bool) -> dict[UUID, str]:
    intake = Intake(photos=any(submission.photos for submission in submissions), waits=waits)
    return dict(execute_prepared(statement.text(intake), parameters(intake, submissions)))


def parameters(intake: Intake, submissions: Sequence[Submission]) -> list[str]:
    """Return the values of the statement's parameters: a PostgreSQL array's text for each."""
    rows: Mapping[str, Sequence[tuple[object, ...]]] = {
        "sent": [_submission_row(submission) for submission in submissions],
        "signal": [
            (submission.id, signal.kind, orjson.dumps(signal.values).decode())
            for submission in submissions
            for signal in submission.signals
        ],
        "photo": [
            _photo_row(submission, photo)
            for submission in submissions
            for photo in submission.photos
        ],
    }
    return [
        text for name, columns in intake.tables.items() for text in _arrays(columns, rows[name])
    ]


def _photo_row(submission: Submission, photo: DeclaredPhoto) -> tuple[object, ...]:
    return (
        submission.id,
        photo.id,
        photo.question,
        photo.sha256,
        photo.size,
        photo.media_type,
        photo.taken_at,
        photo.latitude,
        photo.longitude,
        submission.revision,
    )


def array(values: Iterable[object]) -> str:
    """Return PostgreSQL's text form of a one-dimensional array.

    Written out here because one text for every array gives the statement one signature: the
    driver would guess element types from the values, and prepare the statement for each guess.
    """
    return "{" + ",".join([_element(value) for value in values]) + "}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    # In UTC, as `database.Moment` has it: offsets of 16 hours and more are refused.
    return f'"{value.astimezone(UTC)}"' if isinstance(value, datetime) else str(value)


def _arrays(columns: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> list[str]:
    return [array(column) for column in zip(*rows, strict=True)] if rows else ["{}"] * len(columns)


def _submission_row(submission: Submission) -> tuple[object, ...]:
    score = submission.score
    photos, held = len(submission.photos), hold(submission.signals)
    return (
        submission.id,
        submission.auditor_id,
        submission.assignment_id,
        submission.site.id,
        submission.site.version,
        submission.version.id,
        submission.revision,
        submission.digest,
        submission.version.scoring_key,
        submission.version.checklist.key,
        submission.conducted_at,
        submission.conducted_offset,
        submission.visited_at,
        submission.circumstances.seconds,
        submission.business_date,
        submission.received_on,
        submission.received_at,
        submission.sent_at,
        score.raw,
        score.final,
        score.passed,
        score.band,
        score.earned,
        score.possible,
        len(score.failed),
        score.valid,
        *(arrival_state(rule, photos=photos, held=held) for rule in ReviewRule),
        *(arrival_state(rule, photos=photos, held=True) for rule in ReviewRule),
        submission.content,
        orjson.dumps(score.as_json()).decode(),
        orjson.dumps(submission.site_attributes).decode(),
        new_id(),
        new_id(),
        *whole(score),
    )
