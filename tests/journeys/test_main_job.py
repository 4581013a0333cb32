"""The main job, end to end: a phone submits, HQ approves, a manager reads, HQ takes the PDF."""

from __future__ import annotations

import base64
import io
import json
from uuid import uuid4

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.world import ALL_YES, World, declared, jpeg, upload


def unsigned(signature: str, key: dict[str, str]) -> dict[str, object]:
    """Return the payload of a compact JWS, once its signature holds."""
    header, payload, mark = signature.split(".")

    def raw(text: str) -> bytes:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    Ed25519PublicKey.from_public_bytes(raw(key["x"])).verify(
        raw(mark), f"{header}.{payload}".encode()
    )
    return json.loads(raw(payload))


def test_a_visit_goes_from_the_phone_to_the_scorecard_and_the_pdf(world: World) -> None:
    pulled = world.call("auditor", "GET", "/sync").json
    assert [a["site"]["code"] for a in pulled["assignments"]] == ["SH-001"]
    task = pulled["assignments"][0]

    checklist = world.call("auditor", "GET", task["checklist"]["url"].removeprefix("/api/v1"))
    assert checklist.status_code == 200
    assert checklist.json["title"]["zh"] == "简短暗访"

    photo = jpeg(1)
    audit_id = uuid4()
    answers = ALL_YES | {"clean": {"value": "no", "comment": "Wet floor 地面有水"}}
    audit = world.audit(answers, photos=[declared(photo, "clean")])
    first = world.put(audit, audit_id)
    assert first.status_code == 201
    assert first.json["receipt"]["state"] == "awaiting_media"
    assert first.json["receipt"]["complete"] is False

    assert upload(world.client, first.json["uploads"][0], photo) == 200
    second = world.put(audit, audit_id)
    assert second.status_code == 200
    assert second.json["receipt"]["complete"] is True
    assert second.json["receipt"]["state"] == "submitted"
    assert second.json["uploads"] == []
    key = world.call(None, "GET", "/receipt-keys").json["keys"][0]
    assert unsigned(second.json["signature"], key) == second.json["receipt"]

    assert world.photo_states(audit_id) == {"ready"}
    assert world.move(audit_id, "approve").status_code == 200

    card = world.call("manager", "GET", f"/sites/{world.site_id}/scorecard?period=2026-03").json
    assert card["audits"] == 1
    assert card["overall"]["score"] == 80.0
    assert [(t["title"], t["score"]) for t in card["touchpoints"]] == [
        ("Arrival", 50.0),
        ("Checkout", 100.0),
    ]
    region = world.call("manager", "GET", f"/regions/{world.region_id}/scorecard?period=2026-03")
    assert region.json["overall"]["score"] == 80.0

    report = world.call("hq", "GET", f"/audits/{audit_id}/report.pdf?lang=zh")
    assert report.status_code == 200
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report.data)).pages)
    assert "地面有水" in text
    assert "80.00" in text


@pytest.mark.parametrize("person", ["auditor", "manager", "reviewer", "hq"])
def test_everybody_learns_their_own_identity(world: World, person: str) -> None:
    assert world.call(person, "GET", "/me").json["role"] == person
