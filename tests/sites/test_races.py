"""Many calls at once: one is made, the others learn of it, none breaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.errors import Problem
from audit_api.services.access import Who
from audit_api.services.people import users
from audit_api.services.sites import organisations, regions, sites
from tests import patience
from tests.calls import codes
from tests.organisations import address, load, region, site, tenant
from tests.world import NOW

Call = Callable[[FlaskClient, int], TestResponse]


def at_once(app: Flask, count: int, call: Call) -> list[int]:
    """Return the statuses of `count` calls that begin together, each with a client of its own."""
    barrier = Barrier(count)

    def one(number: int) -> int:
        client = app.test_client()
        barrier.wait()
        return call(client, number).status_code

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(one, range(count)))


@pytest.mark.slow
def test_of_32_that_add_the_same_site_at_once_one_does_and_31_learn_of_it(
    lasting_app: Flask, hq: Who, headers: dict[str, str]
) -> None:
    sent = {
        "code": "s1",
        "name": "S",
        "time_zone": "Asia/Shanghai",
        "region_id": str(region(hq, "north")),
    }
    db.session.commit()
    statuses = at_once(
        lasting_app,
        32,
        lambda client, number: client.post("/api/v1/sites", json=sent, headers=headers),
    )
    assert statuses == [201] + [409] * 31
    assert len(db.session.scalars(sites.listed(by=hq)).all()) == 1


@pytest.mark.slow
def test_of_16_changes_of_one_state_at_once_one_is_made_and_15_are_stale(
    lasting_app: Flask, hq: Who, headers: dict[str, str]
) -> None:
    path = f"/api/v1/sites/{site(hq, 's1', region(hq, 'north'))}"
    db.session.commit()
    statuses = at_once(
        lasting_app,
        16,
        lambda client, number: client.patch(
            path, json={"name": f"Name {number}"}, headers=headers | {"If-Match": '"1"'}
        ),
    )
    assert statuses == [200] + [412] * 15
    assert db.session.scalars(sites.listed(by=hq)).one().version == 2


@pytest.mark.slow
def test_regions_moved_under_each_other_at_once_never_form_a_cycle(
    lasting_app: Flask, hq: Who, headers: dict[str, str]
) -> None:
    one, two = region(hq, "one"), region(hq, "two")
    db.session.commit()

    def move(client: FlaskClient, number: int) -> TestResponse:
        moved, under = ((one, two), (two, one))[number % 2]
        return client.patch(
            f"/api/v1/regions/{moved}",
            json={"parent_id": str(under)},
            headers=headers | {"If-Match": '"1"'},
        )

    statuses = at_once(lasting_app, 8, move)
    assert statuses.count(200) == 1
    assert set(statuses) == {200, 412, 422}


@pytest.mark.slow
@pytest.mark.parametrize("noun", ["sites", "users"])
def test_what_comes_to_refer_to_a_region_as_it_is_deleted_finds_it_gone(
    lasting_app: Flask, hq: Who, headers: dict[str, str], noun: str
) -> None:
    north = str(region(hq, "north"))
    sent = {
        "sites": {"code": "s1", "name": "S", "time_zone": "Asia/Shanghai", "region_id": north},
        "users": {
            "email": address("kim"),
            "name": "Kim",
            "role": "manager",
            "locale": "en",
            "region_ids": [north],
        },
    }
    db.session.commit()
    regions.delete(regions.find_to_change(UUID(north), by=hq), by=hq, now=NOW)

    def add() -> TestResponse:
        client = lasting_app.test_client()
        return client.post(f"/api/v1/{noun}", json=sent[noun], headers=headers)

    with ThreadPoolExecutor(1) as pool:
        adding = pool.submit(add)
        until_it_waits(adding)
        db.session.commit()
        added = adding.result(patience.SECONDS)
    assert (added.status_code, list(codes(added).values())) == (422, ["unknown_reference"])


def until_it_waits(job: Future[Any]) -> None:
    """Return once the job waits for a lock, or needed none."""
    deadline = time.monotonic() + patience.SECONDS
    while not (somebody_waits_for_a_lock() or job.done()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def somebody_waits_for_a_lock() -> bool:
    """Say so on PostgreSQL; SQLite's writers wait in line before they begin."""
    if db.engine.dialect.name == "sqlite":
        return True
    with db.engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


@pytest.mark.slow
def test_an_address_taken_while_a_file_is_imported_is_a_fault_of_its_line(
    lasting_app: Flask, hq: Who
) -> None:
    email, other = address("kim"), tenant()
    users.add(by=other, now=NOW, email=email, name="Kim", role="auditor", locale="en")

    def import_it() -> list[tuple[str, str]]:
        with lasting_app.app_context():
            try:
                load("users", f"email,name,role\n{email},Kim,auditor\n", hq)
            except Problem as problem:
                return [(fault.pointer, fault.code) for fault in problem.faults]
        return []

    with ThreadPoolExecutor(1) as pool:
        importing = pool.submit(import_it)
        until_it_waits(importing)
        db.session.commit()
        assert importing.result(patience.SECONDS) == [("/lines/2/email", "in_use")]


@pytest.mark.slow
def test_a_file_and_a_move_of_one_site_do_not_wait_for_each_other_in_a_ring(
    lasting_app: Flask, hq: Who, headers: dict[str, str]
) -> None:
    region(hq, "north")
    sent = {"region_id": str(region(hq, "south"))}
    head = "code,name,region_code,time_zone\n"
    load("sites", f"{head}s1,Nanjing Road,north,Asia/Shanghai\n", hq)
    (added,) = db.session.scalars(sites.listed(by=hq))
    path, condition = f"/api/v1/sites/{added.id}", {"If-Match": f'"{added.version}"'}
    db.session.commit()
    organisations.lock(by=hq)  # as an import does first

    def move() -> int:
        client = lasting_app.test_client()
        return client.patch(path, json=sent, headers=headers | condition).status_code

    with ThreadPoolExecutor(1) as pool:
        moving = pool.submit(move)
        until_it_waits(moving)
        load("sites", f"{head}s1,Nanjing Lu,north,Asia/Shanghai\n", hq)
        db.session.commit()
        assert moving.result(patience.SECONDS) == 412
    (left,) = db.session.scalars(sites.listed(by=hq))
    assert left.name == "Nanjing Lu"
