"""Best practice and worst, with their photos: of the best sites in the better half of the league
that have a photo to show it by, and of the worst in the other half.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Photo
from audit_api.pdf import Practice
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.scoring.praise import Tone
from audit_api.services.documents import practices
from audit_api.services.documents.counted import these
from audit_api.services.documents.lots import drawn
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.network.sites import Beside, Ranked
from audit_api.services.insights.sample import SampledAudit

MAX_EXAMPLES = 3
"""Examples of either kind, each of another site."""
MAX_SITES = 12
"""Sites of either half whose visits are looked at."""
MAX_VISITS = 4
"""Visits of such a site that are looked at, drawn by lot."""


def best_and_worst(
    asked: Asked, sites: Beside, audits: Sequence[SampledAudit]
) -> tuple[Practice, ...]:
    """Return examples of best practice and of worst, as far as visits have photos that a site may
    see."""
    ranking = [each for each in sites.ranked if each.line.rank is not None]
    half = len(ranking) // 2
    pictured = _pictured(audits)
    ends = ((ranking[:half], Tone.PRAISE), (ranking[::-1][:half], Tone.COMPLAINT))
    return tuple(
        practice
        for end, wanted in ends
        for practice in islice(_of_sites(asked, end, pictured, wanted), MAX_EXAMPLES)
    )


def _pictured(audits: Sequence[SampledAudit]) -> Mapping[UUID, list[UUID]]:
    """The visits that have a photo that can be opened, by site."""
    site_ids = {audit.id: audit.site_id for audit in audits}
    rows = db.session.scalars(
        sa.select(Photo.audit_id)
        .where(Photo.audit_id.in_(site_ids), Photo.state == PhotoState.READY)
        .distinct()
    )
    found: dict[UUID, list[UUID]] = {}
    for audit_id in rows:
        found.setdefault(site_ids[audit_id], []).append(audit_id)
    return found


def _of_sites(
    asked: Asked, end: Sequence[Ranked], pictured: Mapping[UUID, list[UUID]], wanted: Tone
) -> Iterator[Practice]:
    """An example of each site that has one, from the end on."""
    told = (each for each in end if each.line.site.site_id in pictured)
    for each in islice(told, MAX_SITES):
        site = each.line.site
        visits = these(drawn(pictured[site.site_id], MAX_VISITS))
        found = practices.practices(visits, site.name, wanted, by=asked.by, lang=asked.lang)
        yield from islice(found, 1)
