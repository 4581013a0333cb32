"""The best and the worst sites of a subject: by their mean scores, of enough audits each.

A site may belong to several campaigns: a campaign's card counts the campaign's audits alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol, TypeAlias, TypeVar
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import FoldedTotal, Site
from audit_api.rules.figures.periods import Period
from audit_api.rules.figures.statistics import average
from audit_api.rules.totals import Kind
from audit_api.services.scorecards import figures
from audit_api.services.scorecards.ranks import LEAST_RANKED, mean_scores, ranking_arguments
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals import contributions


class RankedSite(NamedTuple):
    """A ranked site with its scores' number and mean."""

    site_id: UUID
    code: str
    name: str
    n: int
    score: int


class Scored(Protocol):
    """What has a score."""

    @property
    def score(self) -> int | None: ...


S = TypeVar("S", bound=Scored)
Ends: TypeAlias = tuple[Sequence[S], Sequence[S]]
"""The best, the best first, and the worst, the worst first; never the same score in both."""


def extremes(
    scope: Scope, period: Period, scoring_keys: Collection[str] | None, *, most: int
) -> Ends[RankedSite]:
    """Return `most` each of the best and the worst sites of a region, organisation or campaign."""
    if scope.kind is SubjectKind.CAMPAIGN:
        sites = sorted(
            _of_campaign(scope, period, scoring_keys), key=lambda site: (-site.score, site.code)
        )
        return ends(sites, len(sites), most)
    statement = _at_the_ends(scope.kind, None if scoring_keys is None else len(scoring_keys))
    rows = statement.rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        most=most,
        **ranking_arguments(period, scoring_keys),
    )
    return ends([RankedSite._make(row[1:]) for row in rows], rows[0][0] if rows else 0, most)


def ends(ranking: Sequence[S], count: int, most: int) -> Ends[S]:
    """Return up to `most` from each end of a ranking of `count`, of which `ranking` has at least
    those, the best first.

    Where both ends meet at one score, what has that score is neither: nothing is worse than it at
    one end and better at the other.
    """
    half = min(most, count // 2)
    best, worst = ranking[:half], ranking[len(ranking) - half :][::-1]
    if half and best[-1].score == worst[-1].score:
        middle = best[-1].score
        best, worst = ([each for each in end if each.score != middle] for end in (best, worst))
    return best, worst


@cache
def _at_the_ends(kind: SubjectKind, keys: int | None) -> Statement:
    """The best and the worst sites, best first, each after the number of all that are ranked."""
    sites = places(kind, parameter("id"), parameter("organisation_id")).sites
    means = mean_scores(sites, keys, *Site.__table__.c["code", "name"]).subquery()
    ranking = sa.select(
        sa.func.count().over().label("every"),
        *(means.c[name] for name in RankedSite._fields),
        sa.func.row_number().over(order_by=(means.c.score.desc(), means.c.code)).label("place"),
    ).subquery()
    most = parameter("most")
    at_an_end = sa.or_(ranking.c.place <= most, ranking.c.place > ranking.c.every - most)
    columns = [ranking.c[name] for name in ("every", *RankedSite._fields)]
    return Statement(sa.select(*columns).where(at_an_end).order_by(ranking.c.place))


def _of_campaign(
    scope: Scope, period: Period, scoring_keys: Collection[str] | None
) -> Iterator[RankedSite]:
    counts: dict[UUID, int] = {}
    sums: dict[UUID, int] = {}
    for site_id, scoring_key, n, score in _sums_by_site(scope, period):
        if scoring_keys is None or scoring_key in scoring_keys:
            counts[site_id] = counts.get(site_id, 0) + n
            sums[site_id] = sums.get(site_id, 0) + score
    for site_id, code, name in _VISITED_SITES.rows(
        id=scope.id, organisation_id=scope.organisation_id
    ):
        n = counts.get(site_id, 0)
        mean = average(n, sums.get(site_id, 0))
        if n >= LEAST_RANKED and mean is not None:
            yield RankedSite(site_id, code, name, n, mean)


def _sums_by_site(scope: Scope, period: Period) -> Iterator[tuple[UUID, str, int, int]]:
    """The number and the sum of the scores that the campaign's audits brought, by site and
    scoring key: what is folded, and what is not yet."""
    yield from _FOLDED.rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.ends,
    )
    for change in contributions.of_changes(figures.changes(scope, period)):
        for kind, _, sums in change.details:
            if kind == Kind.WHOLE:
                n, score = change.sign * sums.scored, change.sign * sums.final_sum
                yield change.lineage.site_id, change.rules.scoring_key, n, score


_SITES = places(SubjectKind.CAMPAIGN, parameter("id"), parameter("organisation_id")).sites
_VISITED_SITES = Statement(sa.select(Site.id, Site.code, Site.name).where(_SITES))
_FOLDED = Statement(
    sa.select(
        FoldedTotal.scope_id, FoldedTotal.scoring_key, FoldedTotal.scored, FoldedTotal.final_sum
    )
    .join_from(FoldedTotal, Site, Site.id == FoldedTotal.scope_id)
    .where(
        _SITES,
        FoldedTotal.campaign_id == parameter("id"),
        FoldedTotal.month.between(parameter("first"), parameter("last")),
    )
)
