"""Logins: opaque tokens that rotate, and who is behind a token (ADR 0002).

A refresh token is traded for a new pair.  When the answer is lost the phone trades it again, and
gets a twin of the pair: that is allowed until one of the successors is traded.  Only the token that
was traded last and its successors are good; whichever other one comes was copied, and the whole
login ends.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import IntegrationToken, Login, LoginToken, User
from audit_api.rules import names
from audit_api.services.access import Who, integration_who, user_who

ACCESS_LIFE = timedelta(minutes=15)
REFRESH_LIFE = timedelta(days=30)
LOGIN_LIFE = timedelta(days=90)
ACCESS, REFRESH, INTEGRATION = "ata_", "atr_", "ati_"


Account: TypeAlias = User
"""Whom a password belongs to."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a login or a refresh gives.  The tokens themselves are seen here and never again."""

    access_token: str
    refresh_token: str
    expires_in: int
    user: User


def find_account(email: str) -> User | None:
    """Return the active user of this address, in any organisation."""
    kept = names.folded_email(email)
    return db.session.scalar(sa.select(User).where(User.email == kept, User.active))


def find_account_again(email: str, *, password_hash: str | None) -> User | None:
    """Return the account whose password was checked, if it is still the same; neither changes until
    the transaction ends, so that nobody gets in by a password of the past."""
    return db.session.scalar(
        sa.select(User)
        .where(
            User.email == names.folded_email(email),
            User.active,
            User.password_hash == password_hash,
        )
        .with_for_update(read=True)
    )


def open_login(
    user: User, *, device: str | None, place: str | None = None, now: datetime
) -> Tokens:
    """Begin a login for a user whose password was checked, at a place of `attempts.place_of`."""
    login = Login(
        user_id=user.id,
        device=device,
        place=place,
        created_at=now,
        expires_at=now + LOGIN_LIFE,
    )
    db.session.add(login)
    db.session.flush()
    return _issue(login, user, parent=None, now=now)


def refresh(token: str, *, now: datetime) -> Tokens | None:
    """Trade a refresh token for a new pair; None means that it was copied and the login ended."""
    record, login, user = _find_refresh_token(token, now)
    if login.traded not in (record.digest, record.parent):
        login.revoked_at, login.revoked_because = now, "reuse"
        return None
    if login.traded != record.digest:
        login.traded = record.digest
        _close_twins(record)
    _forget_expired(login, now)
    return _issue(login, user, parent=record.digest, now=now)


def close_login(token: str, *, now: datetime) -> None:
    """End the login that an access or refresh token belongs to; unknown tokens are ignored."""
    record = db.session.get(LoginToken, digest_of(token))
    login = db.session.get(Login, record.login_id) if record else None
    if login is not None and login.revoked_at is None:
        login.revoked_at, login.revoked_because = now, "logout"


def close_all(user: User, *, because: str, now: datetime) -> None:
    """End every login of a user: a changed password, a deactivation."""
    db.session.execute(
        sa.update(Login)
        .where(Login.user_id == user.id, Login.revoked_at.is_(None))
        .values(revoked_at=now, revoked_because=because)
    )


def identify(token: str, *, now: datetime) -> Who | None:
    """Return who is behind an access or an integration token, None where it is not valid."""
    if token.startswith(INTEGRATION):
        return _integration(token, now)
    user = db.session.scalar(
        sa.select(User)
        .join(Login, Login.user_id == User.id)
        .join(LoginToken, LoginToken.login_id == Login.id)
        .where(
            LoginToken.digest == digest_of(token),
            LoginToken.kind == "access",
            LoginToken.expires_at > now,
            Login.revoked_at.is_(None),
            User.active,
        )
    )
    return user_who(user) if user else None


def digest_of(token: str) -> str:
    """Return what is stored of a token: it has 256 bits of chance, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def _integration(token: str, now: datetime) -> Who | None:
    record = db.session.scalar(
        sa.select(IntegrationToken).where(
            IntegrationToken.digest == digest_of(token),
            IntegrationToken.revoked_at.is_(None),
            sa.or_(IntegrationToken.expires_at.is_(None), IntegrationToken.expires_at > now),
        )
    )
    return integration_who(record) if record else None


def _find_refresh_token(token: str, now: datetime) -> tuple[LoginToken, Login, User]:
    row = db.session.execute(
        sa.select(LoginToken, Login, User)
        .join(Login, LoginToken.login_id == Login.id)
        .join(User, Login.user_id == User.id)
        .where(
            LoginToken.digest == digest_of(token),
            LoginToken.kind == "refresh",
            LoginToken.expires_at > now,
            Login.revoked_at.is_(None),
            Login.expires_at > now,
            User.active,
        )
        .with_for_update(of=Login)
    ).one_or_none()
    if row is None:
        raise Problem(Kind.UNAUTHENTICATED)
    record, login, user = row
    return record, login, user


def _close_twins(record: LoginToken) -> None:
    """End what was given with the other successors of one token; they themselves stay, to betray
    whoever trades one."""
    twins = sa.select(LoginToken.digest).where(
        LoginToken.login_id == record.login_id,
        LoginToken.kind == "refresh",
        LoginToken.parent == record.parent,
        LoginToken.digest != record.digest,
    )
    db.session.execute(
        sa.delete(LoginToken).where(LoginToken.kind == "access", LoginToken.parent.in_(twins))
    )


def _issue(login: Login, user: User, *, parent: str | None, now: datetime) -> Tokens:
    access, successor = new_token(ACCESS), new_token(REFRESH)
    for token, kind, came_of, life in (
        (access, "access", digest_of(successor), ACCESS_LIFE),
        (successor, "refresh", parent, REFRESH_LIFE),
    ):
        db.session.add(
            LoginToken(
                digest=digest_of(token),
                login_id=login.id,
                kind=kind,
                parent=came_of,
                issued_at=now,
                expires_at=min(now + life, login.expires_at),
            )
        )
    db.session.flush()
    return Tokens(access, successor, int(ACCESS_LIFE.total_seconds()), user)


def _forget_expired(login: Login, now: datetime) -> None:
    db.session.execute(
        sa.delete(LoginToken).where(LoginToken.login_id == login.id, LoginToken.expires_at <= now)
    )
