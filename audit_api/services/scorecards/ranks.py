"""A site's place among others: by its mean score in a period, where enough audits stand behind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Site, SiteTotal
from audit_api.rules.periods import Period
from audit_api.rules.totals import WHOLE
from audit_api.services.scorecards.subjects import Subject

LEAST_RANKED = 3
"""A site with fewer scores is listed but not ranked."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among so many; ties share a place (1, 2, 2, 4).  None where it is not ranked."""

    rank: int | None
    of: int


class Placed(NamedTuple):
    """A ranked site with its scores' number and mean."""

    site_id: UUID
    code: str
    name: str
    n: int
    score: int


@dataclass(frozen=True, slots=True)
class Ranks:
    """A site's place in its region and in the organisation."""

    region: Rank
    organisation: Rank


def ranks(subject: Subject, period: Period, scoring_keys: Collection[str] | None) -> Ranks | None:
    """Return an own site's places; None for any other subject."""
    if subject.region_id is None or not subject.own:
        return None
    own_sites = sa.and_(Site.organisation_id == subject.organisation_id, Site.kind == "own")
    ranked = _ranked(own_sites, period, scoring_keys)
    mine = sa.select(ranked.c.score).where(ranked.c.site_id == subject.id).scalar_subquery()
    near = ranked.c.region_id == subject.region_id
    better = ranked.c.score > mine
    counts = [sa.func.count(), *(_count(each) for each in (better, near, sa.and_(near, better)))]
    own, every, above, all_near, above_near = db.session.execute(
        sa.select(mine, *counts).select_from(ranked)
    ).one()
    return Ranks(
        Rank(None if own is None else above_near + 1, all_near),
        Rank(None if own is None else above + 1, every),
    )


def extremes(
    subject: Subject, period: Period, scoring_keys: Collection[str] | None, *, most: int
) -> tuple[list[Placed], list[Placed]]:
    """Return the best and the worst of a subject's ranked sites, never one in both."""
    ranked = _ranked(subject.sites, period, scoring_keys)
    every = db.session.scalar(sa.select(sa.func.count()).select_from(ranked)) or 0
    half = min(most, every // 2)
    select = sa.select(Site.id, Site.code, Site.name, ranked.c.scored, ranked.c.score).join(
        ranked, ranked.c.site_id == Site.id
    )
    orders = (ranked.c.score.desc(), Site.code), (ranked.c.score, Site.code.desc())
    best, worst = (
        [Placed._make(row) for row in db.session.execute(select.order_by(*order).limit(half))]
        for order in orders
    )
    return best, worst


def _ranked(
    sites: sa.ColumnElement[bool], period: Period, scoring_keys: Collection[str] | None
) -> sa.Subquery:
    """The sites with enough scores, each with its region and its mean score."""
    scored, total = (
        sa.cast(sa.func.sum(column), sa.BigInteger)
        for column in (SiteTotal.scored, SiteTotal.final_sum)
    )
    select = (
        sa.select(
            SiteTotal.site_id,
            Site.region_id,
            scored.label("scored"),
            # Half up, as every mean is rounded: what a person reads is what decides.
            ((2 * total + scored) // (2 * scored)).label("score"),
        )
        .join(Site, Site.id == SiteTotal.site_id)
        .where(sites, SiteTotal.part == WHOLE, SiteTotal.month.in_(period.all_months))
        .group_by(SiteTotal.site_id, Site.region_id)
        .having(scored >= LEAST_RANKED)
    )
    if scoring_keys is not None:
        select = select.where(SiteTotal.scoring_key.in_(scoring_keys))
    return select.subquery()


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
