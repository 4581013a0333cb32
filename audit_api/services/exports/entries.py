"""What an export holds: its entries in order, and those that are not drawn yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, DrawnReport, ExportEntry, Site
from audit_api.rules.lifecycle import COUNTED
from audit_api.services.access import Who
from audit_api.services.audits import queue
from audit_api.services.audits.queue import Filter
from audit_api.services.documents.editions import Edition

_OPEN = sa.and_(ExportEntry.digest.is_(None), ExportEntry.left_out.is_(None))


class Undrawn(NamedTuple):
    """An entry that somebody has to draw."""

    position: int
    audit_id: UUID


class Packable(NamedTuple):
    """An entry with the drawn report that it is; `digest` is None for what was left out, `place`
    where it begins in the file, once it is in it."""

    position: int
    audit_id: UUID
    file_name: str | None
    digest: str | None
    left_out: str | None
    place: int | None
    sha256: str | None
    crc32: int | None
    size: int | None


def plan(export_id: UUID, wanted: Filter, edition: Edition, *, by: Who) -> int:
    """Write an entry for each audit that a filter finds, by site and day; return how many.

    A site may not learn of what does not count yet: it is left out of what is handed on to it.
    """
    hidden = Audit.state.not_in(COUNTED) if edition is Edition.ANONYMOUS else sa.false()
    order = (Site.code, Audit.business_date, Audit.id)
    found = (
        queue.matching(wanted, by=by)
        .join(Site, Site.id == Audit.site_id)
        .with_only_columns(
            sa.literal(export_id, sa.Uuid),
            sa.func.row_number().over(order_by=order) - 1,
            Audit.id,
            sa.case((hidden, "not_counted"), else_=sa.null()),
        )
    )
    columns = ["export_id", "position", "audit_id", "left_out"]
    db.session.execute(sa.insert(ExportEntry).from_select(columns, found))
    return count(export_id)


def count(export_id: UUID) -> int:
    """Return how many entries there are."""
    return _count(ExportEntry.export_id == export_id)


def undrawn_count(export_id: UUID) -> int:
    """Return how many of them somebody has to draw yet."""
    return _count(ExportEntry.export_id == export_id, _OPEN)


def undrawn(export_id: UUID, *, stripe: int, stripes: int, limit: int) -> Sequence[Undrawn]:
    """Return the first entries of a stripe, every `stripes`th entry, that are not drawn."""
    rows = db.session.execute(
        sa.select(ExportEntry.position, ExportEntry.audit_id)
        .where(
            ExportEntry.export_id == export_id,
            ExportEntry.position % stripes == stripe,
            _OPEN,
        )
        .order_by(ExportEntry.position)
        .limit(limit)
    )
    return [Undrawn(*row) for row in rows]


def note(export_id: UUID, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write members of entries, each with its `position`, all in one go."""
    changes = [{"export_id": export_id, **row} for row in rows]
    if changes:
        # By their keys, and not one after the other: a part may hold thousands.
        db.session.execute(sa.update(ExportEntry), changes)


def packable(export_id: UUID, *, start: int, limit: int | None = None) -> Sequence[Packable]:
    """Return entries from a position on, in order."""
    export = sa.orm.aliased(ExportEntry)
    rows = db.session.execute(
        sa.select(
            *(export.position, export.audit_id, export.file_name, export.digest, export.left_out),
            export.place,
            *(DrawnReport.sha256, DrawnReport.crc32, DrawnReport.size),
        )
        .join(Audit, Audit.id == export.audit_id)
        .outerjoin(
            DrawnReport,
            sa.and_(
                DrawnReport.organisation_id == Audit.organisation_id,
                DrawnReport.digest == export.digest,
            ),
        )
        .where(export.export_id == export_id, export.position >= start)
        .order_by(export.position)
        .limit(limit)
    )
    return [Packable(*row) for row in rows]


def forget(export_id: UUID) -> None:
    """Delete the entries of an export that nobody can fetch any more."""
    db.session.execute(sa.delete(ExportEntry).where(ExportEntry.export_id == export_id))


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).where(*conditions)).one()
