"""Requests: what of them reaches the application, and what ends a connection before it does."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from audit_api.server import connection
from tests.server.conftest import Trial
from tests.server.serving import Client, serving


def told(client: Client) -> dict[str, Any]:
    """Return what the application got."""
    reply = client.reply()
    assert reply.status == 200, reply.body
    value: dict[str, Any] = json.loads(reply.body)
    return value


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5, 6",),
        ("Content-Length: -1",),
        ("Content-Length: +5",),
        ("Content-Length: 5x",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding : chunked",),
        ("X: a\n b",),
        ("X: a\x00b",),
        (": nameless",),
    ],
)
def test_what_two_readers_could_read_in_two_ways_is_refused(
    port: int, trial: Trial, headers: tuple[str, ...]
) -> None:
    with Client(port) as client:
        client.request(
            "PUT /trial/echo", *headers, body=b"0\r\n\r\nGET /trial/echo HTTP/1.1\r\n\r\n"
        )
        reply = client.reply()
        assert reply.status == 400
        assert json.loads(reply.body)["type"] == "/api/v1/problems/malformed"
        assert client.is_ended()
    assert trial.got == []


@pytest.mark.parametrize("line", ["GET", "GET nowhere", "GET /\xff", "\x16\x03\x01"])
def test_what_is_no_request_is_refused(port: int, trial: Trial, line: str) -> None:
    with Client(port) as client:
        client.request(line)
        assert client.reply().status == 400
        assert client.is_ended()


def test_requests_that_are_sent_at_once_are_answered_in_turn(port: int) -> None:
    with Client(port) as client:
        for number in range(20):
            client.request(f"GET /trial/echo/{number}")
        assert [told(client)["rest"] for _ in range(20)] == [str(n) for n in range(20)]


def test_more_requests_at_once_than_anybody_needs_end_the_connection(port: int) -> None:
    with Client(port) as client:
        client.send(b"GET /trial/echo HTTP/1.1\r\nHost: a\r\n\r\n" * 1000)
        with pytest.raises((AssertionError, OSError)):
            all(client.reply() for _ in range(1000))


def test_a_connection_serves_one_request_after_the_other(port: int) -> None:
    with Client(port) as client:
        for body in (b"", b"x" * 10, b"x" * 2_000):
            client.request("PUT /trial/echo", f"Content-Length: {len(body)}", body=body)
            assert told(client)["size"] == len(body)


@pytest.mark.parametrize("protocol", ["h2c", "websocket"])
def test_an_upgrade_that_is_not_given_changes_nothing(port: int, protocol: str) -> None:
    with Client(port) as client:
        upgrade = ("Connection: Upgrade", f"Upgrade: {protocol}")
        client.request("PUT /trial/echo", *upgrade, "Content-Length: 5", body=b"hello")
        assert told(client)["size"] == 5
        client.request("GET /trial/echo/after")
        assert told(client)["rest"] == "after"


def test_a_body_is_never_read_as_a_request(port: int, trial: Trial) -> None:
    hidden = b"GET /trial/echo/hidden HTTP/1.1\r\nHost: a\r\n\r\n"
    with Client(port) as client:
        client.send(b"PUT /trial/echo HTTP/1.1\r\nHost: a\r\n")
        time.sleep(0.2)
        length = f"Content-Length: {len(hidden)}\r\n".encode()
        client.send(b"Connection: Upgrade\r\nUpgrade: h2c\r\n" + length + b"\r\n" + hidden)
        assert client.reply().status == 400
        assert client.is_ended()
    assert trial.got == []


def test_an_old_client_is_answered_and_let_go(port: int) -> None:
    with Client(port) as client:
        client.send(b"GET /healthz HTTP/1.0\r\n\r\n")
        assert client.reply().status == 200
        assert client.is_ended()


def test_an_address_arrives_as_it_was_meant(port: int) -> None:
    with Client(port) as client:
        client.request("GET /trial/echo/%E5%BA%97%2Fa%20b?q=%E5%BA%97&q=+")
        got = told(client)
    assert (got["rest"], got["query"]) == ("店/a b", "q=%E5%BA%97&q=+")


def test_nul_in_an_address_is_refused(port: int) -> None:
    with Client(port) as client:
        client.request("GET /trial/echo/%00")
        assert client.reply().status == 400


def test_an_absolute_address_is_that_of_its_path(port: int) -> None:
    with Client(port) as client:
        client.request("GET http://other.example/trial/echo/a")
        assert told(client)["rest"] == "a"


def test_headers_that_come_twice_are_joined_and_cookies_as_cookies(port: int) -> None:
    with Client(port) as client:
        client.request("GET /trial/echo", "X-Twice: a", "X-Twice: b", "Cookie: a=1", "Cookie: b=2")
        headers = told(client)["headers"]
    assert (headers["X-Twice"], headers["Cookie"]) == ("a,b", "a=1; b=2")


def test_a_header_with_an_underscore_passes_for_no_other(port: int) -> None:
    with Client(port) as client:
        client.request("GET /trial/echo", "X_Forwarded_For: 9.9.9.9", "Content_Length: 3")
        assert told(client)["remote"] == "127.0.0.1"


def test_trailers_are_no_headers(port: int) -> None:
    with Client(port) as client:
        client.request(
            "PUT /trial/echo",
            "Transfer-Encoding: chunked",
            body=b"1\r\nx\r\n0\r\nX-Late: a\r\n\r\n",
        )
        got = told(client)
    assert (got["size"], "X-Late" in got["headers"]) == (1, False)


def test_head_gets_the_headers_of_get_and_no_body(port: int) -> None:
    with Client(port) as client:
        client.request("HEAD /healthz")
        reply = client.reply(to_head=True)
        assert (reply.status, reply.headers["content-length"]) == (200, "18")
        client.request("GET /healthz")
        assert client.reply().body == b'{"status":"alive"}'


def test_options_names_the_methods(port: int) -> None:
    with Client(port) as client:
        client.request("OPTIONS /healthz")
        assert "GET" in client.reply().headers["allow"]


def test_a_request_id_is_kept(port: int) -> None:
    with Client(port) as client:
        client.request("GET /healthz", "X-Request-Id: from-a-proxy")
        assert client.reply().headers["x-request-id"] == "from-a-proxy"


def test_who_asks_is_the_connections_other_end_whatever_a_header_says(port: int) -> None:
    with Client(port) as client:
        client.request(
            "GET /trial/echo",
            "X-Forwarded-For: 9.9.9.9",
            "X-Forwarded-Proto: https",
            "Forwarded: x",
        )
        got = told(client)
    assert (got["remote"], got["url"]) == ("127.0.0.1", "http://127.0.0.1/trial/echo")


@pytest.fixture
def proxied(app: Flask, port: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """The port of a server that one proxy stands before."""
    monkeypatch.setattr(app, "wsgi_app", ProxyFix(app.wsgi_app, 1, 1, 1))
    return port


@pytest.mark.parametrize("forwarded", [["9.9.9.9, 1.2.3.4"], ["9.9.9.9", "1.2.3.4"]])
def test_behind_one_proxy_who_asks_is_what_that_one_added(
    proxied: int, forwarded: list[str]
) -> None:
    with Client(proxied) as client:
        client.request(
            "GET /trial/echo",
            *(f"X-Forwarded-For: {value}" for value in forwarded),
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: audit.example",
        )
        got = told(client)
    assert (got["remote"], got["url"]) == ("1.2.3.4", "https://audit.example/trial/echo")


@pytest.mark.parametrize("begun", [b"", b"GET /slow", b"GET / HTTP/1.1\r\nX-Slow: "])
def test_a_head_that_stands_still_ends_the_connection(
    app: Flask, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(connection, "MAX_HEAD_SECONDS", 0.5)
    with serving(app) as port, Client(port) as client:
        client.send(begun)
        assert client.is_ended()


def test_the_next_head_of_a_connection_is_timed_as_the_first(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MAX_HEAD_SECONDS", 0.5)
    with serving(app) as port, Client(port) as client:
        client.request("GET /healthz")
        assert client.reply().status == 200
        client.send(b"GET /slow")
        assert client.is_ended()


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 200_000,
        b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000,
        b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 40_000,
        b"PUT /trial/echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        + b"X: a\r\n" * 40_000,
    ],
)
def test_a_head_or_trailers_without_end_end_the_connection(port: int, head: bytes) -> None:
    with Client(port) as client:
        try:
            client.send(head)
        except OSError:
            return
        assert client.is_ended()


def test_connections_without_a_request_give_way_to_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MAX_CONNECTIONS", 3)
    with serving(app) as port:
        idle = [Client(port) for _ in range(10)]
        with Client(port) as client:
            client.request("GET /healthz")
            assert client.reply().status == 200
        for each in idle:
            each.__exit__()
