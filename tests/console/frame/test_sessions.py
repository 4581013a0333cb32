"""A session begins with a password, is a cookie that no script reads, and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import LoginToken, User
from audit_api.services import access
from audit_api.services.people import passwords, sessions, users
from audit_api.web import authentication
from tests.console.visitor import Visitor, session_of
from tests.world import World

PASSWORD = "correct horse"
ACCOUNT = "/console/account"


@pytest.fixture
def email(world: World) -> str:
    """The address of an HQ user who has a password."""
    with world.app.app_context():
        user = db.session.get_one(User, world.users["hq"])
        user.password_hash = passwords.hash_password(PASSWORD)
        db.session.commit()
        return user.email


def cookie(response: TestResponse, name: str = "console") -> str:
    """Return the words with which a response sets a cookie."""
    (found,) = [
        line for line in response.headers.getlist("Set-Cookie") if line.startswith(f"{name}=")
    ]
    return found


def signed_in(world: World, email: str, **options: str) -> TestResponse:
    sent = {"email": email, "password": PASSWORD, "next": "/console/exports"}
    return Visitor(world.app).post("/console/sign-in", sent, **options)


def test_a_session_is_a_cookie_that_no_script_and_no_other_site_gets(
    world: World, email: str
) -> None:
    entered = signed_in(world, email)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/console/exports")
    attributes = cookie(entered).split("; ")[1:]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
    assert not [each for each in attributes if each.startswith("Domain")]
    assert "Secure" not in attributes


def test_where_tls_is_the_cookie_is_bound_to_the_host(world: World, email: str) -> None:
    entered = signed_in(world, email, base_url="https://localhost")
    # A visitor over TLS has another cookie for its forms: the key of the plain one is none there.
    assert entered.status_code == 403
    over_tls = Visitor(world.app)
    page = over_tls.get("/console/sign-in", base_url="https://localhost")
    key = page.text.partition('name="key" value="')[2][:64]
    sent = {"key": key, "email": email, "password": PASSWORD}
    entered = over_tls.client.post("/console/sign-in", data=sent, base_url="https://localhost")
    assert entered.status_code == 303
    told = SimpleCookie(cookie(entered, "__Host-console"))["__Host-console"]
    assert (told["secure"], told["path"], told["domain"]) == (True, "/", "")


def test_whoever_is_not_signed_in_is_led_there_and_back(world: World) -> None:
    nobody = Visitor(world.app)
    led = nobody.get("/console/exports?cursor=1")
    assert led.status_code == 303
    assert led.headers["Location"] == "/console/sign-in?next=/console/exports?cursor%3D1"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x"]
)
def test_nobody_is_led_to_another_host(world: World, email: str, elsewhere: str) -> None:
    sent = {"email": email, "password": PASSWORD, "next": elsewhere}
    entered = Visitor(world.app).post("/console/sign-in", sent)
    assert entered.headers["Location"] == "/console"


def test_guesses_are_limited_as_those_of_the_api_are(world: World, email: str) -> None:
    guesser = Visitor(world.app)
    for _ in range(5):
        assert (
            guesser.post("/console/sign-in", {"email": email, "password": "x"}).status_code == 401
        )
    stopped = guesser.post("/console/sign-in", {"email": email, "password": PASSWORD})
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 900
    sent = {"email": email, "password": PASSWORD}
    assert world.client.post("/api/v1/login", json=sent).status_code == 429


def test_a_session_ends_when_it_is_not_used(world: World) -> None:
    begun = datetime.now(UTC) - sessions.IDLE_LIFE - timedelta(seconds=1)
    visitor = Visitor(world.app)
    visitor.client.set_cookie("console", session_of(world.app, world.users["hq"], begun))
    assert visitor.get(ACCOUNT).status_code == 303


def test_a_session_that_is_used_goes_on_but_not_for_ever(world: World) -> None:
    now = datetime.now(UTC)
    token = session_of(world.app, world.users["hq"], now - timedelta(hours=11))
    visitor = Visitor(world.app)
    visitor.client.set_cookie("console", token)
    assert visitor.get(ACCOUNT).status_code == 200
    with world.app.app_context():
        until = db.session.scalars(
            sa.select(LoginToken.expires_at).where(LoginToken.kind == "session")
        ).one()
        assert until > now + sessions.IDLE_LIFE - timedelta(minutes=1)
        db.session.rollback()
    with world.app.app_context():
        late = now - timedelta(hours=11) + sessions.SESSION_LIFE + timedelta(seconds=1)
        for kept in db.session.scalars(sa.select(LoginToken)):
            kept.expires_at = late + timedelta(hours=1)
        db.session.commit()
        assert sessions.find(token, now=late) is None


def test_a_session_is_no_token_of_the_api(world: World) -> None:
    token = session_of(world.app, world.users["hq"])
    asked = world.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 401


def test_signing_out_ends_the_session_at_once(world: World) -> None:
    visitor = Visitor(world.app, world.users["hq"])
    token = visitor.client.get_cookie("console")
    assert token is not None
    visitor.page(ACCOUNT)
    left = visitor.post("/console/sign-out")
    assert left.headers["Location"] == "/console/sign-in"
    again = Visitor(world.app)
    again.client.set_cookie("console", token.value)
    assert again.get(ACCOUNT).status_code == 303


def test_all_other_places_are_signed_out_by_one_press(world: World) -> None:
    here, there = (Visitor(world.app, world.users["hq"]) for _ in range(2))
    phone = world.tokens["hq"]
    assert here.page(ACCOUNT).count("/end") >= 2
    here.post("/console/account/sign-ins/end")
    assert here.get(ACCOUNT).status_code == 200
    assert there.get(ACCOUNT).status_code == 303
    with world.app.app_context():
        authentication.forget()
    asked = world.client.get("/api/v1/me", headers={"Authorization": f"Bearer {phone}"})
    assert asked.status_code == 401


def test_nobody_ends_the_session_of_another(world: World) -> None:
    other = Visitor(world.app, world.users["reviewer"])
    mine = Visitor(world.app, world.users["hq"])
    with world.app.app_context():
        by = access.user_who(db.session.get_one(User, world.users["reviewer"]))
        theirs = sessions.listed(by=by, now=datetime.now(UTC))[0].id
        db.session.rollback()
    assert mine.post(f"/console/account/sign-ins/{theirs}/end").status_code == 404
    assert other.get(ACCOUNT).status_code == 200


def test_a_place_that_was_never_seen_before_is_told(world: World) -> None:
    user_id = world.users["hq"]
    with world.app.app_context():
        user = db.session.get_one(User, user_id)
        for place in ("home", "home", "elsewhere"):
            sessions.begin(user, device=place, place=place, now=datetime.now(UTC))
        db.session.commit()
        listed = sessions.listed(by=access.user_who(user), now=datetime.now(UTC))
        told = [
            (each.device, each.known) for each in listed if each.device in ("home", "elsewhere")
        ]
    assert sorted(told) == [("elsewhere", False), ("home", False), ("home", True)]


def test_whoever_is_deactivated_is_out(world: World) -> None:
    visitor = Visitor(world.app, world.users["manager"])
    visitor.page(ACCOUNT)
    with world.app.app_context():
        manager = users.find_to_change(world.users["manager"], by=world.hq)
        users.change(manager, by=world.hq, now=datetime.now(UTC), active=False)
        db.session.commit()
    with world.app.app_context():
        authentication.forget()
    assert visitor.get(ACCOUNT).status_code == 303


def test_a_new_password_ends_every_session(world: World, email: str) -> None:
    visitor = Visitor(world.app, world.users["hq"])
    sent = {"current_password": PASSWORD, "password": "another long password"}
    changed = visitor.post("/console/account/password", sent)
    assert changed.headers["Location"] == "/console/sign-in"
    assert visitor.get(ACCOUNT).status_code == 303
    wrong = {"email": email, "password": PASSWORD}
    assert Visitor(world.app).post("/console/sign-in", wrong).status_code == 401


OURS = {"Sec-Fetch-Site": "same-origin"}


def test_a_form_of_a_session_that_has_ended_is_kept_until_its_sender_is_signed_in(
    world: World, email: str
) -> None:
    visitor = Visitor(world.app)
    form = {"code": "kept", "name": "Two\nlines", "key": "of the session that was"}
    asked = visitor.client.post("/console/places/regions/new", data=form, headers=OURS)
    assert asked.status_code == 401
    assert "Two\nlines</textarea>" in asked.text
    again = {"code": "kept", "name": "Kept", "resume_email": email}
    wrong = visitor.post(
        "/console/places/regions/new", {**again, "resume_password": "no"}, headers=OURS
    )
    assert wrong.status_code == 401
    assert ">Kept" in wrong.text.replace("\n", "")
    sent = visitor.post(
        "/console/places/regions/new", {**again, "resume_password": PASSWORD}, headers=OURS
    )
    assert sent.status_code == 303
    assert "kept" in visitor.page("/console/places")


def test_what_another_site_sends_is_not_kept_for_somebody_to_sign_in_to(world: World) -> None:
    form = {"code": "theirs", "name": "Theirs"}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://else.example"}):
        sent = Visitor(world.app).client.post(
            "/console/places/regions/new", data=form, headers=headers
        )
        assert (sent.status_code, "Theirs" in sent.text) == (403, False)


def test_whoever_the_api_deactivates_is_out_at_once(world: World) -> None:
    visitor = Visitor(world.app, world.users["manager"])
    visitor.page(ACCOUNT)
    path = f"/users/{world.users['manager']}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    sent = {"active": False}
    assert world.call("hq", "PATCH", path, sent, headers={"If-Match": tag}).status_code == 200
    assert visitor.get(ACCOUNT).status_code == 303
