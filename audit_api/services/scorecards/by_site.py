"""What each site of a scope brought to it: whole and by part, of all its sites at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import FoldedTotal, Region, Site
from audit_api.rules.figures.periods import Period
from audit_api.rules.totals import Kind, Sums
from audit_api.services.scorecards import figures
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.leagues import LeagueSite
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals import contributions


class PlacedSite(NamedTuple):
    """A site, and the name of the region that it lies in."""

    site: LeagueSite
    region: str


def placed(scope: Scope) -> list[PlacedSite]:
    """Return the sites of a region, an organisation or a campaign, by code."""
    rows = _placed(scope.kind).rows(id=scope.id, organisation_id=scope.organisation_id)
    return [PlacedSite(LeagueSite(*site), region) for *site, region in rows]


def read(
    scope: Scope, period: Period, scoring_keys: Collection[str] | None, kinds: tuple[Kind, ...]
) -> Mapping[UUID, Figures]:
    """Return what each site brought in a period, of these kinds, whose sums follow from scores
    alone; without the sites that brought nothing.

    Call it in `database.one_moment`, as what is folded and what is not yet are read apart.
    """
    by_site: dict[UUID, Figures] = {}
    rows = _folded(scope.kind, kinds).rows(
        id=scope.id, organisation_id=scope.organisation_id, first=period.starts, last=period.ends
    )
    for site_id, *row in rows:
        if scoring_keys is None or row[0] in scoring_keys:
            by_site.setdefault(site_id, Figures()).add_folded(kinds, tuple(row))
    for change in contributions.of_changes(figures.changes(scope, period)):
        scoring_key = change.rules.scoring_key
        if scoring_keys is None or scoring_key in scoring_keys:
            parts: dict[tuple[str, str], Sums] = {
                (kind, part): sums if change.sign > 0 else sums.negative
                for kind, part, sums in change.details
                if kind in kinds
            }
            by_site.setdefault(change.lineage.site_id, Figures()).add(scoring_key, parts)
    return {site_id: brought for site_id, brought in by_site.items() if brought.audits}


@cache
def _placed(kind: SubjectKind) -> Statement:
    return Statement(
        sa.select(Site.id, Site.code, Site.name, Site.region_id, Region.name)
        .join(Region, Region.id == Site.region_id)
        .where(places(kind, parameter("id"), parameter("organisation_id")).sites)
        .order_by(Site.code)
    )


@cache
def _folded(kind: SubjectKind, kinds: tuple[Kind, ...]) -> Statement:
    select = (
        sa.select(FoldedTotal.scope_id, FoldedTotal.scoring_key, *figures.sums_of(kinds))
        .join_from(FoldedTotal, Site, Site.id == FoldedTotal.scope_id)
        .where(
            places(kind, parameter("id"), parameter("organisation_id")).sites,
            FoldedTotal.month.between(parameter("first"), parameter("last")),
        )
    )
    if kind is SubjectKind.CAMPAIGN:
        select = select.where(FoldedTotal.campaign_id == parameter("id"))
    return Statement(select)
