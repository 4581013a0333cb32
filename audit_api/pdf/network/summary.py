"""The first look at many sites: whose paper it is, and the score with what it is held against."""

from __future__ import annotations

from audit_api.drawing.languages import joined
from audit_api.pdf import document
from audit_api.pdf.network.values import NetworkReport
from audit_api.pdf.page import Flow
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


def head(flow: Flow, report: NetworkReport) -> None:
    code = () if report.code is None else (report.code,)
    told = joined(report.period, " · "), *code, *of_checklist(report.labels, report.checklist)
    document.head(
        flow,
        logo=report.logo,
        owner=report.organisation,
        kind=report.title,
        title=report.name,
        subtitle=" · ".join(told),
    )


def summary(flow: Flow, report: NetworkReport) -> None:
    """The score on its gauge, the figures beside it, and what keeps them from being read so."""
    panel(flow, report.labels, report.overall, report.band, report.scale, _tiles(report))
    warnings(flow, report.labels, mixed=report.mixed, unfinished=report.unfinished)


def _tiles(report: NetworkReport) -> list[Tile]:
    labels, overall, coverage = report.labels, report.overall, report.coverage
    of_sites = labels.say("report.of_sites", sites=coverage.sites)
    return [
        interval(labels, overall),
        Tile(labels.say("report.pass_rate"), percent(report.pass_rate)),
        *target(labels, report.target, overall.score),
        visits_done(labels, coverage.planned, coverage.done),
        Tile(labels.say("report.visits_scored"), str(overall.n)),
        Tile(labels.say("report.sites_visited"), str(coverage.visited), (of_sites,)),
        *changes(labels, overall.n, report.previous, report.last_year),
    ]
