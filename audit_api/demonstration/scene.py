"""The demonstration's organisation before anybody visits: regions, sites, people, checklists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from audit_api.demonstration import chain, people
from audit_api.demonstration.campaigns import Programme, morning
from audit_api.demonstration.plan import Size, months_before
from audit_api.services.access import Who, system_who, user_who
from audit_api.services.people import users
from audit_api.services.sites import organisations, regions, sites, targets


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that visits refer to.  Sites by code, people by address."""

    people: Mapping[str, Who]
    sites: Mapping[str, Any]
    programme: Programme

    @property
    def hq(self) -> Who:
        return self.people[people.HQ]


def set_up(size: Size, password_hash: str) -> Scene:
    """Add the organisation as it was before the first visit, its people all with one password;
    raise CONFLICT where it exists."""
    begin = months_before(size.until, size.months) - timedelta(days=20)
    now = morning(begin)
    organisation = organisations.add(code=chain.CODE, name=chain.NAME, locale="zh", now=now)
    operator = system_who(organisation.id)
    found: dict[str, Any] = {}
    for region in chain.REGIONS:
        parent_id = found[region.parent].id if region.parent else None
        found[region.code] = regions.add(
            by=operator, now=now, code=region.code, name=region.name, parent_id=parent_id
        )
    known = _people(operator, found, password_hash, now)
    hq = known[people.HQ]
    targets.put(chain.TARGET, by=hq, now=now)
    return Scene(
        people=known,
        sites={site.code: _site(site, hq, found, now) for site in chain.sites(size.sites)},
        programme=Programme(begin, size.until + timedelta(days=90), by=hq),
    )


def _site(site: chain.Site, hq: Who, found: Mapping[str, Any], now: datetime) -> Any:
    return sites.add(
        by=hq,
        now=now,
        code=site.code,
        name=site.name,
        region_id=found[site.region].id,
        kind=site.kind,
        time_zone=site.time_zone,
        latitude=site.latitude,
        longitude=site.longitude,
        address=site.address,
        attributes=dict(site.attributes),
    )


def _people(
    by: Who, found: Mapping[str, Any], password_hash: str, now: datetime
) -> Mapping[str, Who]:
    return {
        account.email: user_who(
            users.add(
                by=by,
                now=now,
                password_hash=password_hash,
                email=account.email,
                name=account.name,
                role=account.role,
                locale=account.locale,
                region_ids=[found[account.region].id] if account.role == "manager" else [],
            )
        )
        for account in people.ACCOUNTS
    }
