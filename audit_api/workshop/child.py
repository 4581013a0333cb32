"""What every child does: limits itself, then works off what comes in until the input ends.

It limits itself before it sees a file: whatever a hostile one does ends this process and nothing
else.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from audit_api.workshop import pipe

NICENESS = 5
"""A server that answers goes before its children."""


class Message(NamedTuple):
    """A JSON head, and parts of plain bytes."""

    head: Mapping[str, Any]
    parts: Sequence[bytes] = ()


class Limits(NamedTuple):
    """How much address space a child has, in bytes, and how many seconds of a core each message."""

    memory: int
    seconds: int


def serve(work: Callable[[Message], Message], limits: Limits) -> None:
    """Answer messages until the input ends; one for which the memory is too little is answered as
    such, and what else goes wrong ends the child."""
    messages, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # A library that prints must not print into an answer.
    os.dup2(2, 1)
    _limit(limits)
    pipe.send(answers, {"ready": True})
    while True:
        try:
            message = Message(*pipe.receive(messages))
        except pipe.Broken:
            return
        # The server ends a slow child; this limit ends one whose server is gone.
        _lower(resource.RLIMIT_CPU, int(time.process_time()) + 1 + limits.seconds)
        answer = _answer(work, message)
        pipe.send(answers, answer.head, *answer.parts)


def _answer(work: Callable[[Message], Message], message: Message) -> Message:
    try:
        return work(message)
    except MemoryError:
        return Message({"without_memory": True})


def _limit(limits: Limits) -> None:
    os.nice(NICENESS)
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)


def _lower(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
