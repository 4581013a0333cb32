"""A server between a caller and another server, that falls silent or slow when it is told to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto


class Manner(Enum):
    """How answers are passed on."""

    AT_ONCE = auto()
    NEVER = auto()
    BYTE_BY_BYTE = auto()


class SlowServer:
    """Passes everything on to `target` (host, port), and answers back in its `manner`.

    `callers` counts the connections that were ever made.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self.manner = Manner.AT_ONCE
        self.callers = 0
        self._target = target
        self._lock = threading.Lock()
        self._closed = False
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with self._lock:
            self._closed = True
        for each in [self._listener, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _keep(self, connection: socket.socket) -> socket.socket:
        """Remember a connection until the server closes; one that came later is closed at once."""
        with self._lock:
            if not self._closed:
                self._open.append(connection)
                return connection
        connection.close()
        raise OSError("the server is closed")

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller = self._keep(self._listener.accept()[0])
                self.callers += 1
                server = self._keep(socket.create_connection(self._target))
                for pass_on, ends in (
                    (self._forward, (caller, server)),
                    (self._answer, (server, caller)),
                ):
                    threading.Thread(target=pass_on, args=ends, daemon=True).start()

    def _forward(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while some := caller.recv(65536):
                server.sendall(some)
            server.shutdown(socket.SHUT_WR)

    def _answer(self, server: socket.socket, caller: socket.socket) -> None:
        with suppress(OSError):
            while some := server.recv(65536):
                self._send(caller, some)
            caller.shutdown(socket.SHUT_WR)

    def _send(self, caller: socket.socket, some: bytes) -> None:
        while some:
            if self.manner is Manner.AT_ONCE:
                caller.sendall(some)
                return
            if self.manner is Manner.BYTE_BY_BYTE:
                caller.sendall(some[:1])
                some = some[1:]
            self._pause()

    def _pause(self) -> None:
        """Wait a second, or until everything is passed on at once again."""
        for _ in range(20):
            if self.manner is Manner.AT_ONCE:
                return
            time.sleep(0.05)


@contextmanager
def slow_server(host: str, port: int) -> Iterator[SlowServer]:
    server = SlowServer((host, port))
    try:
        yield server
    finally:
        server.close()
