"""Forms: keyed, so that no other site can send one; read by schemas; shown again when refused."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeAlias, TypeVar, cast

import marshmallow as ma
from flask import Response, current_app, g, make_response, request
from markupsafe import Markup

from audit_api.console.frame import reader, sessions
from audit_api.database import db, reading
from audit_api.errors import Fault, Kind, Problem, invalid, unescaped
from audit_api.services.keys import Keys
from audit_api.web import faults, versions
from audit_api.web.problems import detail
from audit_api.words import sentence

KEY = "key"
"""The field of every form that tells that a page of ours has sent it."""
MAX_BYTES = 1_000_000
"""Of a form that does not take more by `takes`."""

View = TypeVar("View", bound=Callable[..., Any])
Options: TypeAlias = Sequence[tuple[str, str]]
"""What can be chosen in a field: pairs of a value and what it says."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was refused: `general` sentences, and others at their fields."""

    status: int = 200
    general: Sequence[str] = ()
    at: Mapping[str, Sequence[str]] = field(default_factory=dict)


NO_REFUSAL = Refusal()


class Form(ma.Schema):
    """What a form may hold: fields of `web.fields`.  Its key and fields that nobody named are
    ignored; of a field that is left empty nothing is told."""

    class Meta:
        unknown = ma.EXCLUDE

    error_messages: dict[str, Any] = {}  # noqa: RUF012 (marshmallow's own form)


def key() -> str:
    """Return the key of this browser's forms."""
    keys: Keys = current_app.extensions["audit_keys"]
    return keys.digest(f"form\0{sessions.secret()}".encode())


def require_key() -> None:
    """Raise FORBIDDEN_FORM unless a page of ours, shown to this browser, sends the request."""
    sent = request.form.get(KEY, "") or request.headers.get("X-Form-Key", "")
    if g.get("key_held"):
        return
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if foreign or not hmac.compare_digest(sent.encode(), key().encode()):
        raise Problem(Kind.FORM_EXPIRED)
    g.key_held = True


def takes(most: int) -> Callable[[View], View]:
    """Declare that a view takes a form of at most so many bytes."""

    def declare(view: View) -> View:
        view.max_bytes = most  # type: ignore[attr-defined]
        return view

    return declare


def limit() -> None:
    """Let the request be read as far as its view takes it."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "max_bytes", MAX_BYTES)
    request.max_content_length = request.max_form_memory_size = most


def read(form: type[ma.Schema], *lists: str) -> dict[str, Any]:
    """Return what a form of this kind was sent with, the fields in `lists` as lists; raise INVALID
    with each fault at its field."""
    sent: dict[str, Any] = {
        name: value for name, value in request.form.items() if value != "" and name not in lists
    }
    sent |= {name: request.form.getlist(name) for name in lists}
    return loaded(form, sent)


def asked(form: type[Form], *lists: str) -> dict[str, Any]:
    """Return what the address of a page asks for, by a form of this kind; raise INVALID."""
    sent: dict[str, Any] = {
        name: value for name, value in request.args.items() if value != "" and name not in lists
    }
    sent |= {name: request.args.getlist(name) for name in lists}
    return loaded(form, sent, "?query")


def loaded(form: type[ma.Schema], sent: Mapping[str, Any], place: str = "") -> dict[str, Any]:
    """Return values by a form of this kind; raise INVALID with each fault at its field."""
    try:
        return cast(dict[str, Any], form().load(sent))
    except ma.ValidationError as error:
        raise invalid(*faults.from_messages(error.messages, place)) from None


def require_version(thing: Any) -> None:
    """Raise STALE unless the form's field `version` has the version that `thing` has now: what it
    shows was read then."""
    sent = request.form.get("version", "")
    versions.require_version(thing, int(sent) if sent.isascii() and sent.isdigit() else 0)


def submits(again: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Have a view that writes commit at its end.

    Where it is refused, nothing of it stays, and the page of `again`, a view with the same places,
    is shown with what was typed and each fault at its field.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def submitted(**places: Any) -> Response:
            try:
                response = make_response(view(**places))
                db.session.commit()
                return response
            except Problem as problem:
                db.session.rollback()
                if again is None or problem.kind in _NOT_SHOWN_AGAIN:
                    raise
                return _again(again, problem, places)

        return cast(View, submitted)

    return wrap


_NOT_SHOWN_AGAIN = {Kind.NOT_FOUND, Kind.FORBIDDEN, Kind.UNAUTHENTICATED}


def refusal() -> Refusal:
    """Return why the form of this page was refused, if it was."""
    return cast(Refusal, g.get("refusal", NO_REFUSAL))


def typed(name: str, default: Any = "") -> Any:
    """Return what was typed into a field of a form that was refused, else `default`."""
    return request.form.get(name, default) if refusal() is not NO_REFUSAL else default


def chosen(name: str, default: Sequence[str] = ()) -> Sequence[str]:
    """Return what was chosen in a field of several choices."""
    return request.form.getlist(name) if refusal() is not NO_REFUSAL else default


def refused(problem: Problem) -> Refusal:
    """Return a problem as the reasons of a refusal, in the reader's language."""
    locale = reader.locale()
    at: dict[str, list[str]] = {}
    general: list[str] = []
    if not problem.faults:
        # What is in conflict is of one field.
        member = problem.values.get("member")
        found = at.setdefault(str(member), []) if member in request.form else general
        found.append(sentence(_code(problem), problem.values, locale))
    for fault in problem.faults:
        name = _field(fault)
        (at.setdefault(name, []) if name else general).append(detail(fault, locale))
    return Refusal(problem.kind.status, general, at)


def _field(fault: Fault) -> str | None:
    """Return the field of the form that a fault is about, None where it is about none of them."""
    names = map(unescaped, fault.pointer.split("/"))
    return next((name for name in names if name and name in _fields()), None)


def _fields() -> set[str]:
    return {*request.form, *request.files}


def _code(problem: Problem) -> str:
    return f"problem.{problem.kind.slug}"


def _again(again: Callable[..., Any], problem: Problem, places: Mapping[str, Any]) -> Response:
    g.refusal = refused(problem)
    with reading():
        response = make_response(again(**places))
    response.status_code = problem.kind.status
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def key_field() -> Markup:
    """Return the hidden field that every form carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(KEY, key())
