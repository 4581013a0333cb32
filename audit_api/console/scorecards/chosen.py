"""What a page of this room is of: whose sites, in which period, by which checklist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import url_for

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.forms import Options
from audit_api.console.frame.regions import branches
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import periods
from audit_api.database import db
from audit_api.rules.figures.periods import Period
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import Kind
from audit_api.services import scorecards
from audit_api.services.scorecards import CardRequest, Scope, Subject, figures, titles, waves
from audit_api.services.scorecards.spans import Span, span
from audit_api.services.sites import trees
from audit_api.services.sites.trees import Branch
from audit_api.services.visits import campaigns
from audit_api.web import fields
from audit_api.web.periods import PeriodField

SERIES = (12, 24)
"""How many periods a trend may show."""


class Asked(forms.Form):
    region_id = fields.UUID(load_default=None)
    campaign_id = fields.UUID(load_default=None)
    period = PeriodField(load_default=None)
    checklist = fields.Code(load_default=None)
    series = fields.Integer(load_default=SERIES[0], validate=fields.OneOf(SERIES))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page is of, and what else could be chosen; of a campaign, which has its own months, no
    region and no other period can."""

    period: Period
    checklist: str | None
    series: int
    region_id: UUID | None
    campaign: Subject | None
    tree: Sequence[Branch]
    span: Span | None
    now: datetime

    @property
    def request(self) -> CardRequest:
        return CardRequest(self.period, self.series, self.checklist)

    @property
    def whole(self) -> bool:
        """Whether the reader may see all sites of the organisation at once."""
        return who().may(Permission.SCORECARD_NETWORK)

    @property
    def roots(self) -> Sequence[Branch]:
        """The highest regions that the reader sees."""
        return [branch for branch in self.tree if branch.level == 0]

    def link(self, endpoint: str, **changes: Any) -> str:
        """Return the address of a page of the same choice, but for what is changed."""
        places: dict[str, Any] = {
            "region_id": self.region_id,
            "campaign_id": self.campaign.id if self.campaign else None,
            "period": None if self.campaign else str(self.period),
            "checklist": self.checklist,
            "series": None if self.series == SERIES[0] else self.series,
        }
        return url_for(endpoint, **(places | changes))

    def league(self, sort: str) -> str:
        """Return the page of the sites in an order."""
        return self.link("console.scorecards.league", sort=sort)

    def site(self, site_id: UUID) -> str:
        """Return the page of a site in this period."""
        places = {"region_id": None, "campaign_id": None, "period": str(self.period)}
        return self.link("console.scorecards.site", site_id=site_id, **places)

    def scope(self) -> Scope:
        """Return whose figures are read: of a campaign, of a region, of all that may be seen."""
        if self.campaign is not None:
            return self.campaign
        if self.region_id is not None:
            return scorecards.region(self.region_id, by=who())
        return scorecards.everywhere(by=who())

    def subject(self) -> Subject | None:
        """Return whose scorecard it is; None for a manager of several regions who chose none."""
        if self.campaign is not None:
            return self.campaign
        if self.region_id is None and self.whole:
            return scorecards.organisation(by=who())
        region_id = self.region_id or (self.roots[0].id if len(self.roots) == 1 else None)
        return None if region_id is None else scorecards.region(region_id, by=who())

    def crumbs(self, endpoint: str, region_id: UUID | None, *, itself: bool) -> list[pages.Crumb]:
        """Return the pages of the regions above one, with its own where `itself` is to be there."""
        path = trees.above(self.tree, region_id) if region_id else []
        found = [
            pages.Crumb(self.link(endpoint, region_id=branch.id), branch.name)
            for branch in (path if itself else path[:-1])
        ]
        if not self.whole or (not path and not itself):
            return found
        everything = reader.said("console.scorecards.everything")
        return [pages.Crumb(self.link(endpoint, region_id=None), everything), *found]

    @property
    def place(self) -> str | None:
        """The name of the campaign or the region that was chosen."""
        if self.campaign is not None:
            return self.campaign.name
        return next((each.name for each in self.tree if each.id == self.region_id), None)

    def titled(self, title: str) -> str:
        """Return the title of a page with what it is of."""
        if self.place is None:
            return title
        return reader.said("console.scorecards.titled", title=title, place=self.place)

    def regions(self) -> Options:
        """Return the regions that may be chosen, each indented by its level."""
        every = [("", reader.said("console.scorecards.everything"))]
        several = self.whole or len(self.roots) > 1
        return [*(every if several else ()), *branches(self.tree)]

    def checklists(self) -> Options:
        """Return the checklists that the period's audits were made with, the most used first."""
        audits = figures.read(self.scope(), self.period, None, (Kind.WHOLE,)).audits
        found = {
            version.checklist.key: reader.picked(dict(version.checklist.title))
            for version in titles.newest_versions(who().organisation_id, audits)
        }
        if self.checklist is not None:
            found.setdefault(self.checklist, self.checklist)
        return [("", reader.said("console.scorecards.every_checklist")), *found.items()]

    def campaigns(self) -> Options:
        """Return the campaigns that may be chosen, the latest first."""
        if not self.whole:
            return []
        found = db.session.scalars(campaigns.listed(by=who())).all()
        latest_first = sorted(found, key=lambda each: each.starts_on, reverse=True)
        none = ("", reader.said("console.scorecards.no_campaign"))
        return [none, *((str(each.id), each.name) for each in latest_first)]

    def period_groups(self) -> Sequence[periods.Group]:
        return periods.groups(self.period, self.span, self.now)

    @property
    def words(self) -> str:
        """The period's name."""
        return periods.words(self.period, self.now)

    @property
    def earlier(self) -> Period | None:
        return periods.earlier(self.period, self.span)

    @property
    def later(self) -> Period | None:
        return periods.later(self.period, self.now)


def choose(asked: dict[str, Any]) -> Chosen:
    """Return what a page is of, by its address; raise FORBIDDEN or NOT_FOUND.  Call it in
    `database.one_moment`."""
    now = datetime.now(UTC)
    campaign_id: UUID | None = asked["campaign_id"]
    region_id: UUID | None = None if campaign_id else asked["region_id"]
    months = span(scorecards.visible(region_id, by=who()))
    campaign = scorecards.campaign(campaign_id, by=who()) if campaign_id else None
    period = asked["period"] or periods.usual(months, now)
    if campaign is not None:
        period = waves.of_campaign(campaign, by=who(), today=now.date())[-1].period
    return Chosen(
        period=period,
        checklist=asked["checklist"],
        series=asked["series"],
        region_id=region_id,
        campaign=campaign,
        tree=trees.tree(by=who()),
        span=months,
        now=now,
    )
