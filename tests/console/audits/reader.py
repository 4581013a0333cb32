"""Somebody at the console, without a browser: signed in, and sending the forms of pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import sessions
from tests.world import World

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Reader:
    """A person of a world at the console."""

    def __init__(self, world: World, person: str) -> None:
        self.client = world.app.test_client()
        with world.app.app_context():
            user = db.session.get_one(User, world.users[person])
            now = datetime.now(UTC)
            token = sessions.begin(user, device=None, place=None, now=now)
            db.session.commit()
        self.client.set_cookie("console", token)

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/console{path}")

    def read(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, page: str, **fields: Any) -> TestResponse:
        """Send a form with the hidden fields of the page that it stands on."""
        hidden = dict(HIDDEN.findall(page))
        return self.client.post(f"/console{path}", data=hidden | fields)

    def decide(self, audit_id: object, action: str, **fields: Any) -> TestResponse:
        """Open an audit and decide."""
        path = f"/review/{audit_id}"
        return self.send(path, self.read(path), action=action, **fields)
