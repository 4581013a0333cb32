"""A photo store that answers never, or a byte a second: 503 within seconds, nobody waits in vain
twice, and everything as before once it answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from audit_api.pulse import PAUSE
from audit_api.storage.bounds import MAX_QUEUE_SECONDS
from audit_api.storage.s3 import S3Settings, S3Store
from tests import patience
from tests.pairs import running
from tests.protocol.phone import kind, with_photos
from tests.servers.s3 import S3Server
from tests.servers.slow import Manner, SlowServer, slow_server
from tests.world import World, jpeg, make_world, upload

SLOW = [Manner.NEVER, Manner.BYTE_BY_BYTE]
CALL_SECONDS = 2.0
MOST_SECONDS = 15.0
SIZE = 12_000_000
"""Of a body: more than lies in buffers on its way."""


@pytest.fixture
def between(s3: S3Server) -> Iterator[SlowServer]:
    address = urlsplit(s3.endpoint)
    with slow_server(address.hostname or "", address.port or 80) as server:
        yield server


@pytest.fixture
def store(s3: S3Server, bucket: str, between: SlowServer) -> Iterator[S3Store]:
    settings = replace(s3.settings(bucket), endpoint=f"http://127.0.0.1:{between.port}")
    store = S3Store(replace(settings, call_timeout=CALL_SECONDS, least_rate=1e8))
    yield store
    store.close()


@pytest.fixture
def world(settings: dict[str, Any], s3: S3Server, store: S3Store) -> Iterator[World]:
    """A world whose server reaches its store through the slow one, and whose phones do not."""
    store._settings = replace(store._settings, public_endpoint=s3.endpoint)
    with running(settings) as app:
        app.extensions["audit_photo_store"] = store
        app.extensions["audit_worker"].close()
        yield make_world(app)


def until_it_answers(store: S3Store) -> None:
    give_up = time.monotonic() + patience.SECONDS
    while store._line._pulse.away:
        assert time.monotonic() < give_up
        time.sleep(0.05)


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
@pytest.mark.parametrize("manner", SLOW)
def test_a_store_that_is_slow_is_a_503_within_seconds_and_a_photo_is_stored_afterwards(
    world: World, store: S3Store, between: SlowServer, manner: Manner
) -> None:
    photo = jpeg(1)
    phones = [(uuid4(), with_photos(world, photo)) for _ in range(8)]
    for audit_id, audit in phones:
        audit["assignment_id"] = str(world.plan())
        ticket = world.put(audit, audit_id).json["uploads"][0]
        assert upload(world.client, ticket, photo) == 200

    def ask(phone: Any) -> tuple[int, float, str]:
        began = time.monotonic()
        answer = replace(world).put(phone[1], phone[0])
        assert int(answer.headers["Retry-After"]) > 0
        return answer.status_code, time.monotonic() - began, kind(answer)

    between.manner = manner
    with ThreadPoolExecutor(len(phones)) as pool:
        answers = list(pool.map(ask, phones))
        assert {(status, what) for status, _, what in answers} == {(503, "unavailable")}
        assert max(seconds for _, seconds, _ in answers) < MOST_SECONDS
        assert store._line._pulse.away
        callers = between.callers
        answers = list(pool.map(ask, phones * 4))
    assert {(status, what) for status, _, what in answers} == {(503, "unavailable")}
    # Only the pulse is felt meanwhile: one question at a time.
    assert between.callers <= callers + 1 + sum(seconds for _, seconds, _ in answers) / PAUSE
    between.manner = Manner.AT_ONCE
    until_it_answers(store)
    for audit_id, audit in phones:
        assert world.put(audit, audit_id).json["receipt"]["complete"] is True


@pytest.mark.parametrize("manner", SLOW)
@pytest.mark.parametrize("call", ["stat", "open", "put", "delete", "check"])
def test_every_call_to_a_slow_store_ends(
    s3: S3Server, bucket: str, store: S3Store, between: SlowServer, manner: Manner, call: str
) -> None:
    s3.client().put_object(Bucket=bucket, Key="a/original", Body=b"photo")
    store._settings = replace(store._settings, call_timeout=0.5)
    between.manner = manner
    began = time.monotonic()
    with pytest.raises(Exception, match="unavailable"):
        _make(call, store)
    assert time.monotonic() - began < MOST_SECONDS


def test_a_body_that_becomes_slow_on_its_way_is_given_up(
    s3: S3Server, bucket: str, store: S3Store, between: SlowServer
) -> None:
    s3.client().put_object(Bucket=bucket, Key="a/large", Body=bytes(SIZE))
    with store.open("a/large") as body:
        assert len(body.read(100_000)) == 100_000
        between.manner = Manner.BYTE_BY_BYTE
        began = time.monotonic()
        with pytest.raises(Exception, match="unavailable"):
            body.read()
    assert time.monotonic() - began < MOST_SECONDS


def test_the_times_of_production_add_up_to_seconds() -> None:
    settings = S3Settings("photos")
    assert settings.call_timeout + MAX_QUEUE_SECONDS < 10
    assert settings.read_timeout < settings.call_timeout


def _make(call: str, store: S3Store) -> None:
    match call:
        case "open":
            with store.open("a/original") as body:
                body.read()
        case "put":
            store.put("a/original", b"photo", "image/jpeg")
        case "check":
            store.check()
        case _:
            getattr(store, call)("a/original")
