"""The files that were asked for: how far they are, and their links."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from flask import Response, current_app, make_response, redirect, render_template, url_for

from audit_api.console.exports.asking import wake
from audit_api.console.exports.room import room
from audit_api.console.frame import forms, lists, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.rules.lifecycle import JobState
from audit_api.rules.permissions import Permission
from audit_api.services.exports import files, packing
from audit_api.services.exports.files import ExportLinks, Link
from audit_api.storage.store import PhotoStore

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


@room.get("/exports")
def index() -> Response:
    """List the files that one has asked for, the newest first."""
    rows, following = lists.page(files.listed(by=who()), newest=True)
    return pages.page(
        "exports/index",
        reader.said("console.exports"),
        exports=files.view_all(rows),
        following=following,
        may_have_reports=who().may(Permission.REPORT_EXPORT),
        unfinished=UNFINISHED,
    )


@room.get("/exports/<uuid:export_id>")
def export(export_id: UUID) -> Response:
    """Show how far a file is, and what may be done with it."""
    return _page(export_id)


@room.get("/exports/<uuid:export_id>/progress")
def progress(export_id: UUID) -> Response:
    """Send the part of the page that tells how far a file is, to be put in the place of the one
    before."""
    told = files.view(files.find(export_id, by=who()))
    return make_response(
        render_template("exports/progress.html", export=told, unfinished=UNFINISHED)
    )


@room.post("/exports/<uuid:export_id>/file")
@forms.submits()
def fetch(export_id: UUID) -> Response:
    """Lead to the file."""
    address = urlsplit(_link(export_id).url)
    return make_response(redirect(address.path, 303))


@room.post("/exports/<uuid:export_id>/link")
@forms.submits(again=export)
def add_link(export_id: UUID) -> Response:
    """Show a link to hand on."""
    return _page(export_id, link=_link(export_id))


@room.post("/exports/<uuid:export_id>/link/revoke")
@forms.submits(again=export)
def revoke_links(export_id: UUID) -> Response:
    """Revoke every link to the file."""
    files.revoke(export_id, by=who(), now=datetime.now(UTC))
    return pages.go("console.exports.export", done="links_revoked", export_id=export_id)


@room.post("/exports/<uuid:export_id>/cancel")
@forms.submits(again=export)
def cancel(export_id: UUID) -> Response:
    """Cancel a file that is not done."""
    files.cancel(export_id, by=who(), now=datetime.now(UTC))
    return pages.go("console.exports.export", done="export_cancelled", export_id=export_id)


@room.post("/exports/<uuid:export_id>/retry")
@forms.submits(again=export)
def retry(export_id: UUID) -> Response:
    """Go on with a file that has failed."""
    files.retry(export_id, by=who(), now=datetime.now(UTC))
    wake()
    return pages.go("console.exports.export", done="export_begun", export_id=export_id)


def _page(export_id: UUID, link: Link | None = None) -> Response:
    found = files.find(export_id, by=who())
    told = files.view(found)
    response = pages.page(
        "exports/export",
        str(told["file_name"]),
        crumbs=[pages.Crumb(url_for("console.exports.index"), reader.said("console.exports"))],
        export=told,
        link=link,
        unfinished=UNFINISHED,
    )
    pages.let_forms_lead_to(response, _origin(packing.key(found)))
    return response


def _link(export_id: UUID) -> Link:
    links: ExportLinks = current_app.extensions["audit_export_links"]
    return files.link(export_id, by=who(), links=links, now=datetime.now(UTC))


def _origin(key: str) -> str:
    """Return the origin of the store's links."""
    store: PhotoStore = current_app.extensions["audit_photo_store"]
    address = urlsplit(store.link(key, now=datetime.now(UTC)))
    return f"{address.scheme}://{address.netloc}"
