"""What came before an audit: the visit to its site before, and what its own revisions said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, ChecklistVersion, Revision
from audit_api.rules.lifecycle import COUNTED
from audit_api.services import access
from audit_api.services.access import Who


class Before(NamedTuple):
    """A revision that another took the place of: its number, and its answers by question."""

    number: int
    answers: Mapping[str, Mapping[str, Any]]


def visit(audit: Audit, *, by: Who) -> Audit | None:
    """Return the last visit that counts, of those to the same site by the same checklist on a day
    before; None where there was none."""
    checklist = (
        sa.select(ChecklistVersion.checklist_id)
        .where(ChecklistVersion.id == audit.checklist_version_id)
        .scalar_subquery()
    )
    return db.session.scalar(
        access.visible_audits(by)
        .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
        .where(
            Audit.site_id == audit.site_id,
            Audit.business_date < audit.business_date,
            Audit.state.in_(COUNTED),
            ChecklistVersion.checklist_id == checklist,
        )
        .order_by(Audit.business_date.desc(), Audit.id.desc())
        .limit(1)
    )


def revisions(audit: Audit, *, by: Who) -> Sequence[Before]:
    """Return the revisions of an audit that was found which a later one took the place of, the
    newest first; none to whoever may not know the auditor."""
    if audit.revision == 1 or not access.knows_auditor(by, audit):
        return ()
    rows = db.session.execute(
        sa.select(Revision.number, Revision.content)
        .where(
            Revision.audit_id == audit.id,
            Revision.standing == "superseded",
        )
        .order_by(Revision.number.desc())
    )
    return [Before(number, orjson.loads(content)["answers"]) for number, content in rows]
