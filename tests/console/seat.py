"""A person signed in to the console through Flask's own client: for what needs no browser."""

from __future__ import annotations

from contextvars import Context
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import sessions


class Seat:
    """Whoever it is: their pages are got, and their forms sent with the key of their browser.

    Each request has a context of its own, as a server gives it, whatever context the test is in.
    """

    def __init__(self, app: Flask, user_id: UUID) -> None:
        _rest()
        with app.app_context():
            user = db.session.get_one(User, user_id)
            self._token = sessions.begin(user, device=None, place=None, now=datetime.now(UTC))
            db.session.commit()
        digest = app.extensions["audit_keys"].digest
        self._key: str = digest(f"form\0{self._token}".encode())
        self._client = app.test_client()
        self._client.set_cookie("console", self._token)

    def get(self, path: str) -> TestResponse:
        _rest()
        return Context().run(self._client.get, f"/console{path}")

    def send(self, path: str, **sent: Any) -> TestResponse:
        """Send a form; lists are sent as several fields of a name."""
        _rest()
        form = {"key": self._key, **sent}
        return Context().run(self._client.post, f"/console{path}", data=form)

    def text(self, path: str) -> str:
        """Return what a page says."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.get_data(as_text=True)


def _rest() -> None:
    """Let go of what the test holds of the database: on SQLite a request would wait for it."""
    if has_app_context():
        db.session.rollback()
