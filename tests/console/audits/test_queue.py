"""The queue: what waits, the oldest first; several are approved together."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from audit_api.console.audits import listing
from tests.audits.queues import Queue, make_queue
from tests.console.audits.reader import Reader
from tests.protocol.phone import detail
from tests.world import make_world

LINKS = re.compile(r'class="site" href="/console/review/([0-9a-f-]{36})')
TICKS = re.compile(r'name="audit" value="([0-9a-f-]{36})\.(\d+)"')


@pytest.fixture
def queue(shared_app: Flask) -> Queue:
    return make_queue(shared_app)


def told(queue: Queue, page: str) -> list[str]:
    return [queue.names[id_] for id_ in LINKS.findall(page)]


def test_what_waits_is_listed_the_oldest_first_and_filtered(queue: Queue) -> None:
    reader = Reader(queue.world, "reviewer")
    page = reader.read("/review")
    assert told(queue, page) == ["whole", "poor", "hardly", "west"]
    assert "Few answers" in page
    assert "In review: Canary reviewer" in page
    assert told(queue, reader.read(f"/review?region={queue.west_id}")) == ["west"]
    assert told(queue, reader.read("/review?signal=held")) == ["hardly"]
    assert told(queue, reader.read("/review?signal=few_answers&state=submitted")) == ["hardly"]
    assert told(queue, reader.read("/review?state=in_review")) == ["west"]
    assert "?campaign=" not in page
    empty = reader.read(f"/review?campaign={queue.campaign_id}")
    assert told(queue, empty) == []
    assert "Nothing that waits matches these filters." in empty


def test_a_long_queue_goes_on_where_a_page_ends(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SIZE", 3)
    reader = Reader(queue.world, "reviewer")
    page = reader.read("/review?state=")
    (onward,) = re.findall(r'rel="next" href="/console([^"]+)"', page)
    assert told(queue, page) == ["whole", "poor", "hardly"]
    assert told(queue, reader.read(onward.replace("&amp;", "&"))) == ["west"]


def test_those_ticked_are_approved_and_what_a_signal_holds_is_told(queue: Queue) -> None:
    reader = Reader(queue.world, "reviewer")
    page = reader.read("/review")
    ticked = [".".join(each) for each in TICKS.findall(page)]
    answer = reader.send("/review", page, audit=ticked)
    assert answer.status_code == 409
    assert "Held for a look: Few answers" in answer.text
    assert told(queue, answer.text) == ["hardly"]
    (held,) = TICKS.findall(answer.text)
    fields = {"audit": ".".join(held), "include_held": "true"}
    assert reader.send("/review", page, **fields).status_code == 303
    assert "Nothing waits for a review." in reader.read("/review")
    assert detail(queue.world, next(iter(queue.names)))["state"] == "approved"


def test_a_selection_of_nothing_or_of_nonsense_is_refused_on_the_page(queue: Queue) -> None:
    reader = Reader(queue.world, "reviewer")
    page = reader.read("/review")
    for fields in ({}, {"audit": "nonsense"}, {"audit": "x.1"}):
        answer = reader.send("/review", page, **fields)
        assert answer.status_code == 422
        assert "whole" in told(queue, answer.text)


def test_the_queue_is_the_offices(shared_app: Flask) -> None:
    world = make_world(shared_app)
    for person in ("manager", "auditor"):
        reader = Reader(world, person)
        assert reader.get("/review").status_code == 403
        assert "/console/review" not in reader.get("/account").text
    assert "Nothing waits for a review." in Reader(world, "hq").read("/review")
