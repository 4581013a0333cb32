"""A selection of audits is approved by one call, each as it would be alone."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.faults.races import at_once, caller, counted
from tests.protocol.phone import NOT_SEEN, detail, lenient_checklist, pointers
from tests.world import ALL_YES, World, make_world

Rows = list[dict[str, Any]]


@pytest.fixture
def world(shared_app: Flask) -> World:
    return make_world(shared_app, checklist=lenient_checklist())


def sent(world: World, answers: dict[str, Any] | None = None, count: int = 1) -> Rows:
    """Send audits of visits of their own; return them as the queue lists them."""
    ids = set()
    for _ in range(count):
        audit = world.audit(answers or ALL_YES, assignment_id=str(world.plan()))
        audit_id = uuid4()
        assert world.put(audit, audit_id).status_code == 201
        ids.add(str(audit_id))
    return [row for row in listed(world) if row["id"] in ids]


def listed(world: World) -> Rows:
    return list(world.call("reviewer", "GET", "/audits?sort=received_at").json)


def selection(rows: Rows, **more: Any) -> dict[str, Any]:
    return {"audits": [{"id": row["id"], "version": row["version"]} for row in rows], **more}


def approve(world: World, rows: Rows, person: str = "reviewer", **more: Any) -> Rows:
    answer = world.call(person, "POST", "/audits/approvals", selection(rows, **more))
    assert answer.status_code == 200, answer.json
    return list(answer.json["results"])


def test_a_filtered_selection_is_approved_and_counted(world: World) -> None:
    rows = sent(world, count=3)
    results = approve(world, rows)
    assert [result["id"] for result in results] == [row["id"] for row in rows]
    for result, row in zip(results, rows, strict=True):
        assert (result["status"], result["audit"]["state"]) == (200, "approved")
        assert result["audit"]["version"] == row["version"] + 1
    assert counted(world) == 3
    closed = world.call("hq", "GET", "/assignments?state=closed").json
    assert len(closed) == 3
    told = world.call("auditor", "GET", "/sync").json["assignments"]
    assert [visit["state"] for visit in told].count("closed") == 3


def test_each_is_answered_alone(world: World) -> None:
    good, changed, decided = sent(world, count=3)
    assert world.move(changed["id"], "open").status_code == 200
    decided |= world.move(decided["id"], "reject").json
    missing = {"id": str(uuid4()), "version": 1}
    results = approve(world, [missing, changed, decided, good])
    assert [result["status"] for result in results] == [404, 412, 409, 200]
    kinds = [result["problem"]["type"].rpartition("/")[2] for result in results[:3]]
    assert kinds == ["not-found", "stale", "move-not-allowed"]
    assert detail(world, UUID(changed["id"]))["state"] == "in_review"
    assert counted(world) == 1


def test_what_a_signal_holds_is_approved_only_where_it_is_included(world: World) -> None:
    (held,), (plain,) = sent(world, NOT_SEEN), sent(world)
    results = approve(world, [held, plain])
    assert [result["status"] for result in results] == [409, 200]
    problem = results[0]["problem"]
    assert problem["type"].endswith("/held")
    assert "few_answers" in problem["detail"]
    assert [result["status"] for result in approve(world, [held], include_held=True)] == [200]
    assert counted(world) == 2


def test_an_audit_of_another_organisation_is_not_there(world: World) -> None:
    other = make_world(world.app)
    (foreign,) = sent(other)
    (result,) = approve(world, [foreign])
    assert result["status"] == 404
    assert detail(other, UUID(foreign["id"]))["state"] == "submitted"


@pytest.mark.parametrize("person", ["auditor", "manager"])
def test_only_the_office_approves(world: World, person: str) -> None:
    answer = world.call(person, "POST", "/audits/approvals", selection(sent(world)))
    assert answer.status_code == 403
    assert counted(world) == 0


def test_a_selection_names_each_audit_once_and_not_too_many(world: World) -> None:
    (row,) = sent(world)
    twice = world.call("hq", "POST", "/audits/approvals", selection([row, row]))
    assert (twice.status_code, pointers(twice)) == (422, {"/audits/1/id"})
    many = [{"id": str(uuid4()), "version": 1} for _ in range(501)]
    for rows in (many, []):
        refused = world.call("hq", "POST", "/audits/approvals", selection(rows))
        assert (refused.status_code, pointers(refused)) == (422, {"/audits"})
    assert [result["status"] for result in approve(world, many[:500])] == [404] * 500


def test_the_same_key_is_approved_once_and_answered_alike(world: World) -> None:
    body, key = selection(sent(world, count=2)), {"Idempotency-Key": uuid4().hex}
    first, second = (
        world.call("hq", "POST", "/audits/approvals", body, headers=key) for _ in range(2)
    )
    assert (second.status_code, second.data) == (first.status_code, first.data)
    assert counted(world) == 2


def test_the_reason_stands_in_each_history(world: World) -> None:
    (row,) = sent(world)
    approve(world, [row], "hq", note="The week's round")
    acts = world.call("reviewer", "GET", f"/audits/{row['id']}/activity").json
    assert (acts[-1]["action"], acts[-1]["note"]) == ("approve", "The week's round")
    assert acts[-1]["actor"]["name"] == "Canary hq"


def test_selections_that_cross_are_made_once_and_wait_for_each_other_in_no_ring(
    world: World,
) -> None:
    rows = sent(world, count=12)
    calls = [
        partial(approve, caller(world), order)
        for order in (rows, rows[::-1], rows[6:] + rows[:6], rows[::-1])
    ]
    answered = at_once(calls)
    statuses = [result["status"] for results in answered for result in results]
    assert sorted(statuses) == [200] * 12 + [412] * 36
    assert counted(world) == 12


def test_a_selection_beside_single_moves_and_arrivals_at_its_site(world: World) -> None:
    rows = sent(world, count=8)

    def move(row: dict[str, Any], action: str) -> int:
        path, tag = f"/audits/{row['id']}/moves", f'"{row["version"]}"'
        body = {"action": action, "note": "Not this one"}
        answer = caller(world).call("hq", "POST", path, body, headers={"If-Match": tag})
        return answer.status_code

    def arrive(audit: dict[str, Any]) -> int:
        return caller(world).put(audit).status_code

    visits = [world.audit(assignment_id=str(world.plan())) for _ in range(4)]
    calls: list[Any] = [partial(approve, caller(world), rows)]
    calls += [partial(move, row, "reject") for row in rows[:3]]
    calls += [partial(arrive, audit) for audit in visits]
    results, *statuses = at_once(calls)
    assert statuses[3:] == [201] * 4
    approved = [result["status"] for result in results].count(200)
    rejected = statuses[:3].count(200)
    assert set(statuses[:3]) <= {200, 412}
    assert approved + rejected == 8
    assert counted(world) == approved
