"""Somebody with a password, and the time, moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import passwords
from audit_api.web import authentication
from tests.people.calls import PASSWORD, Clock
from tests.world import World


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with time_machine.travel(datetime.now(UTC), tick=False) as traveller:
        clock = Clock(traveller)
        monkeypatch.setattr(authentication, "time", SimpleNamespace(monotonic=lambda: clock.passed))
        yield clock


@pytest.fixture
def email(world: World, clock: Clock) -> str:
    """Give the auditor a password; return the address."""
    with world.app.app_context():
        user = db.session.get_one(User, world.users["auditor"])
        user.password_hash = passwords.hash_password(PASSWORD)
        db.session.commit()
        return user.email
