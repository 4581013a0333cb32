"""Sites and regions against touchpoints: the league's own lines, and sums that add up."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from audit_api.database import db, one_moment
from audit_api.rules.figures.periods import parse
from audit_api.services import scorecards
from audit_api.services.scorecards import leagues
from audit_api.services.scorecards.spans import span
from audit_api.services.scorecards.tables import region_rows, site_table
from audit_api.services.sites import regions, sites, trees
from tests.world import ALL_YES, NOW, World, make_world

MARCH = parse("2026-03")
FAILED = {**ALL_YES, "receipt": {"value": "no"}}


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    """Two sites, one in a region below, with two visits each."""
    world = make_world(app)
    with app.app_context():
        below = regions.add(by=world.hq, now=NOW, code="low", name="Low", parent_id=world.region_id)
        other = sites.add(
            by=world.hq,
            now=NOW,
            code="LO-001",
            name="Low Road",
            region_id=below.id,
            time_zone="Asia/Shanghai",
        )
        db.session.commit()
        other_id = other.id
    for site_id in (world.site_id, other_id):
        for answers in (ALL_YES, FAILED):
            planned = str(world.plan(site_id=site_id))
            sent = world.put(world.audit(answers, assignment_id=planned, site_id=str(site_id)))
            assert sent.status_code == 201, sent.json
            world.move(sent.json["receipt"]["audit_id"], "approve", "hq")
    return world


def test_the_table_has_the_lines_of_the_league(world: World) -> None:
    assert MARCH is not None
    with world.app.app_context(), one_moment():
        scope = scorecards.everywhere(by=world.hq)
        table = site_table(scope, MARCH, None)
        sites = scorecards.visible(None, by=world.hq)
        league = leagues.league(sites, MARCH, None, sort="code", descending=False)
        assert [row.line for row in table.rows] == list(league)
        assert (table.sites, list(table.columns)) == (2, ["arrival", "checkout"])
        assert [row.region for row in table.rows] == ["Low", "East"]


def test_regions_add_up_to_the_whole(world: World) -> None:
    assert MARCH is not None
    with world.app.app_context(), one_moment():
        tree = trees.tree(by=world.hq)
        scope = scorecards.everywhere(by=world.hq)
        table = site_table(scope, MARCH, None)
        rows = region_rows(scope, [branch.id for branch in tree], table)
        assert [(branch.code, branch.level) for branch in tree] == [
            ("cn", 0),
            ("east", 1),
            ("low", 2),
        ]
        assert [row.whole.n for row in rows] == [4, 4, 2]
        assert rows[0].whole == rows[1].whole == table.whole
        assert rows[0].parts == table.parts
        card = _card(world)
        assert table.whole.mean == round(card["overall"]["score"] * 100)


def _card(world: World) -> Any:
    return world.call("hq", "GET", "/organisation/scorecard?period=2026-03").json


def test_there_is_something_to_show_from_the_first_month_to_the_last(world: World) -> None:
    assert MARCH is not None
    lonely = make_world(world.app)
    with world.app.app_context():
        found = span(scorecards.visible(None, by=world.hq))
        assert found is not None
        assert (found.first, found.last) == (MARCH.starts, MARCH.starts)
        assert span(scorecards.visible(None, by=lonely.hq)) is None


def test_the_way_up_ends_where_a_reader_sees_no_more(world: World) -> None:
    with world.app.app_context():
        tree = trees.tree(by=world.hq)
        assert [each.code for each in trees.above(tree, tree[-1].id)] == ["cn", "east", "low"]
        assert trees.above(tree, world.site_id) == []
