"""Places to reach for: one's own, another region of the organisation, another organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from audit_api.database import db
from audit_api.models import Job, User
from audit_api.services import access
from audit_api.services.audits.queue import Filter
from audit_api.services.checklists import versions
from audit_api.services.exports import asking
from audit_api.services.exports.asking import ReportsRequest
from audit_api.services.people import users
from audit_api.services.sites import regions, sites
from audit_api.services.visits import assignments, campaigns
from tests.world import NOW, World, make_world, small_checklist

INTEGRATION = [
    "region.read",
    "site.read",
    "campaign.read",
    "checklist.read",
    "audit.read",
    "scorecard.read",
    "scorecard.network",
    "report.read",
]


@dataclass(frozen=True)
class Place:
    """One thing of each kind, at one place; the auditor is who visits the site."""

    region_id: UUID
    site_id: UUID
    user_id: UUID
    auditor_id: UUID
    checklist_version_id: UUID
    digest: str
    campaign_id: UUID
    assignment_id: UUID
    audit_id: UUID
    token_id: UUID
    export_id: UUID


def lay_out(world: World) -> dict[str, Place]:
    """Make all three, and `spare`: things at one's own place to be changed.

    The world's `tokens` get an integration of its own.
    """
    other = make_world(world.app, checklist=small_checklist(key="foreign"))
    world.tokens["integration"], _ = _token(world, "Reader")
    return {
        "own": _own(world),
        "region": _of_other_region(world),
        "organisation": _own(other),
        "spare": _spare(world),
    }


def missing() -> Place:
    """Return a place where nothing is."""
    return Place(*(uuid4() for _ in range(5)), "0" * 64, *(uuid4() for _ in range(5)))


def _own(world: World) -> Place:
    with world.app.app_context():
        hq = access.system_who(world.organisation_id)
        regions.add(by=hq, now=NOW, code="below", name="Below", parent_id=world.region_id)
        db.session.commit()
    return Place(
        region_id=world.region_id,
        site_id=world.site_id,
        user_id=world.users["auditor"],
        auditor_id=world.users["auditor"],
        checklist_version_id=world.version_id,
        digest=world.digest,
        campaign_id=world.campaign_id,
        assignment_id=world.assignment_id,
        audit_id=_approved(world, "auditor", world.assignment_id, world.site_id, world.digest),
        token_id=_token(world, "Spare")[1],
        export_id=_export(world, date(2026, 3, 1)),
    )


def _spare(world: World) -> Place:
    with world.app.app_context():
        hq = access.system_who(world.organisation_id)
        region = regions.add(by=hq, now=NOW, code="spare", name="Spare", parent_id=world.region_id)
        site = sites.add(
            by=hq,
            now=NOW,
            code="SP-001",
            name="Spare",
            region_id=world.region_id,
            time_zone="Asia/Shanghai",
        )
        user = users.add(
            by=hq,
            now=NOW,
            email=f"{uuid4().hex}@spare.example",
            name="Spare",
            role="manager",
            locale="en",
        )
        campaign = campaigns.add(
            by=hq,
            now=NOW,
            name="Spare",
            checklist_version_id=world.version_id,
            review="always",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 31),
        )
        planned = assignments.add(
            by=hq,
            now=NOW,
            campaign_id=campaign.id,
            site_id=site.id,
            auditor_id=world.users["auditor"],
        )
        spare = Place(
            region_id=region.id,
            site_id=site.id,
            user_id=user.id,
            auditor_id=world.users["auditor"],
            checklist_version_id=world.version_id,
            digest=world.digest,
            campaign_id=campaign.id,
            assignment_id=planned.id,
            audit_id=uuid4(),
            token_id=uuid4(),
            export_id=uuid4(),
        )
        db.session.commit()
    return spare


def _of_other_region(world: World) -> Place:
    auditor_id = world.users["other_auditor"]
    with world.app.app_context():
        hq = access.system_who(world.organisation_id)
        west = regions.add(by=hq, now=NOW, code="west", name="West", parent_id=None)
        regions.add(by=hq, now=NOW, code="farther", name="Farther", parent_id=west.id)
        site = sites.add(
            by=hq,
            now=NOW,
            code="CD-001",
            name="Chengdu",
            region_id=west.id,
            time_zone="Asia/Shanghai",
        )
        version = versions.draft(small_checklist(key="other"), by=hq, now=NOW)
        versions.publish(version, by=hq, now=NOW)
        campaign = campaigns.add(
            by=hq,
            now=NOW,
            name="West",
            checklist_version_id=version.id,
            review="always",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 31),
        )
        planned = assignments.add(
            by=hq, now=NOW, campaign_id=campaign.id, site_id=site.id, auditor_id=auditor_id
        )
        ids = west.id, site.id, version.id, version.digest, campaign.id, planned.id
        db.session.commit()
    west_id, site_id, version_id, digest, campaign_id, planned_id = ids
    assert digest is not None
    return Place(
        region_id=west_id,
        site_id=site_id,
        user_id=auditor_id,
        auditor_id=auditor_id,
        checklist_version_id=version_id,
        digest=digest,
        campaign_id=campaign_id,
        assignment_id=planned_id,
        audit_id=_approved(world, "other_auditor", planned_id, site_id, digest),
        token_id=_token(world, "West")[1],
        export_id=_export(world, date(2026, 3, 2)),
    )


def _approved(world: World, auditor: str, assignment_id: UUID, site_id: UUID, digest: str) -> UUID:
    audit_id = uuid4()
    audit = world.audit(assignment_id=str(assignment_id), site_id=str(site_id), checklist=digest)
    assert world.call(auditor, "PUT", f"/audits/{audit_id}", audit).status_code == 201
    assert world.move(audit_id, "approve").status_code == 200
    return audit_id


def _export(world: World, first: date) -> UUID:
    """Ask for an export that no worker takes meanwhile."""
    with world.app.app_context():
        by = access.user_who(db.session.get_one(User, world.users["hq"]))
        asked = ReportsRequest(Filter(business_date_from=first), lang="en")
        export = asking.reports(asked, by=by, now=datetime.now(UTC))
        db.session.get_one(Job, export.id).due_at = datetime(2100, 1, 1, tzinfo=UTC)
        db.session.commit()
        return export.id


def _token(world: World, name: str) -> tuple[str, UUID]:
    sent = {"name": name, "permissions": INTEGRATION}
    added = world.call("hq", "POST", "/tokens", sent).json
    return added["token"], UUID(added["id"])
