"""Sites beside each other: the league table, and which sites moved by more than chance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, each, given, given_each
from audit_api.models import Site, SiteTotal
from audit_api.rules.exact import percentage
from audit_api.rules.figures import statistics
from audit_api.rules.figures.comparison import CHANCE, adjusted, welch
from audit_api.rules.figures.periods import Period
from audit_api.rules.totals import WHOLE, Sums
from audit_api.services.scorecards.figures import total
from audit_api.services.scorecards.lines import Change, average, changed, sample
from audit_api.services.scorecards.ranks import LEAST_RANKED
from audit_api.services.scorecards.subjects import Chosen, chosen

_COLUMNS = ("audits", "scored", "passed", "final_sum", "final_squares")
_ONE = len(_COLUMNS)
"""How many of a row's sums are of one period."""


class Named(NamedTuple):
    """A site by its names."""

    site_id: UUID
    code: str
    name: str
    region_id: UUID


class SiteLine(NamedTuple):
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
    sites: Chosen,
    period: Period,
    scoring_keys: Collection[str] | None,
    *,
    sort: str,
    descending: bool,
) -> Sequence[SiteLine]:
    """Return those of the sites that have audits."""
    lines = [line for line, _, _ in _compared(sites, period, period.before, scoring_keys)]
    value = SORTS[sort]
    known = [line for line in lines if value(line) is not None]
    known.sort(key=lambda line: line.site.site_id.int)
    known.sort(key=value, reverse=descending)
    return [*known, *(line for line in lines if value(line) is None)]


def movers(
    sites: Chosen,
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
    sites: Chosen,
    period: Period,
    base: Period,
    scoring_keys: Collection[str] | None,
) -> list[tuple[SiteLine, Sums, Sums]]:
    """Every site's line with its sums of the period and of the base, by code."""
    rows = [
        (site, _total(now), _total(before), (now.keys(), before.keys()))
        for site, now, before in _rows(sites, (period, base), scoring_keys)
    ]
    means = [statistics.mean(now.scored, now.final_sum, now.final_squares) for _, now, _, _ in rows]
    ranks = statistics.ranks([mean.mean if mean.n >= LEAST_RANKED else None for mean in means])
    found = []
    for (site, now, before, keys), mean, rank in zip(rows, means, ranks, strict=True):
        line = SiteLine(
            site,
            audits=now.audits,
            n=mean.n,
            score=mean.mean,
            low=mean.low,
            high=mean.high,
            pass_rate=percentage(now.passed, now.scored),
            rank=rank,
            change=changed(mean.mean, average(before), *keys),
        )
        found.append((line, now, before))
    return found


_ByKey = dict[str, Sums]
"""A site's sums in a period by scoring key."""


def _rows(
    sites: Chosen, periods: tuple[Period, Period], scoring_keys: Collection[str] | None
) -> list[tuple[Named, _ByKey, _ByKey]]:
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
        **each("month", months),
        **each("key", keys),
    )
    found: dict[UUID, tuple[Named, _ByKey, _ByKey]] = {}
    for site_id, code, name, region_id, scoring_key, *sums in rows:
        line = found.get(site_id)
        if line is None:
            line = found[site_id] = Named(site_id, code, name, region_id), {}, {}
        _, of_now, of_base = line
        if sums[0]:
            of_now[scoring_key] = Sums(*sums[:_ONE])
        if sums[_ONE]:
            of_base[scoring_key] = Sums(*sums[_ONE:])
    return sorted((row for row in found.values() if row[1]), key=lambda row: row[0].code)


@cache
def _in_both(role: str | None, months: int, keys: int | None) -> Statement:
    """The sums by site and scoring key: of the months that are now, then of those before."""
    site = Site.id, Site.code, Site.name, Site.region_id
    select = (
        sa.select(*site, SiteTotal.scoring_key, *_sums("now"), *_sums("base"))
        .join_from(SiteTotal, Site, Site.id == SiteTotal.site_id)
        .where(
            chosen(role),
            SiteTotal.part == WHOLE,
            SiteTotal.month.in_(given_each("month", months)),
        )
        .group_by(Site.id, SiteTotal.scoring_key)
    )
    return Statement(
        select if keys is None else select.where(SiteTotal.scoring_key.in_(given_each("key", keys)))
    )


def _sums(name: str) -> Iterator[sa.ColumnElement[int]]:
    """The sums from the month `{name}_first` to the month `{name}_last`."""
    counts = SiteTotal.month.between(given(f"{name}_first"), given(f"{name}_last"))
    for column in _COLUMNS:
        of_these = sa.func.sum(getattr(SiteTotal, column)).filter(counts)
        yield sa.cast(sa.func.coalesce(of_these, 0), sa.BigInteger)


def _total(by_key: _ByKey) -> Sums:
    return next(iter(by_key.values())) if len(by_key) == 1 else total(by_key.values())
