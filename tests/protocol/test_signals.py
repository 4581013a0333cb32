"""Store first, always: what is odd about an audit is told to the reviewer and refuses nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.protocol.phone import change_site, detail, returned, revise, send, settle, with_photos
from tests.world import World, jpeg


def signals(world: World, audit_id: UUID) -> dict[str, dict[str, Any]]:
    return {signal["kind"]: signal["values"] for signal in detail(world, audit_id)["signals"]}


def test_an_audit_after_its_window_is_late(world: World) -> None:
    audit_id = send(world, world.audit(conducted_at="2026-04-01T00:00:01+08:00"))
    assert "late" in signals(world, audit_id)


def test_an_audit_before_its_window_is_early(world: World) -> None:
    audit_id = send(world, world.audit(conducted_at="2026-02-28T23:59:59+08:00"))
    assert "early" in signals(world, audit_id)


def test_an_audit_of_a_cancelled_assignment_is_stored_and_flagged(world: World) -> None:
    cancelled = world.call(
        "hq", "POST", f"/assignments/{world.assignment_id}/moves", {"action": "cancel"}
    )
    assert cancelled.status_code == 200
    audit_id = send(world)
    assert "cancelled_assignment" in signals(world, audit_id)
    assignment = world.call("hq", "GET", f"/assignments/{world.assignment_id}").json
    assert assignment["state"] == "cancelled"


@pytest.mark.parametrize("ahead", [timedelta(days=-400), timedelta(hours=3)])
def test_a_skewed_clock_is_told_and_loses_nothing(world: World, ahead: timedelta) -> None:
    now = datetime.now(UTC) + ahead
    audit = world.audit(conducted_at=now.isoformat())
    audit_id = send(world, audit, headers={"Audit-Sent-At": now.isoformat()})
    assert abs(signals(world, audit_id)["clock_skew"]["seconds"] - ahead.total_seconds()) < 60


def test_a_phone_whose_clock_forgot_the_year_is_heard(world: World) -> None:
    audit_id = send(world, world.audit(conducted_at="1970-01-01T00:00:07+08:00"))
    assert detail(world, audit_id)["business_date"] == "1970-01-01"


def test_a_visit_far_away_is_stored_and_flagged_with_its_distance(world: World) -> None:
    place = {"latitude": 31.2446, "longitude": 121.4747, "accuracy": 20}
    audit_id = send(world, world.audit(place=place))
    assert 1100 < signals(world, audit_id)["outside_geofence"]["distance"] < 1125


def test_a_photo_of_another_audit_is_recognised(world: World) -> None:
    photo = jpeg(4)
    ids = [uuid4(), uuid4()]
    for audit_id in ids:
        settle(world, audit_id, with_photos(world, photo), photo)
    assert signals(world, ids[1])["same_photo"]["audits"] == [str(ids[0])]


def test_only_the_office_is_told_of_signals(world: World) -> None:
    audit_id = send(world, world.audit(conducted_at="2026-04-01T00:00:01+08:00"))
    world.move(audit_id, "approve")
    for person in ("auditor", "manager"):
        assert "signals" not in world.call(person, "GET", f"/audits/{audit_id}").json


@pytest.mark.parametrize(
    ("conducted_at", "zone", "expected"),
    [
        ("2026-03-31T23:30:00+08:00", "Asia/Shanghai", "2026-03-31"),
        ("2026-03-31T23:30:00+08:00", "Pacific/Auckland", "2026-04-01"),
        ("2026-04-01T02:00:00+08:00", "America/New_York", "2026-03-31"),
        ("2026-03-31T17:00:00-10:00", "Asia/Shanghai", "2026-04-01"),
    ],
)
def test_the_business_date_is_the_sites_own(
    world: World, conducted_at: str, zone: str, expected: str
) -> None:
    change_site(world, time_zone=zone)
    audit_id = send(world, world.audit(conducted_at=conducted_at))
    assert detail(world, audit_id)["business_date"] == expected


def test_a_site_that_changed_since_it_was_read_is_read_again(world: World) -> None:
    """The process remembers the site's zone from the first audit; the second must not use it."""
    first = send(world, world.audit(conducted_at="2026-03-31T23:30:00+08:00"))
    change_site(world, time_zone="Pacific/Auckland")
    second = send(world, world.audit(conducted_at="2026-03-31T23:30:00+08:00"))
    dates = [detail(world, audit_id)["business_date"] for audit_id in (first, second)]
    assert dates == ["2026-03-31", "2026-04-01"]


def test_a_revision_is_dated_by_the_zone_that_the_site_has_now(world: World) -> None:
    audit_id, tag = returned(world)
    change_site(world, time_zone="Pacific/Auckland")
    when = "2026-03-31T23:30:00+08:00"
    assert revise(world, audit_id, tag, conducted_at=when).status_code == 201
    assert detail(world, audit_id)["business_date"] == "2026-04-01"
