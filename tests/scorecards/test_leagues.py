"""Sites beside each other: the table, its pages, ranks, and who moved by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Assignment, SiteTotal
from audit_api.services.sites import regions, sites
from tests.world import NOW, World, make_world

SCORES = {
    # Scores in hundredths by month, the kind of the site, and whether it lies in the west.
    "A": ({"2026-02": [8000, 8100, 8200], "2026-03": [9000, 9100, 9200]}, "own", False),
    "B": ({"2026-02": [9000, 9000, 9300], "2026-03": [9000, 9100, 9200]}, "own", True),
    "C": ({"2026-02": [9500, 9400, 9600], "2026-03": [5000, 5200, 5100]}, "own", True),
    "D": ({"2026-02": [7000, 7000, 7000], "2026-03": [9900, 9900]}, "own", False),
    "E": ({"2026-02": [100, 9000, 4000], "2026-03": [7000, 300, 9900]}, "own", False),
    "F": ({"2026-02": [1000, 1000, 1000], "2026-03": [9990, 9990, 9990]}, "competitor", False),
}


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    """Six sites beside the world's own, which has no audits."""
    world = make_world(app)
    with app.app_context():
        west = regions.add(
            by=world.hq, now=NOW, code="west", name="West", parent_id=world.region_id
        )
        for code, (months, kind, in_west) in SCORES.items():
            site = sites.add(
                by=world.hq,
                now=NOW,
                code=code,
                name=f"Site {code}",
                kind=kind,
                region_id=west.id if in_west else world.region_id,
                time_zone="Asia/Shanghai",
            )
            db.session.execute(
                sa.insert(SiteTotal), [_total(site.id, *item) for item in months.items()]
            )
        db.session.commit()
    return world


def _total(site_id: UUID, month: str, scores: Sequence[int]) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "month": date.fromisoformat(f"{month}-01"),
        "scoring_key": "0" * 16,
        "audits": len(scores),
        "scored": len(scores),
        "passed": sum(score >= 9000 for score in scores),
        "final_sum": sum(scores),
        "final_squares": sum(score * score for score in scores),
    }


def get(world: World, path: str, person: str = "hq") -> Any:
    answer = world.call(person, "GET", path)
    assert answer.status_code == 200, answer.json
    return answer.json


def codes(lines: Sequence[dict[str, Any]]) -> str:
    return "".join(line["site"]["code"] for line in lines)


def test_the_best_come_first_and_ties_share_a_rank(world: World) -> None:
    lines = get(world, "/scorecards/sites?period=2026-03")
    assert codes(lines) in ("DABEC", "DBAEC")
    ranks = {line["site"]["code"]: line["rank"] for line in lines}
    assert ranks == {"D": None, "A": 1, "B": 1, "E": 3, "C": 4}
    first = next(line for line in lines if line["site"]["code"] == "A")
    assert (first["n"], first["score"], first["pass_rate"]) == (3, 91.0, 100.0)
    assert first["change"] == {"points": 10.0, "relative": 0.1235, "comparable": True}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("code", "ABCDE"),
        ("-code", "EDCBA"),
        ("name", "ABCDE"),
        ("change", "CBAED"),
        ("-change", "DEABC"),
    ],
)
def test_a_league_is_sorted_as_asked(world: World, sort: str, expected: str) -> None:
    assert codes(get(world, f"/scorecards/sites?period=2026-03&sort={sort}")) == expected


def test_pages_put_together_are_the_league(world: World) -> None:
    whole = get(world, "/scorecards/sites?period=2026-03&sort=-score")
    path, found = "/scorecards/sites?period=2026-03&sort=-score&limit=2", []
    while path:
        answer = world.call("hq", "GET", path)
        found += answer.json
        link = answer.headers.get("Link", "")
        path = link[len("</api/v1") : link.index(">")] if link else ""
    assert found == whole
    gone = world.call("hq", "GET", f"/scorecards/sites?period=2026-03&cursor={uuid4()}")
    assert gone.status_code == 422


def test_a_region_s_league_ranks_its_own_sites(world: World) -> None:
    west = next(r["id"] for r in get(world, "/regions") if r["code"] == "west")
    lines = get(world, f"/scorecards/sites?period=2026-03&region_id={west}")
    assert [(line["site"]["code"], line["rank"]) for line in lines] == [("B", 1), ("C", 2)]


def test_a_site_s_ranks_are_those_of_the_league(world: World) -> None:
    ids = {line["site"]["code"]: line["site"]["site_id"] for line in _all(world)}
    found = {
        code: get(world, f"/sites/{site_id}/scorecard?period=2026-03")["ranks"]
        for code, site_id in ids.items()
    }
    assert found["A"] == {"region": {"rank": 1, "of": 2}, "organisation": {"rank": 1, "of": 4}}
    assert found["C"] == {"region": {"rank": 2, "of": 2}, "organisation": {"rank": 4, "of": 4}}
    assert found["D"]["organisation"] == {"rank": None, "of": 4}
    competitor = next(s["id"] for s in get(world, "/sites") if s["code"] == "F")
    assert get(world, f"/sites/{competitor}/scorecard?period=2026-03")["ranks"] is None


def _all(world: World) -> Any:
    return get(world, "/scorecards/sites?period=2026-03")


def test_movers_tell_chance_from_change(world: World) -> None:
    found = get(world, "/scorecards/movers?period=2026-03")
    assert found["compared"] == 4
    assert [each["line"]["site"]["code"] for each in found["improved"]] == ["E", "A"]
    assert [each["line"]["site"]["code"] for each in found["worsened"]] == ["C"]
    worst = found["worsened"][0]
    assert (worst["before"], worst["n_before"], worst["more_than_chance"]) == (95.0, 3, True)
    assert [each["more_than_chance"] for each in found["improved"]] == [False, True]
    assert found["improved"][0]["p"] > 0.5


def test_visits_planned_are_told_beside_those_done(world: World) -> None:
    with world.app.app_context():
        planned = db.session.get_one(Assignment, world.assignment_id)
        month = f"{planned.ends_on:%Y-%m}"
        db.session.rollback()
    path = f"/sites/{world.site_id}/scorecard?period={month}"
    assert get(world, path)["visits"] == {"planned": 1, "done": 0}
    assert world.put(world.audit()).status_code == 201
    assert get(world, path)["visits"] == {"planned": 1, "done": 1}
