"""Every answer that is given is documented: status, content type, headers, body."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit_api.database import db
from audit_api.models import Job, User
from audit_api.services.people import passwords
from tests import patience
from tests.access.places import lay_out
from tests.access.requests import ask
from tests.access.table import PEOPLE, PLACES, rows
from tests.openapi.recording import Member, Recording
from tests.world import World, declared, jpeg, small_checklist, upload

NEVER_LACKING: set[Member] = {("Section", "questions")}
"""Members that need not be there, and are in every answer here: no section has sections in it."""


@pytest.mark.slow
def test_every_answer_to_everybody_is_documented(world: World) -> None:
    recording = Recording(world.app)
    places = lay_out(world)
    for row in rows():
        for who in PEOPLE:
            for place in PLACES:
                ask(world, who, row, places[place], places)
    logins(world)
    main_job(world)
    revisions_and_batches(world)
    headquarters(world)
    exports(world)
    conditional(world)
    assert "\n".join(recording.untold) == ""
    always_there = recording.had - recording.lacked
    assert always_there <= NEVER_LACKING, sorted(always_there)
    successes = {
        (operation["operationId"], int(status))
        for operations in recording.spec["paths"].values()
        for method, operation in operations.items()
        if method != "parameters"
        for status in operation["responses"]
        if status[0] in "23"
    }
    assert successes <= recording.seen


def logins(world: World) -> None:
    with world.app.app_context():
        user = db.session.get_one(User, world.users["other_auditor"])
        user.password_hash, email = passwords.hash_password("correct horse"), user.email
        db.session.commit()
    sent = {"email": email, "password": "correct horse"}
    tokens = world.call(None, "POST", "/login", sent).json
    world.call(None, "POST", "/login/refresh", {"refresh_token": tokens["refresh_token"]})
    for number in range(7):
        world.call(None, "POST", "/login", sent | {"password": f"guess {number}"})
    world.call(None, "GET", "/problems/stale")


def main_job(world: World) -> None:
    photo, audit_id = jpeg(3), uuid4()
    audit = planned(world) | {"photos": [declared(photo, "clean")]}
    upload(world.client, world.put(audit, audit_id).json["uploads"][0], photo)
    world.put(audit, audit_id)
    world.app.extensions["audit_worker"].work_off()
    version = world.call("reviewer", "GET", f"/audits/{audit_id}").json["version"]
    approved = {"audits": [{"id": str(audit_id), "version": version}]}
    world.call("reviewer", "POST", "/audits/approvals", approved)
    world.call("hq", "GET", f"/audits/{audit_id}")
    world.call("reviewer", "GET", f"/audits/{audit_id}/photos")
    world.call("manager", "GET", f"/audits/{audit_id}/report.pdf?lang=zh")
    for month in ("2026-03", "2026-04", "2020-01"):
        world.call("manager", "GET", f"/sites/{world.site_id}/scorecard?period={month}")
        for path in (
            "/organisation/scorecard",
            f"/campaigns/{world.campaign_id}/scorecard",
            "/organisation/scorecard.pdf",
            f"/regions/{world.region_id}/scorecard.pdf",
            f"/sites/{world.site_id}/scorecard.pdf",
            "/organisation/competitors.pdf",
            f"/regions/{world.region_id}/competitors.pdf",
            *(f"/scorecards/{each}" for each in ("sites", "movers", "questions")),
        ):
            world.call("hq", "GET", f"{path}?period={month}")
    world.call("hq", "GET", f"/campaigns/{world.campaign_id}/scorecard.pdf")
    world.call("hq", "GET", "/audits?limit=1")


def exports(world: World) -> None:
    asked = {"language": "both", "filter": {"period": "2026-Q1"}}
    export = world.call("hq", "POST", "/exports/audit-reports", asked).json
    rows = {"data_set": "audits", "format": "csv", "filter": {"period": "2026-Q1"}}
    world.call("hq", "POST", "/exports/data-sets", rows)
    path = f"/exports/{export['id']}"
    world.call("hq", "POST", f"{path}/links")
    world.call("hq", "POST", f"{path}/retry")
    # The process beside the application may be at it, too.
    end = time.monotonic() + patience.SECONDS
    while world.call("hq", "GET", path).json["state"] != "done" and time.monotonic() < end:
        world.app.extensions["audit_worker"].work_off()
    world.call("hq", "GET", "/exports?limit=1")
    world.call("hq", "POST", f"{path}/links")
    world.call("hq", "DELETE", f"{path}/links")
    world.call("hq", "POST", f"{path}/cancel")
    with world.app.app_context():
        db.session.get_one(Job, UUID(export["id"])).state = "failed"
        db.session.commit()
    world.call("hq", "POST", f"{path}/retry")
    world.call("hq", "POST", f"{path}/cancel")


def revisions_and_batches(world: World) -> None:
    audit_id = uuid4()
    audit = planned(world)
    world.put(audit, audit_id)
    world.put(audit | {"conducted_at": "2026-03-03T09:00:00+08:00"}, audit_id)
    world.move(audit_id, "return", note="Why?", notes={"clean": "Look again"})
    tag = world.call("auditor", "GET", "/sync").json["assignments"][-1]["returned"][0]["etag"]
    second = audit | {"revision": 2}
    world.put(second, audit_id)
    world.put(second | {"revision": 7}, audit_id, headers={"If-Match": tag})
    world.put(second, audit_id, headers={"If-Match": tag})
    lost = second | {"conducted_at": "2026-03-03T09:00:00+08:00"}
    assert world.put(lost, audit_id, headers={"If-Match": tag}).status_code == 412
    world.call("hq", "GET", f"/audits/{audit_id}/revisions")
    batch = [{"id": str(uuid4()), "audit": planned(world)}, {"id": "nonsense", "audit": {}}]
    answered = world.call("auditor", "POST", "/audits/batch", {"audits": batch}).json["results"]
    assert [result["status"] for result in answered] == [201, 422]


def headquarters(world: World) -> None:
    drafted = world.call("hq", "POST", "/checklists", {"document": small_checklist(key="new")})
    path, tag = drafted.headers["Location"].removeprefix("/api/v1"), drafted.headers["ETag"]
    sent = {"document": small_checklist(key="new")}
    tag = world.call("hq", "PUT", path, sent, headers={"If-Match": tag}).headers["ETag"]
    for _ in range(2):
        world.call("hq", "POST", f"{path}/moves", {"action": "publish"}, headers={"If-Match": tag})
    drafted = world.call("hq", "POST", f"{path}/drafts")
    path, tag = drafted.headers["Location"].removeprefix("/api/v1"), drafted.headers["ETag"]
    world.call("hq", "DELETE", path, headers={"If-Match": tag})
    offered = world.plan(offer=True)
    world.call("auditor", "POST", f"/assignments/{offered}/moves", {"action": "accept"})
    auditor = world.call("hq", "GET", f"/users/{world.users['auditor']}").json["email"]
    files = {
        "visits": "campaign,site_code,auditor_email,repeat\n"
        f"{world.campaign_id},SH-001,{auditor},TRUE\n",
        "regions": "code,name,parent_code\nn,North,\n",
        "sites": "code,name,region_code,time_zone\ns,Site,east,Asia/Shanghai\n",
        "users": "email,name,role\nimported@tea.example,New,auditor\n",
    }
    for noun, file in files.items():
        answer = world.client.post(
            f"/api/v1/imports/{noun}",
            data=file,
            content_type="text/csv",
            headers={"Authorization": f"Bearer {world.tokens['hq']}"},
        )
        assert answer.status_code == 200, answer.data
    world.client.put(
        "/api/v1/organisation/logo",
        data=jpeg(),
        content_type="image/jpeg",
        headers={"Authorization": f"Bearer {world.tokens['hq']}"},
    )
    world.call("hq", "GET", "/organisation/logo")
    for tag in ({}, {"If-Match": '"77"'}):
        world.call("hq", "PATCH", f"/sites/{world.site_id}", {"name": "New"}, headers=tag)
    key = {"Idempotency-Key": "once"}
    for name in ("A", "A", "B"):
        world.call("hq", "POST", "/regions", {"code": "a", "name": name}, headers=key)
    empty = world.call("hq", "POST", "/regions", {"code": "empty", "name": "Empty"})
    path, tag = empty.headers["Location"].removeprefix("/api/v1"), empty.headers["ETag"]
    world.call("hq", "DELETE", path, headers={"If-Match": tag})


def conditional(world: World) -> None:
    for path in ("/sync", f"/checklist-versions/{world.digest}"):
        tag = world.call("auditor", "GET", path).headers["ETag"]
        held = world.call("auditor", "GET", path, headers={"If-None-Match": f"W/{tag}"})
        assert (held.status_code, held.data) == (304, b"")


def planned(world: World) -> dict[str, Any]:
    return world.audit() | {"assignment_id": str(world.plan())}
