"""Bounds on what a store far away may cost: how long one call waits, and how many wait at once.

A client's own timeouts begin anew with every byte, so a store that says a byte a second would be
waited for all day.  Here a thread of its own makes each call, and nobody waits longer for it than
was said; whoever made the call in vain is left to it.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from audit_api.pulse import Pulse
from audit_api.storage.store import unavailable

MAX_AT_ONCE = 16
"""Calls under way at one time in a process, those among them that nobody waits for any more."""
MAX_QUEUE_SECONDS = 1.0
"""How long a call waits for its turn."""

Answer = TypeVar("Answer")


def within(
    seconds: float,
    work: Callable[[], Answer],
    discard: Callable[[Answer], object] = lambda answer: None,
) -> Answer:
    """Return what `work` returns; raise `Problem(Kind.UNAVAILABLE)` where it takes longer, and
    `discard` what it returns then."""
    outcome: Future[Answer] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, name="store", daemon=True).start()
    try:
        return outcome.result(seconds)
    except TimeoutError:
        if outcome.done():
            raise  # the call's own
        outcome.add_done_callback(lambda late: late.exception() or discard(late.result()))
        raise unavailable() from None


class Line:
    """The line to one store: so many calls at once, each within its time, none while it is away.

    `beat` is a call that shows whether the store answers, `seconds` how long it may take.
    """

    def __init__(self, beat: Callable[[], object], *, seconds: float) -> None:
        self._places = threading.BoundedSemaphore(MAX_AT_ONCE)
        self._pulse = Pulse(lambda: within(seconds, beat))

    def close(self) -> None:
        """Ask no more after a store that is away."""
        self._pulse.end()

    def call(
        self,
        seconds: float,
        work: Callable[[], Answer],
        discard: Callable[[Answer], object] = lambda answer: None,
    ) -> Answer:
        """Return what `work` returns; raise `Problem(Kind.UNAVAILABLE)` where no place is free, the
        store is away, or it takes longer than `seconds`: what comes then is for `discard`."""
        if self._pulse.away or not self._places.acquire(timeout=MAX_QUEUE_SECONDS):
            raise unavailable()
        over = threading.Event()

        def run() -> Answer:
            try:
                return work()
            finally:
                over.set()
                self._places.release()

        try:
            return within(seconds, run, discard)
        finally:
            if not over.is_set():
                self._pulse.lost()


class Body(io.RawIOBase):
    """A body on its way from a store, to be read by `read` and left by `leave`: all of it has to
    come within `seconds`."""

    def __init__(
        self,
        read: Callable[[int], bytes],
        leave: Callable[[], object],
        line: Line,
        seconds: float,
    ) -> None:
        self._read, self._leave, self._line = read, leave, line
        self._ends = time.monotonic() + seconds
        self._reading = self._closing = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        remaining = self._ends - time.monotonic()
        self._reading = True
        chunk = self._line.call(remaining, lambda: self._piece(len(buffer)))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        # While somebody still reads, closing would wait for them: they do it when they end.
        self._closing = True
        if not self._reading:
            self._leave()
        super().close()

    def _piece(self, size: int) -> bytes:
        try:
            return self._read(size)
        finally:
            self._reading = False
            if self._closing:
                self._leave()
