"""Imports of users: people without passwords, managers with their regions."""

from __future__ import annotations

from audit_api.database import db
from audit_api.services.access import Who
from audit_api.services.people import logins, users
from audit_api.sheets.lines import Counts
from tests.organisations import address, faults, load, person, region, tenant
from tests.world import NOW


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


def test_a_language_of_a_region_is_one_that_the_product_speaks(hq: Who) -> None:
    email = address("lin")
    load("users", people(f"{email},Lin,reviewer,zh_CN,,"), hq)
    assert users.find_email(email).locale == "zh-CN"


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
