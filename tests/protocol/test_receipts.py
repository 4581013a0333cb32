"""A receipt is the server's signed word for what it holds; of a photo, the store must say so."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit_api.services.audits import photos
from tests.protocol.phone import push, with_photos
from tests.world import World, declared, jpeg, upload


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unsigned(world: World, signature: str) -> Any:
    """Return what was signed; raise InvalidSignature for anything else."""
    header, payload, mark = signature.split(".")
    kid = json.loads(raw(header))["kid"]
    keys = world.call(None, "GET", "/receipt-keys").json["keys"]
    key = next(key for key in keys if key["kid"] == kid)
    Ed25519PublicKey.from_public_bytes(raw(key["x"])).verify(
        raw(mark), f"{header}.{payload}".encode()
    )
    return json.loads(raw(payload))


def place(world: World, audit_id: UUID, photo: dict[str, Any]) -> str:
    return photos.key(world.organisation_id, audit_id, UUID(photo["id"]), "original")


def test_every_receipt_is_signed_by_the_key_that_anybody_may_fetch(world: World) -> None:
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(world, photo)
    first = world.put(audit, audit_id).json
    assert upload(world.client, first["uploads"][0], photo) == 200
    answers = [
        first,
        world.put(audit, audit_id).json,
        push(world, {"id": str(audit_id), "audit": audit})[0]["answer"],
    ]
    for answer in answers:
        assert unsigned(world, answer["signature"]) == answer["receipt"]
    assert [answer["receipt"]["complete"] for answer in answers] == [False, True, True]


def test_a_receipt_that_was_tampered_with_does_not_verify(world: World) -> None:
    audit = with_photos(world, jpeg(1))
    header, payload, mark = world.put(audit).json["signature"].split(".")
    forged = json.loads(raw(payload)) | {"complete": True}
    payload = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    with pytest.raises(InvalidSignature):
        unsigned(world, f"{header}.{payload}.{mark}")


def test_a_receipt_is_complete_only_with_the_last_photo(world: World) -> None:
    audit_id, bodies = uuid4(), [jpeg(seed) for seed in range(3)]
    audit = with_photos(world, *bodies)
    answer = world.put(audit, audit_id).json
    for number, body in enumerate(bodies, start=1):
        ticket = next(
            up for up in answer["uploads"] if up["photo_id"] == audit["photos"][number - 1]["id"]
        )
        assert upload(world.client, ticket, body) == 200
        answer = world.put(audit, audit_id).json
        assert [photo["stored"] for photo in answer["receipt"]["photos"]] == [
            place < number for place in range(3)
        ]
        assert answer["receipt"]["complete"] is (number == 3)
        assert answer["receipt"]["state"] == ("submitted" if number == 3 else "awaiting_media")
        assert len(answer["uploads"]) == 3 - number


@pytest.mark.parametrize("wrong", [b"", b"x", jpeg(9)], ids=["empty", "short", "other photo"])
def test_a_body_that_is_not_the_declared_one_is_never_confirmed(world: World, wrong: bytes) -> None:
    """Whoever can write to the store behind the server's back proves nothing by it."""
    audit_id, right = uuid4(), jpeg(1)
    audit = with_photos(world, right)
    world.put(audit, audit_id)
    world.app.extensions["audit_photo_store"].put(
        place(world, audit_id, audit["photos"][0]), wrong, "image/jpeg"
    )
    told = world.put(audit, audit_id).json
    assert told["receipt"]["complete"] is False
    assert told["receipt"]["state"] == "awaiting_media"
    assert upload(world.client, told["uploads"][0], right) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True


def test_a_ticket_does_not_take_another_body(world: World) -> None:
    right, wrong = jpeg(1), jpeg(2)
    wrong = (wrong + b"\0" * len(right))[: len(right)]
    audit_id, audit = uuid4(), with_photos(world, right)
    ticket = world.put(audit, audit_id).json["uploads"][0]
    assert upload(world.client, ticket, wrong) in (400, 422)
    assert world.put(audit, audit_id).json["receipt"]["complete"] is False


def test_a_photo_under_another_photos_key_counts_for_nothing(world: World) -> None:
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(world, photo, photo)
    first = world.put(audit, audit_id).json
    assert upload(world.client, first["uploads"][0], photo) == 200
    receipt = world.put(audit, audit_id).json["receipt"]
    assert [line["stored"] for line in receipt["photos"]].count(True) == 1


def test_two_phones_that_upload_the_same_photo_both_get_a_complete_receipt(world: World) -> None:
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(world, photo)
    tickets = [world.put(audit, audit_id).json["uploads"][0] for _ in range(2)]
    assert [upload(world.client, ticket, photo) for ticket in tickets] == [200, 412]
    assert all(world.put(audit, audit_id).json["receipt"]["complete"] for _ in range(2))


def test_a_receipt_names_no_reviewer_and_no_auditor(world: World) -> None:
    audit_id = uuid4()
    world.put(world.audit(), audit_id)
    world.move(audit_id, "approve")
    told = json.dumps(world.put(world.audit(), audit_id).json)
    assert "Canary" not in told
    assert not any(str(id_) in told for id_ in world.users.values())


def test_the_photos_of_a_manifest_keep_their_order_in_the_receipt(world: World) -> None:
    lines = [declared(jpeg(seed), "clean") for seed in range(5)]
    audit_id = uuid4()
    for _ in range(2):
        receipt = world.put(world.audit(photos=lines), audit_id).json["receipt"]
        assert [line["id"] for line in receipt["photos"]] == [line["id"] for line in lines]
