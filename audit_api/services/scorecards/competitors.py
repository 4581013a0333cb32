"""Own sites against the competitors' in the same place, by the audits of one checklist.

A competitor's site counts in no scope but its own, so its figures are read there, and put together
here alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import FoldedTotal, Region, Site, TotalChange
from audit_api.rules.figures import statistics
from audit_api.rules.figures.comparison import adjusted, welch
from audit_api.rules.figures.periods import Period
from audit_api.rules.figures.statistics import Mean
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import COLUMNS, Kind, Sums
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.scorecards import figures, titles
from audit_api.services.scorecards.cards import CardRequest
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.lines import sample
from audit_api.services.scorecards.metrics import MetricEstimates, estimates
from audit_api.services.scorecards.ranks import LEAST_RANKED
from audit_api.services.scorecards.subjects import Scope, SubjectKind, competitors
from audit_api.services.scorecards.titles import Title, Version
from audit_api.services.totals import contributions, folding, packing

KINDS = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.DIMENSION, Kind.MARK)
"""What own sites and competitors' are compared by."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A part: the means over the visits to own sites and over those to competitors', and the
    probability that chance alone makes them differ so; None where nothing can be told, as of fewer
    than three visits."""

    key: str
    title: Title
    own: Mean
    competitors: Mean
    p: float | None


class CompetitorSite(NamedTuple):
    """A competitor's site with its mean score."""

    site_id: UUID
    code: str
    name: str
    region: str
    mean: Mean


@dataclass(frozen=True, slots=True)
class Competition:
    """Own sites against competitors', by the audits of one checklist alone; None without any.

    The `p` of the touchpoints and the dimensions are adjusted for their number.  `sites` are the
    competitors' that were visited, the best first; `unvisited` more are in the same place.
    `audits` of competitors' sites count; `left_out` more were made with other checklists.  `mixed`
    says that different rules scored the two sides.  `metrics` have the estimate of own sites first.
    """

    checklist: str | None
    versions: tuple[Version, ...]
    overall: Contrast
    touchpoints: tuple[Contrast, ...]
    dimensions: tuple[Contrast, ...]
    metrics: tuple[MetricEstimates, ...]
    sites: tuple[CompetitorSite, ...]
    unvisited: int
    audits: int
    left_out: int
    mixed: bool


def competition(scope: Scope, request: CardRequest, *, by: Who) -> Competition:
    """Return how own sites of a region or of the organisation stand against competitors'.

    The checklist is the one that was named, else the one by which most visits can be compared.
    Call it in `database.one_moment`.  Raises FORBIDDEN.
    """
    access.require(by, Permission.SCORECARD_READ)
    period = request.period
    whole = figures.read(scope, period, None, (Kind.WHOLE,)).audits
    theirs = read(scope, period, None, (Kind.WHOLE,))
    audits = merged(theirs.values()).audits
    checklist = request.checklist or _shared(whole, audits, by.organisation_id)
    keys = titles.scoring_keys(by.organisation_id, checklist)
    own, by_site = figures.read(scope, period, keys, KINDS), read(scope, period, keys, KINDS)
    both = own, merged(by_site.values())
    counted = sum(both[1].audits.values())
    versions = titles.newest_versions(by.organisation_id, merged(both).audits)
    touchpoints = _contrasts(both, Kind.TOUCHPOINT, titles.touchpoints(versions))
    dimensions = _contrasts(both, Kind.DIMENSION, titles.dimensions(versions))
    parts = _adjusted([*touchpoints, *dimensions])
    sites = _sites(scope, by_site)
    visited = tuple(site for site in sites if site.site_id in by_site)
    return Competition(
        checklist=checklist,
        versions=versions,
        overall=_contrast(both, Kind.WHOLE, "", {}),
        touchpoints=parts[: len(touchpoints)],
        dimensions=parts[len(touchpoints) :],
        metrics=estimates(both, versions),
        sites=visited,
        unvisited=len(sites) - len(visited),
        audits=counted,
        left_out=sum(audits.values()) - counted,
        mixed=bool(own.audits) and own.audits.keys() != both[1].audits.keys(),
    )


def read(
    scope: Scope, period: Period, scoring_keys: Collection[str] | None, kinds: tuple[Kind, ...]
) -> Mapping[UUID, Figures]:
    """Return these kinds of a period by competitors' site, of those that were visited: what is
    folded, and what is not yet.  Call it in `database.one_moment`."""
    found: defaultdict[UUID, Figures] = defaultdict(Figures)
    place = {"id": scope.id, "organisation_id": scope.organisation_id}
    months = {"first": period.starts, "last": period.ends}
    for site_id, scoring_key, *sums in _folded(scope.kind, kinds).rows(**place, **months):
        if scoring_keys is None or scoring_key in scoring_keys:
            found[site_id].add_folded(kinds, (scoring_key, *sums))
    changes: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in _changes(scope.kind).rows(**place, **months):
        changes[row[_SITE]].append(row)
    for site_id, rows in changes.items():
        for rules, parts in folding.sums_by_rules(rows).items():
            if scoring_keys is None or rules.scoring_key in scoring_keys:
                found[site_id].add(rules.scoring_key, parts)
    return {site_id: each for site_id, each in found.items() if each.audits}


