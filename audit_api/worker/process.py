"""A process that does jobs and serves nobody: `flask worker`, and the one beside a server."""

from __future__ import annotations

import signal
import sys
import threading
import time
from types import FrameType

from audit_api.worker.worker import Worker

REST = 0.5
"""Seconds between two looks where nothing is due."""
IDLE = 20.0
"""Seconds without work after which the process beside a server ends."""


class Process:
    """Does jobs until it is told to end, or, with `idle`, for so many seconds has had none."""

    def __init__(self, worker: Worker, *, idle: float | None = None) -> None:
        self._worker = worker
        self._idle = idle
        self._ending = threading.Event()
        self._worked = time.monotonic()

    def run(self, *, short: bool) -> None:
        """Do long work, and with `short` what is short as well."""
        while not self._ending.is_set():
            if short:
                self._worker.look()
            if self._worker.look_for_long_work():
                self._worked = time.monotonic()
            elif self._is_idle():
                return
            else:
                self._ending.wait(REST)

    def end(self) -> None:
        """End after the piece of work in hand."""
        self._ending.set()
        self._worker.stop()

    def end_on_signals(self) -> None:
        def handle(number: int, frame: FrameType | None) -> None:
            self.end()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, handle)

    def end_with_input(self) -> None:
        """End when the standard input does: whoever started this process is gone."""

        def wait() -> None:
            sys.stdin.buffer.read()
            self.end()

        threading.Thread(target=wait, name="parent", daemon=True).start()

    def _is_idle(self) -> bool:
        return self._idle is not None and time.monotonic() > self._worked + self._idle
