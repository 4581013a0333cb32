"""The audits that insights are made from: all that count, or of each site the latest, as many as
are read of one scope.

Totals know no single audit, and insights ask how what belongs to one goes together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.database.statements import Statement, arguments, parameter, parameters
from audit_api.models import Audit, Revision, Site, SiteTotal
from audit_api.rules.figures.periods import Period
from audit_api.rules.lifecycle import COUNTED
from audit_api.rules.scoring import Score
from audit_api.rules.scoring.score import score_from_json
from audit_api.rules.totals import Kind
from audit_api.services.scorecards import Scope, figures
from audit_api.services.scorecards.subjects import SubjectKind, places

MAX_AUDITS = 10_000
"""Audits that are read of one scope: beyond them, figures hardly get surer, and take ever longer.
"""


class SampledAudit(NamedTuple):
    """An audit that counts: where and when it was made, in the site's time zone, and its score in
    hundredths of a percent."""

    id: UUID
    site_id: UUID
    scoring_key: str
    day: date
    visited_at: datetime
    time_zone: str
    final: int | None


class Report(NamedTuple):
    """What the standing revision of an audit says: its answers as they were sent, and its score."""

    answers: Mapping[str, Any]
    score: Score


@dataclass(frozen=True, slots=True)
class Sampled:
    """The `audits` that were read of all `counted`, by scoring key, that count in a period."""

    counted: Mapping[str, int]
    audits: tuple[SampledAudit, ...]
    reports: Mapping[UUID, Report]


Audits = sa.Select[*tuple[Any, ...]]
_LATEST_FIRST = Audit.business_date.desc(), Audit.id
_COLUMNS = ("id", "site_id", "scoring_key", "business_date", "visited_at", "final_score")


def read(
    scope: Scope, period: Period, scoring_keys: Collection[str] | None, *, with_reports: bool
) -> Sampled:
    """Return the audits of a scope's period in the order of their ids, which are random; by these
    rules alone, where any are named.

    Where more count than are read, it is the latest of each site, of each as many.  Call it in
    `database.one_moment`.
    """
    counted = figures.read(scope, period, scoring_keys, (Kind.WHOLE,)).audits
    if not counted:
        return Sampled({}, (), {})
    statement = _latest(
        scope.kind,
        None if scoring_keys is None else len(scoring_keys),
        with_reports,
        db.engine.dialect.name == "postgresql",
    )
    rows = statement.rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.last_day,
        each=_of_each_site(scope, period, sum(counted.values())),
        most=MAX_AUDITS,
        **arguments("key", scoring_keys or ()),
    )
    rows.sort(key=lambda row: row[0].bytes)
    audits, reports = [], {}
    for id_, site_id, key, day, visited_at, final, zone, *report in rows:
        audits.append(SampledAudit(id_, site_id, key, day, visited_at, zone, final))
        if with_reports:
            content, score = map(orjson.loads, report)
            reports[id_] = Report(content["answers"], score_from_json(score))
    return Sampled(counted, tuple(audits), reports)


def _of_each_site(scope: Scope, period: Period, counted: int) -> int:
    """How many audits of each site are read, so that they are not too many together."""
    if counted <= MAX_AUDITS:
        return MAX_AUDITS
    sites: int
    ((sites,),) = _visited_sites(scope.kind).rows(
        id=scope.id, organisation_id=scope.organisation_id, first=period.starts, last=period.ends
    )
    return max(MAX_AUDITS // max(sites, 1), 1)


@cache
def _visited_sites(kind: SubjectKind) -> Statement:
    return Statement(
        sa.select(sa.func.count(SiteTotal.site_id.distinct()))
        .join(Site, Site.id == SiteTotal.site_id)
        .where(
            places(kind, parameter("id"), parameter("organisation_id")).sites,
            SiteTotal.month.between(parameter("first"), parameter("last")),
        )
    )


@cache
def _latest(kind: SubjectKind, keys: int | None, with_reports: bool, postgresql: bool) -> Statement:
    """The latest audits of each site, and what their standing revisions say."""
    sites = places(kind, parameter("id"), parameter("organisation_id")).sites
    latest = _at_each_site if postgresql else _numbered
    # Chosen before the reports are read, which are long.
    chosen = latest(_counted(kind, keys), sites).limit(parameter("most")).subquery("chosen")
    select = sa.select(*(chosen.c[name] for name in (*_COLUMNS, "time_zone")))
    if with_reports:
        is_standing = sa.and_(
            Revision.audit_id == chosen.c.id, Revision.content_digest == chosen.c.content_digest
        )
        select = select.add_columns(Revision.content, Revision.score).join(Revision, is_standing)
    return Statement(select)


def _at_each_site(audits: Audits, sites: sa.ColumnElement[bool]) -> Audits:
    """Goes to each site for its latest audits, and reads no more: for PostgreSQL."""
    of_site = (
        audits.where(Audit.site_id == Site.id)
        .order_by(*_LATEST_FIRST)
        .limit(parameter("each"))
        .correlate(Site)
        .lateral("of_site")
    )
    return (
        sa.select(*of_site.c, Site.time_zone)
        .select_from(Site)
        .join(of_site, sa.true())
        .where(sites)
        .order_by(Site.id)
    )


def _numbered(audits: Audits, sites: sa.ColumnElement[bool]) -> Audits:
    """Numbers the audits of all sites: for SQLite, which cannot go to each."""
    place = sa.func.row_number().over(partition_by=Audit.site_id, order_by=_LATEST_FIRST)
    numbered = (
        audits.add_columns(place.label("place"), Site.time_zone)
        .join(Site, Site.id == Audit.site_id)
        .where(sites)
        .subquery("numbered")
    )
    columns = (each for each in numbered.c if each.name != "place")
    return (
        sa.select(*columns)
        .where(numbered.c.place <= parameter("each"))
        .order_by(numbered.c.site_id)
    )


def _counted(kind: SubjectKind, keys: int | None) -> Audits:
    """The audits that count, of the days from `first` to `last`."""
    columns = (getattr(Audit, name) for name in (*_COLUMNS, "content_digest"))
    audits = sa.select(*columns).where(
        Audit.organisation_id == parameter("organisation_id"),
        Audit.state.in_(COUNTED),
        Audit.business_date.between(parameter("first"), parameter("last")),
    )
    if kind is SubjectKind.CAMPAIGN:
        audits = audits.where(Audit.campaign_id == parameter("id"))
    if keys is not None:
        audits = audits.where(Audit.scoring_key.in_(parameters("key", keys)))
    return audits
