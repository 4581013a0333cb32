"""A site's place among others: by its mean score in a period, if that is of enough audits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, arguments, parameter, parameters
from audit_api.models import Organisation, Site, SiteTotal, TotalChange
from audit_api.rules.figures.periods import Period
from audit_api.services.scorecards.subjects import Subject, SubjectKind, places

LEAST_RANKED = 3
"""A site with fewer scores is listed but not ranked."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among so many; ties share a place (1, 2, 2, 4).  None where it is not ranked."""

    rank: int | None
    of: int


@dataclass(frozen=True, slots=True)
class Ranks:
    """A site's place in its region and in the organisation."""

    region: Rank
    organisation: Rank


@dataclass(frozen=True, slots=True)
class Ranking:
    """The mean scores of an organisation's ranked sites, as of a version of its totals: by site,
    and from the lowest to the highest everywhere and in each region."""

    version: tuple[int, int]
    sites: Mapping[UUID, int]
    everywhere: Sequence[int]
    regions: Mapping[UUID, Sequence[int]]


_memory: dict[tuple[UUID, Period, frozenset[str] | None], Ranking] = {}
_MAX_RANKINGS = 100


def ranks(subject: Subject, period: Period, scoring_keys: Collection[str] | None) -> Ranks | None:
    """Return an own site's places; None for any other subject."""
    if subject.region_id is None or not subject.own:
        return None
    ranking = _ranking(subject.organisation_id, period, scoring_keys)
    score = ranking.sites.get(subject.id)
    region_scores = ranking.regions.get(subject.region_id, ())
    return Ranks(_rank(score, region_scores), _rank(score, ranking.everywhere))


def _rank(score: int | None, scores: Sequence[int]) -> Rank:
    better = None if score is None else len(scores) - bisect_right(scores, score)
    return Rank(None if better is None else better + 1, len(scores))


def _ranking(
    organisation_id: UUID, period: Period, scoring_keys: Collection[str] | None
) -> Ranking:
    """The ranking of an organisation's own sites: the same whichever site asks, so it is read anew
    only when a total has changed."""
    (version,) = _VERSION.rows(organisation_id=organisation_id)
    keys = None if scoring_keys is None else frozenset(scoring_keys)
    ranking = _memory.get((organisation_id, period, keys))
    if ranking is None or ranking.version != version:
        rows = _every_site(None if keys is None else len(keys)).rows(
            organisation_id=organisation_id, **ranking_arguments(period, keys)
        )
        ranking = _make_ranking(version, rows)
        if len(_memory) >= _MAX_RANKINGS:
            _memory.clear()
        _memory[organisation_id, period, keys] = ranking
    return ranking


def _make_ranking(version: tuple[int, int], rows: Iterable[tuple[UUID, UUID, int]]) -> Ranking:
    sites: dict[UUID, int] = {}
    regions: dict[UUID, list[int]] = {}
    for site_id, region_id, score in sorted(rows, key=itemgetter(2)):
        sites[site_id] = score
        regions.setdefault(region_id, []).append(score)
    return Ranking(version, sites, list(sites.values()), regions)


_ORGANISATION_ID = parameter("organisation_id")
# A change of a site's totals is noted in the same transaction, and the notes go only when they are
# folded, which is a new version: with the same version and as many notes, nothing has changed.
_VERSION = Statement(
    sa.select(
        Organisation.totals_version,
        sa.select(sa.func.count())
        .where(TotalChange.organisation_id == _ORGANISATION_ID)
        .scalar_subquery(),
    ).where(Organisation.id == _ORGANISATION_ID)
)


@cache
def _every_site(keys: int | None) -> Statement:
    """The ranked own sites, each with its region and its mean score."""
    sites = places(SubjectKind.ORGANISATION, _ORGANISATION_ID, _ORGANISATION_ID).sites
    means = mean_scores(sites, keys).subquery()
    return Statement(sa.select(means.c.site_id, means.c.region_id, means.c.score))


def mean_scores(
    sites: sa.ColumnElement[bool], keys: int | None, *names: sa.ColumnElement[str]
) -> sa.Select[*tuple[Any, ...]]:
    """The sites with enough scores, each with its region and its mean score; of so many scoring
    keys alone, where there is a number."""
    count, total = (
        sa.cast(sa.func.sum(column), sa.BigInteger)
        for column in (SiteTotal.scored, SiteTotal.final_sum)
    )
    select = (
        sa.select(
            SiteTotal.site_id,
            Site.region_id,
            *names,
            count.label("n"),
            # Half up, as every mean is rounded: what a person reads is what decides.
            ((2 * total + count) // (2 * count)).label("score"),
        )
        .join(Site, Site.id == SiteTotal.site_id)
        .where(
            sites,
            SiteTotal.month.between(parameter("first"), parameter("last")),
        )
        .group_by(SiteTotal.site_id, Site.region_id, *names)
        .having(count >= LEAST_RANKED)
    )
    return (
        select if keys is None else select.where(SiteTotal.scoring_key.in_(parameters("key", keys)))
    )


def ranking_arguments(period: Period, scoring_keys: Collection[str] | None) -> dict[str, Any]:
    return {"first": period.starts, "last": period.ends, **arguments("key", scoring_keys or ())}
