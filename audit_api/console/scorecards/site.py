"""A site's scorecard, and the visits that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from flask import Response, url_for

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import downloads, pictures, tiles
from audit_api.console.scorecards.chooser import Chooser, chooser
from audit_api.console.scorecards.chosen import Asked, Chosen, choose
from audit_api.console.scorecards.figures import cell
from audit_api.console.scorecards.room import room
from audit_api.console.scorecards.tiles import Tile
from audit_api.database import one_moment
from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import joined
from audit_api.services import scorecards
from audit_api.services.scorecards import Subject
from audit_api.web.lanes import Lane, lane

if TYPE_CHECKING:
    from audit_api.services.documents.counted import Counted
    from audit_api.services.documents.scorecard import Gathered, VisitLine


class Visit(NamedTuple):
    """A visit in a list: told by its day alone, whoever made it."""

    address: str
    day: str
    checklist: str
    score: str
    band: str
    passed: bool | None
    findings: int


@room.get("/sites/<uuid:site_id>")
@lane(Lane.WIDE)
def site(site_id: UUID) -> Response:
    """Show a site's scorecard."""
    from audit_api.services.documents import scorecard

    asked = forms.asked(Asked)
    with one_moment():
        found = scorecards.site(site_id, by=who())
        chosen = choose(asked | {"region_id": found.region_id, "campaign_id": None})
        choices = chooser(chosen, of_site=True)
        seen = scorecard.gather_whole(
            found, chosen.request, by=who(), lang=reader.locale(), now=chosen.now
        )
    return _page(found, choices, seen)


def _page(found: Subject, choices: Chooser, seen: Gathered) -> Response:
    report, chosen = seen.report, choices.chosen
    return pages.page(
        "scorecards/site",
        found.name,
        crumbs=chosen.crumbs("console.scorecards.league", found.region_id, itself=True),
        choices=choices,
        found=found,
        report=report,
        gauge=pictures.gauge(report.overall, report.band, report.scale),
        tiles=[*_tiles(seen, chosen)],
        trend=pictures.trend(report.trend, report.scale, report.expected),
        touchpoints=pictures.compared(
            "report.by_touchpoint", "report.touchpoint", report.touchpoints
        ),
        dimensions=pictures.compared("report.by_dimension", "report.dimension", report.dimensions),
        metrics=pictures.metrics(report.metrics),
        questions=seen.card.questions,
        visits=[_visit(made, line) for made, line in zip(seen.visits, report.visits, strict=True)],
        downloads=downloads.of_site(found.id, chosen),
    )


def _tiles(seen: Gathered, chosen: Chosen) -> Iterator[Tile]:
    report, card = seen.report, seen.card
    n, before, ranks = card.overall.n, joined(report.previous.period), card.ranks
    yield tiles.interval(report.overall, "#trend")
    yield from tiles.change("report.previous", n, report.previous, "#trend")
    yield from tiles.change("report.last_year", n, report.last_year, "#trend")
    yield from tiles.target(report.target, report.overall.score, "#trend")
    if report.own:
        region, organisation = (ranks.region, ranks.organisation) if ranks else (None, None)
        yield tiles.rank("report.rank_in_region", region, chosen.league("-score"))
        yield tiles.rank("report.rank_in_organisation", organisation)
    yield tiles.pass_rate(report.pass_rate, "#visits")
    yield tiles.visits(card.visits, "#visits")
    yield from tiles.metrics(card.metrics, report.metrics, before, "#metrics")


def _visit(made: Counted, line: VisitLine) -> Visit:
    bands = made.version.checklist.scoring.bands
    key = made.read.score.band
    band = next((reader.picked(dict(each.title)) for each in bands if each.key == key), "")
    return Visit(
        url_for("console.audits.visit", audit_id=made.audit_id),
        reader.day(line.day),
        joined(line.checklist),
        cell(Figure(1, line.score)).text,
        band,
        line.passed,
        line.findings,
    )
