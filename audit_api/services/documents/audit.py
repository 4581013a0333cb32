"""Reports: gathers one audit into a frozen value, and has it drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audit_api import pdf
from audit_api.database import db
from audit_api.database.statements import Statement, parameter
from audit_api.drawing.languages import joined
from audit_api.models import (
    Audit,
    Organisation,
    Photo,
    Region,
    Review,
    Site,
    User,
)
from audit_api.pdf import AuditReport, PhotoRef
from audit_api.rules.colours import shares
from audit_api.rules.papers import USUAL, Form
from audit_api.rules.permissions import Permission
from audit_api.services import access, standing
from audit_api.services.access import Who
from audit_api.services.audits import audits, explanations, photos
from audit_api.services.checklists import compiled
from audit_api.services.documents import audit_parts as parts
from audit_api.services.documents import editions
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.files import Document, file_name
from audit_api.services.documents.languages import labels, led, locales, spoken
from audit_api.services.documents.moments import moment, time_of_day
from audit_api.services.documents.told import Told, texts
from audit_api.storage.store import PhotoStore
from audit_api.words import answers, say


class Place(NamedTuple):
    """Where a visit was made, and for whom: `home` is the organisation's own language, `colour`
    its #RRGGBB, `logo` a JPEG."""

    site: str
    code: str
    address: str | None
    time_zone: str
    region: str
    organisation: str
    home: str
    colour: str | None
    logo: bytes | None


_PLACE = Statement(
    sa.select(
        *(Site.name, Site.code, Site.address, Site.time_zone, Region.name),
        *(Organisation.name, Organisation.locale, Organisation.colour, Organisation.logo),
    )
    .join(Region, Region.id == Site.region_id)
    .join(Organisation, Organisation.id == Site.organisation_id)
    .where(Site.id == parameter("site_id"))
)
_AUDITOR = Statement(sa.select(User.name).where(User.id == parameter("id")))


def audit_pdf(
    audit_id: UUID,
    *,
    by: Who,
    lang: str,
    store: PhotoStore,
    edition: Edition = Edition.ANONYMOUS,
    form: Form = USUAL,
) -> Document:
    """Return an audit's report in a form, `lang` being one of the languages of documents; raise
    NOT_FOUND where `by` may not see the audit, FORBIDDEN for an edition that is not for `by`."""
    report = find(audit_id, by=by, lang=lang, edition=edition)
    # The report is complete: drawing needs no database and keeps no connection waiting.
    db.session.rollback()
    return Document(name_of(report, audit_id, lang, form), render(report, store, form))


def find(audit_id: UUID, *, by: Who, lang: str, edition: Edition) -> AuditReport:
    """Return all that a report says; raises as `audit_pdf`."""
    access.require(by, Permission.REPORT_READ)
    audit = audits.find(audit_id, by=by)
    return gather(audit, by=editions.reader(edition, by), lang=lang)


def render(report: AuditReport, store: PhotoStore, form: Form = USUAL) -> bytes:
    """Return a report's PDF in a form, with the photos from the store."""
    return pdf.render(report, photo_opener(store), form)


def photo_opener(store: PhotoStore) -> Callable[[str], bytes]:
    """Return what a document asks for the photo of a key."""

    def open_photo(key: str) -> bytes:
        with store.open(key) as file:
            return file.read()

    return open_photo


def name_of(report: AuditReport, audit_id: UUID, lang: str, form: Form = USUAL) -> str:
    """Return a report's name among files: sorted by site, then by day."""
    # A site may have several visits on a day.
    visit = str(audit_id)[:8]
    return file_name(
        "audit", report.site_code, report.business_date.isoformat(), visit, *form.parts, lang
    )


def gather(audit: Audit, *, by: Who, lang: str) -> AuditReport:
    """Return all that the report of `audit` says, in `lang`, for the eyes of `by`."""
    current = standing.of(audit)
    version = compiled.by_id(audit.organisation_id, audit.checklist_version_id)
    place = Place(*_PLACE.rows(site_id=audit.site_id)[0])
    lang = led(lang, place.home)
    told = Told(
        version.checklist,
        version.scorer,
        current.visit,
        current.score,
        explanations.steps(version, current),
        lang,
    )
    score, clock = current.score, ZoneInfo(place.time_zone)
    identifies = access.knows_auditor(by, audit)
    band = spoken(lambda locale: answers.band(audit.band, told.checklist, locale), lang)
    conducted_at = datetime.fromisoformat(current.content["conducted_at"])
    return AuditReport(
        locale=locales(lang)[0],
        labels=labels(lang),
        organisation=place.organisation,
        logo=place.logo,
        colour=shares(place.colour) if place.colour else None,
        site_name=place.site,
        site_code=place.code,
        site_address=place.address,
        region=place.region,
        checklist_title=texts(told.checklist.title, lang),
        checklist_version=version.number,
        business_date=audit.business_date,
        conducted_at=moment(conducted_at, clock) if identifies else "",
        received_at=moment(current.revision.received_at, clock) if identifies else "",
        auditor=_AUDITOR.rows(id=audit.auditor_id)[0][0] if identifies else None,
        state=spoken(lambda locale: say(f"state.{audit.state}", locale), lang),
        raw=audit.raw_score,
        final=audit.final_score,
        band=band if any(band) else None,
        passed=audit.passed,
        valid=score.valid,
        coverage=(score.answered, score.visible),
        effects=parts.effects(told),
        impression=parts.impression(told),
        touchpoints=parts.touchpoints(
            told,
            _pictures(audit, told, clock if identifies else None, by=by),
            identifies=identifies,
        ),
        review_notes=_notes(audit) if identifies else (),
        digest=audit.content_digest,
        revision=audit.revision,
        scale=parts.scale(told.checklist, lang),
        explanation=parts.explanation(told),
    )


def _pictures(
    audit: Audit, told: Told, clock: ZoneInfo | None, *, by: Who
) -> dict[str, tuple[PhotoRef, ...]]:
    """The photos to show by question; `clock` tells when they were taken to whoever may know."""
    shown: dict[str, list[Photo]] = {}
    for photo in photos.shown(audit, by=by):
        shown.setdefault(photo.question, []).append(photo)
    numbers = told.checklist.numbers()
    return {
        question: tuple(
            _picture(audit, photo, f"{numbers[question]} · {place}/{len(those)}", clock, told.lang)
            for place, photo in enumerate(those, start=1)
        )
        for question, those in shown.items()
    }


def _picture(audit: Audit, photo: Photo, place: str, clock: ZoneInfo | None, lang: str) -> PhotoRef:
    """A photo, captioned by its question, its place among the question's photos, and its time."""
    key = photos.key(audit.organisation_id, audit.id, photo.id, "display")
    taken = time_of_day(photo.taken_at, clock) if photo.taken_at and clock else None
    caption = " · ".join(filter(None, (place, taken)))
    if photo.reason is None:
        return PhotoRef(key, caption)
    label = spoken(lambda locale: say("photo.unreadable", locale), lang)
    reason = spoken(lambda locale: say(f"photo.reason.{photo.reason}", locale), lang)
    return PhotoRef(key, f"{caption} · {joined(reason, ' · ')}", unreadable=joined(label))


def _notes(audit: Audit) -> tuple[str, ...]:
    rows = db.session.execute(
        sa.select(Review.note, Review.notes).where(Review.audit_id == audit.id).order_by(Review.id)
    )
    return tuple(text for note, notes in rows for text in (note, *notes.values()) if text)
