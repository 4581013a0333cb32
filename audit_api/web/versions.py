"""A thing's version: an update says which state of the thing it was made for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem


def require_version(thing: Any, sent: int) -> None:
    """Raise STALE unless the `version` that `thing` has now is the one that was sent.

    The row is locked and read again: of two changes of one state at once, one is stale.  One that
    was deleted meanwhile has no state that could match (RFC 9110, 13.1.1).
    """
    try:
        db.session.refresh(thing, with_for_update={"key_share": True})
    except sa.exc.InvalidRequestError:
        raise Problem(Kind.STALE) from None
    if sent != thing.version:
        raise Problem(Kind.STALE)
