"""A world whose site was visited, with canaries in everything that could lead to the auditor."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from flask import Flask
from PIL import Image

from audit_api.rules.permissions import INTEGRATION_GRANTS, Permission
from tests import patience
from tests.access.places import Place, lay_out
from tests.world import ALL_YES, World, declared, make_world, small_checklist, upload

VISIT = {
    "started_at": "2026-03-02T14:03:11+08:00",
    "conducted_at": "2026-03-02T14:37:17+08:00",
    "place": {"latitude": 31.23991, "longitude": 121.49991, "accuracy": 7.25},
    "device": {"id": "canary-device", "model": "Canary Phone 9", "app_version": "9.9.9"},
}
TAKEN_AT = "2026-03-02T14:41:42+08:00"
ENTERED_AT = "14:05:38"
"""The answer to a question that asks for a time."""
TRACES = (
    "canary-device",
    "Canary Phone",
    "9.9.9",
    "CanaryCamera",
    "CANARY-0042",
    "31.23991",
    "121.49991",
    "31.23882",
    "121.48882",
    "31.23773",
    "121.47773",
)
MACHINE_READS = [
    permission
    for permission in INTEGRATION_GRANTS
    if permission.endswith((".read", ".network")) and permission != Permission.USER_READ
]
"""All that an integration may read, but who the people are."""


@dataclass(frozen=True)
class Visited:
    """A world whose own site has an approved audit full of canaries, and one that was returned.

    Its `machine` is an integration that may read everything, and not know the auditors.
    """

    world: World
    places: dict[str, Place]
    audit_id: UUID


def visit(app: Flask) -> Visited:
    """Make the world, its audit one with photo, device, places and times of its own."""
    document = small_checklist()
    document["touchpoints"][0]["questions"] += [
        _question("where", "place", "Where?", "在哪里？"),
        _question("entered", "time", "When did you enter?", "几点进店？"),
        _question("receipt_number", "barcode", "The receipt's number", "小票号"),
    ]
    world = make_world(app, checklist=document)
    places = lay_out(world)
    world.tokens["machine"] = machine(world)
    audit_id, photo = uuid4(), _photo()
    line = declared(
        photo,
        "clean",
        taken_at=TAKEN_AT,
        place={"latitude": 31.23882, "longitude": 121.48882},
    )
    traces = {
        "where": {"value": {"latitude": 31.23773, "longitude": 121.47773}},
        "entered": {"value": ENTERED_AT},
        "receipt_number": {"value": "CANARY-0042", "comment": "Torn off"},
    }
    audit = world.audit(ALL_YES | traces, photos=[line], **VISIT)
    audit["assignment_id"] = str(world.plan())
    for ticket in world.put(audit, audit_id).json["uploads"]:
        assert upload(world.client, ticket, photo) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"]
    wait_for_the_picture(world, audit_id)
    assert world.move(audit_id, "approve", note="Well done").status_code == 200
    own = replace(places["own"], audit_id=audit_id)
    return Visited(world, places | {"own": own}, audit_id)


def machine(world: World) -> str:
    """Return the token of an integration that may read everything, and not know the auditors."""
    sent = {"name": "Machine", "permissions": sorted(MACHINE_READS)}
    return str(world.call("hq", "POST", "/tokens", sent).json["token"])


def wait_for_the_picture(world: World, audit_id: UUID) -> None:
    """Wait until the display copy is made, here or by the application's own thread."""
    deadline = time.monotonic() + patience.SECONDS
    while time.monotonic() < deadline:
        world.app.extensions["audit_worker"].work_off()
        (photo,) = world.call("hq", "GET", f"/audits/{audit_id}/photos").json
        if photo["state"] == "ready":
            return
        time.sleep(0.02)
    raise AssertionError("the display copy was not made")


def _question(key: str, kind: str, en: str, zh: str) -> dict[str, object]:
    return {"key": key, "type": kind, "title": {"en": en, "zh": zh}, "required": False}


def _photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif[0x0132] = "2026:03:02 14:41:42"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 19.75), 3: "E", 4: (121.0, 29.0, 19.75)})
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (9, 99, 120)).save(out, "JPEG", exif=exif)
    return out.getvalue()
