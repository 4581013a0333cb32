"""Pages: a template with what every page has, under strict headers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request, url_for

from audit_api.console.frame import assets, forms, navigation, reader, sessions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What a page may load and do: nothing but from this server, and no script within it."""
_DONE = "console-done"


class Crumb(NamedTuple):
    """A page above this one."""

    address: str
    title: str


def page(
    template: str, title: str, /, crumbs: Sequence[Crumb] = (), status: int = 200, **values: Any
) -> Response:
    """Return the page that a template makes; `title` says what it is."""
    body = render_template(
        f"{template}.html",
        title=title,
        crumbs=crumbs,
        done=_done(),
        **values,
    )
    response = make_response(body, status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Language"] = reader.locale()
    response.headers["Vary"] = "Cookie, Accept-Language"
    if request.cookies.get(_DONE):
        response.delete_cookie(_DONE, path="/console")
    return response


def let_forms_lead_to(response: Response, origin: str) -> None:
    """Let the forms of a page lead to another origin as well: to that of the store's files."""
    policy = POLICY.replace("form-action 'self'", f"form-action 'self' {origin}")
    response.headers["Content-Security-Policy"] = policy


def go(endpoint: str, /, done: str | None = None, **places: Any) -> Response:
    """Return the way to another page after something was done, which that page says by its code:
    `console.done.…` without what it begins with."""
    response = make_response(redirect(url_for(endpoint, **places), 303))
    if done is not None:
        response.set_cookie(_DONE, done, max_age=60, path="/console", httponly=True, samesite="Lax")
    return response


def asked(**changes: str | None) -> str:
    """Return the address of this page with other arguments; None takes one away."""
    arguments = request.args.to_dict(flat=False)
    for name, value in changes.items():
        arguments[name] = [] if value is None else [value]
    query = urlencode(arguments, doseq=True)
    return f"{request.path}?{query}" if query else request.path


def own_path(path: str) -> str:
    """Return a path of the console that a form names, or its beginning where it names another."""
    return path if path.startswith("/console") and "\\" not in path else "/console"


def context() -> dict[str, Any]:
    """Return what every template may say and ask."""
    return {
        "t": reader.said,
        "picked": reader.picked,
        "day": reader.day,
        "moment": reader.moment,
        "number": reader.number,
        "period_words": reader.period,
        "locale": reader.locale(),
        "session": sessions.session(),
        "menu": navigation.menu(),
        "asset": assets.address,
        "asked": asked,
        "frame_key": forms.key_field,
        "refusal": forms.refusal(),
        "typed": forms.typed,
        "chosen": forms.chosen,
        "now": datetime.now(UTC),
    }


def _done() -> str | None:
    """Return what was done before this page, in words."""
    code = request.cookies.get(_DONE)
    return reader.told_done(code) if code else None
