"""The list of audits is a queue: what is told of each, filtered, sorted, page after page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.services import access
from audit_api.services.audits import queue
from audit_api.services.audits.orders import Order, Place
from audit_api.services.audits.queue import Filter
from tests.audits.queues import Queue, make_queue
from tests.protocol.phone import kind, pointers
from tests.statements import counted

OFFICE_ONLY = {"auditor_id", "auditor_name", "signals"}
TRACES = {"assignment_id", "conducted_at", "visited_at", "received_at", "state_since"}


@pytest.fixture(scope="module")
def the_queue(shared_app: Flask) -> Queue:
    return make_queue(shared_app)


def test_a_row_tells_what_a_reviewer_chooses_by(the_queue: Queue) -> None:
    row, world = the_queue.row("far"), the_queue.world
    assert (row["site_code"], row["site_name"]) == ("SH-001", "Shanghai Nanjing Road")
    assert (row["region_id"], row["region_name"]) == (str(world.region_id), "East")
    assert (row["findings_count"], row["valid"], row["state"]) == (1, True, "approved")
    assert (row["auditor_id"], row["auditor_name"]) == (
        str(world.users["auditor"]),
        "Canary auditor",
    )
    assert {signal["kind"]: signal["holds"] for signal in row["signals"]} == {
        "outside_geofence": True,
        "sent_late": False,
    }
    assert row["received_at"] < row["state_since"]


@pytest.mark.parametrize(("name", "valid"), [("whole", True), ("hardly", False), ("empty", False)])
def test_an_invalid_audit_says_so_in_the_queue_and_by_itself(
    the_queue: Queue, name: str, valid: bool
) -> None:
    row = the_queue.row(name)
    assert row["valid"] is valid
    detail = the_queue.world.call("hq", "GET", f"/audits/{row['id']}").json
    assert detail["valid"] is valid
    assert {name: detail[name] for name in row} == row


def test_an_invalid_audit_says_so_to_a_manager_too(the_queue: Queue) -> None:
    assert the_queue.row("empty", "manager")["valid"] is False


FILTERS: list[tuple[dict[str, Any] | Callable[[Queue], dict[str, Any]], str]] = [
    ({}, "whole poor hardly west far april empty"),
    ({"state": "submitted"}, "whole poor hardly"),
    ({"state": "approved", "period": "2026-03"}, "far empty"),
    ({"period": "2026-04"}, "april"),
    ({"period": "2026-Q2"}, "april"),
    ({"period": "2026-03", "business_date_from": "2026-03-03"}, ""),
    ({"period": "2026", "business_date_from": "2026-04-01"}, "april"),
    ({"period": "2026", "business_date_to": "2026-03-31", "state": "in_review"}, "west"),
    ({"valid": "false"}, "hardly empty"),
    ({"valid": "true", "state": "submitted"}, "whole poor"),
    ({"passed": "true", "state": "approved"}, "far april"),
    ({"passed": "false"}, "west"),
    ({"signal": "outside_geofence"}, "far"),
    ({"signal": "few_answers"}, "hardly empty"),
    ({"signal": "duplicate_visit"}, ""),
    ({"held": "true"}, "hardly far empty"),
    ({"held": "false", "state": "submitted"}, "whole poor"),
    (lambda queue: {"region_id": queue.west_id}, "west"),
    (lambda queue: {"region_id": queue.world.region_id, "state": "approved"}, "far april empty"),
    (lambda queue: {"site_id": queue.west_site_id}, "west"),
    (lambda queue: {"campaign_id": queue.campaign_id}, "april"),
    (lambda queue: {"auditor_id": queue.world.users["other_auditor"]}, "west"),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_the_queue_is_filtered(the_queue: Queue, query: Any, expected: str) -> None:
    asked = query(the_queue) if callable(query) else query
    assert the_queue.told(sort="received_at", **asked) == expected.split()


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize(
    "sort", ["id", "received_at", "-received_at", "final_score", "-business_date"]
)
@pytest.mark.parametrize("state", [None, "submitted", "approved"])
def test_each_order_is_walked_page_by_page_and_nothing_is_told_twice(
    the_queue: Queue, sort: str, limit: int, state: str | None
) -> None:
    asked = {"sort": sort} | ({"state": state} if state else {})
    whole = the_queue.told(**asked)
    pages = list(the_queue.walk(limit=limit, **asked))
    assert [name for page in pages for name in page] == whole
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert sorted(whole) == sorted(the_queue.told(**({"state": state} if state else {})))


def test_the_oldest_and_the_newest_come_first_when_asked_to(the_queue: Queue) -> None:
    came = list(the_queue.names.values())
    assert the_queue.told(sort="received_at") == came
    assert the_queue.told(sort="-received_at") == came[::-1]
    ids = [row["id"] for row in the_queue.rows()]
    assert ids == sorted(ids)


def test_the_lowest_score_comes_first_and_what_has_none_last(the_queue: Queue) -> None:
    scores = [row["final_score"] for row in the_queue.rows(sort="final_score")]
    assert scores == [50.0, 80.0, 80.0, 100.0, 100.0, 100.0, None]


def test_the_latest_visit_comes_first_for_managers_too(the_queue: Queue) -> None:
    for person in ("reviewer", "manager"):
        days = [row["business_date"] for row in the_queue.rows(person, sort="-business_date")]
        assert days == sorted(days, reverse=True)
        assert days[0] == "2026-04-02"


def test_what_waits_for_a_reviewer_is_found_and_counted_by_state(the_queue: Queue) -> None:
    world = the_queue.world
    with world.app.app_context():
        by = access.system_who(world.organisation_id)
        waiting = queue.listed(Filter(waiting=True), by=by, order=Order.OLDEST, limit=9)
        others = queue.listed(Filter(waiting=False), by=by, order=Order.OLDEST, limit=9)
        counts = queue.counted(Filter(), by=by)
        told = queue.view_ids([waiting[0].audit.id, uuid4()], by=by)
    names = [[the_queue.names[str(line.audit.id)] for line in each] for each in (waiting, others)]
    assert names == [["whole", "poor", "hardly", "west"], ["far", "april", "empty"]]
    assert counts == {"submitted": 3, "in_review": 1, "approved": 3}
    assert [the_queue.names[str(row["id"])] for row in told] == ["whole"]


def test_a_walk_goes_on_where_it_was_though_its_last_audit_has_moved(the_queue: Queue) -> None:
    """The cursor tells a place among the values, and not an audit that may have left it."""
    world = the_queue.world
    with world.app.app_context():
        by = access.system_who(world.organisation_id)
        gone = Place(8000, UUID(int=0))
        lines = queue.listed(Filter(), by=by, order=Order.LOWEST, after=gone, limit=9)
        names = [the_queue.names[str(line.audit.id)] for line in lines]
    assert sorted(names) == sorted(["poor", "far", "whole", "hardly", "april", "empty"])


@pytest.mark.parametrize(
    "cursor", ["x", "1", str(UUID(int=1)), f"-1.{UUID(int=1).hex}", "9" * 18 + ".0"]
)
def test_a_cursor_that_was_never_given_out_is_refused(the_queue: Queue, cursor: str) -> None:
    query = {"cursor": cursor, "sort": "received_at"}
    refused = the_queue.world.call("hq", "GET", "/audits", query_string=query)
    assert (refused.status_code, pointers(refused)) == (422, {"?query/cursor"})


@pytest.mark.parametrize(
    "sort", ["received_at", "-received_at", "final_score", "-business_date", "id"]
)
def test_any_place_can_be_asked_for(the_queue: Queue, sort: str) -> None:
    for value in (0, 10**17 - 1):
        query = {"cursor": f"{value}.{uuid4().hex}", "sort": sort}
        answer = the_queue.world.call("hq", "GET", "/audits", query_string=query)
        assert answer.status_code == 200, answer.json


def test_a_manager_reads_what_is_approved_of_the_own_region_and_no_trace(the_queue: Queue) -> None:
    rows = the_queue.rows("manager", sort="final_score")
    assert [the_queue.names[row["id"]] for row in rows] == ["far", "april", "empty"]
    for row in rows:
        assert not row.keys() & (OFFICE_ONLY | TRACES)
    assert list(the_queue.walk("manager", sort="final_score", limit=1)) == [
        ["far"],
        ["april"],
        ["empty"],
    ]
    asked = {"region_id": the_queue.west_id}
    assert the_queue.rows("manager", **asked) == []


@pytest.mark.parametrize("person", ["manager", "integration"])
@pytest.mark.parametrize(
    "query",
    [
        {"sort": "received_at"},
        {"sort": "-received_at"},
        {"signal": "late"},
        {"held": "true"},
        {"auditor_id": str(uuid4())},
    ],
)
def test_neither_order_nor_filter_tells_a_manager_who_or_when(
    the_queue: Queue, person: str, query: dict[str, str]
) -> None:
    world = the_queue.world
    if person == "integration":
        sent = {"name": uuid4().hex, "permissions": ["audit.read"]}
        world.tokens[person] = world.call("hq", "POST", "/tokens", sent).json["token"]
    refused = world.call(person, "GET", "/audits", query_string=query)
    assert (refused.status_code, kind(refused)) == (403, "forbidden")
    assert "audit.identify" in refused.json["detail"]


def test_an_auditor_sees_the_own_ones_by_when_they_were_sent_and_no_signal(
    the_queue: Queue,
) -> None:
    rows = the_queue.rows("auditor", sort="-received_at")
    assert [the_queue.names[row["id"]] for row in rows] == [
        *("empty", "april", "far", "hardly", "poor", "whole")
    ]
    for row in rows:
        assert row.keys() >= TRACES
        assert not row.keys() & OFFICE_ONLY
    refused = the_queue.world.call("auditor", "GET", "/audits?signal=late")
    assert refused.status_code == 403


def test_a_page_asks_the_database_as_often_however_long_it_is(the_queue: Queue) -> None:
    made = []
    for limit in (1, 7):
        the_queue.rows(limit=limit)
        with counted(the_queue.world.app) as statements:
            assert len(the_queue.rows(limit=limit)) == limit
        made.append([each for each in statements if not each.startswith("BEGIN")])
    assert [len(each) for each in made] == [2, 2]


@pytest.mark.parametrize("state", [None, "submitted"])
@pytest.mark.parametrize("order", [Order.OLDEST, Order.NEWEST, Order.LOWEST])
def test_a_page_is_read_in_the_order_of_an_index_and_sorts_nothing(
    the_queue: Queue, order: Order, state: str | None
) -> None:
    """So the last page costs what the first does."""
    world, plans = the_queue.world, []
    with world.app.app_context():
        connection = db.session.connection()
        on_postgresql = connection.dialect.name == "postgresql"
        if on_postgresql:
            for way in ("seqscan", "sort", "bitmapscan", "incremental_sort"):
                connection.execute(sa.text(f"SET LOCAL enable_{way} = off"))
        explain = "EXPLAIN" if on_postgresql else "EXPLAIN QUERY PLAN"

        def explained(statement: str, parameters: Any, *more: Any) -> None:
            if statement.startswith("SELECT") and "ORDER BY" in statement:
                rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
                plans.append("\n".join(str(row[-1]) for row in rows))

        def note(conn: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
            explained(statement, parameters)

        sa.event.listen(db.engine, "after_cursor_execute", note)
        try:
            place = Place(10**15, UUID(int=1))
            by = access.system_who(world.organisation_id)
            queue.listed(Filter(state=state), by=by, order=order, after=place, limit=50)
        finally:
            sa.event.remove(db.engine, "after_cursor_execute", note)
            db.session.rollback()
    (plan,) = plans
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    column = "score_order" if order is Order.LOWEST else "received_at"
    # Which of the two it is of a state, PostgreSQL decides by how many are in it.
    indexes = {f"ix_audits_organisation_id_{by}{column}_id" for by in ("", "state_")}
    assert any(index in plan for index in indexes)
