"""PostgreSQL's form of the intake: any number of audits in one statement and one journey.

The text is built once and prepared once a connection; rows travel as arrays.  Order of
locks, here and in every service: audits, assignments, users, totals (`counted` waits for
`fed`), visits (`visited` waits for `counted`), and totals by site and part (in code points, as
Python sorts), so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import orjson

from audit_api.database import execute_prepared, new_id
from audit_api.rules.lifecycle import (
    ASSIGNMENT,
    AWAITS_AUDIT,
    COUNTED,
    AssignmentAction,
    PhotoState,
    ReviewRule,
    arrival_state,
)
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import COLUMNS, shares
from audit_api.services.access import Who
from audit_api.services.audits.submission import Submission

_SUBMISSIONS = {
    "id": "uuid",
    "assignment_id": "uuid",
    "site_id": "uuid",
    "site_version": "int",
    "checklist_version_id": "uuid",
    "revision": "int",
    "content_digest": "text",
    "scoring_key": "text",
    "conducted_at": "timestamptz",
    "conducted_offset": "int",
    "business_date": "date",
    "received_at": "timestamptz",
    "sent_at": "timestamptz",
    "raw_score": "int",
    "final_score": "int",
    "passed": "bool",
    "band": "text",
    "earned": "bigint",
    "possible": "bigint",
    "findings_count": "int",
    "valid": "bool",
    **{f"state_{rule}": "text" for rule in ReviewRule},
    "content": "text",
    "score": "text",
    "site_attributes": "text",
    "activity_id": "uuid",
    "change_id": "uuid",
}
_PHOTOS = {
    "audit_id": "uuid",
    "id": "uuid",
    "question": "text",
    "sha256": "text",
    "size": "int",
    "media_type": "text",
    "taken_at": "timestamptz",
    "latitude": "float8",
    "longitude": "float8",
    "last_revision": "int",
}
_SHARES = {"audit_id": "uuid", "part": "text"} | dict.fromkeys(COLUMNS, "bigint")


PARAMETERS = (
    "auditor",
    "awaits_audit",
    *(f"sent_{column}" for column in _SUBMISSIONS),
    *(f"photo_{column}" for column in _PHOTOS),
    *(f"share_{column}" for column in _SHARES),
)
"""The statement's parameters by name; the first of them is $1."""

_AUDITOR, _AWAITS_AUDIT = "$1::uuid", "$2::text[]"

_FIRST_STATE = " ".join(f"WHEN '{rule}' THEN state_{rule}" for rule in ReviewRule)
"""What the rules say of each audit under each rule of review; the campaign has the rule."""
_COUNTED = ", ".join(f"'{state}'" for state in COUNTED)
_SUBMITTED = ASSIGNMENT.after(AssignmentAction.SUBMIT)
_CLOSED = ASSIGNMENT.after(AssignmentAction.CLOSE)


def _unnest(name: str, columns: dict[str, str]) -> str:
    arrays = ", ".join(
        f"${PARAMETERS.index(f'{name}_{column}') + 1}::{kind}[]" for column, kind in columns.items()
    )
    return f"unnest({arrays}) AS {name}({', '.join(columns)})"


_STANDING = (
    "id, assignment_id, site_id, checklist_version_id, revision, content_digest, scoring_key, "
    "conducted_at, conducted_offset, business_date, received_at, raw_score, final_score, passed, "
    "band, earned, possible, findings_count, valid"
)

