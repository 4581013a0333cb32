"""The two forms of the intake keep one promise: the same batch makes the same rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
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
    FeedEntry,
    Photo,
    Revision,
    Site,
    SiteTotal,
    User,
    VisitTotal,
)
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import submission
from audit_api.services.audits.intake import States, one_by_one, postgresql
from audit_api.services.audits.submission import Submission
from tests.protocol.phone import NOT_SEEN, lenient_checklist
from tests.world import ALL_YES, World, declared, jpeg, make_world

TABLES: tuple[type[Table], ...] = (
    Audit,
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
    second, cancelled, theirs = (
        world.plan(),
        world.plan(),
        world.plan(auditor_id=world.users["other_auditor"]),
    )
    db.session.execute(
        sa.update(Assignment).where(Assignment.id == cancelled).values(state="cancelled")
    )
    taken = uuid4()
    db.session.commit()
    assert world.put(world.audit(), taken).status_code == 201
    batch = [
        read(world, world.audit(hard), by, sent_at=datetime(2026, 3, 2, 7, 1, tzinfo=UTC)),
        read(world, world.audit(nothing), by),
        read(world, world.audit(NOT_SEEN), by),
        read(world, world.audit(photos=photos), by),
        read(world, world.audit(assignment_id=str(second)), by),
        read(
            world,
            world.audit(
                hard, assignment_id=str(second), conducted_at="2026-03-31T23:59:59.5-11:00"
            ),
            by,
        ),
        read(world, world.audit(assignment_id=str(cancelled)), by),
        read(world, world.audit(assignment_id=str(theirs)), by),
        read(world, world.audit(assignment_id=str(uuid4())), by),
        read(world, world.audit(hard), by, audit_id=taken),
    ]
    db.session.rollback()
    return batch


def rows_after(
    store: Callable[..., States], batch: list[Submission], by: Who
) -> tuple[States, dict[str, list[Any]]]:
    """Return what one form answers and all that it leaves, and take it back."""
    states = store(batch, by=by)
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
        before = rows_after(lambda batch, by: {}, [], by)[1]
        states, rows = rows_after(one_by_one.store, batch, by)
        same_states, same_rows = rows_after(postgresql.store, batch, by)
    assert same_states == states
    assert sorted(states.values()) == [
        "approved",
        "approved",
        "approved",
        "approved",
        "awaiting_media",
        "submitted",
        "submitted",
    ]
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
        before = rows_after(lambda batch, by: {}, [], by)
        assert rows_after(one_by_one.store, [sent], by) == before
        assert rows_after(postgresql.store, [sent], by) == before


def test_what_was_sent_comes_back_letter_by_letter(world: World) -> None:
    answers = ALL_YES | {"clean": {"value": "no", "comment": HARD}}
    audit_id: UUID = uuid4()
    assert world.put(world.audit(answers), audit_id).status_code == 201
    assert world.call("reviewer", "GET", f"/audits/{audit_id}").json["answers"] == answers
