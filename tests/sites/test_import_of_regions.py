"""Imports of regions: parents in any order, and no cycle."""

from __future__ import annotations

from time import process_time

import pytest

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


def chain(length: int, *, prefix: str = "r", parent: str = "") -> str:
    """Lines of so many regions, each in the one before it."""
    codes = [f"{prefix}{number}" for number in range(length)]
    pairs = zip(codes, [parent, *codes], strict=False)
    return "".join(f"{code},Name,{above}\n" for code, above in pairs)


def test_a_tree_has_as_many_levels_as_any_company_needs_and_no_more(hq: Who) -> None:
    head = "code,name,parent_code\n"
    assert load("regions", head + chain(20), hq) == Counts(20, 0, 0)
    assert faults("regions", head + "below,Name,r19\n", hq) == [
        ("/lines/2/parent_code", "region_too_deep")
    ]
    # The line that moves a tree is blamed for what it carries along.
    load("regions", head + "top,Name,\n", hq)
    assert faults("regions", head + "r0,Name,top\n", hq) == [
        ("/lines/2/parent_code", "region_too_deep")
    ]
    assert stored(hq) == recomputed(hq)


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_of_regions_each_in_another_is_refused_in_a_moment(hq: Who, order: int) -> None:
    lines = chain(1_200).splitlines(keepends=True)[::order]
    started = process_time()
    found = faults("regions", "code,name,parent_code\n" + "".join(lines), hq)
    assert process_time() - started < 1
    assert {code for _, code in found} == {"region_too_deep", "more_faults"}
    assert stored(hq) == set()


def test_many_regions_cost_as_much_as_they_are(hq: Who) -> None:
    rows = [chain(20, prefix=f"p{number}-") for number in range(150)]
    started = process_time()
    assert load("regions", "code,name,parent_code\n" + "".join(rows), hq).added == 3_000
    assert process_time() - started < 5
    assert len(stored(hq)) == 150 * 20 * 21 // 2
