"""The two forms of the intake keep one promise: the same batch makes the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.api.audits.schemas import SentAuditSchema
from audit_api.database import Table, db
from audit_api.models import (
    Activity,
    Assignment,
    Audit,
    AuditSignal,
    FeedEntry,
    Photo,
    Revision,
    Site,
    SiteTotal,
    User,
    VisitTotal,
)
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import submission
from audit_api.services.audits.intake import States, one_by_one, postgresql
from audit_api.services.audits.submission import Submission
from tests.protocol.phone import NOT_SEEN, lenient_checklist
from tests.world import ALL_YES, World, declared, jpeg, make_world

TABLES: tuple[type[Table], ...] = (
    Audit,
    AuditSignal,
    Revision,
    Photo,
    Assignment,
    FeedEntry,
    Activity,
    SiteTotal,
    VisitTotal,
)
OWN = {Activity: {"id"}, FeedEntry: {"seq"}}
"""What either form makes by itself: a random id; the order of numbers given out at once."""
NOT_OF_THE_INTAKE = {
    SignalKind.SAME_PHOTO,
    SignalKind.UNREADABLE_PHOTO,
    SignalKind.WAIVED_PHOTO,
    *(SignalKind.PHOTO_TIME, SignalKind.SITE_ATTRIBUTES),
    *(SignalKind.TOO_FAST, SignalKind.REVERSED_TIMES),
}
"""Told later, or in the same way as those of the batch that a visit tells of itself."""
HARD = 'He said "no\\yes", {NULL}, \'; DROP TABLE audits; -- 地面有水 🍵\ttab\nline %s $1 %(x)s'
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(app, review="none", checklist=lenient_checklist())


def read(world: World, audit: dict[str, Any], by: Who, **more: Any) -> Submission:
    audit_id = more.pop("audit_id", None) or uuid4()
    fields = SentAuditSchema().load(audit)
    return submission.read(
        audit_id, audit, fields, by=by, now=NOW, sent_at=more.pop("sent_at", None)
    )


def a_batch(world: World, by: Who) -> list[Submission]:
    """Return what a phone can send: every kind that is stored, and every kind that is not."""
    hard = ALL_YES | {"clean": {"value": "no", "comment": HARD}}
    nothing = {key: {"not_observed": True} for key in ALL_YES}
    place = {"latitude": 31.23, "longitude": -0.000001, "accuracy": 7.5}
    photos = [
        declared(jpeg(1), "clean", taken_at="2026-03-02T14:29:59.123456+08:00", place=place),
        declared(jpeg(2), "greeted"),
    ]
    first, hardly, seen, second, faked = (str(world.plan()) for _ in range(5))
    first_day = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 1)}
    closed = [str(world.plan(**first_day)) for _ in range(2)]
    opening = str(world.plan(starts_on=date(2026, 3, 5)))
    cancelled, declined = str(world.plan()), str(world.plan())
    theirs, reassigned = (str(world.plan(auditor_id=world.users["other_auditor"])), world.plan())
    for id_, values in (
        (cancelled, {"state": "cancelled"}),
        (declined, {"state": "declined"}),
        (str(reassigned), {"auditor_id": world.users["other_auditor"]}),
    ):
        db.session.execute(sa.update(Assignment).where(Assignment.id == UUID(id_)).values(**values))
    taken = uuid4()
    db.session.commit()
    assert world.put(world.audit(), taken).status_code == 201
    far = {"latitude": 31.2446, "longitude": 121.4747, "accuracy": 20}
    sent = [
        (
            world.audit(hard, assignment_id=first, started_at="2026-03-02T14:09:59.5+08:00"),
            {"sent_at": datetime(2026, 3, 2, 7, 1, 9, 5, UTC)},
        ),
        (world.audit(nothing), {}),
        (world.audit(NOT_SEEN, assignment_id=hardly), {}),
        (world.audit(photos=photos, assignment_id=seen), {}),
        (world.audit(assignment_id=second), {}),
        (
            world.audit(
                hard, assignment_id=second, conducted_at="2026-03-31T23:59:59.5-11:00", place=far
            ),
            {},
        ),
        (
            world.audit(assignment_id=faked, device={"mock_location": True}),
            {"sent_at": NOW + timedelta(days=40)},
        ),
        (world.audit(assignment_id=closed[0]), {}),
        (world.audit(assignment_id=closed[1], conducted_at="2026-03-01T10:00:00+08:00"), {}),
        (world.audit(assignment_id=opening), {}),
        (world.audit(assignment_id=cancelled), {}),
        (world.audit(assignment_id=cancelled), {}),
        (world.audit(assignment_id=declined), {}),
        (world.audit(assignment_id=str(reassigned)), {}),
        (world.audit(assignment_id=theirs), {}),
        (world.audit(assignment_id=str(uuid4())), {}),
        (world.audit(hard), {"audit_id": taken}),
    ]
    batch = [read(world, audit, by, **more) for audit, more in sent]
    db.session.rollback()
    return batch


def rows_after(
    store: Callable[..., States], batch: list[Submission]
) -> tuple[States, dict[str, list[Any]]]:
    """Return what one form answers and all that it leaves, and take it back."""
    states = store(batch)
    found: dict[str, list[Any]] = {}
    for table in TABLES:
        columns = [
            column for column in table.__table__.columns if column.name not in OWN.get(table, ())
        ]
        found[table.__tablename__] = sorted(map(repr, db.session.execute(sa.select(*columns))))
    found["numbers"] = sorted(db.session.execute(sa.select(FeedEntry.user_id, FeedEntry.seq)).all())
    found["users"] = sorted(db.session.execute(sa.select(User.id, User.feed_seq)).all())
    db.session.rollback()
    return states, found


@pytest.mark.parametrize("app", ["postgresql+s3"], indirect=True)
def test_both_forms_of_the_intake_store_the_same_rows(world: World) -> None:
    with world.app.app_context():
        by = access.user_who(db.session.get_one(User, world.users["auditor"]))
        batch = a_batch(world, by)
        before = rows_after(lambda batch: {}, [])[1]
        states, rows = rows_after(one_by_one.store, batch)
        same_states, same_rows = rows_after(postgresql.store, batch)
    assert same_states == states
    assert Counter(states.values()) == {"approved": 3, "awaiting_media": 1, "submitted": 10}
    told = {kind for kind in SignalKind if kind in str(rows["audit_signals"])}
    assert told == set(SignalKind) - NOT_OF_THE_INTAKE
    for name, expected in rows.items():
        assert same_rows[name] == expected, name
        # What a phone was told of before has an entry already: there, only the number grows.
        assert expected != before[name] or name == "feed_entries", f"{name} was not touched"


@pytest.mark.parametrize("app", ["postgresql+s3"], indirect=True)
def test_both_forms_store_nothing_for_a_site_that_has_changed(world: World) -> None:
    with world.app.app_context():
        by = access.user_who(db.session.get_one(User, world.users["auditor"]))
        sent = read(world, world.audit(), by)
        db.session.execute(
            sa.update(Site).where(Site.id == world.site_id).values(version=Site.version + 1)
        )
        db.session.commit()
        before = rows_after(lambda batch: {}, [])
        assert rows_after(one_by_one.store, [sent]) == before
        assert rows_after(postgresql.store, [sent]) == before


def test_what_was_sent_comes_back_letter_by_letter(world: World) -> None:
    answers = ALL_YES | {"clean": {"value": "no", "comment": HARD}}
    audit_id: UUID = uuid4()
    assert world.put(world.audit(answers), audit_id).status_code == 201
    assert world.call("reviewer", "GET", f"/audits/{audit_id}").json["answers"] == answers
