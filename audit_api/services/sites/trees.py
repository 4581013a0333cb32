"""The regions that somebody may see, as the tree that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from audit_api.database import db
from audit_api.models import Region
from audit_api.services.access import Who
from audit_api.services.sites import regions


class Branch(NamedTuple):
    """A region at its `level` below the highest that the reader sees, whose own is 0; those have no
    `parent_id`."""

    id: UUID
    code: str
    name: str
    parent_id: UUID | None
    level: int


def tree(*, by: Who) -> Sequence[Branch]:
    """Return the regions that `by` may see, each right before those below it, neighbours by code;
    raise FORBIDDEN."""
    found = db.session.scalars(regions.listed(by=by).order_by(Region.code)).all()
    seen = {region.id for region in found}
    below: dict[UUID | None, list[Region]] = {}
    for region in found:
        below.setdefault(region.parent_id if region.parent_id in seen else None, []).append(region)
    return [*_grown(below, None, 0)]


def above(branches: Sequence[Branch], region_id: UUID) -> Sequence[Branch]:
    """Return the regions that a region lies in, the highest first, and the region itself."""
    by_id = {branch.id: branch for branch in branches}
    path: list[Branch] = []
    branch = by_id.get(region_id)
    while branch is not None:
        path.insert(0, branch)
        branch = by_id.get(branch.parent_id) if branch.parent_id else None
    return path


def _grown(
    below: Mapping[UUID | None, Sequence[Region]], parent_id: UUID | None, level: int
) -> Iterator[Branch]:
    for region in below.get(parent_id, ()):
        yield Branch(region.id, region.code, region.name, parent_id, level)
        yield from _grown(below, region.id, level + 1)
