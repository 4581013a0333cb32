"""What a phone pulls: everything that changed for its auditor since the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import (
    Assignment,
    Audit,
    Campaign,
    Checklist,
    ChecklistVersion,
    FeedEntry,
    Photo,
    Review,
    Site,
    User,
)
from audit_api.rules.lifecycle import AuditAction, AuditState, PhotoState
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who

PAGE = 200


class Visit(NamedTuple):
    """A planned visit with all that a phone needs of it offline, its campaign's `scenario` and the
    address of its checklist by `digest` among it."""

    id: UUID
    state: str
    starts_on: date
    ends_on: date
    campaign_id: UUID
    campaign_name: str
    scenario: str | None
    site_id: UUID
    code: str
    site_name: str
    address: str | None
    latitude: float | None
    longitude: float | None
    geofence_metres: int
    time_zone: str
    kind: str
    attributes: Mapping[str, Any]
    digest: str
    key: str
    number: int
    title: Mapping[str, str]


class Return(NamedTuple):
    """An audit that came back to its auditor, with the reviewer's words, never the reviewer."""

    audit_id: UUID
    revision: int
    version: int
    note: str | None
    notes: Mapping[str, str]


class PhotoOfVisit(NamedTuple):
    """A photo that a phone has to hear of: what its manifest says of the file, the reason where it
    cannot be read, and the name under which it is waited for."""

    audit_id: UUID
    revision: int
    id: UUID
    question: str
    sha256: str
    size: int
    media_type: str
    reason: str | None
    file: str


ReturnsByVisit = Mapping[UUID, Sequence[Return]]
PhotosByVisit = Mapping[UUID, Sequence[PhotoOfVisit]]


@dataclass(frozen=True, slots=True)
class Changes:
    """One page of the feed.  `reset`: the cursor was not of this feed, so all is told again.

    `returns` and photos are told by the id of their visit, where it has some: `unreadable` are
    those that came to nothing, `wanted` those that are waited for.
    """

    cursor: int
    more: bool
    reset: bool
    removed: Sequence[UUID]
    visits: Sequence[Visit]
    returns: ReturnsByVisit
    unreadable: PhotosByVisit
    wanted: PhotosByVisit


_NEWEST = Statement(sa.select(User.feed_seq).where(User.id == parameter("user_id")))

# A page is told by two of the feed's own numbers: the same text asks for every page.
_OF_PAGE = sa.and_(
    FeedEntry.user_id == parameter("user_id"),
    FeedEntry.seq > parameter("after"),
    FeedEntry.seq <= parameter("last"),
    sa.not_(FeedEntry.removed),
)

# The assignment of an entry may be another auditor's by now.
_ENTRIES = Statement(
    sa.select(
        FeedEntry.seq,
        FeedEntry.assignment_id,
        *(Assignment.id, Assignment.state, Assignment.starts_on, Assignment.ends_on),
        *(Campaign.id, Campaign.name, Campaign.scenario),
        *(Site.id, Site.code, Site.name, Site.address, Site.latitude, Site.longitude),
        *(Site.geofence_metres, Site.time_zone, Site.kind, Site.attributes),
        *(ChecklistVersion.digest, Checklist.key, ChecklistVersion.number, ChecklistVersion.title),
    )
    .outerjoin(
        Assignment,
        sa.and_(
            Assignment.id == FeedEntry.assignment_id,
            Assignment.auditor_id == FeedEntry.user_id,
            sa.not_(FeedEntry.removed),
        ),
    )
    .outerjoin(Campaign, Campaign.id == Assignment.campaign_id)
    .outerjoin(Site, Site.id == Assignment.site_id)
    .outerjoin(ChecklistVersion, ChecklistVersion.id == Campaign.checklist_version_id)
    .outerjoin(Checklist, Checklist.id == ChecklistVersion.checklist_id)
    .where(FeedEntry.user_id == parameter("user_id"), FeedEntry.seq > parameter("after"))
    .order_by(FeedEntry.seq)
    .limit(parameter("most"))
)

