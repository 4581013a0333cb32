"""Exports as those who asked for them see them: how far they are, and the links to their files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem, not_found
from audit_api.models import Export, ExportEntry, Job
from audit_api.rules.lifecycle import JOB, JobAction, JobState
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.exports import drawn, entries, packing
from audit_api.services.exports.asking import ReportsRequest
from audit_api.services.exports.data_sets import DATA, DataRequest
from audit_api.services.jobs import control
from audit_api.storage import tokens
from audit_api.storage.store import PhotoStore

LINK_LIFETIME = timedelta(minutes=15)
_PURPOSE = "export"
_SWEPT_AT_ONCE = 10
"""The store is asked while the rows are locked."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address of a file for whoever holds it, until then."""

    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ExportLinks:
    """Links under `base_url`, signed with `secret`; `GET /storage/exports/<token>` serves them."""

    base_url: str
    secret: bytes

    def make(self, export: Export, *, now: datetime) -> Link:
        """Return a link that holds for `LINK_LIFETIME`, unless it is revoked."""
        until = now + LINK_LIFETIME
        statement = {
            "purpose": _PURPOSE,
            "export": str(export.id),
            "links": export.links,
            "until": until.timestamp(),
        }
        token = tokens.sign(statement, self.secret)
        return Link(f"{self.base_url.rstrip('/')}/storage/exports/{token}", until)

    def follow(self, token: str, *, now: datetime) -> Export:
        """Return the export that a link leads to; raise LINK_INVALID for a forged, an expired or a
        revoked one, NOT_FOUND where the file is no more."""
        statement = tokens.verify(token, self.secret, purpose=_PURPOSE, now=now)
        export = db.session.get(Export, UUID(statement["export"]))
        if export is None or export.links != statement["links"]:
            raise Problem(Kind.LINK_INVALID)
        _require_there(export)
        return export


def listed(*, by: Who) -> sa.Select[Export]:
    """Return the exports that `by` asked for."""
    access.require(by, Permission.EXPORT_READ)
    return access.visible_exports(by)


def find(export_id: UUID, *, by: Who) -> Export:
    """Return an export that `by` asked for; raise NOT_FOUND."""
    export = db.session.scalar(listed(by=by).where(Export.id == export_id))
    if export is None:
        raise not_found("export")
    return export


def view(export: Export) -> Mapping[str, Any]:
    """Return what is told of an export."""
    return view_all([export])[0]


def view_all(exports: Sequence[Export]) -> list[Mapping[str, Any]]:
    """Return what is told of each export, by as many statements as of one."""
    ids = [export.id for export in exports]
    jobs = {job.id: job for job in control.found(ids)}
    left_out = _left_out(ids)
    return [_view(export, jobs[export.id], left_out.get(export.id, {})) for export in exports]


def _asked(job: Job) -> ReportsRequest | DataRequest:
    return (DataRequest if job.kind == DATA else ReportsRequest).of(job.request)


def _view(export: Export, job: Job, left_out: Mapping[str, int]) -> Mapping[str, Any]:
    return {
        "form": None,
        "data_set": None,
        "format": None,
        **_asked(job).told(),
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "error": job.error,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "expires_at": job.expires_at if job.state == JobState.DONE else None,
        "file_name": export.file_name,
        "size": export.size if job.state == JobState.DONE else None,
        "left_out": left_out,
    }


def copy(export: Export, store: PhotoStore, target: IO[bytes]) -> None:
    """Write an export's file to an open one."""
    with store.open(packing.key(export)) as source:
        shutil.copyfileobj(source, target)


def cancel(export_id: UUID, *, by: Who, now: datetime) -> Export:
    """End an export; raise NOT_FOUND, or MOVE_NOT_ALLOWED where it has ended."""
    access.require(by, Permission.EXPORT_WRITE)
    export = find(export_id, by=by)
    control.cancel(control.find(export.id), now=now)
    activity.record(by, Permission.EXPORT_WRITE, export.id, now=now, cancelled=True)
    return export


def retry(export_id: UUID, *, by: Who, now: datetime) -> Export:
    """Go on with an export that has failed, or begin anew where what it had made was let go of;
    raise NOT_FOUND, or MOVE_NOT_ALLOWED."""
    access.require(by, Permission.EXPORT_WRITE)
    export = find(export_id, by=by)
    control.retry(control.find(export.id), now=now)
    return export


def link(export_id: UUID, *, by: Who, links: ExportLinks, now: datetime) -> Link:
    """Return a link to hand on; raise NOT_FOUND, or MOVE_NOT_ALLOWED where no file is (yet, or any
    more)."""
    access.require(by, Permission.EXPORT_READ)
    export = find(export_id, by=by)
    job = control.find(export.id)
    if job.state != JobState.DONE:
        raise Problem(
            Kind.MOVE_NOT_ALLOWED, state=job.state, action="link", accepted=JOB.actions(job.state)
        )
    # Of what may be known less than when it was asked for, nothing is handed out.
    _asked(job).require_reader(by)
    activity.record(by, Permission.EXPORT_READ, export.id, now=now, linked=True)
    return links.make(export, now=now)


def revoke(export_id: UUID, *, by: Who, now: datetime) -> None:
    """End all links to an export's file."""
    access.require(by, Permission.EXPORT_WRITE)
    export = find(export_id, by=by)
    export.links += 1
    activity.record(by, Permission.EXPORT_WRITE, export.id, now=now, revoked=True)


def sweep(store: PhotoStore, *, now: datetime) -> int:
    """Let go of files that nobody may fetch any more, of what cancelled and failed exports left,
    and of drawn reports that nobody uses; return how many."""
    ended = control.expired(now=now, limit=_SWEPT_AT_ONCE)
    for job in ended:
        export = db.session.get(Export, job.id)
        if export is not None:
            _let_go(export, store)
        if job.state == JobState.DONE:
            job.state = JOB.move(job.state, JobAction.EXPIRE)
        job.expires_at = None
    return len(ended) + drawn.sweep(store, now=now, limit=_SWEPT_AT_ONCE)


def _let_go(export: Export, store: PhotoStore) -> None:
    if export.attempt is not None:
        store.abandon(packing.key(export), export.attempt)
    store.delete(packing.key(export))
    entries.forget(export.id)
    packing.forget_upload(export)
    export.is_planned = False


def _require_there(export: Export) -> None:
    if control.find(export.id).state != JobState.DONE:
        raise not_found("file")


def _left_out(export_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """Return how many audits each export leaves out, by reason."""
    rows = db.session.execute(
        sa.select(ExportEntry.export_id, ExportEntry.left_out, sa.func.count())
        .where(ExportEntry.export_id.in_(export_ids), ExportEntry.left_out.is_not(None))
        .group_by(ExportEntry.export_id, ExportEntry.left_out)
    )
    found: dict[UUID, dict[str, int]] = {}
    for export_id, reason, count in rows:
        found.setdefault(export_id, {})[str(reason)] = count
    return found
