"""What is wrong is told whole, by place; nothing is refused that a phone cannot mend."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from audit_api.database import db
from audit_api.models import ChecklistVersion
from audit_api.services.checklists import versions
from tests.protocol.phone import detail, kind, lenient_checklist, pointers, push, send
from tests.world import ALL_YES, World, declared, jpeg, make_world

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="session")
def lenient_foreign(foreign: World) -> World:
    """Another organisation with a checklist that only it has published."""
    return make_world(foreign.app, checklist=lenient_checklist())


@pytest.mark.parametrize(
    ("member", "attribute", "missing"),
    [
        ("assignment_id", "assignment_id", NOBODY),
        ("site_id", "site_id", NOBODY),
        ("checklist", "digest", "b" * 64),
    ],
)
def test_a_reference_into_another_organisation_is_like_a_missing_one(
    world: World, lenient_foreign: World, member: str, attribute: str, missing: str
) -> None:
    theirs = str(getattr(lenient_foreign, attribute))
    answers = [world.put(world.audit(**{member: value})) for value in (theirs, missing)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json["errors"] == answers[1].json["errors"]
    assert pointers(answers[0]) == {f"/{member}"}


def test_the_assignment_of_another_auditor_is_like_a_missing_one(world: World) -> None:
    theirs = world.plan(auditor_id=world.users["other_auditor"])
    refused = world.put(world.audit(assignment_id=str(theirs)))
    assert (refused.status_code, pointers(refused)) == (422, {"/assignment_id"})


def test_a_site_that_is_not_the_assignments_is_named_with_the_right_one(world: World) -> None:
    body = {
        "code": "SH-002",
        "name": "Elsewhere",
        "region_id": str(world.region_id),
        "time_zone": "Asia/Shanghai",
    }
    other = world.call("hq", "POST", "/sites", body).json["id"]
    refused = world.put(world.audit(site_id=other))
    assert (refused.status_code, pointers(refused)) == (422, {"/site_id"})
    assert str(world.site_id) in refused.json["errors"][0]["detail"]


def test_every_fault_is_told_at_once_whatever_reads_it(world: World) -> None:
    twice = declared(jpeg(1), "clean")
    audit = world.audit(
        ALL_YES | {"clean": {"value": "perhaps"}, "smell": {"value": "yes"}},
        assignment_id=NOBODY,
        revision=0,
        colour="red",
        conducted_at="yesterday",
        photos=[twice, declared(jpeg(2), "ceiling"), twice],
    )
    refused = world.put(audit)
    assert refused.status_code == 422
    assert pointers(refused) == {
        "/revision",
        "/colour",
        "/conducted_at",
        "/assignment_id",
        "/photos/1/question",
        "/photos/2/id",
        "/answers/clean/value",
        "/answers/smell",
    }


def test_faults_of_the_manifests_form_are_told_with_those_of_the_answers(world: World) -> None:
    photo = declared(jpeg(1), "clean")
    audit = world.audit(
        {"greeted": {"value": "yes"}},
        photos=[None, photo | {"sha256": "x"}, photo | {"size": "9"}, 7],
    )
    refused = world.put(audit)
    assert refused.status_code == 422
    found = pointers(refused)
    assert {"/photos/0", "/photos/1/sha256", "/photos/2/size", "/photos/3"} <= found
    assert {"/answers/clean", "/answers/receipt", "/answers/honest"} <= found


@pytest.mark.parametrize("body", [[], 7, "audit", None, {}])
def test_a_body_that_is_no_audit_is_refused_by_place(world: World, body: Any) -> None:
    refused = (
        world.put(body)
        if body is not None
        else world.call(
            "auditor", "PUT", f"/audits/{uuid4()}", data="null", content_type="application/json"
        )
    )
    assert refused.status_code == 422
    assert pointers(refused) & {"", "/answers"}


def test_nothing_is_stored_of_what_was_refused(world: World) -> None:
    audit_id = uuid4()
    wrong = world.audit(photos=[declared(jpeg(1), "ceiling")])
    assert world.put(wrong, audit_id).status_code == 422
    assert world.call("hq", "GET", "/audits").json == []
    assert world.put(world.audit(), audit_id).status_code == 201


def test_an_old_and_a_retired_checklist_version_are_accepted_for_ever(world: World) -> None:
    with world.app.app_context():
        now = datetime.now(UTC)
        later = versions.draft(lenient_checklist(), by=world.hq, now=now)
        versions.publish(later, by=world.hq, now=now)
        old = db.session.get_one(ChecklistVersion, world.version_id)
        versions.retire(old, by=world.hq, now=now)
        db.session.commit()
    audit_id = send(world)
    assert detail(world, audit_id)["checklist_version_id"] == str(world.version_id)


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59+00:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_a_time_that_no_database_and_no_zone_can_hold_is_a_fault_of_its_own(
    world: World, moment: str
) -> None:
    photo = declared(jpeg(1), "clean", taken_at=moment)
    refused = world.put(world.audit(conducted_at=moment, started_at=moment, photos=[photo]))
    assert refused.status_code == 422
    assert pointers(refused) == {"/conducted_at", "/started_at", "/photos/0/taken_at"}
    assert "1900-01-01" in refused.json["errors"][0]["detail"]
    header = world.put(world.audit(), headers={"Audit-Sent-At": moment})
    assert (header.status_code, pointers(header)) == (422, {"?headers/Audit-Sent-At"})


@pytest.mark.parametrize("sent", ["now", "2026-03-02T14:30:00", "2026-03-02"])
def test_a_sending_time_without_offset_is_refused(world: World, sent: str) -> None:
    refused = world.put(world.audit(), headers={"Audit-Sent-At": sent})
    assert (refused.status_code, pointers(refused)) == (422, {"?headers/Audit-Sent-At"})


def test_a_later_revision_of_nothing_comes_too_early(world: World) -> None:
    refused = world.put(world.audit(revision=2), headers={"If-Match": '"1"'})
    assert (refused.status_code, kind(refused)) == (409, "revision-unexpected")


def test_forty_photos_are_taken_and_forty_one_are_not(world: World) -> None:
    photos = [declared(jpeg(1), "clean") for _ in range(41)]
    refused = world.put(world.audit(photos=photos))
    assert (refused.status_code, pointers(refused)) == (422, {"/photos"})
    taken = world.put(world.audit(photos=photos[:40]))
    assert (taken.status_code, len(taken.json["uploads"])) == (201, 40)


def test_a_batch_has_between_one_and_a_hundred_audits(world: World) -> None:
    items = [{"id": str(uuid4()), "audit": world.audit()} for _ in range(101)]
    for sent in (items, []):
        refused = world.call("auditor", "POST", "/audits/batch", {"audits": sent})
        assert (refused.status_code, pointers(refused)) == (422, {"/audits"})
    assert [result["status"] for result in push(world, *items[:100])] == [201] * 100
