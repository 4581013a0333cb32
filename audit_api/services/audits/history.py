"""The history of an audit: who did what with it, when, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Activity, IntegrationToken, User
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import audits


class ActorKind(StrEnum):
    PERSON = "person"
    INTEGRATION = "integration"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted; the system's own commands have neither id nor name."""

    kind: ActorKind
    id: UUID | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the permission that it needed, the move that it was, and the reason given."""

    verb: str
    action: str | None
    note: str | None
    details: Mapping[str, Any]
    actor: Actor
    at: datetime


def of_audit(audit_id: UUID, *, by: Who) -> list[Act]:
    """Return every act on an audit, oldest first.

    Raises NOT_FOUND, or FORBIDDEN for whoever may not know who made the audit: it is the first act.
    """
    audit = audits.find(audit_id, by=by)
    access.require(by, Permission.AUDIT_IDENTIFY)
    rows = db.session.scalars(
        sa.select(Activity).where(Activity.subject_id == audit.id).order_by(Activity.id)
    ).all()
    actors = _actors({row.actor_id for row in rows if row.actor_id is not None})
    return [_act(row, actors) for row in rows]


def _act(row: Activity, actors: Mapping[UUID | None, Actor]) -> Act:
    details = dict(row.details)
    action, note = details.pop("action", None), details.pop("note", None)
    actor = actors.get(row.actor_id, Actor(ActorKind.SYSTEM))
    return Act(row.verb, action, note, details, actor, row.at)


def _actors(ids: Collection[UUID]) -> dict[UUID | None, Actor]:
    found: dict[UUID | None, Actor] = {}
    for kind, table in ((ActorKind.PERSON, User), (ActorKind.INTEGRATION, IntegrationToken)):
        rows = db.session.execute(sa.select(table.id, table.name).where(table.id.in_(ids)))
        found |= {id_: Actor(kind, id_, name) for id_, name in rows}
    return found
