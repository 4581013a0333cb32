"""What a scorecard is of: a site, a region with all below it, the organisation, a campaign.

Figures may also be of all regions that a manager was granted, which is no subject of a card.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.database.statements import Statement, parameter
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
    VisitTotal,
)
from audit_api.rules.permissions import Permission, Role, permissions_of
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.words import DEFAULT_LOCALE


class SubjectKind(StrEnum):
    SITE = "site"
    REGION = "region"
    ORGANISATION = "organisation"
    CAMPAIGN = "campaign"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures are read; `id` is the manager's, where they are of all regions granted."""

    kind: SubjectKind
    id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class Subject(Scope):
    """What a scorecard is of; `region_id` is a site's own region."""

    code: str | None
    name: str
    region_id: UUID | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """Where the figures of a scope are.

    `folded` chooses among `FoldedTotal`, `changes` among `TotalChange` joined with `Site`,
    `sites` among `Site`, `visits` among `VisitTotal` and `assignments` among `Assignment`, both
    joined with `Site`.
    """

    folded: sa.ColumnElement[bool]
    changes: sa.ColumnElement[bool]
    sites: sa.ColumnElement[bool]
    visits: sa.ColumnElement[bool]
    assignments: sa.ColumnElement[bool]


_ORGANISATION = Statement(
    sa.select(Organisation.code, Organisation.name).where(Organisation.id == parameter("id"))
)

Id = UUID | sa.BindParameter[Any]


def places(kind: SubjectKind, scope_id: Id, organisation_id: Id) -> Places:
    """Return where the figures of a scope of this kind are."""
    own = sa.and_(Site.organisation_id == organisation_id, Site.kind == "own")
    match kind:
        case SubjectKind.SITE:
            return Places(
                FoldedTotal.scope_id == scope_id,
                TotalChange.site_id == scope_id,
                Site.id == scope_id,
                VisitTotal.site_id == scope_id,
                Assignment.site_id == scope_id,
            )
        case SubjectKind.REGION:
            return _of_regions(own, _below(scope_id))
        case SubjectKind.GRANTED:
            granted = access.visible_regions(_somebody(Role.MANAGER, scope_id, organisation_id))
            return _of_regions(own, granted.with_only_columns(Region.id))
        case SubjectKind.ORGANISATION:
            return Places(FoldedTotal.scope_id == scope_id, own, own, own, own)
        case SubjectKind.CAMPAIGN:
            site_ids = sa.select(VisitTotal.site_id).where(VisitTotal.campaign_id == scope_id)
            return Places(
                FoldedTotal.scope_id == scope_id,
                sa.and_(own, TotalChange.campaign_id == scope_id),
                sa.and_(own, Site.id.in_(site_ids)),
                sa.and_(own, VisitTotal.campaign_id == scope_id),
                sa.and_(own, Assignment.campaign_id == scope_id),
            )


def competitors(kind: SubjectKind, scope_id: Id, organisation_id: Id) -> sa.ColumnElement[bool]:
    """Return the condition on `Site` that chooses the competitors' sites of a region with all below
    it, or of the organisation; of no other kind are any told."""
    theirs = sa.and_(Site.organisation_id == organisation_id, Site.kind == "competitor")
    match kind:
        case SubjectKind.REGION:
            return sa.and_(theirs, Site.region_id.in_(_below(scope_id)))
        case SubjectKind.ORGANISATION:
            return theirs
        case _:
            raise ValueError(f"no competitors are told of a {kind}")


def _below(region_id: Id) -> sa.Select[Any]:
    """A region with all below it."""
    return sa.select(RegionAncestor.region_id).where(RegionAncestor.ancestor_id == region_id)


def _of_regions(own: sa.ColumnElement[bool], regions: sa.Select[Any]) -> Places:
    inside = sa.and_(own, Site.region_id.in_(regions))
    return Places(FoldedTotal.scope_id.in_(regions), inside, inside, inside, inside)


