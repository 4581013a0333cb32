"""Three months of visits: planned, made, sent with their photos, and reviewed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from audit_api.cli.demonstration.answers import Mood, fill_in
from audit_api.cli.demonstration.scene import COMPETITOR, SITES, Campaign, Scene
from audit_api.cli.demonstration.sending import Made, Put, send
from audit_api.services import assignments, published, reviews

VISITS = 60
PLANNED = ("SH-001", "SH-001", "SH-001", "HZ-002")
TEA_HOUSES = ("HZ-002", "LD-006")
"""The sites where auditors dine; they shop at all others."""
SKILLS = {
    "SH-001": 0.76,
    "HZ-002": 0.66,
    "BJ-003": 0.72,
    "UR-004": 0.52,
    "SG-005": 0.82,
    "LD-006": 0.61,
    COMPETITOR[0]: 0.58,
}
AUDITORS = {
    "east": "auditor@demo.example",
    "north": "auditor2@demo.example",
    "overseas": "auditor3@demo.example",
}
RETURN = "Please add the photo of the shop front. 请补上门头照片。"
REJECT = "The visit was announced to the staff beforehand. 店员事先知情，本次暗访无效。"
ASTRAY = {57: 0.011}
"""Degrees north of the site, for a visit that a reviewer should wonder about."""
APPROVED = (("approve", None),)
ENDINGS: Mapping[int, tuple[tuple[str, str | None], ...]] = {
    1: (),
    2: (),
    3: (("open", None),),
    4: (("return", RETURN),),
    6: (("return", RETURN),),
    9: (("reject", REJECT),),
    15: (("approve", None), ("exclude", None)),
}
"""What became of the reviewed visits, counted from the latest; all others were approved."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that was made: its place in the row, where, when, by whom and with what result."""

    number: int
    site: str
    region: str
    at: datetime
    moves: tuple[tuple[str, str | None], ...]


def make_all(scene: Scene, today: date, put: Put) -> None:
    """Plan, make, send and review every visit, and plan those still open."""
    for visit in _visits(today):
        _make(visit, scene, put)
    for code in PLANNED:
        _plan(
            scene,
            code,
            AUDITORS["east"],
            datetime.now(UTC),
            (today - timedelta(days=2), today + timedelta(days=60)),
        )


def _visits(today: date) -> Iterator[Visit]:
    reviewed = [number for number in range(VISITS) if _place(number)[0] not in TEA_HOUSES]
    moves = {
        number: ENDINGS.get(place, APPROVED)
        for place, number in enumerate(reversed(reviewed), start=1)
    }
    for number in range(VISITS):
        code, _, region, zone, *_ = _place(number)
        day = today - timedelta(days=88 - number * 87 // VISITS)
        hour = time(10 + number * 7 % 9, number * 13 % 60, tzinfo=ZoneInfo(zone))
        yield Visit(number, code, region, datetime.combine(day, hour), moves.get(number, ()))


def _place(number: int) -> tuple[Any, ...]:
    return COMPETITOR if number % 15 == 14 else SITES[(number - number // 15) % len(SITES)]


def _campaign(scene: Scene, code: str) -> Campaign:
    return scene.dining if code in TEA_HOUSES else scene.retail


def _make(visit: Visit, scene: Scene, put: Put) -> None:
    campaign = _campaign(scene, visit.site)
    auditor = scene.people[AUDITORS[visit.region]]
    window = (visit.at.date() - timedelta(days=5), visit.at.date() + timedelta(days=5))
    planned = _plan(
        scene, visit.site, AUDITORS[visit.region], visit.at - timedelta(days=10), window
    )
    chance = random.Random(f"visit {visit.number}")
    version = published.by_digest(scene.hq.organisation_id, campaign.digest)
    assert version is not None
    mood = Mood(
        skill=min(SKILLS[visit.site] + chance.uniform(-0.08, 0.08), 0.98),
        locale="en" if visit.region == "overseas" else "zh",
        pictures=visit.number % 5 == 0,
        arrived=f"{visit.at:%H:%M}",
    )
    made = Made(
        id=uuid5(scene.hq.organisation_id, f"visit {visit.number}"),
        assignment_id=planned,
        site=scene.sites[visit.site],
        checklist=campaign.digest,
        auditor=auditor,
        at=visit.at,
        astray=ASTRAY.get(visit.number, 0.0002),
    )
    standing = send(made, fill_in(version.checklist, mood, chance), put)
    for action, note in visit.moves:
        by = scene.people["hq@demo.example" if action == "exclude" else "reviewer@demo.example"]
        standing = reviews.move(
            made.id,
            action,
            by=by,
            version=standing,
            note=note,
            notes={},
            now=visit.at + timedelta(hours=20),
        ).version


def _plan(scene: Scene, site: str, auditor: str, now: datetime, window: tuple[date, date]) -> UUID:
    return assignments.add(
        by=scene.hq,
        now=now,
        campaign_id=_campaign(scene, site).id,
        site_id=scene.sites[site].id,
        auditor_id=scene.people[auditor].id,
        starts_on=window[0],
        ends_on=window[1],
    ).id
