"""A phone lets go of a photo only knowing whether anybody will ever see it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from audit_api.database import db
from audit_api.images.formats import ACCEPTED_TYPES
from audit_api.models import Photo
from audit_api.models.photo import FIRST_FILE
from audit_api.rules.lifecycle import UnreadableReason
from audit_api.services.audits import display_copies
from audit_api.services.audits.display_copies import PhotoToPrepare
from tests.images.photos import HEIC, declaring, encoded, png_declaring, quarters
from tests.protocol.phone import detail, returned, revise, settle, with_photos
from tests.world import World, declared, jpeg

NO_PICTURES = {
    "a PDF": (b"%PDF-1.7\n1 0 obj", "no_picture"),
    "a byte": (b"x", "no_picture"),
    "a text": (b"The photo did not work.", "no_picture"),
    "a video": (b"\0\0\0\x18ftypmp42" + bytes(900), "no_picture"),
    "a GIF": (encoded(quarters(), "GIF"), "type_not_accepted"),
    "a header": (jpeg()[:20], "damaged"),
    "a huge PNG": (png_declaring(40_000, 40_000), "too_many_pixels"),
    "a huge JPEG": (declaring(jpeg(), 60_000, 60_000), "too_many_pixels"),
}
HEADLESS = jpeg()[: jpeg().index(b"\xff\xda") + 4]
"""A JPEG whose header promises a picture that never comes: only decoding tells."""


def sent(world: World, *bodies: bytes, **more: Any) -> tuple[UUID, dict[str, Any], dict[str, Any]]:
    """Settle an audit with these photos; return its id, what was sent, the receipt."""
    audit_id, audit = uuid4(), with_photos(world, *bodies, **more)
    return audit_id, audit, settle(world, audit_id, audit, *bodies)["receipt"]


def photos_of(world: World, audit_id: UUID, person: str = "reviewer", **headers: str) -> Any:
    return world.call(person, "GET", f"/audits/{audit_id}/photos", headers=headers).json


def told_by_sync(world: World, audit_id: UUID) -> list[dict[str, Any]]:
    page = world.call("auditor", "GET", "/sync").json
    return [
        photo
        for each in page["assignments"]
        for photo in each["unreadable_photos"]
        if photo["audit_id"] == str(audit_id)
    ]


@pytest.mark.parametrize(("body", "reason"), NO_PICTURES.values(), ids=NO_PICTURES)
def test_the_receipt_that_says_complete_says_what_cannot_be_read(
    world: World, body: bytes, reason: str
) -> None:
    audit_id, audit, receipt = sent(world, body, jpeg(1))
    refused, good = receipt["photos"]
    assert (receipt["complete"], receipt["state"]) == (True, "submitted")
    assert (refused["stored"], refused["readable"], refused["reason"]) == (True, False, reason)
    assert (good["stored"], good["readable"], good["reason"]) == (True, None, None)
    photo_id = audit["photos"][0]["id"]
    signals = {each["kind"]: each["values"] for each in detail(world, audit_id)["signals"]}
    assert signals["unreadable_photo"] == {"photos": [photo_id]}
    assert told_by_sync(world, audit_id) == [
        {
            "audit_id": str(audit_id),
            "id": photo_id,
            "question": "clean",
            "reason": reason,
        }
    ]


def test_the_reviewer_the_office_and_the_auditor_see_why(world: World) -> None:
    audit_id, _, _ = sent(world, b"%PDF-1.7")
    for person in ("reviewer", "hq", "auditor"):
        (photo,) = photos_of(world, audit_id, person)
        assert (photo["state"], photo["reason"]) == ("unreadable", "no_picture")
        assert photo["detail"] == "The file is no picture."
        assert photo["display_url"] is None
    (photo,) = photos_of(world, audit_id, **{"Accept-Language": "zh"})
    assert photo["detail"] == "该文件不是图片。"


@pytest.mark.parametrize(("body", "reason"), NO_PICTURES.values(), ids=NO_PICTURES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_reason_has_words(world: World, body: bytes, reason: str, language: str) -> None:
    audit_id, _, _ = sent(world, body)
    (photo,) = photos_of(world, audit_id, **{"Accept-Language": language})
    assert photo["detail"]
    assert "{" not in photo["detail"]


OTHERS = {
    "image/png": encoded(quarters(), "PNG"),
    "image/webp": encoded(quarters(), "WEBP"),
    "image/heic": HEIC,
}


@pytest.mark.parametrize("media_type", OTHERS)
def test_a_photo_of_another_type_than_declared_is_taken_as_what_it_is(
    world: World, media_type: str
) -> None:
    audit_id, audit, receipt = sent(world, OTHERS[media_type])
    assert audit["photos"][0]["media_type"] == "image/jpeg"
    assert receipt["photos"][0]["reason"] is None
    assert world.photo_states(audit_id) == {"ready"}
    with world.app.app_context():
        known = db.session.scalars(
            sa.select(Photo.media_type).where(Photo.audit_id == audit_id)
        ).all()
    assert known == [media_type]


def test_what_only_decoding_tells_reaches_the_phone_at_its_next_sync(world: World) -> None:
    audit_id, audit, receipt = sent(world, HEADLESS)
    assert receipt["complete"]
    assert world.photo_states(audit_id) == {"unreadable"}
    assert [photo["reason"] for photo in told_by_sync(world, audit_id)] == ["damaged"]
    again = world.put(audit, audit_id).json
    line = again["receipt"]["photos"][0]
    assert (line["stored"], line["readable"], line["reason"]) == (True, False, "damaged")
    assert again["uploads"] == []
    assert photos_of(world, audit_id)[0]["reason"] == "damaged"


def test_a_photo_that_turns_out_unreadable_enters_the_auditors_feed(world: World) -> None:
    audit_id, audit, _ = sent(world, jpeg(1))
    assert world.photo_states(audit_id) == {"ready"}
    cursor = world.call("auditor", "GET", "/sync").json["cursor"]
    photo = PhotoToPrepare(
        world.organisation_id, audit_id, UUID(audit["photos"][0]["id"]), FIRST_FILE
    )
    with world.app.app_context():
        display_copies.note(photo, UnreadableReason.TOO_COSTLY, now=datetime.now(UTC))
        db.session.commit()
    (told,) = world.call("auditor", "GET", f"/sync?cursor={cursor}").json["assignments"]
    assert [each["reason"] for each in told["unreadable_photos"]] == ["too_costly"]


def test_a_receipt_says_when_the_picture_was_seen(world: World) -> None:
    audit_id, audit, _ = sent(world, jpeg(1))
    assert world.photo_states(audit_id) == {"ready"}
    line = world.put(audit, audit_id).json["receipt"]["photos"][0]
    assert (line["readable"], line["reason"]) == (True, None)
    assert told_by_sync(world, audit_id) == []


def test_a_photo_whose_end_is_missing_is_shown_and_marked(world: World) -> None:
    whole = encoded(quarters(800, 600))
    audit_id, _, _ = sent(world, whole[: len(whole) // 2], whole)
    assert world.photo_states(audit_id) == {"ready"}
    assert sorted(photo["damaged"] for photo in photos_of(world, audit_id)) == [False, True]


def test_sync_tells_what_photos_to_send(world: World) -> None:
    limits = world.call("auditor", "GET", "/sync").json["photo_limits"]
    assert set(limits["max_pixels"]) == set(ACCEPTED_TYPES) >= {"image/jpeg", "image/heic"}
    assert limits["max_pixels"]["image/jpeg"] >= 16320 * 12240
    assert limits["max_bytes"] >= 40_000_000
    assert limits["max_photos"] == 40


def test_a_photo_that_a_later_revision_left_out_is_told_no_more(world: World) -> None:
    audit_id, tag = returned(world)
    photo = declared(b"%PDF-1.7", "clean")
    settle_revision = world.audit(revision=2, photos=[photo])
    first = world.put(settle_revision, audit_id, headers={"If-Match": tag}).json
    headers = first["uploads"][0]["headers"]
    assert headers["Content-Type"] == "image/jpeg"
    store = world.app.extensions["audit_photo_store"]
    store.put(
        f"{world.organisation_id}/audits/{audit_id}/photos/{photo['id']}/original",
        b"%PDF-1.7",
        "image/jpeg",
    )
    told = world.put(settle_revision, audit_id, headers={"If-Match": tag}).json["receipt"]
    assert (told["state"], told["photos"][0]["readable"]) == ("submitted", False)
    assert len(told_by_sync(world, audit_id)) == 1
    tag = world.move(audit_id, "return", note="Another photo, please").headers["ETag"]
    assert revise(world, audit_id, tag, 3).status_code == 201
    assert told_by_sync(world, audit_id) == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Cannot be read", "no picture"]),
        ("zh", ["无法读取", "不是图片"]),
        ("both", ["Cannot be read", "不是图片"]),
    ],
)
def test_a_report_says_where_a_photo_cannot_be_read(
    world: World, lang: str, words: list[str]
) -> None:
    audit_id, _, _ = sent(world, b"%PDF-1.7")
    answer = world.call("reviewer", "GET", f"/audits/{audit_id}/report.pdf?lang={lang}")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    text = text.replace("\n", "")
    assert [each for each in words if each not in text] == []
    assert "Photo unavailable" not in text
