"""Somebody of a small world who is signed in at the console, without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import sessions
from tests.world import World


class Reader:
    """A person's browser: it keeps the cookie of their session."""

    def __init__(self, world: World, person: str) -> None:
        self._client: FlaskClient = world.app.test_client()
        with world.app.app_context():
            user = db.session.get_one(User, world.users[person])
            token = sessions.begin(user, device=None, place="here", now=datetime.now(UTC))
            db.session.commit()
        self._client.set_cookie("console", token)

    def get(self, path: str) -> TestResponse:
        return self._client.get(path)

    def read(self, path: str) -> str:
        """Return the words of a page that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2_000])
        return unescape(answer.text)
