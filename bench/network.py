"""A network of 2,000 sites over 36 months, with totals as so many audits would have left them.

A scorecard reads totals and sites alone.  The visits are planned all the same, one for each audit,
so that a card which counted them would show it; audits are left out, for the totals are what they
would have left.  Every figure follows from numbers: no chance is in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.manuscripts import checks
from audit_api.models import Assignment, FoldedTotal, Site, SiteTotal, User, VisitTotal
from audit_api.rules.authoring import Checklist
from audit_api.rules.totals import TENTHS, WHOLE, Kind, Sums
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.checklists import compiled, versions
from audit_api.services.sites import organisations, regions
from audit_api.services.totals import packing
from audit_api.services.totals.contributions import EVERY_CAMPAIGN
from audit_api.services.visits import campaigns
from bench.loading import load, settle
from bench.world import NOW, migrated, numbered, token

SITES, MONTHS, REGIONS, SUB_REGIONS = 2_000, 36, 10, 5
"""Every region has so many below it; a sub-region has 40 sites, a region 200."""
FIRST = 2024 * 12
_READ = (MONTHS - 1, MONTHS - 2, MONTHS - 13)
_FILLED = (*_READ, *(place for place in reversed(range(MONTHS)) if place not in _READ))
"""The months in the order that they are filled in."""
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


def month(place: int) -> date:
    """The first day of the `place`th month."""
    year, number = divmod(FIRST + place, 12)
    return date(year, number + 1, 1)


def visits(site: int, place: int, audits: int) -> int:
    """How many of the audits fell in a month of a site: spread evenly.

    What does not go round falls in the months first that a card of the last month reads (itself,
    the one before, the same a year before), so that it has the same lines whatever the size.
    """
    cell = _FILLED.index(place) * SITES + site
    every, rest = divmod(audits, SITES * MONTHS)
    return every + (cell < rest)


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
    totals = _Totals(hq.organisation_id, campaign.id, region_ids, found.scoring_key, audits)
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


@dataclass(frozen=True)
class _Totals:
    """The totals that the audits would have left, row by row."""

    organisation_id: UUID
    campaign_id: UUID
    region_ids: list[UUID]
    scoring_key: str
    audits: int

    def of_sites(self) -> Iterator[dict[str, Any]]:
        for site, place, n in self._visited():
            yield {
                "site_id": numbered("site", site),
                "month": month(place),
                "scoring_key": self.scoring_key,
                **_scored(n, site, place)._asdict(),
            }

    def folded(self, checklist: Checklist) -> Iterator[dict[str, Any]]:
        texts = _Texts(_parts(checklist))
        for site, place, n in self._visited():
            sums = {kind: _sums(kind, n, site, place) for kind in texts.kinds}
            yield self._row(numbered("site", site), place, sums, self.campaign_id, texts)
        for place in range(MONTHS):
            wide = {kind: self._wide(kind, place) for kind in texts.kinds}
            for scope in wide[Kind.WHOLE]:
                sums = {kind: wide[kind][scope] for kind in texts.kinds}
                yield self._row(scope, place, sums, EVERY_CAMPAIGN, texts)

    def _wide(self, kind: Kind, place: int) -> dict[UUID, Sums]:
        """The sums of a month of every scope wider than a site: alike for all parts of a kind."""
        found = [_sums(kind, visits(n, place, self.audits), n, place) for n in range(SITES)]
        scopes = {self.organisation_id: found, self.campaign_id: found}
        for nth, region_id in enumerate(self.region_ids):
            scopes[region_id] = found[nth :: len(self.region_ids)]
        return {
            scope: Sums._make(map(sum, zip(*chosen, strict=True)))
            for scope, chosen in scopes.items()
        }

    def _visited(self) -> Iterator[tuple[int, int, int]]:
        # Month by month, as audits come.
        for place, site in itertools.product(range(MONTHS), range(SITES)):
            n = visits(site, place, self.audits)
            if n:
                yield site, place, n

    def _row(
        self,
        scope: UUID,
        place: int,
        sums: Mapping[Kind, Sums],
        campaign_id: UUID,
        texts: _Texts,
    ) -> dict[str, Any]:
        return {
            "scope_id": scope,
            "month": month(place),
            "scoring_key": self.scoring_key,
            "campaign_id": campaign_id,
            **sums[Kind.WHOLE]._asdict(),
            **texts.of(sums),
        }


class _Texts:
    """A row's texts where all parts of a kind have the same sums: written once, and filled in."""

    def __init__(self, parts: Iterable[tuple[Kind, str]]) -> None:
        self._parts = tuple(parts)
        by_kind: dict[Kind, list[str]] = {}
        for kind, part in self._parts:
            by_kind.setdefault(kind, []).append(part)
        self.kinds = tuple(by_kind)
        self._templates = {
            name: orjson.dumps(
                {
                    kind.value: dict.fromkeys(by_kind[kind], _place(kind))
                    for kind in inside & {*by_kind}
                },
                option=orjson.OPT_SORT_KEYS,
            ).decode()
            for name, inside in packing.TEXTS.items()
        }

    def of(self, sums: Mapping[Kind, Sums]) -> dict[str, str]:
        """Return the texts with the sums of each kind."""
        if not all(map(any, sums.values())):
            # What comes to nothing is left out.
            every = {(kind.value, part): sums[kind] for kind, part in self._parts}
            return packing.added(packing.EMPTY, every)
        packed = packing.added(packing.EMPTY, {(kind.value, ""): sums[kind] for kind in sums})
        texts = dict(self._templates)
        for name, text in packed.items():
            for kind, parts in orjson.loads(text).items():
                filled = orjson.dumps(parts[""]).decode()
                texts[name] = texts[name].replace(f'"{_place(kind)}"', filled)
        return texts


def _place(kind: str) -> str:
    return f"@{kind}@"


def _parts(checklist: Checklist) -> Iterator[tuple[Kind, str]]:
    """The kinds and parts that one audit adds to, or nearly: a few answers, one tenth, one band."""
    yield Kind.WHOLE, WHOLE
    yield Kind.COVERAGE, ""
    for touchpoint in checklist.touchpoints:
        yield Kind.TOUCHPOINT, touchpoint.key
        for section in touchpoint.sections:
            yield Kind.SECTION, section.key
    for dimension in checklist.dimensions:
        yield Kind.DIMENSION, dimension.key
    for question in checklist.questions():
        yield Kind.QUESTION, question.key
        kind = Kind.MARK if question.metric else Kind.ANSWER
        for option in question.options:
            yield kind, f"{question.key}={option.key}"
    for band in checklist.scoring.bands:
        yield Kind.BAND, band.key
    for tenth in range(6, TENTHS):
        yield Kind.TENTH, str(tenth)


def _scored(n: int, site: int, place: int) -> Sums:
    """The sums of n scores about a mean of the site's own."""
    mean = 7_000 + site * 13 % 2_500 + place * 7 % 300
    spread = 400
    squares = n * mean * mean + (n - n % 2) * spread * spread
    passed = n - n // 5
    return Sums(n, n, passed, n * mean, squares, n * mean, n * mean * 4_000, n * 40_000_000)


def _sums(kind: Kind, n: int, site: int, place: int) -> Sums:
    if kind in (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION):
        return _scored(n, site, place)
    if kind is Kind.QUESTION:
        passed = n - (n + site) // 9
        return Sums(n, n, passed, earned=passed * 1_000_000, possible=n * 1_000_000)
    if kind is Kind.COVERAGE:
        return Sums(n, passed=n, earned=38 * n, possible=40 * n)
    return Sums(max(n // 5, 1) if n else 0)


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
