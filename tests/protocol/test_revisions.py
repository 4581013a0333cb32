"""The answer to a return: the first copy stands, a later one is kept, nothing is thrown away."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

import pytest

from tests.protocol.phone import (
    OTHER_ANSWERS,
    detail,
    kind,
    pointers,
    returned,
    revise,
    send,
    settle,
    settled,
    with_photos,
)
from tests.world import ALL_YES, World, declared, jpeg, upload

THIRD_ANSWERS = ALL_YES | {"receipt": {"value": "no"}}


def standings(world: World, audit_id: Any) -> list[tuple[int, str]]:
    rows = world.call("reviewer", "GET", f"/audits/{audit_id}/revisions").json
    return [(row["number"], row["standing"]) for row in rows]


def test_a_second_revision_takes_the_place_of_the_first(world: World) -> None:
    audit_id, tag = returned(world)
    answer = revise(world, audit_id, tag)
    assert (answer.status_code, answer.json["receipt"]["state"]) == (201, "submitted")
    assert detail(world, audit_id)["answers"] == OTHER_ANSWERS
    assert detail(world, audit_id)["final_score"] == 80.0
    assert standings(world, audit_id) == [(1, "superseded"), (2, "current")]


def test_a_second_revision_says_which_return_it_answers(world: World) -> None:
    audit_id, _ = returned(world)
    refused = revise(world, audit_id, None)
    assert (refused.status_code, kind(refused)) == (428, "precondition-required")
    assert standings(world, audit_id) == [(1, "current")]


@pytest.mark.parametrize("tag", ["*", "soon", '"x"', 'W/"3"', '"' + "9" * 30 + '"'])
def test_a_tag_that_was_never_given_out_is_stale(world: World, tag: str) -> None:
    audit_id, _ = returned(world)
    assert revise(world, audit_id, tag).status_code == 412
    assert detail(world, audit_id)["revision"] == 1


def test_the_copy_of_a_second_phone_is_kept_as_lost_and_told_so_each_time(world: World) -> None:
    audit_id, tag = returned(world)
    assert revise(world, audit_id, tag).status_code == 201
    before = detail(world, audit_id)
    lost = [revise(world, audit_id, tag, answers=THIRD_ANSWERS) for _ in range(3)]
    assert [(answer.status_code, kind(answer)) for answer in lost] == [(412, "revision-lost")] * 3
    assert detail(world, audit_id) == before
    rows = world.call("reviewer", "GET", f"/audits/{audit_id}/revisions").json
    assert [(row["number"], row["standing"]) for row in rows] == [
        (1, "superseded"),
        (2, "current"),
        (2, "lost"),
    ]
    assert rows[2]["answers"] == THIRD_ANSWERS


def test_the_losing_copy_is_never_shown_as_won_even_once_it_is_repeated_after_approval(
    world: World,
) -> None:
    audit_id, tag = returned(world)
    revise(world, audit_id, tag)
    revise(world, audit_id, tag, answers=THIRD_ANSWERS)
    world.move(audit_id, "approve")
    assert revise(world, audit_id, tag, answers=THIRD_ANSWERS).status_code == 412
    assert detail(world, audit_id)["answers"] == OTHER_ANSWERS


def test_a_third_revision_before_the_second_is_too_early(world: World) -> None:
    audit_id, tag = returned(world)
    refused = revise(world, audit_id, tag, number=3)
    assert (refused.status_code, kind(refused)) == (409, "revision-unexpected")
    assert standings(world, audit_id) == [(1, "current")]


def test_a_revision_without_a_return_is_not_possible(world: World) -> None:
    audit_id = send(world)
    tag = world.put(world.audit(), audit_id).headers["ETag"]
    refused = revise(world, audit_id, tag)
    assert (refused.status_code, kind(refused)) == (409, "revision-not-asked")
    assert standings(world, audit_id) == [(1, "current")]


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("current", [True, False])
def test_a_revision_after_the_approval_is_told_that_it_is_approved_and_since_when(
    world: World, number: int, current: bool
) -> None:
    """Nobody's other copy was taken: nobody asked for one."""
    audit_id, tag = returned(world) if number == 3 else (send(world), '"1"')
    if number == 3:
        assert revise(world, audit_id, tag).status_code == 201
    approved = world.move(audit_id, "approve")
    before = standings(world, audit_id)
    tag = approved.headers["ETag"] if current else tag
    refused = revise(world, audit_id, tag, number=number, answers=THIRD_ANSWERS)
    assert (refused.status_code, kind(refused)) == (409, "revision-not-asked")
    since = detail(world, audit_id)["state_since"]
    assert f"in state “approved” since {since[:19]}" in refused.json["detail"]
    assert standings(world, audit_id) == before


