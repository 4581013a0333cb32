"""Every kind of problem that can be reached is produced once, as the catalogue describes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from audit_api.app import create_app
from audit_api.database import db
from audit_api.errors import Kind
from audit_api.models import Audit
from audit_api.services.audits.photos import MAX_FILE_BYTES
from audit_api.services.exports import asking
from audit_api.services.sites import sites
from tests.input.calls import problem_of, slug_of
from tests.pairs import SECRET
from tests.protocol.phone import send
from tests.world import World, declared, jpeg

JSON = {"content_type": "application/json"}


def malformed(world: World) -> TestResponse:
    return world.call("hq", "POST", "/regions", data=b"{", **JSON)


def wrong_credentials(world: World) -> TestResponse:
    return world.call(None, "POST", "/login", {"email": "a@b.example", "password": "guess"})


def method_not_allowed(world: World) -> TestResponse:
    return world.call("hq", "PUT", "/regions", {})


def conflict(world: World) -> TestResponse:
    return world.call("hq", "POST", "/regions", {"code": "cn", "name": "Again"})


def not_empty(world: World) -> TestResponse:
    path, headers = f"/regions/{world.region_id}", {"If-Match": '"1"'}
    return world.call("hq", "DELETE", path, headers=headers)


def content_differs(world: World) -> TestResponse:
    audit_id = uuid4()
    world.put(world.audit(), audit_id)
    return world.put(world.audit(conducted_at="2026-03-03T09:00:00+08:00"), audit_id)


def revision_unexpected(world: World) -> TestResponse:
    return world.put(world.audit(revision=2), uuid4())


def returned(world: World) -> tuple[str, str]:
    """Return the id and the tag of an audit that waits for its second revision."""
    audit_id = str(uuid4())
    world.call("auditor", "PUT", f"/audits/{audit_id}", world.audit())
    moved = world.move(audit_id, "return", note="Why?")
    return audit_id, moved.headers["ETag"]


def revision_lost(world: World) -> TestResponse:
    audit_id, tag = returned(world)
    headers = {"If-Match": tag}
    path, second = f"/audits/{audit_id}", world.audit(revision=2)
    assert world.call("auditor", "PUT", path, second, headers=headers).status_code == 201
    other = second | {"conducted_at": "2026-03-03T09:00:00+08:00"}
    return world.call("auditor", "PUT", path, other, headers=headers)


def precondition_required(world: World) -> TestResponse:
    audit_id, _ = returned(world)
    return world.call("auditor", "PUT", f"/audits/{audit_id}", world.audit(revision=2))


def revision_not_asked(world: World) -> TestResponse:
    audit_id = send(world)
    return world.call(
        "auditor",
        "PUT",
        f"/audits/{audit_id}",
        world.audit(revision=2),
        headers={"If-Match": '"1"'},
    )


def move_not_allowed(world: World) -> TestResponse:
    return world.call(
        "auditor", "POST", f"/assignments/{world.assignment_id}/moves", {"action": "accept"}
    )


def too_late(world: World) -> TestResponse:
    audit_id = send(world)
    world.move(audit_id, "approve")
    with world.app.app_context():
        long_ago = datetime.now(UTC) - timedelta(days=30)
        db.session.get_one(Audit, audit_id).state_since = long_ago
        db.session.commit()
    return world.move(audit_id, "take_back")


def key_reused(world: World) -> TestResponse:
    headers = {"Idempotency-Key": "once"}
    for code in ("a", "b"):
        sent = {"code": code, "name": "Twice"}
        answer = world.call("hq", "POST", "/regions", sent, headers=headers)
    return answer


def stale(world: World) -> TestResponse:
    return world.call(
        "hq", "PATCH", f"/sites/{world.site_id}", {"name": "New"}, headers={"If-Match": '"7"'}
    )


def too_many_requests(world: World) -> TestResponse:
    for _ in range(6):
        answer = wrong_credentials(world)
    return answer


def too_much_unfinished(world: World) -> TestResponse:
    assert world.put(world.audit()).status_code == 201
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "MAX_UNFINISHED", 0)
        return world.call("hq", "POST", "/exports/audit-reports", {})


REACHED: dict[Kind, Callable[[World], TestResponse]] = {
    Kind.MALFORMED: malformed,
    Kind.UNAUTHENTICATED: lambda world: world.call(None, "GET", "/me"),
    Kind.WRONG_CREDENTIALS: wrong_credentials,
    Kind.FORBIDDEN: lambda world: world.call("auditor", "GET", "/users"),
    Kind.NOT_FOUND: lambda world: world.call("hq", "GET", f"/sites/{uuid4()}"),
    Kind.METHOD_NOT_ALLOWED: method_not_allowed,
    Kind.NOT_ACCEPTABLE: lambda world: world.call(
        "hq", "GET", "/organisation/scorecard?period=2026-03", headers={"Accept": "image/png"}
    ),
    Kind.CONFLICT: conflict,
    Kind.NOT_EMPTY: not_empty,
    Kind.CONTENT_DIFFERS: content_differs,
    Kind.REVISION_UNEXPECTED: revision_unexpected,
    Kind.REVISION_NOT_ASKED: revision_not_asked,
    Kind.MOVE_NOT_ALLOWED: move_not_allowed,
    Kind.TOO_LATE: too_late,
    Kind.KEY_REUSED: key_reused,
    Kind.REVISION_LOST: revision_lost,
    Kind.STALE: stale,
    Kind.TOO_LARGE: lambda world: world.call("hq", "POST", "/regions", data=b" " * 2**21, **JSON),
    Kind.MEDIA_TYPE: lambda world: world.call("hq", "POST", "/regions", data=b"{}"),
    Kind.INVALID: lambda world: world.call("hq", "POST", "/regions", {}),
    Kind.PRECONDITION_REQUIRED: precondition_required,
    Kind.TOO_MANY_REQUESTS: too_many_requests,
    Kind.TOO_MUCH_UNFINISHED: too_much_unfinished,
}
LOCAL = {Kind.LINK_INVALID, Kind.UPLOAD_DIFFERS, Kind.UPLOAD_EXISTS}
"""The local store's own answers; an S3 server gives its own."""


