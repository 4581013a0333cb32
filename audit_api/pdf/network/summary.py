"""The first look at many sites: whose paper it is, and the score with what it is held against."""

from __future__ import annotations

from audit_api.drawing.figures import number
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
        *_target(report),
        visits_done(labels, coverage.planned, coverage.done),
        Tile(labels.say("report.visits_scored"), str(overall.n)),
        Tile(labels.say("report.sites_visited"), str(coverage.visited), (of_sites,)),
        *changes(labels, overall.n, report.previous, report.last_year),
    ]


def _target(report: NetworkReport) -> list[Tile]:
    """What the organisation wants to score, and whether it does; nothing where it set none."""
    labels, target, score = report.labels, report.target, report.overall.score
    if target is None:
        return []
    title, value = labels.say("report.target"), percent(target)
    if score is None:
        return [Tile(title, value)]
    if score >= target:
        return [Tile(title, value, (labels.say("report.target_met"),))]
    missed = labels.say("report.target_missed", points=number(target - score))
    return [Tile(title, value, (missed,))]
