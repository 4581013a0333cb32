"""The text of the statement that settles an audit's photos on PostgreSQL.

Order of locks, as everywhere: the audit, its photos, its assignment, its auditor.  The audit is
changed once its assignment is held, for an intake that holds the assignment may meet the audit.

What the statement reads is as it was when it began, but for the rows that it locks: those it sees
as they are now.  So photos are locked to be read, and where the audit itself was changed while the
statement waited for it (a later revision declares photos that were not there), it does nothing: it
is run again, with the audit held.
"""

from __future__ import annotations

from audit_api.rules.lifecycle import (
    AUDIT,
    COUNTED,
    PHOTO,
    AuditAction,
    AuditState,
    JobState,
    PhotoAction,
    PhotoState,
)
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services.audits import photos, verified
from audit_api.services.audits.receipts import StoredPhoto
from audit_api.services.audits.signals import MAX_NAMED

HELD = {
    "id": "uuid",
    "state": "text",
    "file": "text",
    "media_type": "text",
    "why": "text",
    "job_id": "uuid",
}
WRONG = {"id": "uuid", "file": "text", "next_file": "text"}

PARAMETERS = (
    "audit",
    "auditor",
    "now",
    "activity_id",
    *(f"held_{column}" for column in HELD),
    *(f"wrong_{column}" for column in WRONG),
)
"""The statement's parameters by name; the first of them is $1."""

_AUDIT, _AUDITOR, _NOW, _ACTIVITY = "$1::uuid", "$2::uuid", "$3::timestamptz", "$4::uuid"


