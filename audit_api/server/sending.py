"""Answers on their way: at the pace of the reader, as long as that is one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from audit_api.server.gateway import Answer
from audit_api.server.pace import Pace

Send = Callable[[Any], Awaitable[None]]

PIECE = 32 * 1024
"""Bytes that are handed on at once: few enough for the slowest reader's window."""


async def send_small(send: Send, answer: Answer) -> None:
    """Send an answer of one piece; raise TimeoutError where those before it are not read."""
    async with asyncio.timeout_at(Pace(asyncio.get_running_loop().time()).due):
        await send(start(answer))
        await send({"type": "http.response.body", "body": answer.first, "more_body": False})


async def send_large(
    send: Send, answer: Answer, blocks: AsyncIterator[bytes], transport: asyncio.Transport
) -> None:
    """Send all but the end of an answer; raise TimeoutError where its reader is too slow."""
    # A write counts as done when the system has taken it: so a slow reader is seen.
    transport.set_write_buffer_limits(high=0)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as patience:
        await send(start(answer))
        async for block in blocks:
            # The time that it took to make the block is not the reader's.
            pace = Pace(loop.time())
            for begin in range(0, len(block), PIECE):
                patience.reschedule(pace.due)
                piece = memoryview(block)[begin : begin + PIECE]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                pace.passed(len(piece), loop.time())
            patience.reschedule(None)


async def send_end(send: Send) -> None:
    """Send the end of a large answer; raise TimeoutError where the rest of it is not read."""
    async with asyncio.timeout_at(Pace(asyncio.get_running_loop().time()).due):
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def start(answer: Answer) -> Any:
    return {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
