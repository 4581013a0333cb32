"""Photos of one audit that are settled at one moment: none is lost, and the last one submits it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from audit_api.database import db
from audit_api.services.audits.photos import Held
from audit_api.services.audits.settling import Settled, settle
from audit_api.services.audits.uploads import Found
from tests.faults.races import at_once, backend_of, caller, stored, until_somebody_waits_for
from tests.protocol.phone import detail, returned, with_photos
from tests.world import World, jpeg, upload


def settle_one(world: World, audit_id: UUID, photo_id: str) -> Settled | None:
    """Settle one photo in a transaction of its own."""
    with world.app.app_context():
        found = Found({UUID(photo_id): Held("image/jpeg")})
        now = datetime.now(UTC)
        settled = settle(audit_id, found, auditor_id=world.users["auditor"], now=now)
        db.session.commit()
        return settled


def declared_audit(world: World, count: int) -> tuple[UUID, dict[str, Any]]:
    audit_id, audit = uuid4(), with_photos(world, *map(jpeg, range(count)))
    assert world.put(audit, audit_id).status_code == 201
    return audit_id, audit


def test_photos_that_are_settled_at_once_submit_their_audit_once(world: World) -> None:
    audit_id, audit = declared_audit(world, 8)
    calls = [partial(settle_one, world, audit_id, photo["id"]) for photo in audit["photos"]]
    states = [settled.state for settled in at_once(calls) if settled]
    assert sorted(states) == ["awaiting_media"] * 7 + ["submitted"]
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True


def test_phones_that_send_an_audit_again_at_once_are_told_the_same(world: World) -> None:
    photos = [*map(jpeg, range(4))]
    audit_id, audit = uuid4(), with_photos(world, *photos)
    tickets = {each["photo_id"]: each for each in world.put(audit, audit_id).json["uploads"]}
    for line, photo in zip(audit["photos"], photos, strict=True):
        assert upload(world.client, tickets[line["id"]], photo) == 200
    answers = at_once([partial(caller(world).put, audit, audit_id) for _ in range(8)])
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json["receipt"]["complete"] for answer in answers)
    assert {answer.json["receipt"]["state"] for answer in answers} == {"submitted"}
    assert stored(world)[audit_id] == 1


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_a_photo_waits_for_the_one_that_is_being_settled_and_sees_it(world: World) -> None:
    """Its statement began before the other photo was committed as stored."""
    audit_id, audit = declared_audit(world, 2)
    first, last = (photo["id"] for photo in audit["photos"])
    with ThreadPoolExecutor(1) as pool, world.app.app_context():
        found = Found({UUID(first): Held("image/jpeg")})
        auditor_id, now = world.users["auditor"], datetime.now(UTC)
        assert settle(audit_id, found, auditor_id=auditor_id, now=now)
        waiting = pool.submit(settle_one, world, audit_id, last)
        until_somebody_waits_for(backend_of(db.session.connection()), world)
        db.session.commit()
        settled = waiting.result()
    assert settled is not None
    assert settled.state == "submitted"


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_a_photo_that_waits_for_a_revision_leaves_what_that_declares_to_come(world: World) -> None:
    """The revision's photos were not there when the statement began."""
    audit_id, _ = returned(world)
    photo = with_photos(world, jpeg(1))["photos"][0]["id"]
    more = sa.text(
        "INSERT INTO photos (audit_id, id, question, sha256, size, media_type, last_revision,"
        " state) SELECT id, :photo, 'clean', '', 1, 'image/jpeg', 2, 'declared' FROM audits"
        " WHERE id = :audit"
    )
    change = sa.text(
        "UPDATE audits SET version = version + 1, revision = 2, state = 'awaiting_media'"
        " WHERE id = :audit"
    )
    with world.app.app_context():
        engine = db.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as revising:
        revising.execute(change, {"audit": audit_id})
        revising.execute(more, {"audit": audit_id, "photo": photo})
        waiting = pool.submit(settle_one, world, audit_id, str(uuid4()))
        until_somebody_waits_for(backend_of(revising), world)
        revising.commit()
        settled = waiting.result()
    assert settled is not None
    assert (settled.state, len(settled.photos)) == ("awaiting_media", 1)
    assert detail(world, audit_id)["state"] == "awaiting_media"
