"""One connection: HTTP as uvicorn and llhttp read it, within limits of time and size."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from audit_api.api.http.problems import document
from audit_api.errors import Kind, Problem
from audit_api.words import DEFAULT_LOCALE

MAX_HEAD_SECONDS = 30
"""How long a request line and its headers may take, from the first byte or the connection on."""
MAX_HEAD_BYTES = 64 * 1024
"""Of a request line and headers, and of the trailers after a body."""
MAX_PIPELINED = 32
"""Requests that are sent before the first of them is answered."""
MAX_CONNECTIONS = 4_000
"""Of one process; beyond, those without a request give way."""


class Connection(HttpToolsProtocol):
    """Ends clients that are too slow with a head, send one that is too large, or ask too much at
    once.  Bodies and answers are the front's to time: it gets the transport in `scope["state"]`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made = self.loop.time()
        self._head_bytes = 0
        self._in_head = True
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # A write counts as done when the system has taken it: only then a slow reader is seen.
        transport.set_write_buffer_limits(high=0)
        self._time_head()
        if len(self.connections) > MAX_CONNECTIONS:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_timer is None:
                self._time_head()
        super().data_received(data)
        if self._head_bytes > MAX_HEAD_BYTES:
            self.transport.abort()

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
        super().on_headers_complete()
        if len(self.pipeline) > MAX_PIPELINED:
            self.transport.abort()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head = True
        self._head_bytes = 0

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
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
