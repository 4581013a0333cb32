"""The text of the statement that takes audits in on PostgreSQL.

Order of locks, here and in every service: audits, assignments, users, totals (`counted` waits for
`fed`), visits (`visited` waits for `counted`), and totals by site and key (in code points, as
Python sorts), so that no two transactions wait for each other.

The assignments are locked before the audits, against that order: what the audits' signals say is
decided by the locked rows, so that of two reports of one visit at one moment the second is told.
No ring comes of it.  An audit that another intake is about to store is waited for, but that one has
all of its assignments by then.  An audit that is stored already is waited for only while somebody
changes it, and whoever does that holds its assignment (`assignments.lock`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from audit_api.rules.lifecycle import (
    ASSIGNMENT,
    AWAITS_AUDIT,
    COUNTED,
    AssignmentAction,
    AssignmentState,
    PhotoState,
    ReviewRule,
)
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.kinds import HOLDING, SignalKind
from audit_api.rules.totals import COLUMNS
from audit_api.services.totals.of_visits import NOT_MADE

SUBMISSIONS = {
    "id": "uuid",
    "auditor_id": "uuid",
    "assignment_id": "uuid",
    "site_id": "uuid",
    "site_version": "int",
    "checklist_version_id": "uuid",
    "revision": "int",
    "content_digest": "text",
    "scoring_key": "text",
    "checklist_key": "text",
    "conducted_at": "timestamptz",
    "conducted_offset": "int",
    "visited_at": "timestamptz",
    "seconds": "bigint",
    "business_date": "date",
    "received_on": "date",
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
    **{f"held_state_{rule}": "text" for rule in ReviewRule},
    "content": "text",
    "score": "text",
    "site_attributes": "text",
    "activity_id": "uuid",
    "change_id": "uuid",
    **{f"total_{column}": "bigint" for column in COLUMNS},
}
PHOTOS = {
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
SIGNALS = {"audit_id": "uuid", "kind": "text", "values": "jsonb"}

_HELD_BY = """(a.auditor_id = sent.auditor_id OR EXISTS (
      SELECT FROM feed_entries f WHERE f.user_id = sent.auditor_id AND f.assignment_id = a.id))"""
"""Whether an auditor has an assignment or once had it, as `access.held_assignments` says."""
_TOLD: Mapping[SignalKind, tuple[str, str]] = {
    SignalKind.CANCELLED_ASSIGNMENT: (f"a.state = '{AssignmentState.CANCELLED}'", "'{}'"),
    SignalKind.DECLINED_ASSIGNMENT: (f"a.state = '{AssignmentState.DECLINED}'", "'{}'"),
    SignalKind.REASSIGNED_VISIT: ("a.auditor_id <> sent.auditor_id", "'{}'"),
    # The first of a batch counts for the second.
    SignalKind.DUPLICATE_VISIT: (
        "a.audits + row_number() OVER (PARTITION BY a.id ORDER BY sent.place) > 1",
        "'{}'",
    ),
    SignalKind.EARLY: (
        "sent.business_date < a.starts_on",
        "jsonb_build_object('starts_on', a.starts_on, 'visited_on', sent.business_date)",
    ),
    SignalKind.LATE: (
        "sent.business_date > a.ends_on",
        "jsonb_build_object('ends_on', a.ends_on, 'visited_on', sent.business_date)",
    ),
    SignalKind.SENT_LATE: (
        "sent.business_date BETWEEN a.starts_on AND a.ends_on AND sent.received_on > a.ends_on",
        "jsonb_build_object('ends_on', a.ends_on, 'visited_on', sent.business_date,"
        " 'received_on', sent.received_on)",
    ),
}
"""What `rules.signals.assignment` says, of the locked row: when a signal stands, its values."""
_STANDS = ", ".join(f"{stands} AS stands_{kind}" for kind, (stands, _) in _TOLD.items())
_VALUES = ", ".join(f"{values} AS values_{kind}" for kind, (_, values) in _TOLD.items())
_HELD = " OR ".join(f"stands_{kind}" for kind in _TOLD if kind in HOLDING)
_FIRST_STATE = " ".join(
    f"WHEN '{rule}' THEN CASE WHEN {_HELD} THEN held_state_{rule} ELSE state_{rule} END"
    for rule in ReviewRule
)
"""What the rules say of each audit under each rule of review; the campaign has the rule."""
_SIGNALLED = ", ".join(f"('{kind}', stands_{kind}, values_{kind}::jsonb)" for kind in _TOLD)
_COUNTED = ", ".join(f"'{state}'" for state in COUNTED)
_AWAITS = ", ".join(f"'{state}'" for state in AWAITS_AUDIT)
_SUBMITTED = ASSIGNMENT.after(AssignmentAction.SUBMIT)
_CLOSED = ASSIGNMENT.after(AssignmentAction.CLOSE)


_STANDING = (
    "id, assignment_id, site_id, checklist_version_id, revision, content_digest, scoring_key, "
    "conducted_at, conducted_offset, visited_at, seconds, business_date, received_at, raw_score, "
    "final_score, passed, band, earned, possible, findings_count, valid"
)


_FREE = """), free AS MATERIALIZED (
  SELECT u.id FROM users u WHERE u.id IN (SELECT auditor_id FROM sent)
  ORDER BY u.id FOR NO KEY UPDATE SKIP LOCKED
"""
"""The auditors whom nobody holds.  They are locked before the audits, against the order: whoever
passes over what is locked waits for nobody."""


@dataclass(frozen=True, slots=True)
class Intake:
    """One form of the statement: for audits of which any has `photos`, or none; one that
    `waits` for assignments that somebody holds, or passes their audits over."""

    photos: bool
    waits: bool = True

    @property
    def tables(self) -> Mapping[str, Mapping[str, str]]:
        """The columns of each group of arrays that are its parameters, with their types."""
        photos = {"photo": PHOTOS} if self.photos else {}
        return {"sent": SUBMISSIONS, "signal": SIGNALS, **photos}

    @property
    def parameters(self) -> list[str]:
        """The statement's parameters by name; the first of them is $1."""
        return [f"{name}_{column}" for name, columns in self.tables.items() for column in columns]


@cache
def text(intake: Intake) -> str:
    """Return the statement: its rows are the id and the state of each audit that it stored."""
    places = {name: place for place, name in enumerate(intake.parameters, start=1)}

    def array(name: str, kind: str) -> str:
        return f"${places[name]}::{kind}[]"

    def rows(name: str) -> str:
        """SQL for the rows of some arrays, with each row's `place` among them."""
        columns = intake.tables[name]
        arrays = ", ".join(array(f"{name}_{column}", kind) for column, kind in columns.items())
        return f"unnest({arrays}) WITH ORDINALITY AS {name}({', '.join(columns)}, place)"

    return f"""
WITH sent AS MATERIALIZED (
  SELECT * FROM {rows("sent")}
), planned AS MATERIALIZED (
  SELECT a.*
  FROM assignments a
  WHERE a.id = ANY({array("sent_assignment_id", "uuid")})
    AND EXISTS (SELECT FROM sent WHERE sent.assignment_id = a.id AND {_HELD_BY})
  ORDER BY a.id FOR NO KEY UPDATE OF a{"" if intake.waits else " SKIP LOCKED"}
{"" if intake.waits else _FREE}), allowed AS MATERIALIZED (
  SELECT sent.*, a.organisation_id, a.campaign_id, c.review, {_STANDS}, {_VALUES}
  FROM sent
  JOIN planned a ON a.id = sent.assignment_id AND a.site_id = sent.site_id AND {_HELD_BY}
  JOIN sites s ON s.id = sent.site_id AND s.version = sent.site_version
  JOIN campaigns c ON c.id = a.campaign_id
  {"" if intake.waits else "JOIN free ON free.id = sent.auditor_id"}
), stored AS (
  INSERT INTO audits (organisation_id, campaign_id, state, state_since, auditor_id, version,
                      {_STANDING})
  SELECT organisation_id, campaign_id, CASE review {_FIRST_STATE} END, received_at, auditor_id, 1,
         {_STANDING}
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
{_declared(rows("photo")) if intake.photos else ""}), signalled AS (
  INSERT INTO audit_signals (audit_id, kind, values)
  SELECT stored.id, signal.kind, signal.values
  FROM {rows("signal")} JOIN stored ON stored.id = signal.audit_id
  UNION ALL
  SELECT stored.id, told.kind, told.values
  FROM stored JOIN allowed USING (id),
       LATERAL (VALUES {_SIGNALLED}) AS told(kind, stands, values)
  WHERE told.stands
), reported AS (
  UPDATE assignments a SET audits = a.audits + visited.audits,
    version = a.version + visited.awaited::int,
    state = CASE WHEN NOT visited.awaited THEN a.state
                 WHEN visited.counts THEN '{_CLOSED}' ELSE '{_SUBMITTED}' END,
    visited_on = CASE WHEN visited.awaited THEN visited.day ELSE a.visited_on END,
    visited_with = CASE WHEN visited.awaited THEN visited.checklist_key ELSE a.visited_with END
  FROM (SELECT stored.assignment_id, count(*) AS audits,
               bool_or(stored.state IN ({_COUNTED})) AS counts,
               bool_or(planned.auditor_id = sent.auditor_id AND planned.state IN ({_AWAITS}))
                 AS awaited,
               (array_agg(stored.business_date ORDER BY sent.place))[1] AS day,
               (array_agg(sent.checklist_key ORDER BY sent.place))[1] AS checklist_key
        FROM stored JOIN sent USING (id) JOIN planned ON planned.id = stored.assignment_id
        GROUP BY 1) AS visited
  WHERE a.id = visited.assignment_id
  RETURNING a.id, a.auditor_id, a.organisation_id, a.site_id, a.campaign_id, a.ends_on,
            a.visited_on, a.visited_with, visited.awaited
), moved AS (
  SELECT * FROM reported WHERE awaited
), readers AS MATERIALIZED (
  SELECT u.id FROM users u WHERE u.id IN (SELECT auditor_id FROM moved)
  ORDER BY u.id FOR NO KEY UPDATE
), numbered AS (
  UPDATE users u SET feed_seq = u.feed_seq + moves.count
  FROM (SELECT auditor_id, count(*) FROM moved JOIN readers ON readers.id = moved.auditor_id
        GROUP BY 1) AS moves
  WHERE u.id = moves.auditor_id
  RETURNING u.id, u.feed_seq
), fed AS (
  INSERT INTO feed_entries (user_id, assignment_id, seq, removed)
  SELECT numbered.id, moved.id,
         numbered.feed_seq + 1 - row_number() OVER (PARTITION BY numbered.id), false
  FROM moved JOIN numbered ON numbered.id = moved.auditor_id
  ON CONFLICT (user_id, assignment_id) DO UPDATE SET seq = excluded.seq, removed = false
  RETURNING 1
), recorded AS (
  INSERT INTO activity (id, organisation_id, actor_id, verb, subject_id, details, at)
  SELECT sent.activity_id, stored.organisation_id, sent.auditor_id, '{Permission.AUDIT_SUBMIT}',
         stored.id, jsonb_build_object('revision', sent.revision), sent.received_at
  FROM sent JOIN stored USING (id)
), counted AS (
  INSERT INTO site_totals (site_id, month, scoring_key, {", ".join(COLUMNS)})
  SELECT stored.site_id, date_trunc('month', stored.business_date)::date, stored.scoring_key,
         {", ".join(f"sum(sent.total_{column})" for column in COLUMNS)}
  FROM sent JOIN stored USING (id)
  WHERE stored.state IN ({_COUNTED}) AND (SELECT count(*) FROM fed) >= 0
  GROUP BY 1, 2, 3 ORDER BY 1, 2, stored.scoring_key COLLATE "C"
  ON CONFLICT (site_id, month, scoring_key) DO UPDATE SET
    {", ".join(f"{column} = site_totals.{column} + excluded.{column}" for column in COLUMNS)}
  RETURNING 1
), visited AS (
  INSERT INTO visit_totals (site_id, month, campaign_id, checklist, organisation_id, planned, done)
  SELECT site_id, date_trunc('month', day)::date, campaign_id, checklist, organisation_id,
         sum(planned), sum(done)
  FROM moved CROSS JOIN LATERAL (VALUES
    (ends_on, '{NOT_MADE}', -1, 0), (visited_on, visited_with, 1, 1)
  ) AS share (day, checklist, planned, done)
  WHERE (SELECT count(*) FROM counted) >= 0
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, checklist COLLATE "C"
  ON CONFLICT (site_id, month, campaign_id, checklist) DO UPDATE SET
    planned = visit_totals.planned + excluded.planned, done = visit_totals.done + excluded.done
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


def _declared(photos: str) -> str:
    return f"""), declared AS (
  INSERT INTO photos ({", ".join(PHOTOS)}, state)
  SELECT {", ".join(f"photo.{column}" for column in PHOTOS)}, '{PhotoState.DECLARED}'
  FROM {photos} JOIN stored ON stored.id = photo.audit_id
"""
