"""A scorecard's first look: the score with all that it rests on and is held against."""

from __future__ import annotations

from audit_api.drawing.languages import Text, joined
from audit_api.pdf.document import head
from audit_api.pdf.page import Flow
from audit_api.pdf.scorecard.values import Rank, SiteScorecardReport
from audit_api.pdf.tiles import (
    Tile,
    changes,
    interval,
    of_checklist,
    panel,
    target,
    visits_done,
    warnings,
)
from audit_api.rules.exact import percent


def summary(flow: Flow, report: SiteScorecardReport) -> None:
    labels, period = report.labels, joined(report.period, " · ")
    head(
        flow,
        logo=report.logo,
        owner=report.organisation,
        kind=report.title,
        title=report.site_name,
        subtitle=" · ".join(
            (period, report.site_code, report.region, *of_checklist(labels, report.checklist))
        ),
    )
    panel(flow, labels, report.overall, report.band, report.scale, _tiles(report))
    warnings(flow, labels, mixed=report.mixed, unfinished=report.unfinished)


def _tiles(report: SiteScorecardReport) -> list[Tile]:
    """The figures beside the gauge."""
    labels, overall = report.labels, report.overall
    ranks = [
        Tile(labels.say("report.rank_in_region"), *_rank(report, report.rank_in_region)),
        Tile(
            labels.say("report.rank_in_organisation"), *_rank(report, report.rank_in_organisation)
        ),
    ]
    return [
        interval(labels, overall),
        Tile(labels.say("report.pass_rate"), percent(report.pass_rate)),
        *target(labels, report.target, overall.score),
        visits_done(labels, report.planned, report.done),
        Tile(labels.say("report.visits_scored"), str(overall.n)),
        *(ranks if report.own else ()),
        *changes(labels, overall.n, report.previous, report.last_year),
    ]


def _rank(report: SiteScorecardReport, rank: Rank | None) -> tuple[Text, tuple[Text, ...]]:
    if rank is None:
        return "–", (report.labels.say("report.not_ranked", least=report.least),)
    return f"{rank.place} / {rank.of}", ()
