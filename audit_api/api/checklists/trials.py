"""Checklists checked and tried out: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from audit_api.api.checklists import bodies
from audit_api.api.checklists.routes import blueprint
from audit_api.api.checklists.schemas import ChecksSchema, PreviewSchema, TrialSchema
from audit_api.api.http.problems import told
from audit_api.api.http.writes import commits, commits_after
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.rules.scoring import Visit
from audit_api.services.checklists import previews, versions
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale


@blueprint.route("/checklists/checks", methods=["POST"])
@commits_after(bodies.read)
@blueprint.doc(**bodies.BODY)
@blueprint.response(200, ChecksSchema)
@lane(Lane.DEAR)
def check_checklist(manuscript: Manuscript) -> Mapping[str, Any]:
    """Tell all that is wrong with a checklist, and all that is doubtful."""
    return bodies.found(manuscript)


@blueprint.route("/checklists/<uuid:version_id>/preview", methods=["POST"])
@commits
@blueprint.arguments(TrialSchema)
@blueprint.response(200, PreviewSchema)
@lane(Lane.DEAR)
def preview_checklist(sent: dict[str, Any], version_id: UUID) -> Mapping[str, Any]:
    """Try a version out: what a phone would ask, and how answers given so far would score.

    A draft with errors is refused; they are listed as when it is published.
    """
    version = versions.find(version_id, by=who())
    visit = Visit(sent["answers"], sent["photos"], sent["site_attributes"])
    shown, language = previews.preview(version, visit), locale()
    return {
        "document": shown.document,
        "visible": shown.visible,
        "score": shown.score,
        "steps": shown.steps,
        "faults": [told(fault, language) for fault in shown.faults],
    }
