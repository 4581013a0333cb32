"""Sites: find, add, change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid, not_found
from audit_api.models import Region, RegionAncestor, Site
from audit_api.readers.cells import time_zones
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.sites import organisations
from audit_api.services.totals import folding
from audit_api.services.totals.folding import Membership
from audit_api.services.visits import feeds


def listed(
    *,
    by: Who,
    region_id: UUID | None = None,
    kind: str | None = None,
    code: str | None = None,
    text: str | None = None,
) -> sa.Select[Site]:
    """Return the sites that `by` may see: of a region and all below it, of a kind, of a code, with
    a text in their code or name."""
    access.require(by, Permission.SITE_READ)
    select = access.visible_sites(by)
    if region_id is not None:
        below = sa.select(RegionAncestor.region_id).where(RegionAncestor.ancestor_id == region_id)
        select = select.where(Site.region_id.in_(below))
    if kind is not None:
        select = select.where(Site.kind == kind)
    if code is not None:
        select = select.where(Site.code == code)
    if text is not None:
        holds = [column.icontains(text, autoescape=True) for column in (Site.code, Site.name)]
        select = select.where(sa.or_(*holds))
    return select


def find(site_id: UUID, *, by: Who) -> Site:
    """Return the site, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, Permission.SITE_READ)
    return _get(site_id, by)


def find_to_change(site_id: UUID, fields: Collection[str], *, by: Who) -> Site:
    """Return the site whose `fields` are to change; raise NOT_FOUND or FORBIDDEN.

    Where its membership may change, its organisation is locked first: whoever imports or folds
    locks the organisation before its sites, and two orders would end in a deadlock.
    """
    if any(name in fields for name in Membership._fields):
        organisations.lock(by=by)
    site = _get(site_id, by)
    access.require(by, Permission.SITE_WRITE)
    return site


def add(*, by: Who, now: datetime, **fields: Any) -> Site:
    """Add a site to a region that `by` may see; raise INVALID with every fault, or CONFLICT."""
    access.require(by, Permission.SITE_WRITE)
    _check(by, fields)
    site = Site(organisation_id=by.organisation_id, **({"kind": "own"} | fields))
    _flush_unique(site)
    activity.record(by, Permission.SITE_WRITE, site.id, now=now, added=fields["code"])
    return site


def change(site: Site, *, by: Who, now: datetime, **fields: Any) -> None:
    """Change a site; its auditors' feeds tell of it."""
    access.require(by, Permission.SITE_WRITE)
    _check(by, fields)
    before = Membership(site.region_id, site.kind)
    after = before._replace(**{name: fields[name] for name in Membership._fields if name in fields})
    folding.move(site.organisation_id, site.id, before, after)
    for name, value in fields.items():
        setattr(site, name, value)
    site.version += 1
    _flush_unique(site)
    feeds.announce_site(site.id)
    activity.record(by, Permission.SITE_WRITE, site.id, now=now, changed=sorted(fields))


def _get(site_id: UUID, by: Who) -> Site:
    site = db.session.scalar(access.visible_sites(by).where(Site.id == site_id))
    if site is None:
        raise not_found("site")
    return site


def _check(by: Who, fields: dict[str, Any]) -> None:
    faults = []
    if "time_zone" in fields and fields["time_zone"] not in time_zones():
        faults.append(Fault("/time_zone", "time_zone", {"sent": fields["time_zone"]}))
    if "region_id" in fields and not _region_is_visible(by, fields["region_id"]):
        faults.append(Fault("/region_id", "unknown_reference", {"noun": "region"}))
    if faults:
        raise invalid(*faults)


def _region_is_visible(by: Who, region_id: UUID) -> bool:
    region = access.to_refer_to(access.visible_regions(by).where(Region.id == region_id))
    return db.session.scalar(region) is not None


def _flush_unique(site: Site) -> None:
    db.session.add(site)
    code = site.code  # after a failure it could not be read
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(Kind.CONFLICT, noun="site", member="code", value=code) from None
