"""How many sites do together: the answer first, then where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.pages import Crumb
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import downloads, moves, pictures, tables, tiles
from audit_api.console.scorecards.chooser import Chooser, chooser
from audit_api.console.scorecards.chosen import Asked, Chosen, choose
from audit_api.console.scorecards.figures import Cell, cell
from audit_api.console.scorecards.room import room
from audit_api.console.scorecards.tables import PART, Row
from audit_api.console.scorecards.tiles import Tile
from audit_api.database import one_moment
from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import joined
from audit_api.rules.totals import Kind
from audit_api.services.documents import owners
from audit_api.services.scorecards import Subject, figures, leagues, scoring_keys
from audit_api.services.scorecards.subjects import Scope, SubjectKind
from audit_api.services.scorecards.tables import region_rows, site_table
from audit_api.services.sites.trees import Branch
from audit_api.web.lanes import Lane, lane

if TYPE_CHECKING:
    from audit_api.services.documents.network.glance import Glance

MAX_ROWS = 60
"""Sites of a region without others below it that its overview names."""


@dataclass(frozen=True, slots=True)
class Weak:
    """Regions or sites against touchpoints: the title, the columns, each of which leads to the
    sites by it, the rows, and all together."""

    title: str
    columns: Sequence[Crumb]
    rows: Sequence[Row]
    whole: Row


@room.get("/overview")
@lane(Lane.WIDE)
def overview() -> Response:
    """Show how the sites of a region, of the organisation or of a campaign do."""
    asked = forms.asked(Asked)
    with one_moment():
        chosen = choose(asked)
        subject, choices = chosen.subject(), chooser(chosen, campaigns=True)
        if subject is None:
            return _regions(choices, [*_choices(chosen)])
        seen = _glance(subject, chosen)
        weak = _weak(subject, chosen)
    return _page(subject, choices, seen, weak)


def _glance(subject: Subject, chosen: Chosen) -> Glance:
    from audit_api.services.documents.network import asked, glance

    lang, now = reader.locale(), chosen.now
    if subject.kind is SubjectKind.CAMPAIGN:
        wanted = asked.asked_of_campaign(subject, by=who(), lang=lang, now=now)
    else:
        wanted = asked.asked(subject, chosen.request, by=who(), lang=lang, now=now)
    return glance.glance(wanted, owners.owner(who().organisation_id))


def _page(subject: Subject, choices: Chooser, seen: Glance, weak: Weak | None) -> Response:
    report, chosen = seen.answered(), choices.chosen
    own = subject.id if subject.kind is SubjectKind.REGION else None
    return pages.page(
        "scorecards/overview",
        reader.said("console.scorecards.overview_of", place=subject.name),
        crumbs=chosen.crumbs("console.scorecards.overview", own, itself=False),
        choices=choices,
        report=report,
        gauge=pictures.gauge(report.overall, report.band, report.scale),
        tiles=[*_tiles(seen, chosen)],
        trend=pictures.trend(report.trend, report.scale, report.expected),
        touchpoints=pictures.by_parts(
            "report.by_touchpoint", "report.touchpoint", report.touchpoints
        ),
        dimensions=pictures.by_parts("report.by_dimension", "report.dimension", report.dimensions),
        metrics=pictures.metrics(report.metrics),
        weak=weak,
        moved=moves.moved(seen, chosen),
        questions=seen.card.questions,
        downloads=downloads.of_subject(subject, chosen),
    )


def _tiles(seen: Glance, chosen: Chosen) -> Iterator[Tile]:
    report, card = seen.report, seen.card
    sites, n, before = report.coverage, card.overall.n, joined(report.previous.period)
    yield tiles.interval(report.overall, "#trend")
    yield from tiles.change("report.previous", n, report.previous, "#moved")
    yield from tiles.change("report.last_year", n, report.last_year, "#trend")
    yield from tiles.target(report.target, report.overall.score, chosen.league("score"))
    yield tiles.pass_rate(report.pass_rate, chosen.league("pass_rate"))
    yield tiles.visits(card.visits, chosen.league("n"))
    yield tiles.sites(sites.visited, sites.sites, chosen.league("-score"))
    yield from tiles.metrics(card.metrics, report.metrics, before, "#metrics")


def _weak(subject: Subject, chosen: Chosen) -> Weak | None:
    """The regions right below a subject against touchpoints; its sites, where there are none."""
    keys = scoring_keys(who().organisation_id, chosen.checklist)
    table = site_table(subject, chosen.period, keys)
    if not table.columns:
        return None
    branches = {branch.id: branch for branch in _below(subject, chosen)}
    below = region_rows(subject, branches, table)
    regions = [tables.region_row(row, branches[row.region_id], chosen) for row in below]
    sites = tables.sorted_rows(table.rows, "score")[:MAX_ROWS]
    columns = table.columns
    parts = [cell(Figure(*mean)) for mean in table.parts.values()]
    everything = reader.said("network.all_sites")
    return Weak(
        reader.said("console.scorecards.weak_regions" if regions else "report.heat"),
        [
            Crumb(chosen.league(f"{PART}{key}"), reader.picked(dict(title)))
            for key, title in columns.items()
        ],
        regions or [tables.site_row(row, columns, chosen) for row in sites],
        Row(everything, chosen.league("score"), cell(Figure(*table.whole)), parts),
    )


def _below(subject: Subject, chosen: Chosen) -> Sequence[Branch]:
    """The regions right below: of the whole, the highest level that has several."""
    if subject.kind is SubjectKind.REGION:
        return [each for each in chosen.tree if each.parent_id == subject.id]
    roots = chosen.roots
    if len(roots) == 1:
        return [each for each in chosen.tree if each.parent_id == roots[0].id] or roots
    return roots


def _regions(choices: Chooser, found: Sequence[tuple[Branch, Cell]]) -> Response:
    """Let a manager of several regions choose one."""
    return pages.page(
        "scorecards/regions",
        reader.said("console.scorecards.your_regions"),
        choices=choices,
        regions=found,
    )


def _choices(chosen: Chosen) -> Iterator[tuple[Branch, Cell]]:
    """The regions that were granted, each with its score."""
    keys = scoring_keys(who().organisation_id, chosen.checklist)
    for branch in chosen.roots:
        scope = Scope(SubjectKind.REGION, branch.id, who().organisation_id)
        found = figures.read(scope, chosen.period, keys, (Kind.WHOLE,))
        yield branch, cell(Figure(*leagues.mean(found.total(Kind.WHOLE))))
