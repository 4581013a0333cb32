"""Writers that want the same rows in opposite orders: no deadlock is seen, every sum is exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.services.sites import sites
from audit_api.services.totals import of_sites, of_visits
from audit_api.services.visits import assignments
from tests.faults.races import at_once, backend_of, caller, etag, stored, until_somebody_waits_for
from tests.faults.server import Server
from tests.world import World, make_world, small_checklist

pytestmark = pytest.mark.slow
AUDITORS = ("auditor", "other_auditor")
SITES = 6
PREPARED = 10
"""After so many runs a connection has the statement prepared, with a plan for all parameters."""
HELD = "IN SHARE ROW EXCLUSIVE MODE"


@pytest.fixture
def busy(app: Flask) -> World:
    return make_world(app, review="none", checklist=small_checklist())


def plan(world: World, person: str) -> list[dict[str, Any]]:
    """Plan a visit of `person` to each of the sites, add the sites at first; return audits."""
    now = datetime.now(UTC)
    with world.app.app_context():
        known = {site.code: site for site in db.session.scalars(sites.listed(by=world.hq))}
        found = [
            known.get(f"S{number}")
            or sites.add(
                by=world.hq,
                now=now,
                code=f"S{number}",
                name=f"Site {number}",
                region_id=world.region_id,
                time_zone="Asia/Shanghai",
            )
            for number in range(SITES)
        ]
        planned = [
            world.audit(
                site_id=str(site.id),
                assignment_id=str(
                    assignments.add(
                        by=world.hq,
                        now=now,
                        campaign_id=world.campaign_id,
                        site_id=site.id,
                        auditor_id=world.users[person],
                        repeat=True,
                    ).id
                ),
            )
            for site in found
        ]
        db.session.commit()
    return planned


def items(audits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(uuid4()), "audit": audit} for audit in audits]


def exact(world: World) -> int:
    """Return how many audits the region's scorecard counts, once totals are proven."""
    with world.app.app_context():
        assert of_sites.differences(world.organisation_id) == []
        assert of_visits.differences(world.organisation_id) == []
    path = f"/regions/{world.region_id}/scorecard?period=2026-03"
    return int(world.call("manager", "GET", path).json["audits"])


def pushes(world: World, call: Callable[..., Any]) -> list[Callable[[], Any]]:
    """Return calls that push batches of both auditors over the same sites, there and back."""
    batches = []
    for person in AUDITORS:
        for turn in range(4):
            audits = plan(world, person)
            batch = items(audits if turn % 2 else audits[::-1])
            batches.append(partial(call, person, "POST", "/audits/batch", {"audits": batch}))
    return batches


def test_batches_over_the_same_sites_in_opposite_orders_all_arrive(busy: World) -> None:
    answers = at_once(pushes(busy, lambda *sent: caller(busy).call(*sent)))
    assert [answer.status_code for answer in answers] == [200] * 8
    told = Counter(result["status"] for answer in answers for result in answer.json["results"])
    assert told == {201: 8 * SITES}
    assert len(stored(busy)) == exact(busy) == 8 * SITES


