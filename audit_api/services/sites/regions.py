"""Regions: the organisation's tree, and the table that says what lies below what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid, not_found
from audit_api.models import Region, RegionAncestor, Site, User, UserRegion
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.sites import organisations
from audit_api.services.totals import folding

MAX_LEVELS = 20
"""No company's tree is so deep: a country, its provinces, cities and streets make four levels."""
MAX_AT_ONCE = 1_000
"""Regions named in one statement: SQLite takes 32,766 variables, PostgreSQL 65,535."""
Named = dict[str, object]
MAX_NAMED = 10
"""Things of a kind that are named where a region cannot be deleted."""


def listed(*, by: Who, parent_id: UUID | None = None, code: str | None = None) -> sa.Select[Region]:
    """Return the regions that `by` may see: those right under a parent, the one of a code."""
    access.require(by, Permission.REGION_READ)
    select = access.visible_regions(by)
    if parent_id is not None:
        select = select.where(Region.parent_id == parent_id)
    if code is not None:
        select = select.where(Region.code == code)
    return select


def find(region_id: UUID, *, by: Who) -> Region:
    """Return the region, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, Permission.REGION_READ)
    return _get(Region.id == region_id, by)


def find_code(code: str, *, by: Who) -> Region:
    """Return the region of this code, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, Permission.REGION_READ)
    return _get(Region.code == code, by)


def find_to_change(region_id: UUID, *, by: Who) -> Region:
    """Return the region as nobody else can change it now: the organisation's tree is locked."""
    access.require(by, Permission.REGION_WRITE)
    organisations.lock(by=by)
    return _get(Region.id == region_id, by)


def add(*, by: Who, now: datetime, code: str, name: str, parent_id: UUID | None = None) -> Region:
    """Add a region, a root or under a parent; raise INVALID, as below MAX_LEVELS, or CONFLICT."""
    access.require(by, Permission.REGION_WRITE)
    organisations.lock(by=by)
    _check_parent(by, parent_id)
    region = Region(organisation_id=by.organisation_id, code=code, name=name, parent_id=parent_id)
    db.session.add(region)
    _flush_unique(code)
    place([region.id])
    activity.record(by, Permission.REGION_WRITE, region.id, now=now, added=code)
    return region


def change(region: Region, *, by: Who, now: datetime, **fields: Any) -> None:
    """Rename a region of `find_to_change` or move it, with all below it, under another parent."""
    access.require(by, Permission.REGION_WRITE)
    moved = "parent_id" in fields and fields["parent_id"] != region.parent_id
    if moved:
        _check_parent(by, fields["parent_id"], region=region)
    for name, value in fields.items():
        setattr(region, name, value)
    region.version += 1
    _flush_unique(fields.get("code"))
    if moved:
        place([region.id])
    activity.record(by, Permission.REGION_WRITE, region.id, now=now, changed=sorted(fields))


def delete(region: Region, *, by: Who, now: datetime) -> None:
    """Delete a region of `find_to_change`; raise NOT_EMPTY with what it still holds: sites, regions
    below it, users who were granted it."""
    access.require(by, Permission.REGION_WRITE)
    # Whoever puts a site or a grant into it at this moment waits, and finds it gone.
    db.session.refresh(region, with_for_update=True)
    if held := list(_held(region)):
        raise Problem(Kind.NOT_EMPTY, faults=held)
    db.session.execute(sa.delete(RegionAncestor).where(RegionAncestor.region_id == region.id))
    folding.forget(region.id)
    db.session.delete(region)
    db.session.flush()
    activity.record(by, Permission.REGION_WRITE, region.id, now=now, deleted=region.code)


