"""A site's place among others: by its mean score in a period, where enough audits stand behind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, each, given, given_each
from audit_api.models import Organisation, Site, SiteTotal, TotalChange
from audit_api.rules.figures.periods import Period
from audit_api.rules.totals import WHOLE
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
class Standing:
    """The mean scores of an organisation's ranked sites, as of a version of its totals: by site,
    and from the lowest to the highest everywhere and in each region."""

    version: tuple[int, int]
    sites: Mapping[UUID, int]
    everywhere: Sequence[int]
    regions: Mapping[UUID, Sequence[int]]


_known: dict[tuple[UUID, Period, frozenset[str] | None], Standing] = {}
_MAX_KNOWN = 100


def ranks(subject: Subject, period: Period, scoring_keys: Collection[str] | None) -> Ranks | None:
    """Return an own site's places; None for any other subject."""
    if subject.region_id is None or not subject.own:
        return None
    found = _standing(subject.organisation_id, period, scoring_keys)
    mine = found.sites.get(subject.id)
    near = found.regions.get(subject.region_id, ())
    return Ranks(_rank(mine, near), _rank(mine, found.everywhere))


def _rank(mine: int | None, scores: Sequence[int]) -> Rank:
    better = None if mine is None else len(scores) - bisect_right(scores, mine)
    return Rank(None if better is None else better + 1, len(scores))


def _standing(
    organisation_id: UUID, period: Period, scoring_keys: Collection[str] | None
) -> Standing:
    """The standing of an organisation's own sites: read anew only when a total has changed, for
    it is the same whichever site asks."""
    (version,) = _VERSION.rows(organisation_id=organisation_id)
    keys = None if scoring_keys is None else frozenset(scoring_keys)
    known = _known.get((organisation_id, period, keys))
    if known is None or known.version != version:
        rows = _every_site(None if keys is None else len(keys)).rows(
            organisation_id=organisation_id, **asked(period, keys)
        )
        known = _stand(version, rows)
        if len(_known) >= _MAX_KNOWN:
            _known.clear()
        _known[organisation_id, period, keys] = known
    return known


def _stand(version: tuple[int, int], rows: Iterable[tuple[UUID, UUID, int]]) -> Standing:
    sites: dict[UUID, int] = {}
    regions: dict[UUID, list[int]] = {}
    for site_id, region_id, score in sorted(rows, key=itemgetter(2)):
        sites[site_id] = score
        regions.setdefault(region_id, []).append(score)
    return Standing(version, sites, list(sites.values()), regions)


_ORGANISATION_ID = given("organisation_id")
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
    placed = ranked(sites, keys).subquery()
    return Statement(sa.select(placed.c.site_id, placed.c.region_id, placed.c.score))


def ranked(
    sites: sa.ColumnElement[bool], keys: int | None, *named: sa.ColumnElement[str]
) -> sa.Select[*tuple[Any, ...]]:
    """The sites with enough scores, each with its region and its mean score; of so many scoring
    keys alone, where there is a number."""
    scored, total = (
        sa.cast(sa.func.sum(column), sa.BigInteger)
        for column in (SiteTotal.scored, SiteTotal.final_sum)
    )
    select = (
        sa.select(
            SiteTotal.site_id,
            Site.region_id,
            *named,
            scored.label("n"),
            # Half up, as every mean is rounded: what a person reads is what decides.
            ((2 * total + scored) // (2 * scored)).label("score"),
        )
        .join(Site, Site.id == SiteTotal.site_id)
        .where(
            sites,
            SiteTotal.part == WHOLE,
            SiteTotal.month.between(given("first"), given("last")),
        )
        .group_by(SiteTotal.site_id, Site.region_id, *named)
        .having(scored >= LEAST_RANKED)
    )
    return (
        select if keys is None else select.where(SiteTotal.scoring_key.in_(given_each("key", keys)))
    )


def asked(period: Period, scoring_keys: Collection[str] | None) -> dict[str, Any]:
    return {"first": period.starts, "last": period.ends, **each("key", scoring_keys or ())}
