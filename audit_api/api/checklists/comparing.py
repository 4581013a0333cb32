"""What differs between two versions of a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from audit_api.api.checklists.routes import blueprint
from audit_api.api.checklists.schemas import DifferencesArguments, DifferencesSchema
from audit_api.manuscripts import differences
from audit_api.manuscripts.differences import ToldChange
from audit_api.services.checklists import versions
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale


@blueprint.route("/checklists/<uuid:version_id>/differences", methods=["GET"])
@blueprint.arguments(DifferencesArguments, location="query")
@blueprint.response(200, DifferencesSchema)
@lane(Lane.DEAR)
def compare_checklists(arguments: dict[str, UUID], version_id: UUID) -> Mapping[str, Any]:
    """Tell what was changed from another version to this one, and whether scores stay comparable.

    A draft with errors is refused; they are listed as when it is published.
    """
    newer = versions.find(version_id, by=who())
    older = versions.find(arguments["older_id"], by=who())
    found = differences.compared(
        versions.parsed_checklist(older), versions.parsed_checklist(newer), locale()
    )
    return {
        "older_id": older.id,
        "newer_id": newer.id,
        "comparable": found.comparable,
        "changes": [_members(told) for told in found.changes],
    }


def _members(told: ToldChange) -> Mapping[str, Any]:
    change, place = told.change, told.change.place
    return {
        "act": change.act.value,
        "noun": place.noun.value,
        "key": str(place.key),
        "holder": place.holder,
        "number": told.number,
        "member": change.member,
        "pointer": change.pointer,
        "breaking": change.breaking,
        "detail": told.detail,
    }
