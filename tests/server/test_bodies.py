"""Bodies: taken in before anybody works on them, in time, and only where somebody wants them."""

from __future__ import annotations

import json
import time

import pytest
from flask import Flask

from audit_api.server import bodies, front, pace
from tests.server.conftest import Trial
from tests.server.serving import Client, serving, wait_until
from tests.world import World

JSON = "Content-Type: application/json"
CHUNKED = "Transfer-Encoding: chunked"
LOGIN = "POST /api/v1/login"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of a second, and a hundred bytes in each."""
    monkeypatch.setattr(pace, "WINDOW", 1)
    monkeypatch.setattr(pace, "MIN_BYTES", 100)


def put_large(world: World, *, who: str = "hq", size: int = 2_000_000) -> tuple[str, ...]:
    """Return line and headers of an import of so many bytes."""
    return (
        "POST /api/v1/imports/regions",
        "Content-Type: text/csv",
        f"Content-Length: {size}",
        f"Authorization: Bearer {world.tokens.get(who, 'none')}",
    )


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("sent", [b"", b"{", b"x" * 150])
def test_a_body_that_stands_still_is_answered_with_a_problem_and_the_connection_ends(
    port: int, sent: bytes
) -> None:
    with Client(port) as client:
        client.request(LOGIN, JSON, "Content-Length: 5000", "Accept-Language: zh", body=sent)
        reply = client.reply()
        assert reply.status == 408
        assert json.loads(reply.body)["type"] == "/api/v1/problems/too-slow"
        assert json.loads(reply.body)["title"] == "发送过慢"
        assert reply.headers["connection"] == "close"
        assert reply.headers["x-request-id"]
        assert client.is_ended()


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("header", "piece"),
    [
        ("Content-Length: 900000", b"x"),
        (CHUNKED, b"1\r\nx\r\n"),
        (CHUNKED, b"1;name=value\r\nx\r\n"),
    ],
)
def test_a_body_that_comes_byte_by_byte_is_too_slow_however_steadily_it_comes(
    port: int, header: str, piece: bytes
) -> None:
    with Client(port) as client:
        client.request("PUT /storage/uploads/none", header)
        assert client.status_while_sending(piece, 0.05) == 408


@pytest.mark.usefixtures("short")
def test_a_body_at_the_least_pace_is_taken_however_long_it_takes(port: int, trial: Trial) -> None:
    with Client(port) as client:
        client.request("PUT /trial/echo", "Content-Length: 900")
        for _ in range(9):
            client.send(b"x" * 100)
            time.sleep(0.3)
        assert json.loads(client.reply().body)["size"] == 900
    assert len(trial.got) == 1


def test_a_body_in_chunks_is_what_one_of_a_length_is(port: int) -> None:
    with Client(port) as client:
        client.request("PUT /trial/echo", CHUNKED, body=b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        told = json.loads(client.reply().body)
    assert told["size"] == 5
    assert told["headers"]["Content-Length"] == "5"
    assert "Transfer-Encoding" not in told["headers"]


@pytest.mark.parametrize(
    ("headers", "sent"),
    [(("Content-Length: 10",), b"x" * 9), ((CHUNKED,), b"9\r\nxxxxxxxxx\r\n")],
)
def test_a_body_that_breaks_off_reaches_nobody(
    port: int, trial: Trial, headers: tuple[str, ...], sent: bytes
) -> None:
    with Client(port) as client:
        client.request("PUT /trial/echo", *headers, body=sent)
    with Client(port) as client:
        client.request("GET /trial/echo")
        assert client.reply().status == 200
    assert [told["size"] for told in trial.got] == [0]


@pytest.mark.parametrize(
    ("who", "media_type", "size", "status"),
    [
        ("nobody", "text/csv", 2_000_000, 401),
        ("hq", "text/plain", 2_000_000, 415),
        ("hq", "text/csv", 20_000_000, 413),
    ],
)
def test_a_large_body_is_refused_before_it_is_sent(
    world: World, port: int, who: str, media_type: str, size: int, status: int
) -> None:
    line, _, _, token = put_large(world, who=who)
    media, length = f"Content-Type: {media_type}", f"Content-Length: {size}"
    with Client(port) as client:
        client.request(line, media, length, token, "Expect: 100-continue")
        assert client.reply().status == status


def test_a_large_body_is_asked_for_once_the_call_wants_it(world: World, port: int) -> None:
    file = b"code,name,parent_code\n" + b"\n" * 2_000_000
    with Client(port) as client:
        client.request(*put_large(world, size=len(file)), "Expect: 100-continue")
        assert client.reply().status == 100
        client.send(file)
        reply = client.reply()
        assert reply.status == 200, reply.body


def test_a_large_body_in_chunks_is_taken_whole(port: int, trial: Trial, world: World) -> None:
    line = b"code,name,parent_code\n" + b"\n" * 1_500_000
    with Client(port) as client:
        client.request(*put_large(world)[:2], put_large(world)[3], CHUNKED)
        client.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(line), line))
        assert client.reply().status == 200


@pytest.mark.parametrize("length", [True, False])
@pytest.mark.parametrize(
    ("line", "status"), [("PUT /nowhere", 404), (LOGIN, 413), ("GET /api/v1/me", 401)]
)
def test_whoever_goes_on_sending_still_reads_the_answer(
    port: int, line: str, status: int, length: bool
) -> None:
    body = b"x" * 8_000_000
    with Client(port) as client:
        if length:
            client.request(line, JSON, f"Content-Length: {len(body)}", "Connection: close")
        else:
            client.request(line, JSON, CHUNKED, "Connection: close")
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        client.send(body)
        assert client.reply().status == status
        assert client.is_ended()


def test_an_answer_is_read_while_the_body_it_refuses_is_still_to_come(port: int) -> None:
    with Client(port) as client:
        client.request(LOGIN, JSON, "Content-Length: 8000000", body=b"x")
        reply = client.reply()
        assert reply.status == 413
        assert reply.headers["connection"] == "close"


@pytest.mark.usefixtures("short")
def test_a_body_that_nobody_wants_is_not_awaited_for_ever(port: int) -> None:
    with Client(port) as client:
        client.request("PUT /nowhere", "Content-Length: 8000000", body=b"x")
        assert client.reply().status == 404
        assert client.is_ended()


def test_more_bodies_than_a_process_holds_are_told_to_come_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    held = bodies.Held(1_000_000)
    monkeypatch.setattr(front, "Held", lambda: held)
    with serving(app) as port, Client(port) as first, Client(port) as second:
        first.request("PUT /trial/echo", "Content-Length: 900000", body=b"x" * 600_000)
        wait_until(lambda: held.count == 600_000)
        second.request("PUT /trial/echo", "Content-Length: 600000", body=b"x" * 600_000)
        reply = second.reply()
        assert reply.status == 503
        assert json.loads(reply.body)["type"] == "/api/v1/problems/busy"
        assert int(reply.headers["retry-after"]) > 0
        first.send(b"x" * 300_000)
        assert first.reply().status == 200
    assert [told["size"] for told in trial.got] == [900_000]
    assert held.count == 0
