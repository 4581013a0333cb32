"""Where photos lie in a folder of ours, an upload settles its photo; the audit's next PUT reads."""

from __future__ import annotations

from collections.abc import Iterator
from threading import get_ident
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db, statements
from audit_api.models import User
from audit_api.services.audits import arrivals, intake
from audit_api.storage.local import LocalStore
from tests.pairs import PAIRS, fresh_pair, running
from tests.protocol.phone import detail, with_photos
from tests.protocol.test_parts import OFFSETS, Sending
from tests.world import World, jpeg, make_world, upload


@pytest.fixture(scope="module", params=PAIRS)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application on either database, with its photos in a folder."""
    folder = tmp_path_factory.mktemp("settled")
    with (
        fresh_pair(request, folder) as settings,
        running(settings | {"PHOTO_STORE": "local"}) as app,
    ):
        yield app


def uploaded(world: World, *bodies: bytes) -> tuple[UUID, dict[str, Any]]:
    """Put an audit and its photos; return its id and what was sent."""
    audit_id, audit = uuid4(), with_photos(world, *bodies)
    tickets = {each["photo_id"]: each for each in world.put(audit, audit_id).json["uploads"]}
    for line, body in zip(audit["photos"], bodies, strict=True):
        assert upload(world.client, tickets[line["id"]], body) == 200
    return audit_id, audit


def test_the_last_upload_submits_the_audit_and_has_it_shown(world: World) -> None:
    audit_id, audit = uploaded(world, jpeg(1), jpeg(2))
    assert detail(world, audit_id)["state"] == "submitted"
    assert world.photo_states(audit_id) == {"ready"}
    receipt = world.put(audit, audit_id).json["receipt"]
    assert (receipt["complete"], receipt["state"]) == (True, "submitted")


def test_an_audit_that_nobody_reviews_is_approved_with_its_last_upload(app: Flask) -> None:
    world = make_world(app, review="none")
    audit_id, audit = uploaded(world, jpeg(3))
    assert world.photo_states(audit_id) == {"ready"}
    assert world.put(audit, audit_id).json["receipt"]["state"] == "approved"


def test_what_is_no_picture_is_told_by_the_next_receipt(world: World) -> None:
    audit_id, audit = uploaded(world, b"%PDF-1.7")
    (photo,) = world.put(audit, audit_id).json["receipt"]["photos"]
    assert (photo["stored"], photo["readable"], photo["reason"]) == (True, False, "no_picture")


def test_the_put_after_the_last_upload_makes_one_statement_and_asks_no_store(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit_id, audit = uploaded(world, jpeg(4), jpeg(5))
    world.put(audit, audit_id)  # its token is known from now on
    made: list[str] = []
    execute, thread = statements.execute_prepared, get_ident()

    def note(text: str) -> None:
        if get_ident() == thread:  # copies are made in another
            made.append(text)

    def count(text: str, parameters: Any) -> Any:
        note(text)
        return execute(text, parameters)

    def count_other(*call: Any) -> None:
        note(call[2])

    monkeypatch.setattr(statements, "execute_prepared", count)
    monkeypatch.delattr(LocalStore, "stat")
    monkeypatch.delattr(intake, "store")
    with world.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", count_other)
    try:
        assert world.put(audit, audit_id).json["receipt"]["complete"] is True
    finally:
        sa.event.remove(engine, "before_cursor_execute", count_other)
    assert len([text for text in made if text != "BEGIN"]) == 1, made


def test_what_an_upload_could_not_settle_the_next_put_settles(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that dies in between leaves the same: a body, and nothing said of it."""

    def fail(*call: object, **how: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(arrivals, "settle_upload", fail)
        audit_id, audit = uploaded(world, jpeg(6))
    assert detail(world, audit_id)["state"] == "awaiting_media"
    assert world.put(audit, audit_id).json["receipt"]["state"] == "submitted"
    assert world.photo_states(audit_id) == {"ready"}


def test_nothing_is_settled_for_an_auditor_who_was_sent_away(world: World) -> None:
    audit_id, audit = uuid4(), with_photos(world, photo := jpeg(7))
    (ticket,) = world.put(audit, audit_id).json["uploads"]
    _let_in(world, False)
    assert upload(world.client, ticket, photo) == 200
    assert detail(world, audit_id)["state"] == "awaiting_media"
    _let_in(world, True)
    assert world.put(audit, audit_id).json["receipt"]["state"] == "submitted"


def test_the_parts_of_a_photo_that_comes_whole_are_forgotten(world: World) -> None:
    phone = Sending(world)
    assert phone.send(*OFFSETS[:2]) == [200, 200]
    assert detail(world, phone.id)["state"] == "awaiting_media"
    assert phone.send_whole() == 200
    assert phone.left_over() == []
    assert phone.put()["receipt"]["complete"] is True


def _let_in(world: World, active: bool) -> None:
    with world.app.app_context():
        db.session.execute(
            sa.update(User).where(User.id == world.users["auditor"]).values(active=active)
        )
        db.session.commit()
