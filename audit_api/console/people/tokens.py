"""Integration tokens: what machines may do in the organisation's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID

from flask import Response

from audit_api.console.frame import forms, lists, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.people.room import room
from audit_api.console.people.users import crumb
from audit_api.database import db
from audit_api.rules.permissions import INTEGRATION_GRANTS, Permission
from audit_api.services.people import tokens as services
from audit_api.web import authentication, fields


class Made(NamedTuple):
    """A token that was just made, and what it is called."""

    name: str
    token: str


class TokenForm(forms.Form):
    name = fields.Name(required=True)
    permissions = fields.List(
        fields.Text(validate=fields.OneOf(sorted(INTEGRATION_GRANTS))),
        required=True,
        validate=fields.Length(1, 100),
    )
    last_day = fields.Date(load_default=None)


@room.get("/tokens")
def tokens() -> Response:
    """Show the organisation's tokens, the revoked ones as well."""
    return _page()


@room.post("/tokens")
@forms.submits(again=tokens)
def add_token() -> Response:
    """Make a token, which is shown in this answer only: it is kept nowhere."""
    sent = forms.read(TokenForm, "permissions")
    record, token = services.add(
        by=who(),
        now=datetime.now(UTC),
        name=sent["name"],
        permissions=sent["permissions"],
        expires_at=_end(sent["last_day"]),
    )
    # What was made stays, whatever becomes of the page that tells it.
    db.session.commit()
    response = _page(Made(record.name, token))
    response.headers["Cache-Control"] = "no-store"
    return response


@room.post("/tokens/<uuid:token_id>/revoke")
@forms.submits(again=tokens)
def revoke_token(token_id: UUID) -> Response:
    """Revoke a token; it stays in the list."""
    services.revoke(token_id, by=who(), now=datetime.now(UTC))
    authentication.forget()
    return pages.go("console.people.tokens", done="token_revoked")


def _page(made: Made | None = None) -> Response:
    found, onward = lists.page(services.listed(by=who()), newest=True)
    return pages.page(
        "people/tokens",
        reader.said("console.people.tokens"),
        crumbs=[crumb()],
        tokens=found,
        made=made,
        permissions=_permissions(),
        onward=onward,
    )


def _permissions() -> Sequence[tuple[Permission, str]]:
    """Return what a machine may be given, in words, in the order of the table of permissions."""
    return [
        (each, reader.said(f"console.people.may.{each}"))
        for each in Permission
        if each in INTEGRATION_GRANTS
    ]


def _end(last_day: date | None) -> datetime | None:
    """Return when the last day of a token is over."""
    if last_day is None:
        return None
    return datetime.combine(last_day, time.max.replace(microsecond=0), tzinfo=UTC)
