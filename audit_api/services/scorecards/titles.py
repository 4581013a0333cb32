"""The checklists behind scoring keys: the words for what totals know by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.database.statements import Statement, arguments, parameter, parameters
from audit_api.models import Checklist, ChecklistVersion
from audit_api.rules import authoring as rules
from audit_api.rules.checklist.sections import walk
from audit_api.services.checklists import compiled

Title = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """A checklist version that stands for a scoring key: the newest of those that share it."""

    scoring_key: str
    checklist: rules.Checklist


def newest_versions(organisation_id: UUID, audits: Mapping[str, int]) -> tuple[Version, ...]:
    """Return the newest version of each scoring key that has audits; the checklist with most audits
    comes first, and of each checklist the newest version."""
    newest: dict[str, Version] = {}
    for scoring_key, digest in _published(organisation_id, audits):
        if scoring_key not in newest:
            newest[scoring_key] = _version(organisation_id, scoring_key, digest)
    counts: Counter[str] = Counter()
    for version in newest.values():
        counts[version.checklist.key] += audits[version.scoring_key]
    return tuple(sorted(newest.values(), key=lambda version: -counts[version.checklist.key]))


def every_version(organisation_id: UUID, audits: Mapping[str, int]) -> tuple[Version, ...]:
    """Return all versions of each scoring key that has audits, the newest first: what brings no
    points may come and go between versions that share a key."""
    return tuple(
        _version(organisation_id, scoring_key, digest)
        for scoring_key, digest in _published(organisation_id, audits)
    )


def _published(organisation_id: UUID, audits: Mapping[str, int]) -> list[tuple[str, str]]:
    """The scoring key and the digest of these versions, the newest first."""
    scoring_keys = [key for key, count in audits.items() if count]
    if not scoring_keys:
        return []
    rows = _newest(len(scoring_keys)).rows(
        organisation_id=organisation_id, **arguments("key", scoring_keys)
    )
    return [(scoring_key, digest) for scoring_key, digest in rows if scoring_key and digest]


def _version(organisation_id: UUID, scoring_key: str, digest: str) -> Version:
    published = compiled.by_digest(organisation_id, digest)
    assert published is not None, "what was published is never deleted"
    return Version(scoring_key, published.checklist)


@cache
def _newest(keys: int) -> Statement:
    """The versions of so many scoring keys, the newest first."""
    return Statement(
        sa.select(ChecklistVersion.scoring_key, ChecklistVersion.digest)
        .where(
            ChecklistVersion.organisation_id == parameter("organisation_id"),
            ChecklistVersion.scoring_key.in_(parameters("key", keys)),
        )
        .order_by(ChecklistVersion.published_at.desc(), ChecklistVersion.id.desc())
    )


def scoring_keys(organisation_id: UUID, checklist: str | None) -> Collection[str] | None:
    """Return the scoring keys of every version of a checklist; None, which is all, without one."""
    if checklist is None:
        return None
    keys = db.session.scalars(
        sa.select(ChecklistVersion.scoring_key)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(ChecklistVersion.organisation_id == organisation_id, Checklist.key == checklist)
    )
    return frozenset(key for key in keys if key)


def touchpoints(versions: Collection[Version]) -> Mapping[str, Title]:
    """The touchpoints' titles in the journey's order, the leading version's words first."""
    return _first_titles(
        (touchpoint.key, touchpoint.title)
        for version in versions
        for touchpoint in version.checklist.touchpoints
    )


def sections(versions: Collection[Version]) -> Mapping[str, Title]:
    """The titles of the sections inside touchpoints, in the journey's order."""
    return _first_titles(
        (path[-1].key, path[-1].title)
        for version in versions
        for path in walk(version.checklist.touchpoints)
        if len(path) > 1
    )


def dimensions(versions: Collection[Version]) -> Mapping[str, Title]:
    """The dimensions' titles in the author's order."""
    return _first_titles(
        (dimension.key, dimension.title)
        for version in versions
        for dimension in version.checklist.dimensions
    )


def bands(versions: Collection[Version]) -> Mapping[str, Title]:
    """The score bands' titles, lowest first."""
    return _first_titles(
        (band.key, band.title) for version in versions for band in version.checklist.scoring.bands
    )


def _first_titles(pairs: Iterator[tuple[str, Title]]) -> Mapping[str, Title]:
    titles: dict[str, Title] = {}
    for key, title in pairs:
        titles.setdefault(key, title)
    return titles
