"""A canary through every way in which something goes wrong: its mail, its words, its place and its
tokens are in no line of the log, whoever writes it, and in no answer."""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any, NoReturn

import marshmallow as ma
import pytest
import sqlalchemy as sa
from botocore.exceptions import ClientError, EndpointConnectionError

from audit_api.cli.commands import Commands
from audit_api.database import db, execute_prepared
from audit_api.models import Job, User
from audit_api.services import jobs
from audit_api.storage.s3.bucket import _network
from audit_api.worker import Worker, tasks
from tests.pairs import running
from tests.world import NOW, World, make_world

CANARY = "nightingale@cage.example"
PLACE = "31.2346"
SIGNED = f"https://store/{CANARY}?X-Amz-Signature=secret"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that anybody of this process logs, as a server's own handler would write it."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    loggers = [logging.getLogger(), logging.getLogger("audit_api")]
    for logger in loggers:
        logger.addHandler(handler)
    yield said
    for logger in loggers:
        logger.removeHandler(handler)


def add_twice() -> None:
    """Break a unique constraint: PostgreSQL tells the whole key, or the whole row."""
    organisation_id = db.session.scalars(sa.select(User.organisation_id)).first()
    for _ in range(2):
        db.session.add(
            User(
                organisation_id=organisation_id,
                email=CANARY,
                name=f"{CANARY} at {PLACE}",
                role="auditor",
                locale="en",
                created_at=NOW,
            )
        )
    db.session.flush()


def leave_out() -> None:
    """Break a NOT NULL: PostgreSQL tells the failing row."""
    db.session.execute(
        sa.text("INSERT INTO users (id, email, name) VALUES (:id, :email, :email)"),
        {"id": "0" * 32, "email": CANARY},
    )


def misread() -> None:
    """Have the database read a number where the canary is."""
    db.session.execute(sa.text("SELECT CAST(:text AS integer) / 0, nothing"), {"text": CANARY})


def misread_type() -> None:
    db.session.execute(sa.select(sa.cast(sa.literal(CANARY), sa.Integer) + sa.func.nothing()))


def misread_prepared() -> None:
    mark = "$1" if db.engine.dialect.name == "postgresql" else "?"
    execute_prepared(f"SELECT nothing FROM users WHERE email = {mark}", [CANARY])


def too_slow() -> None:
    """Take longer than a statement may, or find the database locked."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("SET LOCAL statement_timeout = 10"))
        db.session.execute(sa.text("SELECT pg_sleep(5), :text"), {"text": CANARY})
    db.session.execute(sa.text("UPDATE users SET name = name"))
    with closing(sqlite3.connect(str(db.engine.url.database), timeout=0)) as other:
        other.execute("UPDATE users SET name = ?", [CANARY])


def wrong_moment() -> None:
    db.session.execute(sa.select(User).where(User.created_at == datetime(2026, 1, 1)))


def raw_driver() -> NoReturn:
    raise sqlite3.OperationalError(f"near {CANARY}: syntax error")


def away() -> NoReturn:
    raise sa.exc.OperationalError(f"SELECT '{CANARY}'", {"email": CANARY}, Exception(CANARY))


def invalid_value() -> None:
    ma.Schema.from_dict({"email": ma.fields.Integer()})().load({"email": CANARY, CANARY: 1})


def missing() -> None:
    {}[CANARY]  # type: ignore[index]


def unreadable() -> None:
    int(CANARY)


def caused() -> None:
    try:
        unreadable()
    except ValueError as error:
        raise RuntimeError(f"because of {CANARY}") from error


def store_refuses() -> None:
    with _network():
        raise ClientError({"Error": {"Code": "Broken", "Message": CANARY}}, f"Get {CANARY}")


def store_is_away() -> None:
    with _network():
        raise EndpointConnectionError(endpoint_url=SIGNED)


WAYS: dict[str, Callable[[], None]] = {
    way.__name__: way
    for way in (
        add_twice,
        leave_out,
        misread,
        misread_type,
        misread_prepared,
        too_slow,
        wrong_moment,
        raw_driver,
        away,
        invalid_value,
        missing,
        unreadable,
        caused,
        store_refuses,
        store_is_away,
    )
}


def silent(text: str) -> bool:
    return "nightingale" not in text.lower() and PLACE not in text and "=secret" not in text


@pytest.fixture(scope="module")
def failing(settings: dict[str, Any]) -> Iterator[World]:
    """A world whose server has a call that fails in each way; its jobs wait for the test."""

    def fail(way: str) -> str:
        WAYS[way]()
        return "went well"

    with running(settings) as app:
        app.extensions["audit_worker"].close()
        app.add_url_rule("/api/v1/ways/<way>", view_func=fail, methods=["POST"])
        yield make_world(app)


@pytest.mark.parametrize("way", WAYS)
def test_no_call_that_fails_tells_what_was_sent(
    failing: World, lines: io.StringIO, way: str
) -> None:
    path = f"/ways/{way}?place={PLACE}&name={CANARY}"
    answer = failing.call("hq", "POST", path, {"email": CANARY}, headers={"X-Canary": CANARY})
    assert answer.status_code in (500, 503)
    assert '"status":5' in lines.getvalue()
    assert silent(lines.getvalue())
    assert failing.tokens["hq"] not in lines.getvalue()
    assert silent(answer.text)


@pytest.mark.parametrize("way", WAYS)
def test_no_job_that_fails_tells_what_it_worked_on(
    failing: World, lines: io.StringIO, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "JOBS", {"way": lambda details, tools: WAYS[way]()})
    app = failing.app
    with app.app_context():
        jobs.request(
            "way", f"way:{way}", {"email": CANARY}, organisation_id=failing.organisation_id, now=NOW
        )
        db.session.commit()
    Worker(app).work_off()
    with app.app_context():
        error = db.session.scalars(sa.select(Job.error).where(Job.key == f"way:{way}")).one()
    assert "way" in lines.getvalue()
    assert silent(lines.getvalue())
    assert error
    assert silent(error)


@pytest.mark.parametrize("way", WAYS)
def test_no_command_that_fails_tells_what_it_was_given(
    failing: World, lines: io.StringIO, way: str
) -> None:
    commands = Commands(f"ways-{way}")
    commands.command("fail")(WAYS[way])
    failing.app.cli.add_command(commands)
    result = failing.app.test_cli_runner().invoke(args=[f"ways-{way}", "fail"])
    assert result.exit_code == 1
    assert silent(result.output)
    assert silent(lines.getvalue())


def test_whoever_logs_an_error_logs_its_place_and_not_its_message(
    failing: World, lines: io.StringIO
) -> None:
    try:
        caused()
    except RuntimeError:
        logging.getLogger("somebody.else").exception("it failed")
    assert "in unreadable" in lines.getvalue()
    assert "RuntimeError\nraised from\n" in lines.getvalue()
    assert silent(lines.getvalue())
