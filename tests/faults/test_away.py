"""Store or database away: 503 with Retry-After, reads go on, the same call ends it afterwards."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.services.audits import arrivals
from tests.faults.races import counted, stored
from tests.pairs import running
from tests.protocol.phone import kind, push, send, settle, with_photos
from tests.world import ALL_YES, jpeg, make_world, upload


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address of this machine at which nobody listens and nobody else can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def storeless(settings: dict[str, Any], nowhere: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on the same database, with a photo store that does not answer."""
    folder = tmp_path / "photos"
    folder.write_text("A file stands where the folder should be.")
    away = {"S3_ENDPOINT": f"http://{nowhere}", "PHOTO_FOLDER": str(folder)}
    with running(settings | away) as app:
        yield app


def refused(answer: TestResponse, what: str) -> bool:
    return (
        (answer.status_code, kind(answer)) == (503, "unavailable")
        and int(answer.headers["Retry-After"]) > 0
        and what in answer.json["detail"]
    )


def test_an_audit_is_taken_and_read_while_the_store_is_away_and_settles_afterwards(
    app: Flask, storeless: Flask
) -> None:
    world = make_world(app, review="none")
    cut_off = replace(world, app=storeless)
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(world, photo)
    first = cut_off.put(audit, audit_id)
    assert (first.status_code, first.json["receipt"]["complete"]) == (201, False)
    for _ in range(2):
        assert refused(cut_off.put(audit, audit_id), "photo store")
    results = push(
        cut_off,
        {"id": str(audit_id), "audit": audit},
        {"id": str(uuid4()), "audit": world.another()},
    )
    assert [result["status"] for result in results] == [503, 201]
    for person, path in (
        ("hq", f"/audits/{audit_id}"),
        ("auditor", "/sync"),
        ("hq", "/audits"),
        ("hq", f"/audits/{audit_id}/photos"),
        ("manager", f"/sites/{world.site_id}/scorecard?period=2026-03"),
    ):
        assert cut_off.call(person, "GET", path).status_code == 200
    assert counted(cut_off) == 1
    # Its worker would take the photo's job, and find no store.
    storeless.extensions["audit_worker"].close()
    assert settle(world, audit_id, audit, photo)["receipt"]["complete"]
    assert world.photo_states(audit_id) == {"ready"}
    assert counted(world) == 2


def test_a_server_whose_store_is_away_says_that_it_is_not_ready(storeless: Flask) -> None:
    assert refused(storeless.test_client().get("/readyz"), "photo store")
    assert storeless.test_client().get("/healthz").status_code == 200


