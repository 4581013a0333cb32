"""Somebody at the pages of checklists, without a browser."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.services.access import Who
from audit_api.services.people import sessions, users

ROOM = "/console/checklists"
NEW = f"{ROOM}/new"


@dataclass
class Office:
    """Somebody who is signed in; `client` has the cookie of the session."""

    app: Flask
    who: Who
    client: FlaskClient = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        user = users.find_self(by=self.who)
        token = sessions.begin(user, device=None, place=None, now=datetime.now(UTC))
        db.session.commit()
        self.client = self.app.test_client()
        self.client.set_cookie("console", token)
        keys = self.app.extensions["audit_keys"]
        self.key = keys.digest(f"form\0{token}".encode())

    def get(self, path: str, language: str = "en") -> TestResponse:
        self.client.set_cookie("console-language", language)
        return self.client.get(path)

    def post(self, path: str, language: str = "en", **fields: object) -> TestResponse:
        self.client.set_cookie("console-language", language)
        return self.client.post(path, data={"key": self.key, **fields})

    def check(self, text: str, language: str = "en") -> TestResponse:
        """Send a text as the page does while somebody types."""
        self.client.set_cookie("console-language", language)
        headers = {"X-Form-Key": self.key}
        return self.client.post(
            f"{ROOM}/check", data=text.encode(), headers=headers, content_type="application/yaml"
        )

    def upload(self, data: bytes, name: str, **fields: object) -> TestResponse:
        return self.post(f"{ROOM}/upload", file=(io.BytesIO(data), name), **fields)

    def drafted(self, text: str) -> str:
        """Keep a text as a draft; return the address of its version."""
        return self.follow(self.post(NEW, text=text))

    def published(self, text: str) -> str:
        path = self.drafted(text)
        answer = self.post(f"{path}/publish", version=1)
        assert answer.status_code == 303, answer.text
        return path

    def follow(self, answer: TestResponse) -> str:
        """Return the address of the version that a kept draft is of."""
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].removesuffix("/edit")


def listed(page: TestResponse) -> list[str]:
    """Return what a page lists of errors and warnings: how grave, where, and what."""
    items = re.findall(r"<ol class=\"remarks\".*?</ol>", page.text, re.DOTALL)[0]
    texts = (re.sub(r"<[^>]+>", " ", item) for item in re.findall(r"<li.*?</li>", items, re.S))
    return [" ".join(text.split()) for text in texts]


def version_of(page: TestResponse) -> str:
    """Return the version that the first form of a page was read at."""
    return re.findall(r'name="version" value="(\d+)"', page.text)[0]
