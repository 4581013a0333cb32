"""How far a server is reached: by its own machine alone, or from beyond."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

_FORWARDED = {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"}


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's own, which no other machine reaches."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def by_settings(settings: Mapping[str, Any]) -> str | None:
    """Return what of the settings (`AUDIT_…`) says that a server is reached from beyond its
    machine, None where nothing does."""
    base_url, host = settings["AUDIT_BASE_URL"], settings["AUDIT_HOST"]
    if not is_loopback(host):
        return f"AUDIT_HOST is {host}"
    if not is_loopback(_host(base_url)):
        return f"AUDIT_BASE_URL is {base_url}"
    if settings["AUDIT_TRUSTED_PROXIES"]:
        return f"AUDIT_TRUSTED_PROXIES is {settings['AUDIT_TRUSTED_PROXIES']}"
    return None


def is_from_here(peer: str, host: str, header_names: Iterable[str]) -> bool:
    """Whether a request came from this machine itself, and not through a proxy on it."""
    forwarded = _FORWARDED & {name.lower() for name in header_names}
    return is_loopback(peer) and is_loopback(_host(f"//{host}")) and not forwarded


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
