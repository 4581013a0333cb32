"""kill -9 in the middle of a stream: what was acknowledged is there, once, and a retry ends it."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Activity, Revision
from audit_api.services.totals import of_sites
from tests import patience
from tests.faults.races import counted, stored
from tests.faults.server import Server
from tests.world import ALL_YES, World, declared, jpeg, make_world

pytestmark = pytest.mark.slow
PHONES = 6
ENOUGH = 40
"""After so many acknowledged audits the server dies."""


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none")


def picture(phone: int, number: int) -> bytes:
    """Return a photo that no other audit has."""
    return jpeg(phone, (64 + number, 48))


class Phones:
    """Phones that send audits until the server dies, and remember what they were told."""

    def __init__(self, world: World, server: Server) -> None:
        self._world, self._server = world, server
        self._lock = threading.Lock()
        self.sent: dict[UUID, dict[str, Any]] = {}
        self.receipts: dict[UUID, dict[str, Any]] = {}
        self.enough = threading.Event()

    def send(self, phone: int) -> None:
        """Send one audit after the other, each third with a photo, until no answer comes."""
        number = 0
        while True:
            number += 1
            answers = ALL_YES | {"clean": {"value": "yes", "comment": f"{phone}-{number}"}}
            photos = [] if number % 3 else [declared(picture(phone, number), "clean")]
            audit_id, audit = uuid4(), self._world.another(answers, photos=photos)
            with self._lock:
                self.sent[audit_id] = audit
            try:
                self.put(audit_id)
                if photos:
                    self.finish(audit_id)
            except httpx.HTTPError:
                return

    def put(self, audit_id: UUID) -> dict[str, Any]:
        answer = self._server.call(
            self._world, "auditor", "PUT", f"/audits/{audit_id}", self.sent[audit_id]
        )
        assert answer.status_code in (200, 201), answer.text
        told: dict[str, Any] = answer.json()
        with self._lock:
            self.receipts[audit_id] = told["receipt"]
            if len(self.receipts) >= ENOUGH:
                self.enough.set()
        return told

    def finish(self, audit_id: UUID) -> None:
        """Upload what is outstanding and repeat the call."""
        comment = self.sent[audit_id]["answers"]["clean"]["comment"]
        photo = picture(*map(int, comment.split("-")))
        for ticket in self.put(audit_id)["uploads"]:
            done = httpx.put(ticket["url"], content=photo, headers=ticket["headers"])
            assert done.status_code in (200, 412), done.text
        self.put(audit_id)


def test_a_killed_server_loses_and_doubles_nothing(unreviewed: World, server: Server) -> None:
    phones = Phones(unreviewed, server)
    with ThreadPoolExecutor(PHONES) as pool:
        sending = [pool.submit(phones.send, phone) for phone in range(PHONES)]
        assert phones.enough.wait(patience.SECONDS)
        server.kill()
        for each in sending:
            each.result()
    acknowledged = dict(phones.receipts)
    assert acknowledged.keys() <= stored(unreviewed).keys() <= phones.sent.keys()
    _equal_totals(unreviewed)

    server.start()
    for audit_id in phones.sent:
        phones.finish(audit_id)
    for audit_id, receipt in acknowledged.items():
        for name in ("received_at", "content_digest", "revision"):
            assert phones.receipts[audit_id][name] == receipt[name]
    assert all(receipt["complete"] for receipt in phones.receipts.values())
    assert stored(unreviewed) == dict.fromkeys(phones.sent, 1)
    for audit_id, audit in phones.sent.items():
        if audit["photos"]:
            assert unreviewed.photo_states(audit_id) == {"ready"}
    assert counted(unreviewed) == len(phones.sent)
    _stored_as_sent(unreviewed, phones)


def _equal_totals(world: World) -> None:
    with world.app.app_context():
        assert of_sites.differences(world.organisation_id) == []


def _stored_as_sent(world: World, phones: Phones) -> None:
    """Each audit stands there whole: its content under its digest, its one act."""
    with world.app.app_context():
        for row in db.session.scalars(
            sa.select(Revision).where(Revision.audit_id.in_(phones.sent))
        ):
            assert hashlib.sha256(row.content.encode()).hexdigest() == row.content_digest
            expected = {**phones.sent[row.audit_id], "id": str(row.audit_id)}
            assert orjson.loads(row.content) == expected
        acts = db.session.scalars(sa.select(Activity).where(Activity.subject_id.in_(phones.sent)))
        submitted = Counter(act.subject_id for act in acts if act.details.keys() == {"revision"})
        assert submitted == dict.fromkeys(phones.sent, 1)
