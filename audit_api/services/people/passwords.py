"""Password hashes: argon2id with OWASP's parameters.  An unknown user costs the same time."""

from __future__ import annotations

import base64
import re
import unicodedata
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from audit_api.errors import Fault, invalid

MINIMUM, MAXIMUM = 10, 200
PUBLISHED = "harbour-tea-demo"
"""The password that the README tells, for the demonstration's people in the embedded default."""

# A hash tells by its salt that its password is published: wherever the database is copied to, and
# until the password is changed.
_PUBLISHED_SALT = b"told by the README"
PUBLISHED_MARK = f"${base64.b64encode(_PUBLISHED_SALT).decode()}$"

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_BLANK = re.compile(r"[^\S\x00-\x7f]")
_NOBODY = (
    f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)
"""The hash of no password: its salt and its digest are zeros.  To be checked it takes as long as
any other; to be made it would take a server's start as long."""


def hash_password(password: str, *, pointer: str = "/password") -> str:
    """Return the argon2id hash; raise INVALID at `pointer` for a length that is not accepted, or
    for a password that is published."""
    password = _kept(password)
    if not MINIMUM <= len(password) <= MAXIMUM:
        raise invalid(Fault(pointer, "password_length", {"min": MINIMUM, "max": MAXIMUM}))
    if password == PUBLISHED:
        raise invalid(Fault(pointer, "password_published"))
    return _HASHER.hash(password)


def hash_published() -> str:
    """Return the hash of the published password, which says what it is."""
    return _HASHER.hash(PUBLISHED, salt=_PUBLISHED_SALT)


def is_published(password_hash: str) -> bool:
    """Say whether a hash is that of the published password."""
    return PUBLISHED_MARK in password_hash


def matches(password_hash: str | None, password: str) -> bool:
    """Say whether `password` is the one; None (no such user, or no password) takes as long."""
    try:
        _HASHER.verify(password_hash or _NOBODY, _kept(password)[:MAXIMUM])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def take_hash(fields: dict[str, Any]) -> str | None:
    """Take the password out of `fields`, if it is there, and return its hash."""
    password = fields.pop("password", None)
    return hash_password(password) if password is not None else None


def _kept(password: str) -> str:
    """Return the form of RFC 8265, in which a password is the same from every keyboard."""
    return unicodedata.normalize("NFC", _BLANK.sub(" ", password))
