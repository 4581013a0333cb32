"""The processes that serve: they start or say why not, end in time, and none outlives the other."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from tests import patience
from tests.attacks import slow_clients
from tests.openapi.server import SECRET
from tests.server.serving import wait_until
from tests.servers import product
from tests.servers.ports import free_port

MAX_END_SECONDS = 30.0


@contextmanager
def started(folder: Path, workers: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Yield a server of so many workers, and its port."""
    port = free_port()
    settings = {"AUDIT_INSTANCE": str(folder), "AUDIT_SECRET": SECRET}
    process = product.start(settings, port, workers=workers)
    try:
        yield process, port
    finally:
        product.kill(process)


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    (tmp_path / "audit.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path


def test_a_server_that_is_told_to_end_has_ended_in_time_whatever_is_open(folder: Path) -> None:
    with started(folder, 2) as (process, port), ExitStack() as stack:
        for client in slow_clients.connected(port, heads=20, bodies=20, readers=20):
            stack.enter_context(client)
        processes = family(process.pid)
        began = time.monotonic()
        process.terminate()
        wait_until(lambda: is_free(port))
        process.wait(patience.SECONDS)
        assert time.monotonic() - began < MAX_END_SECONDS
        assert process.returncode == 0
        wait_until(lambda: not any(map(is_alive, processes)))


def test_a_server_that_is_told_to_end_finishes_what_it_has(folder: Path) -> None:
    body = b'{"email": "nobody@example.org", "password": "wrong"}'
    with started(folder, 1) as (process, port), socket.create_connection(("127.0.0.1", port)) as s:
        s.sendall(
            b"POST /api/v1/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        )
        s.sendall(body[:10])
        time.sleep(0.5)
        process.terminate()
        wait_until(lambda: is_free(port))
        s.sendall(body[10:])
        answer = s.recv(65536)
        assert answer.startswith(b"HTTP/1.1 401")
        assert b"connection: close" in answer.lower()
        process.wait(patience.SECONDS)


@pytest.mark.parametrize("workers", [1, 2])
def test_no_worker_outlives_a_parent_that_is_killed(folder: Path, workers: int) -> None:
    with started(folder, workers) as (process, port):
        processes = family(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_until(lambda: is_free(port))
        wait_until(lambda: not any(map(is_alive, processes)))


def test_connections_are_spread_over_the_workers(folder: Path) -> None:
    with started(folder, 2) as (process, port), ExitStack() as stack:
        wait_until(lambda: len(listening(process.pid, port)) == 2)
        for _ in range(40):
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        workers = listening(process.pid, port)
        wait_until(lambda: all(connections(worker, port) > 0 for worker in workers))


def test_a_worker_that_died_is_replaced(folder: Path) -> None:
    with started(folder, 1) as (process, port):
        (worker,) = listening(process.pid, port)
        worker.kill()
        wait_until(lambda: answers(port))
        assert process.poll() is None


def test_workers_share_what_was_loaded(folder: Path) -> None:
    with started(folder, 2) as (process, port):
        wait_until(lambda: len(listening(process.pid, port)) == 2)
        (parent,) = {worker.ppid() for worker in listening(process.pid, port)}
        assert parent != process.pid
        assert psutil.Process(parent).ppid() == process.pid


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_all_processes_ends_them_as_one_to_the_parent(
    folder: Path, number: signal.Signals
) -> None:
    with started(folder, 2) as (process, port):
        wait_until(lambda: len(listening(process.pid, port)) == 2)
        processes = family(process.pid)
        os.killpg(process.pid, number)
        process.wait(patience.SECONDS)
        assert process.returncode == 0
        wait_until(lambda: not any(map(is_alive, processes)))


def test_a_server_outlives_the_process_that_its_workers_are_forked_from(folder: Path) -> None:
    with started(folder, 1) as (process, port):
        (worker,) = listening(process.pid, port)
        psutil.Process(worker.ppid()).kill()
        wait_until(lambda: not is_alive(worker))
        wait_until(lambda: answers(port))
        assert process.poll() is None


def test_a_second_server_does_not_share_the_port(folder: Path) -> None:
    with started(folder, 1) as (first, port):
        second = product.launch({"AUDIT_INSTANCE": str(folder)}, port)
        assert second.wait(patience.SECONDS) != 0
        assert first.poll() is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AUDIT_SECRET", "short"),
        ("AUDIT_DATABASE_POOL", "many"),
        ("AUDIT_TRUSTED_PROXIES", "9" * 20),
    ],
)
def test_a_server_that_cannot_start_says_why_and_ends(folder: Path, name: str, value: str) -> None:
    settings = {"AUDIT_INSTANCE": str(folder), name: value}
    server = product.launch(settings, free_port(), stderr=subprocess.PIPE)
    try:
        _, told = server.communicate(timeout=patience.SECONDS)
    except subprocess.TimeoutExpired:
        product.kill(server)
        raise
    assert server.returncode == 1
    assert told.decode().startswith(name)


def family(pid: int) -> list[psutil.Process]:
    """Return the processes below one, which is the parent."""
    return psutil.Process(pid).children(recursive=True)


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def listening(pid: int, port: int) -> list[psutil.Process]:
    """Return the processes below one that listen on a port."""
    return [each for each in family(pid) if connections(each, port, psutil.CONN_LISTEN) > 0]


def connections(process: psutil.Process, port: int, status: str = psutil.CONN_ESTABLISHED) -> int:
    """Return how many of a process's connections at a port are so."""
    found = process.net_connections()
    return sum(each.laddr.port == port and each.status == status for each in found)


def is_free(port: int) -> bool:
    """Return whether nobody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
