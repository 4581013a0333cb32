"""A batch answers for each audit as its own PUT would."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from tests.protocol.phone import (
    OTHER_ANSWERS,
    change_site,
    detail,
    push,
    returned,
    send,
    with_photos,
)
from tests.world import ALL_YES, World, declared, jpeg, upload

STABLE = ("audit_id", "revision", "content_digest", "standing", "state", "complete", "photos")


def item(audit: dict[str, Any], audit_id: UUID | None = None, **more: Any) -> dict[str, Any]:
    return {"id": str(audit_id or uuid4()), "audit": audit, **more}


def slugs(results: list[dict[str, Any]]) -> list[str]:
    return [
        result["problem"]["type"].rsplit("/", 1)[-1]
        if "problem" in result
        else str(result["status"])
        for result in results
    ]


def test_each_audit_of_a_batch_is_answered_alone(world: World) -> None:
    known, (asked, tag) = send(world), returned(world)
    results = push(
        world,
        item(world.audit()),
        item(world.audit(), known),
        item(world.audit(OTHER_ANSWERS), known),
        item(world.audit({"greeted": {"value": "yes"}})),
        item(world.audit(checklist="a" * 64)),
        item(world.audit(revision=2)),
        item(world.audit(OTHER_ANSWERS, revision=2), asked),
        item(world.audit(OTHER_ANSWERS, revision=2), asked, if_match=tag),
        item(world.audit(revision=2), asked, if_match=tag),
        item({"site_id": 7}),
    )
    assert slugs(results) == [
        "201",
        "200",
        "content-differs",
        "invalid",
        "invalid",
        "revision-unexpected",
        "precondition-required",
        "201",
        "revision-lost",
        "invalid",
    ]
    assert {error["pointer"] for error in results[3]["problem"]["errors"]} == {
        "/answers/clean",
        "/answers/receipt",
        "/answers/honest",
    }


def test_a_batch_answers_as_the_same_puts_one_after_the_other(world: World) -> None:
    def sent(audit_ids: list[UUID], assignment_id: UUID) -> list[dict[str, Any]]:
        photo = jpeg(3)
        first = world.audit(assignment_id=str(assignment_id))
        photos = [declared(photo, "clean", id=str(audit_ids[1]))]
        second = world.audit(assignment_id=str(assignment_id), photos=photos)
        other = world.audit(OTHER_ANSWERS, assignment_id=str(assignment_id))
        return [
            item(first, audit_ids[0]),
            item(first, audit_ids[0]),
            item(other, audit_ids[0]),
            item(world.audit(revision=2), audit_ids[1], if_match='"1"'),
            item(second, audit_ids[1]),
            item(second, audit_ids[1]),
            item(other | {"colour": "red"}, audit_ids[2]),
            item(other, audit_ids[2]),
            item(other | {"revision": 2}, audit_ids[2], if_match="never"),
        ]

    singles = []
    for one in sent([uuid4() for _ in range(3)], world.plan()):
        headers = {"If-Match": one["if_match"]} if "if_match" in one else {}
        singles.append(world.put(one["audit"], one["id"], headers=headers))
    batched = push(world, *sent([uuid4() for _ in range(3)], world.plan()))
    assert [result["status"] for result in batched] == [one.status_code for one in singles]
    for result, one in zip(batched, singles, strict=True):
        if "answer" not in result:
            assert result["problem"]["type"] == one.json["type"]
            continue
        receipts = result["answer"]["receipt"], one.json["receipt"]
        assert [receipt["state"] for receipt in receipts] == [receipts[0]["state"]] * 2
        assert result["answer"]["etag"] == one.json["etag"]
        assert len(result["answer"]["uploads"]) == len(one.json["uploads"])


def test_of_two_contents_under_one_id_the_first_is_stored(world: World) -> None:
    audit_id = uuid4()
    results = push(world, item(world.audit(), audit_id), item(world.audit(OTHER_ANSWERS), audit_id))
    assert slugs(results) == ["201", "content-differs"]
    assert detail(world, audit_id)["answers"] == ALL_YES


def test_a_repeated_batch_settles_the_photos_that_came_meanwhile(world: World) -> None:
    photos = [jpeg(1), jpeg(2)]
    items = [item(with_photos(world, photo)) for photo in photos]
    first = push(world, *items)
    assert [result["answer"]["receipt"]["complete"] for result in first] == [False, False]
    assert upload(world.client, first[0]["answer"]["uploads"][0], photos[0]) == 200
    again = push(world, *items)
    assert [result["status"] for result in again] == [200, 200]
    assert [result["answer"]["receipt"]["state"] for result in again] == [
        "submitted",
        "awaiting_media",
    ]
    assert [len(result["answer"]["uploads"]) for result in again] == [0, 1]


def test_a_batch_meets_a_site_that_changed_since_it_was_read(world: World) -> None:
    send(world)
    change_site(world, time_zone="Pacific/Kiritimati")
    results = push(world, item(world.audit(conducted_at="2026-03-31T18:00:00+08:00")))
    assert slugs(results) == ["201"]
    audit_id = results[0]["id"]
    assert detail(world, UUID(audit_id))["business_date"] == "2026-04-01"


def test_an_audit_of_another_auditor_in_the_batch_is_not_found_and_harms_no_other(
    world: World,
) -> None:
    theirs = uuid4()
    assignment_id = str(world.plan(auditor_id=world.users["other_auditor"]))
    path, audit = f"/audits/{theirs}", world.audit(assignment_id=assignment_id)
    assert world.call("other_auditor", "PUT", path, audit).status_code == 201
    results = push(world, item(world.audit(), theirs), item(world.audit()))
    assert slugs(results) == ["not-found", "201"]
