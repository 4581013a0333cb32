"""Audits that come at one moment are stored together: one statement and one flush to the disk for
all of them (ADR 38).

Who comes when nobody is storing stores at once, so that nobody ever waits for company; who comes
meanwhile is stored with all others that came, as soon as that is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from audit_api.services.audits.arrivals import Arrival
from audit_api.services.audits.submission import Submission

MOST = 16
"""Audits that are stored together."""

Store = Callable[[Sequence[Submission]], Mapping[UUID, Arrival]]
"""Stores audits of any auditors, and commits; what it leaves out may be stored alone."""


@dataclass(slots=True)
class _Guest:
    """A thread with an audit: it is `called` when that has been seen to, or to see to the next."""

    submission: Submission
    called: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    arrival: Arrival | None = None


class Company:
    """The threads of one process that have audits to store, of which one stores for all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self.waiting: list[_Guest] = []
        self._led = False

    def join(self, submission: Submission) -> Arrival | None:
        """Store an audit, with those of others; return None where it has to be stored alone: it was
        left out, or something went wrong with one of them."""
        guest = _Guest(submission)
        with self._lock:
            self.waiting.append(guest)
            guest.leads, self._led = not self._led, True
        if not guest.leads:
            guest.called.wait()
        if guest.leads:
            self._lead()
        return guest.arrival

    def _lead(self) -> None:
        """Store for those who wait, of whom this thread is the first, and call the next."""
        with self._lock:
            party, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
        try:
            # Of two that send the same audit, the second has to be answered alone.
            first = {guest.submission.id: guest for guest in reversed(party)}
            arrivals = self._store([guest.submission for guest in first.values()])
            for audit_id, arrival in arrivals.items():
                first[audit_id].arrival = arrival
        finally:
            for guest in party:
                guest.called.set()
            self._call_next()

    def _call_next(self) -> None:
        with self._lock:
            self._led = bool(self.waiting)
            if self.waiting:
                self.waiting[0].leads = True
                self.waiting[0].called.set()
