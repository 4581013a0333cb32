"""Bodies of requests, read before anybody works on them: in time, at a least rate, and not more
of them at once than a process can hold."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from audit_api.errors import Kind, Problem
from audit_api.server.pace import Pace, too_slow

Receive = Callable[[], Awaitable[Any]]

MAX_IN_MEMORY = 256 * 1024
"""Bytes of one body that stay in memory; a larger one is a file."""
MAX_HELD = 512 * 1024 * 1024
"""Bytes of all bodies that a process holds at once."""
RETRY_SECONDS = 5


class ClientGone(Exception):
    """The client closed the connection before its request was whole."""


class Held:
    """The bytes that all bodies of a process have together."""

    def __init__(self, limit: int = MAX_HELD) -> None:
        self._limit = limit
        self.count = 0

    def take(self, count: int) -> None:
        """Count `count` bytes more; raise BUSY where that is too much."""
        if self.count + count > self._limit:
            raise Problem(Kind.BUSY, retry_after=RETRY_SECONDS)
        self.count += count

    def give_back(self, count: int) -> None:
        self.count -= count


class Body:
    """The body of one request, read into `file`."""

    def __init__(
        self, file: IO[bytes], held: Held, receive: Receive, headers: Mapping[str, str]
    ) -> None:
        self._file = file
        self._held = held
        self._receive = receive
        self.size = 0
        """Bytes that were read."""
        length = headers.get("content-length")
        self.length = int(length) if length is not None else None
        """Bytes that were announced; None where it comes in chunks, or not at all."""
        self.is_whole = not self.length and "transfer-encoding" not in headers

    async def read(self, limit: int) -> None:
        """Read on, until the body is whole or has more than `limit` bytes.

        Raises `Problem` TOO_SLOW or BUSY, and `ClientGone`.
        """
        if self.is_whole:
            return
        loop = asyncio.get_running_loop()
        pace = Pace(loop.time())
        try:
            async with asyncio.timeout_at(pace.due) as patience:
                while not self.is_whole and self.size <= limit:
                    pace.passed(await self._read_block(), loop.time())
                    patience.reschedule(pace.due)
        except TimeoutError:
            raise too_slow() from None

    async def discard(self) -> None:
        """Read what is left of the body and forget it, as long as it comes in time."""
        loop = asyncio.get_running_loop()
        pace = Pace(loop.time())
        async with asyncio.timeout_at(pace.due) as patience:
            while not self.is_whole:
                pace.passed(len(await self._next_block()), loop.time())
                patience.reschedule(pace.due)

    def forget(self) -> None:
        """Give back what was read: nobody will work on it."""
        self._file.truncate(0)
        self._held.give_back(self.size)
        self.size = 0

    def rewound(self) -> IO[bytes]:
        """Return what was read, from its beginning."""
        self._file.seek(0)
        return self._file

    async def _read_block(self) -> int:
        block = await self._next_block()
        self._held.take(len(block))
        self.size += len(block)
        if self.size > MAX_IN_MEMORY:
            # A disk may take its time, and nobody else shall wait for it.
            await asyncio.to_thread(self._file.write, block)
        else:
            self._file.write(block)
        return len(block)

    async def _next_block(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        self.is_whole = not message["more_body"]
        block: bytes = message["body"]
        return block


@contextmanager
def receiving(held: Held, receive: Receive, headers: Mapping[str, str]) -> Iterator[Body]:
    """Yield the body of a request, unread; what was read of it is held until the block ends."""
    with tempfile.SpooledTemporaryFile(MAX_IN_MEMORY) as file:
        body = Body(file, held, receive, headers)
        try:
            yield body
        finally:
            body.forget()
