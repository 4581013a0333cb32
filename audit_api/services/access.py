"""Who acts, and who may see what.

`visible_*` says which rows each person may see: every look-up starts there, so a foreign thing is
not refused, it is simply not found.  `rules.permissions` says what each role may do.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.database.statements import Statement, parameter
from audit_api.errors import Kind, Problem, not_found
from audit_api.models import (
    Assignment,
    Audit,
    Campaign,
    Checklist,
    ChecklistVersion,
    Export,
    FeedEntry,
    IntegrationToken,
    Job,
    Region,
    RegionAncestor,
    Site,
    User,
    UserRegion,
)
from audit_api.rules.lifecycle import COUNTED, VersionState
from audit_api.rules.permissions import (
    INTEGRATION,
    INTEGRATION_GRANTS,
    Permission,
    Role,
    permissions_of,
)

SYSTEM_ID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever acts: a user, an integration, or the system's own commands."""

    id: UUID
    organisation_id: UUID
    role: str
    locale: str
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def user_who(user: User) -> Who:
    return Who(user.id, user.organisation_id, user.role, user.locale, permissions_of(user.role))


def active_auditor(audit_id: UUID) -> Who | None:
    """Return who made an audit; None where nobody did, or who did may not log in any more."""
    rows = _ACTIVE_AUDITOR.rows(audit=audit_id)
    if not rows:
        return None
    id_, organisation_id, role, locale = rows[0]
    return Who(id_, organisation_id, role, locale, permissions_of(role))


_ACTIVE_AUDITOR = Statement(
    sa.select(User.id, User.organisation_id, User.role, User.locale)
    .join(Audit, Audit.auditor_id == User.id)
    .where(Audit.id == parameter("audit"), User.active)
)


def integration_who(token: IntegrationToken) -> Who:
    permissions = frozenset(
        permission for permission in INTEGRATION_GRANTS if permission in token.permissions
    )
    return Who(token.id, token.organisation_id, INTEGRATION, "en", permissions)


def system_who(organisation_id: UUID, locale: str = "en") -> Who:
    """Return the actor of commands that an operator runs beside the database."""
    return Who(SYSTEM_ID, organisation_id, Role.HQ, locale, permissions_of(Role.HQ))


def find_who(id_: UUID, organisation_id: UUID) -> Who | None:
    """Return who asked for something, with what may be done today; None for somebody who may not
    log in any more."""
    if id_ == SYSTEM_ID:
        return system_who(organisation_id)
    user = db.session.get(User, id_)
    if user is not None:
        return user_who(user) if user.active else None
    token = db.session.get(IntegrationToken, id_)
    return integration_who(token) if token is not None and token.revoked_at is None else None


def as_site(by: Who) -> Who:
    """Return `by` as one who may learn no more than a site: for what is handed on to it."""
    return replace(by, permissions=by.permissions - {Permission.AUDIT_IDENTIFY})


def require(by: Who, permission: Permission) -> None:
    """Raise FORBIDDEN unless `by` holds `permission`."""
    if permission not in by.permissions:
        raise Problem(Kind.FORBIDDEN, permission=permission)


def knows_auditor(by: Who, audit: Audit) -> bool:
    """Return whether `by` may know whose visit an audit was: the office, and the auditor."""
    return by.may(Permission.AUDIT_IDENTIFY) or by.id == audit.auditor_id


def knows_auditors(by: Who) -> bool:
    """Return whether `by` may know of every audit that it sees who made it."""
    return by.may(Permission.AUDIT_IDENTIFY) or by.role == Role.AUDITOR


def require_knowing(by: Who) -> None:
    """Raise FORBIDDEN unless `by` may know of every audit that it sees who made it, and when."""
    if not knows_auditors(by):
        require(by, Permission.AUDIT_IDENTIFY)


def visible_regions(by: Who) -> sa.Select[Region]:
    regions = sa.select(Region).where(Region.organisation_id == by.organisation_id)
    return (
        regions.where(Region.id.in_(_granted_regions(by))) if by.role == Role.MANAGER else regions
    )


def to_refer_to(regions: sa.Select[Region]) -> sa.Select[Region]:
    """Return regions so that nobody deletes them while the transaction comes to refer to them."""
    return regions.with_for_update(read=True, key_share=True)


