"""An audit as a reviewer looks at it: answers and photos side by side, what is odd about it, what
was there before, and what can be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from audit_api.console.audits import comparison, hints, listing, sheet, waiting
from audit_api.console.audits.queue import age
from audit_api.console.audits.room import room
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.database import one_moment
from audit_api.errors import Kind, Problem
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import REVIEW_ACTIONS, AuditAction
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.audits import history, reviews

if TYPE_CHECKING:
    from audit_api.services.documents.sheet import Sheet

Decision = Mapping[str, Any]


@room.get("/review/<uuid:audit_id>")
def review(audit_id: UUID) -> Response:
    """Show an audit to a reviewer.  Looking at it changes nothing."""
    access.require(who(), Permission.AUDIT_OPEN)
    with one_moment():
        found = sheet.of(audit_id)
        decisions = reviews.of_audit(audit_id, by=who())
        place = waiting.place_of(found.audit)
        return pages.page(
            "audits/review",
            sheet.title(found),
            crumbs=[pages.Crumb(waiting.address(), reader.said("console.review"))],
            sheet=found,
            audit=found.audit,
            report=found.report,
            gauge=sheet.score_chart(found),
            hints=hints.of(found),
            acts=history.of_audit(audit_id, by=who()),
            campaign=listing.campaign_names().get(found.audit.campaign_id),
            before=comparison.with_visit_before(found),
            revisions=comparison.with_revisions(found),
            notes=_notes(decisions),
            meanwhile=decisions[-1] if decisions and _came_too_late() else None,
            opener=reviews.openers([audit_id], by=who()).get(audit_id),
            me=who().id,
            actions=allowed(found),
            onward=waiting.following(place),
            kept=waiting.kept(),
            age=age,
            undecided=found.audit.state in lifecycle.UNDECIDED,
        )


def allowed(found: Sheet) -> list[AuditAction]:
    """Return the moves that the reader may make with an audit now."""
    audit = found.audit
    return [
        action
        for action in REVIEW_ACTIONS
        if audit.state in lifecycle.AUDIT.before(action)
        and who().may(lifecycle.AUDIT.permission(action))
        and _is_recent(action, audit.state_since)
    ]


def _is_recent(action: AuditAction, since: datetime) -> bool:
    try:
        lifecycle.require_recent(action, since, datetime.now(UTC))
    except Problem:
        return False
    return True


def _notes(decisions: Sequence[Decision]) -> dict[str, list[tuple[Decision, str]]]:
    """What reviewers have noted at each question, the newest first."""
    found: dict[str, list[tuple[Decision, str]]] = {}
    for decision in reversed(decisions):
        for key, text in decision["notes"].items():
            found.setdefault(key, []).append((decision, text))
    return found


def _came_too_late() -> bool:
    """Whether the form of this page was refused because the audit has moved on."""
    return forms.refusal().status in (Kind.STALE.status, Kind.MOVE_NOT_ALLOWED.status)
