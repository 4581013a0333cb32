"""Explained scores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from audit_api.api.checklists.steps import explained
from audit_api.api.http.blueprint import Blueprint
from audit_api.api.http.shapes import Shown
from audit_api.services.audits import explanations
from audit_api.web import fields
from audit_api.web.authentication import who

blueprint = Blueprint("explanations", __name__, description="Why an audit has its score.")


class ExplanationSchema(Shown):
    """Every step from the answers to the score, in the order in which they are computed."""

    audit_id = fields.UUID()
    revision = fields.Integer()
    checklist = fields.Text(metadata={"description": "The version's digest."})
    steps = explained()


@blueprint.route("/audits/<uuid:audit_id>/explanation", methods=["GET"])
@blueprint.response(200, ExplanationSchema)
def explain_audit(audit_id: UUID) -> Any:
    """Get every step from an audit's answers to its score, in numbers and in words."""
    return explanations.of_audit(audit_id, by=who())
