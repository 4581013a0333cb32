"""Imports of regions: parents in any order, and no cycle."""

from __future__ import annotations

from audit_api.services.access import Who
from audit_api.services.sites import regions
from audit_api.sheets.lines import Counts
from tests.organisations import faults, load, region
from tests.sites.test_regions import recomputed, stored

REGIONS = "code,name,parent_code\ncity,City,north\nnorth,North,land\nland,Land,\n"


def test_parents_may_stand_below_their_children(hq: Who) -> None:
    assert load("regions", REGIONS, hq) == Counts(3, 0, 0)
    land, north, city = (regions.find_code(code, by=hq) for code in ("land", "north", "city"))
    assert (city.parent_id, north.parent_id, land.parent_id) == (north.id, land.id, None)
    assert {region.version for region in (land, north, city)} == {1}
    assert stored(hq) == recomputed(hq)
    assert load("regions", REGIONS, hq) == Counts(0, 0, 3)


def test_a_tree_can_be_turned_upside_down(hq: Who) -> None:
    load("regions", REGIONS, hq)
    region(hq, "quarter", regions.find_code("city", by=hq).id)
    turned = "code,name,parent_code\nland,Land,north\nnorth,North,city\ncity,City,\n"
    assert load("regions", turned, hq) == Counts(0, 3, 0)
    assert stored(hq) == recomputed(hq)
    quarter = regions.find_code("quarter", by=hq).id
    assert len([pair for pair in stored(hq) if pair[0] == quarter]) == 2


def test_cycles_are_told_by_the_lines_that_make_them_and_unknown_parents_too(hq: Who) -> None:
    region(hq, "old", region(hq, "older"))
    text = (
        "code,name,parent_code\nd,D,a\na,A,b\nb,B,c\nc,C,a\nself,Self,self\n"
        "older,Older,old\ne,E,nowhere\n"
    )
    assert faults("regions", text, hq) == [
        ("/lines/3/parent_code", "region_cycle"),
        ("/lines/4/parent_code", "region_cycle"),
        ("/lines/5/parent_code", "region_cycle"),
        ("/lines/6/parent_code", "region_cycle"),
        ("/lines/7/parent_code", "region_cycle"),
        ("/lines/8/parent_code", "unknown_code"),
    ]


def test_without_the_parents_column_nothing_moves(hq: Who) -> None:
    load("regions", REGIONS, hq)
    before = stored(hq)
    assert load("regions", "code,name\ncity,The City\nnew,New\n", hq) == Counts(1, 1, 0)
    assert before < stored(hq) == recomputed(hq)
