"""All visits of the demonstration: planned, made, sent with their photos, and reviewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from audit_api.demonstration import people, plan, quality
from audit_api.demonstration.answers import Answered, Mood, Sheet, fill_in
from audit_api.demonstration.comments import Comments
from audit_api.demonstration.endings import WITHOUT_A_PHOTO, Ending, endings
from audit_api.demonstration.pictures import phone_id, picture
from audit_api.demonstration.plan import Size, Upcoming, Visit, months_before
from audit_api.demonstration.reviewing import Desk
from audit_api.demonstration.scene import Scene
from audit_api.demonstration.sending import Put, Report, corrected, place_of, send
from audit_api.rules.lifecycle import AssignmentAction, AssignmentState
from audit_api.services.visits import assignments

LUCK = 0.05
"""How far one visit's service lies from the site's (standard deviation)."""
EVIDENCE = 0.02
"""The share of visits that may find what has to be proven by a photo: the others find none of
it, or the photos would be thousands."""
TOLD_MORE = 0.8
"""How good a visit sounds in what is added to a report that was returned."""
ASTRAY, ASTRAY_OPENED = 0.006, 0.5
"""The share of visits whose phone was far from the site, and of those that a reviewer has open."""
FATE_MOVES: Mapping[str, tuple[AssignmentAction, ...]] = {
    AssignmentState.DECLINED: (AssignmentAction.DECLINE,),
    AssignmentState.EXPIRED: (AssignmentAction.EXPIRE,),
    AssignmentState.CANCELLED: (AssignmentAction.CANCEL,),
    AssignmentState.ASSIGNED: (),
    AssignmentState.OFFERED: (),
    AssignmentState.ACCEPTED: (AssignmentAction.ACCEPT,),
    AssignmentState.STARTED: (AssignmentAction.START,),
}
AUDITORS_MOVES = (AssignmentAction.ACCEPT, AssignmentAction.DECLINE, AssignmentAction.START)

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loader:
    """What every visit needs to be loaded."""

    size: Size
    scene: Scene
    comments: Comments
    ends: Mapping[str, Ending]
    put: Put


def make_all(scene: Scene, size: Size, put: Put, tell: Tell) -> None:
    """Plan, make, send and review every visit, and plan those still open; `tell` what was done."""
    visits = plan.visits(size)
    loader = Loader(size, scene, Comments(size.seed), endings(visits, size.seed), put)
    for month in reversed(range(size.months)):
        of_month = [visit for visit in visits if visit.month == month]
        for visit, assignment_id in zip(of_month, _plan(of_month, loader), strict=True):
            _load(visit, assignment_id, loader)
        until = months_before(size.until, month) - timedelta(days=1)
        tell(f"  the month to {until}: {len(of_month)} visits")
    for open_visit in plan.upcoming(size):
        _plan_open(open_visit, loader)
    made = sum(visit.fate == "made" for visit in visits)
    tell(f"  {len(visits):,} visits planned, {made:,} made")


def answered(visit: Visit, sheet: Sheet, size: Size, comments: Comments) -> Answered:
    """Return what the auditor of a visit that was made writes down."""
    chance = visit.chance(size.seed, "answers")
    day = visit.at.date()
    level = quality.level(visit.site, day, size.until, size.seed)
    mood = Mood(
        skill=min(max(level + chance.gauss(0, LUCK), 0.2), 0.985),
        strain=quality.strain(visit.site, day, size.until),
        locale=visit.auditor.locale,
        format=visit.site.format,
        photographs=visit.month == 0,
        evidence=chance.random() < EVIDENCE,
        day=f"{visit.at:%Y-%m-%d}",
        arrived=f"{visit.at:%H:%M}",
    )
    attributes = {**visit.site.attributes, "kind": visit.site.kind}
    return fill_in(sheet, attributes, mood, comments, chance)


def _load(visit: Visit, assignment_id: UUID, loader: Loader) -> None:
    if visit.fate != "made":
        _move(visit, assignment_id, loader)
        return
    ending = loader.ends.get(visit.name)
    astray = _is_astray(visit, ending, loader)
    report = _report(visit, assignment_id, ending, loader, astray=astray)
    if ending is None and astray and visit.month > 0:
        ending = Ending.APPROVED  # nobody reviews a tea house, but what a signal holds
    chance = visit.chance(loader.size.seed, "sending")
    delay = timedelta(minutes=chance.randrange(15, 50) if chance.random() < 0.9 else 600)
    received = visit.at.astimezone(UTC) + delay
    version = send(report, received, loader.put)
    if ending is not None:
        _desk(visit, report, received, loader).end(ending, version)


def _desk(visit: Visit, report: Report, received: datetime, loader: Loader) -> Desk:
    def resubmit(returned: Report, at: datetime, version: int) -> int:
        told = returned.filled.answers["summary"]["value"]
        more = loader.comments.summary(visit.auditor.locale, visit.site.format, TOLD_MORE)
        again = corrected(returned, f"{told}\n{more}")
        return send(again, at, loader.put, if_match=version)

    chance = visit.chance(loader.size.seed, "review")
    return Desk(loader.scene.people, report, received, resubmit, chance)


def _plan(of_month: Sequence[Visit], loader: Loader) -> list[UUID]:
    """Plan the visits of a month, as headquarters do: all at once, before the first is made."""
    if not of_month:
        return []
    hq, now = loader.scene.hq, min(visit.at for visit in of_month) - timedelta(days=9)
    planned = assignments.add_batch([_planned(each, loader) for each in of_month], by=hq, now=now)
    return [assignment.id for assignment in planned]


def _planned(visit: Visit, loader: Loader) -> dict[str, Any]:
    scene = loader.scene
    wave = scene.programme.wave(visit.site.format, visit.at.date())
    return {
        "campaign_id": wave.campaign_id,
        "site_id": scene.sites[visit.site.code].id,
        "auditor_id": scene.people[visit.auditor.email].id,
        "starts_on": max(visit.opens, wave.first),
        "ends_on": min(visit.closes, wave.last),
        "offer": visit.fate == AssignmentState.DECLINED,
    }


def _move(visit: Visit, assignment_id: UUID, loader: Loader) -> None:
    """Note what became of a planned visit that was not made."""
    later = visit.at + timedelta(days=6 if visit.fate == AssignmentState.EXPIRED else -7)
    for action in FATE_MOVES[visit.fate]:
        by = loader.scene.people[visit.auditor.email if action in AUDITORS_MOVES else people.HQ]
        assignments.move(assignment_id, action, by=by, now=later)


def _plan_open(visit: Upcoming, loader: Loader) -> None:
    scene, now = loader.scene, datetime.now(UTC)
    auditor = scene.people[visit.auditor.email]
    added = assignments.add(
        by=scene.hq,
        now=now,
        campaign_id=scene.programme.wave(visit.site.format, visit.opens).campaign_id,
        site_id=scene.sites[visit.site.code].id,
        auditor_id=auditor.id,
        starts_on=visit.opens,
        ends_on=visit.closes,
        offer=visit.state in (AssignmentState.OFFERED, AssignmentState.ACCEPTED),
        # The main job is walked on any day, and more than once.
        override="The demonstration stays open after its last wave.",
        repeat=True,
    )
    for action in FATE_MOVES[visit.state]:
        assignments.move(added.id, action, by=auditor, now=now)


def _is_astray(visit: Visit, ending: Ending | None, loader: Loader) -> bool:
    share = ASTRAY_OPENED if ending is Ending.OPENED else ASTRAY
    return visit.chance(loader.size.seed, "astray").random() < share


def _report(
    visit: Visit, assignment_id: UUID, ending: Ending | None, loader: Loader, *, astray: bool
) -> Report:
    size, scene = loader.size, loader.scene
    asked = scene.programme.questionnaire(visit.site.format)
    filled = answered(visit, asked.sheet, size, loader.comments)
    audit_id = phone_id(scene.hq.organisation_id, visit.name)
    chance = visit.chance(size.seed, "place")
    return Report(
        id=audit_id,
        assignment_id=assignment_id,
        site_id=scene.sites[visit.site.code].id,
        checklist=asked.digest,
        auditor=scene.people[visit.auditor.email],
        at=visit.at,
        place=place_of(visit, chance, astray=astray),
        filled=filled,
        pictures=[picture(audit_id, visit, question, size.seed) for question in filled.pictured],
        photos_kept_back=int(ending in WITHOUT_A_PHOTO and bool(filled.pictured)),
    )
