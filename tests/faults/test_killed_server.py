"""kill -9 in the middle of a stream: what was acknowledged is there, once, and a retry ends it."""

from __future__ import annotations

import hashlib
from collections import Counter

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Activity, Revision
from audit_api.services.totals import of_sites
from tests.attacks.kills import Phones, differ
from tests.faults.races import counted, stored
from tests.faults.server import Server
from tests.world import World, make_world

pytestmark = pytest.mark.slow


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none")


def test_a_killed_server_loses_and_doubles_nothing(unreviewed: World, server: Server) -> None:
    phones = Phones(unreviewed, server)
    phones.send_until_killed(after=40)
    acknowledged = dict(phones.receipts)
    assert acknowledged.keys() <= stored(unreviewed).keys() <= phones.sent.keys()
    _equal_totals(unreviewed)

    server.start()
    phones.send_again()
    assert not [
        each for each, receipt in acknowledged.items() if differ(receipt, phones.receipts[each])
    ]
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
