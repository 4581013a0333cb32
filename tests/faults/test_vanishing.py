"""Writers beside those who delete what they write: each is told what became of it, none breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.access.requests import WHITE
from tests.faults.races import at_once, caller
from tests.world import World, small_checklist

pytestmark = pytest.mark.slow
Call = Callable[[], TestResponse]
REFUSED = frozenset({404, 409, 412, 422})


def told(calls: Sequence[Call]) -> Counter[int]:
    """Make the calls at once; return their statuses, all of which are answers to a caller."""
    statuses = Counter(answer.status_code for answer in at_once(calls))
    assert statuses.keys() <= {200, 201, 204} | REFUSED, statuses
    return statuses


def call(world: World, method: str, path: str, tag: str = "", **more: Any) -> Call:
    headers = {"If-Match": tag} if tag else {}
    return partial(caller(world).call, "hq", method, path, headers=headers, **more)


def drafted(world: World) -> tuple[str, str]:
    """Return the address and the tag of a new draft."""
    sent = {"document": small_checklist(title={"en": uuid4().hex, "zh": "草稿"})}
    made = world.call("hq", "POST", "/checklists", sent)
    assert made.status_code == 201
    return made.headers["Location"].removeprefix("/api/v1"), made.headers["ETag"]


def added_region(world: World, code: str) -> tuple[str, str]:
    made = world.call("hq", "POST", "/regions", {"code": code, "name": "Vanishing"})
    return made.json["id"], made.headers["ETag"]


@pytest.mark.parametrize("turn", range(3))
def test_a_draft_may_vanish_under_twelve_writers(world: World, turn: int) -> None:
    path, tag = drafted(world)
    document = {"document": small_checklist(title={"en": "Again", "zh": "再来"})}
    writers = [call(world, "PUT", path, tag, json=document) for _ in range(6)]
    movers = [
        call(world, "POST", f"{path}/moves", tag, json={"action": "publish"}) for _ in range(2)
    ]
    readers = [call(world, "GET", f"{path}{part}") for part in ("", "/document.yaml")]
    followers = [
        call(world, "POST", f"{path}/drafts"),
        call(world, "POST", f"{path}/preview", json={"answers": {}}),
    ]
    deleters = [call(world, "DELETE", path, tag) for _ in range(3)]
    order = [deleters + writers, writers + deleters, deleters[:1] + writers + deleters[1:]][turn]
    told([*order, *movers, *readers, *followers])


def test_a_region_may_vanish_under_those_who_fill_it(world: World) -> None:
    for number in range(3):
        region_id, tag = added_region(world, f"gone{number}")
        site = {"code": uuid4().hex, "name": "S", "time_zone": "Asia/Shanghai"}
        person = {"name": "P", "role": "manager", "locale": "en", "region_ids": [region_id]}
        below: Mapping[str, Any] = {"name": "B", "parent_id": region_id}
        site_tag = world.call("hq", "GET", f"/sites/{world.site_id}").headers["ETag"]
        lines = f"code,name,parent_code\ngone{number},Renamed,\ncsv{number},C,gone{number}\n"
        told(
            [
                *(call(world, "DELETE", f"/regions/{region_id}", tag) for _ in range(3)),
                call(world, "PATCH", f"/regions/{region_id}", tag, json={"name": "N"}),
                call(world, "POST", "/sites", json=site | {"region_id": region_id}),
                call(
                    world,
                    "PATCH",
                    f"/sites/{world.site_id}",
                    site_tag,
                    json={"region_id": region_id},
                ),
                call(world, "POST", "/users", json=person | {"email": f"{uuid4().hex}@x.example"}),
                call(world, "POST", "/regions", json={"code": uuid4().hex, **below}),
                call(
                    world, "POST", "/imports/regions", data=lines.encode(), content_type="text/csv"
                ),
                call(world, "GET", f"/regions/{region_id}/scorecard?period=2026-03"),
                call(world, "GET", f"/regions?parent_id={region_id}"),
            ]
        )


def test_a_token_may_be_revoked_by_twelve_at_once(world: World) -> None:
    sent = {"name": "Machine", "permissions": ["site.read"]}
    made = world.call("hq", "POST", "/tokens", sent).json
    told([call(world, "DELETE", f"/tokens/{made['id']}") for _ in range(12)])


def test_a_logo_may_vanish_while_others_put_theirs(world: World) -> None:
    path, image = "/organisation/logo", {"data": WHITE, "content_type": "image/png"}
    puts = [call(world, "PUT", path, **image) for _ in range(6)]
    told([*puts, *(call(world, "DELETE", path) for _ in range(3)), call(world, "GET", path)])


def test_one_thing_is_changed_by_twelve_at_once_and_one_of_them_succeeds(world: World) -> None:
    things = {
        f"/users/{world.users['manager']}": {"name": "New", "region_ids": []},
        f"/campaigns/{world.campaign_id}": {"name": "New"},
        f"/sites/{world.site_id}": {"name": "New"},
        f"/regions/{world.region_id}": {"name": "New"},
        f"/assignments/{world.assignment_id}": {"ends_on": "2026-03-30"},
    }
    for path, fields in things.items():
        tag = world.call("hq", "GET", path).headers["ETag"]
        assert told([call(world, "PATCH", path, tag, json=fields) for _ in range(12)]) == {
            200: 1,
            412: 11,
        }


def test_plans_for_what_is_changed_meanwhile_are_made_or_refused(world: World) -> None:
    """An auditor who is deactivated, a version that is retired, a period that moves."""
    user, campaign = f"/users/{world.users['other_auditor']}", f"/campaigns/{world.campaign_id}"
    version = f"/checklists/{world.version_id}"
    paths = (user, campaign, version)
    tags = {path: world.call("hq", "GET", path).headers["ETag"] for path in paths}
    visit = {
        "campaign_id": str(world.campaign_id),
        "site_id": str(world.site_id),
        "auditor_id": str(world.users["other_auditor"]),
        "repeat": True,
    }
    wave = {
        "name": "Wave",
        "checklist_version_id": str(world.version_id),
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
    }
    told(
        [
            *(call(world, "POST", "/assignments", json=visit) for _ in range(4)),
            *(call(world, "POST", "/campaigns", json=wave) for _ in range(4)),
            call(world, "PATCH", user, tags[user], json={"active": False}),
            call(world, "PATCH", campaign, tags[campaign], json={"ends_on": "2026-04-30"}),
            call(world, "POST", f"{version}/moves", tags[version], json={"action": "retire"}),
        ]
    )
