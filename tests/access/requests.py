"""Makes the request of one row of the table, for the ids of one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from tests.access.places import Place
from tests.access.table import PEOPLE, rows
from tests.world import ALL_YES, World

ROWS = rows()
OWN_TO_THE_LOCAL_STORE = ("/storage/uploads/", "/storage/files/")


def text(place: Place) -> dict[str, str]:
    ids = {name: str(value) for name, value in asdict(place).items()}
    version_id = ids["checklist_version_id"]
    return ids | {
        "version_id": version_id,
        "from": version_id,
        "parent_id": ids["region_id"],
        "ending": "csv",
    }


def site(own: dict[str, str]) -> dict[str, Any]:
    return {
        "code": uuid4().hex,
        "name": "New",
        "time_zone": "Asia/Shanghai",
        "region_id": own["region_id"],
    }


def visit(own: dict[str, str]) -> dict[str, Any]:
    """The same visit, for whoever asks, as often as it is asked."""
    return {name: own[name] for name in ("campaign_id", "site_id", "auditor_id")} | {"repeat": True}


def audit(own: dict[str, str]) -> dict[str, Any]:
    return {
        "assignment_id": own["assignment_id"],
        "site_id": own["site_id"],
        "checklist": own["digest"],
        "conducted_at": "2026-03-02T14:30:00+08:00",
        "answers": ALL_YES,
    }


def person(own: dict[str, str]) -> dict[str, Any]:
    return {"email": f"{uuid4().hex}@new.example", "name": "New", "role": "manager", "locale": "en"}


# A PNG of one white pixel.
WHITE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
)

BODIES: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "POST /api/v1/login": lambda own: {"email": "nobody@nowhere.example"},
    "POST /api/v1/login/refresh": lambda own: {"token": "?"},
    "PUT /api/v1/organisation/colour": lambda own: {"colour": "#0F3B63"},
    "PUT /api/v1/organisation/target": lambda own: {"target": 85.5},
    "POST /api/v1/regions": lambda own: {"code": uuid4().hex, "name": "New"},
    "PATCH /api/v1/regions/<region_id>": lambda own: {"name": "Same"},
    "POST /api/v1/sites": site,
    "PATCH /api/v1/sites/<site_id>": lambda own: {"name": "Same"},
    "POST /api/v1/users": person,
    "PATCH /api/v1/users/<user_id>": lambda own: {"name": "Same"},
    "PATCH /api/v1/me": lambda own: {"locale": "en"},
    "POST /api/v1/exports/audit-reports": lambda own: {},
    "POST /api/v1/exports/data-sets": lambda own: {"data_set": "audits", "format": "csv"},
    "POST /api/v1/tokens": lambda own: {"name": "New", "permissions": ["site.read"]},
    "POST /api/v1/checklists": lambda own: {"document": {}},
    "POST /api/v1/checklists/checks": lambda own: {"document": {}},
    "PUT /api/v1/checklists/<version_id>": lambda own: {"document": {}},
    "POST /api/v1/checklists/<version_id>/preview": lambda own: {"answers": {}},
    "POST /api/v1/checklists/<version_id>/moves": lambda own: {"action": "publish"},
    "POST /api/v1/campaigns": lambda own: {
        "name": "New",
        "checklist_version_id": own["checklist_version_id"],
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
    },
    "PATCH /api/v1/campaigns/<campaign_id>": lambda own: {"name": "Same"},
    "POST /api/v1/assignments": visit,
    "POST /api/v1/assignments/batch": lambda own: {"assignments": [visit(own)]},
    "PATCH /api/v1/assignments/<assignment_id>": lambda own: {"repeat": True},
    "POST /api/v1/assignments/<assignment_id>/moves": lambda own: {"action": "accept"},
    "PUT /api/v1/audits/<audit_id>": audit,
    "POST /api/v1/audits/batch": lambda own: {
        "audits": [{"id": str(uuid4()), "audit": audit(own)}]
    },
    "POST /api/v1/audits/<audit_id>/moves": lambda own: {"action": "approve"},
    "POST /api/v1/audits/approvals": lambda own: {
        "audits": [{"id": own["audit_id"], "version": 1}]
    },
}


def ask(world: World, who: str, row: str, place: Place, places: dict[str, Place]) -> TestResponse:
    """Make the call of `row` as `who`, with the id of `place` where the row says so; every other
    id is of a thing that is the asker's own."""
    method, rule, variant = [*row.split(), ""][:3]
    own = places["region" if who == "other_auditor" else "own"]
    ids, others = text(place), text(own)
    in_path = ids if not variant else text(places["spare"]) if own is places["own"] else others
    if variant:
        in_path |= {"audit_id": str(uuid4())}
    path = re.sub(r"<(\w+)>", lambda found: in_path.get(found[1], "nothing"), rule)
    body = BODIES[f"{method} {rule}"](others) if f"{method} {rule}" in BODIES else None
    # A campaign's paper is of all its months.
    of_months = rule.endswith("<campaign_id>/scorecard.pdf")
    of_a_period = ("scorecard" in rule or "competitors" in rule) and not of_months
    query = {"period": "2026-03"} if of_a_period else {}
    if rule.endswith("differences"):
        query["from"] = others["from"]
    name = variant.strip("?{}[]")
    if variant.startswith("?"):
        query[name] = ids[name]
    elif variant.startswith("{") and body is not None:
        body[name] = ids["digest" if name == "checklist" else name]
    elif variant.startswith("[") and body is not None:
        body[name] = [ids[name.removesuffix("s")]]
    sent: dict[str, Any] = {"json": body}
    if "/imports/" in rule:
        sent, query = {"content_type": "text/csv", "data": "code\n"}, {"dry_run": "true"}
    if rule.endswith("/logo"):
        sent = {"content_type": "image/png", "data": WHITE} if method == "PUT" else {}
    headers = _if_match(world, who, method, path) | _bearer(world, who, rule)
    return world.client.open(path, method=method, headers=headers, query_string=query, **sent)


def outcome(response: TestResponse, row: str) -> str:
    """Return an answer as a cell of the table says it."""
    if response.status_code == 200 and "?" in row:
        rows = response.json if response.is_json else response.data.splitlines()[1:]
        return "some" if rows else "none"
    return str(response.status_code)


def expected_answers(world: World, row: str) -> dict[str, tuple[str, ...]]:
    """Return the cells of a row, as they are where this world's photos lie."""
    local = any(path in row for path in OWN_TO_THE_LOCAL_STORE)
    if local and world.app.config["AUDIT_PHOTO_STORE"] == "s3":
        return dict.fromkeys(PEOPLE, ("404",) * 3)
    return ROWS[row]


def _bearer(world: World, who: str, rule: str) -> dict[str, str]:
    if rule.endswith("/logout"):
        return {"Authorization": "Bearer of nobody"}  # the others are needed again
    return {} if who == "nobody" else {"Authorization": f"Bearer {world.tokens[who]}"}


def _if_match(world: World, who: str, method: str, path: str) -> dict[str, str]:
    """Return the state of the thing as HQ of its organisation reads it: access alone is asked."""
    if method not in ("PATCH", "POST") and not re.search("/(checklists|regions)/", path):
        return {}
    reader = who if path.endswith("/me") else "hq"
    found = world.client.get(path.removesuffix("/moves"), headers=_bearer(world, reader, ""))
    return {"If-Match": found.headers.get("ETag", '"1"')}
