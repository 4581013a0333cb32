"""Where to go from the root of the address, and the specification of the API: for programs, and as
a page without an outside host, each in the language that its reader asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from threading import Lock
from typing import Any

import orjson
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
)
from werkzeug.wrappers import Response as AnyResponse

from audit_api.api.http.places import LINKS, PLACES
from audit_api.api.http.translation import frame, translated
from audit_api.errors import Fault, invalid
from audit_api.web.languages import locale
from audit_api.words import DEFAULT_LOCALE, LOCALES, say, spoken

_SWAGGER_UI = str(files("flask_swagger_ui") / "dist")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'"
)
_CHOICE = "language"
"""The query that chooses a language, and the cookie in which the page keeps the choice."""
_YEAR = 365 * 24 * 60 * 60

blueprint = Blueprint(
    "documentation",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/docs/own",
)


class Specifications:
    """The specification in each language, written when it is first asked for."""

    def __init__(self, write: Callable[[], dict[str, Any]]) -> None:
        self._write = write
        self._lock = Lock()
        self._written: Mapping[str, bytes] = {}

    def __call__(self, locale: str) -> bytes:
        """Return the JSON of one language."""
        with self._lock:
            self._written = self._written or self._in_all_languages()
        return self._written[locale]

    def _in_all_languages(self) -> Mapping[str, bytes]:
        document = self._write()
        others = {each: translated(document, each) for each in LOCALES if each != DEFAULT_LOCALE}
        told = {DEFAULT_LOCALE: document, **others}
        return {locale: orjson.dumps(each) for locale, each in told.items()}


def init_app(app: Flask, write: Callable[[], dict[str, Any]]) -> None:
    """Serve the pages, and the specification that `write` writes in the reader's language."""
    app.register_blueprint(blueprint)
    app.extensions["audit_specification"] = Specifications(write)
    # The library's own view knows one language.
    app.view_functions["api-docs.openapi_json"] = specification


@blueprint.get("/")
def places() -> AnyResponse:
    """Tell where the documentation is, and what else a newcomer asks for."""
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return _varied(redirect(PLACES["console"]))
    response = _varied(jsonify(PLACES))
    response.headers["Link"] = LINKS
    return response


def specification() -> Response:
    """Send the specification."""
    locale = language()
    response = Response(
        current_app.extensions["audit_specification"](locale), mimetype="application/json"
    )
    response.headers["Content-Language"] = locale
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    response.add_etag()
    response.make_conditional(request)
    return response


def _varied(response: AnyResponse) -> AnyResponse:
    """Say that the answer is by `Accept`."""
    response.vary.add("Accept")
    return response


@blueprint.get("/docs")
def page() -> Response:
    """Show the API's documentation; a language that was chosen is kept for the next time."""
    locale = language(request.cookies.get(_CHOICE))
    response = Response(
        render_template(
            "documentation.html",
            locale=locale,
            title=say("documentation.title", locale),
            choice=say("documentation.languages", locale),
            languages={each: say("documentation.language", each) for each in LOCALES},
            words=frame(locale),
            specification=f"{PLACES['specification']}?{_CHOICE}={locale}",
        )
    )
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    response.headers["Content-Language"] = locale
    response.vary.update(("Accept-Language", "Cookie"))
    if _CHOICE in request.args:
        response.set_cookie(
            _CHOICE,
            locale,
            max_age=_YEAR,
            path=PLACES["documentation"],
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def language(kept: str | None = None) -> str:
    """Return which of the product's languages to answer in: the one that the query names, else one
    that was `kept`, else the nearest to the reader's.  Raises INVALID for a query that names none.
    """
    asked = request.args.get(_CHOICE)
    if asked is None:
        return spoken(kept or "") or spoken(locale()) or DEFAULT_LOCALE
    found = spoken(asked)
    if found is None:
        raise invalid(Fault(f"?query/{_CHOICE}", "not_one_of", {"accepted": LOCALES}))
    return found


@blueprint.get("/docs/assets/<path:name>")
def asset(name: str) -> Response:
    """Send a file of Swagger UI."""
    response = send_from_directory(_SWAGGER_UI, name, max_age=86400)
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response