def _words(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


def _unnest(name: str, columns: dict[str, str]) -> str:
    arrays = ", ".join(
        f"${PARAMETERS.index(f'{name}_{column}') + 1}::{kind}[]" for column, kind in columns.items()
    )
    return f"unnest({arrays}) AS {name}({', '.join(columns)})"


_TO_COME = _words(PHOTO.before(PhotoAction.CONFIRM))
_ONLY_THIS = "now.last_revision = complete.revision"

_SAME_PHOTO = f"""
    SELECT jsonb_agg(audit_id ORDER BY audit_id) FROM (
      SELECT DISTINCT other.audit_id
      FROM now
      JOIN photos other ON other.sha256 = now.sha256
      JOIN audits a ON a.id = other.audit_id
      WHERE {_ONLY_THIS}
        AND other.audit_id <> complete.id
        AND other.state NOT IN ({_TO_COME})
        AND a.organisation_id = complete.organisation_id
        AND ((other.stored_at, other.audit_id) < (now.stored_at, complete.id)
          OR a.state IN ({_words(COUNTED)}))
      ORDER BY other.audit_id LIMIT {MAX_NAMED}) AS earlier"""


def _photos_in(state: PhotoState) -> str:
    return f"""
    SELECT jsonb_agg(now.id ORDER BY now.id) FROM now
    WHERE {_ONLY_THIS} AND now.state = '{state}'"""


_TOLD = {
    SignalKind.SAME_PHOTO: ("audits", _SAME_PHOTO),
    SignalKind.UNREADABLE_PHOTO: ("photos", _photos_in(PhotoState.UNREADABLE)),
    SignalKind.WAIVED_PHOTO: ("photos", _photos_in(PhotoState.WAIVED)),
}
"""What `signals.note_photos` says: of each kind, the member of its values and the ids in it."""
_SIGNALLED = ",\n  ".join(
    f"('{kind}', '{member}', ({ids}))" for kind, (member, ids) in _TOLD.items()
)

TEXT = f"""
WITH locked AS MATERIALIZED (
  SELECT id, organisation_id, assignment_id, state, version, revision, content_digest
  FROM audits WHERE id = {_AUDIT} AND auditor_id = {_AUDITOR}
  FOR NO KEY UPDATE
), audit AS MATERIALIZED (
  SELECT * FROM locked WHERE version = (SELECT version FROM audits WHERE id = {_AUDIT})
), before AS MATERIALIZED (
  SELECT photo.* FROM audit JOIN photos photo ON photo.audit_id = audit.id
  ORDER BY photo.id FOR NO KEY UPDATE OF photo
), now AS MATERIALIZED (
  SELECT photo.id, photo.sha256, photo.size, photo.last_revision, held.job_id,
    coalesce(held.media_type, photo.media_type) AS media_type,
    coalesce(held.state, photo.state) AS state,
    coalesce(held.file, wrong.next_file, photo.file) AS file,
    CASE WHEN held.id IS NULL THEN photo.reason ELSE held.why END AS reason,
    CASE WHEN held.id IS NULL THEN photo.stored_at ELSE {_NOW} END AS stored_at,
    held.id IS NOT NULL OR wrong.id IS NOT NULL AS is_news
  FROM before photo
  LEFT JOIN {_unnest("held", HELD)}
    ON held.id = photo.id AND photo.state IN ({_TO_COME})
    AND held.file IN (photo.file, '{verified.FILE}')
  LEFT JOIN {_unnest("wrong", WRONG)}
    ON wrong.id = photo.id AND photo.state IN ({_TO_COME})
    AND wrong.file = photo.file AND held.id IS NULL
), noted AS (
  UPDATE photos SET state = now.state, file = now.file, media_type = now.media_type,
    reason = now.reason, stored_at = now.stored_at
  FROM now
  WHERE photos.audit_id = {_AUDIT} AND photos.id = now.id AND now.is_news
), asked AS (
  INSERT INTO jobs (id, organisation_id, kind, key, request, state, attempts, due_at, created_at)
  SELECT now.job_id, audit.organisation_id, '{photos.PREPARE}',
         concat_ws(':', '{photos.PREPARE}', audit.id, now.id),
         jsonb_build_object('audit_id', audit.id, 'photo_id', now.id),
         '{JobState.QUEUED}', 0, {_NOW}, {_NOW}
  FROM audit, now WHERE now.job_id IS NOT NULL AND now.reason IS NULL
  ON CONFLICT (key) DO NOTHING
), visit AS MATERIALIZED (
  SELECT assignment.id FROM audit JOIN assignments assignment ON assignment.id = audit.assignment_id
  WHERE audit.state = '{AuditState.AWAITING_MEDIA}' AND NOT EXISTS (
    SELECT FROM now WHERE state = '{PhotoState.DECLARED}' AND last_revision = audit.revision)
  FOR NO KEY UPDATE OF assignment
), complete AS (
  UPDATE audits SET state = '{AUDIT.after(AuditAction.SETTLE)}', state_since = {_NOW},
    version = audits.version + 1
  FROM visit WHERE audits.id = {_AUDIT}
  RETURNING audits.id, audits.organisation_id, audits.assignment_id, audits.state, audits.version,
            audits.revision
), signalled AS (
  INSERT INTO audit_signals (audit_id, kind, values)
  SELECT complete.id, told.kind, jsonb_build_object(told.member, told.ids)
  FROM complete, LATERAL (VALUES {_SIGNALLED}) AS told(kind, member, ids)
  WHERE told.ids IS NOT NULL
  ON CONFLICT (audit_id, kind) DO UPDATE SET values = excluded.values
), recorded AS (
  INSERT INTO activity (id, organisation_id, actor_id, verb, subject_id, details, at)
  SELECT {_ACTIVITY}, organisation_id, {_AUDITOR}, '{Permission.AUDIT_SUBMIT}', id,
         jsonb_build_object('action', '{AuditAction.SETTLE}', 'revision', revision), {_NOW}
  FROM complete
), numbered AS (
  UPDATE users SET feed_seq = feed_seq + 1
  WHERE id = {_AUDITOR} AND EXISTS (SELECT FROM complete)
  RETURNING feed_seq
), fed AS (
  INSERT INTO feed_entries (user_id, assignment_id, seq, removed)
  SELECT {_AUDITOR}, complete.assignment_id, numbered.feed_seq, false FROM complete, numbered
  ON CONFLICT (user_id, assignment_id) DO UPDATE SET seq = excluded.seq, removed = false
)
SELECT audit.id IS NOT NULL, coalesce(complete.state, locked.state),
       coalesce(complete.version, locked.version), locked.content_digest,
       {", ".join(f"now.{column}" for column in StoredPhoto._fields)}
FROM locked LEFT JOIN audit ON true LEFT JOIN complete ON true LEFT JOIN now ON true
ORDER BY now.id
"""
