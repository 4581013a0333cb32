"""Refresh tokens survive lost answers, and what is revoked stays out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from argon2.exceptions import VerifyMismatchError

from audit_api.database import db
from audit_api.models import IntegrationToken, User
from audit_api.services.people import passwords
from tests.people.calls import Clock, log_in, refresh
from tests.world import World


def status_of(world: World, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return world.call(None, "GET", "/me", headers=headers).status_code


def test_an_unknown_address_and_a_wrong_password_cannot_be_told_apart(
    world: World, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = passwords._HASHER.verify

    def spy(hashed: str, password: str) -> bool:
        checked.append(hashed.rpartition("$")[0].rpartition("$")[0])
        return verify(hashed, password)

    monkeypatch.setattr(passwords, "_HASHER", SimpleNamespace(verify=spy))
    answers = [log_in(world, who, "guess") for who in (email, "nobody@nowhere.example")]
    told = [json.loads(answer.data) | {"request_id": None} for answer in answers]
    assert told[0] == told[1]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert checked[0] == checked[1] == "$argon2id$v=19$m=19456,t=2,p=1"


def test_the_hash_of_nobody_is_read_and_found_wrong_as_any_other() -> None:
    made, nobody = passwords.hash_password("long enough"), passwords._NOBODY
    assert [*map(len, nobody.split("$"))] == [*map(len, made.split("$"))]
    with pytest.raises(VerifyMismatchError):
        passwords._HASHER.verify(nobody, "long enough")


def test_a_refresh_whose_answer_was_lost_may_be_repeated_for_days(
    world: World, email: str, clock: Clock
) -> None:
    first = log_in(world, email).json["refresh_token"]
    assert refresh(world, first).status_code == 200
    clock.forward(days=3)
    answer = refresh(world, first)
    assert answer.status_code == 200
    assert status_of(world, answer.json["access_token"]) == 200


def test_one_login_that_ends_leaves_the_others_alone(
    world: World, email: str, clock: Clock
) -> None:
    phone, tablet = (log_in(world, email).json for _ in range(2))
    headers = {"Authorization": f"Bearer {phone['access_token']}"}
    assert world.call(None, "POST", "/logout", headers=headers).status_code == 204
    assert status_of(world, phone["access_token"]) == 401
    assert refresh(world, phone["refresh_token"]).status_code == 401
    assert status_of(world, tablet["access_token"]) == 200
    assert refresh(world, tablet["refresh_token"]).status_code == 200


def test_trading_a_token_leaves_everybody_else_logged_in(world: World, email: str) -> None:
    first, second, third = (log_in(world, email).json for _ in range(3))
    traded = refresh(world, refresh(world, first["refresh_token"]).json["refresh_token"]).json
    for tokens in (first, second, third, traded):
        assert status_of(world, tokens["access_token"]) == 200
    assert world.call("hq", "GET", "/me").status_code == 200


def test_logging_out_with_an_unknown_token_is_no_error(world: World) -> None:
    headers = {"Authorization": "Bearer ata_unknown"}
    assert world.call(None, "POST", "/logout", headers=headers).status_code == 204
    assert world.call(None, "POST", "/logout").status_code == 204


def test_an_access_token_lives_fifteen_minutes_and_a_refresh_token_thirty_days(
    world: World, email: str, clock: Clock
) -> None:
    tokens = log_in(world, email).json
    assert tokens["expires_in"] == 15 * 60
    clock.forward(minutes=14)
    assert status_of(world, tokens["access_token"]) == 200
    clock.forward(minutes=2)
    assert status_of(world, tokens["access_token"]) == 401
    clock.forward(days=29)
    tokens = refresh(world, tokens["refresh_token"]).json
    clock.forward(days=31)
    assert refresh(world, tokens["refresh_token"]).status_code == 401


def test_a_login_ends_after_ninety_days_however_often_it_is_refreshed(
    world: World, email: str, clock: Clock
) -> None:
    tokens = log_in(world, email).json
    for _ in range(4):
        clock.forward(days=22)
        tokens = refresh(world, tokens["refresh_token"]).json
    clock.forward(days=3)
    assert refresh(world, tokens["refresh_token"]).status_code == 401


def test_a_refresh_token_opens_nothing_and_an_access_token_refreshes_nothing(
    world: World, email: str
) -> None:
    tokens = log_in(world, email).json
    assert status_of(world, tokens["refresh_token"]) == 401
    assert refresh(world, tokens["access_token"]).status_code == 401


def test_whoever_is_deactivated_elsewhere_is_out_within_ten_seconds(
    world: World, email: str, clock: Clock
) -> None:
    tokens = log_in(world, email).json
    assert status_of(world, tokens["access_token"]) == 200
    with world.app.app_context():
        # Another process did it: this one still remembers the token.
        db.session.execute(sa.update(User).where(User.email == email).values(active=False))
        db.session.commit()
    clock.forward(seconds=10)
    assert status_of(world, tokens["access_token"]) == 401
    assert refresh(world, tokens["refresh_token"]).status_code == 401
    assert log_in(world, email).status_code == 401


def test_whoever_is_deactivated_here_is_out_at_once(world: World, email: str) -> None:
    token = log_in(world, email).json["access_token"]
    assert status_of(world, token) == 200
    path = f"/users/{world.users['auditor']}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    changed = world.call("hq", "PATCH", path, {"active": False}, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert status_of(world, token) == 401


def test_an_integration_is_out_when_its_token_ends(world: World, clock: Clock) -> None:
    ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    sent = {"name": "Till", "permissions": ["site.read"], "expires_at": ends}
    token = world.call("hq", "POST", "/tokens", sent).json["token"]
    clock.forward(minutes=5)
    assert status_of(world, token) == 200
    clock.forward(minutes=56)
    assert status_of(world, token) == 401


def test_an_integration_revoked_elsewhere_is_out_within_ten_seconds(
    world: World, clock: Clock
) -> None:
    sent = {"name": "Till", "permissions": ["site.read"]}
    added = world.call("hq", "POST", "/tokens", sent).json
    assert status_of(world, added["token"]) == 200
    with world.app.app_context():
        db.session.execute(sa.update(IntegrationToken).values(revoked_at=datetime.now(UTC)))
        db.session.commit()
    clock.forward(seconds=10)
    assert status_of(world, added["token"]) == 401


def test_no_stored_token_can_be_used(world: World, email: str) -> None:
    tokens = log_in(world, email).json
    with world.app.app_context():
        stored = db.session.scalars(sa.text("SELECT digest FROM login_tokens")).all()
    assert tokens["access_token"] not in stored
    for digest in stored:
        assert status_of(world, digest) == 401
