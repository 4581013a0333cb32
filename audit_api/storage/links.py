"""Links to what a store holds that lead through the application.

A store says of a file when it came (`Last-Modified`, and answers to `If-Modified-Since`), which is
when a site was visited.  The application says nothing of it but what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from audit_api.storage import tokens
from audit_api.storage.store import LINK_LIFETIME, checked_key

_PURPOSE = "copy"


@dataclass(frozen=True, slots=True)
class CopyLinks:
    """Links under `base_url`, signed with `secret`; `GET /storage/copies/<token>` serves them."""

    base_url: str
    secret: bytes = field(repr=False)

    def link(self, key: str, *, now: datetime) -> str:
        """Return a URL that shows the object to whoever holds it, for `LINK_LIFETIME`."""
        until = (now + LINK_LIFETIME).timestamp()
        statement = {"purpose": _PURPOSE, "key": checked_key(key), "until": until}
        token = tokens.sign(statement, self.secret)
        return f"{self.base_url.rstrip('/')}/storage/copies/{token}"

    def key(self, token: str, *, now: datetime) -> str:
        """Return the key of the object that a link shows; raise LINK_INVALID for a forged or an
        expired one."""
        statement = tokens.verify(token, self.secret, purpose=_PURPOSE, now=now)
        return str(statement["key"])
