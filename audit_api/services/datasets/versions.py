"""The versions of checklists that data sets tell of."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Checklist, ChecklistVersion
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published


def published(by: Who, checklist: str | None = None) -> Iterator[Published]:
    """Yield every published version that `by` may see, or those of one checklist by its key, in the
    order in which they were made."""
    select = (
        access.visible_versions(by)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .with_only_columns(ChecklistVersion.digest)
        .where(ChecklistVersion.digest.is_not(None))
        .order_by(ChecklistVersion.id)
    )
    if checklist is not None:
        select = select.where(Checklist.key == checklist)
    for digest in db.session.scalars(select).all():
        version = compiled.by_digest(by.organisation_id, digest or "")
        assert version is not None, "what was published is never deleted"
        yield version


def ids(checklist: str) -> sa.Select[UUID]:
    """Return the ids of all versions that have a key, of any organisation."""
    return (
        sa.select(ChecklistVersion.id)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(Checklist.key == checklist)
    )
