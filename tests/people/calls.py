"""Calls of people who log in, and the clock that they wait by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from tests.world import World

PASSWORD = "correct horse"


class Clock:
    """The time that the application sees, moved by hand."""

    def __init__(self, traveller: Any) -> None:
        self.traveller = traveller
        self.passed = 0.0

    def forward(self, **time: float) -> None:
        step = timedelta(**time)
        self.passed += step.total_seconds()
        self.traveller.shift(step)


def log_in(
    world: World, email: str, password: str = PASSWORD, token: str | None = None, **more: Any
) -> TestResponse:
    sent = {"email": email, "password": password}
    return world.call(
        None, "POST", "/login", sent | ({"refresh_token": token} if token else {}), **more
    )


def refresh(world: World, token: str, **more: Any) -> TestResponse:
    return world.call(None, "POST", "/login/refresh", {"refresh_token": token}, **more)


def at(address: str) -> dict[str, Any]:
    """What a call from an address carries."""
    return {"environ_base": {"REMOTE_ADDR": address}}
