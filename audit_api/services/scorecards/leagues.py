"""Sites beside each other: the league table, and which sites moved by more than chance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Site, SiteTotal
from audit_api.rules import statistics
from audit_api.rules.comparison import CHANCE, adjusted, welch
from audit_api.rules.exact import percent
from audit_api.rules.periods import Period
from audit_api.rules.totals import WHOLE, Sums
from audit_api.services.scorecards.figures import total
from audit_api.services.scorecards.lines import Change, average, changed, sample
from audit_api.services.scorecards.ranks import LEAST_RANKED

_COLUMNS = ("audits", "scored", "passed", "final_sum", "final_squares")


class Named(NamedTuple):
    """A site by its names."""

    site_id: UUID
    code: str
    name: str
    region_id: UUID


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site in a period: percentages in hundredths; `rank` among the sites asked for, None with
    too few scores."""

    site: Named
    audits: int
    n: int
    score: int | None
    low: int | None
    high: int | None
    pass_rate: int | None
    rank: int | None
    change: Change


@dataclass(frozen=True, slots=True)
class Mover:
    """A site whose score changed: `p` is the probability that chance alone moves it so far, as it
    counts among all the sites compared."""

    line: SiteLine
    before: int
    n_before: int
    p: float | None

    @property
    def more_than_chance(self) -> bool:
        return self.p is not None and self.p < CHANCE


@dataclass(frozen=True, slots=True)
class Movers:
    """The sites that improved most and those that worsened most, of all `compared`."""

    improved: tuple[Mover, ...]
    worsened: tuple[Mover, ...]
    compared: int


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
    sites: sa.ColumnElement[bool],
    period: Period,
    scoring_keys: Collection[str] | None,
    *,
    sort: str,
    descending: bool,
) -> Sequence[SiteLine]:
    """Return the sites that `sites` (a condition on `Site`) chooses and that have audits."""
    lines = [line for line, _, _ in _compared(sites, period, period.before, scoring_keys)]
    value = SORTS[sort]
    known = [line for line in lines if value(line) is not None]
    known.sort(key=lambda line: line.site.site_id)
    known.sort(key=value, reverse=descending)
    return [*known, *(line for line in lines if value(line) is None)]


def movers(
    sites: sa.ColumnElement[bool],
    period: Period,
    base: Period,
    scoring_keys: Collection[str] | None,
    *,
    most: int,
) -> Movers:
    """Return the sites that changed most from the base, of those with enough scores in both and
    the same rules."""
    both = [
        (line, now, before)
        for line, now, before in _compared(sites, period, base, scoring_keys)
        if min(now.scored, before.scored) >= LEAST_RANKED and line.change.comparable
    ]
    chances = adjusted([welch(sample(now), sample(before)) for _, now, before in both])
    found = [
        Mover(line, average(before) or 0, before.scored, p)
        for (line, _, before), p in zip(both, chances, strict=True)
    ]
    found.sort(key=_rise)
    return Movers(
        tuple(mover for mover in reversed(found[-most:]) if _rise(mover) > 0),
        tuple(mover for mover in found[:most] if _rise(mover) < 0),
        len(found),
    )


def _rise(mover: Mover) -> int:
    return mover.line.change.points or 0


def _compared(
    sites: sa.ColumnElement[bool],
    period: Period,
    base: Period,
    scoring_keys: Collection[str] | None,
) -> list[tuple[SiteLine, Sums, Sums]]:
    """Every site's line with its sums of the period and of the base, by code."""
    rows = _rows(sites, (period, base), scoring_keys)
    scores = [average(sums[0]) if sums[0].scored >= LEAST_RANKED else None for _, sums, _ in rows]
    found = []
    for (site, (now, before), keys), rank in zip(rows, statistics.ranks(scores), strict=True):
        mean = statistics.mean(now.scored, now.final_sum, now.final_squares)
        line = SiteLine(
            site,
            audits=now.audits,
            n=now.scored,
            score=mean.mean,
            low=mean.low,
            high=mean.high,
            pass_rate=percent(now.passed, now.scored),
            rank=rank,
            change=changed(mean.mean, average(before), *keys),
        )
        found.append((line, now, before))
    return found


_Row = tuple[Named, tuple[Sums, Sums], tuple[Collection[str], Collection[str]]]


def _rows(
    sites: sa.ColumnElement[bool],
    periods: tuple[Period, Period],
    scoring_keys: Collection[str] | None,
) -> list[_Row]:
    """Every site with its sums in both periods and the scoring keys of each, by code."""
    rows = db.session.execute(
        sa.select(Site.id, Site.code, Site.name, Site.region_id).where(sites).order_by(Site.code)
    )
    now, before = (_of_period(sites, period, scoring_keys) for period in periods)
    return [
        (site, (_total(now, site), _total(before, site)), (_keys(now, site), _keys(before, site)))
        for site in map(Named._make, rows)
        if site.site_id in now
    ]


_ByKey = Mapping[UUID, Mapping[str, Sums]]


def _of_period(
    sites: sa.ColumnElement[bool], period: Period, scoring_keys: Collection[str] | None
) -> _ByKey:
    """The sums of a period by site and scoring key."""
    sums = [sa.cast(sa.func.sum(getattr(SiteTotal, name)), sa.BigInteger) for name in _COLUMNS]
    select = (
        sa.select(SiteTotal.site_id, SiteTotal.scoring_key, *sums)
        .where(
            SiteTotal.site_id.in_(sa.select(Site.id).where(sites)),
            SiteTotal.part == WHOLE,
            SiteTotal.month.in_(period.all_months),
            SiteTotal.audits > 0,
        )
        .group_by(SiteTotal.site_id, SiteTotal.scoring_key)
    )
    if scoring_keys is not None:
        select = select.where(SiteTotal.scoring_key.in_(scoring_keys))
    found: dict[UUID, dict[str, Sums]] = {}
    for site_id, scoring_key, *values in db.session.execute(select):
        found.setdefault(site_id, {})[scoring_key] = Sums(*values)
    return found


def _total(period: _ByKey, site: Named) -> Sums:
    by_key = period.get(site.site_id, {})
    return next(iter(by_key.values())) if len(by_key) == 1 else total(by_key.values())


def _keys(period: _ByKey, site: Named) -> Collection[str]:
    return period.get(site.site_id, {}).keys()
