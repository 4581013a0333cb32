"""Exports: what HQ takes away, made while nobody waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import flask
from flask import Response, current_app, redirect, url_for

from audit_api.api.audits.queue import WantedAudits, wanted
from audit_api.api.datasets.sheets import MARK
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.http.writes import commits
from audit_api.rules.figures.periods import MAX_POINTS
from audit_api.rules.lifecycle import JobState
from audit_api.services.datasets import DATASETS, Format
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.services.exports import asking, data_sets, files, packing
from audit_api.services.exports.asking import Bundle, ReportsRequest
from audit_api.services.exports.data_sets import DataRequest
from audit_api.services.exports.files import ExportLinks
from audit_api.services.jobs import Length
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.languages import locale
from audit_api.words import LOCALES

blueprint = Blueprint("exports", __name__, description="What HQ takes away, made by jobs.")
links = flask.Blueprint("export-links", __name__, url_prefix="/storage")

LOCATION = {
    "Location": {"description": "Where to ask how far it is.", "schema": {"type": "string"}}
}


EDITION = Word(
    Edition,
    load_default=Edition.ANONYMOUS,
    metadata={"description": "`full` tells who was there, and when; only for the office."},
)


class ReportsExportSchema(Schema):
    """Which reports to put into one file, and how they are made."""

    filter = fields.Nested(WantedAudits, load_default=dict)
    language = fields.Language(BOTH, description="`both`: side by side. Default: Accept-Language.")
    edition = EDITION
    form = Word(
        Bundle,
        load_default=Bundle.ZIP,
        metadata={"description": "A ZIP of one PDF each, or one PDF of at most 200 reports."},
    )


class WantedRows(WantedAudits):
    """Which rows: figures are filtered by period, region and checklist alone."""

    checklist = fields.Code(
        metadata={
            "description": "Audits by this checklist alone (its key): the data set `audits` has a "
            "column for each of its touchpoints and dimensions then."
        },
    )


class DataSetExportSchema(Schema):
    """Which data set to put into a file, and how it is written."""

    data_set = Word("DataSet", DATASETS, required=True)
    format = Word(
        Format, required=True, metadata={"description": "Parquet comes as a ZIP of its folder."}
    )
    filter = fields.Nested(WantedRows, load_default=dict)
    language = fields.Language(description="Of titles. Default: Accept-Language.")
    edition = EDITION
    points = fields.Integer(
        load_default=1,
        validate=fields.Range(1, MAX_POINTS),
        metadata={"description": "Of scorecards: periods up to the one that is asked for."},
    )
    bom = MARK


class ExportSchema(Shown):
    """An export: what was asked for, and how far it is."""

    id = fields.UUID()
    kind = fields.Text()
    state = Word(JobState)
    done = fields.Integer(
        metadata={
            "description": "Reports that are drawn, or left out; audits, or sites, whose rows are "
            "written."
        }
    )
    total = fields.Integer(allow_none=True)
    language = Word("DocumentLanguage", (*LOCALES, BOTH))
    edition = Word(Edition)
    form = Word(Bundle, allow_none=True, metadata={"description": "Of reports."})
    data_set = Word("DataSet", DATASETS, allow_none=True)
    format = Word(Format, allow_none=True, metadata={"description": "Of a data set."})
    filter = fields.Nested(WantedRows)
    error = fields.Text(allow_none=True)
    created_at = fields.Moment()
    finished_at = fields.Moment(allow_none=True)
    expires_at = fields.Moment(
        allow_none=True, metadata={"description": "Until when its file can be fetched."}
    )
    file_name = fields.Text()
    size = fields.Integer(allow_none=True, metadata={"description": "Of its file, in bytes."})
    left_out = fields.Dict(
        keys=fields.Text(),
        values=fields.Integer(),
        metadata={"description": "How many audits are not in it, by reason."},
    )


class ExportLinkSchema(Shown):
    """An address of an export's file, for whoever holds it."""

    url = fields.Text()
    expires_at = fields.Moment()


@blueprint.route("/exports/audit-reports", methods=["POST"])
@commits
@blueprint.arguments(ReportsExportSchema)
@blueprint.response(202, ExportSchema, headers=LOCATION)
@blueprint.doc(refuses=(429,))
def export_audit_reports(sent: dict[str, Any]) -> Any:
    """Ask for the reports of all audits that a filter finds, in one file.

    The same within ten minutes is the same export. Who was there is not in it, unless the full
    edition is asked for; what does not count yet is left out of the anonymous one.
    """
    asked = ReportsRequest(
        wanted=wanted(sent["filter"]),
        lang=sent.get("language") or locale(),
        edition=Edition(sent["edition"]),
        form=Bundle(sent["form"]),
    )
    export = asking.reports(asked, by=who(), now=datetime.now(UTC))
    _wake_after_commit()
    return files.view(export), 202, {"Location": _place(export.id)}