_RETURNS = Statement(
    sa.select(
        Audit.assignment_id,
        *(Audit.id, Audit.revision, Audit.version, Review.note, Review.notes),
    )
    .join(FeedEntry, FeedEntry.assignment_id == Audit.assignment_id)
    .join(
        Review,
        sa.and_(
            Review.audit_id == Audit.id,
            Review.revision == Audit.revision,
            Review.action == AuditAction.RETURN,
        ),
    )
    .where(_OF_PAGE, Audit.auditor_id == FeedEntry.user_id, Audit.state == AuditState.RETURNED)
    .order_by(Review.id)
)

_PHOTOS = Statement(
    sa.select(
        Audit.assignment_id,
        Photo.state,
        *(Audit.id, Audit.revision),
        *(Photo.id, Photo.question, Photo.sha256, Photo.size, Photo.media_type, Photo.reason),
        Photo.file,
    )
    .join(FeedEntry, FeedEntry.assignment_id == Audit.assignment_id)
    .join(Photo, sa.and_(Photo.audit_id == Audit.id, Photo.last_revision == Audit.revision))
    .where(
        _OF_PAGE,
        Audit.auditor_id == FeedEntry.user_id,
        sa.or_(
            Photo.state == PhotoState.UNREADABLE,
            sa.and_(Photo.state == PhotoState.DECLARED, Audit.state == AuditState.AWAITING_MEDIA),
        ),
    )
    .order_by(Audit.id, Photo.question, Photo.id)
)


def position(*, by: Who) -> int:
    """Return the number of the newest entry in the feed of `by`: an idle poll costs this alone."""
    access.require(by, Permission.SYNC_READ)
    ((newest,),) = _NEWEST.rows(user_id=by.id)
    return int(newest)


def changes(cursor: int, newest: int, *, by: Who) -> Changes:
    """Return the entries after `cursor`, oldest change first, each thing once, as it is now."""
    access.require(by, Permission.SYNC_READ)
    reset = cursor > newest
    after = 0 if reset else cursor
    entries = _ENTRIES.rows(user_id=by.id, after=after, most=PAGE + 1)
    page, more = entries[:PAGE], len(entries) > PAGE
    last = page[-1][0] if page else after
    returns = _returns(after, last, by)
    unreadable, wanted = _photos(after, last, by)
    return Changes(
        cursor=last if more else newest,
        more=more,
        reset=reset,
        removed=[entry[1] for entry in page if entry[2] is None],
        visits=[Visit._make(entry[2:]) for entry in page if entry[2] is not None],
        returns=returns,
        unreadable=unreadable,
        wanted=wanted,
    )


def _returns(after: int, last: int, by: Who) -> ReturnsByVisit:
    """Return what came back of this page's visits, of each audit the newest review."""
    audits: dict[UUID, dict[UUID, Return]] = {}
    for assignment_id, *told in _RETURNS.rows(user_id=by.id, after=after, last=last):
        returned = Return._make(told)
        audits.setdefault(assignment_id, {})[returned.audit_id] = returned
    return {assignment_id: list(by_audit.values()) for assignment_id, by_audit in audits.items()}


def _photos(after: int, last: int, by: Who) -> tuple[PhotosByVisit, PhotosByVisit]:
    """Return of this page's visits the photos that came to nothing, which a receipt may have been
    too early to say, and those that are waited for: a phone may have forgotten them."""
    unreadable: dict[UUID, list[PhotoOfVisit]] = {}
    wanted: dict[UUID, list[PhotoOfVisit]] = {}
    for assignment_id, state, *photo in _PHOTOS.rows(user_id=by.id, after=after, last=last):
        found = unreadable if state == PhotoState.UNREADABLE else wanted
        found.setdefault(assignment_id, []).append(PhotoOfVisit._make(photo))
    return unreadable, wanted
