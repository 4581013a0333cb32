"""A feed that two transactions write at once never lets a phone's cursor pass an entry by."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from audit_api.database import db
from audit_api.services.people import logins, users
from audit_api.services.visits import assignments
from tests import patience
from tests.faults.races import at_once, backend_of, caller, until_somebody_waits_for
from tests.world import World


def pull(world: World, cursor: str) -> dict[str, Any]:
    answer = caller(world).call("auditor", "GET", f"/sync?cursor={cursor}")
    assert answer.status_code == 200
    return answer.json


def ids(page: dict[str, Any]) -> set[str]:
    return {assignment["id"] for assignment in page["assignments"]}


@pytest.mark.parametrize("settings", ["postgresql+s3"], indirect=True)
def test_an_entry_that_commits_late_is_met_by_the_next_pull(world: World) -> None:
    """The first transaction takes its number and stays open; the second must not overtake it."""
    cursor = pull(world, "0")["cursor"]
    numbered, commit = threading.Event(), threading.Event()
    first, second, holders = [], [], []

    def late() -> None:
        with world.app.app_context():
            first.append(_planned(world))
            holders.append(backend_of(db.session.connection()))
            numbered.set()
            assert commit.wait(patience.SECONDS)
            db.session.commit()

    def overtaking() -> None:
        assert numbered.wait(patience.SECONDS)
        second.append(world.plan())

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(late), pool.submit(overtaking)]
        assert numbered.wait(patience.SECONDS)
        until_somebody_waits_for(holders[0], world)
        between = pull(world, cursor)
        commit.set()
        for each in waiting:
            each.result()
    assert ids(between) == set()
    after = pull(world, between["cursor"])
    assert ids(after) == {str(first[0]), str(second[0])}


def test_a_phone_that_pulls_all_the_while_misses_nothing(world: World) -> None:
    done = threading.Event()

    def follow() -> set[str]:
        cursor, told = "0", set()
        while True:
            last = done.is_set()
            page = pull(world, cursor)
            told |= ids(page)
            cursor = page["cursor"]
            if last and not page["more"]:
                return told

    with ThreadPoolExecutor(1) as phone:
        following = phone.submit(follow)
        planned = at_once([world.plan] * 8)
        done.set()
        told = following.result()
    assert told == {str(id_) for id_ in (world.assignment_id, *planned)}


def test_of_refreshes_at_once_every_answer_is_good_and_the_next_goes_on(world: World) -> None:
    with world.app.app_context():
        user = users.find(world.users["auditor"], by=world.hq)
        token = logins.open_login(user, device="phone", now=datetime.now(UTC)).refresh_token
        db.session.commit()

    def refresh(refresh_token: str) -> dict[str, Any]:
        sent = {"refresh_token": refresh_token}
        answer = caller(world).call(None, "POST", "/login/refresh", sent)
        assert answer.status_code == 200, answer.json
        return answer.json

    pairs = at_once([partial(refresh, token)] * 4)
    for pair in pairs:
        headers = {"Authorization": f"Bearer {pair['access_token']}"}
        assert world.call(None, "GET", "/me", headers=headers).status_code == 200
    following = refresh(pairs[2]["refresh_token"])
    headers = {"Authorization": f"Bearer {following['access_token']}"}
    assert world.call(None, "GET", "/me", headers=headers).status_code == 200
    assert refresh(following["refresh_token"])


def _planned(world: World) -> UUID:
    """Plan a visit in the transaction that is open."""
    return assignments.add(
        by=world.hq,
        now=datetime.now(UTC),
        campaign_id=world.campaign_id,
        site_id=world.site_id,
        auditor_id=world.users["auditor"],
        repeat=True,
    ).id
