"""Each auditor's feed: what changed for them, numbered so that no reader misses one (ADR 0004).

A number is given out under the lock of the user's own row, so numbers become visible in the
order in which they were given, on both databases, without one counter that all must pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, upsert
from audit_api.database.statements import Statement, parameter
from audit_api.models import Assignment, FeedEntry, User
from audit_api.rules.lifecycle import SHOWN_ON_PHONE

_NUMBER = Statement(
    sa.update(User)
    .where(User.id == parameter("user_id"))
    .values(feed_seq=User.feed_seq + parameter("count"))
    .returning(User.feed_seq)
)
"""Counts a user's feed on and returns where it has come to."""


def _entry() -> sa.Insert:
    statement = upsert(FeedEntry)
    entry: sa.Insert = statement.on_conflict_do_update(
        index_elements=["user_id", "assignment_id"],
        set_={"seq": statement.excluded.seq, "removed": statement.excluded.removed},
    )
    return entry


_ENTRY = Statement(_entry, columns=["user_id", "assignment_id", "seq", "removed"])


def announce(user_id: UUID, assignment_ids: Iterable[UUID], *, removed: bool = False) -> None:
    """Put assignments at the end of a user's feed, as changed or as `removed`."""
    ids = sorted(set(assignment_ids))
    if not ids:
        return
    ((last,),) = _NUMBER.rows(user_id=user_id, count=len(ids))
    _ENTRY.run(
        {"user_id": user_id, "assignment_id": id_, "seq": seq, "removed": removed}
        for seq, id_ in enumerate(ids, start=last - len(ids) + 1)
    )


def announce_site(site_id: UUID) -> None:
    """Tell every auditor with an open assignment at a site that something about it changed."""
    _announce_where(Assignment.site_id == site_id)


def announce_campaign(campaign_id: UUID) -> None:
    """Tell every auditor with an open assignment of a campaign that something about it changed."""
    _announce_where(Assignment.campaign_id == campaign_id)


def _announce_where(condition: sa.ColumnElement[bool]) -> None:
    rows = db.session.execute(
        sa.select(Assignment.auditor_id, Assignment.id).where(
            condition, Assignment.state.in_(SHOWN_ON_PHONE)
        )
    )
    by_user: dict[UUID, list[UUID]] = {}
    for auditor_id, assignment_id in rows:
        by_user.setdefault(auditor_id, []).append(assignment_id)
    # Sorted, so that two changes at once lock the users in the same order.
    for auditor_id in sorted(by_user):
        announce(auditor_id, by_user[auditor_id])
