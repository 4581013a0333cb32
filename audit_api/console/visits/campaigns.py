"""Campaigns, and how far each has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from flask import Response, url_for

from audit_api.console.frame import charts, forms, lists, pages, reader
from audit_api.console.frame.charts import Chart
from audit_api.console.frame.pages import Crumb
from audit_api.console.frame.sessions import who
from audit_api.console.visits.room import room
from audit_api.database import one_moment
from audit_api.drawing.progress import Advance, advances, key
from audit_api.services.checklists import versions
from audit_api.services.sites import trees
from audit_api.services.sites.trees import Branch
from audit_api.services.visits import campaigns as services
from audit_api.services.visits import progress
from audit_api.services.visits.progress import NOTHING, Progress, Standing
from audit_api.web import fields

PER_PAGE = 20


class Phase(StrEnum):
    """Where a campaign is in time."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


class Entry(NamedTuple):
    """A campaign in the list, with its phase, its progress and its checklist's title."""

    campaign: Any
    phase: Phase
    progress: Progress
    checklist: str


class Wanted(forms.Form):
    standing = fields.Text(load_default=None, validate=fields.OneOf([*Standing]))
    region_id = fields.UUID(load_default=None)
    auditor_id = fields.UUID(load_default=None)


@room.get("/programme")
def campaigns() -> Response:
    """Show the organisation's campaigns, the newest first."""
    now = datetime.now(UTC)
    with one_moment():
        found, onward = lists.page(services.listed(by=who()), PER_PAGE, newest=True)
        counts = progress.of_campaigns([each.id for each in found], by=who(), now=now)
        titles = versions.titles({each.checklist_version_id for each in found}, by=who())
        entries = [
            Entry(
                each,
                phase(each, now),
                counts.get(each.id, NOTHING),
                named(titles, each.checklist_version_id),
            )
            for each in found
        ]
        return pages.page(
            "visits/campaigns",
            reader.said("console.visits.programme"),
            entries=entries,
            onward=onward,
        )


@room.get("/programme/<uuid:campaign_id>")
def campaign(campaign_id: UUID) -> Response:
    """Show a campaign: how far it has come, by region too, and its visits."""
    now, wanted = datetime.now(UTC), forms.asked(Wanted)
    with one_moment():
        found = services.find(campaign_id, by=who())
        counts = progress.of_campaigns([campaign_id], by=who(), now=now).get(campaign_id, NOTHING)
        by_region = progress.of_regions(campaign_id, by=who(), now=now)
        tree = [each for each in trees.tree(by=who()) if each.id in by_region]
        titles = versions.titles([found.checklist_version_id], by=who())
        select = progress.visits(campaign_id, by=who(), now=now, **wanted)
        visits, onward = lists.page(select)
        return pages.page(
            "visits/campaign",
            found.name,
            crumbs=[crumb()],
            campaign=found,
            phase=phase(found, now),
            progress=counts,
            checklist=named(titles, found.checklist_version_id),
            chart=_chart(tree, by_region) if tree else None,
            lines=progress.lines(visits, by=who(), now=now),
            wanted=wanted,
            standings=[*Standing],
            tree=tree,
            auditors=progress.auditors(campaign_id, by=who()),
            onward=onward,
        )


def crumb() -> Crumb:
    return Crumb(url_for("console.visits.campaigns"), reader.said("console.visits.programme"))


def crumb_of(campaign: Any) -> Crumb:
    address = url_for("console.visits.campaign", campaign_id=campaign.id)
    return Crumb(address, campaign.name)


def phase(campaign: Any, now: datetime) -> Phase:
    today = progress.today(now)
    if campaign.ends_on < today:
        return Phase.OVER
    return Phase.COMING if campaign.starts_on > now.date() else Phase.RUNNING


def named(titles: Mapping[UUID, versions.Title], version_id: UUID) -> str:
    """Return what a checklist version is called."""
    title = titles[version_id]
    return reader.said(
        "console.visits.version", title=reader.picked(title.title), number=title.number
    )


def _chart(tree: Sequence[Branch], counts: Mapping[UUID, Progress]) -> Chart:
    labels, fonts = charts.labels(), charts.fonts()
    rows = [_row(each, counts[each.id]) for each in tree]
    table = advances(rows, labels, fonts, charts.WIDE)
    below = [key(labels, fonts, charts.WIDE)]
    return charts.rows(reader.said("console.visits.progress_by_region"), table, below)


def _row(branch: Branch, counts: Progress) -> Advance:
    return Advance(
        branch.name,
        branch.level,
        counts.planned,
        counts.counted,
        counts.in_review,
        counts.left_out,
        counts.late,
    )
