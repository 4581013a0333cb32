"""Logins, their rotating tokens, and the tokens of machines.  Only digests of tokens are kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Json, Moment, Table, new_id, one_of


class Login(Table):
    """One login of one device: the family that all its tokens belong to.

    `traded` is the digest of the refresh token that was traded last; `place` tells whether another
    login came from the same network, and nothing else.
    """

    __tablename__ = "logins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    device: Mapped[str | None] = mapped_column(sa.String(200))
    place: Mapped[str | None] = mapped_column(sa.String(64))
    traded: Mapped[str | None] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_because: Mapped[str | None] = mapped_column(sa.String(32))


class LoginToken(Table):
    """An access token, a refresh token or a browser's session.  `parent` is the refresh token that
    a refresh token was traded for, and that an access token came with."""

    __tablename__ = "login_tokens"
    __table_args__ = (one_of("kind", ("access", "refresh", "session")),)

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    login_id: Mapped[UUID] = mapped_column(sa.ForeignKey("logins.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    parent: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class IntegrationToken(Table):
    """A machine's token: named, with the permissions that it was given, until revoked."""

    __tablename__ = "integration_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    permissions: Mapped[list[str]] = mapped_column(Json)
    created_by: Mapped[UUID] = mapped_column(sa.ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
