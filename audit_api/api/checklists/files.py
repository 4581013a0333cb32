"""Checklists handed out as files."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from audit_api.api.checklists.routes import blueprint
from audit_api.api.http.shapes import FILE, NAMED
from audit_api.manuscripts.files import WORKBOOK, YAML
from audit_api.services.checklists import exports, versions
from audit_api.services.checklists.exports import File
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale


@blueprint.route("/checklists/<uuid:version_id>/document.yaml", methods=["GET"])
@blueprint.response(200, FILE, content_type=YAML, headers=NAMED)
@lane(Lane.DEAR)
def checklist_as_yaml(version_id: UUID) -> Response:
    """Get a version as YAML; HQ gets the author's own text, where it came as YAML."""
    version = versions.find(version_id, by=who())
    return _attached(exports.as_yaml(version, by=who()), YAML)


@blueprint.route("/checklists/<uuid:version_id>/document.xlsx", methods=["GET"])
@blueprint.doc(refuses=(422,))
@blueprint.response(200, FILE, content_type=WORKBOOK, headers=NAMED)
@lane(Lane.DEAR)
def checklist_as_workbook(version_id: UUID) -> Response:
    """Get a version as a workbook to fill in, with headings in your language.

    A draft with errors is refused; they are listed as when it is published.
    """
    version = versions.find(version_id, by=who())
    return _attached(exports.as_workbook(version, locale()), WORKBOOK)


def _attached(file: File, content_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, content_type=content_type, headers=headers)
