"""A load of prepared requests from a few blocking connections: bounded in count and in time.

Requests are bytes made beforehand and answers are read by length, so that the load costs the
shared processors as little as it can.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

_READ = 1 << 16


@dataclass
class Outcome:
    """What a load saw: seconds of each answer, in order, and how long all of it took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the latency, in milliseconds, that `share` of the answers kept."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


Load = Callable[[float], Outcome]
"""Loads a server for some seconds."""


class Supply:
    """Requests of which `most` are made before a load begins; what one leaves, the next sends."""

    def __init__(self, requests: Iterator[bytes], *, most: int) -> None:
        self._requests, self._most = requests, most
        self._ready: deque[bytes] = deque()

    def load(self, port: int, *, connections: int) -> Load:
        """Return the load of these requests on a server."""
        self._ready.extend(itertools.islice(self._requests, self._most - len(self._ready)))
        sent = iter(self._next, b"")
        return lambda seconds: drive(port, sent, connections=connections, seconds=seconds)

    def _next(self) -> bytes:
        return self._ready.popleft() if self._ready else b""


def request(
    method: str, path: str, *, token: str = "", body: bytes = b"", headers: Sequence[str] = ()
) -> bytes:
    """Return a request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def drive(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Outcome:
    """Send `requests` over `connections` for `seconds`, or until there are no more."""
    outcome, lock = Outcome(), threading.Lock()
    end = time.perf_counter() + seconds

    def run() -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < end:
                with lock:
                    sent = next(requests, None)
                if sent is None:
                    return
                begun = time.perf_counter()
                connection.sendall(sent)
                status = _answer(connection)
                took = time.perf_counter() - begun
                with lock:
                    outcome.latencies.append(took)
                    outcome.statuses[status] = outcome.statuses.get(status, 0) + 1

    threads = [threading.Thread(target=run) for _ in range(connections)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - begun
    return outcome


def _answer(connection: socket.socket) -> int:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line[15:])
    left = 0 if status in (204, 304) else length - len(body)
    while left > 0:
        left -= len(_more(connection))
    return status


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(_READ)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data
