"""Calls that change a thing as it stands now, and what they are refused for."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def change(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], **request: Any
) -> TestResponse:
    """Make a call for the thing as it stands now."""
    tag = client.get(path, headers=headers).headers["ETag"]
    path += request.pop("below", "")
    return client.open(path, method=method, headers=headers | {"If-Match": tag}, **request)


def patch(
    client: FlaskClient, path: str, headers: dict[str, str], **fields: object
) -> TestResponse:
    return change(client, "PATCH", path, headers, json=fields)


def codes(response: TestResponse) -> dict[str, str]:
    return {error["pointer"]: error["code"] for error in response.json["errors"]}
