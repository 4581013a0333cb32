"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import Response

from audit_api.console.frame import forms, pages, reader, sessions
from audit_api.console.frame.sessions import who
from audit_api.console.people.room import room
from audit_api.services.people import passwords, users
from audit_api.services.people import sessions as people_sessions
from audit_api.web import authentication, fields, signing_in


class NewPassword(forms.Form):
    current_password = fields.Text(required=True, validate=fields.Length(max=passwords.MAXIMUM))
    password = fields.Text(
        required=True, validate=fields.Length(passwords.MINIMUM, passwords.MAXIMUM)
    )


@room.get("/account")
def account() -> Response:
    """Show who is signed in, and where."""
    now = datetime.now(UTC)
    return pages.page(
        "people/account",
        reader.said("console.account"),
        me=users.me(by=who()),
        sign_ins=people_sessions.listed(by=who(), now=now),
        here=sessions.signed_in().login_id,
        least=passwords.MINIMUM,
    )


@room.post("/account/password")
@forms.submits(again=account)
def change_password() -> Response:
    """Change one's password, which signs out everywhere."""
    sent = forms.read(NewPassword)
    signing_in.check_own(sent["current_password"], by=who())
    password_hash = passwords.hash_password(sent["password"])
    user = users.find_self(by=who())
    users.change_self(user, by=who(), now=datetime.now(UTC), password_hash=password_hash)
    response = pages.go("console.people.sign_in", done="password_changed")
    sessions.forget(response)
    return response


@room.post("/account/sign-ins/<uuid:login_id>/end")
@forms.submits(again=account)
def end_sign_in(login_id: UUID) -> Response:
    """Sign out in another place."""
    people_sessions.end(login_id, by=who(), now=datetime.now(UTC))
    authentication.forget()
    return pages.go("console.people.account", done="signed_out_there")


@room.post("/account/sign-ins/end")
@forms.submits(again=account)
def end_other_sign_ins() -> Response:
    """Sign out everywhere else."""
    people_sessions.end_others(sessions.signed_in().login_id, by=who(), now=datetime.now(UTC))
    authentication.forget()
    return pages.go("console.people.account", done="signed_out_elsewhere")
