"""The people of the organisation: added, changed, deactivated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, url_for

from audit_api.console.frame import forms, lists, pages, reader
from audit_api.console.frame.pages import Crumb
from audit_api.console.frame.sessions import who
from audit_api.console.people.room import room
from audit_api.database import one_moment
from audit_api.rules.permissions import Permission, Role
from audit_api.services import access
from audit_api.services.people import passwords
from audit_api.services.people import users as services
from audit_api.services.sites import trees
from audit_api.web import authentication, fields
from audit_api.words import LOCALES

ACTIVE = {"yes": True, "no": False}


class Wanted(forms.Form):
    role = fields.Text(load_default=None, validate=fields.OneOf([*Role]))
    active = fields.Text(load_default=None, validate=fields.OneOf([*ACTIVE]))
    text = fields.Text(load_default=None, validate=fields.Length(max=254))


class PersonForm(forms.Form):
    email = fields.Email(required=True)
    name = fields.Name(required=True)
    role = fields.Text(required=True, validate=fields.OneOf([*Role]))
    locale = fields.Language(required=True)
    region_ids = fields.List(fields.UUID(), validate=fields.Length(max=500))
    password = fields.Text(validate=fields.Length(passwords.MINIMUM, passwords.MAXIMUM))


@room.get("/people")
def users() -> Response:
    """Show the people of the organisation that are asked for."""
    wanted = forms.asked(Wanted)
    with one_moment():
        active = ACTIVE.get(wanted["active"] or "")
        found, onward = lists.page(services.listed(by=who(), **wanted | {"active": active}))
        return pages.page(
            "people/users",
            reader.said("console.people.people"),
            people=found,
            wanted=wanted,
            roles=[*Role],
            onward=onward,
        )


@room.get("/people/new")
def new_user() -> Response:
    """Show the form of a new person."""
    access.require(who(), Permission.USER_WRITE)
    return _form(reader.said("console.people.new_user"), None)


@room.post("/people/new")
@forms.submits(again=new_user)
def add_user() -> Response:
    """Add a person."""
    sent = _sent()
    password_hash = services.take_hash(sent, by=who())
    added = services.add(by=who(), now=datetime.now(UTC), password_hash=password_hash, **sent)
    return pages.go("console.people.user", done="user_added", user_id=added.id)


@room.get("/people/<uuid:user_id>")
def user(user_id: UUID) -> Response:
    """Show a person and the form to change what they are."""
    found = services.find(user_id, by=who())
    return _form(found.name, found)


@room.post("/people/<uuid:user_id>")
@forms.submits(again=user)
def change_user(user_id: UUID) -> Response:
    """Change what a person is; a new password signs them out everywhere."""
    sent = _sent()
    password_hash = services.take_hash(sent, by=who())
    found = services.find_to_change(user_id, by=who())
    forms.require_version(found)
    services.change(found, by=who(), now=datetime.now(UTC), password_hash=password_hash, **sent)
    _forget()
    return pages.go("console.people.user", done="user_saved", user_id=user_id)


@room.post("/people/<uuid:user_id>/deactivate")
@forms.submits(again=user)
def deactivate_user(user_id: UUID) -> Response:
    """Let nobody sign in as a person any more, and sign them out everywhere."""
    _set_active(user_id, active=False)
    return pages.go("console.people.user", done="user_deactivated", user_id=user_id)


@room.post("/people/<uuid:user_id>/activate")
@forms.submits(again=user)
def activate_user(user_id: UUID) -> Response:
    """Let a person sign in again."""
    _set_active(user_id, active=True)
    return pages.go("console.people.user", done="user_activated", user_id=user_id)


def crumb() -> Crumb:
    return Crumb(url_for("console.people.users"), reader.said("console.people.people"))


def _form(title: str, found: Any) -> Response:
    return pages.page(
        "people/user",
        title,
        crumbs=[crumb()],
        user=found,
        roles=[(role, reader.said(f"console.role.{role}")) for role in Role],
        languages=[(each, reader.said(f"console.people.language.{each}")) for each in LOCALES],
        tree=trees.tree(by=who()),
        granted=[region.id for region in found.regions] if found else [],
        least=passwords.MINIMUM,
        own=found is not None and found.id == who().id,
    )


def _sent() -> dict[str, Any]:
    """Return what the form says of a person; only a manager has regions."""
    sent = forms.read(PersonForm, "region_ids")
    return sent if sent["role"] == Role.MANAGER else sent | {"region_ids": []}


def _set_active(user_id: UUID, *, active: bool) -> None:
    found = services.find_to_change(user_id, by=who())
    forms.require_version(found)
    services.change(found, by=who(), now=datetime.now(UTC), active=active)
    _forget()


def _forget() -> None:
    """Have this process look at every session and token anew."""
    authentication.forget()
