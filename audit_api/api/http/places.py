"""Where a newcomer finds what."""

from __future__ import annotations

PLACES = {
    "console": "/console",
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