def place(region_ids: Sequence[UUID]) -> None:
    """Write anew the ancestors of these regions and of all below them.

    The parents are flushed and form no cycle, in which the statement would never end.
    """
    for start in range(0, len(region_ids), MAX_AT_ONCE):
        batch = region_ids[start : start + MAX_AT_ONCE]
        below = _below(batch)
        db.session.execute(
            sa.delete(RegionAncestor)
            .where(RegionAncestor.region_id.in_(sa.select(below.c.id)))
            .execution_options(synchronize_session=False)
        )
        paths = _paths(_below(batch))
        db.session.execute(
            sa.insert(RegionAncestor).from_select(["region_id", "ancestor_id"], paths)
        )


def _get(condition: sa.ColumnElement[bool], by: Who) -> Region:
    region = db.session.scalar(access.visible_regions(by).where(condition))
    if region is None:
        raise not_found("region")
    return region


def _held(region: Region) -> Iterator[Fault]:
    """Yield what stands in the way of deleting a region, each kind of thing by its names."""
    grants = sa.select(UserRegion.user_id).where(UserRegion.region_id == region.id)
    if sites := _named(Site.code, Site.region_id == region.id):
        yield Fault("", "region_holds_sites", sites)
    if below := _named(Region.code, Region.parent_id == region.id):
        yield Fault("", "region_holds_regions", below)
    if users := _named(User.email, User.id.in_(grants)):
        yield Fault("", "region_is_granted", users)


def _named(name: sa.orm.InstrumentedAttribute[str], inside: sa.ColumnElement[bool]) -> Named:
    names = db.session.scalars(sa.select(name).where(inside).order_by(name)).all()
    if not names:
        return {}
    more = ["…"] if len(names) > MAX_NAMED else []
    return {"count": len(names), "names": [*names[:MAX_NAMED], *more]}


def _below(region_ids: Iterable[UUID]) -> sa.CTE:
    below = sa.select(Region.id).where(Region.id.in_(region_ids)).cte("below", recursive=True)
    return below.union(sa.select(Region.id).join(below, Region.parent_id == below.c.id))


def _paths(below: sa.CTE) -> sa.Select[UUID, UUID]:
    paths = sa.select(below.c.id.label("region_id"), below.c.id.label("ancestor_id")).cte(
        "paths", recursive=True
    )
    up = (
        sa.select(paths.c.region_id, Region.parent_id)
        .join(Region, Region.id == paths.c.ancestor_id)
        .where(Region.parent_id.is_not(None))
    )
    paths = paths.union_all(up)
    return sa.select(paths.c.region_id, paths.c.ancestor_id)


def _check_parent(by: Who, parent_id: UUID | None, region: Region | None = None) -> None:
    if parent_id is None:
        return
    regions = access.visible_regions(by).where(Region.id == parent_id)
    if db.session.scalar(regions) is None:
        raise invalid(Fault("/parent_id", "unknown_reference", {"noun": "region"}))
    if region is not None and db.session.get(RegionAncestor, (parent_id, region.id)) is not None:
        raise invalid(Fault("/parent_id", "region_cycle", {"code": region.code}))
    if _level(parent_id) + (1 if region is None else _height(region)) > MAX_LEVELS:
        raise invalid(Fault("/parent_id", "region_too_deep", {"max": MAX_LEVELS}))


def _level(region_id: UUID) -> int:
    """The level of a region; a root's is 1."""
    above = RegionAncestor.region_id == region_id
    return db.session.scalar(sa.select(sa.func.count()).where(above)) or 0


def _height(region: Region) -> int:
    """How many levels a region and all below it take."""
    below = sa.select(RegionAncestor.region_id).where(RegionAncestor.ancestor_id == region.id)
    levels = (
        sa.select(sa.func.count().label("level"))
        .where(RegionAncestor.region_id.in_(below))
        .group_by(RegionAncestor.region_id)
        .subquery()
    )
    deepest = db.session.scalar(sa.select(sa.func.max(levels.c.level))) or 0
    return deepest - _level(region.id) + 1


def _flush_unique(code: str | None) -> None:
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(Kind.CONFLICT, noun="region", member="code", value=code) from None
