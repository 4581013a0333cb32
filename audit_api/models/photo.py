"""Photos: the evidence that an audit declares, and what became of each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Moment, Table, one_of
from audit_api.rules.lifecycle import PhotoState, UnreadableReason

FIRST_FILE = "original"


class Photo(Table):
    """A declared photo: `stored` once the store confirmed size and digest, then `ready` when its
    display copy and thumbnail are made, or `unreadable` for a `reason`; `waived` where the office
    does without it.

    `media_type` is the manifest's word until the store holds the file, whose first bytes know
    better; `damaged`: the copies show what could be had of a broken file.

    `file` names its body in the store: what the next ticket is for, then what was confirmed.  It
    only ever moves on, so that whatever lies under an earlier name may be deleted however late.

    `last_revision` is the newest revision whose manifest names it.  `taken_at` and the place are
    the phone's word; the `exif_` fields are what the file itself said.
    """

    __tablename__ = "photos"
    __table_args__ = (
        one_of("state", PhotoState),
        one_of("reason", UnreadableReason),
        sa.Index(None, "sha256"),
    )

    audit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audits.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(64))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(sa.String(32))
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    last_revision: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(16))
    file: Mapped[str] = mapped_column(sa.String(24), server_default=FIRST_FILE)
    reason: Mapped[str | None] = mapped_column(sa.String(24))
    damaged: Mapped[bool | None]
    stored_at: Mapped[datetime | None] = mapped_column(Moment)
    width: Mapped[int | None]
    height: Mapped[int | None]
    fingerprint: Mapped[str | None] = mapped_column(sa.String(16), index=True)
    exif_taken_at: Mapped[str | None] = mapped_column(sa.String(40))
    exif_latitude: Mapped[float | None]
    exif_longitude: Mapped[float | None]
