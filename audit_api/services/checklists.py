"""Checklists: drafted, published under a digest for ever, retired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db, upsert
from audit_api.errors import Kind, Problem, not_found
from audit_api.models import Checklist, ChecklistVersion
from audit_api.rules import checklist as rules
from audit_api.services import access, activity
from audit_api.services.access import Who


def listed(*, by: Who, key: str | None = None, state: str | None = None) -> sa.Select[Any]:
    """Return the versions that `by` may see, of a key, in a state."""
    access.require(by, "checklist.read")
    select = access.visible_versions(by)
    if key is not None:
        select = select.join(Checklist, Checklist.id == ChecklistVersion.checklist_id).where(
            Checklist.key == key
        )
    return select if state is None else select.where(ChecklistVersion.state == state)


def find(version_id: UUID, *, by: Who) -> ChecklistVersion:
    """Return a version, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, "checklist.read")
    version = db.session.scalar(
        access.visible_versions(by).where(ChecklistVersion.id == version_id)
    )
    if version is None:
        raise not_found("checklist version")
    return version


def published(digest: str, *, by: Who) -> ChecklistVersion:
    """Return the version published under `digest`; raise NOT_FOUND where `by` may not see it."""
    access.require(by, "checklist.read")
    version = db.session.scalar(
        access.visible_versions(by).where(ChecklistVersion.digest == digest)
    )
    if version is None:
        raise not_found("checklist version")
    return version


def draft(document: Mapping[str, Any], *, by: Who, now: datetime) -> ChecklistVersion:
    """Add a version under the document's own key; raise INVALID with every fault in it."""
    access.require(by, "checklist.write")
    parsed = rules.parse(document)
    checklist = _under_key(parsed.key, by=by, now=now)
    version = ChecklistVersion(
        organisation_id=by.organisation_id,
        checklist_id=checklist.id,
        number=_next_number(checklist),
        state="draft",
        title=dict(parsed.title),
        document=_canonical(parsed),
    )
    db.session.add(version)
    db.session.flush()
    activity.record(by, "checklist.write", version.id, now=now, drafted=version.number)
    return version


def publish(version: ChecklistVersion, *, by: Who, now: datetime) -> None:
    """Fix a draft for ever: its bytes, digest and scoring key.

    Raises MOVE_NOT_ALLOWED unless it is a draft, CONFLICT where the same content is published.
    """
    access.require(by, "checklist.write")
    _require_state(version, "draft", "publish")
    parsed = rules.parse(orjson.loads(version.document))
    version.state, version.digest = "published", rules.digest(parsed)
    version.scoring_key = rules.scoring_key(parsed)
    version.published_at = now
    version.version += 1
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(
            Kind.CONFLICT, noun="checklist version", member="digest", value=rules.digest(parsed)
        ) from None
    activity.record(by, "checklist.write", version.id, now=now, published=version.digest)


def retire(version: ChecklistVersion, *, by: Who, now: datetime) -> None:
    """Take a version out of use for new campaigns; its audits are accepted for ever."""
    access.require(by, "checklist.write")
    _require_state(version, "published", "retire")
    version.state = "retired"
    version.version += 1
    db.session.flush()
    activity.record(by, "checklist.write", version.id, now=now, retired=version.digest)


def _require_state(version: ChecklistVersion, state: str, action: str) -> None:
    if version.state != state:
        accepted = {"draft": ["publish"], "published": ["retire"], "retired": []}[version.state]
        raise Problem(Kind.MOVE_NOT_ALLOWED, state=version.state, action=action, accepted=accepted)


def _under_key(key: str, *, by: Who, now: datetime) -> Checklist:
    db.session.execute(
        upsert(Checklist)
        .values(organisation_id=by.organisation_id, key=key, created_at=now)
        .on_conflict_do_nothing(index_elements=["organisation_id", "key"])
    )
    # Locked, so that two drafts at once get two numbers.
    return db.session.scalars(
        access.visible_checklists(by).where(Checklist.key == key).with_for_update()
    ).one()


def _next_number(checklist: Checklist) -> int:
    last = db.session.scalar(
        sa.select(sa.func.max(ChecklistVersion.number)).where(
            ChecklistVersion.checklist_id == checklist.id
        )
    )
    return (last or 0) + 1


def _canonical(parsed: rules.Checklist) -> str:
    return orjson.dumps(rules.document(parsed), option=orjson.OPT_SORT_KEYS).decode()
