"""Versions handed out as files, and drafts that begin from a file or from another version."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from uuid import UUID

from flask import Response, g, request, send_file

from audit_api.console.checklists import remarks
from audit_api.console.checklists.room import room
from audit_api.console.checklists.version import above
from audit_api.console.checklists.version import version as show_version
from audit_api.console.checklists.writing import drafted
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.database import db, reading
from audit_api.manuscripts.files import MAX_BYTES, WORKBOOK, YAML
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.readers import checklists
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.checklists import exports, versions
from audit_api.services.checklists.exports import File
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane

KINDS = ("file", "xlsform")
"""What an uploaded file is: one that tells itself, or an XLSForm, which looks like a workbook."""
_BESIDE = 20_000
"""Bytes of a form beside its file."""


class Upload(forms.Form):
    kind = fields.Text(load_default="file", validate=fields.OneOf(KINDS))


@room.get("/<uuid:version_id>/checklist.yaml")
@lane(Lane.DEAR)
def as_yaml(version_id: UUID) -> Response:
    """Send a version as YAML."""
    version = versions.find(version_id, by=who())
    return _attached(exports.as_yaml(version, by=who()), YAML)


@room.get("/<uuid:version_id>/checklist.xlsx")
@lane(Lane.DEAR)
def as_workbook(version_id: UUID) -> Response:
    """Send a version as a workbook to fill in."""
    version = versions.find(version_id, by=who())
    return _attached(exports.as_workbook(version, reader.locale()), WORKBOOK)


@room.get("/empty.xlsx")
@lane(Lane.DEAR)
def empty_workbook() -> Response:
    """Send the workbook to begin with."""
    return _attached(exports.empty_workbook(reader.locale(), by=who()), WORKBOOK)


@room.get("/upload")
@lane(Lane.DEAR)
def upload() -> Response:
    """Show where to upload a checklist, and what was wrong with the one that was uploaded."""
    access.require(who(), Permission.CHECKLIST_WRITE)
    refused: Manuscript | None = g.get("manuscript")
    return pages.page(
        "checklists/upload",
        reader.said("console.checklists.upload"),
        crumbs=above(),
        findings=None if refused is None else remarks.found(refused),
    )


@room.post("/upload")
@lane(Lane.DEAR)
@forms.takes(max(MAX_BYTES.values()) + _BESIDE)
@forms.submits(again=upload)
def receive() -> Response:
    """Draft a version from a file."""
    kind, sent = forms.read(Upload)["kind"], request.files.get("file")
    data = b"" if sent is None else sent.read()
    return drafted(versions.read(partial(checklists.check, data, kind), by=who()))


@room.post("/<uuid:version_id>/next")
@lane(Lane.DEAR)
@forms.submits(again=show_version)
def write_next(version_id: UUID) -> Response:
    """Draft the next version from what the author of this one wrote."""
    return drafted(_written(version_id))


def _written(version_id: UUID) -> Manuscript:
    """Return what the author of a version wrote, read before anything is written."""
    with reading():
        version = versions.find(version_id, by=who())
        manuscript = versions.read(partial(versions.kept, version), by=who())
        db.session.rollback()
    return manuscript


def _attached(file: File, media_type: str) -> Response:
    return send_file(
        BytesIO(file.data), mimetype=media_type, as_attachment=True, download_name=file.name
    )
