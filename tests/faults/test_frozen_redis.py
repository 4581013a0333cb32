"""A Redis that stops without a word: logins go on, audits become complete, nobody waits long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import passwords
from tests.pairs import running
from tests.protocol.phone import settle, with_photos
from tests.servers.redis import redis_server
from tests.servers.slow import Manner, SlowServer, slow_server
from tests.world import World, jpeg, make_world

MOST_SECONDS = 10.0
PASSWORD = "correct horse"

pytestmark = pytest.mark.parametrize("settings", ["sqlite+local"], indirect=True)


@pytest.fixture
def redis() -> Iterator[SlowServer]:
    with redis_server() as url:
        address = urlsplit(url)
        with slow_server(address.hostname or "", address.port or 0) as server:
            yield server


@pytest.fixture
def world(settings: dict[str, Any], redis: SlowServer) -> Iterator[World]:
    url = f"redis://127.0.0.1:{redis.port}"
    with running(settings | {"RATE_LIMIT_URL": f"{url}/1", "BROKER_URL": f"{url}/0"}) as app:
        world = make_world(app)
        with app.app_context():
            user = db.session.get_one(User, world.users["auditor"])
            user.password_hash = passwords.hash_password(PASSWORD)
            db.session.commit()
        yield world


def log_in(world: World, password: str) -> int:
    with world.app.app_context():
        email = db.session.get_one(User, world.users["auditor"]).email
    began = time.monotonic()
    answer = world.call(None, "POST", "/login", {"email": email, "password": password})
    assert time.monotonic() - began < MOST_SECONDS
    return answer.status_code


def test_logins_go_on_while_redis_is_silent_and_guesses_are_still_counted(
    world: World, redis: SlowServer
) -> None:
    assert log_in(world, PASSWORD) == 200
    redis.manner = Manner.NEVER
    assert log_in(world, PASSWORD) == 200
    assert [log_in(world, "a guess") for _ in range(6)] == [401] * 5 + [429]
    assert world.client.get("/healthz").status_code == 200
    redis.manner = Manner.AT_ONCE


def test_an_audit_becomes_complete_at_once_while_the_broker_is_silent(
    world: World, redis: SlowServer
) -> None:
    redis.manner = Manner.NEVER
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(world, photo)
    began = time.monotonic()
    assert settle(world, audit_id, audit, photo)["receipt"]["complete"]
    assert time.monotonic() - began < MOST_SECONDS
    redis.manner = Manner.AT_ONCE
