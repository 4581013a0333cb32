"""What a piece of work is: what it is handed, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from audit_api.images.decoder import Decoder
from audit_api.storage.store import PhotoStore


class Length(Enum):
    """Work that people wait for goes beside the work that takes long, never behind it."""

    SHORT = auto()
    LONG = auto()


class Hand(Protocol):
    """Whoever holds the job in hand, for work that takes long in one piece."""

    def commit(self) -> None:
        """Commit what is written so far; raise `Lost` where the job is held no more."""

    def tell(self, done: int) -> None:
        """Tell how many units of the job are done, as often as one likes: it is noted now and then.
        Work that comes no further for long is taken for one that hangs.  Raises `Lost` once it is
        known that the job is held no more."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a piece of work may need beside the database."""

    store: PhotoStore
    decoder: Decoder
    hand: Hand


class Task(NamedTuple):
    """A job that a worker holds: what is asked for, and at which attempt.

    `holder` is this holding's own id: whoever lost the job to another can change it no more.
    """

    id: UUID
    organisation_id: UUID
    kind: str
    request: Mapping[str, Any]
    attempts: int
    holder: UUID


@dataclass(frozen=True, slots=True)
class GoOn:
    """A piece is done and more is to do, `after` a while at the earliest."""

    after: timedelta = timedelta()


class Lost(Exception):
    """The job is not this worker's any more: cancelled, or taken up by another."""


class Hopeless(Exception):
    """Work that no other attempt would bring to its end; the message tells why."""


Work = Callable[[Task, Tools], GoOn | None]
"""Does what a job of one kind asks for, or a piece of it; the caller commits, and notes in the same
transaction that it is done."""
