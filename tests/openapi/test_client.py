"""A client generated from the specification does a phone's work against a real server."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.openapi.server import PASSWORD, Served
from tests.world import ALL_YES, declared, jpeg

NAME = "generated_client"
# Content types that the generator does not know, and no formatter to call afterwards.
CONFIG = {
    "content_type_overrides": {
        "text/csv": "application/octet-stream",
        "application/pdf": "application/octet-stream",
        "image/jpeg": "application/octet-stream",
        "image/png": "application/octet-stream",
        "image/webp": "application/octet-stream",
        "image/heic": "application/octet-stream",
        "application/yaml": "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
            "application/octet-stream"
        ),
    },
    "post_hooks": [],
}


@pytest.fixture(scope="module")
def client(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Generate the client from what the server tells of itself, and import it."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_bytes(httpx.get(f"{served.url}/api/v1/openapi.json").content)
    (folder / "config.json").write_text(json.dumps(CONFIG))
    generator = Path(sys.executable).parent / "openapi-python-client"
    subprocess.run(
        [
            generator,
            "generate",
            "--path",
            folder / "openapi.json",
            "--config",
            folder / "config.json",
            "--meta",
            "none",
            "--output-path",
            folder / NAME,
            "--fail-on-warning",
        ],
        check=True,
        capture_output=True,
    )
    sys.path.insert(0, str(folder))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder))


def call(path: str) -> ModuleType:
    return importlib.import_module(f"{NAME}.api.{path}")


def models() -> ModuleType:
    return importlib.import_module(f"{NAME}.models")


@pytest.mark.slow
def test_a_generated_client_submits_an_audit_with_a_photo(
    served: Served, client: ModuleType
) -> None:
    m = models()
    with client.Client(base_url=served.url) as anybody:
        credentials = m.Credentials(email=served.email, password=PASSWORD)
        tokens = call("logins.log_in").sync(client=anybody, body=credentials)
    assert tokens.user.role == "auditor"
    with client.AuthenticatedClient(base_url=served.url, token=tokens.access_token) as phone:
        submit(phone)


def submit(phone: Any) -> None:
    """Pull, submit one audit with a photo, and read the receipt that says complete."""
    pulled = call("sync.pull").sync(client=phone)
    task = pulled.assignments[0]
    assert task.site.code == "SH-001"
    again = call("sync.pull").sync(client=phone, cursor=pulled.cursor)
    assert again.assignments == []

    photo, audit_id = jpeg(7), uuid4()
    line = declared(photo, "clean")
    audit = models().SentAudit.from_dict(
        {
            "assignment_id": str(task.id),
            "site_id": str(task.site.id),
            "checklist": task.checklist.digest,
            "conducted_at": "2026-03-02T14:30:00+08:00",
            "answers": ALL_YES,
            "photos": [line],
        }
    )
    put = call("audits.put_audit").sync_detailed
    first = put(audit_id, client=phone, body=audit)
    assert first.status_code == 201
    (ticket,) = first.parsed.uploads
    assert ticket.photo_id == UUID(line["id"])
    stored = httpx.put(ticket.url, content=photo, headers=ticket.headers.to_dict())
    assert stored.status_code == 200

    second = put(audit_id, client=phone, body=audit)
    assert second.status_code == 200
    receipt = second.parsed.receipt
    assert receipt.complete is True
    assert receipt.state == "submitted"
    assert receipt.audit_id == audit_id
    assert isinstance(receipt.received_at, datetime)
    assert [kept.stored for kept in receipt.photos] == [True]


@pytest.mark.slow
def test_a_generated_client_reads_refusals_as_problems(served: Served, client: ModuleType) -> None:
    m = models()
    token = served.world.tokens["hq"]
    with client.AuthenticatedClient(base_url=served.url, token=token) as hq:
        refused = call("regions.add_region").sync_detailed(
            client=hq, body=m.RegionFields(code="", name="Nowhere")
        )
        absent = call("sites.get_site").sync(uuid4(), client=hq)
    assert refused.status_code == 422
    assert isinstance(refused.parsed, m.Problem)
    assert [(fault.pointer, fault.code) for fault in refused.parsed.errors] == [("/code", "length")]
    assert isinstance(absent, m.Problem)
    assert absent.status == 404
