"""Sessions of browsers: logins whose one token is a cookie, and all places where a person is
signed in.

A session ends when nobody has used it for a while, and at the latest some days after its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.models import Login, LoginToken, Organisation, User
from audit_api.services import activity
from audit_api.services.access import Who, user_who
from audit_api.services.people.logins import digest_of, new_token

IDLE_LIFE = timedelta(hours=12)
SESSION_LIFE = timedelta(days=7)
SESSION = "ats_"
_USED_EVERY = timedelta(minutes=5)
"""How often a use is noted: that a session is in use is worth a write, but not at each page."""


@dataclass(frozen=True, slots=True)
class Session:
    """Whoever is signed in in a browser; `due` when its use is to be noted again."""

    who: Who
    login_id: UUID
    name: str
    organisation: str
    due: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A place where a person is signed in; `known` where an earlier login came from the same
    network."""

    id: UUID
    device: str | None
    browser: bool
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    known: bool


def begin(user: User, *, device: str | None, place: str | None, now: datetime) -> str:
    """Begin a session for a user whose password was checked, and return its token."""
    login = Login(
        user_id=user.id,
        device=device,
        place=place,
        created_at=now,
        expires_at=now + SESSION_LIFE,
    )
    db.session.add(login)
    db.session.flush()
    token = new_token(SESSION)
    db.session.add(
        LoginToken(
            digest=digest_of(token),
            login_id=login.id,
            kind="session",
            parent=None,
            issued_at=now,
            expires_at=now + IDLE_LIFE,
        )
    )
    db.session.flush()
    return token


def find(token: str, *, now: datetime) -> Session | None:
    """Return the session of a token, None where it has ended."""
    row = db.session.execute(
        sa.select(User, Login.id, LoginToken.issued_at, Organisation.name)
        .join(Login, Login.user_id == User.id)
        .join(LoginToken, LoginToken.login_id == Login.id)
        .join(Organisation, Organisation.id == User.organisation_id)
        .where(
            LoginToken.digest == digest_of(token),
            LoginToken.kind == "session",
            LoginToken.expires_at > now,
            Login.expires_at > now,
            Login.revoked_at.is_(None),
            User.active,
        )
    ).one_or_none()
    if row is None:
        return None
    user, login_id, used_at, organisation = row
    return Session(user_who(user), login_id, user.name, organisation, used_at + _USED_EVERY)


def use(token: str, *, now: datetime) -> None:
    """Note that a session is in use: its idle time begins anew."""
    db.session.execute(
        sa.update(LoginToken)
        .where(LoginToken.digest == digest_of(token), LoginToken.expires_at > now)
        .values(issued_at=now, expires_at=now + IDLE_LIFE)
    )


def listed(*, by: Who, now: datetime) -> Sequence[SignIn]:
    """Return where `by` is signed in, the latest first."""
    earlier = sa.orm.aliased(Login)
    known = sa.exists().where(
        earlier.user_id == Login.user_id,
        earlier.place == Login.place,
        earlier.created_at < Login.created_at,
    )
    used_at = sa.func.max(LoginToken.issued_at)
    rows = db.session.execute(
        sa.select(
            *(Login.id, Login.device, Login.created_at, Login.expires_at),
            sa.type_coerce(used_at, LoginToken.issued_at.type),
            sa.func.max(sa.case((LoginToken.kind == "session", 1), else_=0)),
            known,
        )
        .join(LoginToken, LoginToken.login_id == Login.id)
        .where(
            Login.user_id == by.id,
            Login.revoked_at.is_(None),
            Login.expires_at > now,
            LoginToken.expires_at > now,
        )
        .group_by(Login.id)
        .order_by(Login.created_at.desc())
    )
    return [
        SignIn(id_, device, bool(browser), created, used, expires, known=bool(was_known))
        for id_, device, created, expires, used, browser, was_known in rows
    ]


def end(login_id: UUID, *, by: Who, now: datetime) -> None:
    """End one of `by`'s own logins, in a browser or on a phone; raise NOT_FOUND."""
    login = db.session.scalar(
        sa.select(Login).where(
            Login.id == login_id, Login.user_id == by.id, Login.revoked_at.is_(None)
        )
    )
    if login is None:
        raise not_found("login")
    login.revoked_at, login.revoked_because = now, "logout"
    activity.record(by, "user.sign_out", by.id, now=now)


def end_others(login_id: UUID, *, by: Who, now: datetime) -> None:
    """End all of `by`'s own logins but one."""
    db.session.execute(
        sa.update(Login)
        .where(Login.user_id == by.id, Login.id != login_id, Login.revoked_at.is_(None))
        .values(revoked_at=now, revoked_because="logout")
    )
    activity.record(by, "user.sign_out", by.id, now=now)
