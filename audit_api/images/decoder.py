"""Photos prepared outside the server's process, so that none can harm it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from audit_api.errors import Kind, Problem
from audit_api.images import pipe
from audit_api.images.formats import check_file
from audit_api.images.prepared import DISPLAY_SIDE, PreparedPhoto, Unreadable
from audit_api.rules.lifecycle import UnreadableReason

_ROOT = Path(__file__).parents[2]
_START_SECONDS = 60.0


class Decoder:
    """Prepares photos in child processes.  Safe to share between threads.

    A child starts with the first photo, in the process that asks, and is replaced after
    `photos_per_child`.  A photo that kills its child, or takes more processor time or memory than
    a child may have, is unreadable; the next photo gets a new child.  So is one that takes longer
    than `timeout` seconds by the clock, which is ample: a busy machine must cost no photo.
    """

    def __init__(
        self, *, children: int = 1, photos_per_child: int = 200, timeout: float = 50
    ) -> None:
        self._children = children
        self._photos_per_child = photos_per_child
        self._timeout = timeout
        # The child used last is the warm one.
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(children):
            self._idle.put(None)

    def prepare(self, data: bytes, side: int = DISPLAY_SIDE) -> PreparedPhoto:
        """Return what may be shown of the photo, its display copy at most `side` pixels wide and
        high.

        Raises `Unreadable`, and `Problem(Kind.UNAVAILABLE)` when no child can be started.
        """
        check_file(data)
        child = self._idle.get()
        try:
            child = self._replace_worn(child)
            return child.prepare(data, {"side": side}, self._timeout)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """End the children, each after its photo.  A later photo would start a new one."""
        children = [self._idle.get() for _ in range(self._children)]
        for child in children:
            if child is not None:
                child.end()
            self._idle.put(None)

    def _replace_worn(self, child: _Child | None) -> _Child:
        if child is not None and child.is_alive() and child.photos < self._photos_per_child:
            return child
        if child is not None:
            child.end()
        return _Child()


class _Child:
    """One decoding process, and how many photos it has seen."""

    def __init__(self) -> None:
        self.photos = 0
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "audit_api.images.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                env=_environment(),
                # A terminal's Ctrl-C is the server's to answer; its end closes the child's input.
                start_new_session=True,
            )
        except OSError as error:
            raise _unavailable() from error
        try:
            self._exchange(_START_SECONDS)
        except pipe.Broken as error:
            self.end()
            raise _unavailable() from error

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def prepare(self, data: bytes, head: dict[str, object], timeout: float) -> PreparedPhoto:
        self.photos += 1
        try:
            answer, parts = self._exchange(timeout, head, data)
            return _read_photo(answer, parts)
        except (pipe.Broken, KeyError, TypeError, ValueError) as error:
            self.end()
            raise Unreadable(UnreadableReason.TOO_COSTLY) from error

    def end(self) -> None:
        self._process.kill()
        # Leaving the process closes its pipes, which may hold what it never read, and waits.
        with suppress(OSError), self._process:
            pass

    def _exchange(
        self, timeout: float, head: dict[str, object] | None = None, *parts: bytes
    ) -> tuple[dict[str, Any], list[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        # Killing the child is what ends a write or a read that waits for it.
        alarm = threading.Timer(timeout, self._process.kill)
        alarm.start()
        try:
            if head is not None:
                pipe.send(stdin, head, *parts)
            return pipe.receive(stdout)
        finally:
            alarm.cancel()


def _environment() -> dict[str, str]:
    """Return what a child needs of the environment: no secret is among it."""
    names = ("PATH", "LD_LIBRARY_PATH", "LANG")
    return {name: os.environ[name] for name in names if name in os.environ}


def _read_photo(head: dict[str, Any], parts: list[bytes]) -> PreparedPhoto:
    if "unreadable" in head:
        raise Unreadable(UnreadableReason(head["unreadable"]))
    display, thumbnail = parts
    place = head["place"]
    return PreparedPhoto(
        display=display,
        thumbnail=thumbnail,
        width=head["width"],
        height=head["height"],
        taken_at=head["taken_at"],
        place=None if place is None else (place[0], place[1]),
        fingerprint=head["fingerprint"],
        damaged=head["damaged"],
    )


def _unavailable() -> Problem:
    return Problem(Kind.UNAVAILABLE, retry_after=30, what="photo decoder")
