"""The two forms of settling keep one promise: the same news makes the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import Table, db
from audit_api.models import (
    Activity,
    Assignment,
    Audit,
    AuditSignal,
    FeedEntry,
    Job,
    Photo,
    User,
)
from audit_api.rules.lifecycle import UnreadableReason
from audit_api.services.audits import verified
from audit_api.services.audits.photos import Held
from audit_api.services.audits.settling import Settled, one_by_one, postgresql
from audit_api.services.audits.uploads import Found
from tests.audits.photographed import HELD, NOW, Sent, sent, some_audits
from tests.chance import seed, times
from tests.pairs import fresh_pair, running
from tests.world import jpeg, make_world

TABLES: tuple[type[Table], ...] = (
    Audit,
    AuditSignal,
    Photo,
    Assignment,
    FeedEntry,
    Activity,
    Job,
)
OWN: dict[type[Table], set[str]] = {Activity: {"id"}, Job: {"id"}}
"""What either form makes by itself."""
FILES = ("original", "original-2", "original-3", verified.FILE)

Form = Callable[..., Settled | None]


@pytest.fixture
def alone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose jobs nobody takes."""
    with (
        fresh_pair(request, tmp_path, "postgresql+s3") as settings,
        running(settings | {"BROKER_URL": "memory://"}) as app,
    ):
        yield app


def drawn(chance: Random, audit: Sent) -> Found:
    """Return what a look at the store might find of an audit, now or long ago."""
    held: dict[UUID, Held] = {}
    wrong: dict[UUID, str] = {}
    for photo_id in [*audit.photo_ids, uuid4()]:
        match chance.choice(("held", "held", "held", "unreadable", "wrong", "nothing")):
            case "held":
                held[photo_id] = Held("image/heic", None, chance.choice(FILES))
            case "unreadable":
                reason = chance.choice(tuple(UnreadableReason))
                held[photo_id] = Held("image/jpeg", reason, chance.choice(FILES))
            case "wrong":
                wrong[photo_id] = chance.choice(FILES[:3])
    return Found(held, wrong=wrong)


def rows_after(form: Form, *call: Any, **how: Any) -> tuple[Settled | None, dict[str, list[str]]]:
    """Return what one form answers and all that it leaves, and take it back."""
    settled = form(*call, **how)
    rows: dict[str, list[str]] = {}
    for table in TABLES:
        columns = [
            column for column in table.__table__.columns if column.name not in OWN.get(table, ())
        ]
        rows[table.__tablename__] = sorted(map(repr, db.session.execute(sa.select(*columns))))
    rows["users"] = sorted(map(repr, db.session.execute(sa.select(User.id, User.feed_seq))))
    db.session.rollback()
    return settled, rows


@pytest.mark.chance
def test_both_forms_of_settling_leave_the_same_rows(alone: Flask) -> None:
    world, chance = make_world(alone), Random(seed(11))
    with alone.app_context():
        audits = some_audits(world)
        before = rows_after(lambda: None)[1]
        touched: set[str] = set()
        states: set[str] = set()
        signals: set[str] = set()
        for _ in range(times(60)):
            audit = chance.choice(audits)
            found, person = drawn(chance, audit), world.users["auditor"]
            how = {"auditor_id": person, "now": NOW}
            settled, rows = rows_after(one_by_one.settle, audit.id, found, **how)
            assert rows_after(postgresql.settle, audit.id, found, **how) == (settled, rows)
            assert settled is not None
            states.add(settled.state)
            touched |= {name for name in rows if rows[name] != before[name]}
            signals |= {row for row in rows["audit_signals"] if row not in before["audit_signals"]}
        told = {kind for kind in ("same_photo", "unreadable_photo") if kind in str(signals)}
    assert told == {"same_photo", "unreadable_photo"}
    assert states >= {"awaiting_media", "submitted", "returned", "rejected", "approved"}
    # Whatever a form writes at all, some of the draws have it write.
    assert touched == {*before} - {"assignments"}


@pytest.mark.parametrize("form", [one_by_one.settle, postgresql.settle])
def test_of_an_audit_that_is_not_the_auditors_nothing_is_settled(alone: Flask, form: Form) -> None:
    world = make_world(alone)
    audit = sent(world, jpeg(1))
    found = Found({audit.photo_ids[0]: HELD})
    with alone.app_context():
        before = rows_after(lambda: None)
        for audit_id, person in ((audit.id, "other_auditor"), (uuid4(), "auditor")):
            how = {"auditor_id": world.users[person], "now": NOW}
            assert rows_after(form, audit_id, found, **how) == before


@pytest.mark.parametrize("form", [one_by_one.settle, postgresql.settle])
def test_the_last_photo_submits_and_asks_for_its_copy_once(alone: Flask, form: Form) -> None:
    world = make_world(alone)
    audit = sent(world, jpeg(1), jpeg(2))
    with alone.app_context():
        for place, state in ((0, "awaiting_media"), (1, "submitted"), (1, "submitted")):
            found = Found({audit.photo_ids[place]: HELD})
            settled = form(audit.id, found, auditor_id=world.users["auditor"], now=NOW)
            assert settled is not None
            assert settled.state == state
            db.session.commit()
        assert settled.version == 2
        keys = db.session.scalars(sa.select(Job.key)).all()
        assert sorted(keys) == sorted(f"photo.prepare:{audit.id}:{id_}" for id_ in audit.photo_ids)
