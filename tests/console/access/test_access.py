"""No page and no form of the console gives one organisation, region or role what is another's."""

from __future__ import annotations

import pytest

from audit_api.database import db
from tests.access.places import Place, lay_out, missing
from tests.console.access.matrix import PEOPLE, PLACES, routes, rows, status
from tests.console.visitor import Visitor
from tests.world import World

ROWS = rows()
OF_PLACES = [row for row in ROWS if any(len(set(cell)) > 1 for cell in ROWS[row].values())]


@pytest.fixture(scope="module")
def places(shared_world: World) -> dict[str, Place]:
    return lay_out(shared_world)


@pytest.fixture(scope="module")
def visitors(shared_world: World) -> dict[str, Visitor]:
    found = {who: Visitor(shared_world.app, shared_world.users.get(who)) for who in PEOPLE}
    for visitor in found.values():
        visitor.key()  # the first page of a session may note that it is in use
    return found


@pytest.fixture(autouse=True)
def nothing_stays(places: dict[str, Place], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no form change what the next one may see: each ends in the rollback of its request."""
    monkeypatch.setattr(db.session, "commit", db.session.flush)


@pytest.mark.parametrize("row", ROWS)
def test_everybody_gets_what_the_table_says(
    visitors: dict[str, Visitor], places: dict[str, Place], row: str
) -> None:
    found = {
        who: tuple(
            status(visitors[who], row, places[place], places["own"], visitors["hq"])
            for place in PLACES
        )
        for who in PEOPLE
    }
    assert found == ROWS[row]


@pytest.mark.parametrize("row", OF_PLACES)
def test_a_foreign_thing_answers_exactly_like_a_missing_one(
    visitors: dict[str, Visitor], places: dict[str, Place], row: str
) -> None:
    nothing = missing()
    for who in PEOPLE:
        if "404" in ROWS[row][who]:
            assert status(visitors[who], row, nothing, places["own"], visitors["hq"]) == "404"


def test_every_route_stands_in_the_table(shared_world: World) -> None:
    assert routes(shared_world.app) == sorted(ROWS)


def test_a_token_of_the_api_opens_no_page(shared_world: World) -> None:
    headers = {"Authorization": f"Bearer {shared_world.tokens['hq']}"}
    opened = shared_world.client.get("/console/account", headers=headers)
    assert (opened.status_code, opened.headers["Location"]) == (
        303,
        "/console/sign-in?next=/console/account",
    )
