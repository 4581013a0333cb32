"""An export that failed can be gone on with, whatever has become meanwhile of what it had made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import Export
from audit_api.services.exports import files, packing
from audit_api.services.jobs import Hopeless
from audit_api.services.jobs.holding import KEPT_FAILED
from audit_api.storage.store import Part, PhotoStore
from tests.exports.archives import APPROVED, COUNT, fetched, get, link, made, opened
from tests.world import World

_days = iter(range(1, 29))


@pytest.fixture
def failed(world: World) -> str:
    """The id of an export whose work fails once its upload has begun."""

    def refuse(*_: object) -> None:
        raise Hopeless("a planted fault")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_of(world), "complete", refuse)
        day = f"2026-02-{next(_days):02}"
        export = made(world, language="en", filter={"business_date_from": day})
    assert (export["state"], export["error"]) == ("failed", "a planted fault")
    told: str = export["id"]
    return told


def store_of(world: World) -> PhotoStore:
    store: PhotoStore = world.app.extensions["audit_photo_store"]
    return store


def upload_of(world: World, export_id: str) -> tuple[str, str | None]:
    with world.app.app_context():
        export = db.session.get_one(Export, UUID(export_id))
        return packing.key(export), export.attempt


def is_there(store: PhotoStore, key: str, attempt: str) -> bool:
    try:
        store.put_part(key, attempt, Part(1, 0, b"x"))
    except Problem as problem:
        return problem.kind is not Kind.NOT_FOUND
    return True


def finish(world: World, export_id: str) -> None:
    """Try an export again, and hold what comes of it to what was asked for."""
    assert world.call("hq", "POST", f"/exports/{export_id}/retry").status_code == 202
    world.app.extensions["audit_worker"].work_off()
    told = get(world, export_id)
    assert (told["state"], told["done"], told["total"]) == ("done", COUNT, COUNT)
    archive = opened(fetched(world, link(world, export_id)))
    assert len(archive.manifest["files"]) == APPROVED


def test_what_failed_goes_on_where_its_upload_was_ended_by_the_store(
    world: World, failed: str
) -> None:
    key, attempt = upload_of(world, failed)
    assert attempt is not None
    store_of(world).abandon(key, attempt)  # as a rule of the bucket does
    finish(world, failed)


def test_what_failed_lets_go_of_its_upload_after_a_while_and_is_begun_anew(
    world: World, failed: str
) -> None:
    key, attempt = upload_of(world, failed)
    assert attempt is not None
    for later in (KEPT_FAILED - timedelta(minutes=1), KEPT_FAILED + timedelta(minutes=1)):
        assert is_there(store_of(world), key, attempt)
        with time_machine.travel(datetime.now(UTC) + later), world.app.app_context():
            files.sweep(store_of(world), now=datetime.now(UTC))
            db.session.commit()
    assert not is_there(store_of(world), key, attempt)
    assert get(world, failed)["state"] == "failed"
    finish(world, failed)


def test_what_was_tried_again_keeps_its_upload(world: World, failed: str) -> None:
    assert world.call("hq", "POST", f"/exports/{failed}/retry").status_code == 202
    with time_machine.travel(datetime.now(UTC) + 2 * KEPT_FAILED), world.app.app_context():
        assert files.sweep(store_of(world), now=datetime.now(UTC)) == 0
        db.session.rollback()
    world.app.extensions["audit_worker"].work_off()
    assert get(world, failed)["state"] == "done"
