"""A copied refresh token: in whichever order thief and owner come, no two branches go on living.

The model is the tree of all tokens that were ever given.  It holds what is promised, and knows
nothing of how: a token is good if every token that was traded is one of its ancestors or itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.database import db
from audit_api.errors import Problem
from audit_api.models import Login, LoginToken, User
from audit_api.services.access import Who
from audit_api.services.people import logins
from audit_api.services.people.logins import Tokens
from tests.chance import times
from tests.organisations import person

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Family:
    """The tokens of one login in the order in which they were given, and what each came of."""

    def __init__(self, first: Tokens) -> None:
        self.given, self.given_at = [first], [NOW]
        self.parents: list[int | None] = [None]
        self.traded: set[int] = set()
        self.alive = True

    def line(self, number: int | None) -> Iterator[int]:
        """Yield a token and its ancestors."""
        while number is not None:
            yield number
            number = self.parents[number]

    def is_good(self, number: int) -> bool:
        return self.alive and self.traded <= set(self.line(number))

    def is_out(self, number: int) -> bool:
        """Whether the branch of a token lost to another."""
        return not all(
            number in self.line(other) or other in self.line(number) for other in self.traded
        )

    def trade(self, number: int, now: datetime) -> None:
        """Trade a token, in the model and in truth; both say the same."""
        good = self.is_good(number)
        tokens = trade(self.given[number].refresh_token, now)
        assert (tokens is not None) is good
        self.traded.add(number)
        if tokens is None:
            self.alive = False
            return
        self.given.append(tokens)
        self.given_at.append(now)
        self.parents.append(number)

    def check(self, now: datetime) -> None:
        """Compare what every access token opens with what the model says."""
        for number, tokens in enumerate(self.given):
            opens = logins.identify(tokens.access_token, now=now) is not None
            young = now < self.given_at[number] + logins.ACCESS_LIFE
            assert opens is (self.alive and young and not self.is_out(number))
        branches = [n for n in self.traded if not any(n in self.line(m) for m in self.traded - {n})]
        assert len(branches) == 1 or not self.alive


def trade(token: str, now: datetime) -> Tokens | None:
    try:
        return logins.refresh(token, now=now)
    except Problem:
        return None


@contextmanager
def family(hq: Who) -> Iterator[Family]:
    """Yield the tokens of a fresh login, which is undone afterwards."""
    with db.session.begin_nested() as login:
        user = db.session.get_one(User, person(hq, "auditor").id)
        yield Family(logins.open_login(user, device=None, place=None, now=NOW))
        login.rollback()


@pytest.mark.slow
def test_every_order_of_four_trades_leaves_one_branch_or_none(hq: Who) -> None:
    for choices in product(range(1), range(2), range(3), range(4)):
        with family(hq) as tokens:
            for choice in choices:
                if choice < len(tokens.given):
                    tokens.trade(choice, NOW)
                    tokens.check(NOW)


@pytest.mark.slow
@pytest.mark.chance
def test_no_longer_order_leaves_two_branches(context: Flask, hq: Who) -> None:
    steps = st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 59, 61, 3600])), max_size=12
    )

    @settings(max_examples=times(30))
    @given(steps)
    def drawn(steps: list[tuple[int, int]]) -> None:
        now = NOW
        with family(hq) as tokens:
            for choice, seconds in steps:
                now += timedelta(seconds=seconds)
                tokens.trade(choice % len(tokens.given), now)
                tokens.check(now)

    drawn()


def test_a_twin_is_known_as_one_when_its_rival_has_long_expired(hq: Who) -> None:
    """The rival's row is gone by then."""
    with family(hq) as tokens:
        tokens.trade(0, NOW + timedelta(days=1))
        tokens.trade(0, NOW + timedelta(days=29))
        owner, thief = 1, 2
        tokens.trade(owner, NOW + timedelta(days=29))
        tokens.trade(3, NOW + timedelta(days=50))
        assert (
            db.session.get(LoginToken, logins.digest_of(tokens.given[owner].refresh_token)) is None
        )
        tokens.trade(thief, NOW + timedelta(days=51))
        assert not tokens.alive


def test_a_lost_answer_is_repaired_after_days_as_often_as_it_is_lost(hq: Who) -> None:
    with family(hq) as tokens:
        for days in (0, 0, 3, 20):
            tokens.trade(0, NOW + timedelta(days=days))
        tokens.trade(4, NOW + timedelta(days=20))
        assert tokens.alive


def test_a_login_that_was_copied_says_so(hq: Who) -> None:
    with family(hq) as tokens:
        for number in (0, 1, 0):
            tokens.trade(number, NOW)
        record = db.session.get_one(LoginToken, logins.digest_of(tokens.given[0].refresh_token))
        assert db.session.get_one(Login, record.login_id).revoked_because == "reuse"
