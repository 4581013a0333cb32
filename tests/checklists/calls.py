"""Calls that every test of checklists makes."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.manuscripts.checks import WORKBOOK, YAML
from tests.calls import change
from tests.rules.documents import Json, document, question

URL = "/api/v1/checklists"
FAULTY = document(question(weight=-1), question(weight="heavy"))
TEXT = """\
# What every visit asks.
format: 1
key: store
locales: [en, zh]
title: {en: Store, zh: 门店}
touchpoints:
  - key: arrival
    title: {en: Arrival, zh: 进店体验}
    questions:
      - {key: greeted, type: yes_no, title: {en: Greeted?, zh: 是否有人招呼？}}  # within 30 s
"""


def post(
    client: FlaskClient, headers: dict[str, str], sent: Json | str | bytes, path: str = ""
) -> TestResponse:
    return send(client, "POST", f"{URL}{path}", headers, sent)


def send(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], sent: Json | str | bytes
) -> TestResponse:
    """Send a checklist as what it is: JSON values, YAML, or a workbook."""
    if isinstance(sent, dict):
        return client.open(path, method=method, json={"document": sent}, headers=headers)
    content_type = YAML if isinstance(sent, str) else WORKBOOK
    return client.open(path, method=method, data=sent, content_type=content_type, headers=headers)


def publish(client: FlaskClient, path: str, headers: dict[str, str]) -> TestResponse:
    return change(client, "POST", path, headers, below="/moves", json={"action": "publish"})


def published(client: FlaskClient, headers: dict[str, str], sent: Json | str) -> str:
    """Publish a checklist; return its address."""
    path = post(client, headers, sent).headers["Location"]
    assert publish(client, path, headers).status_code == 200
    return path


def remarks(told: list[Json]) -> list[tuple[str, int | None, str]]:
    return [(remark["pointer"], remark["line"], remark["code"]) for remark in told]
