"""Audits in all the states in which photos of them can come, made through the services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from audit_api.database import db
from audit_api.models import Audit
from audit_api.services.audits.photos import Held
from audit_api.services.audits.settling import settle
from audit_api.services.audits.uploads import Found
from tests.protocol.phone import OTHER_ANSWERS, kind, with_photos
from tests.world import World, jpeg

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HELD = Held("image/jpeg")


class Sent(NamedTuple):
    """An audit that waits for photos, what was sent of it, and the photos' ids in order."""

    id: UUID
    bodies: list[dict[str, Any]]
    photo_ids: list[UUID]


def sent(world: World, *bodies: bytes) -> Sent:
    audit = with_photos(world, *bodies, assignment_id=str(world.plan()))
    audit_id = uuid4()
    assert world.put(audit, audit_id).status_code == 201
    return Sent(audit_id, [audit], [UUID(photo["id"]) for photo in audit["photos"]])


def came(world: World, audit: Sent, *places: int, minutes: int = 0) -> None:
    """Let photos of an audit be stored."""
    _settle(world, audit, Found({audit.photo_ids[place]: HELD for place in places}), minutes)


def turned_away(world: World, audit: Sent, place: int, file: str = "original") -> None:
    _settle(world, audit, Found({}, wrong={audit.photo_ids[place]: file}))


def _settle(world: World, audit: Sent, found: Found, minutes: int = 0) -> None:
    moment = NOW + timedelta(minutes=minutes)
    with world.app.app_context():
        assert settle(audit.id, found, auditor_id=world.users["auditor"], now=moment)
        db.session.commit()


def some_audits(world: World) -> list[Sent]:
    """Return audits in all the states in which photos can come."""
    fresh = sent(world, jpeg(1), jpeg(2))
    half = sent(world, jpeg(2), jpeg(3), jpeg(1))
    came(world, half, 1)
    renamed = sent(world, jpeg(1), jpeg(4))
    turned_away(world, renamed, 0)
    early = sent(world, jpeg(1))
    came(world, early, 0, minutes=-1)
    late = sent(world, jpeg(2))
    came(world, late, 0, minutes=1)
    counted = sent(world, jpeg(4))
    came(world, counted, 0, minutes=2)
    assert world.move(counted.id, "approve").status_code == 200
    waived, returned, rejected = (sent(world, jpeg(3), jpeg(4)) for _ in range(3))
    for audit, action in ((waived, "waive"), (returned, "return"), (rejected, "reject")):
        assert world.move(audit.id, action, note="Why").status_code == 200
    revised = sent(world, jpeg(3), jpeg(4))
    came(world, revised, 1)
    tag = world.move(revised.id, "return", note="Another").headers["ETag"]
    again = with_photos(world, jpeg(1), revision=2)
    with world.app.app_context():
        again["assignment_id"] = str(db.session.get_one(Audit, revised.id).assignment_id)
    assert world.put(again, revised.id, headers={"If-Match": tag}).status_code == 201
    lost = again | {"answers": OTHER_ANSWERS}
    assert kind(world.put(lost, revised.id, headers={"If-Match": tag})) == "revision-lost"
    revised.photo_ids.append(UUID(again["photos"][0]["id"]))
    revised.bodies.extend((again, lost))
    return [fresh, half, renamed, early, late, counted, waived, returned, rejected, revised]
