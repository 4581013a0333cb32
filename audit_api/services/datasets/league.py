"""The data set `league`: a row for each own site beside the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audit_api.database import db
from audit_api.rules.permissions import Permission
from audit_api.services import access, scorecards
from audit_api.services.access import Who
from audit_api.services.datasets.fields import OF_FIGURES, Dataset, Field, Request, Unit, hundredths
from audit_api.services.scorecards import SiteLine
from audit_api.sheets.tables import Cell, Kind


@dataclass(frozen=True, slots=True)
class LeagueRecord:
    """A site's line in the league of a period, with the region that the site lies in."""

    line: SiteLine
    period: str
    region_code: str
    region_name: str


def records(request: Request, by: Who) -> Iterator[LeagueRecord]:
    """Yield the own sites that `by` may see and that have audits, in the order that is asked for;
    raise FORBIDDEN, or NOT_FOUND for a foreign region."""
    period = request.require_period()
    sites = scorecards.visible(request.region_id, by=by)
    names = {
        region.id: (region.code, region.name)
        for region in db.session.scalars(access.visible_regions(by))
    }
    lines = scorecards.league(
        sites,
        period,
        scorecards.scoring_keys(by.organisation_id, request.checklist),
        sort=request.sort.removeprefix("-"),
        descending=request.sort.startswith("-"),
    )
    return (LeagueRecord(line, str(period), *names[line.site.region_id]) for line in lines)


def count(request: Request, by: Who) -> None:
    """Raise as `records`; how many sites have audits is known with their lines alone."""
    scorecards.visible(request.region_id, by=by)


def _line(read: Callable[[SiteLine], Cell]) -> Callable[[LeagueRecord], Cell]:
    return lambda record: read(record.line)


def _percent(
    name: str,
    read: Callable[[SiteLine], int | None],
    source: str = "rules/figures",
    unit: Unit = Unit.PERCENT,
) -> Field:
    return Field(name, Kind.DECIMAL, _line(lambda s: hundredths(read(s))), source, unit, places=2)


FIELDS: tuple[Field, ...] = (
    Field("period", Kind.TEXT, lambda r: r.period, "rules/figures", width=12),
    Field("rank", Kind.INTEGER, _line(lambda s: s.rank), "rules/figures", width=8),
    Field("site_code", Kind.TEXT, _line(lambda s: s.site.code), "sites.code"),
    Field("site_name", Kind.TEXT, _line(lambda s: s.site.name), "sites.name", width=28),
    Field("region_code", Kind.TEXT, lambda r: r.region_code, "regions.code"),
    Field("region_name", Kind.TEXT, lambda r: r.region_name, "regions.name", width=20),
    Field("audits", Kind.INTEGER, _line(lambda s: s.audits), "site_totals.audits"),
    Field("n", Kind.INTEGER, _line(lambda s: s.n), "site_totals.scored"),
    _percent("mean_score", lambda s: s.score, "site_totals.final_sum"),
    _percent("low", lambda s: s.low),
    _percent("high", lambda s: s.high),
    Field("no_interval", Kind.TEXT, _line(lambda s: s.no_interval), "rules/figures"),
    _percent("pass_rate", lambda s: s.pass_rate, "site_totals.passed"),
    Field("mixed", Kind.BOOLEAN, _line(lambda s: s.mixed), "site_totals.scoring_key"),
    _percent("change", lambda s: s.change.points, unit=Unit.PERCENTAGE_POINTS),
    _percent("change_relative", lambda s: s.change.relative),
    Field("comparable", Kind.BOOLEAN, _line(lambda s: s.change.comparable), "site_totals"),
)

LEAGUE = Dataset(
    "league",
    FIELDS,
    records,
    Permission.SCORECARD_READ,
    filters=OF_FIGURES,
    needs_period=True,
    size=count,
)
