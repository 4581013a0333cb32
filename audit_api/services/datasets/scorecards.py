"""The data set `scorecards`: a row for each site and period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Region, RegionAncestor, Site, SiteTotal
from audit_api.rules.figures.metrics import CES, CSAT, CSI, NPS
from audit_api.rules.figures.periods import Period
from audit_api.rules.permissions import Permission
from audit_api.services import access, scorecards
from audit_api.services.access import Who
from audit_api.services.datasets.fields import (
    OF_FIGURES,
    Dataset,
    Field,
    Request,
    Unit,
    hundredths,
)
from audit_api.services.scorecards import CardRequest, Scorecard, Subject
from audit_api.services.scorecards.metrics import MetricLine
from audit_api.services.scorecards.ranks import Ranks
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.sheets.tables import Cell, Kind
from audit_api.words import pick

PAGE = 500
"""Sites that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A site's scorecard of a period, with the region that the site lies in."""

    card: Scorecard
    region_code: str
    region_name: str
    locale: str

    def metric(self, name: str) -> MetricLine | None:
        """Return the line of a metric; None where no answer counts for it."""
        return next((line for line in self.card.metrics if line.metric == name), None)


def records(request: Request, by: Who) -> Iterator[CardRecord]:
    """Yield the scorecards of every site that `by` may see and that has audits, by period and code;
    raise FORBIDDEN, or NOT_FOUND for a foreign region."""
    period = request.require_period()
    for each in period.series(request.points):
        yield from _of_period(request, each, by)


def count(request: Request, by: Who) -> int:
    """Return how many scorecards that is, those without audits among them; raise as `records`."""
    periods = request.require_period().series(request.points)
    return sum(_count(request, period, by) for period in periods)


def _count(request: Request, period: Period, by: Who) -> int:
    visited = _visited(request, period, by).with_only_columns(sa.func.count())
    return db.session.scalars(visited.order_by(None)).one()


def _of_period(request: Request, period: Period, by: Who) -> Iterator[CardRecord]:
    asked = CardRequest(period, 1, request.checklist)
    for site, region_code, region_name in _visited_sites(request, period, by):
        subject = Subject(
            SubjectKind.SITE,
            site.id,
            site.organisation_id,
            site.code,
            site.name,
            site.region_id,
            site.kind == "own",
        )
        card = scorecards.scorecard(subject, asked, by=by, now=request.now)
        if card.audits:
            yield CardRecord(card, region_code, region_name, request.locale)


def _visited_sites(request: Request, period: Period, by: Who) -> Iterator[Any]:
    """The sites that have totals of a period, page by page, each with its region."""
    select = _visited(request, period, by).limit(PAGE)
    page = db.session.execute(select).all()
    while page:
        yield from page
        page = db.session.execute(select.where(Site.code > page[-1][0].code)).all()


def _visited(request: Request, period: Period, by: Who) -> sa.Select[Any]:
    if request.region_id is not None:
        scorecards.region(request.region_id, by=by)
    visited = sa.exists().where(
        SiteTotal.site_id == Site.id, SiteTotal.month.between(period.starts, period.ends)
    )
    select = (
        access.visible_sites(by)
        .join(Region, Region.id == Site.region_id)
        .add_columns(Region.code, Region.name)
        .where(visited)
        .order_by(Site.code)
    )
    if request.region_id is not None:
        below = sa.select(RegionAncestor.region_id).where(
            RegionAncestor.ancestor_id == request.region_id
        )
        select = select.where(Site.region_id.in_(below))
    return select


def _card(read: Callable[[Scorecard], Cell]) -> Callable[[CardRecord], Cell]:
    return lambda record: read(record.card)


def _metric(name: str, read: Callable[[MetricLine], Cell], record: CardRecord) -> Cell:
    line = record.metric(name)
    return None if line is None else read(line)


def _percent(name: str, read: Callable[[Scorecard], int | None], source: str) -> Field:
    return Field(
        name, Kind.DECIMAL, _card(lambda c: hundredths(read(c))), source, Unit.PERCENT, places=2
    )


def _points(name: str, read: Callable[[Scorecard], int | None]) -> Field:
    return Field(
        name,
        Kind.DECIMAL,
        _card(lambda c: hundredths(read(c))),
        "rules/figures",
        Unit.PERCENTAGE_POINTS,
        places=2,
    )


def _rank(name: str, read: Callable[[Ranks], int | None]) -> Field:
    return Field(
        name,
        Kind.INTEGER,
        _card(lambda c: read(c.ranks) if c.ranks else None),
        "rules/figures",
    )


