"""Canaries for times: whoever may not know the auditor learns of no moment around a visit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import Activity, Assignment, Audit, Photo, Review, Revision
from tests.access import moments
from tests.access.fetched import everything, follow, links, words
from tests.access.visited import Visited, visit

READERS = ["manager", "machine"]
SENT = {
    name: datetime.fromisoformat(f"2026-03-02T{clock}+08:00")
    for name, clock in {
        "started": "14:03:11",
        "entered": "14:05:38",
        "conducted": "14:37:17",
        "taken": "14:41:42",
    }.items()
}
"""What the phone tells (`visited`)."""
KEPT = {
    name: datetime.fromisoformat(f"2026-{moment}Z")
    for name, moment in {
        "planned": "02-24T03:21:49",
        "visited": "03-02T06:34:53",
        "sent": "03-02T07:43:08",
        "received": "03-02T07:46:36",
        "stored": "03-02T07:53:27",
        "returned": "03-03T09:13:14",
        "decided": "03-03T10:18:27",
    }.items()
}
"""What the server knows, each to a minute of its own."""
WINDOW = date(2027, 2, 13), date(2027, 2, 17)
IN_WINDOW = ("2027-02-1", "Feb 1", "February 1", "2月1")
VALIDATORS = {"ETag", "Last-Modified", "Expires", "Age"}


@pytest.fixture(scope="module")
def visited(shared_app: Flask) -> Visited:
    """The visit with its moments, before another that is planned for next year."""
    visited = visit(shared_app)
    with shared_app.app_context():
        _set_moments(visited.audit_id)
    _date_files(shared_app, KEPT["stored"])
    starts_on, ends_on = WINDOW
    visited.world.plan(starts_on=starts_on, ends_on=ends_on, override="The year after.")
    return visited


def _set_moments(audit_id: UUID) -> None:
    audit = db.session.get_one(Audit, audit_id)
    audit.visited_at, audit.received_at = KEPT["visited"], KEPT["received"]
    audit.state_since = KEPT["decided"]
    of_audit: Mapping[type, tuple[sa.ColumnElement[bool], dict[str, datetime]]] = {
        Revision: (
            Revision.audit_id == audit_id,
            {"received_at": KEPT["received"], "sent_at": KEPT["sent"]},
        ),
        Photo: (Photo.audit_id == audit_id, {"stored_at": KEPT["stored"]}),
        Review: (Review.audit_id == audit_id, {"at": KEPT["decided"]}),
        Activity: (Activity.subject_id == audit_id, {"at": KEPT["returned"]}),
        Assignment: (Assignment.id == audit.assignment_id, {"created_at": KEPT["planned"]}),
    }
    for table, (condition, values) in of_audit.items():
        db.session.execute(sa.update(table).where(condition).values(values))
    db.session.commit()


def _date_files(app: Flask, moment: datetime) -> None:
    """Let the local store's files be of a moment; an S3 server has a clock of its own."""
    for file in Path(app.instance_path).glob("photos/**/*"):
        os.utime(file, (moment.timestamp(),) * 2)


def known_ids(visited: Visited) -> set[UUID]:
    """The ids made by a clock that tell no visit: of places, plans of many visits, checklists."""
    ids = {visited.world.organisation_id}
    for place in visited.places.values():
        ids |= {place.region_id, place.site_id, place.checklist_version_id, place.campaign_id}
    for path in ("/regions", "/sites", "/checklists", "/tokens", "/users"):
        ids |= {UUID(row["id"]) for row in visited.world.call("hq", "GET", path).json}
    with visited.world.app.app_context():
        checklists = sa.text("SELECT checklist_id FROM checklist_versions")
        ids |= {UUID(str(id_)) for (id_,) in db.session.execute(checklists)}
    return ids


def own_exports(response: TestResponse) -> set[UUID]:
    """The ids of the reader's own exports, where an answer is of them."""
    if not (response.is_json and "/exports" in response.request.path):
        return set()
    told = response.json if isinstance(response.json, list) else [response.json]
    return {UUID(each["id"]) for each in told if "file_name" in each}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_nobody_without_the_right_learns_a_moment_of_a_visit(visited: Visited, reader: str) -> None:
    known = known_ids(visited) - {visited.world.users["auditor"]}
    for call, response in everything(visited, reader, ("own",)):
        said = words(response)
        assert moments.found(said, SENT | KEPT) == [], call
        assert [day for day in IN_WINDOW if day in said] == [], call
        assert "Last-Modified" not in response.headers, call
        if "/api/v1/" in call and "openapi" not in call:
            # What one asks for oneself tells when one asked.
            of_request = {UUID(response.headers["X-Request-Id"]), *own_exports(response)}
            assert moments.clock_ids(said) <= known | of_request, call


@pytest.mark.parametrize("reader", READERS)
def test_a_picture_says_nothing_of_when_it_came(visited: Visited, reader: str) -> None:
    world = visited.world
    (photo,) = world.call(reader, "GET", f"/audits/{visited.audit_id}/photos").json
    addresses = list(links(photo))
    assert len(addresses) == 2
    for address in addresses:
        status, headers, data = follow(world, address)
        assert (status, data[:2]) == (200, b"\xff\xd8")
        assert not VALIDATORS & headers.keys()
        assert moments.found(f"{headers}{data.decode('latin-1')}", SENT | KEPT) == []
        for when in (KEPT["stored"] - timedelta(days=1), datetime.now(UTC) + timedelta(days=1)):
            http_date = when.strftime("%a, %d %b %Y %H:%M:%S GMT")
            for condition in ("If-Modified-Since", "If-Unmodified-Since", "If-Range"):
                asked = follow(world, address, **{condition: http_date, "Range": "bytes=0-9"})
                assert asked == (status, headers, data)


def test_the_moments_are_real_for_those_who_may_know(visited: Visited) -> None:
    world, path = visited.world, f"/audits/{visited.audit_id}"
    paths = path, f"{path}/photos", f"{path}/activity", f"{path}/report.pdf"
    said = "".join(words(world.call("hq", "GET", each)) for each in paths)
    told = moments.found(said, SENT | KEPT)
    assert {"entered", "conducted", "taken", "visited", "received", "decided"} <= set(told)
    assert "2027-02-13" in world.call("hq", "GET", "/assignments").get_data(as_text=True)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-02T07:46:36Z",
        "2026-03-02 15:46 +0800",
        "2026-03-02T15:46:36.123456+08:00",
        "at 15:46",
        "07:46:36",
        "D:20260302074636+00'00'",
        "X-Amz-Date=20260302T074636Z",
        "Mon, 02 Mar 2026 07:46:36 GMT",
        "1772437596",
        '"until": 1772437596.5',
        "1772437596000",
        "1772437596000000.00000000000000000000000000000000",
        '"1772437596.25-631-2411"',
        "019cad83-6760-7abc-8def-0123456789ab",
        "019cad8367607abc8def0123456789ab",
    ],
)
def test_a_moment_is_found_in_every_form(written: str) -> None:
    assert moments.found(f"<{written}>", KEPT) == ["received"]
