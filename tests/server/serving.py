"""The application behind its front, in this process: what is slow may be short there."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from flask import Flask

from audit_api import config
from audit_api.server.__main__ import configuration, listening
from audit_api.server.front import Front
from tests import patience

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: Headers
    body: bytes


@contextmanager
def serving(app: Flask) -> Iterator[int]:
    """Serve `app` on a port of loopback, and yield that."""
    settings = config.read({}) | {"PORT": 0}
    served = configuration(settings)
    served.app, served.factory = Front(app), False
    listener = listening(served)
    server = uvicorn.Server(served)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def wait_until(happened: Callable[[], bool]) -> None:
    """Return once it happened; raise AssertionError where it does not."""
    end = time.monotonic() + patience.SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


class Client:
    """A connection that sends the very bytes it is told, and reads answers one by one."""

    def __init__(self, port: int, *, buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(patience.SECONDS)
        self.socket.connect(("127.0.0.1", port))
        self._read = self.socket.makefile("rb")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._read.close()
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def request(self, line: str, *headers: str, body: bytes = b"") -> None:
        """Send a request: its line, its headers beside Host, its body as it is."""
        head = "\r\n".join([f"{line} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""])
        self.send(head.encode("latin-1") + body)

    def status(self) -> int:
        """Read a status line."""
        line = self._read.readline()
        assert line.startswith(b"HTTP/1.1 "), line
        return int(line.split()[1])

    def reply(self, *, to_head: bool = False) -> Reply:
        """Read one answer."""
        status = self.status()
        headers: Headers = {}
        while (line := self._read.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        size = 0 if to_head else int(headers.get("content-length", 0))
        return Reply(status, headers, self._read.read(size))

    def status_while_sending(self, piece: bytes, seconds: float) -> int:
        """Send `piece` again and again, so many seconds apart, until a status line comes."""
        self.socket.settimeout(seconds)
        end = time.monotonic() + patience.SECONDS
        line = b""
        while time.monotonic() < end:
            try:
                line = self.socket.recv(12)
                break
            except TimeoutError:
                self.send(piece)
        return int(line.split()[1])

    def is_ended(self) -> bool:
        """Return whether nothing more comes, for the server has ended the connection."""
        try:
            return self._read.read(1) == b""
        except ConnectionResetError:
            return True