def visible_sites(by: Who) -> sa.Select[Site]:
    sites = sa.select(Site).where(Site.organisation_id == by.organisation_id)
    if by.role == Role.MANAGER:
        return sites.where(Site.region_id.in_(_granted_regions(by)))
    if by.role == Role.AUDITOR:
        site_ids = sa.select(Assignment.site_id).where(Assignment.auditor_id == by.id)
        return sites.where(Site.id.in_(site_ids))
    return sites


def visible_users(by: Who) -> sa.Select[User]:
    return sa.select(User).where(User.organisation_id == by.organisation_id)


def visible_tokens(by: Who) -> sa.Select[IntegrationToken]:
    return sa.select(IntegrationToken).where(IntegrationToken.organisation_id == by.organisation_id)


def visible_checklists(by: Who) -> sa.Select[Checklist]:
    return sa.select(Checklist).where(Checklist.organisation_id == by.organisation_id)


def visible_versions(by: Who) -> sa.Select[ChecklistVersion]:
    """Versions: HQ sees drafts too, an auditor only what own assignments ask for."""
    versions = sa.select(ChecklistVersion).where(
        ChecklistVersion.organisation_id == by.organisation_id
    )
    if by.may(Permission.CHECKLIST_WRITE):
        return versions
    versions = versions.where(ChecklistVersion.state != VersionState.DRAFT)
    if by.role == Role.AUDITOR:
        version_ids = (
            sa.select(Campaign.checklist_version_id)
            .join(Assignment, Assignment.campaign_id == Campaign.id)
            .where(Assignment.auditor_id == by.id)
        )
        return versions.where(ChecklistVersion.id.in_(version_ids))
    return versions


def visible_campaigns(by: Who) -> sa.Select[Campaign]:
    return sa.select(Campaign).where(Campaign.organisation_id == by.organisation_id)


def visible_assignments(by: Who) -> sa.Select[Assignment]:
    assignments = sa.select(Assignment).where(Assignment.organisation_id == by.organisation_id)
    return (
        assignments.where(Assignment.auditor_id == by.id)
        if by.role == Role.AUDITOR
        else assignments
    )


def held_assignments(by: Who) -> sa.Select[Assignment]:
    """Assignments that an auditor has or once had: the phone may not yet know what it has lost."""
    announced_ids = sa.select(FeedEntry.assignment_id).where(FeedEntry.user_id == by.id)
    return sa.select(Assignment).where(
        Assignment.organisation_id == by.organisation_id,
        sa.or_(Assignment.auditor_id == by.id, Assignment.id.in_(announced_ids)),
    )


def visible_audits(by: Who) -> sa.Select[Audit]:
    """Audits: an auditor's own; a manager's of the regions granted.  Who may not know the auditors
    sees those that count alone: what arrives, or is under review, tells when a site was visited.
    """
    audits = sa.select(Audit).where(Audit.organisation_id == by.organisation_id)
    if by.role == Role.AUDITOR:
        return audits.where(Audit.auditor_id == by.id)
    if by.role == Role.MANAGER:
        sites = sa.select(Site.id).where(Site.region_id.in_(_granted_regions(by)))
        audits = audits.where(Audit.site_id.in_(sites))
    return audits if by.may(Permission.AUDIT_IDENTIFY) else audits.where(Audit.state.in_(COUNTED))


def granted_regions(by: Who) -> list[UUID] | None:
    """Return the regions that a manager is granted, in one order; None for one who is bound to no
    region."""
    if by.role != Role.MANAGER:
        return None
    regions = sa.select(UserRegion.region_id).where(UserRegion.user_id == by.id)
    return [*db.session.scalars(regions.order_by(UserRegion.region_id))]


def require_granted(regions: Collection[UUID] | None, by: Who) -> None:
    """Raise NOT_FOUND unless `by` is still granted all these regions; None is all there are."""
    granted = granted_regions(by)
    if granted is not None and (regions is None or not {*regions} <= {*granted}):
        raise not_found("region")


def _granted_regions(by: Who) -> sa.Select[Any]:
    return (
        sa.select(RegionAncestor.region_id)
        .join(UserRegion, UserRegion.region_id == RegionAncestor.ancestor_id)
        .where(UserRegion.user_id == by.id)
    )


def visible_exports(by: Who) -> sa.Select[Export]:
    """Exports: one's own."""
    return (
        sa.select(Export)
        .join(Job, Job.id == Export.id)
        .where(Export.organisation_id == by.organisation_id, Job.owner_id == by.id)
    )