def site(site_id: UUID, *, by: Who) -> Subject:
    """Return the site as a subject; raise NOT_FOUND where `by` may not see it."""
    access.require(by, Permission.SCORECARD_READ)
    rows = _site(by.role).rows(site_id=site_id, id=by.id, organisation_id=by.organisation_id)
    if not rows:
        raise not_found("site")
    ((_, code, name, region_id, kind),) = rows
    own = kind == "own"
    return Subject(SubjectKind.SITE, site_id, by.organisation_id, code, name, region_id, own)


def region(region_id: UUID, *, by: Who) -> Subject:
    """Return the region with all below it; raise NOT_FOUND where `by` may not see it."""
    access.require(by, Permission.SCORECARD_READ)
    rows = _region(by.role).rows(region_id=region_id, id=by.id, organisation_id=by.organisation_id)
    if not rows:
        raise not_found("region")
    ((_, code, name),) = rows
    return Subject(SubjectKind.REGION, region_id, by.organisation_id, code, name)


def network(*, by: Who) -> Scope:
    """Return the scope of all own sites; raise FORBIDDEN unless `by` may see them all."""
    access.require(by, Permission.SCORECARD_NETWORK)
    return Scope(SubjectKind.ORGANISATION, by.organisation_id, by.organisation_id)


def everywhere(*, by: Who) -> Scope:
    """Return the scope of all own sites that `by` may see; raise FORBIDDEN."""
    access.require(by, Permission.SCORECARD_READ)
    if by.role == Role.MANAGER:
        return Scope(SubjectKind.GRANTED, by.id, by.organisation_id)
    return network(by=by)


def organisation(*, by: Who) -> Subject:
    """Return the organisation with all its own sites; raise FORBIDDEN unless `by` may see all."""
    id = network(by=by).id
    ((code, name),) = _ORGANISATION.rows(id=id)
    return Subject(SubjectKind.ORGANISATION, id, id, code, name)


def campaign(campaign_id: UUID, *, by: Who) -> Subject:
    """Return a campaign with its visits to own sites; raise FORBIDDEN or NOT_FOUND."""
    access.require(by, Permission.SCORECARD_NETWORK)
    record = db.session.scalar(access.visible_campaigns(by).where(Campaign.id == campaign_id))
    if record is None:
        raise not_found("campaign")
    return Subject(SubjectKind.CAMPAIGN, record.id, by.organisation_id, None, record.name)


class OwnSites(NamedTuple):
    """Own sites: those that a person of a role may see, or those of a region and all below it;
    `id` is the person's or the region's."""

    role: str | None
    id: UUID
    organisation_id: UUID


def visible(region_id: UUID | None, *, by: Who) -> OwnSites:
    """Return the own sites that `by` may see, of a region and all below it where one is named;
    raise NOT_FOUND for a region that `by` may not see."""
    access.require(by, Permission.SCORECARD_READ)
    if region_id is None:
        return OwnSites(by.role, by.id, by.organisation_id)
    return OwnSites(None, region(region_id, by=by).id, by.organisation_id)


def own_sites(role: str | None) -> sa.ColumnElement[bool]:
    """Return the condition on `Site` that chooses by a role, or by a region; its parameters are
    `id` and `organisation_id`."""
    if role is None:
        return places(SubjectKind.REGION, parameter("id"), parameter("organisation_id")).sites
    condition = access.visible_sites(_anybody(role)).whereclause
    assert condition is not None, "nobody sees the sites of another organisation"
    return sa.and_(Site.kind == "own", condition)


@cache
def _site(role: str) -> Statement:
    site = access.visible_sites(_anybody(role)).where(Site.id == parameter("site_id"))
    return Statement(
        site.with_only_columns(Site.id, Site.code, Site.name, Site.region_id, Site.kind)
    )


@cache
def _region(role: str) -> Statement:
    region = access.visible_regions(_anybody(role)).where(Region.id == parameter("region_id"))
    return Statement(region.with_only_columns(Region.id, Region.code, Region.name))


def _anybody(role: str) -> Who:
    """Anybody of a role: `access` alone says what they may see, and it is compiled once."""
    return _somebody(role, parameter("id"), parameter("organisation_id"))


def _somebody(role: str, person: Any, organisation: Any) -> Who:
    return Who(person, organisation, role, DEFAULT_LOCALE, permissions_of(role))
