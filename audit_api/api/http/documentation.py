"""Where to go from the root of the address, and a page that shows the specification of the API
without an outside host."""

from __future__ import annotations

from importlib.resources import files

from flask import Blueprint, Response, jsonify, render_template, send_from_directory

_SWAGGER_UI = str(files("flask_swagger_ui") / "dist")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'"
)

PLACES = {
    "documentation": "/docs",
    "specification": "/api/v1/openapi.json",
    "login": "/api/v1/login",
    "alive": "/healthz",
    "ready": "/readyz",
}
LINKS = (
    f'<{PLACES["documentation"]}>; rel="service-doc", '
    f'<{PLACES["specification"]}>; rel="service-desc", <{PLACES["ready"]}>; rel="status"'
)
"""The same for programs (RFC 8631)."""

blueprint = Blueprint(
    "documentation",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/docs/own",
)


@blueprint.get("/")
def places() -> Response:
    """Tell where the documentation is, and what else a newcomer asks for."""
    response = jsonify(PLACES)
    response.headers["Link"] = LINKS
    return response


@blueprint.get("/docs")
def page() -> Response:
    """Show the API's documentation."""
    response = Response(render_template("documentation.html"))
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response


@blueprint.get("/docs/assets/<path:name>")
def asset(name: str) -> Response:
    """Send a file of Swagger UI."""
    response = send_from_directory(_SWAGGER_UI, name, max_age=86400)
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response
