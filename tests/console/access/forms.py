"""What each form of the console is filled with, so that access alone decides what comes of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from tests.access.requests import WHITE

Ids = Mapping[str, str]

YAML = """
format: 1
key: written
locales: [en]
title: {en: Written}
touchpoints:
  - key: arrival
    title: {en: Arrival}
    questions:
      - {key: greeted, type: yes_no, title: {en: Greeted?}}
"""
_CAMPAIGN = {"review": "always", "starts_on": "2026-03-01", "ends_on": "2026-03-31"}
_WINDOW = {"starts_on": "2026-03-01", "ends_on": "2026-03-31"}


def _person(ids: Ids) -> dict[str, Any]:
    return {
        "email": f"{uuid4().hex}@new.example",
        "name": "New",
        "role": "auditor",
        "locale": "en",
    }


def _site(ids: Ids) -> dict[str, Any]:
    return {
        "code": uuid4().hex,
        "name": "New",
        "region_id": ids["own_region_id"],
        "kind": "own",
        "time_zone": "Asia/Shanghai",
        "geofence_metres": "150",
    }


def _region(ids: Ids) -> dict[str, Any]:
    return {"code": uuid4().hex, "name": "New"}


def _campaign(ids: Ids) -> dict[str, Any]:
    version_id = ids["own_checklist_version_id"]
    return {"name": "New", "checklist_version_id": version_id} | _CAMPAIGN


def _file(name: str, data: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


FORMS: Mapping[str, Callable[[Ids], dict[str, Any]]] = {
    "/console/language": lambda ids: {"language": "en"},
    "/console/sign-in": lambda ids: {"email": "nobody"},
    "/console/account/password": lambda ids: {"current_password": "x", "password": "y" * 12},
    "/console/people/new": _person,
    "/console/people/<user_id>": _person,
    "/console/people/<user_id>/activate": lambda ids: {},
    "/console/people/<user_id>/deactivate": lambda ids: {},
    "/console/tokens": lambda ids: {"name": "New", "permissions": "site.read"},
    "/console/places/regions/new": _region,
    "/console/places/regions/<region_id>": _region,
    "/console/places/regions/<region_id>/delete": lambda ids: {},
    "/console/places/sites/new": _site,
    "/console/places/sites/<site_id>": _site,
    "/console/imports": lambda ids: {"what": "regions", "text": "code,name\nnew,New\n"},
    "/console/settings/colour": lambda ids: {"colour": "#0F3B63"},
    "/console/settings/target": lambda ids: {"target": "85.5"},
    "/console/settings/logo": lambda ids: {"logo": _file("logo.png", WHITE)},
    "/console/programme/new": _campaign,
    "/console/programme/<campaign_id>/edit": _campaign,
    "/console/programme/<campaign_id>/visits/new": lambda ids: {
        "site_code": "SP-001",
        "auditor_id": ids["own_auditor_id"],
        **_WINDOW,
    },
    "/console/programme/visits/<assignment_id>": lambda ids: {
        "auditor_id": ids["own_auditor_id"],
        **_WINDOW,
    },
    "/console/checklists/new": lambda ids: {"text": YAML},
    "/console/checklists/check": lambda ids: {"text": YAML},
    "/console/checklists/upload": lambda ids: {"file": _file("new.yaml", YAML.encode())},
    "/console/checklists/<version_id>/edit": lambda ids: {"text": YAML},
    "/console/exports/new/reports": lambda ids: {
        "language": "en",
        "edition": "anonymous",
        "form": "zip",
    },
    "/console/exports/new/data-set": lambda ids: {
        "data_set": "audits",
        "format": "csv",
        "language": "en",
        "edition": "anonymous",
    },
    "/console/review/<audit_id>": lambda ids: {
        "action": "approve",
        "note": "Because of this",
    },
    "/console/review": lambda ids: {"audit": f"{ids['own_audit_id']}.1"},
}
"""By address; a form that is not here has nothing but its key."""