def _metrics(name: str) -> Iterator[Field]:
    """A metric with how many answers it is of, and its interval."""
    yield Field(f"{name}_n", Kind.INTEGER, partial(_metric, name, lambda m: m.n), "folded_totals")
    ends: dict[str, Callable[[MetricLine], Decimal | None]] = {
        "": lambda m: hundredths(m.value),
        "_low": lambda m: hundredths(m.low),
        "_high": lambda m: hundredths(m.high),
    }
    for end, read in ends.items():
        if name != CSI or not end:  # an index of several figures has no interval
            yield Field(
                f"{name}{end}",
                Kind.DECIMAL,
                partial(_metric, name, read),
                "rules/figures",
                Unit.OF_THE_METRIC,
                places=2,
            )


FIELDS: tuple[Field, ...] = (
    Field("period", Kind.TEXT, _card(lambda c: str(c.period)), "rules/figures", width=12),
    Field("period_starts", Kind.DATE, _card(lambda c: c.period.starts), "rules/figures"),
    Field("period_ends", Kind.DATE, _card(lambda c: c.period.last_day), "rules/figures"),
    Field("site_code", Kind.TEXT, _card(lambda c: c.subject.code), "sites.code"),
    Field("site_name", Kind.TEXT, _card(lambda c: c.subject.name), "sites.name", width=28),
    Field(
        "site_kind",
        Kind.TEXT,
        _card(lambda c: "own" if c.subject.own else "competitor"),
        "sites.kind",
    ),
    Field("region_code", Kind.TEXT, lambda r: r.region_code, "regions.code"),
    Field("region_name", Kind.TEXT, lambda r: r.region_name, "regions.name", width=20),
    Field("audits", Kind.INTEGER, _card(lambda c: c.audits), "site_totals.audits"),
    Field("valid_audits", Kind.INTEGER, _card(lambda c: c.valid), "folded_totals"),
    _percent("coverage", lambda c: c.coverage, "folded_totals"),
    Field("n", Kind.INTEGER, _card(lambda c: c.overall.n), "site_totals.scored"),
    _percent("mean_score", lambda c: c.overall.score, "site_totals.final_sum"),
    _percent("low", lambda c: c.overall.low, "rules/figures"),
    _percent("high", lambda c: c.overall.high, "rules/figures"),
    Field("no_interval", Kind.TEXT, _card(lambda c: c.overall.no_interval), "rules/figures"),
    _percent("mean_raw_score", lambda c: c.overall.raw, "folded_totals"),
    _percent("pooled", lambda c: c.overall.pooled, "folded_totals"),
    _percent("pass_rate", lambda c: c.pass_rate, "site_totals.passed"),
    Field(
        "band",
        Kind.TEXT,
        _card(lambda c: c.band.key if c.band else None),
        "checklist_versions.document",
    ),
    Field(
        "band_title",
        Kind.TEXT,
        lambda r: pick(r.card.band.title, r.locale) if r.card.band else None,
        "checklist_versions.document",
    ),
    _rank("rank_in_region", lambda r: r.region.rank),
    _rank("ranked_in_region", lambda r: r.region.of),
    _rank("rank_in_organisation", lambda r: r.organisation.rank),
    _rank("ranked_in_organisation", lambda r: r.organisation.of),
    Field(
        "visits_planned",
        Kind.INTEGER,
        _card(lambda c: c.visits.planned if c.visits else None),
        "visit_totals.planned",
    ),
    Field(
        "visits_done",
        Kind.INTEGER,
        _card(lambda c: c.visits.done if c.visits else None),
        "visit_totals.done",
    ),
    Field("mixed", Kind.BOOLEAN, _card(lambda c: c.overall.mixed), "site_totals.scoring_key"),
    _points("change", lambda c: c.overall.change.points),
    Field(
        "comparable",
        Kind.BOOLEAN,
        _card(lambda c: c.overall.change.comparable),
        "site_totals.scoring_key",
    ),
    _points("change_on_year", lambda c: c.overall.change_on_year.points),
    Field(
        "comparable_on_year",
        Kind.BOOLEAN,
        _card(lambda c: c.overall.change_on_year.comparable),
        "site_totals.scoring_key",
    ),
    *_metrics(NPS),
    *_metrics(CSAT),
    *_metrics(CES),
    *_metrics(CSI),
)

SCORECARDS = Dataset(
    "scorecards",
    FIELDS,
    records,
    Permission.SCORECARD_READ,
    month="period_starts",
    filters=OF_FIGURES,
    needs_period=True,
    size=count,
)
