"""A form that comes after its session has ended: it is kept while its sender signs in again, and
then goes on its way."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, g, request

from audit_api.console.frame import forms, pages, reader, sessions
from audit_api.console.people.sign_in import begun
from audit_api.database import db
from audit_api.errors import Problem
from audit_api.web import fields

_EMAIL, _PASSWORD = "resume_email", "resume_password"


class Credentials(forms.Form):
    resume_email = fields.Email(required=True)
    resume_password = fields.Text(required=True, validate=fields.Length(1, 200))


def resume() -> Response | None:
    """Return the page that asks for the password and keeps the form; None where the request may go
    on, for its sender is signed in, or has just signed in again, or for no page of ours sent it."""
    if sessions.session() is not None or not _is_ours():
        return None
    if _PASSWORD not in request.form:
        return _page(401)
    forms.require_key()
    try:
        sent = forms.read(Credentials)
        token = begun(sent[_EMAIL], sent[_PASSWORD])
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        g.refusal = forms.refused(problem)
        return _page(problem.kind.status)
    sessions.begin_here(token)
    return None


def _page(status: int) -> Response:
    own = {forms.KEY, _EMAIL, _PASSWORD}
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in own]
    return pages.page(
        "people/resume",
        reader.said("console.resume"),
        status=status,
        kept=[(name, value) for name, value in kept if "password" not in name],
        has_files=bool(request.files),
    )


def _is_ours() -> bool:
    """Whether the browser says that a page of this server sends the form: what another site sends
    is not kept for somebody to sign in to."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
