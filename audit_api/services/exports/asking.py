"""Asking for an export: what all have in common, and the reports of all audits that a filter
finds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.models import Export, Job
from audit_api.rules.lifecycle import JobState
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity, jobs
from audit_api.services.access import Who
from audit_api.services.audits import queue
from audit_api.services.audits.queue import Filter
from audit_api.services.documents import editions
from audit_api.services.documents.editions import Edition
from audit_api.services.jobs import control

REPORTS, DRAW = "export.reports", "export.draw"
"""The kinds of jobs that put reports together into one file, and that draw some of them for it."""
KEPT = timedelta(days=7)
"""How long a file can be fetched."""
MAX_AUDITS = 50_000
MAX_MERGED = 200
"""Reports in one PDF: all of it is made in memory."""
MAX_UNFINISHED = 20
"""Exports of one organisation that wait or are under way."""
WINDOW = timedelta(minutes=10)
"""Who asks for the same again within it gets the same export."""
_RETRY_AFTER = 60


class Bundle(StrEnum):
    """One file of many, or one document with a bookmark for each report."""

    ZIP = "zip"
    PDF = "pdf"


MEDIA_TYPES = {Bundle.ZIP: "application/zip", Bundle.PDF: "application/pdf"}


@dataclass(frozen=True, slots=True)
class File:
    """What is to be made: of how many units, where that is known, how its name begins and ends, and
    what is recorded of the asking."""

    total: int | None
    stem: str
    ending: str
    media_type: str
    recorded: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReportsRequest:
    """What is asked for: whose reports, in which language (or both), edition and form."""

    wanted: Filter
    lang: str
    edition: Edition = Edition.ANONYMOUS
    form: Bundle = Bundle.ZIP

    def details(self) -> dict[str, Any]:
        """Return it as a job keeps it."""
        told: dict[str, Any] = orjson.loads(orjson.dumps(asdict(self)))
        return told

    def told(self) -> dict[str, Any]:
        """Return what is told of it to whoever asked."""
        return {
            "language": self.lang,
            "edition": self.edition,
            "form": self.form,
            "filter": given(self.wanted),
        }

    def require_reader(self, by: Who) -> None:
        """Raise FORBIDDEN where `by` may not know (any more) what was asked for."""
        access.require(by, Permission.REPORT_EXPORT)
        editions.reader(self.edition, by)

    @classmethod
    def of(cls, details: dict[str, Any]) -> ReportsRequest:
        """Return what a job was asked for."""
        return cls(
            wanted=queue.filter_of(details["wanted"]),
            lang=details["lang"],
            edition=Edition(details["edition"]),
            form=Bundle(details["form"]),
        )


def given(wanted: Filter) -> dict[str, Any]:
    """Return what a filter asks for."""
    return {name: value for name, value in asdict(wanted).items() if value is not None}


def reports(asked: ReportsRequest, *, by: Who, now: datetime) -> Export:
    """Ask for the reports of all audits that a filter finds; the same within `WINDOW` is the same
    export.

    Raises FORBIDDEN; INVALID where the filter finds no audit, or more than one file may hold;
    TOO_MUCH_UNFINISHED where the organisation waits for too much already.
    """
    access.require(by, Permission.REPORT_READ)
    asked.require_reader(by)
    return once(REPORTS, asked.details(), lambda: _file(asked, by), by=by, now=now)


def once(
    kind: str, details: dict[str, Any], new: Callable[[], File], *, by: Who, now: datetime
) -> Export:
    """Return the export that `by` asked for in the same words within `WINDOW`, or begin the one
    that `new` tells of.  Raises FORBIDDEN, TOO_MUCH_UNFINISHED."""
    access.require(by, Permission.EXPORT_WRITE)
    fingerprint = _fingerprint(kind, details, by)
    if (same := _asked_before(fingerprint, by, now)) is not None:
        return same
    file = new()
    if control.unfinished(by.organisation_id) >= MAX_UNFINISHED:
        raise Problem(Kind.TOO_MUCH_UNFINISHED, retry_after=_RETRY_AFTER, most=MAX_UNFINISHED)
    key = _unused(f"{fingerprint}:{int(now.timestamp() // WINDOW.total_seconds())}")
    jobs.request_long(
        kind,
        key,
        details,
        organisation_id=by.organisation_id,
        owner_id=by.id,
        total=file.total,
        now=now,
    )
    job_id = db.session.scalars(sa.select(Job.id).where(Job.key == key)).one()
    return db.session.get(Export, job_id) or _write(job_id, kind, file, by=by, now=now)


def _file(asked: ReportsRequest, by: Who) -> File:
    total = queue.count(asked.wanted, by=by)
    _require_possible(asked.form, total)
    recorded = {"audits": total, "edition": asked.edition}
    return File(total, "audits", asked.form, MEDIA_TYPES[asked.form], recorded)


def _require_possible(form: Bundle, total: int) -> None:
    most = MAX_AUDITS if form is Bundle.ZIP else MAX_MERGED
    if total == 0:
        raise invalid(Fault("", "export_empty"))
    if total > most:
        raise invalid(Fault("", "export_too_large", {"count": total, "most": most}))


def _fingerprint(kind: str, details: dict[str, Any], by: Who) -> str:
    said = orjson.dumps([details, str(by.id)], option=orjson.OPT_SORT_KEYS)
    return f"{kind}:{hashlib.sha256(said).hexdigest()}"


def _asked_before(fingerprint: str, by: Who, now: datetime) -> Export | None:
    select = access.visible_exports(by).where(
        Job.key.startswith(f"{fingerprint}:", autoescape=True),
        Job.created_at > now - WINDOW,
        Job.state.not_in((JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED)),
    )
    return db.session.scalar(select.order_by(Job.id.desc()).limit(1))


def _write(job_id: UUID, kind: str, file: File, *, by: Who, now: datetime) -> Export:
    export = Export(
        id=job_id,
        organisation_id=by.organisation_id,
        file_name=f"{file.stem}-{now:%Y-%m-%d}-{str(job_id)[-8:]}.{file.ending}",
        media_type=file.media_type,
    )
    db.session.add(export)
    db.session.flush()
    recorded = {"asked_for": kind, **file.recorded}
    activity.record(by, Permission.EXPORT_WRITE, job_id, now=now, **recorded)
    return export


def _unused(key: str) -> str:
    """Return a key beside those of the same request that failed or was cancelled meanwhile."""
    select = sa.select(sa.func.count()).where(
        Job.key.startswith(key, autoescape=True),
        Job.state.in_((JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED)),
    )
    ended = db.session.scalars(select).one()
    return f"{key}.{ended}" if ended else key


def owner(
    export_job: UUID, organisation_id: UUID, needs: Permission = Permission.REPORT_EXPORT
) -> Who:
    """Return who asked for an export; raise `Hopeless` where that one may not any more."""
    owner_id = db.session.scalars(sa.select(Job.owner_id).where(Job.id == export_job)).one()
    who = access.find_who(owner_id, organisation_id) if owner_id else None
    if who is None or not who.may(needs):
        raise jobs.Hopeless("who asked for it may not any more")
    return who
