"""The children that read documents, shared by all of a process."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from typing import TypeVar

from audit_api.errors import Fault, Problem, invalid
from audit_api.workshop.child import Limits, Message
from audit_api.workshop.pool import Pool
from audit_api.workshop.process import Overdrawn

MEMORY = 1_000_000_000
SECONDS = 10
LIMITS = Limits(MEMORY, SECONDS)
"""What reading one document may take, many times what any that a person made has taken."""

Read = TypeVar("Read")

_POOL = Pool(
    "audit_api.readers.child",
    what="document reader",
    children=2,
    messages_per_child=200,
    timeout=30,
    patience=15,
    max_waiting=16,
)
atexit.register(_POOL.close)


def ask(message: Message, read: Callable[[Message], Read]) -> Read:
    """Return what `read` makes of a child's answer.

    Raises INVALID for a document that takes more than `LIMITS`, and UNAVAILABLE where no child can
    be started or none is free in time.
    """
    try:
        return _POOL.work(message, read)
    except Overdrawn:
        raise too_costly() from None


def too_costly() -> Problem:
    """The refusal of a document that takes too much."""
    values = {"seconds": SECONDS, "megabytes": MEMORY // 1_000_000}
    return invalid(Fault("", "document_too_costly", values))
