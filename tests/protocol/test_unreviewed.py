"""A campaign without review approves what is valid and whole, and nothing else, unseen."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask

from tests.protocol.phone import (
    NOT_SEEN,
    counted,
    detail,
    lenient_checklist,
    push,
    send,
    settle,
    with_photos,
)
from tests.world import World, jpeg, make_world


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none", checklist=lenient_checklist())


def test_a_valid_audit_is_approved_and_counted_at_once(unreviewed: World) -> None:
    answer = unreviewed.put(unreviewed.audit())
    assert answer.json["receipt"]["state"] == "approved"
    assert counted(unreviewed) == 1


def test_an_audit_with_too_few_answers_waits_for_a_reviewer(unreviewed: World) -> None:
    audit_id = send(unreviewed, unreviewed.audit(NOT_SEEN))
    assert detail(unreviewed, audit_id)["state"] == "submitted"
    assert counted(unreviewed) == 0
    unreviewed.move(audit_id, "approve")
    assert counted(unreviewed) == 1


def test_an_audit_is_approved_when_its_last_photo_can_be_seen_and_not_before(
    unreviewed: World,
) -> None:
    audit_id, photos = uuid4(), (jpeg(1), jpeg(2))
    audit = with_photos(unreviewed, *photos)
    assert unreviewed.put(audit, audit_id).json["receipt"]["state"] == "awaiting_media"
    assert counted(unreviewed) == 0
    assert settle(unreviewed, audit_id, audit, *photos)["receipt"]["state"] == "submitted"
    assert unreviewed.photo_states(audit_id) == {"ready"}
    assert detail(unreviewed, audit_id)["state"] == "approved"
    assert counted(unreviewed) == 1
    assert unreviewed.put(audit, audit_id).json["receipt"]["state"] == "approved"
    assert counted(unreviewed) == 1


def test_an_invalid_audit_is_not_approved_by_its_last_photo(unreviewed: World) -> None:
    audit_id, photo = uuid4(), jpeg(1)
    audit = unreviewed.audit(NOT_SEEN) | {"photos": with_photos(unreviewed, photo)["photos"]}
    assert settle(unreviewed, audit_id, audit, photo)["receipt"]["state"] == "submitted"
    assert unreviewed.photo_states(audit_id) == {"ready"}
    assert detail(unreviewed, audit_id)["state"] == "submitted"
    assert counted(unreviewed) == 0


def test_what_a_reviewer_returned_is_not_approved_unseen_when_it_comes_back(
    unreviewed: World,
) -> None:
    audit_id = send(unreviewed, unreviewed.audit(NOT_SEEN))
    tag = unreviewed.move(audit_id, "return", note="Look at the floor").headers["ETag"]
    answer = unreviewed.put(unreviewed.audit(revision=2), audit_id, headers={"If-Match": tag})
    assert answer.json["receipt"]["state"] == "submitted"
    assert counted(unreviewed) == 0


def test_a_batch_counts_what_it_approves(unreviewed: World) -> None:
    items = [{"id": str(uuid4()), "audit": unreviewed.another()} for _ in range(5)]
    items.append({"id": str(uuid4()), "audit": unreviewed.another(NOT_SEEN)})
    for expected in (201, 200):
        assert [result["status"] for result in push(unreviewed, *items)] == [expected] * 6
        assert counted(unreviewed) == 5


def test_an_excluded_audit_counts_again_once_included_and_never_after_a_void(
    unreviewed: World,
) -> None:
    audit_id = send(unreviewed)
    seen = []
    for action in ("exclude", "include", "void"):
        assert unreviewed.move(audit_id, action, "hq").status_code == 200
        seen.append(counted(unreviewed))
    assert seen == [0, 1, 0]
