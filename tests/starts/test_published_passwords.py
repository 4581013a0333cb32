"""A password that everybody can read opens nothing from beyond the server's own machine."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from audit_api.app import check, create_app
from audit_api.config import InvalidSetting
from audit_api.database import db
from audit_api.models import User
from audit_api.services import access
from audit_api.services.people import passwords, published, users
from tests.calls import codes
from tests.organisations import tenant
from tests.pairs import SECRET, running
from tests.starts.together import python
from tests.world import World

EMAIL = "hq@demo.example"
BEYOND = {"BASE_URL": "https://audit.example"}


def add_published(app: Flask) -> None:
    """Give the application somebody with the published password, as the demonstration does."""
    with app.app_context():
        users.add(
            by=tenant(),
            now=datetime.now(UTC),
            password_hash=passwords.hash_published(),
            email=EMAIL,
            name="Somebody",
            role="hq",
            locale="en",
        )
        db.session.commit()


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> dict[str, Any]:
    """The settings of an embedded database in which somebody has the published password."""
    shutil.copy(sqlite_template, tmp_path / "audit.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET}
    with running(settings) as app:
        add_published(app)
    return settings


@pytest.mark.parametrize(
    ("setting", "value"),
    [("BASE_URL", "https://audit.example"), ("HOST", "0.0.0.0"), ("TRUSTED_PROXIES", 1)],
)
def test_a_server_that_others_reach_refuses_to_start_with_one(
    settings: dict[str, Any], setting: str, value: object
) -> None:
    with running(settings) as app:
        check(app)
    with (
        running(settings | {setting: value}) as app,
        pytest.raises(InvalidSetting, match=f"AUDIT_{setting} is {value}, and a password"),
    ):
        check(app)


def test_a_password_that_was_changed_is_published_no_more(settings: dict[str, Any]) -> None:
    with running(settings | BEYOND) as app:
        with app.app_context():
            (user,) = published.owners()
            by = access.system_who(user.organisation_id)
            password_hash = passwords.hash_password("another horse")
            users.set_password(user, password_hash, by=by, now=datetime.now(UTC))
            db.session.commit()
        check(app)


def test_a_database_without_tables_or_away_keeps_no_server_from_starting(tmp_path: Path) -> None:
    with running({"INSTANCE": str(tmp_path), "SECRET": SECRET, **BEYOND}) as app:
        check(app)
    away = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    with running({"INSTANCE": str(tmp_path), "SECRET": SECRET, **BEYOND, **away}) as app:
        check(app)


def log_in(app: Flask, **more: Any) -> TestResponse:
    sent = {"email": EMAIL, "password": passwords.PUBLISHED}
    return app.test_client().post("/api/v1/login", json=sent, **more)


@pytest.mark.parametrize(
    "way",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"environ_base": {"REMOTE_ADDR": ""}},
        {"headers": {"Host": "audit.example"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"X-Real-IP": "192.0.2.7"}},
        {"headers": {"Forwarded": "for=192.0.2.7"}},
    ],
)
def test_from_beyond_it_opens_nothing_whatever_the_settings_say(
    app: Flask, way: dict[str, Any]
) -> None:
    add_published(app)
    assert log_in(app).status_code == 200
    refused = log_in(app, **way)
    assert (refused.status_code, codes(refused)) == (422, {"/password": "password_elsewhere"})


def test_nobody_gives_themselves_or_others_a_published_password(world: World) -> None:
    added = {"email": "x@y.example", "name": "X", "role": "auditor", "locale": "en"}
    added["password"] = passwords.PUBLISHED
    refused = world.call("hq", "POST", "/users", added)
    assert (refused.status_code, codes(refused)) == (422, {"/password": "password_published"})
    with world.app.app_context():
        user = db.session.get_one(User, world.users["auditor"])
        user.password_hash = passwords.hash_password("correct horse")
        db.session.commit()
    tag = {"If-Match": world.call("auditor", "GET", "/me").headers["ETag"]}
    change = {"current_password": "correct horse", "password": passwords.PUBLISHED}
    refused = world.call("auditor", "PATCH", "/me", change, headers=tag)
    assert (refused.status_code, codes(refused)) == (422, {"/password": "password_published"})


@pytest.mark.slow
def test_every_way_to_serve_refuses_with_a_sentence(settings: dict[str, Any]) -> None:
    environment = {f"AUDIT_{name}": str(value) for name, value in (settings | BEYOND).items()}
    serving = {
        "import wsgi": "Cannot start: ",
        "from audit_api.server.__main__ import main; main()": "",
    }
    for code, begin in serving.items():
        server = python(code, settings=environment | {"AUDIT_PORT": "0"})
        try:
            _, said = server.communicate(timeout=90)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
        assert server.returncode == 1
        assert said.startswith(
            f"{begin}AUDIT_BASE_URL is https://audit.example, and a password that is published "
            f"opens the accounts of {EMAIL}. Accepted: a server that its own machine alone reaches"
        )
        assert "Traceback" not in said
    assert create_app(settings)
