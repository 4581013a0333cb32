"""The editions of what is handed on: for a site, which must not learn who was there, or for the
office."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who


class Edition(StrEnum):
    """`anonymous` tells nothing that leads to an auditor; it is what is made unless another is
    asked for."""

    ANONYMOUS = "anonymous"
    FULL = "full"


def reader(edition: Edition, by: Who) -> Who:
    """Return for whose eyes an edition that `by` asks for is made; raise FORBIDDEN where it says
    more than `by` may know."""
    if edition is Edition.ANONYMOUS:
        return access.as_site(by)
    access.require(by, Permission.AUDIT_IDENTIFY)
    return by
