"""What differs between two versions of a checklist, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from audit_api.console.frame import reader
from audit_api.errors import not_found
from audit_api.manuscripts import differences
from audit_api.manuscripts.differences import ToldChange
from audit_api.rules.authoring import Checklist
from audit_api.services.checklists import versions


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes since an older version, and what they mean for scores."""

    older: Any
    changes: Sequence[ToldChange]
    comparable: bool
    summary: str


def comparable_with(others: Sequence[Any]) -> list[Any]:
    """Return the versions that another can be compared with: those without errors."""
    return [each for each in others if each.error_count == 0]


def before(version: Any, others: Sequence[Any]) -> Any | None:
    """Return the last version before this one of those that it can be compared with."""
    earlier = (each for each in comparable_with(others) if each.number < version.number)
    return next(earlier, None)


def chosen(older_id: UUID | None, version: Any, others: Sequence[Any]) -> Any | None:
    """Return the version that somebody asks to compare with, else the one before; raise NOT_FOUND
    where there is none of that id."""
    if older_id is None:
        return before(version, others)
    for each in comparable_with(others):
        if each.id == older_id:
            return each
    raise not_found("checklist version")


def compared(older: Any | None, newer: Checklist | None) -> Compared | None:
    """Return what was changed from one version to another, where there are two without errors."""
    if older is None or newer is None:
        return None
    locale = reader.locale()
    found = differences.compared(versions.parsed_checklist(older), newer, locale)
    summary = differences.summary(found, locale)
    return Compared(older, found.changes, found.comparable, summary)
