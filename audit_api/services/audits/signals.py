"""The signals of audits: kept as they were known when each came, so that what held it back can be
read for ever."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from audit_api.database import db, upsert
from audit_api.database.statements import Statement, parameter
from audit_api.models import Assignment, Audit, AuditSignal, Photo
from audit_api.rules.lifecycle import COUNTED, PHOTO, PhotoAction, PhotoState
from audit_api.rules.signals.assignment import of_window
from audit_api.rules.signals.kinds import TABLE, Signal, SignalKind, Source, of_source
from audit_api.services.audits.intake import rows
from audit_api.services.audits.submission import Submission
from audit_api.words import LOCALES
from audit_api.words import signals as wording

_PLACES: Mapping[str, int] = {kind: place for place, kind in enumerate(TABLE)}
MAX_NAMED = 10
"""How many other audits a signal names."""


def of_audits(audit_ids: Collection[UUID]) -> dict[UUID, list[Signal]]:
    """Return the signals of audits that were found, by audit, in the order of the rules' table."""
    found: dict[UUID, list[Signal]] = {audit_id: [] for audit_id in audit_ids}
    stored = db.session.scalars(sa.select(AuditSignal).where(AuditSignal.audit_id.in_(audit_ids)))
    for row in sorted(stored, key=lambda row: _PLACES[row.kind]):
        found[row.audit_id].append(Signal(SignalKind(row.kind), row.values))
    return found


def view(signal: Signal) -> dict[str, Any]:
    """Return a signal with what it says, and why it holds an audit or does not, in words."""
    return {
        "kind": signal.kind,
        "values": signal.values,
        "holds": TABLE[signal.kind].holds,
        "text": {locale: wording.text(signal, locale) for locale in LOCALES},
        "reason": {locale: wording.reason(signal.kind, locale) for locale in LOCALES},
    }


def photos_of_others(audit: Audit) -> Collection[UUID]:
    """Return the photos of an audit's standing revision that other audits of the organisation
    have, too."""
    own, other = aliased(Photo), aliased(Photo)
    return db.session.scalars(
        sa.select(own.id)
        .join(other, other.sha256 == own.sha256)
        .join(Audit, Audit.id == other.audit_id)
        .where(
            own.audit_id == audit.id,
            own.last_revision == audit.revision,
            other.audit_id != audit.id,
            other.state.not_in(PHOTO.before(PhotoAction.CONFIRM)),
            Audit.organisation_id == audit.organisation_id,
        )
        .distinct()
    ).all()


def replace(audit: Audit, submission: Submission) -> None:
    """Put what a later revision tells in the place of what the one before it told; how the
    assignment stood when the audit came stays."""
    db.session.execute(
        sa.delete(AuditSignal).where(
            AuditSignal.audit_id == audit.id,
            AuditSignal.kind.in_(of_source(Source.VISIT, Source.WINDOW, Source.PHOTOS)),
        )
    )
    assignment = db.session.get_one(Assignment, audit.assignment_id)
    window = of_window(
        assignment.starts_on,
        assignment.ends_on,
        visited_on=submission.business_date,
        received_on=submission.received_on,
    )
    _add(audit.id, [*submission.signals, *window])


def note_photos(audit_id: UUID, revision: int, organisation_id: UUID) -> None:
    """Note what the photos of an audit's standing revision tell, as far as they have come."""
    standing = {"audit": audit_id, "revision": revision}
    same = [id_ for (id_,) in _SAME.rows(**standing, organisation=organisation_id)]
    unseen = _UNSEEN.rows(**standing)
    found = (
        (SignalKind.SAME_PHOTO, "audits", same),
        *(
            (kind, "photos", [photo_id for photo_id, state in unseen if state == its_state])
            for kind, its_state in _TOLD_BY_STATE.items()
        ),
    )
    _add(
        audit_id,
        [Signal(kind, {name: [str(id_) for id_ in ids]}) for kind, name, ids in found if ids],
    )


_TOLD_BY_STATE: Mapping[SignalKind, PhotoState] = {
    SignalKind.UNREADABLE_PHOTO: PhotoState.UNREADABLE,
    SignalKind.WAIVED_PHOTO: PhotoState.WAIVED,
}
_UNSEEN = Statement(
    sa.select(Photo.id, Photo.state)
    .where(
        Photo.audit_id == parameter("audit"),
        Photo.last_revision == parameter("revision"),
        Photo.state.in_(_TOLD_BY_STATE.values()),
    )
    .order_by(Photo.id)
)
"""The photos of an audit's standing revision that nobody will see."""


def _audits_with_its_photos() -> Statement:
    """Other audits of the organisation whose photo was here first, or that count with it already:
    of two at one moment at least one is told."""
    own, other = aliased(Photo), aliased(Photo)
    earlier = sa.tuple_(other.stored_at, other.audit_id) < sa.tuple_(own.stored_at, own.audit_id)
    return Statement(
        sa.select(other.audit_id)
        .join(own, own.sha256 == other.sha256)
        .join(Audit, Audit.id == other.audit_id)
        .where(
            own.audit_id == parameter("audit"),
            own.last_revision == parameter("revision"),
            other.audit_id != parameter("audit"),
            other.state.not_in(PHOTO.before(PhotoAction.CONFIRM)),
            Audit.organisation_id == parameter("organisation"),
            sa.or_(earlier, Audit.state.in_(COUNTED)),
        )
        .distinct()
        .order_by(other.audit_id)
        .limit(MAX_NAMED)
    )


_SAME = _audits_with_its_photos()


def _note() -> sa.Insert:
    statement = upsert(AuditSignal)
    note: sa.Insert = statement.on_conflict_do_update(
        index_elements=["audit_id", "kind"], set_={"values": statement.excluded["values"]}
    )
    return note


_NOTE = Statement(_note, columns=("audit_id", "kind", "values"))


def _add(audit_id: UUID, signals: Iterable[Signal]) -> None:
    _NOTE.run(rows.signal_rows(audit_id, signals))
