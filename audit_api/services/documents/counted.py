"""The visits that a document rests on, each read back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Revision, Site
from audit_api.pdf import VisitLine
from audit_api.rules import lifecycle
from audit_api.rules.figures.periods import Period
from audit_api.services import standing
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published
from audit_api.services.documents.languages import spoken
from audit_api.services.standing import ReadBack
from audit_api.words import pick, say


@dataclass(frozen=True, slots=True)
class Counted:
    """A visit that counts: its site, its day, the version of its checklist, and what was sent."""

    audit_id: UUID
    site_id: UUID
    day: date
    version: Published
    read: ReadBack


def counted(
    site_id: UUID, period: Period, scoring_keys: Collection[str] | None
) -> tuple[Counted, ...]:
    """Return a site's visits of a period that count, the latest first; those that were scored by
    other rules than `scoring_keys` are left out."""
    visits = _counting(period, scoring_keys).where(Audit.site_id == site_id)
    return _read(visits.order_by(Audit.business_date.desc(), Audit.id))


def counted_among(
    sites: sa.ColumnElement[bool],
    period: Period,
    scoring_keys: Collection[str] | None,
    *,
    most: int,
) -> tuple[Counted, ...]:
    """Return visits to any of these sites, a condition on `Site`; as `counted`.  Of more than
    `most` it is as many, in the order of their ids, which are random."""
    visits = _counting(period, scoring_keys).join(Site, Site.id == Audit.site_id).where(sites)
    return _read(visits.order_by(Audit.id).limit(most))


def these(audit_ids: Collection[UUID]) -> tuple[Counted, ...]:
    """Return visits that were found among those that count, the latest first."""
    if not audit_ids:
        return ()
    visits = _VISITS.where(Audit.id.in_(audit_ids))
    return _read(visits.order_by(Audit.business_date.desc(), Audit.id))


_VISITS = sa.select(
    Audit.id,
    Audit.site_id,
    Audit.organisation_id,
    Audit.checklist_version_id,
    Audit.business_date,
    Revision.content,
    Revision.score,
).join(Revision, standing.IS_STANDING)


def _counting(period: Period, scoring_keys: Collection[str] | None) -> sa.Select[*tuple[Any, ...]]:
    return _VISITS.where(
        Audit.business_date.between(period.starts, period.last_day),
        Audit.state.in_(lifecycle.COUNTED),
        sa.true() if scoring_keys is None else Audit.scoring_key.in_(scoring_keys),
    )


def _read(visits: sa.Select[*tuple[Any, ...]]) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            audit_id,
            site_id,
            day,
            compiled.by_id(organisation_id, version_id),
            standing.read(content, score),
        )
        for audit_id, site_id, organisation_id, version_id, day, content, score in (
            db.session.execute(visits)
        )
    )


def visit_line(made: Counted, lang: str) -> VisitLine:
    """Return a visit as a scorecard lists it; by its day alone, whoever made it."""
    version, score = made.version, made.read.score
    return VisitLine(
        day=made.day,
        checklist=spoken(lambda locale: _version(version, locale), lang),
        score=score.final,
        passed=score.passed,
        findings=len(score.failed),
    )


def _version(version: Published, locale: str) -> str:
    title = pick(version.checklist.title, locale)
    return say("report.checklist_version", locale, checklist=title, version=version.number)
