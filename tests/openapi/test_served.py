"""What only a real server can show: bodies that do not say their length."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from audit_api.api.http import body
from tests.openapi.server import PASSWORD, Served


def chunked(served: Served, parts: Iterator[bytes]) -> httpx.Response:
    return httpx.post(
        f"{served.url}/api/v1/login", content=parts, headers={"Content-Type": "application/json"}
    )


@pytest.mark.slow
def test_a_body_in_chunks_is_read(served: Served) -> None:
    sent = json.dumps({"email": served.email, "password": PASSWORD}).encode()
    answer = chunked(served, iter([sent[:10], sent[10:]]))
    assert answer.status_code == 200
    assert answer.json()["user"]["email"] == served.email


@pytest.mark.slow
def test_a_body_in_chunks_is_limited_like_any_other(served: Served) -> None:
    answer = chunked(served, (b" " * 65_536 for _ in range(2 * body.LIMIT // 65_536)))
    assert answer.status_code == 413, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
