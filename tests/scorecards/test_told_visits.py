"""What whoever may not know the auditors is told of visits planned and made, and when."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pymupdf
import pytest
from flask import Flask

from audit_api.database import db
from audit_api.services.checklists import versions
from tests.access.visited import machine
from tests.world import NOW, World, make_world, small_checklist

MARCH, APRIL = date(2026, 3, 20), date(2026, 4, 10)
IN_MARCH, IN_APRIL = "2026-03-12T10:00:00+08:00", "2026-04-02T10:00:00+08:00"
RUNNING = f"{datetime.now(UTC).year + 1}"
"""A period that is not over, whichever day it is."""


@pytest.fixture
def world(app: Flask) -> World:
    """A world whose one visit was due in March, and a machine that may not know the auditors."""
    world = make_world(app)
    world.tokens["machine"] = machine(world)
    return world


def told(world: World, reader: str, period: str, of: str = "", **query: str) -> Any:
    """The visits on a card: planned and done, or None."""
    path = of or f"/sites/{world.site_id}"
    asked = {"period": period, **query}
    visits = world.call(reader, "GET", f"{path}/scorecard", query_string=asked).json["visits"]
    return visits and (visits["planned"], visits["done"])


def send(world: World, visit: UUID, when: str, **more: Any) -> UUID:
    audit_id = uuid4()
    sent = world.audit(assignment_id=str(visit), conducted_at=when, **more)
    assert world.put(sent, audit_id).status_code == 201
    return audit_id


def document(world: World, reader: str, period: str, lang: str) -> str:
    path = f"/sites/{world.site_id}/scorecard.pdf?period={period}&lang={lang}"
    answer = world.call(reader, "GET", path)
    assert answer.status_code == 200, answer.json
    with pymupdf.open(stream=io.BytesIO(answer.data)) as pages:
        return "\n".join(page.get_text() for page in pages)


def test_a_period_that_runs_tells_of_no_visit(world: World) -> None:
    ends_on = date(int(RUNNING), 1, 20)
    world.plan(ends_on=ends_on, override="The year after.")
    of_region, of_all = f"/regions/{world.region_id}", "/organisation"
    for path in ("", of_region, of_all, f"/campaigns/{world.campaign_id}"):
        for period in (RUNNING, f"{RUNNING}-01", f"P12M/{RUNNING}-01"):
            assert told(world, "machine", period, path) is None
            assert told(world, "hq", period, path) >= (1, 0)
    for path in ("", of_region):
        assert told(world, "manager", RUNNING, path) is None
    for lang, untold, planned in (
        ("en", "told once the period is over", "of 1 planned"),
        ("zh", "本期结束后公布", "计划 1 次"),
    ):
        assert untold in document(world, "manager", RUNNING, lang)
        assert planned not in document(world, "manager", RUNNING, lang)
        assert planned in document(world, "manager", "2026-03", lang)
        assert planned in document(world, "hq", RUNNING, lang)


def test_a_visit_is_still_to_be_made_where_it_was_due_until_it_is_decided_on(world: World) -> None:
    late, early = world.plan(ends_on=MARCH), world.plan(ends_on=APRIL, override="Closed in March.")
    paths = "", f"/regions/{world.region_id}", "/organisation", f"/campaigns/{world.campaign_id}"
    periods = "2026-03", "2026-04", "2026"

    def cards(reader: str) -> list[Any]:
        return [told(world, reader, period, path) for path in paths for period in periods[:2]]

    before = cards("machine")
    assert before == cards("hq") == [(2, 0), (1, 0)] * 4
    sent = [send(world, late, IN_APRIL), send(world, early, IN_MARCH)]
    assert cards("hq") == [(2, 1), (1, 1)] * 4
    assert cards("machine") == before
    assert told(world, "manager", "2026-03") == (2, 0)
    for audit_id in sent:
        assert world.move(audit_id, "approve").status_code == 200
    assert cards("machine") == cards("hq")
    assert told(world, "manager", "2026-04") == (1, 1)
    for audit_id in sent:
        assert world.move(audit_id, "take_back").status_code == 200
    assert cards("machine") == before
    assert world.move(sent[0], "reject").status_code == 200
    assert told(world, "machine", "2026-04") == (2, 1)


def test_a_card_of_one_checklist_tells_of_what_was_to_be_made_with_it(world: World) -> None:
    with world.app.app_context():
        version = versions.draft(small_checklist(key="other"), by=world.hq, now=NOW)
        versions.publish(version, by=world.hq, now=NOW)
        digest = str(version.digest)
        db.session.commit()
    audit_id = send(world, world.assignment_id, IN_MARCH, checklist=digest)
    of = {"checklist": "small"}, {"checklist": "other"}
    assert [told(world, "hq", "2026-03", **one) for one in of] == [(0, 0), (1, 1)]
    assert [told(world, "manager", "2026-03", **one) for one in of] == [(1, 0), (0, 0)]
    assert world.move(audit_id, "approve").status_code == 200
    assert [told(world, "manager", "2026-03", **one) for one in of] == [(0, 0), (1, 1)]
