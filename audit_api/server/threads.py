"""The threads that work on calls: so many for each lane, and a line before each that is not
endless."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from audit_api.errors import Kind, Problem
from audit_api.server.bodies import ClientGone
from audit_api.web.lanes import Lane

Result = TypeVar("Result")

WIDE_THREADS = 2
DEAR_THREADS = 2
"""Of calls that cost much only so many at once: each takes a core from everybody."""
MAX_LINE_SECONDS = 20
"""How long a call waits for a thread; then its client is told to come back."""
RETRY_SECONDS = 10


class Threads:
    """The threads of one lane."""

    def __init__(self, name: str, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._free = asyncio.Semaphore(count)

    async def run(self, work: Callable[[], Result], is_unwanted: Callable[[], bool]) -> Result:
        """Return what `work` returns in a thread of this lane.

        Raises `Problem` BUSY where none is free in time, and `ClientGone` where nobody wants the
        work any more once one is.
        """
        await self._line_up()
        try:
            if is_unwanted():
                raise ClientGone
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._free.release()

    async def _line_up(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(MAX_LINE_SECONDS):
                await self._free.acquire()
        except TimeoutError:
            raise Problem(Kind.BUSY, retry_after=RETRY_SECONDS) from None


def by_lane(ordinary: int) -> dict[Lane, Threads]:
    """Return the threads of every lane, `ordinary` of them for calls that are nothing else."""
    counts = {
        Lane.VITAL: 1,
        Lane.ORDINARY: ordinary,
        Lane.WIDE: WIDE_THREADS,
        Lane.DEAR: DEAR_THREADS,
    }
    return {lane: Threads(lane.name.lower(), count) for lane, count in counts.items()}
