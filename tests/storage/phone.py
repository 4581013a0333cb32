"""A phone as the stores see it: plain HTTP, sending exactly what it was told to send."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from tests import patience


class Answer(NamedTuple):
    """Status, body and media type.  A broken connection counts as status 0."""

    status: int
    body: bytes
    media_type: str | None


def send(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """Do one request and return its answer."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=patience.SECONDS)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body, dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(), answer.getheader("Content-Type"))
    except (OSError, http.client.HTTPException):
        return Answer(0, b"", None)
    finally:
        connection.close()