STATEMENT = f"""
WITH sent AS MATERIALIZED (
  SELECT * FROM {_unnest("sent", _SUBMISSIONS)}
), allowed AS (
  SELECT sent.*, a.organisation_id, a.campaign_id,
         CASE c.review {_FIRST_STATE} END AS state
  FROM sent
  JOIN assignments a ON a.id = sent.assignment_id AND a.site_id = sent.site_id
    AND (a.auditor_id = {_AUDITOR} OR EXISTS (
      SELECT FROM feed_entries f WHERE f.user_id = {_AUDITOR} AND f.assignment_id = a.id))
  JOIN sites s ON s.id = sent.site_id AND s.version = sent.site_version
  JOIN campaigns c ON c.id = a.campaign_id
), stored AS (
  INSERT INTO audits (organisation_id, campaign_id, state, state_since, auditor_id, version,
                      {_STANDING})
  SELECT organisation_id, campaign_id, state, received_at, {_AUDITOR}, 1, {_STANDING}
  FROM allowed ORDER BY site_id, id
  ON CONFLICT (id) DO NOTHING
  RETURNING id, organisation_id, campaign_id, assignment_id, site_id, state, scoring_key,
            business_date
), kept AS (
  INSERT INTO revisions (audit_id, content_digest, number, standing, received_at, sent_at,
                         content, score, site_attributes)
  SELECT id, content_digest, revision, 'current', received_at, sent_at, content, score,
         site_attributes
  FROM sent JOIN stored USING (id)
), declared AS (
  INSERT INTO photos ({", ".join(_PHOTOS)}, state)
  SELECT {", ".join(f"photo.{column}" for column in _PHOTOS)}, '{PhotoState.DECLARED}'
  FROM {_unnest("photo", _PHOTOS)} JOIN stored ON stored.id = photo.audit_id
), moved AS (
  UPDATE assignments a SET version = a.version + 1,
    state = CASE WHEN visited.counts THEN '{_CLOSED}' ELSE '{_SUBMITTED}' END
  FROM (SELECT assignment_id, bool_or(state IN ({_COUNTED})) AS counts
        FROM stored GROUP BY 1 ORDER BY 1) AS visited
  WHERE a.id = visited.assignment_id AND a.auditor_id = {_AUDITOR}
    AND a.state = ANY({_AWAITS_AUDIT})
  RETURNING a.id, a.organisation_id, a.site_id, a.campaign_id, a.ends_on
), numbered AS (
  UPDATE users SET feed_seq = feed_seq + (SELECT count(*) FROM moved)
  WHERE id = {_AUDITOR} AND EXISTS (SELECT FROM moved)
  RETURNING feed_seq
), fed AS (
  INSERT INTO feed_entries (user_id, assignment_id, seq, removed)
  SELECT {_AUDITOR}, moved.id, numbered.feed_seq + 1 - row_number() OVER (), false
  FROM moved, numbered
  ON CONFLICT (user_id, assignment_id) DO UPDATE SET seq = excluded.seq, removed = false
  RETURNING 1
), recorded AS (
  INSERT INTO activity (id, organisation_id, actor_id, verb, subject_id, details, at)
  SELECT sent.activity_id, stored.organisation_id, {_AUDITOR}, '{Permission.AUDIT_SUBMIT}',
         stored.id, jsonb_build_object('revision', sent.revision), sent.received_at
  FROM sent JOIN stored USING (id)
), counted AS (
  INSERT INTO site_totals (site_id, month, scoring_key, part, {", ".join(COLUMNS)})
  SELECT stored.site_id, date_trunc('month', stored.business_date)::date, stored.scoring_key,
         share.part, {", ".join(f"sum(share.{column})" for column in COLUMNS)}
  FROM {_unnest("share", _SHARES)} JOIN stored ON stored.id = share.audit_id
  WHERE stored.state IN ({_COUNTED}) AND (SELECT count(*) FROM fed) >= 0
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, share.part COLLATE "C"
  ON CONFLICT (site_id, month, scoring_key, part) DO UPDATE SET
    {", ".join(f"{column} = site_totals.{column} + excluded.{column}" for column in COLUMNS)}
  RETURNING 1
), visited AS (
  INSERT INTO visit_totals (site_id, month, campaign_id, organisation_id, planned, done)
  SELECT site_id, date_trunc('month', ends_on)::date, campaign_id, organisation_id, 0, count(*)
  FROM moved
  WHERE (SELECT count(*) FROM counted) >= 0
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
  ON CONFLICT (site_id, month, campaign_id) DO UPDATE SET
    done = visit_totals.done + excluded.done
), noted AS (
  INSERT INTO total_changes (id, organisation_id, site_id, campaign_id, audit_id, content_digest,
                             month, sign)
  SELECT sent.change_id, stored.organisation_id, stored.site_id, stored.campaign_id, stored.id,
         sent.content_digest, date_trunc('month', stored.business_date)::date, 1
  FROM sent JOIN stored USING (id)
  WHERE stored.state IN ({_COUNTED})
)
SELECT id, state FROM stored
"""


def store(submissions: Sequence[Submission], *, by: Who) -> dict[UUID, str]:
    """Store new audits of `by` as `intake.store` promises; return the state of each stored."""
    return dict(execute_prepared(STATEMENT, parameters(submissions, by=by)))


def parameters(submissions: Sequence[Submission], *, by: Who) -> list[str]:
    """Return the values of PARAMETERS: PostgreSQL's text form of an array for each column."""
    photos = [
        (
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
        for submission in submissions
        for photo in submission.photos
    ]
    totals = [
        (submission.id, part, *sums)
        for submission in submissions
        for part, sums in shares(submission.score)
    ]
    return [
        str(by.id),
        array(AWAITS_AUDIT),
        *_arrays(_SUBMISSIONS, [_submission_row(submission) for submission in submissions]),
        *_arrays(_PHOTOS, photos),
        *_arrays(_SHARES, totals),
    ]


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
    return f'"{value}"' if isinstance(value, datetime) else str(value)


def _arrays(columns: dict[str, str], rows: Sequence[tuple[object, ...]]) -> list[str]:
    return [array(column) for column in zip(*rows, strict=True)] if rows else ["{}"] * len(columns)


def _submission_row(submission: Submission) -> tuple[object, ...]:
    score = submission.score
    return (
        submission.id,
        submission.assignment_id,
        submission.site.id,
        submission.site.version,
        submission.version.id,
        submission.revision,
        submission.digest,
        submission.version.scoring_key,
        submission.conducted_at,
        submission.conducted_offset,
        submission.business_date,
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
        *(
            arrival_state(rule, photos=len(submission.photos), trusted=submission.trusted)
            for rule in ReviewRule
        ),
        submission.content,
        orjson.dumps(score.as_json()).decode(),
        orjson.dumps(submission.site_attributes).decode(),
        new_id(),
        new_id(),
    )
