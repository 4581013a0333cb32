"""Whether a server that others wait for still answers, as one process knows it.

A server may stop without a word: frozen, or behind a network that drops what is sent.  Then nobody
waits longer than it takes to notice, and until it answers again everybody is refused at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

PAUSE = 1.0
"""Seconds between two questions to a server that did not answer."""


class Pulse:
    """The pulse of one server.  `beat` asks it something and raises where no answer comes, within
    seconds of its own; it is never asked twice at a time."""

    def __init__(self, beat: Callable[[], object]) -> None:
        self._beat = beat
        self._lock = threading.Lock()
        self._asking = False
        self._away = False
        self._ended = threading.Event()

    @property
    def away(self) -> bool:
        """Whether the server did not answer when it was asked last."""
        return self._away

    def feel(self) -> None:
        """Ask in the background, and go on until an answer comes: for whoever waits too long."""
        with self._lock:
            if self._asking:
                return
            self._asking = True
        threading.Thread(target=self._ask, name="pulse", daemon=True).start()

    def lost(self) -> None:
        """Hold the server for away from now on, until it answers."""
        self._away = True
        self.feel()

    def end(self) -> None:
        """Ask no more: nobody waits for the server any longer."""
        self._ended.set()

    def _ask(self) -> None:
        while not self._answers():
            self._away = True
            if self._ended.wait(PAUSE):
                return
        with self._lock:
            self._away = self._asking = False

    def _answers(self) -> bool:
        try:
            self._beat()
        except Exception:
            return False
        return True
