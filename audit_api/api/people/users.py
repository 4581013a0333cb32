"""Users: the people of the organisation; and `/me`, whoever is asking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http import preconditions
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.http.warned import stored, warnings
from audit_api.api.http.writes import commits
from audit_api.rules.permissions import INTEGRATION, Permission, Role
from audit_api.services.people import passwords, users
from audit_api.web import authentication, fields, signing_in
from audit_api.web.authentication import who

blueprint = Blueprint("users", __name__, description="The people of the organisation.")


def new_password(**options: Any) -> fields.Text:
    """Return a field that takes a password and never tells one."""
    length = fields.Length(passwords.MINIMUM, passwords.MAXIMUM)
    return fields.Text(load_only=True, validate=length, **options)


class PersonFields(Schema):
    """What is known of a user."""

    email = fields.Email(required=True)
    name = fields.Name(required=True)
    role = Word(Role, required=True)
    locale = fields.Language(required=True)
    region_ids = fields.List(
        fields.UUID(),
        validate=fields.Length(max=500),
        metadata={"description": "A manager's regions, each with all that lies in it."},
    )


class NewUserFields(PersonFields):
    password = new_password()


class UserChange(NewUserFields):
    """What may be changed of a user; a new password or `active: false` ends their logins."""

    active = fields.Boolean()


class UserSchema(Shown, PersonFields):
    id = fields.UUID()
    organisation_id = fields.UUID()
    active = fields.Boolean()
    version = fields.Integer()


class StoredUserSchema(UserSchema):
    """A user as they are stored now."""

    warnings = warnings()


class UserFilter(PageArguments):
    role = Word(Role)
    email = fields.Email()
    active = fields.Boolean()


class MeFields(Schema):
    locale = fields.Language()
    current_password = fields.Text(load_only=True, validate=fields.Length(max=passwords.MAXIMUM))
    password = new_password(metadata={"description": "Needs `current_password` beside it."})


class MeSchema(Shown):
    """Who is asking; an integration has no address."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    email = fields.Text(allow_none=True)
    name = fields.Text()
    role = Word("RoleOrIntegration", (*Role, INTEGRATION))
    locale = fields.Language()
    region_ids = fields.List(fields.UUID())
    permissions = fields.List(Word(Permission))
    version = fields.Integer()


@blueprint.route("/users", methods=["GET"])
@blueprint.arguments(UserFilter, location="query")
@blueprint.response(200, UserSchema(many=True), headers=PAGE_HEADERS)
def list_users(filters: dict[str, Any]) -> Any:
    """List the users of the organisation."""
    limit, cursor = filters.pop("limit"), filters.pop("cursor")
    rows, headers = page(users.listed(by=who(), **filters), limit=limit, cursor=cursor)
    return rows, 200, headers


@blueprint.route("/users", methods=["POST"])
@commits
@blueprint.arguments(NewUserFields)
@blueprint.response(201, StoredUserSchema, headers=preconditions.CREATED_HEADERS)
def add_user(sent: dict[str, Any]) -> Any:
    """Add a user; without a password nobody can log in as them yet."""
    password_hash = users.take_hash(sent, by=who())
    user = users.add(by=who(), now=datetime.now(UTC), password_hash=password_hash, **sent)
    headers = {"ETag": preconditions.etag(user.version), "Location": f"/api/v1/users/{user.id}"}
    return stored(user, sent, "name"), 201, headers


@blueprint.route("/users/<uuid:user_id>", methods=["GET"])
@blueprint.response(200, UserSchema, headers=preconditions.ETAG_HEADER)
def get_user(user_id: UUID) -> Any:
    """Get one user."""
    user = users.find(user_id, by=who())
    return user, 200, {"ETag": preconditions.etag(user.version)}


@blueprint.route("/users/<uuid:user_id>", methods=["PATCH"], parameters=[preconditions.IF_MATCH])
@commits
@blueprint.arguments(UserChange(partial=True))
@blueprint.response(200, StoredUserSchema, headers=preconditions.ETAG_HEADER)
def change_user(sent: dict[str, Any], user_id: UUID) -> Any:
    """Change a user: what they are, the regions of a manager, the password; or deactivate them."""
    password_hash = users.take_hash(sent, by=who())
    user = users.find_to_change(user_id, by=who())
    preconditions.require_match(user)
    users.change(user, by=who(), now=datetime.now(UTC), password_hash=password_hash, **sent)
    authentication.forget()
    return stored(user, sent, "name"), 200, {"ETag": preconditions.etag(user.version)}


@blueprint.route("/me", methods=["GET"])
@blueprint.response(200, MeSchema, headers=preconditions.ETAG_HEADER)
def get_me() -> Any:
    """Tell who is asking and what they may do: a person, or an integration."""
    return _me()


@blueprint.route("/me", methods=["PATCH"], parameters=[preconditions.IF_MATCH])
@commits
@blueprint.arguments(MeFields)
@blueprint.doc(refuses=(404, 429))
@blueprint.response(200, MeSchema, headers=preconditions.ETAG_HEADER)
def change_me(sent: dict[str, Any]) -> Any:
    """Change your language or your password; a new password ends all your logins, this one too."""
    current = sent.pop("current_password", "")
    if "password" in sent:
        signing_in.check_own(current, by=who())
    password_hash = passwords.take_hash(sent)
    user = users.find_self(by=who())
    preconditions.require_match(user)
    users.change_self(user, by=who(), now=datetime.now(UTC), password_hash=password_hash, **sent)
    authentication.forget()
    return _me()


def _me() -> tuple[users.Me, int, dict[str, str]]:
    me = users.me(by=who())
    return me, 200, {"ETag": preconditions.etag(me.version)}
