"""Somebody at the console without a browser: a session in a cookie, and forms with their key."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import Context
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import UUID

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import sessions

_VISIT = "a visit of somebody who is not signed in"


class Visitor:
    """A browser without scripts, signed in as a user or as nobody.

    Each request has a context of its own, as a server gives it, whatever context the test is in.
    """

    def __init__(self, app: Flask, user_id: UUID | None = None, language: str = "en") -> None:
        self._app = app
        self._token = session_of(app, user_id) if user_id is not None else None
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie("console-language", language)
        self.client.set_cookie("console-visit", _VISIT)
        self.come_back()

    def come_back(self) -> None:
        """Have the session again that a page took away."""
        if self._token is not None:
            self.client.set_cookie("console", self._token)

    def key(self) -> str:
        """Return the key of this browser's forms."""
        digest = self._app.extensions["audit_keys"].digest
        return str(digest(f"form\0{self._token or _VISIT}".encode()))

    def get(self, path: str, **options: Any) -> TestResponse:
        rest()
        return Context().run(self.client.get, path, **options)

    def page(self, path: str) -> str:
        """Return what a page says, which must be there."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code, response.text[:2000])
        return unescape(response.text)

    def post(
        self, path: str, form: Mapping[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """Send a form with the key that this browser's pages carry; lists are sent as several
        fields of a name."""
        rest()
        data = {"key": self.key(), **(form or {})}
        return Context().run(self.client.post, path, data=data, **options)

    def send(self, path: str, **form: Any) -> TestResponse:
        """Send a form of these fields."""
        return self.post(path, form)


def session_of(app: Flask, user_id: UUID, now: datetime | None = None) -> str:
    """Return the token of a fresh session."""
    rest()
    with app.app_context():
        user = db.session.get_one(User, user_id)
        begun = now or datetime.now(UTC)
        token = sessions.begin(user, device="Chrome, Linux", place=None, now=begun)
        db.session.commit()
        return token


def rest() -> None:
    """Let go of what the test holds of the database: on SQLite a request would wait for it."""
    if has_app_context():
        db.session.rollback()
