"""Scorecards of a month: sites and regions, from stored totals, against the month before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.models import ChecklistVersion, Region, RegionAncestor, Site, SiteTotal
from audit_api.rules import checklist as rules
from audit_api.rules import statistics
from audit_api.rules.exact import half_up
from audit_api.rules.totals import WHOLE, month_of
from audit_api.services import access, totals
from audit_api.services.access import Who


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over the audits of one part: counts, hundredths of a percent, millionths of a point."""

    audits: int = 0
    scored: int = 0
    passed: int = 0
    final_sum: int = 0
    final_squares: int = 0
    raw_sum: int = 0
    earned: int = 0
    possible: int = 0
    scoring_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """The difference to the month before, `points` and `relative` both in hundredths of a percent;
    None without a base.

    `comparable` is False where the two months were scored by different rules.
    """

    points: int | None
    relative: int | None
    comparable: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a scorecard: percentages in hundredths, points in millionths; `n` audits had a
    score."""

    key: str
    title: Mapping[str, str]
    n: int
    score: int | None
    raw: int | None
    low: int | None
    high: int | None
    earned: int
    possible: int
    pooled: int | None
    change: Change


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A site's or a region's month.  A score is the mean of the audits' scores: every visit
    weighs the same; `pooled` is earned over possible points."""

    subject_id: UUID
    name: str
    month: date
    audits: int
    pass_rate: int | None
    overall: Line
    touchpoints: tuple[Line, ...]


def site(site_id: UUID, month: date, *, by: Who) -> Scorecard:
    """Return a site's month; raise NOT_FOUND for a site that `by` may not see."""
    access.require(by, "scorecard.read")
    found = db.session.scalar(access.visible_sites(by).where(Site.id == site_id))
    if found is None:
        raise not_found("site")
    return _scorecard(found.id, found.name, month, SiteTotal.site_id == site_id, by)


def region(region_id: UUID, month: date, *, by: Who) -> Scorecard:
    """Return the month of all own sites in a region and below; competitors never enter it."""
    access.require(by, "scorecard.read")
    found = db.session.scalar(access.visible_regions(by).where(Region.id == region_id))
    if found is None:
        raise not_found("region")
    below = sa.select(RegionAncestor.region_id).where(RegionAncestor.ancestor_id == region_id)
    own = sa.select(Site.id).where(Site.region_id.in_(below), Site.kind == "own")
    return _scorecard(found.id, found.name, month, SiteTotal.site_id.in_(own), by)


def _scorecard(
    subject_id: UUID, name: str, month: date, of: sa.ColumnElement[bool], by: Who
) -> Scorecard:
    this = month_of(month)
    before = month_of(this - timedelta(days=1))
    figures = _figures(of, (before, this))
    now, then = figures.get(this, {}), figures.get(before, {})
    titles = _titles(now, by)
    whole = now.get(WHOLE, Figures())
    return Scorecard(
        subject_id=subject_id,
        name=name,
        month=this,
        audits=whole.audits,
        pass_rate=_percent(whole.passed, whole.scored),
        overall=_line(WHOLE, {}, whole, then.get(WHOLE)),
        touchpoints=tuple(
            _line(key, title, now[key], then.get(key))
            for key, title in titles.items()
            if key in now
        ),
    )


def _figures(
    of: sa.ColumnElement[bool], months: tuple[date, ...]
) -> dict[date, dict[str, Figures]]:
    total = SiteTotal
    sums = [sa.func.sum(getattr(total, name)) for name in totals.COLUMNS]
    rows = db.session.execute(
        sa.select(total.month, total.part, total.scoring_key, *sums)
        .where(of, total.month.in_(months), total.audits > 0)
        .group_by(total.month, total.part, total.scoring_key)
    )
    found: dict[date, dict[str, Figures]] = {}
    for month, part, scoring_key, *values in rows:
        parts = found.setdefault(month, {})
        parts[part] = _sum(parts.get(part, Figures()), [int(v) for v in values], scoring_key)
    return found


def _sum(figures: Figures, values: list[int], scoring_key: str) -> Figures:
    added = {
        name: getattr(figures, name) + value
        for name, value in zip(totals.COLUMNS, values, strict=True)
    }
    return replace(figures, **added, scoring_keys=figures.scoring_keys | {scoring_key})


def _line(key: str, title: Mapping[str, str], now: Figures, then: Figures | None) -> Line:
    mean = statistics.mean(now.scored, now.final_sum, now.final_squares)
    base = statistics.average(then.scored, then.final_sum) if then else None
    change = statistics.change(mean.mean, base)
    return Line(
        key=key,
        title=title,
        n=now.scored,
        score=mean.mean,
        low=mean.low,
        high=mean.high,
        raw=statistics.average(now.scored, now.raw_sum),
        earned=now.earned,
        possible=now.possible,
        pooled=_percent(now.earned, now.possible),
        change=Change(
            change.points,
            change.relative,
            comparable=then is not None and then.scoring_keys == now.scoring_keys,
        ),
    )


def _percent(part: int, whole: int) -> int | None:
    return half_up(part * statistics.FULL, whole) if whole else None


def _titles(parts: Mapping[str, Figures], by: Who) -> dict[str, Mapping[str, str]]:
    """Return the touchpoints' titles in the journey's order, newest version's words first."""
    keys = {key for figures in parts.values() for key in figures.scoring_keys}
    documents = db.session.scalars(
        sa.select(ChecklistVersion.document)
        .where(
            ChecklistVersion.organisation_id == by.organisation_id,
            ChecklistVersion.scoring_key.in_(keys),
        )
        .order_by(ChecklistVersion.published_at.desc())
    )
    titles: dict[str, Mapping[str, str]] = {}
    for document in documents:
        for touchpoint in rules.parse(orjson.loads(document)).touchpoints:
            titles.setdefault(touchpoint.key, touchpoint.title)
    return titles
