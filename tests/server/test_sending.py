"""Answers: sent at the pace of their reader, as long as that is one."""

from __future__ import annotations

import time

import pytest

from audit_api.server import pace
from tests.server.conftest import LARGE, MEDIUM
from tests.server.serving import Client


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "WINDOW", 1)


@pytest.mark.parametrize("address", ["/trial/large", "/trial/stream"])
def test_a_large_answer_arrives_whole(port: int, address: str) -> None:
    with Client(port) as client:
        client.request(f"GET {address}", "Connection: close")
        assert client.status() == 200
        got = b"".join(iter(lambda: client.socket.recv(65536), b""))
    assert got.count(b"x") >= LARGE - 70_000


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("address", ["/trial/large", "/trial/stream"])
def test_a_reader_that_stands_still_is_let_go(port: int, address: str) -> None:
    with Client(port, buffer=4096) as client:
        client.request(f"GET {address}")
        time.sleep(2.5)
        got = b""
        try:
            while block := client.socket.recv(65536):
                got += block
        except ConnectionResetError:
            pass
    assert len(got) < LARGE


@pytest.mark.usefixtures("short")
def test_a_reader_that_takes_a_little_at_a_time_gets_it_all(port: int) -> None:
    with Client(port, buffer=65536) as client:
        client.request("GET /trial/large")
        size = 0
        while size < LARGE:
            size += len(client.socket.recv(60_000))
            time.sleep(0.02)


def test_a_slow_reader_holds_no_thread(port: int) -> None:
    readers = [Client(port, buffer=4096) for _ in range(8)]
    for reader in readers:
        reader.request("GET /trial/stream")
    with Client(port) as client:
        client.request("GET /readyz")
        assert client.reply().status == 200
    for reader in readers:
        reader.__exit__()


@pytest.mark.usefixtures("short")
def test_whoever_asks_again_and_again_and_reads_nothing_is_let_go(port: int) -> None:
    with Client(port, buffer=4096) as client:
        for _ in range(30):
            client.request("GET /trial/medium")
        time.sleep(2.5)
        got = 0
        try:
            while block := client.socket.recv(65536):
                got += len(block)
        except ConnectionResetError:
            pass
    assert got < 30 * MEDIUM
