"""Where attempts are counted: in one process or in a Redis, and both count alike."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit_api.app import create_app
from audit_api.config import InvalidSetting
from audit_api.errors import Problem
from audit_api.web import attempts
from audit_api.web.attempts import Attempt, Counts, Limit, MemoryCounts, RedisCounts
from tests.pairs import SECRET
from tests.servers.ports import free_port
from tests.servers.redis import redis_server

FIVE, TWO = Limit("account", 5), Limit("address", 2)


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture(params=["memory", "redis"])
def counts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Counts:
    if request.param == "memory":
        return MemoryCounts()
    counts = RedisCounts(request.getfixturevalue("redis_url"))
    counts._redis.flushall()
    return counts


def admitted(counts: Counts, *limits: Limit) -> Attempt | None:
    """Take an attempt; return None where it is refused."""
    attempt = Attempt(counts, limits)
    try:
        attempt.take()
    except Problem:
        return None
    return attempt


def test_what_is_given_back_may_be_taken_again_and_nothing_else(counts: Counts) -> None:
    taken = [admitted(counts, FIVE) for _ in range(6)]
    assert [attempt is not None for attempt in taken] == [True] * 5 + [False]
    assert taken[2]
    for _ in range(2):
        taken[2].give_back()
    assert [admitted(counts, FIVE) is not None for _ in range(2)] == [True, False]


def test_of_many_at_once_as_many_are_taken_as_may_be(counts: Counts) -> None:
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(lambda _: admitted(counts, FIVE), range(64)))
    assert sum(attempt is not None for attempt in taken) == 5


def test_what_one_limit_refuses_is_counted_under_none(counts: Counts) -> None:
    assert admitted(counts, FIVE, TWO)
    assert admitted(counts, FIVE, TWO)
    for _ in range(5):
        assert admitted(counts, FIVE, TWO) is None
    assert [admitted(counts, FIVE) is not None for _ in range(4)] == [True] * 3 + [False]


def test_attempts_are_forgotten_after_the_window(
    counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert admitted(counts, TWO)
    assert admitted(counts, TWO)
    wait = counts.take(TWO, "name")
    assert wait is not None
    assert attempts.WINDOW - 60 < wait <= attempts.WINDOW
    monkeypatch.setattr(attempts, "WINDOW", 0)
    assert admitted(counts, TWO)


def test_what_is_counted_in_a_process_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = MemoryCounts()
    monkeypatch.setattr(attempts, "WINDOW", 0)
    monkeypatch.setattr(attempts, "_SWEEP_EVERY", 0)
    for number in range(100):
        assert admitted(counts, Limit(f"account {number}", 5))
    assert len(counts._attempts) == 1


def test_a_process_counts_by_itself_while_the_redis_is_away() -> None:
    counts = RedisCounts(f"redis://127.0.0.1:{free_port()}/0")
    taken = [admitted(counts, FIVE) is not None for _ in range(6)]
    assert taken == [True] * 5 + [False]


def test_a_place_that_is_none_stops_the_start(tmp_path: Path) -> None:
    settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "RATE_LIMIT_URL": "somewhere"}
    with pytest.raises(InvalidSetting, match=r"AUDIT_RATE_LIMIT_URL cannot be used; accepted: mem"):
        create_app(settings)
