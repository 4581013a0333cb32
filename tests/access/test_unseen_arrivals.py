"""Nothing of what happens before an audit counts changes anything that a site can fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.access.fetched import everything, words
from tests.access.places import lay_out
from tests.access.visited import Visited, machine
from tests.world import World, declared, jpeg, make_world, upload

READERS = ("manager", "machine")
DUE = date(2026, 3, 31)
_OF_THE_REQUEST = re.compile(
    r"X-Request-Id: \w+|\"request_id\":\"\w+\"|/storage/copies/[\w.-]+|/ID .*"
    r"|Date: [^\n]*|\d{4}-\d\d-\d\d \d\d:\d\d \(UTC[+-]\d\d:\d\d\)|\"until\":[\d.]+"
)


@pytest.fixture
def visited(app: Flask) -> Visited:
    """A world with a visit that was due in March."""
    world = make_world(app)
    places = lay_out(world)
    world.tokens["machine"] = machine(world)
    return Visited(world, places, places["own"].audit_id)


def seen(visited: Visited) -> dict[str, str]:
    """Return all that those who may not know can fetch of their own, by reader and call."""
    return {
        f"{reader}: {call}": _OF_THE_REQUEST.sub("", said.rpartition("%%EOF")[2])
        for reader in READERS
        for call, said in _fetched(visited, reader)
    }


def _fetched(visited: Visited, reader: str) -> Iterator[tuple[str, str]]:
    for call, response in everything(visited, reader, ("own",), of="GET /api/v1/"):
        yield call, words(response)
    world = visited.world
    cards = (
        f"/sites/{world.site_id}/scorecard",
        f"/regions/{world.region_id}/scorecard",
        f"/regions/{world.region_id}/scorecard.pdf",
        "/organisation/scorecard",
        f"/campaigns/{world.campaign_id}/scorecard",
    )
    this_month = f"{datetime.now(UTC):%Y-%m}"
    for path in cards:
        for period in ("2026-Q1", this_month, f"P36M/{this_month}"):
            answer = world.call(reader, "GET", path, query_string={"period": period})
            yield f"{path} {period}", words(answer)


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    assert before.keys() == after.keys()
    return [call for call in before if before[call] != after[call]]


def sent(world: World, visit: UUID, photo: bytes, **more: Any) -> dict[str, Any]:
    """An audit of a visit that was made an hour ago, long after it was due."""
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    audit = {"assignment_id": str(visit), "conducted_at": an_hour_ago, **more}
    return world.audit(photos=[declared(photo, "clean")], **audit)


def bring(world: World, audit_id: UUID, audit: dict[str, Any], photo: bytes, **more: Any) -> None:
    """Put an audit with its photo, as a phone does, until the receipt is complete."""
    for ticket in world.put(audit, audit_id, **more).json["uploads"]:
        assert upload(world.client, ticket, photo) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"]
    assert world.photo_states(audit_id) == {"ready"}


@pytest.mark.slow
def test_a_visit_is_told_once_it_counts_and_not_a_step_before(visited: Visited) -> None:
    world, audit_id, photo = visited.world, uuid4(), jpeg(7)
    visit = world.plan(ends_on=DUE)
    before = seen(visited)

    world.plan(ends_on=date(2027, 2, 17), override="Next year.")
    moved = world.call("auditor", "POST", f"/assignments/{visit}/moves", {"action": "start"})
    assert moved.status_code == 200
    audit = sent(world, visit, photo)
    assert world.put(audit, audit_id).status_code == 201
    assert differing(before, seen(visited)) == []
    bring(world, audit_id, audit, photo)
    assert world.move(audit_id, "open").status_code == 200
    assert world.move(audit_id, "return", note="Leave out the name").status_code == 200
    tag = world.call("hq", "GET", f"/audits/{audit_id}").headers["ETag"]
    audit = sent(world, visit, photo, revision=2)
    bring(world, audit_id, audit, photo, headers={"If-Match": tag})
    assert differing(before, seen(visited)) == []
    assert world.move(audit_id, "approve").status_code == 200
    changed = differing(before, seen(visited))
    for reader in READERS:
        assert f"{reader}: GET /api/v1/audits (own)" in changed
        assert f"{reader}: /sites/{world.site_id}/scorecard 2026-Q1" in changed


@pytest.mark.slow
def test_a_photo_that_comes_after_the_approval_is_not_told(visited: Visited) -> None:
    world, audit_id, photo = visited.world, uuid4(), jpeg(8)
    audit = sent(world, world.plan(ends_on=DUE), photo)
    (ticket,) = world.put(audit, audit_id).json["uploads"]
    assert world.move(audit_id, "waive").status_code == 200
    assert world.move(audit_id, "approve").status_code == 200
    own = visited.places["own"]
    there = Visited(world, visited.places | {"own": replace(own, audit_id=audit_id)}, audit_id)
    before = seen(there)
    assert upload(world.client, ticket, photo) == 200
    assert world.call("auditor", "POST", f"/audits/{audit_id}/uploads").status_code == 200
    assert world.photo_states(audit_id) == {"ready"}
    assert differing(before, seen(there)) == []
    (shown,) = world.call("hq", "GET", f"/audits/{audit_id}/photos").json
    assert shown["display_url"] is not None
