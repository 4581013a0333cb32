"""What a scorecard is of: a site, a region with all below it, the organisation, a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.models import (
    Assignment,
    Campaign,
    FoldedTotal,
    Organisation,
    Region,
    RegionAncestor,
    Site,
    TotalChange,
)
from audit_api.services import access
from audit_api.services.access import Who


class SubjectKind(StrEnum):
    SITE = "site"
    REGION = "region"
    ORGANISATION = "organisation"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a scorecard is of, and where its figures are.

    `folded` chooses among `FoldedTotal`, `changes` among `TotalChange` joined with `Site`,
    `sites` among `Site`, `visits` among `Assignment` joined with `Site`.  `region_id` is a
    site's own region.
    """

    kind: SubjectKind
    id: UUID
    code: str | None
    name: str
    organisation_id: UUID
    folded: sa.ColumnElement[bool]
    changes: sa.ColumnElement[bool]
    sites: sa.ColumnElement[bool]
    visits: sa.ColumnElement[bool]
    region_id: UUID | None = None
    own: bool = True


def site(site_id: UUID, *, by: Who) -> Subject:
    """Return the site as a subject; raise NOT_FOUND where `by` may not see it."""
    access.require(by, "scorecard.read")
    found = db.session.scalar(access.visible_sites(by).where(Site.id == site_id))
    if found is None:
        raise not_found("site")
    return Subject(
        SubjectKind.SITE,
        found.id,
        found.code,
        found.name,
        by.organisation_id,
        FoldedTotal.scope_id == site_id,
        TotalChange.site_id == site_id,
        Site.id == site_id,
        Assignment.site_id == site_id,
        found.region_id,
        found.kind == "own",
    )


def region(region_id: UUID, *, by: Who) -> Subject:
    """Return the region with all below it; raise NOT_FOUND where `by` may not see it."""
    access.require(by, "scorecard.read")
    found = db.session.scalar(access.visible_regions(by).where(Region.id == region_id))
    if found is None:
        raise not_found("region")
    return of_region(found.id, found.code, found.name, by.organisation_id)


def of_region(region_id: UUID, code: str, name: str, organisation_id: UUID) -> Subject:
    """Return a region as a subject, whoever asks: a site is compared with the region it lies in."""
    below = sa.select(RegionAncestor.region_id).where(RegionAncestor.ancestor_id == region_id)
    sites = sa.and_(_own(organisation_id), Site.region_id.in_(below))
    return Subject(
        SubjectKind.REGION,
        region_id,
        code,
        name,
        organisation_id,
        FoldedTotal.scope_id.in_(below),
        sites,
        sites,
        sites,
    )


def organisation(*, by: Who) -> Subject:
    """Return the organisation with all its own sites; raise FORBIDDEN unless `by` may see all."""
    access.require(by, "scorecard.network")
    return of_organisation(by.organisation_id)


def of_organisation(organisation_id: UUID) -> Subject:
    """Return an organisation as a subject, whoever asks."""
    found = db.session.get_one(Organisation, organisation_id)
    sites = _own(organisation_id)
    return Subject(
        SubjectKind.ORGANISATION,
        found.id,
        found.code,
        found.name,
        organisation_id,
        FoldedTotal.scope_id == organisation_id,
        sites,
        sites,
        sites,
    )


def campaign(campaign_id: UUID, *, by: Who) -> Subject:
    """Return a campaign with its visits to own sites; raise FORBIDDEN or NOT_FOUND."""
    access.require(by, "scorecard.network")
    found = db.session.scalar(access.visible_campaigns(by).where(Campaign.id == campaign_id))
    if found is None:
        raise not_found("campaign")
    own = _own(by.organisation_id)
    visited = sa.select(Assignment.site_id).where(Assignment.campaign_id == campaign_id)
    return Subject(
        SubjectKind.CAMPAIGN,
        found.id,
        None,
        found.name,
        by.organisation_id,
        FoldedTotal.scope_id == campaign_id,
        sa.and_(own, TotalChange.campaign_id == campaign_id),
        sa.and_(own, Site.id.in_(visited)),
        sa.and_(own, Assignment.campaign_id == campaign_id),
    )


def visible(region_id: UUID | None, *, by: Who) -> sa.ColumnElement[bool]:
    """Return the condition on `Site` that leaves the own sites that `by` may see, of a region and
    all below it where one is named; raise NOT_FOUND for a region that `by` may not see."""
    access.require(by, "scorecard.read")
    if region_id is not None:
        return region(region_id, by=by).sites
    mine = access.visible_sites(by).with_only_columns(Site.id)
    return sa.and_(_own(by.organisation_id), Site.id.in_(mine))


def _own(organisation_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(Site.organisation_id == organisation_id, Site.kind == "own")
