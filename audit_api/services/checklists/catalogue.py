"""The checklists of an organisation, each with its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import defer

from audit_api.database import db
from audit_api.models import Checklist, ChecklistVersion
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who


def listed(*, by: Who) -> sa.Select[Checklist]:
    """Return the checklists of which `by` may see a version."""
    access.require(by, Permission.CHECKLIST_READ)
    seen = access.visible_versions(by).with_only_columns(ChecklistVersion.checklist_id)
    return access.visible_checklists(by).where(Checklist.id.in_(seen))


def versions_of(checklist_ids: Iterable[UUID], *, by: Who) -> Mapping[UUID, list[ChecklistVersion]]:
    """Return the versions that `by` may see of these checklists, by checklist, newest first."""
    access.require(by, Permission.CHECKLIST_READ)
    select = (
        access.visible_versions(by)
        .options(defer(ChecklistVersion.written))
        .where(ChecklistVersion.checklist_id.in_(checklist_ids))
        .order_by(ChecklistVersion.checklist_id, ChecklistVersion.number.desc())
    )
    found: dict[UUID, list[ChecklistVersion]] = defaultdict(list)
    for version in db.session.scalars(select):
        found[version.checklist_id].append(version)
    return found


def siblings(version: ChecklistVersion, *, by: Who) -> Sequence[ChecklistVersion]:
    """Return the other versions of the same checklist that `by` may see, newest first."""
    found = versions_of([version.checklist_id], by=by)[version.checklist_id]
    return [each for each in found if each.id != version.id]


def question_count(version: ChecklistVersion) -> int:
    """Return how many questions a version has; of a draft with faults, those that can be told."""
    return sum(map(_questions_in, _listed(orjson.loads(version.document), "touchpoints")))


def _questions_in(section: object) -> int:
    questions = sum(1 for _ in _listed(section, "questions"))
    return questions + sum(map(_questions_in, _listed(section, "sections")))


def _listed(holder: object, name: str) -> Iterator[Any]:
    entries = holder.get(name) if isinstance(holder, Mapping) else None
    return iter(entries if isinstance(entries, list) else ())
