"""How slow a client may be: a least rate, looked at in windows."""

from __future__ import annotations

from audit_api.errors import Kind, Problem

WINDOW = 30
"""Seconds in which a message is whole, or MIN_BYTES of it have passed."""
MIN_RATE = 1_000
"""Bytes per second."""
MIN_BYTES = WINDOW * MIN_RATE


class Pace:
    """The bytes of one message as they pass.  `due` is when it has become too slow."""

    def __init__(self, now: float) -> None:
        self._since = now
        self._passed = 0

    @property
    def due(self) -> float:
        """The moment by which the window's bytes, or the end of the message, must have passed."""
        return self._since + WINDOW

    def passed(self, count: int, now: float) -> None:
        """Note that `count` bytes passed; with enough of them the next window begins."""
        self._passed += count
        if self._passed >= MIN_BYTES:
            self._since, self._passed = now, 0


def too_slow() -> Problem:
    """Return the problem of a request that came at less than the least pace."""
    return Problem(Kind.TOO_SLOW, seconds=WINDOW, rate=MIN_RATE)