@blueprint.route("/exports/data-sets", methods=["POST"])
@commits
@blueprint.arguments(DataSetExportSchema)
@blueprint.response(202, ExportSchema, headers=LOCATION)
@blueprint.doc(refuses=(404, 429))
def export_data_set(sent: dict[str, Any]) -> Any:
    """Ask for a data set as a file: audits, observations, scorecards, the league, the dictionary.

    All its rows are of one moment, and of what you may see. The same within ten minutes is the same
    export. Who was there is not in it, unless the full edition is asked for.
    """
    filter = sent["filter"]
    period, checklist = filter.pop("period", None), filter.pop("checklist", None)
    asked = DataRequest(
        data_set=sent["data_set"],
        format=Format(sent["format"]),
        lang=sent.get("language") or locale(),
        edition=Edition(sent["edition"]),
        wanted=wanted(filter),
        period=period,
        points=sent["points"],
        checklist=checklist,
        marked=sent["bom"],
    )
    export = data_sets.data_set(asked, by=who(), now=datetime.now(UTC))
    _wake_after_commit()
    return files.view(export), 202, {"Location": _place(export.id)}


@blueprint.route("/exports", methods=["GET"])
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, ExportSchema(many=True), headers=PAGE_HEADERS)
def list_exports(arguments: dict[str, Any]) -> Any:
    """List the exports that you asked for."""
    rows, headers = page(files.listed(by=who()), **arguments)
    return files.view_all(rows), 200, headers


@blueprint.route("/exports/<uuid:export_id>", methods=["GET"])
@blueprint.response(200, ExportSchema)
def get_export(export_id: UUID) -> Any:
    """Get how far an export is."""
    return files.view(files.find(export_id, by=who()))


@blueprint.route("/exports/<uuid:export_id>/cancel", methods=["POST"])
@commits
@blueprint.response(200, ExportSchema)
@blueprint.doc(refuses=(409,))
def cancel_export(export_id: UUID) -> Any:
    """Cancel an export that is not done."""
    return files.view(files.cancel(export_id, by=who(), now=datetime.now(UTC)))


@blueprint.route("/exports/<uuid:export_id>/retry", methods=["POST"])
@commits
@blueprint.response(202, ExportSchema, headers=LOCATION)
@blueprint.doc(refuses=(409,))
def retry_export(export_id: UUID) -> Any:
    """Go on with an export that has failed.

    What it has done stands for a day; after it, and of a data set, it is begun anew.
    """
    export = files.retry(export_id, by=who(), now=datetime.now(UTC))
    _wake_after_commit()
    return files.view(export), 202, {"Location": _place(export.id)}


@blueprint.route("/exports/<uuid:export_id>/links", methods=["POST"])
@commits
@blueprint.response(201, ExportLinkSchema)
@blueprint.doc(refuses=(409,))
def add_export_link(export_id: UUID) -> Any:
    """Get a link to an export's file that can be handed on; it holds for fifteen minutes."""
    return files.link(export_id, by=who(), links=_links(), now=datetime.now(UTC))


@blueprint.route("/exports/<uuid:export_id>/links", methods=["DELETE"])
@commits
@blueprint.response(204)
def revoke_export_links(export_id: UUID) -> None:
    """Revoke all links to an export's file."""
    files.revoke(export_id, by=who(), now=datetime.now(UTC))


@links.get("/exports/<token>")
def follow(token: str) -> Response:
    """Lead to the file in the store, for a few minutes."""
    now = datetime.now(UTC)
    export = _links().follow(token, now=now)
    store = current_app.extensions["audit_photo_store"]
    return cast(Response, redirect(store.link(packing.key(export), now=now), Response=Response))


def _links() -> ExportLinks:
    links: ExportLinks = current_app.extensions["audit_export_links"]
    return links


def _place(export_id: UUID) -> str:
    return url_for("exports.get_export", export_id=export_id)


def _wake_after_commit() -> None:
    """Have the worker look, once the answer is on its way and what it tells of is committed."""
    worker = current_app.extensions["audit_worker"]

    @flask.after_this_request
    def wake(response: Response) -> Response:
        worker.wake(Length.LONG)
        return response