def test_a_stale_tag_is_told_as_such_and_the_same_copy_is_taken_with_the_right_one(
    world: World,
) -> None:
    audit_id, tag = returned(world)
    stale = revise(world, audit_id, '"1"')
    assert (stale.status_code, kind(stale)) == (412, "stale")
    assert standings(world, audit_id) == [(1, "current")]
    assert revise(world, audit_id, tag).status_code == 201
    assert standings(world, audit_id) == [(1, "superseded"), (2, "current")]


def test_a_revision_that_was_not_asked_for_is_taken_once_it_is(world: World) -> None:
    audit_id = send(world)
    assert kind(revise(world, audit_id, '"1"')) == "revision-not-asked"
    tag = world.move(audit_id, "return", note="Look again").headers["ETag"]
    assert revise(world, audit_id, tag).status_code == 201
    assert detail(world, audit_id)["answers"] == OTHER_ANSWERS


def test_a_revision_stays_with_its_assignment(world: World) -> None:
    audit_id, tag = returned(world)
    refused = revise(world, audit_id, tag, assignment_id=str(world.plan()))
    assert (refused.status_code, pointers(refused)) == (422, {"/assignment_id"})


def test_an_audit_is_returned_and_revised_again_and_again(world: World) -> None:
    audit_id, tag = returned(world)
    for number in (2, 3, 4):
        answers = ALL_YES | {"greeted": {"value": "yes", "comment": str(number)}}
        assert revise(world, audit_id, tag, number=number, answers=answers).status_code == 201
        tag = world.move(audit_id, "return", note="again").headers["ETag"]
    assert standings(world, audit_id)[-1] == (4, "current")


def test_a_photo_is_carried_on_into_the_next_revision_without_a_new_upload(world: World) -> None:
    audit_id, audit = settled(world)
    tag = world.move(audit_id, "return", note="Which question?").headers["ETag"]
    moved = [photo | {"question": "receipt"} for photo in audit["photos"]]
    answer = revise(world, audit_id, tag, photos=moved)
    assert answer.status_code == 201
    assert answer.json["uploads"] == []
    assert answer.json["receipt"]["complete"] is True
    assert answer.json["receipt"]["state"] == "submitted"
    shown = world.call("reviewer", "GET", f"/audits/{audit_id}/photos").json
    assert [photo["question"] for photo in shown] == ["receipt"]


def test_a_photo_that_is_carried_on_cannot_become_another(world: World) -> None:
    audit_id, audit = settled(world)
    tag = world.move(audit_id, "return", note="?").headers["ETag"]
    other = [photo | {"sha256": hashlib.sha256(b"x").hexdigest()} for photo in audit["photos"]]
    refused = revise(world, audit_id, tag, photos=other)
    assert (refused.status_code, pointers(refused)) == (422, {"/photos/0/sha256"})
    assert standings(world, audit_id) == [(1, "current")]


def test_a_second_revision_with_a_new_photo_waits_for_it(world: World) -> None:
    audit_id, audit = settled(world)
    tag = world.move(audit_id, "return", note="Closer, please").headers["ETag"]
    new = jpeg(7)
    photos = [*audit["photos"], declared(new, "clean")]
    first = revise(world, audit_id, tag, photos=photos)
    assert first.json["receipt"]["state"] == "awaiting_media"
    assert [up["photo_id"] for up in first.json["uploads"]] == [photos[1]["id"]]
    # The first revision is whole, whatever the second still waits for.
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True
    assert detail(world, audit_id)["state"] == "awaiting_media"
    assert upload(world.client, first.json["uploads"][0], new) == 200
    last = revise(world, audit_id, tag, photos=photos)
    assert (last.status_code, last.json["receipt"]["state"]) == (200, "submitted")
    assert len(world.call("reviewer", "GET", f"/audits/{audit_id}/photos").json) == 2


def test_a_photo_that_the_next_revision_leaves_out_is_no_longer_shown(world: World) -> None:
    photos, audit_id = (jpeg(1), jpeg(2)), uuid4()
    audit = with_photos(world, *photos)
    settle(world, audit_id, audit, *photos)
    tag = world.move(audit_id, "return", note="One is enough").headers["ETag"]
    revise(world, audit_id, tag, photos=audit["photos"][1:])
    shown = world.call("reviewer", "GET", f"/audits/{audit_id}/photos").json
    assert [photo["id"] for photo in shown] == [audit["photos"][1]["id"]]


def test_a_note_on_a_question_that_was_not_asked_returns_nothing(world: World) -> None:
    audit_id = send(world)
    answer = world.move(audit_id, "return", notes={"greeted": "Who?", "a/b": "Which one?"})
    assert (answer.status_code, pointers(answer)) == (422, {"/notes/a~1b"})
    assert detail(world, audit_id)["state"] == "submitted"
