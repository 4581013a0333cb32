"""Guessing is slowed down, however many guess at once; who owns an account gets in meanwhile."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User
from audit_api.services import access
from audit_api.services.people import passwords, users
from tests.people.calls import PASSWORD, Clock, at, log_in, refresh
from tests.world import World


def statuses(call: Callable[[int], TestResponse], count: int) -> list[int]:
    return [call(number).status_code for number in range(count)]


def attack(world: World, email: str, count: int = 5) -> list[int]:
    """Guess from as many places, none of which the account knows."""
    return statuses(lambda n: log_in(world, email, f"guess {n}", **at(f"198.51.100.{n}")), count)


def test_after_five_failures_an_account_waits_wherever_the_guesses_come_from(
    world: World, email: str, clock: Clock
) -> None:
    assert attack(world, email) == [401] * 5
    refused = log_in(world, f" {email.upper()} ", **at("192.0.2.9"))
    assert refused.status_code == 429
    assert json.loads(refused.data)["type"] == "/api/v1/problems/too-many-requests"
    clock.forward(minutes=16)
    assert log_in(world, email).status_code == 200


def test_the_seconds_to_wait_are_those_until_the_next_attempt(
    world: World, email: str, clock: Clock
) -> None:
    for number in range(5):
        log_in(world, email, "guess", **at(f"198.51.100.{number}"))
        clock.forward(seconds=100)
    refused = log_in(world, email, "guess")
    assert int(refused.headers["Retry-After"]) == 400
    clock.forward(seconds=399)
    assert log_in(world, email, "guess").headers["Retry-After"] == "1"
    clock.forward(seconds=1)
    assert log_in(world, email, "guess").status_code == 401
    assert int(log_in(world, email, "guess").headers["Retry-After"]) == 100


def test_logging_in_rightly_is_never_counted(world: World, email: str) -> None:
    assert statuses(lambda n: log_in(world, email), 6) == [200] * 6
    assert statuses(lambda n: log_in(world, email, **at(f"192.0.2.{n}")), 6) == [200] * 6


def test_after_twenty_failures_an_address_waits_whatever_it_guesses(
    world: World, email: str
) -> None:
    guesses = statuses(lambda n: log_in(world, f"u{n}@nowhere.example", "guess"), 20)
    assert guesses == [401] * 20
    assert log_in(world, email).status_code == 429
    assert log_in(world, email, **at("192.0.2.7")).status_code == 200


def test_a_subscriber_s_ipv6_addresses_are_one(world: World, email: str) -> None:
    def guess(number: int) -> TestResponse:
        return log_in(world, f"u{number}@nowhere.example", **at(f"2001:db8:1:2::{number:x}"))

    assert statuses(guess, 21) == [401] * 20 + [429]
    assert log_in(world, email, **at("2001:db8:1:3::1")).status_code == 200


@pytest.mark.slow
def test_as_many_as_guess_at_once_try_no_more_than_five(world: World, email: str) -> None:
    with ThreadPoolExecutor(16) as threads:
        guesses = threads.map(
            lambda n: log_in(world, email, "guess", **at(f"198.51.100.{n}")).status_code, range(64)
        )
        assert Counter(guesses) == {401: 5, 429: 59}


def test_who_logged_in_from_a_place_gets_in_there_while_others_guess(
    world: World, email: str, clock: Clock
) -> None:
    home = at("192.0.2.1")
    assert log_in(world, email, **home).status_code == 200
    assert [*attack(world, email, 6)] == [401] * 5 + [429]
    assert log_in(world, email, **home).status_code == 200
    assert log_in(world, email, **at("192.0.2.2")).status_code == 429
    clock.forward(days=60)
    assert log_in(world, email, **home).status_code == 200
    clock.forward(days=60)
    attack(world, email)
    assert log_in(world, email, **home).status_code == 200


def test_a_place_is_forgotten_when_nobody_comes_from_there(
    world: World, email: str, clock: Clock
) -> None:
    log_in(world, email, **at("192.0.2.1"))
    clock.forward(days=91)
    attack(world, email)
    assert log_in(world, email, **at("192.0.2.1")).status_code == 429


def test_a_known_device_gets_in_from_anywhere_even_after_its_login_ended(
    world: World, email: str
) -> None:
    tokens = log_in(world, email, **at("192.0.2.1")).json
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    world.call(None, "POST", "/logout", headers=bearer)
    attack(world, email)
    for address in ("192.0.2.2", "198.51.100.1"):
        known = log_in(world, email, token=tokens["refresh_token"], **at(address))
        assert known.status_code == 200
    for token in ("atr_unknown", tokens["access_token"]):
        assert log_in(world, email, token=token, **at("192.0.2.3")).status_code == 429


def test_a_known_place_and_a_known_device_are_slowed_down_by_their_own_failures(
    world: World, email: str
) -> None:
    home = at("192.0.2.1")
    token = log_in(world, email, **home).json["refresh_token"]
    assert statuses(lambda n: log_in(world, email, "guess", **home), 6) == [401] * 5 + [429]
    guesses = statuses(lambda n: log_in(world, email, "guess", token, **home), 6)
    assert guesses == [401] * 5 + [429]
    # Whoever guesses beside the owner keeps nobody out elsewhere.
    assert log_in(world, email, **at("192.0.2.2")).status_code == 200


def test_a_token_of_somebody_else_tells_nothing(world: World, email: str) -> None:
    with world.app.app_context():
        hq = db.session.get_one(User, world.users["hq"])
        hq.password_hash = passwords.hash_password(PASSWORD)
        db.session.commit()
        other = hq.email
    token = log_in(world, other).json["refresh_token"]
    attack(world, email)
    assert log_in(world, email, token=token, **at("192.0.2.2")).status_code == 429


def test_tokens_that_are_guessed_are_counted_by_address_and_keep_no_good_one_out(
    world: World, email: str
) -> None:
    good = log_in(world, email).json["refresh_token"]
    assert statuses(lambda n: refresh(world, f"atr_{n}"), 21) == [401] * 20 + [429]
    assert refresh(world, good).status_code == 200


@pytest.mark.slow
def test_guesses_at_the_own_password_are_counted_before_they_are_made(world: World) -> None:
    tag = {"If-Match": world.call("auditor", "GET", "/me").headers["ETag"]}
    change = {"current_password": "guess", "password": "another horse"}
    with ThreadPoolExecutor(8) as threads:
        guesses = threads.map(
            lambda n: world.call("auditor", "PATCH", "/me", change, headers=tag), range(24)
        )
        answers = list(guesses)
    assert Counter(answer.status_code for answer in answers) == {422: 5, 429: 19}
    waits = [int(a.headers["Retry-After"]) for a in answers if a.status_code == 429]
    assert 800 < min(waits) <= max(waits) <= 900


def test_nobody_gets_in_by_a_password_that_is_changed_meanwhile(
    world: World, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches = passwords.matches

    def overtaken(known: str | None, password: str) -> bool:
        user = users.find_email(email)
        by = access.system_who(user.organisation_id)
        changed = passwords.hash_password("another horse")
        users.set_password(user, changed, by=by, now=datetime.now(UTC))
        db.session.commit()
        return matches(known, password)

    monkeypatch.setattr(passwords, "matches", overtaken)
    assert log_in(world, email).status_code == 401