_SITE = contributions.Lineage._fields.index("site_id")
"""Where the site stands in a row of `contributions.changes`."""


@cache
def _folded(kind: SubjectKind, kinds: tuple[Kind, ...]) -> Statement:
    wanted = packing.texts_with(kinds)
    texts = [
        getattr(FoldedTotal, text) if text in wanted else sa.null().cast(sa.Text).label(text)
        for text in packing.TEXTS
    ]
    return Statement(
        sa.select(
            FoldedTotal.scope_id,
            FoldedTotal.scoring_key,
            *(getattr(FoldedTotal, column) for column in COLUMNS),
            *texts,
        )
        .join_from(FoldedTotal, Site, Site.id == FoldedTotal.scope_id)
        .where(
            competitors(kind, parameter("id"), parameter("organisation_id")),
            FoldedTotal.month.between(parameter("first"), parameter("last")),
        )
    )


@cache
def _changes(kind: SubjectKind) -> Statement:
    organisation_id = parameter("organisation_id")
    return Statement(
        contributions.changes().where(
            TotalChange.organisation_id == organisation_id,
            TotalChange.month.between(parameter("first"), parameter("last")),
            competitors(kind, parameter("id"), organisation_id),
        )
    )


@cache
def _every_site(kind: SubjectKind) -> Statement:
    return Statement(
        sa.select(Site.id, Site.code, Site.name, Region.name.label("region"))
        .join(Region, Region.id == Site.region_id)
        .where(competitors(kind, parameter("id"), parameter("organisation_id")))
        .order_by(Site.code)
    )


def merged(each: Iterable[Figures]) -> Figures:
    """Return figures that are the sum of others."""
    together = Figures()
    for one in each:
        for kind, parts in one.by_kind.items():
            for part, by_key in parts.items():
                for scoring_key, sums in by_key.items():
                    together.add(scoring_key, {(kind, part): sums})
    return together


def _shared(own: Mapping[str, int], theirs: Mapping[str, int], organisation_id: UUID) -> str | None:
    """The checklist by which most visits can be compared; None without any audit."""
    counts = (Counter[str](), Counter[str]())
    for version in titles.newest_versions(organisation_id, Counter(own) + Counter(theirs)):
        for count, audits in zip(counts, (own, theirs), strict=True):
            count[version.checklist.key] += audits.get(version.scoring_key, 0)
    mine, others = counts
    return max(
        sorted(mine),
        key=lambda key: (min(mine[key], others[key]), others[key], mine[key]),
        default=None,
    )


Both = tuple[Figures, Figures]
"""The figures of own sites, and of competitors'."""


def _contrasts(both: Both, kind: Kind, part_titles: Mapping[str, Title]) -> tuple[Contrast, ...]:
    """The parts that an audit of either side has a score for."""
    contrasts = (_contrast(both, kind, key, title) for key, title in part_titles.items())
    return tuple(each for each in contrasts if each.own.n or each.competitors.n)


def _contrast(both: Both, kind: Kind, key: str, title: Title) -> Contrast:
    own, theirs = (each.total(kind, key) for each in both)
    # Two visits that happen to score alike would make any difference look like more than chance.
    enough = min(own.scored, theirs.scored) >= LEAST_RANKED
    p = welch(sample(own), sample(theirs)) if enough else None
    return Contrast(key, title, _mean(own), _mean(theirs), p)


def _adjusted(contrasts: Sequence[Contrast]) -> tuple[Contrast, ...]:
    probabilities = adjusted([each.p for each in contrasts])
    return tuple(replace(each, p=p) for each, p in zip(contrasts, probabilities, strict=True))


def _mean(sums: Sums) -> Mean:
    return statistics.mean(sums.scored, sums.final_sum, sums.final_squares)


def _sites(scope: Scope, by_site: Mapping[UUID, Figures]) -> Sequence[CompetitorSite]:
    """Every competitor's site of a place, the best first."""
    rows = _every_site(scope.kind).rows(id=scope.id, organisation_id=scope.organisation_id)
    nothing = Figures()
    sites = [
        CompetitorSite(id, code, name, region, _mean(by_site.get(id, nothing).total(Kind.WHOLE)))
        for id, code, name, region in rows
    ]
    return sorted(sites, key=lambda site: (-(site.mean.mean or 0), site.code))
