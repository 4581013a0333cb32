"""E-mail and password, checked: for phones and browsers alike, under the same limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, request

from audit_api import reach
from audit_api.database import db, reading
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.rules import names
from audit_api.services.access import Who
from audit_api.services.people import logins, passwords, recognition, users
from audit_api.services.people.logins import Account
from audit_api.services.people.recognition import Recognised
from audit_api.web import attempts
from audit_api.web.attempts import Limit

MAX_OF_ACCOUNT, MAX_OF_ADDRESS = 5, 20
"""Wrong passwords in a window for an account, and from an address."""
MAX_GUESSES = 5
"""Wrong present passwords in a window."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody whose password was right, and from where they came."""

    user: Account
    place: str


def check(email: str, password: str, *, token: str | None = None, now: datetime) -> Checked:
    """Return whose password it is; `token` is a refresh token that the device once had.

    Raises WRONG_CREDENTIALS, TOO_MANY_REQUESTS, or INVALID for a password that is published.
    """
    address, keys = request.remote_addr or "", current_app.extensions["audit_keys"]
    with reading():
        user = logins.find_account(email)
        user_id, known = (user.id, user.password_hash) if user else (None, None)
        place = recognition.place_of(user_id, address, keys)
        recognised = recognition.recognise(user_id, place=place, token=token, now=now)
        # Hashing takes long on purpose; no connection waits for it.
        db.session.rollback()
    attempt = attempts.take(*_limits(email, address, recognised))
    if not passwords.matches(known, password):
        raise Problem(Kind.WRONG_CREDENTIALS)
    attempt.give_back()
    _refuse_published(known)
    user = logins.find_account_again(email, password_hash=known)
    if user is None:
        raise Problem(Kind.WRONG_CREDENTIALS)
    return Checked(user, place)


def check_own(password: str, *, by: Who) -> None:
    """Raise INVALID at `/current_password` unless it is the password of whoever asks."""
    with reading():
        known = users.find_self(by=by).password_hash
        # Hashing takes long on purpose; no connection waits for it.
        db.session.rollback()
    attempt = attempts.take(Limit(f"own password {by.id}", MAX_GUESSES))
    if not passwords.matches(known, password):
        raise invalid(Fault("/current_password", "wrong_password"))
    attempt.give_back()


def is_from_here() -> bool:
    """Whether the server serves its own machine alone, and the request came from there."""
    peer = request.remote_addr or ""
    from_here = reach.is_from_here(peer, request.host, request.headers.keys())
    return from_here and not reach.by_settings(current_app.config)


def _limits(email: str, address: str, recognised: Recognised) -> Sequence[Limit]:
    """Return what an attempt is counted under.  Those whom nothing tells from a stranger share the
    account's count; a device and a place that the account knows each have one of their own, which
    no stranger uses up."""
    network = recognition.network(address)
    if recognised.device:
        return [Limit(f"device {recognised.device}", MAX_OF_ACCOUNT)]
    if recognised.place:
        return [
            Limit(f"known at {network}", MAX_OF_ADDRESS),
            Limit(f"place {recognised.place}", MAX_OF_ACCOUNT),
        ]
    return [
        Limit(f"address {network}", MAX_OF_ADDRESS),
        Limit(f"account {names.folded_email(email)}", MAX_OF_ACCOUNT),
    ]


def _refuse_published(password_hash: str | None) -> None:
    """Whatever the settings say, nobody from beyond this machine gets in with what all know."""
    if password_hash is None or not passwords.is_published(password_hash):
        return
    if not is_from_here():
        raise invalid(Fault("/password", "password_elsewhere"))
