"""The moment of a visit: by a clock that may be wrong, in a month that may not have come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Revision
from audit_api.services.visits import assignments, campaigns
from tests.protocol.phone import counted, detail, kinds, lenient_checklist, state
from tests.world import NOW, World, make_world

SHANGHAI = ZoneInfo("Asia/Shanghai")
VISIT = "2026-03-02T14:30:00+08:00"
LATER = {"a day": 1, "a month": 31, "a year": 366}


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none", checklist=lenient_checklist())


def at_any_time(world: World) -> dict[str, Any]:
    """Return an audit of a visit whose window never closes, in a campaign without review."""
    with world.app.app_context():
        campaign = campaigns.add(
            by=world.hq,
            now=NOW,
            name="For ever",
            checklist_version_id=world.version_id,
            review="none",
            starts_on=date(2000, 1, 1),
            ends_on=date(2999, 12, 31),
        )
        planned = assignments.add(
            by=world.hq,
            now=NOW,
            campaign_id=campaign.id,
            site_id=world.site_id,
            auditor_id=world.users["auditor"],
        )
        db.session.commit()
        return world.audit(assignment_id=str(planned.id))


@pytest.mark.parametrize("tells_its_clock", [False, True])
@pytest.mark.parametrize("days", LATER.values(), ids=LATER.keys())
def test_a_visit_in_the_future_is_held_and_counts_in_no_month(
    unreviewed: World, days: int, tells_its_clock: bool
) -> None:
    now = datetime.now(SHANGHAI)
    future, audit_id = now + timedelta(days=days), uuid4()
    audit = at_any_time(unreviewed) | {"conducted_at": future.isoformat()}
    headers = {"Audit-Sent-At": now.isoformat()} if tells_its_clock else {}
    assert state(unreviewed.put(audit, audit_id, headers=headers)) == "submitted"
    assert kinds(unreviewed, audit_id) == {"future_visit"}
    assert counted(unreviewed, f"{future:%Y-%m}") == 0
    assert unreviewed.move(audit_id, "approve").status_code == 200
    assert counted(unreviewed, f"{future:%Y-%m}") == 1


@pytest.mark.parametrize("days", [45, -45, 366])
def test_a_phone_that_tells_its_wrong_clock_counts_in_the_right_month(
    unreviewed: World, days: int
) -> None:
    now, audit_id = datetime.now(SHANGHAI), uuid4()
    made, wrong = now - timedelta(minutes=10), timedelta(days=days)
    audit = at_any_time(unreviewed) | {"conducted_at": (made + wrong).isoformat()}
    headers = {"Audit-Sent-At": (now + wrong).isoformat()}
    assert state(unreviewed.put(audit, audit_id, headers=headers)) == "approved"
    found = detail(unreviewed, audit_id)
    assert [signal["kind"] for signal in found["signals"]] == ["clock_skew"]
    assert datetime.fromisoformat(found["conducted_at"]) == made + wrong
    visited_at = datetime.fromisoformat(found["visited_at"])
    assert abs(visited_at - made) < timedelta(minutes=5)
    assert found["business_date"] == f"{visited_at.astimezone(SHANGHAI):%Y-%m-%d}"
    assert counted(unreviewed, found["business_date"][:7]) == 1
    assert counted(unreviewed, f"{made + wrong:%Y-%m}") == 0


def test_a_visit_that_is_sent_again_does_not_move_with_the_phone_s_clock(app: Flask) -> None:
    world, audit_id = make_world(app), uuid4()
    now, wrong = datetime.now(UTC), timedelta(days=40)
    audit = world.audit(conducted_at=(now + wrong).isoformat())
    first = world.put(audit, audit_id, headers={"Audit-Sent-At": (now + wrong).isoformat()})
    assert first.status_code == 201
    before = detail(world, audit_id)
    for number, sent_at in ((2, now), (3, now - wrong)):
        tag = world.move(audit_id, "return", note="Again").headers["ETag"]
        headers = {"If-Match": tag, "Audit-Sent-At": sent_at.isoformat()}
        again = world.put(audit | {"revision": number}, audit_id, headers=headers)
        assert again.status_code == 201
        after = detail(world, audit_id)
        for name in ("visited_at", "business_date", "signals"):
            assert after[name] == before[name]


def test_a_visit_in_the_future_stays_so_when_it_is_sent_again_after_a_return(app: Flask) -> None:
    """What lay ahead when it was first told was made up, however long the answer takes."""
    world, audit_id = make_world(app), uuid4()
    audit = world.audit(conducted_at=(datetime.now(UTC) - timedelta(hours=1)).isoformat())
    assert world.put(audit, audit_id).status_code == 201
    with app.app_context():
        told = sa.update(Revision).where(Revision.audit_id == audit_id)
        db.session.execute(told.values(received_at=datetime.now(UTC) - timedelta(days=1)))
        db.session.commit()
    for number, moment, expected in (
        (2, audit["conducted_at"], True),
        (3, VISIT, False),
        (4, audit["conducted_at"], True),
    ):
        tag = world.move(audit_id, "return", note="When was it?").headers["ETag"]
        again = audit | {"conducted_at": moment, "revision": number}
        assert world.put(again, audit_id, headers={"If-Match": tag}).status_code == 201
        assert ("future_visit" in kinds(world, audit_id)) is expected
