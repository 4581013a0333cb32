"""Slows down whoever guesses passwords.  `logins.init_app` gives it its memory."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from redis.backoff import NoBackoff
from redis.retry import Retry

REDIS_SECONDS = 1.0
"""Seconds that Redis may take to answer."""

limiter = Limiter(get_remote_address, key_prefix="audit", strategy="moving-window")


def storage(url: str) -> dict[str, Any]:
    """Return the limiter's settings to remember at `url`.  While a Redis is away each process
    remembers for itself: a guesser gains little, and nobody is kept from logging in."""
    settings: dict[str, Any] = {
        "RATELIMIT_STORAGE_URI": url,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        # Only of noting a failed login after it was answered; asking falls back.
        "RATELIMIT_SWALLOW_ERRORS": True,
    }
    if url.startswith("redis"):
        settings["RATELIMIT_STORAGE_OPTIONS"] = {
            "socket_connect_timeout": REDIS_SECONDS,
            "socket_timeout": REDIS_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
    return settings


@limiter.request_filter
def asks_for_health() -> bool:
    """Whether a call only asks how the server is: it waits for no memory of logins."""
    return request.blueprint == "health"
