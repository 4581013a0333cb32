"""Files of strangers worked on outside the server's process, so that none can harm it."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable

from audit_api.errors import Kind, Problem
from audit_api.workshop.child import Message
from audit_api.workshop.process import Child, Read, Unstartable

RETRY_SECONDS = 30


class Pool:
    """Some children of one kind.  Safe to share between threads.

    `module` is what a child runs, `noun` what people call it.  A child starts with the first
    message, in the process that asks, and is replaced after `messages_per_child`, or once a message
    has ended it: the next one gets a new child.  A message may take `timeout` seconds by the clock,
    which is ample: a busy machine must cost no file.  Whoever finds no child free waits behind
    those who came before, at most `patience` seconds; no more than `max_waiting` wait.
    """

    def __init__(
        self,
        module: str,
        noun: str,
        *,
        children: int,
        messages_per_child: int,
        timeout: float,
        patience: float,
        max_waiting: int,
    ) -> None:
        self._module = module
        self._noun = noun
        self._children = children
        self._messages_per_child = messages_per_child
        self._timeout = timeout
        self._patience = patience
        self._max_waiting = max_waiting
        self._lock = threading.Lock()
        # The child used last is the warm one, and is taken first.
        self._idle: list[Child | None] = [None] * children
        self._waiting: deque[queue.SimpleQueue[Child | None]] = deque()

    def work(self, message: Message, read: Callable[[Message], Read]) -> Read:
        """Return what `read` makes of a child's answer to a message; the child is ended where it
        makes nothing of it, but for an exception of its own.

        Raises `Overdrawn` where it takes more than a child has, `Failed` where it ends one
        otherwise, and `Problem(Kind.UNAVAILABLE)` when no child can be started or none is free in
        time.
        """
        child = self._take(self._patience, self._max_waiting)
        try:
            child = self._replace_worn(child)
            return child.work(message, self._timeout, read)
        finally:
            self._give(child)

    def close(self) -> None:
        """End the children, each after its message.  A later message would start a new one."""
        children = [self._take(None, None) for _ in range(self._children)]
        for child in children:
            if child is not None:
                child.end()
            self._give(None)

    def _take(self, patience: float | None, max_waiting: int | None) -> Child | None:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if max_waiting is not None and len(self._waiting) >= max_waiting:
                raise self._unavailable()
            place: queue.SimpleQueue[Child | None] = queue.SimpleQueue()
            self._waiting.append(place)
        try:
            return place.get(timeout=patience)
        except queue.Empty:
            return self._leave(place)

    def _leave(self, place: queue.SimpleQueue[Child | None]) -> Child | None:
        """Give up waiting, unless a child came in the last moment."""
        with self._lock:
            if place in self._waiting:
                self._waiting.remove(place)
                raise self._unavailable()
        return place.get()

    def _give(self, child: Child | None) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(child)
            else:
                self._idle.append(child)

    def _replace_worn(self, child: Child | None) -> Child:
        if child is not None and child.is_alive() and child.messages < self._messages_per_child:
            return child
        if child is not None:
            child.end()
        try:
            return Child(self._module)
        except Unstartable:
            raise self._unavailable() from None

    def _unavailable(self) -> Problem:
        return Problem(Kind.UNAVAILABLE, retry_after=RETRY_SECONDS, what=self._noun)
