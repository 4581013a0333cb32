"""Lanes: whoever asks for much waits for others who do, and keeps nobody else waiting."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from audit_api.server import threads
from audit_api.web.lanes import Lane, Lanes
from tests.server.conftest import Trial
from tests.server.serving import Client, serving


def asked(stack: ExitStack, port: int, address: str, count: int) -> list[Client]:
    """Return clients that asked and wait."""
    clients = [stack.enter_context(Client(port)) for _ in range(count)]
    for client in clients:
        client.request(f"GET {address}")
    return clients


def answer(port: int, address: str) -> int:
    with Client(port) as client:
        client.request(f"GET {address}")
        return client.reply().status


def test_dear_calls_leave_the_threads_of_others_alone(port: int, trial: Trial) -> None:
    with ExitStack() as stack:
        waiting = asked(stack, port, "/trial/dear", 8)
        for _ in range(threads.DEAR_THREADS):
            trial.entered.acquire()
        assert answer(port, "/readyz") == 200
        assert not trial.entered.acquire(blocking=False)
        trial.gate.set()
        assert [client.reply().status for client in waiting] == [200] * 8


def test_health_is_told_while_every_other_thread_is_taken(port: int, trial: Trial) -> None:
    with ExitStack() as stack:
        waiting = asked(stack, port, "/trial/wait", 8) + asked(stack, port, "/trial/dear", 8)
        for _ in range(4):
            trial.entered.acquire()
        assert answer(port, "/healthz") == 200
        trial.gate.set()
        assert [client.reply().status for client in waiting] == [200] * 16


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Busy for the moment"), ("zh", "服务器正忙")]
)
def test_a_call_that_finds_no_thread_in_time_is_told_when_to_come_back(
    app: Flask, trial: Trial, monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    monkeypatch.setattr(threads, "MAX_LINE_SECONDS", 0.3)
    with serving(app) as port, ExitStack() as stack:
        asked(stack, port, "/trial/dear", threads.DEAR_THREADS)
        for _ in range(threads.DEAR_THREADS):
            trial.entered.acquire()
        with Client(port) as client:
            client.request("GET /trial/dear", f"Accept-Language: {language}")
            reply = client.reply()
        trial.gate.set()
    assert reply.status == 503
    assert int(reply.headers["retry-after"]) > 0
    assert json.loads(reply.body)["title"] == title
    assert reply.headers["content-language"].startswith(language)


def test_a_call_whose_client_has_gone_is_not_worked_on(port: int, trial: Trial) -> None:
    with ExitStack() as stack:
        waiting = asked(stack, port, "/trial/dear", threads.DEAR_THREADS)
        for _ in range(threads.DEAR_THREADS):
            trial.entered.acquire()
        with ExitStack() as impatient:
            asked(impatient, port, "/trial/dear", 8)
            assert answer(port, "/healthz") == 200
        assert answer(port, "/healthz") == 200
        trial.gate.set()
        assert [client.reply().status for client in waiting] == [200] * len(waiting)
        # Whoever asks next waits behind all that were in the line.
        assert answer(port, "/trial/dear") == 200
    assert trial.entered.acquire(timeout=1)
    assert not trial.entered.acquire(blocking=False)


@pytest.mark.parametrize(
    ("method", "path", "lane"),
    [
        ("GET", "/healthz", Lane.VITAL),
        ("HEAD", "/healthz", Lane.VITAL),
        ("GET", "/readyz", Lane.ORDINARY),
        ("PUT", "/api/v1/audits/0190a000-0000-4000-8000-000000000000", Lane.ORDINARY),
        ("GET", "/api/v1/audits/0190a000-0000-4000-8000-000000000000/report.pdf", Lane.DEAR),
        ("POST", "/api/v1/imports/sites", Lane.DEAR),
        ("POST", "/api/v1/checklists", Lane.DEAR),
        ("GET", "/api/v1/checklists", Lane.ORDINARY),
        ("GET", "/api/v1/scorecards/movers", Lane.WIDE),
        ("POST", "/api/v1/audits/batch", Lane.WIDE),
        ("GET", "/nowhere", Lane.ORDINARY),
        ("GET", "/healthz/", Lane.ORDINARY),
    ],
)
def test_a_call_has_its_lane(app: Any, method: str, path: str, lane: Lane) -> None:
    assert Lanes(app).find(method, path) is lane


def test_every_call_is_found_in_the_lane_that_it_declares(app: Flask) -> None:
    lanes = Lanes(app)
    for rule in app.url_map.iter_rules():
        declared = getattr(app.view_functions[rule.endpoint], "lane", Lane.ORDINARY)
        path = rule.rule.replace("<sheet:ending>", "xlsx")
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
        path = re.sub("<[^>]+>", str(uuid4()), path)
        for method in rule.methods - {"OPTIONS"}:
            assert lanes.find(method, path) is declared, (method, path)
