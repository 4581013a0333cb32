"""Users and tokens over HTTP."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import Repeatable
from audit_api.services.access import Who
from audit_api.services.people import passwords, users
from tests.calls import codes, patch
from tests.organisations import address, bearer, person

PASSWORD = "correct horse"


def test_a_user_logs_in_with_the_password_that_headquarters_set(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    sent = {
        "email": address("kim"),
        "name": "Kim",
        "role": "auditor",
        "locale": "zh",
        "password": PASSWORD,
    }
    added = client.post("/api/v1/users", json=sent, headers=headers)
    assert added.status_code == 201
    assert "password" not in added.json
    credentials = {"email": sent["email"], "password": PASSWORD}
    login = client.post("/api/v1/login", json=credentials)
    assert {**login.json["user"], "warnings": []} == added.json
    patch(client, added.headers["Location"], headers, active=False)
    token = {"Authorization": f"Bearer {login.json['access_token']}"}
    assert client.get("/api/v1/me", headers=token).status_code == 401
    assert client.post("/api/v1/login", json=credentials).status_code == 401


def test_people_read_the_language_of_their_region(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    sent = {"email": address("lin"), "name": "Lin", "role": "auditor", "locale": "zh_hant_tw"}
    added = client.post("/api/v1/users", json=sent, headers=headers)
    assert (added.status_code, added.json["locale"]) == (201, "zh-Hant-TW")
    told = patch(client, added.headers["Location"], headers, locale="fr")
    assert (told.status_code, codes(told)) == (422, {"/locale": "not_one_of"})


def test_everybody_knows_themselves_and_changes_their_own_password(
    client: FlaskClient, hq: Who
) -> None:
    who = person(hq, "auditor")
    user = users.find(who.id, by=hq)
    user.password_hash = passwords.hash_password(PASSWORD)
    own = bearer(who)
    assert client.get("/api/v1/me", headers=own).json["email"] == user.email
    wrong = patch(client, "/api/v1/me", own, password="another horse", current_password="guess")
    assert (wrong.status_code, codes(wrong)) == (422, {"/current_password": "wrong_password"})
    changed = patch(
        client, "/api/v1/me", own, locale="zh", password="another horse", current_password=PASSWORD
    )
    assert (changed.status_code, changed.json["locale"]) == (200, "zh")
    assert client.get("/api/v1/me", headers=own).status_code == 401
    login = {"email": changed.json["email"], "password": "another horse"}
    assert client.post("/api/v1/login", json=login).status_code == 200


def test_guesses_of_the_own_password_are_slowed_down(client: FlaskClient, hq: Who) -> None:
    own = bearer(person(hq, "auditor"))
    guesses = [
        patch(client, "/api/v1/me", own, password="another horse", current_password="guess")
        for _ in range(6)
    ]
    assert [guess.status_code for guess in guesses] == [422] * 5 + [429]


def test_a_form_that_is_filled_in_wrongly_is_no_guess(client: FlaskClient, hq: Who) -> None:
    own = bearer(person(hq, "auditor"))
    statuses = [patch(client, "/api/v1/me", own, locale="fr").status_code for _ in range(6)]
    assert statuses == [422] * 6


def add_token(client: FlaskClient, headers: dict[str, str], **more: str) -> TestResponse:
    sent = {"name": "Till", "permissions": ["site.read"]}
    return client.post("/api/v1/tokens", json=sent, headers=headers | more)


def test_a_token_reads_what_it_may_and_nothing_once_revoked(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    added = add_token(client, headers).json
    machine = {"Authorization": f"Bearer {added['token']}"}
    assert client.get("/api/v1/sites", headers=machine).status_code == 200
    assert client.get("/api/v1/users", headers=machine).status_code == 403
    assert client.get("/api/v1/me", headers=machine).json["permissions"] == ["site.read"]
    me = client.patch("/api/v1/me", json={"locale": "zh"}, headers=machine | {"If-Match": '"1"'})
    assert me.status_code == 404
    revoked = client.delete(f"/api/v1/tokens/{added['id']}", headers=headers)
    assert revoked.status_code == 204
    assert client.get("/api/v1/sites", headers=machine).status_code == 401
    listed = client.get("/api/v1/tokens", headers=headers).json
    assert listed[0]["revoked_at"] is not None
    assert "token" not in listed[0]


def test_a_token_is_said_once_and_kept_nowhere_even_under_a_key(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    key = {"Idempotency-Key": secrets.token_hex(8)}
    first, again = (add_token(client, headers, **key).json for _ in range(2))
    assert again == first | {"token": None}
    assert len(client.get("/api/v1/tokens", headers=headers).json) == 1
    kept = db.session.scalars(
        sa.select(Repeatable.body).where(Repeatable.key == key["Idempotency-Key"])
    ).one()
    assert first["token"] not in kept
