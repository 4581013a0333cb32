"""Sites beside each other: the league table, and which sites moved by more than chance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, arguments, parameter, parameters
from audit_api.models import Site, SiteTotal
from audit_api.rules.exact import percentage
from audit_api.rules.figures import statistics
from audit_api.rules.figures.comparison import CHANCE, adjusted, welch
from audit_api.rules.figures.periods import Period
from audit_api.rules.figures.statistics import NoInterval
from audit_api.rules.totals import Sums
from audit_api.services.scorecards.figures import total
from audit_api.services.scorecards.lines import Change, average, change_between, sample
from audit_api.services.scorecards.ranks import LEAST_RANKED
from audit_api.services.scorecards.subjects import OwnSites, own_sites

_COLUMNS = ("audits", "scored", "passed", "final_sum", "final_squares")
_ONE = len(_COLUMNS)
"""How many of a row's sums are of one period."""


class LeagueSite(NamedTuple):
    """A site as a league names it."""

    site_id: UUID
    code: str
    name: str
    region_id: UUID


class SiteLine(NamedTuple):
    """A site in a period: percentages in hundredths; `rank` among the sites asked for, None with
    too few scores; `mixed` where the audits were scored by different rules."""

    site: LeagueSite
    audits: int
    n: int
    score: int | None
    low: int | None
    high: int | None
    pass_rate: int | None
    rank: int | None
    mixed: bool
    change: Change

    @property
    def no_interval(self) -> NoInterval | None:
        return statistics.no_interval(self.n, self.low)


@dataclass(frozen=True, slots=True)
class Mover:
    """A site whose score changed from that of the `base`: `p` is the probability that chance alone
    moves it so far, adjusted for the number of sites compared."""

    line: SiteLine
    base: statistics.Mean
    p: float | None

    @property
    def before(self) -> int | None:
        return self.base.mean

    @property
    def n_before(self) -> int:
        return self.base.n

    @property
    def more_than_chance(self) -> bool:
        return self.p is not None and self.p < CHANCE


@dataclass(frozen=True, slots=True)
class Movers:
    """The sites that improved most and those that worsened most, of all `compared`."""

    improved: tuple[Mover, ...]
    worsened: tuple[Mover, ...]
    compared: int


SumsByKey = Mapping[str, Sums]
"""A site's sums of a period, by scoring key."""
SiteSums = tuple[LeagueSite, SumsByKey, SumsByKey]
"""A site with its sums of a period, and those of the base that it is compared with."""
LineWithSums = tuple[SiteLine, Sums, Sums]
"""A site's line, and the sums of both that it follows from."""

SORTS: Mapping[str, Callable[[SiteLine], Any]] = {
    "score": lambda line: line.score,
    "change": lambda line: line.change.points,
    "pass_rate": lambda line: line.pass_rate,
    "n": lambda line: line.n,
    "name": lambda line: line.site.name,
    "code": lambda line: line.site.code,
}
"""What a league may be sorted by; sites without it come last."""


def league(
    sites: OwnSites,
    period: Period,
    scoring_keys: Collection[str] | None,
    *,
    sort: str,
    descending: bool,
) -> Sequence[SiteLine]:
    """Return those of the sites that have audits."""
    rows = lines_with_sums(_rows(sites, (period, period.before), scoring_keys))
    lines = [line for line, _, _ in rows]
    value = SORTS[sort]
    lines_with_value = [line for line in lines if value(line) is not None]
    lines_with_value.sort(key=lambda line: line.site.site_id.int)
    lines_with_value.sort(key=value, reverse=descending)
    return [*lines_with_value, *(line for line in lines if value(line) is None)]


def movers(
    sites: OwnSites,
    period: Period,
    base: Period,
    scoring_keys: Collection[str] | None,
    *,
    most: int,
) -> Movers:
    """Return the sites that changed most from the base, `most` in each direction (`moved`)."""
    rows = lines_with_sums(_rows(sites, (period, base), scoring_keys))
    return furthest(moved(rows), most)


def moved(rows: Sequence[LineWithSums]) -> Sequence[Mover]:
    """Return how far each site moved from the base, the furthest fall first, of those with enough
    scores in both and the same rules."""
    rows = [
        (line, now, before)
        for line, now, before in rows
        if min(now.scored, before.scored) >= LEAST_RANKED and line.change.comparable
    ]
    chances = adjusted([welch(sample(now), sample(before)) for _, now, before in rows])
    ranking = [
        Mover(line, mean(before), p) for (line, _, before), p in zip(rows, chances, strict=True)
    ]
    return sorted(ranking, key=_rise)


