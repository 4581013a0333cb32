"""A large photo comes in parts: what broke off goes on where it stopped, nothing wrong stays."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit_api.models.photo import FIRST_FILE
from audit_api.services.audits import photos, verified
from audit_api.services.audits.parts import PART_BYTES
from tests.protocol.phone import pointers, push
from tests.world import World, declared, jpeg, upload

PHOTO = jpeg(1) + Random(1).randbytes(2 * PART_BYTES + 5000)
"""Three parts, as a phone that keeps a video behind its photos makes them."""
OFFSETS = [0, PART_BYTES, 2 * PART_BYTES]


def digests(data: bytes) -> list[str]:
    pieces = (data[at : at + PART_BYTES] for at in range(0, len(data), PART_BYTES))
    return [hashlib.sha256(piece).hexdigest() for piece in pieces]


class Sending:
    """One audit with one photo in parts, as a phone sends it."""

    def __init__(self, world: World, photo: bytes = PHOTO, parts: list[str] | None = None) -> None:
        self.world, self.photo, self.id = world, photo, uuid4()
        line = declared(photo, "clean", parts=digests(photo) if parts is None else parts)
        self.audit = world.audit(photos=[line])
        self.store = world.app.extensions["audit_photo_store"]
        self.key = photos.key(world.organisation_id, self.id, UUID(line["id"]), FIRST_FILE)
        self.place = self.key.removesuffix(f"/{FIRST_FILE}")
        self.answer = self.put()

    def put(self) -> dict[str, Any]:
        answer = self.world.put(self.audit, self.id)
        assert answer.status_code in (200, 201), answer.json
        self.answer = answer.json
        return self.answer

    def missing(self) -> list[int]:
        """Return the offsets that the last answer asks for."""
        return [part["offset"] for each in self.answer["uploads"] for part in each["parts"]]

    def send(self, *offsets: int) -> list[int]:
        """Put the parts at these offsets with the tickets of the last answer."""
        parts = {part["offset"]: part for part in self.answer["uploads"][0]["parts"]}
        return [self.send_part(parts[offset]) for offset in offsets]

    def send_part(self, part: dict[str, Any], body: bytes | None = None) -> int:
        piece = self.photo[part["offset"] : part["offset"] + part["size"]]
        return upload(self.world.client, part, piece if body is None else body)

    def send_whole(self) -> int:
        return upload(self.world.client, self.answer["uploads"][0], self.photo)

    def left_over(self) -> Collection[int]:
        numbers = range(len(OFFSETS))
        return [number for number in numbers if self.store.stat(f"{self.key}-parts/{number}")]

    def is_complete(self) -> bool:
        receipt = self.put()["receipt"]
        return bool(receipt["complete"]) and receipt["state"] == "submitted"


def test_what_broke_off_goes_on_where_it_stopped(world: World) -> None:
    phone = Sending(world)
    assert phone.missing() == OFFSETS
    assert phone.send(0, PART_BYTES) == [200, 200]
    assert not phone.is_complete()
    assert phone.missing() == OFFSETS[2:]
    assert phone.send(OFFSETS[2]) == [200]
    assert phone.is_complete()
    assert phone.answer["uploads"] == []
    with phone.store.open(f"{phone.place}/{verified.FILE}") as body:
        assert body.read() == PHOTO
    assert phone.left_over() == []
    assert world.photo_states(phone.id) == {"ready"}


def test_parts_come_in_any_order_from_two_phones_and_twice(world: World) -> None:
    phone = Sending(world)
    assert phone.send(*reversed(OFFSETS[1:])) == [200, 200]
    assert phone.send(PART_BYTES) == [412]
    phone.put()
    assert phone.send(0) == [200]
    assert phone.is_complete()


def test_a_batch_asks_for_the_missing_parts_too(world: World) -> None:
    phone = Sending(world)
    phone.send(PART_BYTES)
    (result,) = push(world, {"id": str(phone.id), "audit": phone.audit})
    (asked,) = result["answer"]["uploads"]
    assert [part["offset"] for part in asked["parts"]] == [0, OFFSETS[2]]
    assert asked["headers"]["Content-Length"] == str(len(PHOTO))


@pytest.mark.parametrize("wrong", ["shorter", "longer", "other"])
def test_the_store_refuses_a_part_that_is_not_the_declared_one(world: World, wrong: str) -> None:
    phone = Sending(world)
    (first, *_) = phone.answer["uploads"][0]["parts"]
    right = PHOTO[:PART_BYTES]
    body = {"shorter": right[:-1], "longer": right + b"x", "other": bytes(PART_BYTES)}[wrong]
    headers = first["headers"] | {"Content-Length": str(len(body))}
    assert phone.send_part(first | {"headers": headers}, body) >= 400
    phone.put()
    assert phone.missing() == OFFSETS


def test_a_part_that_was_written_behind_the_servers_back_is_sent_again(world: World) -> None:
    phone = Sending(world)
    phone.store.put(f"{phone.key}-parts/0", bytes(PART_BYTES), "image/jpeg")
    phone.send(*OFFSETS[1:])
    assert not phone.is_complete()
    assert phone.missing() == [0]
    assert phone.send(0) == [200]
    assert phone.is_complete()


def test_the_whole_may_come_in_place_of_its_parts(world: World) -> None:
    phone = Sending(world)
    assert phone.send(0) == [200]
    assert phone.send_whole() == 200
    assert phone.is_complete()
    assert phone.left_over() == []


def test_a_server_that_died_while_it_made_the_photo_tidies_up(world: World) -> None:
    phone = Sending(world)
    phone.send(*OFFSETS)
    phone.store.put(phone.key, PHOTO, "image/jpeg")
    assert phone.left_over() == [0, 1, 2]
    assert phone.is_complete()
    assert phone.left_over() == []


def test_parts_of_another_photo_make_none_and_the_whole_can_still_come(world: World) -> None:
    other = bytes(len(PHOTO))
    phone = Sending(world, parts=digests(other))
    for part in phone.answer["uploads"][0]["parts"]:
        assert phone.send_part(part, other[: part["size"]]) == 200
    assert not phone.is_complete()
    assert phone.left_over() == []
    assert phone.store.stat(phone.key) is None
    assert phone.send_whole() == 200
    assert phone.is_complete()


def test_what_came_in_parts_is_looked_at_like_any_other(world: World) -> None:
    phone = Sending(world, photo=b"%PDF-1.7" + bytes(2 * PART_BYTES))
    phone.send(*OFFSETS)
    assert phone.is_complete()
    (line,) = phone.answer["receipt"]["photos"]
    assert (line["readable"], line["reason"]) == (False, "no_picture")
    assert phone.left_over() == []


@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_number_of_parts_follows_from_the_size(world: World, number: int) -> None:
    line = declared(PHOTO, "clean", parts=[digests(PHOTO)[0]] * number)
    refused = world.put(world.audit(photos=[line]))
    assert refused.status_code == 422
    assert pointers(refused) == {"/photos/0/parts"}


def test_sync_tells_the_size_of_a_part(world: World) -> None:
    limits = world.call("auditor", "GET", "/sync").json["photo_limits"]
    assert limits["part_bytes"] == PART_BYTES


def test_a_small_photo_needs_no_parts(world: World) -> None:
    phone = Sending(world, photo=jpeg(1), parts=[])
    assert phone.answer["uploads"][0]["parts"] == []
    assert phone.send_whole() == 200
    assert phone.is_complete()