@pytest.mark.parametrize("kind", REACHED, ids=lambda kind: kind.slug)
def test_each_kind_is_answered_as_the_catalogue_describes_it(world: World, kind: Kind) -> None:
    answer = REACHED[kind](world)
    told = problem_of(answer)
    assert (slug_of(answer), answer.status_code) == (kind.slug, kind.status)
    described = world.client.get(told["type"]).json
    assert described == {name: told[name] for name in ("type", "title", "status")}


def test_the_local_store_refuses_in_kinds_of_its_own(world: World) -> None:
    if world.app.config["AUDIT_PHOTO_STORE"] != "local":
        assert slug_of(world.client.get("/storage/files/x")) == "not-found"
        return
    photo = jpeg(5)
    ticket = world.put(world.audit(photos=[declared(photo, "clean")])).json["uploads"][0]
    path = ticket["url"].partition("8000")[2]

    def put(path: str, data: bytes) -> TestResponse:
        return world.client.put(path, data=data, headers=ticket["headers"])

    assert slug_of(put("/storage/uploads/forged", photo)) == "link-invalid"
    assert slug_of(put(path, photo[:-1] + b"x")) == "upload-differs"
    assert put(path, photo).status_code == 200
    assert slug_of(put(path, photo)) == "upload-exists"
    assert slug_of(put(path, b"x" * (MAX_FILE_BYTES + 2))) == "too-large"


def test_an_accident_is_a_problem_that_tells_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**filters: object) -> None:
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr(sites, "listed", fail)
    answer = world.call("hq", "GET", "/sites")
    assert (slug_of(answer), answer.status_code) == ("internal", 500)
    assert b"secret" not in answer.data


@pytest.fixture
def stranded(tmp_path: Path) -> Flask:
    """The application with a database that is away."""
    app = create_app(
        {
            "INSTANCE": str(tmp_path),
            "SECRET": SECRET,
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing?connect_timeout=2",
        }
    )
    app.extensions["audit_worker"].close()
    return app


def test_with_the_database_away_every_call_says_when_to_repeat_it(stranded: Flask) -> None:
    client = stranded.test_client()
    headers = {"Authorization": "Bearer ata_x"}
    for path in ("/readyz", "/api/v1/me", "/api/v1/sites", "/api/v1/sync"):
        answer = client.get(path, headers=headers)
        assert (slug_of(answer), answer.status_code) == ("unavailable", 503)
        assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200


def test_every_kind_is_reached_here_or_cannot_be_reached() -> None:
    # Held is one audit among many, in an answer about them all; whoever is slow, and whoever finds
    # no place, is refused by the server before the application (tests/server); forms are the
    # console's (tests/console/frame).
    elsewhere = LOCAL | {Kind.INTERNAL, Kind.UNAVAILABLE, Kind.HELD, Kind.TOO_SLOW, Kind.BUSY}
    elsewhere |= {Kind.FORM_EXPIRED}
    assert set(Kind) - REACHED.keys() - elsewhere == set()
