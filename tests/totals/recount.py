"""Scorecards counted anew from the audits that stand approved, in plain fractions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db, one_moment
from audit_api.models import Assignment, Audit, Region, Revision, Site
from audit_api.services.totals import folding, of_sites, of_visits
from tests.world import World


@dataclass(frozen=True)
class Counted:
    """An approved audit, or a visit that is planned: where and when it counts, and its score as
    stored with its answers, or its state."""

    site_id: UUID
    region_id: UUID
    own: bool
    month: str
    what: Any


def prove(world: World, months: Sequence[str]) -> None:
    """Fail unless stored totals equal a recomputation and every scorecard equals a recount."""
    # A worker may fold between two statements: all of it is read in one moment.
    with world.app.app_context(), one_moment():
        assert of_sites.differences(world.organisation_id) == []
        assert folding.differences(world.organisation_id) == []
        assert of_visits.differences(world.organisation_id) == []
        counted = list(_counted(world.organisation_id))
        answers = list(_answered(world.organisation_id))
        planned = list(_planned(world.organisation_id))
        sites = list(db.session.scalars(_of(Site, world)))
        parents = {region.id: region.parent_id for region in db.session.scalars(_of(Region, world))}
        site_ids = [site.id for site in sites]
        db.session.rollback()
    for month in months:
        audits, visits = (
            [each for each in found if each.month == month] for found in (counted, planned)
        )
        for site_id in site_ids:
            expected = _card(
                [audit.what for audit in audits if audit.site_id == site_id],
                [visit.what for visit in visits if visit.site_id == site_id],
            )
            assert _told(world, f"/sites/{site_id}", month) == expected
            of_site = [
                each.what for each in answers if (each.site_id, each.month) == (site_id, month)
            ]
            assert _distributions(world, month, site_id=site_id) == _answers(of_site)
        for region_id in parents:
            expected = _card(
                [audit.what for audit in audits if region_id in _scopes(audit, parents)],
                [visit.what for visit in visits if region_id in _scopes(visit, parents)],
            )
            assert _told(world, f"/regions/{region_id}", month) == expected
            inside = [
                each.what
                for each in answers
                if each.month == month and region_id in _scopes(each, parents)
            ]
            assert _distributions(world, month, region_id=region_id) == _answers(inside)


def _of(table: Any, world: World) -> Any:
    return sa.select(table).where(table.organisation_id == world.organisation_id)


def _counted(organisation_id: UUID) -> Iterable[Counted]:
    rows = db.session.execute(
        sa.select(Audit, Site, Revision.score)
        .join(Site, Site.id == Audit.site_id)
        .join(Revision, sa.and_(Revision.audit_id == Audit.id, Revision.standing == "current"))
        .where(Audit.organisation_id == organisation_id, Audit.state == "approved")
    )
    for audit, site, score in rows:
        day: date = audit.business_date
        yield Counted(
            site.id, site.region_id, site.kind == "own", f"{day:%Y-%m}", orjson.loads(score)
        )


def _answered(organisation_id: UUID) -> Iterable[Counted]:
    rows = db.session.execute(
        sa.select(Audit, Site, Revision.content)
        .join(Site, Site.id == Audit.site_id)
        .join(Revision, sa.and_(Revision.audit_id == Audit.id, Revision.standing == "current"))
        .where(Audit.organisation_id == organisation_id, Audit.state == "approved")
    )
    for audit, site, content in rows:
        month, answers = f"{audit.business_date:%Y-%m}", orjson.loads(content)["answers"]
        yield Counted(site.id, site.region_id, site.kind == "own", month, answers)


def _answers(visits: list[dict[str, Any]]) -> dict[str, int]:
    """How many visits gave each answer, and each reason for having none."""
    return dict(
        Counter(
            f"{key}/{answer.get('value', 'not_observed')}"
            for answers in visits
            for key, answer in answers.items()
        )
    )


def _distributions(world: World, month: str, **scope: UUID) -> dict[str, int]:
    query = {"period": month, **scope}
    path = "/scorecards/questions/distributions"
    answer = world.call("hq", "GET", path, query_string=query)
    assert answer.status_code == 200, answer.json
    counts = {
        f"{line['key']}/{name}": n
        for line in answer.json
        for name, n in (
            *((each["key"], each["n"]) for each in line["given"]),
            ("not_observed", line["not_observed"]),
        )
    }
    return {name: n for name, n in counts.items() if n}


def _planned(organisation_id: UUID) -> Iterable[Counted]:
    """Every visit: in the month of the first audit that came while it was open, or else in that
    in which its window ends."""
    rows = db.session.execute(
        sa.select(Assignment, Site)
        .join(Site, Site.id == Assignment.site_id)
        .where(Assignment.organisation_id == organisation_id, Assignment.state != "cancelled")
    )
    for planned, site in rows:
        audits = db.session.scalars(sa.select(Audit).where(Audit.assignment_id == planned.id))
        made = planned.state in ("submitted", "closed")
        days = {audit.business_date for audit in audits} if made else {planned.ends_on}
        assert not made or planned.visited_on in days
        month = f"{planned.visited_on if made else planned.ends_on:%Y-%m}"
        yield Counted(site.id, site.region_id, site.kind == "own", month, planned.state)


def _scopes(counted: Counted, parents: dict[UUID, UUID | None]) -> set[UUID]:
    """The regions that it counts in."""
    found: set[UUID] = set()
    at = counted.region_id if counted.own else None
    while at is not None:
        found.add(at)
        at = parents[at]
    return found


def _card(scores: list[dict[str, Any]], visits: list[str]) -> dict[str, Any]:
    finals = [score["final"] for score in scores if score["final"] is not None]
    passed = sum(bool(score["passed"]) for score in scores)
    parts: dict[str, list[dict[str, Any]]] = {}
    for score in scores:
        for part in score["touchpoints"]:
            parts.setdefault(part["key"], []).append(part)
    return {
        "audits": len(scores),
        "visits": {
            "planned": len(visits),
            "done": sum(state in ("submitted", "closed") for state in visits),
        },
        "pass_rate": _hundredths(Fraction(10_000 * passed, len(finals))) if finals else None,
        "overall": _line(finals, scores),
        "touchpoints": {
            key: _line([part["score"] for part in found if part["score"] is not None], found)
            for key, found in parts.items()
        },
    }


def _line(scores: list[int], pooled: list[dict[str, Any]]) -> dict[str, Any]:
    earned = sum(Fraction(each["earned"]) for each in pooled)
    possible = sum(Fraction(each["possible"]) for each in pooled)
    return {
        "n": len(scores),
        "score": _hundredths(Fraction(sum(scores), len(scores))) if scores else None,
        "pooled": _hundredths(10_000 * earned / possible) if possible else None,
        "earned": float(earned / 1_000_000),
    }


def _hundredths(value: Fraction) -> float:
    return math.floor(value + Fraction(1, 2)) / 100


def _told(world: World, path: str, month: str) -> dict[str, Any]:
    answer = world.call("hq", "GET", f"{path}/scorecard?period={month}")
    assert answer.status_code == 200, answer.json
    card = answer.json
    return {
        "audits": card["audits"],
        "visits": card["visits"],
        "pass_rate": card["pass_rate"],
        "overall": _figures(card["overall"]),
        "touchpoints": {line["key"]: _figures(line) for line in card["touchpoints"]},
    }


def _figures(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in ("n", "score", "pooled", "earned")}
