"""From when to when there is anything to show."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from audit_api.database.statements import Statement
from audit_api.models import Site, SiteTotal
from audit_api.services.scorecards.subjects import OwnSites, own_sites


class Span(NamedTuple):
    """The first and the last month in which audits count."""

    first: date
    last: date


def span(sites: OwnSites) -> Span | None:
    """Return in which months audits of these sites count; None where none does."""
    rows = _months(sites.role).rows(id=sites.id, organisation_id=sites.organisation_id)
    first, last = rows[0]
    return None if first is None else Span(first, last)


@cache
def _months(role: str | None) -> Statement:
    return Statement(
        sa.select(sa.func.min(SiteTotal.month), sa.func.max(SiteTotal.month))
        .join_from(SiteTotal, Site, Site.id == SiteTotal.site_id)
        .where(own_sites(role), SiteTotal.audits > 0)
    )
