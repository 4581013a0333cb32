"""One connection: HTTP as uvicorn and llhttp read it, within limits of time and size."""

from __future__ import annotations

import asyncio
import re
import resource
from collections.abc import Iterable
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from audit_api.api.http.problems import document
from audit_api.errors import Kind, Problem
from audit_api.words import DEFAULT_LOCALE

UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)

MAX_HEAD_SECONDS = 30
"""How long a request line and its headers may take, from the first byte or the connection on."""
MAX_HEAD_BYTES = 64 * 1024
"""Of a request line and headers, and of the trailers after a body."""
MAX_REST_SECONDS = 30
"""How long the last bytes of a last answer wait for their reader."""
MAX_PIPELINED = 32
"""Requests that are sent before the first of them is answered."""
MAX_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
MAX_CONNECTIONS = 4_000 if MAX_FILES == resource.RLIM_INFINITY else min(4_000, MAX_FILES * 3 // 4)
"""Of one process, which needs files for other things too; those without a request give way."""


class Connection(HttpToolsProtocol):
    """Ends clients that are too slow with a head, send one that is too large, or ask too much at
    once.  Bodies and answers are the front's to time: it gets the transport in `scope["state"]`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made = self.loop.time()
        self._head_bytes = 0
        self._in_head = True
        self._head_timer: asyncio.TimerHandle | None = None
        self._last_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._time_head()
        if len(self.connections) > MAX_CONNECTIONS:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            if self._head_bytes == 0:
                data = without_upgrade(data)
            self._head_bytes += len(data)
            if self._head_timer is None:
                self._time_head()
        super().data_received(data)
        if self._head_bytes > MAX_HEAD_BYTES:
            self.transport.abort()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._last_timer = self.loop.call_later(MAX_REST_SECONDS, self.transport.abort)

    def timeout_keep_alive_handler(self) -> None:
        # To close politely waits for the reader of the last answer, however long.
        if self.transport.get_write_buffer_size() > 0:
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"]["transport"] = self.transport

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            self._head_bytes += len(name) + len(value)
            return
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._head_bytes = 0
        self._stop_timer()
        if self.parser.should_upgrade() and has_body(self.headers):
            raise ValueError("an upgrade with a body, which would be read as the next request")
        super().on_headers_complete()
        if len(self.pipeline) > MAX_PIPELINED:
            self.transport.abort()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head = True
        self._head_bytes = 0

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        if self._last_timer is not None:
            self._last_timer.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be read, in the one language that needs no reading."""
        problem = Problem(Kind.MALFORMED, reason="http_unreadable")
        body = orjson.dumps(document(problem, DEFAULT_LOCALE))
        head = (
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _make_room(self) -> None:
        others = (each for each in self.connections if isinstance(each, Connection))
        idle = (each for each in others if each is not self and each.is_idle())
        min(idle, key=lambda each: each.made, default=self).transport.abort()

    def is_idle(self) -> bool:
        """Return whether no request is being read or answered, a head aside."""
        return self.cycle is None or self.cycle.response_complete

    def _time_head(self) -> None:
        self._head_timer = self.loop.call_later(MAX_HEAD_SECONDS, self.transport.abort)

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def without_upgrade(data: bytes) -> bytes:
    """Return the beginning of a request without what asks for another protocol, which nobody is
    given: the parser would take the body for that protocol's."""
    head, end, rest = data.partition(b"\r\n\r\n")
    return UPGRADE.sub(b"\r\nNo-Upgrade:", head) + end + rest


def has_body(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in headers)
