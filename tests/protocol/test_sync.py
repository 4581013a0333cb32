"""What a phone pulls: its own feed, by its own numbers, each thing as it is now."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from audit_api.api.visits.sync import SyncSchema
from audit_api.services.visits import sync
from tests.protocol.phone import change_site, returned, revise, send, settle, with_photos
from tests.statements import counted
from tests.world import World, jpeg


def pull(world: World, cursor: str = "0", person: str = "auditor") -> dict[str, Any]:
    answer = world.call(person, "GET", f"/sync?cursor={cursor}")
    assert answer.status_code == 200, answer.json
    return answer.json


def ids(page: dict[str, Any]) -> list[str]:
    return [assignment["id"] for assignment in page["assignments"]]


def give(world: World, person: str, visit: UUID | None = None) -> None:
    """Give a visit, the world's first where none is named, to another auditor."""
    path = f"/assignments/{visit or world.assignment_id}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    changed = world.call(
        "hq", "PATCH", path, {"auditor_id": str(world.users[person])}, headers={"If-Match": tag}
    )
    assert changed.status_code == 200, changed.json


def test_nothing_is_told_twice_and_nothing_new_is_missed(world: World) -> None:
    first = pull(world)
    assert ids(first) == [str(world.assignment_id)]
    assert ids(pull(world, first["cursor"])) == []
    planned = world.plan()
    assert ids(pull(world, first["cursor"])) == [str(planned)]


def test_each_auditors_feed_has_numbers_of_its_own(world: World) -> None:
    before = pull(world, person="other_auditor")
    for _ in range(3):
        world.plan()
    after = pull(world, before["cursor"], "other_auditor")
    assert (after["cursor"], ids(after), after["removed"]) == (before["cursor"], [], [])


def test_what_changed_twice_is_told_once_as_it_is_now(world: World) -> None:
    cursor = pull(world)["cursor"]
    for name in ("One", "Two"):
        change_site(world, name=name)
    page = pull(world, cursor)
    assert [assignment["site"]["name"] for assignment in page["assignments"]] == ["Two"]


def test_a_visit_given_to_another_leaves_one_feed_and_enters_the_other(world: World) -> None:
    mine, theirs = pull(world)["cursor"], pull(world, person="other_auditor")["cursor"]
    give(world, "other_auditor")
    lost, gained = pull(world, mine), pull(world, theirs, "other_auditor")
    assert (lost["removed"], ids(lost)) == ([str(world.assignment_id)], [])
    assert (gained["removed"], ids(gained)) == ([], [str(world.assignment_id)])


def test_a_visit_that_comes_back_is_no_longer_removed(world: World) -> None:
    cursor = pull(world)["cursor"]
    give(world, "other_auditor")
    give(world, "auditor")
    page = pull(world, cursor)
    assert (page["removed"], ids(page)) == ([], [str(world.assignment_id)])


def test_a_removal_is_told_whatever_happens_to_the_audit_of_it_afterwards(world: World) -> None:
    """The audit's own changes enter its auditor's feed too, and must not hide the removal."""
    cursor = pull(world)["cursor"]
    give(world, "other_auditor")
    world.move(send(world), "approve")
    page = pull(world, cursor)
    assert (page["removed"], ids(page)) == ([str(world.assignment_id)], [])


def test_a_return_is_told_with_its_notes_and_tag_and_without_the_reviewer(world: World) -> None:
    send(world)
    cursor = pull(world)["cursor"]
    audit_id, tag = returned(world)
    page = pull(world, cursor)
    (told,) = page["assignments"][0]["returned"]
    assert told == {
        "audit_id": str(audit_id),
        "revision": 1,
        "etag": tag,
        "note": "Look again at the floor",
        "notes": {"clean": "?"},
    }
    text = json.dumps(page)
    assert "Canary" not in text
    assert str(world.users["reviewer"]) not in text
    assert revise(world, audit_id, told["etag"]).status_code == 201
    assert pull(world, page["cursor"])["assignments"][0]["returned"] == []


def test_only_the_last_return_is_told(world: World) -> None:
    audit_id, tag = returned(world)
    revise(world, audit_id, tag)
    world.move(audit_id, "return", note="And again")
    (told,) = pull(world)["assignments"][0]["returned"]
    assert (told["note"], told["revision"]) == ("And again", 2)


