"""The audits that insights are made from: all that count, or of each site the latest, as many as
are read of one scope.

Totals know no single audit, and insights ask how what belongs to one goes together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.database.statements import Statement, arguments, parameter, parameters
from audit_api.models import Audit, Revision, Site, SiteTotal
from audit_api.rules.figures.periods import Period
from audit_api.rules.lifecycle import COUNTED
from audit_api.rules.totals import Kind
from audit_api.services.scorecards import Scope, figures
from audit_api.services.scorecards.subjects import SubjectKind, places

MAX_AUDITS = 5_000
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
    final: int | None
    time_zone: str


class Report(NamedTuple):
    """What the standing revision of an audit says, as it is stored: the answers that were sent, and
    the score (`Score.as_json`), of which so few members are wanted that no value is made of it."""

    answers: Mapping[str, Any]
    score: Mapping[str, Any]


Taken = TypeVar("Taken")
Counted = Mapping[str, int]
"""How many audits count in a scope's period, by scoring key."""
Audits = sa.Select[*tuple[Any, ...]]
_LATEST_FIRST = Audit.business_date.desc(), Audit.id
_COLUMNS = ("id", "site_id", "scoring_key", "business_date", "visited_at", "final_score")


def counted(scope: Scope, period: Period, scoring_keys: Collection[str] | None) -> Counted:
    """Return how many audits count; by these rules alone, where any are named."""
    return figures.read(scope, period, scoring_keys, (Kind.WHOLE,)).audits


def audits(scope: Scope, period: Period, counted: Counted) -> list[SampledAudit]:
    """Return the audits of a scope's period that were `counted`, in the order of their ids, which
    are random.

    Where more count than are read, it is the latest of each site, of each as many.  Call it in
    `database.one_moment`.
    """
    return [SampledAudit(*row) for row in _rows(scope, period, counted, with_reports=False)]


def reports(
    scope: Scope,
    period: Period,
    counted: Counted,
    take: Callable[[SampledAudit, Report], Taken],
) -> list[Taken]:
    """Return what `take` makes of each of `audits` and of what it says; of that nothing else is
    kept, for it is long."""
    return [
        take(SampledAudit(*row), Report(orjson.loads(content)["answers"], orjson.loads(score)))
        for *row, content, score in _rows(scope, period, counted, with_reports=True)
    ]


def _rows(
    scope: Scope, period: Period, counted: Counted, *, with_reports: bool
) -> list[tuple[Any, ...]]:
    if not counted:
        return []
    statement = _latest(
        scope.kind, len(counted), with_reports, db.engine.dialect.name == "postgresql"
    )
    rows = statement.rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.last_day,
        each=_of_each_site(scope, period, sum(counted.values())),
        most=MAX_AUDITS,
        **arguments("key", sorted(counted)),
    )
    rows.sort(key=lambda row: row[0].bytes)
    return rows


def _of_each_site(scope: Scope, period: Period, audits: int) -> int:
    """How many audits of each site are read, so that they are not too many together."""
    if audits <= MAX_AUDITS:
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
def _latest(kind: SubjectKind, keys: int, with_reports: bool, postgresql: bool) -> Statement:
    """The latest audits of each site, and what their standing revisions say."""
    sites = places(kind, parameter("id"), parameter("organisation_id")).sites
    latest = _at_each_site if postgresql else _numbered
    # Chosen before the reports are read, which are long.
    chosen = latest(_counting(kind, keys), sites).limit(parameter("most")).subquery("chosen")
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


def _counting(kind: SubjectKind, keys: int) -> Audits:
    """The audits that count, of the days from `first` to `last`."""
    columns = (getattr(Audit, name) for name in (*_COLUMNS, "content_digest"))
    audits = sa.select(*columns).where(
        Audit.organisation_id == parameter("organisation_id"),
        Audit.state.in_(COUNTED),
        Audit.business_date.between(parameter("first"), parameter("last")),
        Audit.scoring_key.in_(parameters("key", keys)),
    )
    if kind is SubjectKind.CAMPAIGN:
        audits = audits.where(Audit.campaign_id == parameter("id"))
    return audits
