"""What a reviewer decides: each decision is one move, and leads to the next audit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, request

from audit_api.console.audits import waiting
from audit_api.console.audits.review import review
from audit_api.console.audits.room import room
from audit_api.console.frame import forms, pages
from audit_api.console.frame.sessions import who
from audit_api.database import db
from audit_api.rules.lifecycle import REVIEW_ACTIONS, AuditAction
from audit_api.services.audits import reviews
from audit_api.services.audits.orders import Place
from audit_api.web import fields

NOTE = "note-"
"""How the name of a question's field of a note begins; its key follows."""
_MAX_NOTE = 4_000
_LEADS_ON = (AuditAction.APPROVE, AuditAction.RETURN, AuditAction.REJECT)
"""After these the reviewer is done with the audit."""


class Decided(forms.Form):
    action = fields.Text(required=True, validate=fields.OneOf(REVIEW_ACTIONS))
    version = fields.Integer(required=True)
    note = fields.Text(load_default=None, validate=fields.Length(max=_MAX_NOTE))


@room.post("/review/next")
@forms.submits()
def begin() -> Response:
    """Open the oldest audit that waits, and go to it."""
    return _onward(None)


@room.post("/review/<uuid:audit_id>")
@forms.submits(again=review)
def decide(audit_id: UUID) -> Response:
    """Make a decision; the next audit is opened and shown."""
    sent = forms.read(_form())
    action = AuditAction(sent.pop("action"))
    version, note = sent.pop("version"), sent.pop("note")
    notes = {name.removeprefix(NOTE): text for name, text in sent.items() if text.strip()}
    now = datetime.now(UTC)
    audit = reviews.move(
        audit_id, action, by=who(), version=version, note=note, notes=notes, now=now
    )
    place = waiting.place_of(audit)
    if action in _LEADS_ON:
        # It stands, whatever becomes of the next audit, and lets go of what it has locked.
        db.session.commit()
        return _onward(place, done=action)
    return pages.go("console.audits.review", done=action, audit_id=audit_id, **waiting.kept())


def _form() -> type[ma.Schema]:
    """The form of a decision, with a field for each note that was sent."""
    note = fields.Text(validate=fields.Length(max=_MAX_NOTE))
    noted: dict[str, Any] = {name: note for name in request.form if name.startswith(NOTE)}
    return Decided.from_dict(noted, name="Noted")


def _onward(after: Place | None, done: str | None = None) -> Response:
    found = waiting.take(after)
    if found is None:
        return pages.go("console.audits.queue", done=done, **waiting.kept())
    return pages.go("console.audits.review", done=done, audit_id=found.audit.id, **waiting.kept())