def test_a_photo_that_came_while_the_server_could_not_see_the_store_is_confirmed_later(
    app: Flask, storeless: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where the photo comes through a server that sees the store, that one notes it at once.
    monkeypatch.setattr(arrivals, "settle_upload", lambda upload, now: False)
    world = make_world(app)
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(world, photo)
    ticket = world.put(audit, audit_id).json["uploads"][0]
    assert upload(world.client, ticket, photo) == 200
    assert replace(world, app=storeless).put(audit, audit_id).status_code == 503
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_a_database_that_nobody_answers_for_is_a_503(
    settings: dict[str, Any], nowhere: str
) -> None:
    url = f"postgresql+psycopg://nobody@{nowhere}/nothing"
    with running(settings | {"DATABASE_URL": url}) as app:
        client = app.test_client()
        headers = {"Authorization": "Bearer ata_whatever"}
        for method, path in (("GET", "/sync"), ("PUT", f"/audits/{uuid4()}"), ("GET", "/audits")):
            answer = client.open(f"/api/v1{path}", method=method, json={}, headers=headers)
            assert refused(answer, "database")
        assert refused(client.get("/readyz"), "database")
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_a_database_that_restarts_costs_no_audit_and_no_call_of_a_phone(
    settings: dict[str, Any], app: Flask
) -> None:
    world = make_world(app)
    with running(settings) as cut:
        cut_off = replace(world, app=cut)
        first = send(cut_off)
        _end_connections(cut)
        audit_id = uuid4()
        # What could not be stored in company is stored alone, on a connection of its own.
        answers = [cut_off.put(world.audit(), audit_id) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 200]
    assert stored(world) == {first: 1, audit_id: 1}


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
@pytest.mark.parametrize("path", ["/organisation/scorecard", "/scorecards/questions"])
def test_a_database_that_restarts_costs_a_scorecard_one_503(
    settings: dict[str, Any], app: Flask, path: str
) -> None:
    world = make_world(app)
    with running(settings) as cut:
        cut_off = replace(world, app=cut)
        assert cut_off.call("hq", "GET", f"{path}?period=2026-03").status_code == 200
        _end_connections(cut)
        assert refused(cut_off.call("hq", "GET", f"{path}?period=2026-03"), "database")
        assert cut_off.call("hq", "GET", f"{path}?period=2026-03").status_code == 200


def _end_connections(app: Flask) -> None:
    """End the connections that `app` holds in its pool, as a restarting server does."""
    with app.app_context():
        own = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        db.session.rollback()
        db.session.remove()
        other = sa.create_engine(db.engine.url)
    with other.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    other.dispose()


@pytest.mark.parametrize("settings", ["sqlite+local"], indirect=True)
def test_a_database_file_that_is_gone_is_a_503_until_it_is_back(
    settings: dict[str, Any], tmp_path: Path, sqlite_template: Path
) -> None:
    folder = tmp_path / "database"
    folder.mkdir()
    (folder / "audit.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{folder / 'audit.db'}"
    with running(settings | {"DATABASE_URL": url}) as app:
        world = make_world(app)
        audit_id = send(world)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        folder.rename(tmp_path / "elsewhere")
        assert refused(world.put(world.audit(), audit_id), "database")
        assert refused(world.call("hq", "GET", "/audits"), "database")
        ranking = "/scorecards/questions?period=2026-03"
        assert refused(world.call("hq", "GET", ranking), "database")
        (tmp_path / "elsewhere").rename(folder)
        assert world.put(world.audit(), audit_id).status_code == 200
        assert stored(world) == {audit_id: 1}


@pytest.mark.parametrize("settings", ["sqlite+local"], indirect=True)
def test_a_full_disk_is_a_503_while_reads_go_on_and_nothing_is_half_stored(
    settings: dict[str, Any], app: Flask
) -> None:
    world = make_world(app, review="none")
    first = send(world)
    with running(settings) as cramped:
        cut_off = replace(world, app=cramped)
        answers = ALL_YES | {"clean": {"value": "yes", "comment": "x" * 1000}}
        audits = [world.another(answers) for _ in range(30)]
        with _full(cramped):
            refusals = [cut_off.put(audit, uuid4()) for audit in audits]
            assert cut_off.call("hq", "GET", f"/audits/{first}").status_code == 200
        assert refused(refusals[-1], "database")
        taken = sum(answer.status_code == 201 for answer in refusals)
        assert {answer.status_code for answer in refusals} <= {201, 503}
        assert counted(cut_off) == len(stored(world)) == 1 + taken


@contextmanager
def _full(app: Flask) -> Iterator[None]:
    """Let the database file of `app` grow no more."""

    def limit(connection: Any, record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with app.app_context():
        engine = db.engine
        db.session.remove()
        engine.dispose()
    sa.event.listen(engine, "connect", limit)
    try:
        yield
    finally:
        sa.event.remove(engine, "connect", limit)
        engine.dispose()


READS = (
    ("auditor", "/sync"),
    ("hq", "/audits"),
    ("hq", "/sites"),
    ("hq", "/organisation/scorecard?period=2026-03"),
    ("hq", "/scorecards/questions?period=2026-03"),
)


def test_a_database_that_only_reads_is_a_503_for_whoever_writes(
    settings: dict[str, Any], app: Flask
) -> None:
    world = make_world(app)
    first = send(world)
    with _only_reading(settings) as reading_only, running(reading_only) as frozen:
        cut_off = replace(world, app=frozen)
        audit_id, other = uuid4(), world.another()
        for _ in range(2):
            assert refused(cut_off.put(other, audit_id), "database")
        assert refused(
            cut_off.call("hq", "POST", "/regions", {"code": "n", "name": "N"}), "database"
        )
        path = f"/audits/{first}"
        tag = cut_off.call("hq", "GET", path).headers["ETag"]
        headers = {"If-Match": tag}
        moved = cut_off.call(
            "reviewer", "POST", f"{path}/moves", {"action": "approve"}, headers=headers
        )
        assert refused(moved, "database")
        for person, path in READS:
            assert cut_off.call(person, "GET", path).status_code == 200, path
        assert frozen.test_client().get("/readyz").status_code == 200
    assert world.put(other, audit_id).status_code == 201
    assert stored(world) == {first: 1, audit_id: 1}


@contextmanager
def _only_reading(settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield settings of the same database as one sees it who may not write there."""
    if "DATABASE_URL" not in settings:
        file = Path(settings["INSTANCE"]) / "audit.db"
        yield settings | {"DATABASE_URL": f"sqlite:///file:{file}?mode=ro&uri=true"}
        return
    engine = sa.create_engine(settings["DATABASE_URL"], isolation_level="AUTOCOMMIT")
    name = engine.dialect.identifier_preparer.quote(str(engine.url.database))
    with engine.connect() as connection:
        connection.execute(sa.text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    try:
        yield settings
    finally:
        with engine.connect() as connection:
            # Whoever connects anew may not write either, but for whoever says otherwise.
            connection.execute(sa.text("SET default_transaction_read_only = off"))
            connection.execute(
                sa.text(f"ALTER DATABASE {name} RESET default_transaction_read_only")
            )
        engine.dispose()
