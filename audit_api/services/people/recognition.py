"""What tells the owner of an account from whoever guesses its password, before the password does:
the network of an earlier login, or a token that only the owner's device had.

A place is kept as a digest under the installation's key: it is found again and cannot be read.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Login, LoginToken
from audit_api.services.keys import Keys
from audit_api.services.people import logins


@dataclass(frozen=True, slots=True)
class Recognised:
    """By what an account's owner was recognised: the login of a device, or a place; or neither."""

    device: UUID | None
    place: str | None


def network(address: str) -> str:
    """Return what one subscriber has: an IPv4 address, or the first half of an IPv6 address."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    read = getattr(read, "ipv4_mapped", None) or read
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(ipaddress.IPv6Network((int(read), 64), strict=False))


def place_of(user_id: UUID | None, address: str, keys: Keys) -> str:
    """Return the digest of a user's network."""
    return keys.digest(f"place of login\0{user_id}\0{network(address)}".encode())


def recognise(user_id: UUID | None, *, place: str, token: str | None, now: datetime) -> Recognised:
    """Return what is known of a device and a place.  Nobody (None) is looked up as well, so that it
    takes as long."""
    device = (
        sa.select(Login.id)
        .join(LoginToken)
        .where(
            LoginToken.digest == logins.digest_of(token or ""),
            LoginToken.kind == "refresh",
            Login.user_id == user_id,
        )
    )
    known = sa.select(Login.place).where(
        Login.user_id == user_id,
        Login.place == place,
        Login.created_at > now - logins.LOGIN_LIFE,
    )
    return Recognised(db.session.scalar(device.limit(1)), db.session.scalar(known.limit(1)))
