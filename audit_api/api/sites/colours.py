"""The organisation's colour."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import Shown
from audit_api.api.http.writes import commits
from audit_api.rules.colours import PATTERN
from audit_api.services.sites import colours
from audit_api.web import fields
from audit_api.web.authentication import who

blueprint = Blueprint("colours", __name__, description="The colour of documents.")


class ColourFields(Schema):
    colour = fields.Text(
        required=True,
        allow_none=True,
        validate=fields.Length(max=7),
        metadata={
            "description": "As #RRGGBB, dark enough to be read on white; null for the product's.",
            "example": "#0F3B63",
            "pattern": PATTERN,
        },
    )


class ColourSchema(Shown, ColourFields):
    pass


@blueprint.route("/organisation/colour", methods=["GET"])
@blueprint.response(200, ColourSchema)
def get_colour() -> Any:
    """Get the colour that your organisation's documents have."""
    return {"colour": colours.find(by=who())}


@blueprint.route("/organisation/colour", methods=["PUT"])
@commits
@blueprint.arguments(ColourFields)
@blueprint.response(204)
def put_colour(sent: dict[str, Any]) -> None:
    """Set the colour of heads and headings in your organisation's documents."""
    colours.put(sent["colour"], by=who(), now=datetime.now(UTC))
