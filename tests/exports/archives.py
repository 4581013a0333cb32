"""Exports as a person makes and reads them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from werkzeug.test import TestResponse

from tests.world import ALL_YES, World

COUNT, APPROVED = 5, 4
"""The audits of the world that tests export, and how many of them count."""


@dataclass(frozen=True)
class Archive:
    """The files of a ZIP by name, its manifest apart."""

    files: dict[str, bytes]
    manifest: dict[str, Any]
    sheet: str


def audits(world: World, count: int, *, approved: int) -> list[str]:
    """Send so many audits of visits of their own, and approve the first of them; return the ids."""
    ids = [str(uuid4()) for _ in range(count)]
    for audit_id in ids:
        answers = ALL_YES | {"clean": {"value": "yes", "comment": f"About {audit_id}"}}
        assert world.put(world.another(answers), audit_id).status_code == 201
    for audit_id in ids[:approved]:
        assert world.move(audit_id, "approve").status_code == 200
    return ids


def ask(world: World, person: str = "hq", **asked: Any) -> dict[str, Any]:
    """Ask for reports; return the export."""
    answer = world.call(person, "POST", "/exports/audit-reports", asked)
    assert answer.status_code == 202, answer.text
    told: dict[str, Any] = answer.get_json()
    assert answer.headers["Location"] == f"/api/v1/exports/{told['id']}"
    return told


def ask_for_rows(
    world: World, data_set: str, format: str, person: str = "hq", **more: Any
) -> TestResponse:
    """Ask for a data set; return the answer."""
    asked = {"data_set": data_set, "format": format, "language": "en", **more}
    return world.call(person, "POST", "/exports/data-sets", asked)


def get(world: World, export_id: str, person: str = "hq") -> dict[str, Any]:
    answer = world.call(person, "GET", f"/exports/{export_id}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def made(world: World, **asked: Any) -> dict[str, Any]:
    """Ask for reports and do all the work; return the export as it is then."""
    export_id = ask(world, **asked)["id"]
    world.app.extensions["audit_worker"].work_off()
    return get(world, export_id)


def link(world: World, export_id: str, person: str = "hq") -> str:
    answer = world.call(person, "POST", f"/exports/{export_id}/links")
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["url"])


def fetched(world: World, url: str) -> bytes:
    """Follow a link as whoever holds it does."""
    answer = world.client.get(urlsplit(url).path)
    assert answer.status_code == 302, answer.text
    place = answer.headers["Location"]
    if urlsplit(place).path.startswith("/storage/"):
        with world.client.get(urlsplit(place).path) as shown:
            assert shown.status_code == 200
            return shown.data
    return httpx.get(place).raise_for_status().content


def opened(data: bytes) -> Archive:
    """Read a ZIP with what is not ours, and hold it to its manifest."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        files = {name: archive.read(name) for name in names}
    manifest = json.loads(files.pop("manifest.json"))
    sheet = files.pop("manifest.csv").decode("utf-8-sig")
    told = {each["name"]: (each["bytes"], each["sha256"]) for each in manifest["files"]}
    assert told == {
        name: (len(each), hashlib.sha256(each).hexdigest()) for name, each in files.items()
    }
    assert manifest["count"] == len(files)
    return Archive(files, manifest, sheet)
