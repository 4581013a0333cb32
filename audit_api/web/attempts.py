"""Attempts at a secret.  Each is counted before it is made, so that many at once are no more than
one after the other; one that was right is given back.

The counts are kept in this process or, where several serve, in a Redis.
"""

from __future__ import annotations

import hashlib
import logging
import math
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app

from audit_api.config import InvalidSetting
from audit_api.errors import Kind, Problem

log = logging.getLogger(__name__)

Result = TypeVar("Result")

WINDOW = 15 * 60
"""Seconds in which attempts are counted."""

REDIS_SECONDS = 1.0
"""Seconds that Redis may take to answer."""

_SWEEP_EVERY = 60
_AWAY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts in a window under one key."""

    key: str
    most: int


class Counts(Protocol):
    """Attempts by key, each under a name of its own, for as long as the window."""

    def take(self, limit: Limit, name: str) -> float | None:
        """Count an attempt and return None, or return the seconds until the next may be made."""

    def give_back(self, limit: Limit, name: str) -> None:
        """Forget an attempt that was counted."""


class MemoryCounts:
    """The counts of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._attempts: dict[str, dict[str, float]] = {}
        self._swept = 0.0

    def take(self, limit: Limit, name: str) -> float | None:
        now = time.time()
        with self._lock:
            self._sweep(now)
            attempts = _since(self._attempts.get(limit.key, {}), now)
            if len(attempts) >= limit.most:
                return min(attempts.values()) + WINDOW - now
            self._attempts[limit.key] = attempts | {name: now}
            return None

    def give_back(self, limit: Limit, name: str) -> None:
        with self._lock:
            self._attempts.get(limit.key, {}).pop(name, None)

    def _sweep(self, now: float) -> None:
        if abs(now - self._swept) < _SWEEP_EVERY:
            return
        self._swept = now
        kept = {key: _since(attempts, now) for key, attempts in self._attempts.items()}
        self._attempts = {key: attempts for key, attempts in kept.items() if attempts}


class RedisCounts:
    """The counts of all processes that share a Redis, by its clock."""

    _TAKE = """
    local clock = redis.call('TIME')
    local now = clock[1] + clock[2] / 1000000
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
    if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
        local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
        return tostring(oldest + ARGV[1] - now)
    end
    redis.call('ZADD', KEYS[1], now, ARGV[3])
    redis.call('EXPIRE', KEYS[1], ARGV[1])
    return false
    """

    def __init__(self, url: str) -> None:
        # Few have several servers, and to load it takes as long as all that counts here.
        from redis import Redis, RedisError
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._away = RedisError
        self._redis: Any = Redis.from_url(
            url,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._redis.register_script(self._TAKE)
        self._own = MemoryCounts()
        self._silent_until = 0.0

    def take(self, limit: Limit, name: str) -> float | None:
        def ask() -> float | None:
            wait = self._take(keys=[_name_of(limit)], args=[WINDOW, limit.most, name])
            return None if wait is None else float(wait)

        return self._asked(ask, lambda: self._own.take(limit, name))

    def give_back(self, limit: Limit, name: str) -> None:
        self._own.give_back(limit, name)
        self._asked(lambda: self._redis.zrem(_name_of(limit), name), lambda: None)

    def _asked(self, ask: Callable[[], Result], otherwise: Callable[[], Result]) -> Result:
        """Return what Redis answers, and for a while what comes `otherwise` where it is away: each
        process counts for itself then.  A guesser gains little, and nobody is kept out."""
        if time.monotonic() >= self._silent_until:
            try:
                return ask()
            except self._away as error:
                self._silent_until = time.monotonic() + _AWAY_SECONDS
                log.warning("this process counts attempts by itself: %s", type(error).__name__)
        return otherwise()


class Attempt:
    """One attempt, counted under each of its limits."""

    def __init__(self, counts: Counts, limits: Sequence[Limit]) -> None:
        self._counts = counts
        self._limits = limits
        self._name = secrets.token_hex(8)

    def take(self) -> None:
        """Count it; raise TOO_MANY_REQUESTS, and count it nowhere, where one limit is reached."""
        for place, limit in enumerate(self._limits):
            wait = self._counts.take(limit, self._name)
            if wait is not None:
                self._give_back(self._limits[:place])
                raise Problem(Kind.TOO_MANY_REQUESTS, retry_after=max(1, math.ceil(wait)))

    def give_back(self) -> None:
        """Count it no more, for it was right."""
        self._give_back(self._limits)

    def _give_back(self, limits: Sequence[Limit]) -> None:
        for limit in limits:
            self._counts.give_back(limit, self._name)


def take(*limits: Limit) -> Attempt:
    """Count an attempt before it is made, and return it.

    Raises TOO_MANY_REQUESTS with the seconds to wait where one of the limits is reached.
    """
    attempt = Attempt(current_app.extensions["audit_attempts"], limits)
    attempt.take()
    return attempt


def init_app(app: Flask) -> None:
    """Let `app` count attempts where AUDIT_RATE_LIMIT_URL says."""
    url = app.config["AUDIT_RATE_LIMIT_URL"]
    app.extensions["audit_attempts"] = _counts(url)


def _counts(url: str) -> Counts:
    if url == "memory://":
        return MemoryCounts()
    try:
        return RedisCounts(url)
    except ValueError as error:
        raise InvalidSetting(
            "AUDIT_RATE_LIMIT_URL cannot be used; accepted: memory:// or redis://host:port/number"
        ) from error


def _since(attempts: dict[str, float], now: float) -> dict[str, float]:
    return {name: at for name, at in attempts.items() if at > now - WINDOW}


def _name_of(limit: Limit) -> str:
    # Who is guessed at, and from where, is nobody's to read there.
    return f"audit:attempts:{hashlib.sha256(limit.key.encode()).hexdigest()}"
