"""Audits with what they are about, as data sets read them: by the day of the visit, in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Campaign, Region, Revision, Site, User
from audit_api.rules.scoring.score import Score, score_from_json
from audit_api.services import standing
from audit_api.services.access import Who
from audit_api.services.audits import queue
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published
from audit_api.services.datasets import versions
from audit_api.services.datasets.fields import Field, Request
from audit_api.services.standing import ReadBack
from audit_api.sheets.tables import Cell, Kind

PAGE = 200
"""Audits that are in memory at a time, each with all that was sent."""


@dataclass(frozen=True)
class Visited:
    """An audit with the names of what it is about, and its standing revision as it is stored."""

    locale: str
    audit: Audit
    site_code: str
    site_name: str
    site_kind: str
    region_code: str
    region_name: str
    campaign: str
    auditor: str
    content: str
    score_json: str

    @cached_property
    def version(self) -> Published:
        """The checklist that it was made with."""
        return compiled.by_id(self.audit.organisation_id, self.audit.checklist_version_id)

    @cached_property
    def score(self) -> Score:
        return score_from_json(orjson.loads(self.score_json))

    def read_back(self) -> ReadBack:
        """Return what was sent, and its score."""
        return standing.read(self.content, self.score_json)


def count(request: Request, by: Who) -> int:
    """Return how many audits `pages` yields."""
    found = _matching(request, by).with_only_columns(sa.func.count())
    return db.session.scalars(found).one()


def pages(request: Request, *, by: Who) -> Iterator[Sequence[Visited]]:
    """Yield the audits that `by` may see and that are asked for, by day and id, a page at a time;
    raise FORBIDDEN where the filter would tell who made one.

    A page costs the same wherever it stands, for it begins where the one before it ended.
    """
    select = _with_names(_matching(request, by))
    select = select.order_by(Audit.business_date, Audit.id).limit(PAGE)
    page = [Visited(request.locale, *row) for row in db.session.execute(select)]
    while page:
        yield page
        last = page[-1].audit
        page = [
            Visited(request.locale, *row)
            for row in db.session.execute(select.where(_is_after(last.business_date, last.id)))
        ]


def _matching(request: Request, by: Who) -> sa.Select[Audit]:
    found = queue.matching(request.audits, by=by)
    if request.checklist is None:
        return found
    return found.where(Audit.checklist_version_id.in_(versions.ids(request.checklist)))


def _with_names(audits: sa.Select[Audit]) -> sa.Select[Any]:
    return (
        audits.join(Site, Site.id == Audit.site_id)
        .join(Region, Region.id == Site.region_id)
        .join(Campaign, Campaign.id == Audit.campaign_id)
        .join(User, User.id == Audit.auditor_id)
        .join(Revision, standing.IS_STANDING)
        .add_columns(
            *(Site.code, Site.name, Site.kind, Region.code, Region.name),
            *(Campaign.name, User.name, Revision.content, Revision.score),
        )
    )


def _is_after(day: date, audit_id: UUID) -> sa.ColumnElement[bool]:
    columns = Audit.business_date, Audit.id
    there = (sa.literal(day, sa.Date), sa.literal(audit_id, Audit.id.type))
    return sa.tuple_(*columns) > sa.tuple_(*there)


class Record(Protocol):
    """What has an audit behind it."""

    @property
    def visited(self) -> Visited: ...


def _read(read: Callable[[Visited], Cell]) -> Callable[[Record], Cell]:
    return lambda record: read(record.visited)


ABOUT = (
    Field("audit_id", Kind.TEXT, _read(lambda v: str(v.audit.id)), "audits.id", width=38),
    Field(
        "business_date", Kind.DATE, _read(lambda v: v.audit.business_date), "audits.business_date"
    ),
    Field("site_code", Kind.TEXT, _read(lambda v: v.site_code), "sites.code"),
    Field("site_name", Kind.TEXT, _read(lambda v: v.site_name), "sites.name", width=28),
    Field("site_kind", Kind.TEXT, _read(lambda v: v.site_kind), "sites.kind"),
    Field("region_code", Kind.TEXT, _read(lambda v: v.region_code), "regions.code"),
    Field("region_name", Kind.TEXT, _read(lambda v: v.region_name), "regions.name", width=20),
    Field("campaign", Kind.TEXT, _read(lambda v: v.campaign), "campaigns.name", width=20),
    Field(
        "checklist", Kind.TEXT, _read(lambda v: v.version.checklist.key), "checklists.key", width=18
    ),
    Field(
        "checklist_version",
        Kind.INTEGER,
        _read(lambda v: v.version.number),
        "checklist_versions.number",
    ),
    Field("state", Kind.TEXT, _read(lambda v: v.audit.state), "audits.state"),
    Field("revision", Kind.INTEGER, _read(lambda v: v.audit.revision), "audits.revision"),
)
"""What is told of the audit behind a row."""
WHO_AND_WHEN = (
    Field(
        "auditor_id",
        Kind.TEXT,
        _read(lambda v: str(v.audit.auditor_id)),
        "audits.auditor_id",
        full=True,
        width=38,
    ),
    Field("auditor", Kind.TEXT, _read(lambda v: v.auditor), "users.name", full=True, width=20),
    Field(
        "visited_at",
        Kind.MOMENT,
        _read(lambda v: v.audit.visited_at),
        "audits.visited_at",
        full=True,
        width=20,
    ),
)
"""Who made the visit, and at which minute: of the full edition alone."""
