"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response, make_response, redirect, request

from audit_api.console.frame import forms, pages, reader, sessions
from audit_api.console.people.devices import device_of
from audit_api.console.people.room import room
from audit_api.rules.permissions import Role
from audit_api.services.people import passwords, published, users
from audit_api.services.people import sessions as people_sessions
from audit_api.services.people.logins import Account
from audit_api.web import fields, signing_in
from audit_api.words import LOCALES

_ORDER = (Role.HQ, Role.MANAGER, Role.REVIEWER, Role.AUDITOR)


class Credentials(forms.Form):
    email = fields.Email(required=True)
    password = fields.Text(required=True, validate=fields.Length(1, 200))
    next = fields.Text(load_default="/console")


class Language(forms.Form):
    language = fields.Text(required=True, validate=fields.OneOf(LOCALES))
    back = fields.Text(load_default="/console")


@room.get("/sign-in")
def sign_in() -> Response:
    """Show where to sign in; whoever is signed in goes on."""
    onward = pages.own_path(request.args.get("next", "/console"))
    if sessions.session() is not None:
        return make_response(redirect(onward, 303))
    return pages.page(
        "people/sign_in",
        reader.said("console.sign_in"),
        onward=onward,
        accounts=_demonstration(),
        published_password=passwords.PUBLISHED,
    )


@room.post("/sign-in")
@forms.submits(again=sign_in)
def enter() -> Response:
    """Sign in."""
    sent = forms.read(Credentials)
    token = begun(sent["email"], sent["password"])
    response = make_response(redirect(pages.own_path(sent["next"]), 303))
    sessions.keep(response, token)
    return response


def begun(email: str, password: str) -> str:
    """Begin a session, and return its token.  Raises as `signing_in.check`."""
    now = datetime.now(UTC)
    checked = signing_in.check(email, password, now=now)
    device = device_of(request.user_agent.string)
    return people_sessions.begin(checked.user, device=device, place=checked.place, now=now)


@room.post("/sign-out")
@forms.submits()
def leave() -> Response:
    """Sign out in this browser."""
    session = sessions.signed_in()
    people_sessions.end(session.login_id, by=session.who, now=datetime.now(UTC))
    response = pages.go("console.people.sign_in", done="signed_out")
    sessions.forget(response)
    return response


@room.post("/language")
@forms.submits()
def choose_language() -> Response:
    """Have all pages in another language, in this browser and for this person."""
    sent = forms.read(Language)
    if (session := sessions.session()) is not None:
        user = users.find_self(by=session.who)
        users.change_self(user, by=session.who, now=datetime.now(UTC), locale=sent["language"])
    response = make_response(redirect(pages.own_path(sent["back"]), 303))
    reader.choose(response, sent["language"])
    return response


def _demonstration() -> Sequence[Account]:
    """Return the accounts whose password all know, for a reader at the machine that alone is
    served: nowhere else can the demonstration's people sign in with it."""
    if not signing_in.is_from_here():
        return ()
    return sorted(published.owners(), key=lambda user: (_ORDER.index(Role(user.role)), user.email))