def test_batches_through_processes_all_arrive(busy: World, server: Server) -> None:
    answers = at_once(pushes(busy, partial(server.call, busy)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len(stored(busy)) == exact(busy) == 8 * SITES


def test_batches_of_the_same_visits_in_opposite_orders_count_each_visit_once(busy: World) -> None:
    audits = plan(busy, "auditor")
    answers = at_once([partial(push, busy, "auditor", audits[::order]) for order in (1, -1) * 4])
    assert [answer.status_code for answer in answers] == [200] * 8
    states = Counter(
        result["answer"]["receipt"]["state"]
        for answer in answers
        for result in answer.json["results"]
    )
    assert states == {"approved": SITES, "submitted": 7 * SITES}
    assert exact(busy) == SITES


def test_approvals_beside_batches_over_one_site_do_not_wait_for_each_other_in_a_ring(
    busy: World,
) -> None:
    """A review locks an audit, its auditor's feed, its site's totals; a batch must do likewise."""
    sent = {str(uuid4()): busy.another() for _ in range(6)}
    ids = list(sent)
    for id_ in ids:
        assert busy.put(sent[id_], UUID(id_)).status_code == 201
    new = [[busy.another() for _ in range(5)] for _ in range(4)]
    tags = {id_: etag(busy, id_) for id_ in ids}

    def exclude(id_: str) -> Any:
        return caller(busy).call(
            "hq",
            "POST",
            f"/audits/{id_}/moves",
            {"action": "exclude", "note": "Closed that day"},
            headers={"If-Match": tags[id_]},
        )

    def push(order: int, audits: list[dict[str, Any]]) -> Any:
        batch = items(audits) + [{"id": id_, "audit": sent[id_]} for id_ in ids]
        return caller(busy).call("auditor", "POST", "/audits/batch", {"audits": batch[::order]})

    answers = at_once(
        [
            *(partial(exclude, id_) for id_ in ids),
            *(partial(push, (-1) ** turn, audits) for turn, audits in enumerate(new)),
        ]
    )
    assert [answer.status_code for answer in answers] == [200] * 10
    with busy.app.app_context():
        assert of_sites.differences(busy.organisation_id) == []
    card = busy.call("manager", "GET", f"/sites/{busy.site_id}/scorecard?period=2026-03").json
    assert card["audits"] == 20


def test_changes_of_a_site_beside_batches_refuse_none(busy: World) -> None:
    """Each change makes what was read of the site old, and the audits are read again."""

    def rename(number: int) -> Any:
        client = caller(busy)
        path = f"/sites/{busy.site_id}"
        tag = client.call("hq", "GET", path).headers["ETag"]
        return client.call(
            "hq", "PATCH", path, {"name": f"Name {number}"}, headers={"If-Match": tag}
        )

    def push() -> Any:
        batch = {"audits": items([busy.audit()] * 5)}
        return caller(busy).call("auditor", "POST", "/audits/batch", batch)

    answers = at_once([*(partial(rename, number) for number in range(4)), *[push] * 4])
    assert {answer.status_code for answer in answers[:4]} <= {200, 412}
    assert [answer.status_code for answer in answers[4:]] == [200] * 4
    told = [result["status"] for answer in answers[4:] for result in answer.json["results"]]
    assert told == [201] * 20


def test_plans_that_change_beside_batches_are_counted_right(busy: World) -> None:
    """A visit that is cancelled first is held, one that is made first counts once."""
    audits = plan(busy, "auditor")
    ids = [audit["assignment_id"] for audit in audits]
    tags = {id_: busy.call("hq", "GET", f"/assignments/{id_}").headers["ETag"] for id_ in ids}

    def cancel(id_: str) -> Any:
        return caller(busy).call("hq", "POST", f"/assignments/{id_}/moves", {"action": "cancel"})

    def postpone(id_: str) -> Any:
        fields = {"ends_on": "2026-05-31", "override": "The shop is closed."}
        headers = {"If-Match": tags[id_]}
        return caller(busy).call("hq", "PATCH", f"/assignments/{id_}", fields, headers=headers)

    def push(order: int) -> Any:
        batch = {"audits": items(audits[::order])}
        return caller(busy).call("auditor", "POST", "/audits/batch", batch)

    answers = at_once(
        [
            *(partial(push, order) for order in (1, -1)),
            *(partial(change, id_) for id_ in ids for change in (cancel, postpone)),
        ]
    )
    assert [answer.status_code for answer in answers[:2]] == [200] * 2
    assert {answer.status_code for answer in answers[2:]} <= {200, 409, 412}
    states = Counter(busy.call("hq", "GET", f"/assignments/{id_}").json["state"] for id_ in ids)
    assert states.keys() <= {"closed", "cancelled"}
    assert exact(busy) == states["closed"]


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_a_batch_counts_its_visits_site_by_site_after_the_totals(busy: World) -> None:
    """Whoever waits to count a visit to the last of the sites holds all that comes before it."""
    for person in AUDITORS[::-1]:
        audits = plan(busy, person)
        if person != "auditor":
            assert push(busy, person, audits).status_code == 200
    ids = sorted((UUID(audit["site_id"]) for audit in audits), key=lambda id_: id_.bytes)
    held = [("visit_totals", id_) for id_ in ids[:-1]] + [("site_totals", id_) for id_ in ids]
    with busy.app.app_context():
        engine = db.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as holder, engine.connect() as other:
        holder.execute(locked("visit_totals"), {"site": ids[-1]})
        pushing = pool.submit(push, busy, "auditor", audits[::-1])
        until_somebody_waits_for(backend_of(holder), busy)
        for table, site_id in held:
            with pytest.raises(sa.exc.OperationalError, match="could not obtain lock"):
                other.execute(locked(table), {"site": site_id})
            other.rollback()
        holder.rollback()
        assert pushing.result().status_code == 200


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_a_batch_that_waits_for_a_rebuild_holds_nothing_that_the_rebuild_wants(busy: World) -> None:
    audits = plan(busy, "auditor")
    for _ in range(2 * PREPARED):
        assert push(busy, "auditor", audits[:1]).status_code == 200
    with busy.app.app_context():
        engine = db.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as rebuild:
        rebuild.execute(sa.text(f"LOCK TABLE site_totals {HELD}"))
        pushing = pool.submit(push, busy, "auditor", audits)
        until_somebody_waits_for(backend_of(rebuild), busy)
        rebuild.execute(sa.text(f"LOCK TABLE visit_totals {HELD} NOWAIT"))
        rebuild.rollback()
        assert pushing.result().status_code == 200


def push(world: World, person: str, audits: list[dict[str, Any]]) -> Any:
    return caller(world).call(person, "POST", "/audits/batch", {"audits": items(audits)})


def locked(table: str) -> sa.TextClause:
    return sa.text(f"SELECT FROM {table} WHERE site_id = :site FOR UPDATE NOWAIT")
