"""A queue to read: audits of two regions, two campaigns and two auditors, in many states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask

from audit_api.database import db
from audit_api.services.sites import regions, sites
from audit_api.services.visits import campaigns
from tests.protocol.phone import NOT_SEEN, OTHER_ANSWERS, lenient_checklist
from tests.world import ALL_YES, NOW, World, make_world

NOTHING = {key: {"not_observed": True} for key in ALL_YES}
TWO_NO = OTHER_ANSWERS | {"receipt": {"value": "no"}}
FAR = {"latitude": 31.3, "longitude": 121.6, "accuracy": 10.0}


@dataclass(frozen=True)
class Queue:
    """A world with audits in many states; `names` by id, in the order in which they came."""

    world: World
    names: dict[str, str]
    west_id: UUID
    west_site_id: UUID
    campaign_id: UUID

    def rows(self, person: str = "reviewer", **query: Any) -> list[dict[str, Any]]:
        answer = self.world.call(person, "GET", "/audits", query_string=query)
        assert answer.status_code == 200, answer.json
        return list(answer.json)

    def told(self, person: str = "reviewer", **query: Any) -> list[str]:
        return [self.names[row["id"]] for row in self.rows(person, **query)]

    def walk(self, person: str = "reviewer", **query: Any) -> Iterator[list[str]]:
        """Yield the pages, as their links lead."""
        path = f"/audits?{urlencode(query)}"
        while path:
            answer = self.world.call(person, "GET", path)
            assert answer.status_code == 200, answer.json
            yield [self.names[row["id"]] for row in answer.json]
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("</api/v1")

    def row(self, name: str, person: str = "reviewer") -> dict[str, Any]:
        return next(row for row in self.rows(person) if self.names[row["id"]] == name)


def make_queue(app: Flask) -> Queue:
    """Send audits, and decide some of them."""
    world = make_world(app, checklist=lenient_checklist())
    with app.app_context():
        west = regions.add(by=world.hq, now=NOW, code="west", name="West", parent_id=None)
        below = regions.add(by=world.hq, now=NOW, code="cd", name="Chengdu", parent_id=west.id)
        site = sites.add(
            by=world.hq,
            now=NOW,
            code="CD-001",
            name="Chengdu Road",
            region_id=below.id,
            time_zone="Asia/Shanghai",
        )
        other = campaigns.add(
            by=world.hq,
            now=NOW,
            name="Other",
            checklist_version_id=world.version_id,
            review="always",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 4, 30),
        )
        west_id, site_id, campaign_id = west.id, site.id, other.id
        db.session.commit()
    names: dict[str, str] = {}

    def send(name: str, answers: Any, person: str = "auditor", **more: Any) -> str:
        at = more.pop("site_id", world.site_id)
        visit = {"site_id": at, "auditor_id": world.users[person]}
        planned = world.plan(**visit | more.pop("visit", {}))
        audit_id = str(uuid4())
        sent = world.audit(answers, assignment_id=str(planned), site_id=str(at), **more)
        assert world.call(person, "PUT", f"/audits/{audit_id}", sent).status_code == 201
        names[audit_id] = name
        return audit_id

    send("whole", ALL_YES)
    send("poor", OTHER_ANSWERS)
    send("hardly", NOT_SEEN)
    opened = send("west", TWO_NO, "other_auditor", site_id=site_id)
    far = send("far", OTHER_ANSWERS, place=FAR)
    april = send(
        "april",
        ALL_YES,
        conducted_at="2026-04-02T10:00:00+08:00",
        visit={"campaign_id": campaign_id},
    )
    empty = send("empty", NOTHING)
    assert world.move(opened, "open").status_code == 200
    for audit_id in (far, april, empty):
        assert world.move(audit_id, "approve").status_code == 200
    return Queue(world, names, west_id, site_id, campaign_id)
