"""What the pages of scorecards say: the figures of the calls, to whoever may know them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit_api.database import db
from audit_api.models import UserRegion
from audit_api.services.sites import regions
from tests.console.visitor import Visitor
from tests.world import ALL_YES, NOW, World

MARCH = "period=2026-03"
FAILED = {**ALL_YES, "clean": {"value": "no", "comment": "Dust below the shelf."}}


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """Three visits that count, one of which failed a question."""
    for answers in (ALL_YES, FAILED, ALL_YES):
        sent = shared_world.put(shared_world.another(answers))
        assert sent.status_code == 201, sent.json
        shared_world.move(sent.json["receipt"]["audit_id"], "approve", "hq")
    return shared_world


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return Visitor(world.app, world.users["manager"])


@pytest.fixture(scope="module")
def hq(world: World) -> Visitor:
    return Visitor(world.app, world.users["hq"])


def pages(world: World) -> list[str]:
    return [
        f"/console/overview?{MARCH}",
        f"/console/overview?{MARCH}&region_id={world.region_id}",
        f"/console/sites?{MARCH}",
        f"/console/sites/{world.site_id}?{MARCH}",
        f"/console/questions?{MARCH}",
        f"/console/questions?{MARCH}&site_id={world.site_id}",
        f"/console/repeats?{MARCH}",
    ]


def call(world: World, path: str) -> Any:
    answer = world.call("manager", "GET", path)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_page_says_what_the_call_says(world: World, manager: Visitor) -> None:
    card = call(world, f"/regions/{world.region_id}/scorecard?{MARCH}")
    said = manager.page(f"/console/overview?{MARCH}")
    assert f"{card['overall']['score']:.2f}%" in said
    assert f"{card['pass_rate']:.2f}%" in said
    question = card["questions"][0]
    assert question["title"] in said
    assert f"{question['impact']:.2f}" in said
    of_site = manager.page(f"/console/sites/{world.site_id}?{MARCH}")
    assert f"{card['overall']['score']:.2f}%" in of_site
    assert "Dust below the shelf." in of_site
    assert of_site.count("/console/visits/") == 3


def test_the_league_says_what_the_call_says(world: World, manager: Visitor) -> None:
    (line,) = call(world, f"/scorecards/sites?{MARCH}")
    row = re.sub(r"\s+", " ", manager.page(f"/console/sites?{MARCH}").split("<tbody>")[1])
    assert line["site"]["name"] in row
    assert f"{line['score']:.1f}" in row
    assert f"95% interval {line['low']:.2f}% to {line['high']:.2f}%" in row


def test_whoever_may_read_no_scorecard_gets_no_page(world: World) -> None:
    reviewer = Visitor(world.app, world.users["reviewer"])
    assert {reviewer.get(path).status_code for path in pages(world)} == {403}
    assert "/console/overview" not in reviewer.page("/console/account")


def test_what_is_not_ones_own_is_not_there(world: World, manager: Visitor) -> None:
    with world.app.app_context():
        other = regions.add(by=world.hq, now=NOW, code="west", name="West", parent_id=None).id
        db.session.commit()
    for place in (
        f"overview?region_id={other}",
        f"sites?region_id={uuid4()}",
        f"questions?region_id={other}",
        f"repeats?site_id={uuid4()}",
        f"sites/{uuid4()}?{MARCH}",
    ):
        assert manager.get(f"/console/{place}").status_code == 404, place
    assert manager.get(f"/console/overview?campaign_id={world.campaign_id}").status_code == 403


def test_no_page_tells_a_manager_who_visited_and_when(world: World, manager: Visitor) -> None:
    auditor = world.users["auditor"]
    for path in pages(world):
        said = manager.page(path)
        for secret in ("Canary auditor", "auditor@", str(auditor), "14:30", "06:30"):
            assert secret not in said, (path, secret)


def test_hq_reads_a_campaign_over_its_own_months(world: World, hq: Visitor) -> None:
    said = hq.page(f"/console/overview?campaign_id={world.campaign_id}")
    assert "Overview: Spring" in said
    assert 'name="period"' not in said
    assert "Shanghai Nanjing Road" in hq.page(f"/console/sites?campaign_id={world.campaign_id}")


def test_a_month_without_visits_says_so_and_leads_to_one_that_has_some(
    world: World, hq: Visitor
) -> None:
    said = hq.page("/console/overview?period=2026-04")
    assert "No visit of April 2026 has a score yet." in said
    assert 'href="/console/overview?period=2026-03"' in said


def test_where_no_period_is_asked_for_the_last_with_visits_is_shown(
    world: World, manager: Visitor
) -> None:
    assert "<strong>Q1 2026</strong>" in manager.page("/console/overview")


def test_a_manager_of_several_regions_chooses_one(world: World) -> None:
    with world.app.app_context():
        south = regions.add(by=world.hq, now=NOW, code="south", name="South", parent_id=None).id
        db.session.add(UserRegion(user_id=world.users["manager"], region_id=south))
        db.session.commit()
    try:
        said = Visitor(world.app, world.users["manager"]).page(f"/console/overview?{MARCH}")
        assert "Your regions" in said
        assert f"region_id={world.region_id}&period=2026-03" in said
        assert "Shanghai Nanjing Road" in Visitor(world.app, world.users["manager"]).page(
            f"/console/sites?{MARCH}"
        )
    finally:
        _take_back(world, south)


def _take_back(world: World, region_id: UUID) -> None:
    with world.app.app_context():
        grant = db.session.get_one(UserRegion, (world.users["manager"], region_id))
        db.session.delete(grant)
        db.session.commit()


@pytest.mark.parametrize(
    "asked",
    ["period=never", "series=7", "region_id=x", "checklist=", "cursor=x", "sort=" + "x" * 200],
)
def test_an_address_that_asks_for_what_is_not_there_is_no_accident(
    manager: Visitor, asked: str
) -> None:
    assert manager.get(f"/console/sites?{asked}").status_code in (200, 422)


def test_a_search_finds_names_codes_and_regions(manager: Visitor) -> None:
    for typed in ("nanjing", "sh-001", "EAST shanghai"):
        assert "Shanghai Nanjing Road" in manager.page(f"/console/sites?{MARCH}&q={typed}")
    said = manager.page(f"/console/sites?{MARCH}&q=<b>")
    assert "No site has “<b>” in its name" in said
    assert "Shanghai Nanjing Road" not in said


def test_whoever_signs_in_comes_to_the_first_place_of_their_menu(world: World) -> None:
    home = {
        who: Visitor(world.app, world.users[who]).get("/console").location
        for who in ("manager", "auditor")
    }
    assert home == {"manager": "/console/overview", "auditor": "/console/account"}


def test_a_period_that_is_not_over_is_told_to_date(hq: Visitor) -> None:
    now = datetime.now(UTC)
    assert "to date</option>" in hq.page(f"/console/overview?period={now:%Y}")