def furthest(ranking: Sequence[Mover], most: int) -> Movers:
    """Return the ends of `moved`."""
    return Movers(
        tuple(mover for mover in reversed(ranking[-most:]) if _rise(mover) > 0),
        tuple(mover for mover in ranking[:most] if _rise(mover) < 0),
        len(ranking),
    )


def mean(sums: Sums) -> statistics.Mean:
    """Return the mean of the audits' scores with its interval."""
    return statistics.mean(sums.scored, sums.final_sum, sums.final_squares)


def _rise(mover: Mover) -> int:
    return mover.line.change.points or 0


def lines_with_sums(rows: Sequence[SiteSums]) -> list[LineWithSums]:
    """Return each site's line with its sums of the period and of the base."""
    totals = [
        (site, _total(now), _total(before), (now.keys(), before.keys()))
        for site, now, before in rows
    ]
    means = [mean(now) for _, now, _, _ in totals]
    ranks = statistics.ranks([each.mean if each.n >= LEAST_RANKED else None for each in means])
    lines = []
    for (site, now, before, keys), told, rank in zip(totals, means, ranks, strict=True):
        line = SiteLine(
            site,
            audits=now.audits,
            n=told.n,
            score=told.mean,
            low=told.low,
            high=told.high,
            pass_rate=percentage(now.passed, now.scored),
            rank=rank,
            mixed=len(keys[0]) > 1,
            change=change_between(told.mean, average(before), *keys),
        )
        lines.append((line, now, before))
    return lines


def _rows(
    sites: OwnSites, periods: tuple[Period, Period], scoring_keys: Collection[str] | None
) -> list[SiteSums]:
    """Every site that has audits in the first period with its sums in both, by code."""
    (now, base), keys = periods, scoring_keys or ()
    months = sorted({*now.all_months, *base.all_months})
    statement = _in_both(sites.role, len(months), None if scoring_keys is None else len(keys))
    rows = statement.rows(
        id=sites.id,
        organisation_id=sites.organisation_id,
        now_first=now.starts,
        now_last=now.ends,
        base_first=base.starts,
        base_last=base.ends,
        **arguments("month", months),
        **arguments("key", keys),
    )
    rows_by_site: dict[UUID, tuple[LeagueSite, dict[str, Sums], dict[str, Sums]]] = {}
    for site_id, code, name, region_id, scoring_key, *sums in rows:
        row = rows_by_site.get(site_id)
        if row is None:
            row = rows_by_site[site_id] = LeagueSite(site_id, code, name, region_id), {}, {}
        _, sums_now, sums_base = row
        if sums[0]:
            sums_now[scoring_key] = Sums(*sums[:_ONE])
        if sums[_ONE]:
            sums_base[scoring_key] = Sums(*sums[_ONE:])
    return sorted((row for row in rows_by_site.values() if row[1]), key=lambda row: row[0].code)


@cache
def _in_both(role: str | None, months: int, keys: int | None) -> Statement:
    """The sums by site and scoring key: those of the period, then those of the base."""
    site = Site.id, Site.code, Site.name, Site.region_id
    select = (
        sa.select(*site, SiteTotal.scoring_key, *_sums("now"), *_sums("base"))
        .join_from(SiteTotal, Site, Site.id == SiteTotal.site_id)
        .where(
            own_sites(role),
            SiteTotal.month.in_(parameters("month", months)),
        )
        .group_by(Site.id, SiteTotal.scoring_key)
    )
    return Statement(
        select if keys is None else select.where(SiteTotal.scoring_key.in_(parameters("key", keys)))
    )


def _sums(name: str) -> Iterator[sa.ColumnElement[int]]:
    """The sums from the month `{name}_first` to the month `{name}_last`."""
    counts = SiteTotal.month.between(parameter(f"{name}_first"), parameter(f"{name}_last"))
    for column in _COLUMNS:
        sums = sa.func.sum(getattr(SiteTotal, column)).filter(counts)
        yield sa.cast(sa.func.coalesce(sums, 0), sa.BigInteger)


def _total(by_key: SumsByKey) -> Sums:
    return next(iter(by_key.values())) if len(by_key) == 1 else total(by_key.values())
