"""Canaries: no site learns who visited it, no auditor who reviewed; in anything that they fetch."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pypdf
import pytest
from PIL import Image
from werkzeug.test import TestResponse

from tests import patience
from tests.access.places import Place, lay_out
from tests.access.requests import ask
from tests.access.table import PLACES, rows
from tests.world import ALL_YES, World, declared, make_world, small_checklist, upload

VISIT = {
    "started_at": "2026-03-02T14:02:11+08:00",
    "conducted_at": "2026-03-02T14:30:17+08:00",
    "place": {"latitude": 31.23991, "longitude": 121.49991, "accuracy": 7.25},
    "device": {"id": "canary-device", "model": "Canary Phone 9", "app_version": "9.9.9"},
}
TRACES = (
    "canary-device",
    "Canary Phone",
    "9.9.9",
    "CanaryCamera",
    "14:02:11",
    "06:02:11",
    "14:30:17",
    "06:30:17",
    "14:31:42",
    "06:31:42",
    "31.23991",
    "121.49991",
    "31.23882",
    "121.48882",
    "31.23773",
    "121.47773",
)


@dataclass(frozen=True)
class Visited:
    """A world whose own site has an approved audit full of canaries, and one that was returned."""

    world: World
    places: dict[str, Place]
    audit_id: UUID


@pytest.fixture
def visited(world: World) -> Visited:
    """Replace the plain audit by one with photo, device, places and times of its own."""
    document = small_checklist()
    document["touchpoints"][0]["questions"].append(
        {
            "key": "where",
            "type": "place",
            "title": {"en": "Where?", "zh": "在哪里？"},
            "required": False,
        }
    )
    world = make_world(world.app, checklist=document)
    places = lay_out(world)
    audit_id, photo = uuid4(), _photo()
    line = declared(
        photo,
        "clean",
        taken_at="2026-03-02T14:31:42+08:00",
        place={"latitude": 31.23882, "longitude": 121.48882},
    )
    where = {"where": {"value": {"latitude": 31.23773, "longitude": 121.47773}}}
    audit = world.audit(ALL_YES | where, photos=[line], **VISIT)
    audit["assignment_id"] = str(world.plan())
    for ticket in world.put(audit, audit_id).json["uploads"]:
        assert upload(world.client, ticket, photo) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"]
    wait_for_the_picture(world, audit_id)
    assert world.move(audit_id, "approve", note="Well done").status_code == 200
    own = replace(places["own"], audit_id=audit_id)
    return Visited(world, places | {"own": own}, audit_id)


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


def _photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif[0x0132] = "2026:03:02 14:31:42"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 19.75), 3: "E", 4: (121.0, 29.0, 19.75)})
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (9, 99, 120)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def everything(visited: Visited, who: str) -> Iterator[tuple[str, TestResponse]]:
    """Return the answer to every call of the table, for ids of every place, as `who`."""
    for row in rows():
        for place in PLACES:
            if not row.startswith(("PATCH", "POST /api/v1/audits/<", "PUT", "DELETE")):
                answer = ask(visited.world, who, row, visited.places[place], visited.places)
                yield f"{row} ({place})", answer


def words(response: TestResponse) -> str:
    """Return all that an answer says: headers, body, what a PDF keeps, what links hide."""
    said = [
        str(response.headers),
        response.get_data().decode("latin-1"),
        response.get_data().decode("utf-8", "replace"),
    ]
    if response.content_type == "application/pdf":
        reader = pypdf.PdfReader(io.BytesIO(response.data))
        said += [page.extract_text() for page in reader.pages]
        said += [str(reader.metadata), str(reader.xmp_metadata), str(reader.trailer)]
    for link in links(response.json if response.is_json else None):
        said += [hidden(word) for word in link.replace("/", ".").split(".")]
    return "\n".join(said)


def hidden(word: str) -> str:
    try:
        return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode("latin-1")
    except ValueError:
        return ""


def links(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for name, value in told.items():
            if name.endswith("_url") and isinstance(value, str):
                yield urlsplit(value).path
            yield from links(value)
    elif isinstance(told, list):
        for value in told:
            yield from links(value)


def identity(world: World, person: str) -> tuple[str, ...]:
    """Return everything by which a person could be known."""
    me = world.call(person, "GET", "/me").json
    user_id = UUID(me["id"])
    return me["name"], me["email"], me["id"], user_id.hex, str(user_id.int)


@pytest.mark.slow
def test_a_manager_fetches_nothing_that_leads_to_the_auditor(visited: Visited) -> None:
    world = visited.world
    canaries = (*TRACES, *identity(world, "auditor"), *identity(world, "other_auditor"))
    seen = 0
    for call, response in everything(visited, "manager"):
        said = words(response)
        assert [canary for canary in canaries if canary in said] == [], call
        seen += response.status_code == 200
    assert seen > 20
    detail = world.call("manager", "GET", f"/audits/{visited.audit_id}").json
    assert detail["answers"]["clean"] == {"value": "yes"}
    assert detail["answers"]["where"] == {}
    assert not detail.keys() & {"auditor_id", "assignment_id", "conducted_at", "signals", "reviews"}


def test_the_canaries_are_real_for_those_who_may_know(visited: Visited) -> None:
    told = json.dumps(visited.world.call("hq", "GET", f"/audits/{visited.audit_id}").json)
    for canary in (str(visited.world.users["auditor"]), "06:30:17", "31.23773"):
        assert canary in told
    photos = json.dumps(visited.world.call("hq", "GET", f"/audits/{visited.audit_id}/photos").json)
    assert "06:31:42" in photos


def test_photos_that_a_manager_sees_hold_nothing_but_the_picture(visited: Visited) -> None:
    world = visited.world
    (photo,) = world.call("manager", "GET", f"/audits/{visited.audit_id}/photos").json
    assert photo["taken_at"] is None
    for link in (photo["display_url"], photo["thumbnail_url"]):
        address = urlsplit(link)
        if address.path.startswith("/storage/"):
            with world.client.get(address.path) as shown:
                data, headers = shown.data, str(shown.headers)
        else:
            remote = httpx.get(link)
            data, headers = remote.content, str(remote.headers)
        image = Image.open(io.BytesIO(data))
        assert image.format == "JPEG"
        assert dict(image.getexif()) == {}
        assert not image.info.keys() & {"exif", "xmp", "comment", "photoshop"}
        for canary in TRACES:
            assert canary.encode() not in data
            assert canary not in headers


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
