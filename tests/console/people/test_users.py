"""People and tokens: what HQ writes of them, and what is said once only."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from audit_api.database import db
from audit_api.models import User
from audit_api.services.access import Who
from audit_api.services.people import logins, users
from tests.console.visitor import Visitor
from tests.organisations import address, person, region
from tests.world import World, make_world

LONG = "a long enough password"


@pytest.fixture
def own(context: Flask, hq: Who) -> Visitor:
    user_id = person(hq, "hq").id
    db.session.commit()
    return Visitor(context, user_id)


def form(**more: Any) -> dict[str, Any]:
    return {"name": "Li", "email": address("li"), "role": "auditor", "locale": "zh", **more}


def found(hq: Who, email: str) -> User:
    db.session.rollback()
    return db.session.scalars(users.listed(by=hq, email=email)).one()


def said(response: Any) -> str:
    text: str = response.get_data(as_text=True)
    return text


def test_a_manager_is_given_regions_and_loses_them_with_the_role(own: Visitor, hq: Who) -> None:
    ids = [str(region(hq, code)) for code in ("east", "west")]
    db.session.commit()
    sent = form(role="manager", region_ids=ids)
    assert own.send("/console/people/new", **sent).status_code == 303
    manager = found(hq, sent["email"])
    assert {str(id_) for id_ in manager.region_ids} == set(ids)
    path = f"/console/people/{manager.id}"
    changed = own.send(path, **sent | {"region_ids": ids[:1]}, version=manager.version)
    assert changed.status_code == 303
    manager = found(hq, sent["email"])
    assert [str(id_) for id_ in manager.region_ids] == ids[:1]
    # The boxes are still ticked in the page, and are of no use to an auditor.
    assert own.send(path, **sent | {"role": "auditor"}, version=manager.version).status_code == 303
    assert found(hq, sent["email"]).region_ids == []


def test_a_refused_person_stays_as_typed_but_for_the_password(own: Visitor, hq: Who) -> None:
    east = str(region(hq, "east"))
    db.session.commit()
    refused = own.send(
        "/console/people/new",
        **form(email="no address", role="manager", region_ids=[east], password=LONG),
    )
    assert refused.status_code == 422
    text = said(refused)
    assert 'id="email-wrong"' in text
    assert 'value="no address"' in text
    assert re.search(f'value="{east}" checked', text)
    assert LONG not in text
    short = own.send("/console/people/new", **form(password="short"))
    assert 'id="password-wrong"' in said(short)


def test_a_taken_address_and_an_older_page_are_refused(own: Visitor, hq: Who) -> None:
    sent = form()
    assert own.send("/console/people/new", **sent).status_code == 303
    taken = own.send("/console/people/new", **sent)
    assert taken.status_code == 409
    assert 'id="email-wrong"' in said(taken)
    path = f"/console/people/{found(hq, sent['email']).id}"
    assert own.send(path, **sent, version=1).status_code == 303
    assert own.send(path, **sent, version=1).status_code == 412


def test_whoever_is_deactivated_is_signed_out_and_may_come_back(
    context: Flask, own: Visitor, hq: Who
) -> None:
    sent = form(password=LONG)
    own.send("/console/people/new", **sent)
    user = found(hq, sent["email"])
    other = Visitor(context, user.id)
    assert other.get("/console/account").status_code == 200
    path = f"/console/people/{user.id}"
    assert own.send(f"{path}/deactivate", version=user.version).status_code == 303
    assert other.get("/console/account").status_code == 303
    assert "Activate again" in own.page(path)
    version = found(hq, sent["email"]).version
    assert own.send(f"{path}/activate", version=version).status_code == 303
    assert found(hq, sent["email"]).active


def test_nobody_deactivates_themselves(context: Flask, hq: Who) -> None:
    me = person(hq, "hq")
    db.session.commit()
    own = Visitor(context, me.id)
    path = f"/console/people/{me.id}"
    assert "/deactivate" not in own.page(path)
    assert own.send(f"{path}/deactivate", version=1).status_code == 422
    user = users.find(me.id, by=hq)
    given_up = form(email=user.email, role="reviewer", version=1)
    assert 'id="role-wrong"' in said(own.send(path, **given_up))


def test_people_are_found_by_role_state_and_a_part_of_name_or_address(
    own: Visitor, hq: Who
) -> None:
    for name, role in (("Amy Clark", "auditor"), ("Bo_Li", "reviewer")):
        person(hq, role, name=name)
    db.session.commit()
    assert "Amy Clark" in own.page("/console/people?text=clark")
    assert "Bo_Li" not in own.page("/console/people?text=clark")
    assert "Bo_Li" in own.page("/console/people?text=o_l")
    assert "Amy Clark" in own.page("/console/people?role=auditor&active=yes")
    assert "Nobody is like that" in own.page("/console/people?active=no")
    assert own.get("/console/people?role=unheard").status_code == 422


def test_a_token_is_said_once_and_works_until_it_is_revoked(own: Visitor, hq: Who) -> None:
    made = own.send("/console/tokens", name="Warehouse", permissions=["site.read", "export.read"])
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    found_token = re.search(r'class="token">([^<]+)<', said(made))
    assert found_token is not None
    token = found_token[1]
    assert token not in own.page("/console/tokens")
    who = logins.identify(token, now=datetime.now(UTC))
    assert who is not None
    assert {*who.permissions} == {"site.read", "export.read"}
    revoke = re.search(r"(/console/tokens/[^/]+/revoke)", own.page("/console/tokens"))
    assert revoke is not None
    assert own.send(revoke[1]).status_code == 303
    db.session.rollback()
    assert logins.identify(token, now=datetime.now(UTC)) is None
    assert "revoked" in own.page("/console/tokens")


@pytest.mark.parametrize(
    "wrong",
    [
        {"permissions": []},
        {"permissions": ["user.write"]},
        {"permissions": ["site.read"], "last_day": "2020-01-01"},
        {"permissions": ["site.read"], "name": ""},
    ],
)
def test_a_token_that_may_not_be_is_refused(own: Visitor, wrong: dict[str, Any]) -> None:
    refused = own.send("/console/tokens", **{"name": "Warehouse", **wrong})
    assert refused.status_code == 422
    assert 'class="token"' not in said(refused)
    assert "There is no token yet" in own.page("/console/tokens")


@pytest.mark.parametrize("role", ["reviewer", "manager", "auditor"])
def test_nobody_but_hq_sees_people_and_tokens(shared_world: World, role: str) -> None:
    other, hq_id = Visitor(shared_world.app, shared_world.users[role]), shared_world.users["hq"]
    for page in (
        "/console/people",
        "/console/people/new",
        f"/console/people/{hq_id}",
        "/console/tokens",
    ):
        assert other.get(page).status_code == 403, page
    for page, sent in (
        ("/console/people/new", form()),
        (f"/console/people/{hq_id}", form(version=1)),
        (f"/console/people/{hq_id}/deactivate", {"version": 1}),
        (f"/console/people/{hq_id}/activate", {"version": 1}),
        ("/console/tokens", {"name": "Mine", "permissions": "site.read"}),
        (f"/console/tokens/{hq_id}/revoke", {}),
    ):
        assert other.send(page, **sent).status_code == 403, page


def test_people_of_another_organisation_are_missing(shared_world: World) -> None:
    stranger = make_world(shared_world.app).users["hq"]
    own = Visitor(shared_world.app, shared_world.users["hq"])
    path = f"/console/people/{stranger}"
    assert own.get(path).status_code == 404
    for page, sent in ((path, form()), (f"{path}/deactivate", {}), (f"{path}/activate", {})):
        assert own.send(page, **sent, version=1).status_code == 404, page
    assert own.send(f"/console/tokens/{stranger}/revoke").status_code == 404
