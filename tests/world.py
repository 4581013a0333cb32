"""A small world to test in: an organisation with people, a site, a checklist, a visit."""

from __future__ import annotations

import hashlib
import io
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import User, UserRegion
from audit_api.rules.lifecycle import WITH_REASON
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.checklists import versions
from audit_api.services.people import logins
from audit_api.services.sites import organisations, regions, sites
from audit_api.services.visits import assignments, campaigns
from tests import patience

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def small_checklist(**changes: Any) -> dict[str, Any]:
    """Return a checklist with two touchpoints, an optional photo and a critical question."""

    def yes_no(key: str, en: str, zh: str, **more: Any) -> dict[str, Any]:
        return {"key": key, "type": "yes_no", "title": {"en": en, "zh": zh}, **more}

    return {
        "format": 1,
        "key": "small",
        "locales": ["en", "zh"],
        "title": {"en": "Small visit", "zh": "简短暗访"},
        "scoring": {"method": "weighted", "pass_mark": 60},
        "touchpoints": [
            {
                "key": "arrival",
                "title": {"en": "Arrival", "zh": "进店体验"},
                "weight": 40,
                "questions": [
                    yes_no("greeted", "Were you greeted?", "是否有人招呼？", not_applicable=True),
                    yes_no("clean", "Was the floor clean?", "地面是否干净？"),
                ],
            },
            {
                "key": "checkout",
                "title": {"en": "Checkout", "zh": "结账环节"},
                "weight": 60,
                "questions": [
                    yes_no("receipt", "Did you get a receipt?", "是否给了小票？"),
                    yes_no("honest", "Was the change right?", "找零是否正确？", effect={"cap": 50}),
                ],
            },
        ],
        **changes,
    }


ALL_YES = {key: {"value": "yes"} for key in ("greeted", "clean", "receipt", "honest")}


