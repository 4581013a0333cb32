"""One child, as the server that started it sees it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from audit_api.workshop import pipe
from audit_api.workshop.child import Message

_ROOT = Path(__file__).parents[2]
_START_SECONDS = 60.0
_ENDING_SECONDS = 1.0
"""So long a child that has closed its pipes is waited for, to hear why it ends."""
# Glibc gives the memory of each picture back to the system, and takes it anew for the next: a third
# of the time of a photo went into that.  A child keeps up to 64 MB until it has another message.
_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "67108864", "MALLOC_MMAP_THRESHOLD_": "33554432"}
_KILLED = {-signal.SIGXCPU, -signal.SIGKILL}


Read = TypeVar("Read")


class Unstartable(Exception):
    """A child cannot be started: the server is short of something, whatever it was to work on."""


class Overdrawn(Exception):
    """A message took more time or memory than a child has; the child is gone."""


class Failed(Exception):
    """The child ended over a message for another reason, which it has printed."""


class Child:
    """One process, and how many messages it has answered."""

    def __init__(self, module: str) -> None:
        self.messages = 0
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                env=_environment(),
                # A terminal's Ctrl-C is the server's to answer; its end closes the child's input.
                start_new_session=True,
            )
        except OSError as error:
            raise Unstartable from error
        try:
            self._exchange(_START_SECONDS)
        except pipe.Broken as error:
            self.end()
            raise Unstartable from error

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def work(self, message: Message, timeout: float, read: Callable[[Message], Read]) -> Read:
        """Return what `read` makes of the answer; raise Overdrawn or Failed where none comes."""
        self.messages += 1
        try:
            answer = self._exchange(timeout, message)
            if "without_memory" in answer.head:
                raise Overdrawn
            return read(answer)
        except pipe.Broken as error:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_ENDING_SECONDS)
            raise (Overdrawn if self.end() in _KILLED else Failed) from error
        except (KeyError, TypeError, ValueError) as error:
            # A child that answers nonsense may be no longer ours.
            self.end()
            raise Failed from error

    def end(self) -> int:
        """End the process; return its code, negative where a signal ended it."""
        self._process.kill()
        # Leaving the process closes its pipes, which may hold what it never read, and waits.
        with suppress(OSError), self._process:
            pass
        return self._process.returncode

    def _exchange(self, timeout: float, message: Message | None = None) -> Message:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        # Killing the child is what ends a write or a read that waits for it.
        alarm = threading.Timer(timeout, self._process.kill)
        alarm.start()
        try:
            if message is not None:
                pipe.send(stdin, message.head, *message.parts)
            return Message(*pipe.receive(stdout))
        finally:
            alarm.cancel()


def _environment() -> dict[str, str]:
    """Return what a child needs of the environment: no secret is among it."""
    names = ("PATH", "LD_LIBRARY_PATH", "LANG")
    return {name: os.environ[name] for name in names if name in os.environ} | _MEMORY
