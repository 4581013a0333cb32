"""What a phone and the office do in these tests, each in one line."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from audit_api.services.totals import of_sites, of_visits
from tests.world import ALL_YES, World, declared, jpeg, small_checklist, upload

OTHER_ANSWERS = ALL_YES | {"clean": {"value": "no"}}
NOT_SEEN = ALL_YES | {key: {"not_observed": True} for key in ("clean", "receipt", "honest")}
"""One answer of four: less than the share that makes an audit valid."""


def lenient_checklist() -> dict[str, Any]:
    """Return the small checklist with every question allowed to be not observed."""
    checklist = copy.deepcopy(small_checklist())
    for touchpoint in checklist["touchpoints"]:
        for question in touchpoint["questions"]:
            question["not_observed"] = True
    return checklist


def send(world: World, audit: dict[str, Any] | None = None, **more: Any) -> UUID:
    """Put a new audit of no photos; return its id."""
    audit_id = uuid4()
    answer = world.put(audit or world.audit(), audit_id, **more)
    assert answer.status_code == 201, answer.json
    return audit_id


def with_photos(world: World, *photos: bytes, **more: Any) -> dict[str, Any]:
    """Return an audit that declares these photos of the floor."""
    return world.audit(photos=[declared(photo, "clean") for photo in photos], **more)


def settle(world: World, audit_id: UUID, audit: dict[str, Any], *photos: bytes) -> dict[str, Any]:
    """Put an audit, its photos, and the audit again; return the last answer."""
    first = world.put(audit, audit_id)
    assert first.status_code in (200, 201), first.json
    bodies = {line["id"]: body for line, body in zip(audit["photos"], photos, strict=True)}
    for ticket in first.json["uploads"]:
        assert upload(world.client, ticket, bodies[ticket["photo_id"]]) == 200
    last = world.put(audit, audit_id)
    assert last.status_code == 200, last.json
    return last.json


def settled(world: World, seed: int = 1) -> tuple[UUID, dict[str, Any]]:
    """Return a submitted audit of one photo: its id and what was sent."""
    audit_id, photo = uuid4(), jpeg(seed)
    audit = with_photos(world, photo)
    assert settle(world, audit_id, audit, photo)["receipt"]["state"] == "submitted"
    return audit_id, audit


def returned(world: World) -> tuple[UUID, str]:
    """Return an audit that was sent and returned: its id and the ETag for the next revision."""
    audit_id = send(world)
    answer = world.move(audit_id, "return", note="Look again at the floor", notes={"clean": "?"})
    assert answer.status_code == 200, answer.json
    return audit_id, answer.headers["ETag"]


def revise(
    world: World, audit_id: UUID, tag: str | None, number: int = 2, **more: Any
) -> TestResponse:
    """Put a later revision; `tag` None sends no If-Match."""
    audit = world.audit(more.pop("answers", OTHER_ANSWERS), revision=number, **more)
    return world.put(audit, audit_id, headers={"If-Match": tag} if tag else {})


def push(world: World, *items: dict[str, Any], person: str = "auditor") -> list[dict[str, Any]]:
    """Push a batch; return the result of each item."""
    answer = world.call(person, "POST", "/audits/batch", {"audits": list(items)})
    assert answer.status_code == 200, answer.json
    return answer.json["results"]


def change_site(world: World, **fields: Any) -> None:
    path = f"/sites/{world.site_id}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    assert world.call("hq", "PATCH", path, fields, headers={"If-Match": tag}).status_code == 200


def detail(world: World, audit_id: UUID) -> dict[str, Any]:
    """Return an audit as the reviewer reads it."""
    return world.call("reviewer", "GET", f"/audits/{audit_id}").json


def pointers(answer: TestResponse | dict[str, Any]) -> set[str]:
    """Return the places that a refusal names."""
    body = answer if isinstance(answer, dict) else answer.json
    return {error["pointer"] for error in body["errors"]}


def kind(answer: TestResponse) -> str:
    """Return the last part of a problem's type."""
    assert answer.mimetype == "application/problem+json", answer.data
    return str(answer.json["type"]).rsplit("/", 1)[-1]


def kinds(world: World, audit_id: UUID | str) -> set[str]:
    """Return the kinds of an audit's signals."""
    return {signal["kind"] for signal in detail(world, UUID(str(audit_id)))["signals"]}


def state(answer: TestResponse) -> str:
    """Return the state that a receipt tells."""
    return str(answer.json["receipt"]["state"])


def counted(world: World, period: str = "2026-03") -> int:
    """Return how many audits the site's scorecard counts, once totals equal a recomputation."""
    with world.app.app_context():
        assert of_sites.differences(world.organisation_id) == []
        assert of_visits.differences(world.organisation_id) == []
    path = f"/sites/{world.site_id}/scorecard?period={period}"
    return int(world.call("manager", "GET", path).json["audits"])