@dataclass
class World:
    """One organisation; `tokens` hold an access token for each person by name."""

    app: Flask
    organisation_id: UUID
    hq: Who
    region_id: UUID
    site_id: UUID
    version_id: UUID
    digest: str
    campaign_id: UUID
    assignment_id: UUID
    users: dict[str, UUID]
    tokens: dict[str, str]
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def call(
        self, person: str | None, method: str, path: str, json: Any = None, **more: Any
    ) -> TestResponse:
        """Make one API call as `person` (None: nobody)."""
        headers = dict(more.pop("headers", {}))
        if person is not None:
            headers["Authorization"] = f"Bearer {self.tokens[person]}"
        return self.client.open(f"/api/v1{path}", method=method, json=json, headers=headers, **more)

    def audit(self, answers: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """Return an audit of the world's one visit, ready to be put."""
        return {
            "assignment_id": str(self.assignment_id),
            "site_id": str(self.site_id),
            "checklist": self.digest,
            "conducted_at": "2026-03-02T14:30:00+08:00",
            "answers": answers or ALL_YES,
            **more,
        }

    def another(self, answers: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """Return an audit of another visit, which is planned for it alone."""
        return self.audit(answers, assignment_id=str(self.plan()), **more)

    def put(self, audit: dict[str, Any], audit_id: UUID | None = None, **more: Any) -> TestResponse:
        return self.call("auditor", "PUT", f"/audits/{audit_id or uuid4()}", audit, **more)

    def move(
        self, audit_id: Any, action: str, person: str = "reviewer", **more: Any
    ) -> TestResponse:
        """Make a review move for the audit as it stands now, with a reason where one is asked."""
        reason = {"note": "Because of this"} if action in WITH_REASON else {}
        tag = self.call("hq", "GET", f"/audits/{audit_id}").headers["ETag"]
        return self.call(
            person,
            "POST",
            f"/audits/{audit_id}/moves",
            {"action": action, **reason, **more},
            headers={"If-Match": tag},
        )

    def photo_states(self, audit_id: Any) -> set[str]:
        """Return the states of an audit's photos once each was looked into, or when time is up."""
        end = time.monotonic() + patience.SECONDS
        states: set[str] = set()
        while not states or (states & {"declared", "stored"} and time.monotonic() < end):
            told: list[dict[str, Any]] = self.call(
                "hq", "GET", f"/audits/{audit_id}/photos"
            ).get_json()
            states = {photo["state"] for photo in told}
            time.sleep(0.05)
        return states

    def plan(self, **more: Any) -> UUID:
        """Plan another visit; return the assignment's id."""
        with self.app.app_context():
            planned = assignments.add(
                by=self.hq,
                now=NOW,
                **{
                    "campaign_id": self.campaign_id,
                    "site_id": self.site_id,
                    "auditor_id": self.users["auditor"],
                    "repeat": True,
                    **more,
                },
            )
            db.session.commit()
            return planned.id


def make_world(
    app: Flask, *, review: str = "always", checklist: dict[str, Any] | None = None
) -> World:
    """Make an organisation through the services, as real calls would."""
    with app.app_context():
        code = uuid4().hex[:12]
        organisation = organisations.add(code=code, name="Tea & Co", locale="en", now=NOW)
        hq = access.system_who(organisation.id)
        root = regions.add(by=hq, now=NOW, code="cn", name="China", parent_id=None)
        east = regions.add(by=hq, now=NOW, code="east", name="East", parent_id=root.id)
        site = sites.add(
            by=hq,
            now=NOW,
            code="SH-001",
            name="Shanghai Nanjing Road",
            region_id=east.id,
            time_zone="Asia/Shanghai",
            latitude=31.2346,
            longitude=121.4747,
        )
        people = {
            name: _person(organisation.id, code, name, role)
            for name, role in (
                ("auditor", "auditor"),
                ("other_auditor", "auditor"),
                ("manager", "manager"),
                ("reviewer", "reviewer"),
                ("hq", "hq"),
            )
        }
        _grant(people["manager"], east.id)
        version = versions.draft(checklist or small_checklist(), by=hq, now=NOW)
        versions.publish(version, by=hq, now=NOW)
        campaign = campaigns.add(
            by=hq,
            now=NOW,
            name="Spring",
            checklist_version_id=version.id,
            review=review,
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 31),
        )
        planned = assignments.add(
            by=hq,
            now=NOW,
            campaign_id=campaign.id,
            site_id=site.id,
            auditor_id=people["auditor"].id,
        )
        assert version.digest is not None
        tokens = {
            name: logins.open_login(user, device=None, now=datetime.now(UTC)).access_token
            for name, user in people.items()
        }
        db.session.commit()
        return World(
            app=app,
            organisation_id=organisation.id,
            hq=hq,
            region_id=east.id,
            site_id=site.id,
            version_id=version.id,
            digest=version.digest,
            campaign_id=campaign.id,
            assignment_id=planned.id,
            users={name: user.id for name, user in people.items()},
            tokens=tokens,
        )


def _person(organisation_id: UUID, code: str, name: str, role: str) -> User:
    user = User(
        organisation_id=organisation_id,
        email=f"{name}@{code}.example",
        name=f"Canary {name}",
        role=role,
        locale="en",
        created_at=NOW,
    )
    db.session.add(user)
    db.session.flush()
    return user


def _grant(user: User, region_id: UUID) -> None:
    db.session.add(UserRegion(user_id=user.id, region_id=region_id))
    db.session.flush()


def jpeg(seed: int = 0, size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a small photo with EXIF (a time, a place, a camera's name)."""
    image = Image.new("RGB", size, ((seed * 37) % 256, (seed * 91) % 256, 120))
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif[0x0132] = "2026:03:02 14:31:00"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def declared(data: bytes, question: str, **more: Any) -> dict[str, Any]:
    """Return the manifest line of a photo."""
    return {
        "id": str(uuid4()),
        "question": question,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "media_type": "image/jpeg",
        **more,
    }


def upload(client: FlaskClient, ticket: dict[str, Any], data: bytes) -> int:
    """Put a photo with its ticket, as a phone does; return the status."""
    address = urlsplit(ticket["url"])
    if address.path.startswith("/storage/"):
        return client.put(address.path, data=data, headers=ticket["headers"]).status_code
    return httpx.put(ticket["url"], content=data, headers=ticket["headers"]).status_code