@pytest.mark.parametrize("person", ["auditor", "other_auditor"])
def test_a_cursor_ahead_of_the_feed_starts_it_anew(world: World, person: str) -> None:
    page = pull(world, "999999", person)
    assert page["reset"] is True
    assert page["cursor"] == pull(world, person=person)["cursor"]
    assert ids(page) == ids(pull(world, person=person))
    assert pull(world, page["cursor"], person)["reset"] is False


def test_an_unchanged_poll_is_a_304_until_something_changes(world: World) -> None:
    first = world.call("auditor", "GET", "/sync")
    path = f"/sync?cursor={first.json['cursor']}"
    empty = world.call("auditor", "GET", path)
    tag = {"If-None-Match": empty.headers["ETag"]}
    unchanged = world.call("auditor", "GET", path, headers=tag)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert unchanged.headers["ETag"] == empty.headers["ETag"]
    assert world.call("other_auditor", "GET", path, headers=tag).status_code == 200
    world.plan()
    assert world.call("auditor", "GET", path, headers=tag).status_code == 200


def test_a_long_feed_comes_in_pages_that_leave_nothing_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "PAGE", 2)
    planned = [world.assignment_id, *(world.plan() for _ in range(4))]
    cursor, told, pages = "0", [], []
    while not pages or pages[-1]["more"]:
        pages.append(pull(world, cursor))
        cursor = pages[-1]["cursor"]
        told += ids(pages[-1])
    assert told == [str(id_) for id_ in planned]
    assert [len(page["assignments"]) for page in pages] == [2, 2, 1]


def test_what_changes_between_two_pages_is_not_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "PAGE", 2)
    planned = {world.assignment_id, *(world.plan() for _ in range(3))}
    page = pull(world)
    give(world, "other_auditor")
    later: UUID = world.plan()
    told, removed = set(ids(page)), set()
    while page["more"]:
        page = pull(world, page["cursor"])
        told |= set(ids(page))
        removed |= set(page["removed"])
    assert told == {str(id_) for id_ in planned | {later}}
    assert removed == {str(world.assignment_id)}


def test_a_phone_that_pulled_and_sent_sees_its_visit_as_submitted(world: World) -> None:
    cursor = pull(world)["cursor"]
    send(world)
    page = pull(world, cursor)
    assert [assignment["state"] for assignment in page["assignments"]] == ["submitted"]


def test_nobody_but_an_auditor_has_a_feed(world: World) -> None:
    assert world.call("reviewer", "GET", "/sync").status_code == 403


def eventful(world: World) -> TestResponse:
    """Pull a feed in which there is something of everything."""
    change_site(world, attributes={"floors": 2, "旗舰": True, "area": 12.5}, address="南京路 1 号")
    returned(world)
    text = b"no picture"
    settle(world, uuid4(), with_photos(world, text, assignment_id=str(world.plan())), text)
    waiting = with_photos(world, jpeg(7), jpeg(8), assignment_id=str(world.plan()))
    assert world.put(waiting).status_code == 201
    world.plan()
    give(world, "other_auditor", world.plan())
    return world.call("auditor", "GET", "/sync")


def test_a_page_is_what_its_schema_writes_to_the_byte(world: World) -> None:
    answer = eventful(world)
    visits = answer.json["assignments"]
    for member in ("returned", "unreadable_photos", "wanted"):
        assert any(visit[member] for visit in visits), member
    assert answer.json["removed"]
    schema = SyncSchema()
    written = schema.dump(schema.load(answer.json))
    assert world.app.json.dumps(written).encode() == answer.data


def selects(world: World, **headers: str) -> list[str]:
    """Return what a pull asks of the database."""
    with counted(world.app) as made:
        assert world.call("auditor", "GET", "/sync", headers=headers).status_code in (200, 304)
    return [one for one in made if one.startswith("SELECT")]


def test_a_page_costs_four_statements_and_reads_no_checklist(world: World) -> None:
    first = selects(world)
    eventful(world)
    assert selects(world) == first
    assert len(first) == 4
    assert not [one for one in first if "document" in one]


def test_an_unchanged_poll_costs_one_statement(world: World) -> None:
    tag = world.call("auditor", "GET", "/sync").headers["ETag"]
    assert len(selects(world, **{"If-None-Match": tag})) == 1
