"""Sites, or the regions that they lie in, against touchpoints: where each of them is weak."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import RegionAncestor, Site
from audit_api.rules.figures.periods import Period
from audit_api.rules.figures.statistics import Mean
from audit_api.rules.totals import Kind, Sums
from audit_api.services.scorecards import by_site, leagues, titles
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.leagues import Mover, SiteLine
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.scorecards.titles import Title, Version

_NOTHING = Figures()


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A visited site: its line in the league, the region that it lies in, its touchpoints' scores
    by key, and its move since the period before, where that can be told."""

    line: SiteLine
    region: str
    parts: Mapping[str, Mean]
    moved: Mover | None


@dataclass(frozen=True, slots=True)
class SiteTable:
    """The visited sites of a scope, by code, of all its `sites`; the columns are the touchpoints
    that any of them has, in the journey's order.  `whole` and `parts` are of all together;
    `brought` is what each site brought to it."""

    sites: int
    columns: Mapping[str, Title]
    rows: Sequence[SiteRow]
    whole: Mean
    parts: Mapping[str, Mean]
    brought: Mapping[UUID, Figures]


@dataclass(frozen=True, slots=True)
class RegionRow:
    """What the sites of a region and all below it scored together, and by touchpoint."""

    region_id: UUID
    whole: Mean
    parts: Mapping[str, Mean]


def site_table(scope: Scope, period: Period, scoring_keys: Collection[str] | None) -> SiteTable:
    """Return the own sites of a scope against touchpoints.  Call it in `database.one_moment`."""
    placed = by_site.placed(scope)
    now = by_site.read(scope, period, scoring_keys, (Kind.WHOLE, Kind.TOUCHPOINT))
    before = by_site.read(scope, period.before, scoring_keys, (Kind.WHOLE,))
    lines = leagues.lines_with_sums(
        [
            (each.site, _whole(now, each.site.site_id), _whole(before, each.site.site_id))
            for each in placed
            if each.site.site_id in now
        ]
    )
    regions = {each.site.site_id: each.region for each in placed}
    moved = {mover.line.site.site_id: mover for mover in leagues.moved(lines)}
    columns = _columns(now.values(), _versions(now.values(), scope.organisation_id))
    rows = [
        SiteRow(line, regions[site_id], _parts([now[site_id]], columns), moved.get(site_id))
        for line, _, _ in lines
        for site_id in [line.site.site_id]
    ]
    everything = list(now.values())
    whole, parts = _mean(everything, Kind.WHOLE), _parts(everything, columns)
    return SiteTable(len(placed), columns, rows, whole, parts, now)


def region_rows(scope: Scope, regions: Collection[UUID], table: SiteTable) -> Sequence[RegionRow]:
    """Return what those of `regions` scored that have visits, in their order, from the table of the
    sites of a scope."""
    below: dict[UUID, list[Figures]] = {region_id: [] for region_id in regions}
    rows = _below(scope.kind).rows(id=scope.id, organisation_id=scope.organisation_id)
    for region_id, site_id in rows:
        if region_id in below and site_id in table.brought:
            below[region_id].append(table.brought[site_id])
    return [
        RegionRow(region_id, _mean(brought, Kind.WHOLE), _parts(brought, table.columns))
        for region_id, brought in below.items()
        if brought
    ]


def _whole(brought: Mapping[UUID, Figures], site_id: UUID) -> Mapping[str, Sums]:
    return brought.get(site_id, _NOTHING).by_key(Kind.WHOLE)


def _versions(brought: Iterable[Figures], organisation_id: UUID) -> Sequence[Version]:
    audits: dict[str, int] = {}
    for figures in brought:
        for key, count in figures.audits.items():
            audits[key] = audits.get(key, 0) + count
    return titles.newest_versions(organisation_id, audits)


def _columns(brought: Collection[Figures], versions: Sequence[Version]) -> Mapping[str, Title]:
    return {
        key: title
        for key, title in titles.touchpoints(versions).items()
        if any(figures.total(Kind.TOUCHPOINT, key).scored for figures in brought)
    }


def _parts(brought: Sequence[Figures], columns: Iterable[str]) -> Mapping[str, Mean]:
    return {key: _mean(brought, Kind.TOUCHPOINT, key) for key in columns}


def _mean(brought: Iterable[Figures], kind: Kind, part: str = "") -> Mean:
    sums = Sums()
    for figures in brought:
        sums = sums.plus(figures.total(kind, part))
    return leagues.mean(sums)


@cache
def _below(kind: SubjectKind) -> Statement:
    """Each site of a scope with each region that it lies in, at every level."""
    return Statement(
        sa.select(RegionAncestor.ancestor_id, Site.id)
        .join_from(Site, RegionAncestor, RegionAncestor.region_id == Site.region_id)
        .where(places(kind, parameter("id"), parameter("organisation_id")).sites)
    )
