"""What speaks against an audit keeps it from being approved unseen, and says why; nothing of it is
lost, and a reviewer decides."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.protocol.phone import (
    NOT_SEEN,
    counted,
    detail,
    kinds,
    lenient_checklist,
    push,
    settle,
    state,
    with_photos,
)
from tests.protocol.test_reassigned import reassign
from tests.world import World, jpeg, make_world

FAR = {"latitude": 31.2446, "longitude": 121.4747, "accuracy": 20}


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none", checklist=lenient_checklist())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"started_at": "2026-03-02T14:30:01+08:00"}, "reversed_times"),
        ({"started_at": "2026-03-02T14:29:50+08:00"}, "too_fast"),
        ({"device": {"mock_location": True}}, "mock_location"),
        ({"place": FAR}, "outside_geofence"),
        ({"answers": NOT_SEEN}, "few_answers"),
        ({"conducted_at": "1970-01-01T00:00:07+08:00"}, "early"),
        ({"conducted_at": "2026-04-01T00:00:01+08:00"}, "late"),
    ],
)
@pytest.mark.parametrize("batch", [False, True], ids=["alone", "batch"])
def test_what_holds_an_audit_is_told_with_its_reason(
    unreviewed: World, more: dict[str, Any], expected: str, batch: bool
) -> None:
    audit_id, audit = uuid4(), unreviewed.audit() | more
    if batch:
        (result,) = push(unreviewed, {"id": str(audit_id), "audit": audit})
        assert result["answer"]["receipt"]["state"] == "submitted"
    else:
        assert state(unreviewed.put(audit, audit_id)) == "submitted"
    told = {signal["kind"]: signal for signal in detail(unreviewed, audit_id)["signals"]}
    assert told.keys() - {"sent_late"} == {expected}
    assert told[expected]["holds"] is True
    assert told[expected]["reason"]["en"].startswith("Holds the audit: ")
    assert told[expected]["text"]["zh"]
    assert counted(unreviewed, detail(unreviewed, audit_id)["business_date"][:7]) == 0


def test_a_visit_made_in_time_and_sent_late_is_told_so_and_counts(unreviewed: World) -> None:
    audit_id = uuid4()
    assert state(unreviewed.put(unreviewed.audit(), audit_id)) == "approved"
    (signal,) = detail(unreviewed, audit_id)["signals"]
    assert (signal["kind"], signal["holds"]) == ("sent_late", False)
    assert signal["values"] == {
        "ends_on": "2026-03-31",
        "visited_on": "2026-03-02",
        "received_on": signal["values"]["received_on"],
    }
    assert counted(unreviewed) == 1


@pytest.mark.parametrize(
    ("action", "person", "expected"),
    [
        ("cancel", "hq", "cancelled_assignment"),
        ("decline", "auditor", "declined_assignment"),
    ],
)
def test_a_visit_that_nobody_waits_for_is_held(
    unreviewed: World, action: str, person: str, expected: str
) -> None:
    assignment_id, audit_id = unreviewed.plan(offer=True), uuid4()
    path = f"/assignments/{assignment_id}/moves"
    assert unreviewed.call(person, "POST", path, {"action": action}).status_code == 200
    audit = unreviewed.audit(assignment_id=str(assignment_id))
    assert state(unreviewed.put(audit, audit_id)) == "submitted"
    assert expected in kinds(unreviewed, audit_id)
    assert counted(unreviewed) == 0


@pytest.mark.parametrize("first", ["auditor", "other_auditor"])
def test_of_a_visit_that_changed_hands_and_was_sent_by_both_one_counts_at_most(
    unreviewed: World, first: str
) -> None:
    assert reassign(unreviewed).status_code == 200
    second = {"auditor": "other_auditor", "other_auditor": "auditor"}[first]
    told = {}
    for person in (first, second):
        audit_id = uuid4()
        answer = unreviewed.call(person, "PUT", f"/audits/{audit_id}", unreviewed.audit())
        told[person] = state(answer), kinds(unreviewed, audit_id) - {"sent_late"}
    assert told["auditor"][0] == "submitted"
    assert "reassigned_visit" in told["auditor"][1]
    assert told[second] == ("submitted", told[second][1])
    assert "duplicate_visit" in told[second][1]
    assert counted(unreviewed) == (1 if first == "other_auditor" else 0)


def test_a_second_report_of_one_visit_is_held_and_the_first_stays(unreviewed: World) -> None:
    ids = [uuid4() for _ in range(2)]
    states = [state(unreviewed.put(unreviewed.audit(), audit_id)) for audit_id in ids]
    assert states == ["approved", "submitted"]
    assert "duplicate_visit" not in kinds(unreviewed, ids[0])
    assert "duplicate_visit" in kinds(unreviewed, ids[1])
    assert counted(unreviewed) == 1


def test_of_two_reports_of_one_visit_in_one_batch_the_first_counts(unreviewed: World) -> None:
    items = [{"id": str(uuid4()), "audit": unreviewed.audit()} for _ in range(3)]
    for _ in range(2):
        results = push(unreviewed, *items)
        states = [result["answer"]["receipt"]["state"] for result in results]
        assert states == ["approved", "submitted", "submitted"]
    assert "duplicate_visit" in kinds(unreviewed, items[2]["id"])
    assert counted(unreviewed) == 1


def test_a_photo_of_another_audit_holds_the_one_that_came_second(unreviewed: World) -> None:
    photo, ids = jpeg(31), [uuid4(), uuid4()]
    for audit_id in ids:
        audit = with_photos(unreviewed, photo) | {"assignment_id": str(unreviewed.plan())}
        settle(unreviewed, audit_id, audit, photo)
        assert unreviewed.photo_states(audit_id) == {"ready"}
    found = [detail(unreviewed, audit_id) for audit_id in ids]
    assert [each["state"] for each in found] == ["approved", "submitted"]
    told = {signal["kind"]: signal["values"] for signal in found[1]["signals"]}
    assert told["same_photo"] == {"audits": [str(ids[0])]}
    assert "same_photo" not in kinds(unreviewed, ids[0])
    assert counted(unreviewed) == 1


def test_a_photo_that_cannot_be_read_holds_its_audit(unreviewed: World) -> None:
    audit_id, photos = uuid4(), (jpeg(33), b"no picture at all")
    audit = with_photos(unreviewed, *photos)
    settle(unreviewed, audit_id, audit, *photos)
    assert unreviewed.photo_states(audit_id) == {"ready", "unreadable"}
    assert detail(unreviewed, audit_id)["state"] == "submitted"
    told = {s["kind"]: s["values"] for s in detail(unreviewed, audit_id)["signals"]}
    assert told["unreadable_photo"] == {"photos": [audit["photos"][1]["id"]]}
    assert counted(unreviewed) == 0
    assert unreviewed.move(audit_id, "approve").status_code == 200
    assert counted(unreviewed) == 1


def test_signals_are_those_of_the_receipt_and_stay(unreviewed: World) -> None:
    """What held an audit back is readable for ever, whatever becomes of the site and the plan."""
    audit_id = uuid4()
    unreviewed.put(unreviewed.audit(place=FAR, device={"mock_location": True}), audit_id)
    before = detail(unreviewed, audit_id)["signals"]
    path = f"/sites/{unreviewed.site_id}"
    headers = {"If-Match": unreviewed.call("hq", "GET", path).headers["ETag"]}
    moved = {"latitude": FAR["latitude"], "longitude": FAR["longitude"]}
    assert unreviewed.call("hq", "PATCH", path, moved, headers=headers).status_code == 200
    assert detail(unreviewed, audit_id)["signals"] == before


def test_a_revision_replaces_what_the_visit_told_and_keeps_how_it_came(unreviewed: World) -> None:
    unreviewed.put(unreviewed.audit())
    audit_id = uuid4()
    unreviewed.put(unreviewed.audit(NOT_SEEN, place=FAR), audit_id)
    assert kinds(unreviewed, audit_id) == {
        *("outside_geofence", "few_answers"),
        *("sent_late", "duplicate_visit"),
    }
    tag = unreviewed.move(audit_id, "return", note="Where were you?").headers["ETag"]
    late = unreviewed.audit(revision=2, conducted_at="2026-04-02T09:00:00+08:00")
    assert unreviewed.put(late, audit_id, headers={"If-Match": tag}).status_code == 201
    assert kinds(unreviewed, audit_id) == {"late", "duplicate_visit"}


def test_a_manager_sees_no_signal_of_an_approved_audit(unreviewed: World) -> None:
    audit_id = uuid4()
    unreviewed.put(unreviewed.audit(), audit_id)
    told = unreviewed.call("manager", "GET", f"/audits/{audit_id}").json
    assert not {"signals", "conducted_at", "visited_at", "received_at"} & told.keys()
