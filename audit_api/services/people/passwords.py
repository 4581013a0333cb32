"""Password hashes: argon2id with OWASP's parameters.  An unknown user costs the same time."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from audit_api.errors import Fault, invalid

MINIMUM, MAXIMUM = 10, 200
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_BLANK = re.compile(r"[^\S\x00-\x7f]")
_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str, *, pointer: str = "/password") -> str:
    """Return the argon2id hash; raise INVALID at `pointer` where the length is not accepted."""
    password = _kept(password)
    if not MINIMUM <= len(password) <= MAXIMUM:
        raise invalid(Fault(pointer, "password_length", {"min": MINIMUM, "max": MAXIMUM}))
    return _HASHER.hash(password)


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
