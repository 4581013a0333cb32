"""Several reports of one visit at one moment: one of them counts unseen, at most."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit
from tests.faults.races import at_once, backend_of, caller, counted, until_somebody_waits_for
from tests.protocol.phone import detail, settle, with_photos
from tests.protocol.test_reassigned import reassign
from tests.world import World, jpeg, make_world, upload


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none")


def test_of_many_reports_of_one_visit_at_once_one_is_approved(unreviewed: World) -> None:
    audit = unreviewed.audit()
    answers = at_once([partial(caller(unreviewed).put, audit, uuid4()) for _ in range(8)])
    states = Counter(answer.json["receipt"]["state"] for answer in answers)
    assert states == {"approved": 1, "submitted": 7}
    assert counted(unreviewed) == 1


def test_of_both_auditors_of_a_visit_at_once_the_former_one_is_never_approved(
    unreviewed: World,
) -> None:
    assert reassign(unreviewed).status_code == 200
    people = ("auditor", "other_auditor") * 3
    answers = at_once(
        [
            partial(
                caller(unreviewed).call, person, "PUT", f"/audits/{uuid4()}", unreviewed.audit()
            )
            for person in people
        ]
    )
    states = [answer.json["receipt"]["state"] for answer in answers]
    assert states[::2] == ["submitted"] * 3
    assert Counter(states[1::2])["approved"] <= 1
    assert counted(unreviewed) == states.count("approved")


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("state = 'cancelled'", "cancelled_assignment"),
        ("auditor_id = :other", "reassigned_visit"),
        ("audits = 1, state = 'submitted'", "duplicate_visit"),
        ("ends_on = '2026-03-01'", "late"),
    ],
)
def test_an_audit_is_judged_by_its_assignment_as_it_is_when_its_turn_comes(
    unreviewed: World, change: str, expected: str
) -> None:
    """What another transaction did to the assignment, and this one's snapshot does not know."""
    audit_id = uuid4()
    with unreviewed.app.app_context():
        engine = db.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as holder:
        holder.execute(
            sa.text(
                f"UPDATE assignments SET {change} WHERE id = :id AND CAST(:other AS uuid) = :other"
            ),
            {"id": unreviewed.assignment_id, "other": unreviewed.users["other_auditor"]},
        )
        putting = pool.submit(caller(unreviewed).put, unreviewed.audit(), audit_id)
        until_somebody_waits_for(backend_of(holder), unreviewed)
        holder.commit()
        assert putting.result().json["receipt"]["state"] == "submitted"
    assert expected in {signal["kind"] for signal in detail(unreviewed, audit_id)["signals"]}


def test_of_two_audits_with_one_photo_at_once_one_counts_at_most(unreviewed: World) -> None:
    photo, ids = jpeg(3), [uuid4() for _ in range(4)]
    audits = [
        with_photos(unreviewed, photo) | {"assignment_id": str(unreviewed.plan())} for _ in ids
    ]
    at_once(
        [
            partial(settle, caller(unreviewed), audit_id, audit, photo)
            for audit_id, audit in zip(ids, audits, strict=True)
        ]
    )
    for audit_id in ids:
        assert unreviewed.photo_states(audit_id) == {"ready"}
    states = Counter(detail(unreviewed, audit_id)["state"] for audit_id in ids)
    assert states["approved"] == counted(unreviewed) <= 1


def test_the_last_of_many_photos_approves_its_audit_once(unreviewed: World) -> None:
    """Each photo is a job of its own; whichever is done last decides, under the audit's lock."""
    audit_id, photos = uuid4(), [jpeg(number) for number in range(4)]
    audit = with_photos(unreviewed, *photos)
    tickets = {each["photo_id"]: each for each in unreviewed.put(audit, audit_id).json["uploads"]}
    for line, photo in zip(audit["photos"], photos, strict=True):
        assert upload(unreviewed.client, tickets[line["id"]], photo) == 200
    assert unreviewed.put(audit, audit_id).json["receipt"]["complete"]
    worker = unreviewed.app.extensions["audit_worker"]
    at_once([worker.work_off] * 3)
    assert unreviewed.photo_states(audit_id) == {"ready"}
    assert detail(unreviewed, audit_id)["state"] == "approved"
    assert counted(unreviewed) == 1


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
@pytest.mark.parametrize("writer", ["review", "settle"])
def test_whoever_waits_for_an_assignment_has_not_changed_its_audit_yet(
    unreviewed: World, writer: str
) -> None:
    """An intake that holds the assignment may meet the audit: it must not have to wait for it."""
    audit_id, photo = uuid4(), jpeg(5)
    audit = with_photos(unreviewed, photo)
    (ticket,) = unreviewed.put(audit, audit_id).json["uploads"]
    assert upload(unreviewed.client, ticket, photo) == 200
    if writer == "review":
        settle(unreviewed, audit_id, audit, photo)
        assert unreviewed.photo_states(audit_id) == {"ready"}
    write = {
        "review": partial(unreviewed.move, audit_id, "exclude", "hq"),
        "settle": partial(caller(unreviewed).put, audit, audit_id),
    }[writer]
    with unreviewed.app.app_context():
        engine = db.engine
    hold = sa.text("SELECT FROM assignments WHERE id = :id FOR NO KEY UPDATE")
    columns = ", ".join(each.name for each in Audit.__table__.columns if each.computed is None)
    again = sa.text(
        f"INSERT INTO audits ({columns}) SELECT {columns} FROM audits WHERE id = :id"
        " ON CONFLICT DO NOTHING"
    )
    with ThreadPoolExecutor(1) as pool, engine.connect() as intake:
        intake.execute(hold, {"id": unreviewed.assignment_id})
        writing = pool.submit(write)
        until_somebody_waits_for(backend_of(intake), unreviewed)
        intake.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
        intake.execute(again, {"id": audit_id})
        intake.rollback()
        assert writing.result().status_code == 200
    assert unreviewed.photo_states(audit_id) == {"ready"}
