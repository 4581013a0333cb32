"""The organisation's target."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import Shown
from audit_api.api.http.writes import commits
from audit_api.services.sites import targets
from audit_api.web import fields
from audit_api.web.authentication import who

blueprint = Blueprint("targets", __name__, description="The score that sites are to reach.")


class TargetFields(Schema):
    target = fields.Percentage(
        required=True,
        allow_none=True,
        metadata={"description": "Percent, at most two decimals; null for none.", "example": 85},
    )


class TargetSchema(Shown):
    target = fields.percentage("Percent, two decimals; null where none is set.")


@blueprint.route("/organisation/target", methods=["GET"])
@blueprint.response(200, TargetSchema)
def get_target() -> Any:
    """Get the score that your organisation wants its sites to reach."""
    return {"target": targets.find(by=who())}


@blueprint.route("/organisation/target", methods=["PUT"])
@commits
@blueprint.arguments(TargetFields)
@blueprint.response(204)
def put_target(sent: dict[str, Any]) -> None:
    """Set the score that your organisation wants its sites to reach."""
    targets.put(sent["target"], by=who(), now=datetime.now(UTC))
