"""Clients that are slow on purpose: with a head, with a body, with reading an answer.

None of them is logged in.  While they hold the server, somebody asks after its health and
somebody submits.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice

import httpx

HOST = b"Host: 127.0.0.1\r\n"
JSON = b"Content-Type: application/json\r\n"

HEADS = (b"GET /slow", b"POST /api/v1/login HTTP/1.1\r\n" + HOST + b"X-Slow: ")
BODIES = (
    b"POST /api/v1/login HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: 5000\r\n\r\n{",
    b"PUT /api/v1/audits/0190a000-0000-4000-8000-000000000000 HTTP/1.1\r\n"
    + HOST
    + JSON
    + b"Content-Length: 5000\r\n\r\n{",
    b"PUT /storage/uploads/none HTTP/1.1\r\n" + HOST + b"Content-Length: 900000\r\n\r\n\xff",
    b"POST /api/v1/login HTTP/1.1\r\n"
    + HOST
    + JSON
    + b"Transfer-Encoding: chunked\r\n\r\n1388\r\n{",
)
READERS = (b"GET /api/v1/openapi.json HTTP/1.1\r\n" + HOST + b"\r\n",)

SMALL_BUFFER = 2_048
"""Bytes that the system of a slow reader takes before it does."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What others saw meanwhile, in seconds, each call in turn; and what became of the clients."""

    health: Sequence[float]
    submits: Sequence[float]
    connected: int
    refused: int
    """Clients that were answered with a problem, or cut off."""


def run(
    port: int,
    submit: Callable[[], object],
    *,
    heads: int = 170,
    bodies: int = 170,
    readers: int = 160,
    seconds: float = 8,
) -> Figures:
    """Attack the server on `port` of loopback for so many seconds; `submit` is one honest call,
    and raises where it fails."""
    with ExitStack() as stack:
        clients = [
            stack.enter_context(client)
            for client in connected(port, heads=heads, bodies=bodies, readers=readers)
        ]
        health, submits = [], []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            health.append(timed(lambda: httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=60)))
            submits.append(timed(submit))
            for client in clients:
                dribble(client)
            time.sleep(0.2)
        refused = sum(map(is_refused, clients[: heads + bodies]))
        return Figures(tuple(health), tuple(submits), len(clients), refused)


def connected(port: int, *, heads: int, bodies: int, readers: int) -> Iterator[socket.socket]:
    """Yield so many slow clients of each kind, each with the beginning of its request sent."""
    for kinds, count in ((HEADS, heads), (BODIES, bodies), (READERS, readers)):
        for request in islice(cycle(kinds), count):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
            client.settimeout(60)
            client.connect(("127.0.0.1", port))
            client.sendall(request)
            client.setblocking(False)
            yield client


def dribble(client: socket.socket) -> None:
    """Send a byte more."""
    try:
        client.send(b"a")
    except OSError:
        # Its connection was ended, which is for the figures to tell.
        return


def is_refused(client: socket.socket) -> bool:
    """Return whether the server has answered or ended a client whose request is not whole."""
    try:
        return client.recv(1, socket.MSG_PEEK) is not None
    except BlockingIOError:
        return False
    except OSError:
        return True


def timed(call: Callable[[], object]) -> float:
    """Return how many seconds a call took."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
