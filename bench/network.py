"""A network of 2,000 sites over 36 months, with totals as so many audits would have left them.

A scorecard reads totals and sites alone.  The visits are planned all the same, one for each audit,
so that a card which counted them would show it; audits are left out, for the totals are what they
would have left.  Every figure follows from numbers: no chance is in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.manuscripts import checks
from audit_api.models import Assignment, FoldedTotal, Site, SiteTotal, User, VisitTotal
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.checklists import compiled, versions
from audit_api.services.sites import organisations, regions
from audit_api.services.visits import campaigns
from bench.loading import load, settle
from bench.sums import MONTHS, SITES, Totals, month, visits
from bench.world import NOW, migrated, numbered, token

REGIONS, SUB_REGIONS = 10, 5
"""Every region has so many below it; a sub-region has 40 sites, a region 200."""
CHECKLIST = Path(__file__).parents[1] / "checklists" / "retail_store.yaml"


@dataclass(frozen=True)
class Network:
    """A filled database: settings of its application, a token of HQ, and what to ask for."""

    settings: dict[str, str]
    token: str
    site_id: UUID
    league_region_id: UUID
    period: str


@contextmanager
def network(url: str, instance: Path, *, audits: int) -> Iterator[Network]:
    """Yield a migrated database behind `url` (empty: SQLite in `instance`), filled with what
    `audits` audits would have left."""
    with migrated(url, instance) as (_, settings):
        yield _fill(settings, audits)


def _fill(settings: dict[str, str], audits: int) -> Network:
    organisation = organisations.add(code="bench", name="Bench", locale="en", now=NOW)
    hq = access.system_who(organisation.id)
    manuscript = checks.check(CHECKLIST.read_bytes())
    version = versions.publish_at_once(manuscript, by=hq, now=NOW)
    campaign = campaigns.add(
        by=hq,
        now=NOW,
        name="Bench",
        checklist_version_id=version.id,
        review="always",
        starts_on=month(0),
        ends_on=month(MONTHS - 1),
    )
    region_ids = _regions(hq)
    _sites(hq, region_ids)
    db.session.add(
        User(
            id=numbered("hq", 0),
            organisation_id=hq.organisation_id,
            email="hq@bench.example",
            name="HQ",
            role="hq",
            locale="en",
            created_at=NOW,
        )
    )
    db.session.commit()
    found = compiled.by_digest(hq.organisation_id, version.digest or "")
    assert found is not None
    totals = Totals(hq.organisation_id, campaign.id, region_ids, found.scoring_key, audits)
    load(SiteTotal, totals.of_sites())
    load(FoldedTotal, totals.folded(found.checklist))
    key = found.checklist.key
    load(Assignment, _planned(hq, campaign.id, key, audits))
    load(VisitTotal, _counted(hq, campaign.id, key, audits))
    of_hq = token(numbered("hq", 0))
    db.session.commit()
    settle()
    last = month(MONTHS - 1)
    league = regions.find_code("R0", by=hq).id
    return Network(settings, of_hq, numbered("site", 0), league, f"{last:%Y-%m}")


def _regions(hq: Who) -> list[UUID]:
    """Add the tree; return the regions that sites lie in."""
    root = regions.add(by=hq, now=NOW, code="all", name="All")
    found = []
    for one in range(REGIONS):
        region = regions.add(by=hq, now=NOW, code=f"R{one}", name=f"R {one}", parent_id=root.id)
        for other in range(SUB_REGIONS):
            code = f"R{one}-{other}"
            found.append(regions.add(by=hq, now=NOW, code=code, name=code, parent_id=region.id).id)
    return found


def _sites(hq: Who, region_ids: list[UUID]) -> None:
    rows = [
        {
            "organisation_id": hq.organisation_id,
            "id": numbered("site", n),
            "region_id": region_ids[n % len(region_ids)],
            "code": f"S{n:04}",
            "name": f"Site {n}",
            "kind": "own",
            "time_zone": "Asia/Shanghai",
        }
        for n in range(SITES)
    ]
    db.session.execute(sa.insert(Site), rows)


def _planned(hq: Who, campaign_id: UUID, checklist: str, audits: int) -> Iterator[dict[str, Any]]:
    """A visit for each audit, in its month, of which one in ten was never made."""
    for place, site in itertools.product(range(MONTHS), range(SITES)):
        for n in range(visits(site, place, audits)):
            yield {
                "id": numbered(f"visit{site}.{place}.", n),
                "organisation_id": hq.organisation_id,
                "campaign_id": campaign_id,
                "site_id": numbered("site", site),
                "auditor_id": numbered("hq", 0),
                "state": "closed" if n % 10 else "expired",
                "audits": int(n % 10 > 0),
                "starts_on": month(place),
                "ends_on": month(place),
                "visited_on": month(place) if n % 10 else None,
                "visited_with": checklist if n % 10 else None,
                "created_at": datetime(2024, 1, 1, tzinfo=UTC),
                "version": 1,
            }


def _counted(hq: Who, campaign_id: UUID, checklist: str, audits: int) -> Iterator[dict[str, Any]]:
    """What these visits add up to."""
    for place, site in itertools.product(range(MONTHS), range(SITES)):
        n = visits(site, place, audits)
        missed = -(-n // 10)
        for made_with, planned, done in (("", missed, 0), (checklist, n - missed, n - missed)):
            yield {
                "site_id": numbered("site", site),
                "month": month(place),
                "campaign_id": campaign_id,
                "checklist": made_with,
                "organisation_id": hq.organisation_id,
                "planned": planned,
                "done": done,
            }
