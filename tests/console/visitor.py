"""Somebody at the console without a browser: a session in a cookie, and forms with their key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import sessions

_KEY = re.compile(r'name="key" value="([0-9a-f]{64})"')


class Visitor:
    """A browser without scripts, signed in as a user or as nobody."""

    def __init__(self, app: Flask, user_id: UUID | None = None, language: str = "en") -> None:
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie("console-language", language)
        self._token = session_of(app, user_id) if user_id is not None else None
        self.come_back()

    def come_back(self) -> None:
        """Have the session again that a page took away."""
        if self._token is not None:
            self.client.set_cookie("console", self._token)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def page(self, path: str) -> str:
        """Return a page that must be there."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code, response.text)
        return response.text

    def post(
        self, path: str, form: Mapping[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """Send a form with the key that this browser's pages carry."""
        return self.client.post(path, data={"key": self.key(), **(form or {})}, **options)

    def key(self) -> str:
        """Return the key of this browser's forms, as the problem page of any address has it."""
        found = _KEY.search(self.get("/console/nowhere").text + self.get("/console/sign-in").text)
        assert found
        return found[1]


def session_of(app: Flask, user_id: UUID, now: datetime | None = None) -> str:
    """Return the token of a fresh session."""
    with app.app_context():
        user = db.session.get_one(User, user_id)
        token = sessions.begin(
            user, device="Chrome, Linux", place=None, now=now or datetime.now(UTC)
        )
        db.session.commit()
        return token
