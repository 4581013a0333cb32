"""The life of a checklist's version."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.lifecycle.moves import Life, Move
from audit_api.rules.permissions import Permission


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class VersionAction(StrEnum):
    PUBLISH = "publish"
    REPLACE = "replace"
    DELETE = "delete"
    RETIRE = "retire"


CHECKLIST_VERSION = Life(
    Move(
        VersionAction.PUBLISH,
        (VersionState.DRAFT,),
        VersionState.PUBLISHED,
        Permission.CHECKLIST_WRITE,
    ),
    Move(
        VersionAction.REPLACE, (VersionState.DRAFT,), VersionState.DRAFT, Permission.CHECKLIST_WRITE
    ),
    Move(VersionAction.DELETE, (VersionState.DRAFT,), None, Permission.CHECKLIST_WRITE),
    Move(
        VersionAction.RETIRE,
        (VersionState.PUBLISHED,),
        VersionState.RETIRED,
        Permission.CHECKLIST_WRITE,
    ),
)
