"""What all insights share: where they stand among the calls, and how they are said."""

from __future__ import annotations

from audit_api.api.http.blueprint import Blueprint
from audit_api.api.scores import SentenceSchema
from audit_api.web import fields

blueprint = Blueprint("insights", __name__, description="What lies behind the scores.")


def text(description: str) -> fields.Nested:
    """A sentence in each language of the product."""
    return fields.Nested(SentenceSchema, metadata={"description": description})


def checklist() -> fields.Text:
    """Whose audits an insight is of."""
    return fields.Text(
        allow_none=True,
        metadata={
            "description": "Audits of this checklist alone: the one that was named, else the one "
            "that most audits were made with."
        },
    )


def counted() -> fields.Integer:
    return fields.Integer(metadata={"description": "Audits that count."})


def looked_at() -> fields.Integer:
    """How many audits were read."""
    return fields.Integer(
        metadata={
            "description": "Audits that were looked at: all, or, of more than 5,000, of each site "
            "the latest, of each as many."
        },
    )
