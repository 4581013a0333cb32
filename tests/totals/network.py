"""A small network: sites in two regions, a reviewed and an unreviewed campaign, two versions."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit, AuditSignal, Review
from audit_api.rules.signals.kinds import HOLDING
from audit_api.services.checklists import versions
from audit_api.services.sites import regions, sites
from audit_api.services.totals import folding
from audit_api.services.visits import assignments, campaigns
from tests.protocol.phone import lenient_checklist
from tests.world import NOW, declared, jpeg, make_world, upload

ZONES = ("Asia/Shanghai", "Pacific/Auckland", "America/New_York")


def weighed_otherwise() -> dict[str, Any]:
    """Return the next version of the checklist: another weight, so another scoring key."""
    checklist = copy.deepcopy(lenient_checklist())
    checklist["touchpoints"][0]["weight"] = 70
    return checklist


class Network:
    """An organisation of three sites (the last a competitor's) under two regions."""

    def __init__(self, app: Flask, checklist: dict[str, Any] | None = None) -> None:
        self.world = world = make_world(app, checklist=checklist or lenient_checklist())
        self.digests = [world.digest]
        with app.app_context():
            self.regions = [
                world.region_id,
                regions.add(
                    by=world.hq,
                    now=NOW,
                    code="west",
                    name="West",
                    parent_id=regions.find_code("cn", by=world.hq).id,
                ).id,
            ]
            self.sites = [
                world.site_id,
                *(
                    sites.add(
                        by=world.hq,
                        now=NOW,
                        code=code,
                        name=code,
                        kind=kind,
                        region_id=self.regions[1],
                        time_zone="America/New_York",
                    ).id
                    for code, kind in (("NY-1", "own"), ("NY-2", "competitor"))
                ),
            ]
            self._campaigns = {
                review: campaigns.add(
                    by=world.hq,
                    now=NOW,
                    name=review,
                    review=review,
                    checklist_version_id=world.version_id,
                    starts_on=date(2026, 1, 1),
                    ends_on=date(2026, 12, 31),
                ).id
                for review in ("always", "none")
            }
            self._planned = {
                (review, site_id): assignments.add(
                    by=world.hq,
                    now=NOW,
                    campaign_id=campaign_id,
                    site_id=site_id,
                    auditor_id=world.users["auditor"],
                    repeat=True,
                ).id
                for review, campaign_id in self._campaigns.items()
                for site_id in self.sites
            }
            db.session.commit()
        self.sent: dict[UUID, dict[str, Any]] = {}
        self._visited: set[UUID] = set()
        self._photos: dict[UUID, bytes] = {}

    def campaign(self, review: str) -> UUID:
        """The campaign with this rule of review."""
        return self._campaigns[review]

    def publish(self) -> None:
        """Publish a second version; audits of both go on arriving."""
        with self.world.app.app_context():
            now = datetime.now(UTC)
            version = versions.draft(weighed_otherwise(), by=self.world.hq, now=now)
            versions.publish(version, by=self.world.hq, now=now)
            assert version.digest is not None
            self.digests.append(version.digest)
            db.session.commit()

    def submit(
        self,
        *,
        site: int,
        review: str,
        version: int,
        when: str,
        answers: dict[str, Any],
        photo: bool = False,
        again: bool = False,
    ) -> UUID:
        """Send a new audit, of a visit of its own unless `again`; with a photo it waits for
        `settle`."""
        audit_id, site_id = uuid4(), self.sites[site]
        if self._planned[review, site_id] in self._visited and not again:
            self.plan(site=site, review=review)
        self._visited.add(self._planned[review, site_id])
        body = jpeg(len(self.sent))
        audit = self.world.audit(
            answers,
            site_id=str(site_id),
            assignment_id=str(self._planned[review, site_id]),
            checklist=self.digests[version % len(self.digests)],
            conducted_at=when,
            photos=[declared(body, "clean")] if photo else [],
        )
        assert self.world.put(audit, audit_id).status_code == 201
        self.sent[audit_id] = audit
        self._photos[audit_id] = body
        return audit_id

    def settle(self, audit_id: UUID) -> None:
        audit = self.sent[audit_id]
        headers = {"If-Match": '"1"'} if "revision" in audit else {}
        answer = self.world.put(audit, audit_id, headers=headers)
        assert answer.status_code == 200, answer.json
        for ticket in answer.json["uploads"]:
            assert upload(self.world.client, ticket, self._photos[audit_id]) == 200
        assert self.world.put(audit, audit_id, headers=headers).json["receipt"]["complete"]
        # What follows from the photos is done once they can be seen.
        assert self.world.photo_states(audit_id) == {"ready"}

    def state(self, audit_id: UUID) -> str:
        with self.world.app.app_context():
            return db.session.get_one(Audit, audit_id).state

    def held_and_unseen(self) -> list[UUID]:
        """The audits that count though a signal holds them and nobody approved them."""
        approved = sa.exists().where(Review.audit_id == Audit.id, Review.action == "approve")
        with self.world.app.app_context():
            found = db.session.scalars(
                sa.select(Audit.id)
                .join(AuditSignal, AuditSignal.audit_id == Audit.id)
                .where(
                    Audit.organisation_id == self.world.organisation_id,
                    Audit.state == "approved",
                    AuditSignal.kind.in_(HOLDING),
                    ~approved,
                )
            ).all()
            db.session.rollback()
        return list(found)

    def review(self, audit_id: UUID, action: str) -> None:
        note = {"note": "Again"} if action == "return" else {}
        answer = self.world.move(audit_id, action, "hq", **note)
        assert answer.status_code == 200, answer.json

    def resubmit(self, audit_id: UUID, answers: dict[str, Any], when: str) -> None:
        """Answer a return with the next revision, which carries its photo on."""
        read = self.world.call("hq", "GET", f"/audits/{audit_id}")
        audit = self.sent[audit_id] | {
            "revision": read.json["revision"] + 1,
            "answers": answers,
            "conducted_at": when,
        }
        headers = {"If-Match": read.headers["ETag"]}
        assert self.world.put(audit, audit_id, headers=headers).status_code == 201
        self.sent[audit_id] = audit

    def plan(self, *, site: int, review: str, ends_on: date = date(2026, 12, 31)) -> None:
        """Plan one more visit."""
        with self.world.app.app_context():
            planned = assignments.add(
                by=self.world.hq,
                now=NOW,
                campaign_id=self._campaigns[review],
                site_id=self.sites[site],
                auditor_id=self.world.users["auditor"],
                ends_on=ends_on,
                repeat=True,
            )
            db.session.commit()
            self._planned[review, self.sites[site]] = planned.id

    @property
    def planned(self) -> list[UUID]:
        """The visits that the next audits are of."""
        return list(self._planned.values())

    def change_window(self, assignment_id: UUID, ends_on: date) -> None:
        path = f"/assignments/{assignment_id}"
        tag = self.world.call("hq", "GET", path).headers["ETag"]
        fields = {"ends_on": ends_on.isoformat(), "repeat": True}
        answer = self.world.call("hq", "PATCH", path, fields, headers={"If-Match": tag})
        assert answer.status_code == 200, answer.json

    def cancel(self, assignment_id: UUID) -> None:
        """Cancel a visit, unless an audit of it has come."""
        path = f"/assignments/{assignment_id}/moves"
        answer = self.world.call("hq", "POST", path, {"action": "cancel"})
        assert answer.status_code in (200, 409), answer.json

    def fold(self, most: int) -> None:
        with self.world.app.app_context():
            folding.fold(folding.gather(self.world.organisation_id, most=most))
            db.session.commit()

    def change_site(self, site: int, **fields: Any) -> None:
        path = f"/sites/{self.sites[site]}"
        tag = self.world.call("hq", "GET", path).headers["ETag"]
        answer = self.world.call("hq", "PATCH", path, fields, headers={"If-Match": tag})
        assert answer.status_code == 200, answer.json
