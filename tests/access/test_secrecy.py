"""Canaries: no site learns who visited it, no auditor who reviewed; in anything that they fetch."""

from __future__ import annotations

import io
import json
from uuid import UUID, uuid4

import pytest
from flask import Flask
from PIL import Image

from tests.access.fetched import everything, follow, links, words
from tests.access.visited import TRACES, Visited, visit
from tests.world import World


@pytest.fixture(scope="module")
def visited(shared_app: Flask) -> Visited:
    return visit(shared_app)


def identity(world: World, person: str) -> tuple[str, ...]:
    """Return everything by which a person could be known."""
    me = world.call(person, "GET", "/me").json
    user_id = UUID(me["id"])
    return me["name"], me["email"], me["id"], user_id.hex, str(user_id.int)


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["manager", "machine"])
def test_nobody_without_the_right_fetches_what_leads_to_the_auditor(
    visited: Visited, reader: str
) -> None:
    world = visited.world
    canaries = (*TRACES, *identity(world, "auditor"), *identity(world, "other_auditor"))
    seen = 0
    for call, response in everything(visited, reader):
        said = words(response)
        assert [canary for canary in canaries if canary in said] == [], call
        seen += response.status_code == 200
    assert seen > 20
    detail = world.call(reader, "GET", f"/audits/{visited.audit_id}").json
    assert detail["answers"]["clean"] == {"value": "yes"}
    assert detail["answers"]["where"] == detail["answers"]["entered"] == {}
    assert detail["answers"]["receipt_number"] == {"comment": "Torn off"}
    report = words(world.call(reader, "GET", f"/audits/{visited.audit_id}/report.pdf?lang=en"))
    assert [said for said in ("Place", "Time", "Code") if f"{said} recorded" not in report] == []
    assert not detail.keys() & {"auditor_id", "assignment_id", "conducted_at", "signals", "reviews"}


def test_the_canaries_are_real_for_those_who_may_know(visited: Visited) -> None:
    told = json.dumps(visited.world.call("hq", "GET", f"/audits/{visited.audit_id}").json)
    for canary in (
        str(visited.world.users["auditor"]),
        "06:37:17",
        "31.23773",
        "14:05:38",
        "CANARY-0042",
    ):
        assert canary in told
    photos = json.dumps(visited.world.call("hq", "GET", f"/audits/{visited.audit_id}/photos").json)
    assert "06:41:42" in photos


def test_photos_that_a_manager_sees_hold_nothing_but_the_picture(visited: Visited) -> None:
    world = visited.world
    (photo,) = world.call("manager", "GET", f"/audits/{visited.audit_id}/photos").json
    assert photo["taken_at"] is None
    for link in links(photo):
        _, headers, data = follow(world, link)
        image = Image.open(io.BytesIO(data))
        assert image.format == "JPEG"
        assert dict(image.getexif()) == {}
        assert not image.info.keys() & {"exif", "xmp", "comment", "photoshop"}
        for canary in TRACES:
            assert canary.encode() not in data
            assert canary not in str(headers)


@pytest.mark.slow
@pytest.mark.parametrize("person", ["auditor", "other_auditor"])
def test_an_auditor_fetches_nothing_that_leads_to_the_reviewer(
    visited: Visited, person: str
) -> None:
    world = visited.world
    returned = uuid4()
    sent = world.audit() | {"assignment_id": str(world.plan())}
    assert world.put(sent, returned).status_code == 201
    assert world.move(returned, "return", note="Look at the receipt again").status_code == 200
    canaries = (*identity(world, "reviewer"), *identity(world, "hq"))
    for call, response in everything(visited, person):
        said = words(response)
        assert [canary for canary in canaries if canary in said] == [], call
    pulled = world.call("auditor", "GET", "/sync").get_data(as_text=True)
    assert "Look at the receipt again" in pulled
