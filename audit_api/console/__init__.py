"""The console: the pages in which managers, reviewers and HQ do their work in a browser."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from audit_api.console import (
    audits,
    checklists,
    documents,
    exports,
    people,
    scorecards,
    sites,
    visits,
)
from audit_api.console.frame import assets, errors, forms, navigation, pages, sessions
from audit_api.console.people import resuming
from audit_api.errors import Kind, Problem

ROOMS = (
    scorecards.room,
    documents.room,
    audits.room,
    checklists.room,
    visits.room,
    people.room,
    sites.room,
    exports.room,
)
OPEN = frozenset(
    {
        "console.asset",
        *("console.people.sign_in", "console.people.enter", "console.people.choose_language"),
    }
)
"""The pages for everybody; whatever is not named here is for those who are signed in."""

blueprint = Blueprint("console", __name__, template_folder="templates", url_prefix="/console")


for _room in ROOMS:
    blueprint.register_blueprint(_room)
blueprint.add_url_rule("/<path:rest>", view_func=errors.nothing)
blueprint.context_processor(pages.context)
blueprint.register_error_handler(Problem, errors.of_problem)
blueprint.register_error_handler(HTTPException, errors.of_http)
blueprint.register_error_handler(Exception, errors.of_anything)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


@blueprint.before_request
def _enter() -> Response | None:
    sessions.begin_visit()
    forms.limit()
    if request.method == "POST":
        if request.endpoint not in OPEN and (asked := resuming.resume()) is not None:
            return asked
        forms.require_key()
    if request.endpoint not in OPEN and sessions.session() is None:
        raise Problem(Kind.UNAUTHENTICATED)
    return None


@blueprint.after_request
def _leave(response: Response) -> Response:
    return sessions.end_visit(response)


@blueprint.get("")
def home() -> AnyResponse:
    """Lead everybody to where their work is: to the first place of their menu."""
    address = next((link.address for link in navigation.menu()), None)
    return redirect(address or url_for("console.people.account"), 302)


@blueprint.get("/static/<path:name>")
def asset(name: str) -> Response:
    """Send a file that pages are made of."""
    return assets.send(name)
