"""A visit that changed hands while its first auditor was out of reach."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.protocol.phone import detail, lenient_checklist, send, settle, with_photos
from tests.world import World, jpeg, make_world


def reassign(world: World, person: str = "other_auditor") -> TestResponse:
    path = f"/assignments/{world.assignment_id}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    return world.call(
        "hq", "PATCH", path, {"auditor_id": str(world.users[person])}, headers={"If-Match": tag}
    )


def assignment(world: World) -> dict[str, Any]:
    return dict(world.call("hq", "GET", f"/assignments/{world.assignment_id}").json)


def test_the_first_auditors_report_is_stored_and_flagged(world: World) -> None:
    assert reassign(world).status_code == 200
    audit_id = send(world)
    kinds = [signal["kind"] for signal in detail(world, audit_id)["signals"]]
    assert "reassigned_visit" in kinds
    assert assignment(world)["state"] == "assigned"


def test_the_second_auditors_report_is_as_any_other(world: World) -> None:
    assert reassign(world).status_code == 200
    audit = world.audit()
    path = "/audits/7b0f7b0a-6f0c-4c44-9f6a-0f6d6a6b1c01"
    assert world.call("other_auditor", "PUT", path, audit).status_code == 201
    assert assignment(world)["state"] == "submitted"


def test_an_auditor_who_never_had_the_visit_is_refused(world: World) -> None:
    path = "/audits/7b0f7b0a-6f0c-4c44-9f6a-0f6d6a6b1c02"
    answer = world.call("other_auditor", "PUT", path, world.audit())
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/assignment_id"]


def test_a_visit_is_not_reassigned_once_its_report_has_come(world: World) -> None:
    send(world)
    answer = reassign(world)
    assert answer.status_code == 409
    assert answer.json["type"].endswith("/move-not-allowed")


@pytest.mark.parametrize("photos", [(), (jpeg(9),)], ids=["plain", "photographed"])
def test_an_audit_approved_as_it_arrives_closes_its_visit(
    app: Flask, photos: tuple[bytes, ...]
) -> None:
    world = make_world(app, review="none", checklist=lenient_checklist())
    if photos:
        audit_id = uuid4()
        settle(world, audit_id, with_photos(world, *photos), *photos)
        assert world.photo_states(audit_id) == {"ready"}
    else:
        send(world)
    assert assignment(world)["state"] == "closed"
