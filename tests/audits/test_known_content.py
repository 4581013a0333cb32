"""Content that is stored already is told by its digest, and answered as if it had been read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit_api.api.audits.schemas import SentAuditSchema
from audit_api.database import db
from audit_api.errors import Problem
from audit_api.models import User
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import arrivals, submission
from audit_api.services.audits.arrivals import Arrival
from tests.audits.photographed import some_audits
from tests.protocol.phone import push, with_photos
from tests.world import World, jpeg


def met(audit_id: UUID, body: dict[str, Any], by: Who) -> Arrival | None:
    fields = SentAuditSchema().load(body)
    return arrivals.meet(audit_id, submission.digest_of(audit_id, body), fields["photos"], by=by)


def read_again(audit_id: UUID, body: dict[str, Any], by: Who) -> Arrival:
    """Return what becomes of an audit that is read and scored before it is looked for."""
    fields = SentAuditSchema().load(body)
    sent = submission.read(audit_id, body, fields, by=by, sent_at=None, now=datetime.now(UTC))
    assert arrivals.submit_new([sent], by=by) == {}
    db.session.rollback()
    return arrivals.submit_again(sent, by=by, if_match=None)


def test_whatever_is_known_is_answered_as_if_it_had_been_read(world: World) -> None:
    audits = some_audits(world)
    standings, states = set(), set()
    with world.app.app_context():
        by = access.user_who(db.session.get_one(User, world.users["auditor"]))
        for audit in audits:
            for body in audit.bodies:
                arrival = met(audit.id, body, by)
                assert arrival == read_again(audit.id, body, by)
                assert arrival is not None
                standings.add(arrival.receipt.standing)
                states.add(arrival.receipt.state)
                db.session.rollback()
    assert standings == {"current", "superseded", "lost"}
    assert states >= {"awaiting_media", "submitted", "approved", "returned", "rejected"}


def test_what_is_not_the_callers_own_content_is_not_known(world: World) -> None:
    audit_id, audit = uuid4(), with_photos(world, jpeg(1))
    assert world.put(audit, audit_id).status_code == 201
    with world.app.app_context():
        by = access.user_who(db.session.get_one(User, world.users["auditor"]))
        other = access.user_who(db.session.get_one(User, world.users["other_auditor"]))
        assert met(audit_id, audit, by)
        assert met(audit_id, audit, other) is None
        assert met(uuid4(), audit, by) is None
        assert met(audit_id, with_photos(world, jpeg(2)), by) is None
        with pytest.raises(Problem, match="forbidden"):
            met(audit_id, audit, replace(by, permissions=frozenset()))


def test_an_audit_with_photos_that_comes_again_is_not_scored_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit_id, audit = uuid4(), with_photos(world, jpeg(1))
    first = world.put(audit, audit_id)
    monkeypatch.delattr(submission, "read")
    again = world.put(audit, audit_id)
    assert again.status_code == 200
    assert again.json["receipt"] == first.json["receipt"]
    (item,) = push(world, {"id": str(audit_id), "audit": audit})
    assert item["status"] == 200
    assert item["answer"]["receipt"] == first.json["receipt"]
