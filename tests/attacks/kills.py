"""kill -9 of the server in the middle of a stream of audits, and what must be true afterwards."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests import patience
from tests.faults.races import counted, stored
from tests.faults.server import Server
from tests.world import ALL_YES, World, declared, jpeg

SENDERS = 6
FEWEST, MOST = 20, 80
"""A server dies after so many acknowledged audits, a number drawn between the two."""


@dataclass(frozen=True)
class Figures:
    """What a run of kills came to: all but the first two are to be 0.

    `acknowledged` counts audits that a receipt promised, `lost` those of them that are not stored,
    `doubled` stored audits with more than one revision, `changed` receipts that were another after
    the kill, `incomplete` audits that could not be brought to their end by asking again, and
    `miscounted` by how many the scorecard is off.
    """

    kills: int
    acknowledged: int
    lost: int
    doubled: int
    changed: int
    incomplete: int
    miscounted: int


class Phones:
    """Phones that send audits until the server dies, and remember what they were told."""

    def __init__(self, world: World, server: Server) -> None:
        self._world, self._server = world, server
        self._lock = threading.Lock()
        self._enough = threading.Event()
        self._wanted = 0
        self.sent: dict[UUID, dict[str, Any]] = {}
        self.receipts: dict[UUID, dict[str, Any]] = {}
        self.last: list[UUID] = []
        """What was sent since the server was last started."""

    def send_until_killed(self, *, after: int) -> None:
        """Send audits until `after` more are acknowledged; then kill the server."""
        self.last = []
        self._wanted = len(self.receipts) + after
        self._enough.clear()
        with ThreadPoolExecutor(SENDERS) as pool:
            sending = [pool.submit(self._send) for _ in range(SENDERS)]
            arrived = self._enough.wait(patience.SECONDS)
            self._server.kill()
            for each in sending:
                each.result()
        assert arrived, "too few audits were acknowledged"

    def send_again(self) -> None:
        """Send what the killed server was sent again, and upload what is outstanding."""
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(self._finish, self.last))

    def _send(self) -> None:
        """Send one audit after the other, each third with a photo, until no answer comes."""
        try:
            while True:
                self._finish(self._next())
        except httpx.HTTPError:
            return

    def _next(self) -> UUID:
        with self._lock:
            number = len(self.sent) + 1
            audit_id = uuid4()
            self.sent[audit_id] = {}
            self.last.append(audit_id)
        answers = ALL_YES | {"clean": {"value": "yes", "comment": str(number)}}
        photos = [] if number % 3 else [declared(picture(number), "clean")]
        self.sent[audit_id] = self._world.another(answers, photos=photos)
        return audit_id

    def _finish(self, audit_id: UUID) -> None:
        uploads = self._put(audit_id)["uploads"]
        for ticket in uploads:
            number = int(self.sent[audit_id]["answers"]["clean"]["comment"])
            done = httpx.put(ticket["url"], content=picture(number), headers=ticket["headers"])
            assert done.status_code in (200, 412), done.text
        if uploads:
            self._put(audit_id)

    def _put(self, audit_id: UUID) -> dict[str, Any]:
        answer = self._server.call(
            self._world, "auditor", "PUT", f"/audits/{audit_id}", self.sent[audit_id]
        )
        assert answer.status_code in (200, 201), answer.text
        told: dict[str, Any] = answer.json()
        with self._lock:
            self.receipts[audit_id] = told["receipt"]
            if len(self.receipts) >= self._wanted:
                self._enough.set()
        return told


def picture(number: int) -> bytes:
    """Return a photo that no other audit has."""
    return jpeg(number, (64 + number % 64, 48 + number // 64))


def run(world: World, server: Server, *, kills: int, seed: int = 1) -> Figures:
    """Kill the running server so many times, and count what that cost.

    The world's audits are nobody's to review.  The server runs again at the end.
    """
    chance = random.Random(seed)
    phones = Phones(world, server)
    lost = changed = 0
    for _ in range(kills):
        phones.send_until_killed(after=chance.randint(FEWEST, MOST))
        promised = dict(phones.receipts)
        lost += len(promised.keys() - stored(world).keys())
        server.start()
        phones.send_again()
        changed += sum(differ(receipt, phones.receipts[each]) for each, receipt in promised.items())
    # Nobody reviews an audit once what its photos show can be seen.
    for audit_id, audit in phones.sent.items():
        if audit["photos"]:
            world.photo_states(audit_id)
    return Figures(
        kills=kills,
        acknowledged=len(phones.receipts),
        lost=lost,
        doubled=sum(revisions > 1 for revisions in stored(world).values()),
        changed=changed,
        incomplete=sum(not receipt["complete"] for receipt in phones.receipts.values()),
        miscounted=abs(counted(world) - len(phones.sent)),
    )


def differ(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether two receipts of one audit promise different things."""
    return any(
        before[name] != after[name] for name in ("received_at", "content_digest", "revision")
    )
