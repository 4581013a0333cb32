"""Users: what each is, what each may see, and what ends a login."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import IntegrationToken, Login, User
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.people import logins, passwords, tokens, users
from tests.organisations import address, person, region, tenant
from tests.world import NOW


def codes(problem: Problem) -> dict[str, str]:
    return {fault.pointer: fault.code for fault in problem.faults}


def add(hq: Who, **fields: object) -> User:
    sent = {"email": address("kim"), "name": "Kim", "role": "auditor", "locale": "en"} | fields
    return users.add(by=hq, now=NOW, **sent)


def ended(user: User) -> set[str | None]:
    db.session.expire_all()
    return set(db.session.scalars(sa.select(Login.revoked_because).where(Login.user_id == user.id)))


def test_an_address_is_kept_in_lower_case_and_found_in_any(hq: Who) -> None:
    email = address("kim")
    assert add(hq, email=f" {email.upper()} ").email == email
    assert users.find_email(email.title()).email == email


def test_an_address_in_use_elsewhere_is_in_use_and_no_more_is_told(hq: Who) -> None:
    email = address("kim")
    add(tenant(), email=email)
    with pytest.raises(Problem) as caught:
        add(hq, email=email.upper())
    assert caught.value.kind is Kind.CONFLICT
    assert caught.value.values == {"noun": "user", "member": "email", "value": email}


def test_changing_to_an_address_in_use_is_a_conflict(hq: Who) -> None:
    taken = add(hq).email
    user = add(hq, role="manager", region_ids=[region(hq, "north")])
    with pytest.raises(Problem) as caught:
        users.change(user, by=hq, now=NOW, email=taken, role="auditor")
    assert caught.value.kind is Kind.CONFLICT


@pytest.mark.parametrize("email", ["kim", "kim@brand", "a@b@c.de", "kim @brand.example", "@b.de"])
def test_what_is_no_address_is_a_fault(hq: Who, email: str) -> None:
    with pytest.raises(Problem) as caught:
        add(hq, email=email)
    assert codes(caught.value) == {"/email": "not_email"}


def test_regions_are_for_managers(hq: Who) -> None:
    with pytest.raises(Problem) as caught:
        add(hq, role="reviewer", region_ids=[region(hq, "north")])
    assert codes(caught.value) == {"/region_ids": "regions_need_manager"}


def test_every_unknown_region_is_told_by_its_place(hq: Who) -> None:
    north, foreign = region(hq, "north"), region(tenant(), "north")
    with pytest.raises(Problem) as caught:
        add(hq, role="manager", email="nobody", region_ids=[uuid4(), north, foreign])
    assert codes(caught.value) == {
        "/region_ids/0": "unknown_reference",
        "/region_ids/2": "unknown_reference",
        "/email": "not_email",
    }


def test_regions_granted_are_replaced_and_go_with_the_role(hq: Who) -> None:
    north, south = region(hq, "north"), region(hq, "south")
    user = add(hq, role="manager", region_ids=[north])
    users.change(user, by=hq, now=NOW, region_ids=[south])
    assert user.region_ids == [south]
    users.change(user, by=hq, now=NOW, role="reviewer")
    db.session.expire_all()
    assert user.region_ids == []


def test_a_change_that_says_nothing_of_regions_leaves_them(hq: Who) -> None:
    user = add(hq, role="manager", region_ids=[region(hq, "north")])
    users.change(user, by=hq, now=NOW, name="Robin")
    db.session.expire_all()
    assert (user.name, len(user.region_ids), user.version) == ("Robin", 1, 2)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"active": False}, "deactivated"),
        ({"password_hash": "hash"}, "password"),
        ({"name": "R"}, None),
    ],
)
def test_a_deactivation_and_a_new_password_end_every_login(
    hq: Who, change: dict[str, object], because: str | None
) -> None:
    user = add(hq)
    logins.open_login(user, device=None, now=NOW)
    logins.open_login(user, device=None, now=NOW)
    users.change(user, by=hq, now=NOW, **change)
    assert ended(user) == {because}


def test_nobody_locks_themselves_out(hq: Who) -> None:
    user = add(hq, role="hq")
    with pytest.raises(Problem) as caught:
        users.change(user, by=access.user_who(user), now=NOW, active=False, role="auditor")
    assert codes(caught.value) == {"/active": "own_account", "/role": "own_role"}
    users.change(user, by=access.user_who(user), now=NOW, active=True, role="hq", name="Robin")
    assert user.name == "Robin"


def test_a_password_is_kept_as_its_hash(hq: Who) -> None:
    user = add(hq, password_hash=passwords.hash_password("correct horse"))
    assert passwords.matches(user.password_hash, "correct horse")
    assert not passwords.matches(user.password_hash, "incorrect horse")


def test_users_of_another_organisation_do_not_exist(hq: Who) -> None:
    own, foreign = add(hq), add(tenant())
    assert {user.id for user in db.session.scalars(users.listed(by=hq))} == {own.id}
    with pytest.raises(Problem) as caught:
        users.find(foreign.id, by=hq)
    assert caught.value.kind is Kind.NOT_FOUND


@pytest.mark.parametrize("role", ["auditor", "manager", "reviewer"])
def test_only_headquarters_read_and_write_users(hq: Who, role: str) -> None:
    by, user = person(hq, role), add(hq)
    for act in (
        lambda: users.listed(by=by),
        lambda: add(by),
        lambda: users.change(user, by=by, now=NOW, name="x"),
        lambda: tokens.listed(by=by),
    ):
        with pytest.raises(Problem) as caught:
            act()
        assert caught.value.kind is Kind.FORBIDDEN


def test_everybody_learns_who_they_are_and_what_they_may(hq: Who) -> None:
    north = region(hq, "north")
    manager = users.me(by=person(hq, "manager", north))
    assert (manager.role, manager.region_ids) == ("manager", [north])
    assert "scorecard.read" in manager.permissions
    assert "user.read" not in manager.permissions


def token(hq: Who, *permissions: str, **fields: object) -> tuple[UUID, str]:
    by = person(hq, "hq")
    record, text = tokens.add(by=by, now=NOW, name="Till", permissions=permissions, **fields)
    return record.id, text


def test_an_integration_is_what_its_token_says_until_it_is_revoked(hq: Who) -> None:
    id_, text = token(hq, "site.read", "audit.read")
    who = logins.identify(text, now=NOW)
    assert who is not None
    me = users.me(by=who)
    assert (me.name, me.role, me.email, me.permissions) == (
        "Till",
        "integration",
        None,
        ["audit.read", "site.read"],
    )
    tokens.revoke(id_, by=hq, now=NOW)
    assert logins.identify(text, now=NOW) is None


def test_a_tokens_text_is_nowhere_kept(hq: Who) -> None:
    id_, text = token(hq, "site.read")
    record = db.session.get_one(IntegrationToken, id_)
    assert text not in str([getattr(record, column.key) for column in record.__table__.c])


def test_a_token_cannot_act_as_a_person_or_be_over_before_it_begins(hq: Who) -> None:
    with pytest.raises(Problem) as caught:
        token(hq, "site.read", "audit.submit", "user.write", expires_at=NOW)
    assert codes(caught.value) == {
        "/permissions/1": "not_one_of",
        "/permissions/2": "not_one_of",
        "/expires_at": "not_later",
    }


def test_tokens_of_another_organisation_do_not_exist(hq: Who) -> None:
    foreign, _ = token(tenant(), "site.read")
    with pytest.raises(Problem) as caught:
        tokens.revoke(foreign, by=hq, now=NOW)
    assert caught.value.kind is Kind.NOT_FOUND
