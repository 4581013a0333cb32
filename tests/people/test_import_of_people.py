"""Imports of regions and users: parents in any order, people without passwords."""

from __future__ import annotations

from audit_api.database import db
from audit_api.services.access import Who
from audit_api.services.people import logins, users
from audit_api.services.sites import regions
from audit_api.sheets.lines import Counts
from tests.organisations import address, faults, load, person, region, tenant
from tests.sites.test_regions import recomputed, stored
from tests.world import NOW

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


def people(*lines: str) -> str:
    return "\n".join(["email,name,role,locale,region_codes,active", *lines])


def test_users_come_without_a_password_and_managers_with_their_regions(hq: Who) -> None:
    north, south = region(hq, "north"), region(hq, "south")
    email = address("kim")
    text = people(f"{email.upper()},Kim,manager,zh,north; south,", f"{address('r')},R,reviewer,,,")
    assert load("users", text, hq) == Counts(2, 0, 0)
    user = users.find_email(email)
    assert set(user.region_ids) == {north, south}
    assert (user.role, user.locale, user.active, user.password_hash) == (
        "manager",
        "zh",
        True,
        None,
    )
    assert load("users", text, hq) == Counts(0, 0, 2)


def test_regions_are_replaced_and_go_with_the_role(hq: Who) -> None:
    region(hq, "north")
    south = region(hq, "south")
    one, two = address("one"), address("two")
    load("users", people(f"{one},One,manager,,north,", f"{two},Two,manager,,north,"), hq)
    load("users", people(f"{one},One,manager,,south,", f"{two},Two,reviewer,,,"), hq)
    db.session.expire_all()
    assert users.find_email(one).region_ids == [south]
    assert users.find_email(two).region_ids == []
    load("users", f"email,name,role\n{one},One,auditor\n", hq)
    db.session.expire_all()
    assert users.find_email(one).region_ids == []


def test_a_deactivated_line_ends_the_logins(hq: Who) -> None:
    email = address("kim")
    load("users", people(f"{email},Kim,auditor,,,"), hq)
    tokens = logins.open_login(users.find_email(email), device=None, now=NOW)
    assert load("users", people(f"{email},Kim,auditor,,,false"), hq) == Counts(0, 1, 0)
    db.session.expire_all()
    assert users.find_email(email).active is False
    load("users", people(f"{email},Kim,auditor,,,true"), hq)
    assert logins.identify(tokens.access_token, now=NOW) is None


def test_every_fault_of_a_file_of_users_is_told(hq: Who) -> None:
    region(hq, "north")
    taken = address("taken")
    load("users", people(f"{taken},Kim,auditor,,,"), tenant())
    own = person(hq, "hq")
    own_email = users.find(own.id, by=hq).email
    text = people(
        "nobody,Kim,auditor,,,",
        f"{taken},Kim,auditor,,,",
        f"{address('a')},A,boss,fr,,",
        f"{address('b')},B,reviewer,,north,",
        f"{address('c')},C,manager,,north;nowhere,",
        f"{own_email},Me,auditor,,,false",
    )
    assert sorted(faults("users", text, own)) == sorted(
        [
            ("/lines/2/email", "not_email"),
            ("/lines/3/email", "in_use"),
            ("/lines/4/role", "not_one_of"),
            ("/lines/4/locale", "not_one_of"),
            ("/lines/5/region_codes", "regions_need_manager"),
            ("/lines/6/region_codes", "unknown_code"),
            ("/lines/7/active", "own_account"),
            ("/lines/7/role", "own_role"),
        ]
    )
