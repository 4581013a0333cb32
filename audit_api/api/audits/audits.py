"""Audits: phones put them, those who may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Flask, Response, current_app, jsonify, request

from audit_api.api.audits import schemas as schemas
from audit_api.api.audits.company import Company
from audit_api.api.audits.shown import AuditDetailSchema, RevisionSchema
from audit_api.api.http import ids, preconditions
from audit_api.api.http.blueprint import Blueprint, read_json
from audit_api.database import at_once, db, reading
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.services.audits import arrivals, audits, submission, uploads
from audit_api.services.audits.arrivals import Arrival
from audit_api.services.audits.submission import Submission
from audit_api.services.sites.facts import SiteChanged
from audit_api.web import faults, fields
from audit_api.web.authentication import who

blueprint = Blueprint("audits", __name__, description="Reports of visits.")


def init_app(app: Flask) -> None:
    """Give `app` the company of those who submit."""
    app.extensions["audit_company"] = Company(store_together)


_SENT = schemas.SentAuditSchema()
_MOMENT = fields.Moment()
_ATTEMPTS = 3


@blueprint.route(
    f"/audits/<{ids.SENT}:audit_id>",
    methods=["PUT"],
    parameters=[schemas.IF_MATCH_REVISION, schemas.SENT_AT],
)
@blueprint.doc(
    requestBody=schemas.json_body(schemas.SentAuditSchema),
    refuses=(409, 412, 428),
)
@blueprint.response(201, schemas.ArrivalSchema, headers=preconditions.ETAG_HEADER)
@blueprint.alt_response(
    200,
    schema=schemas.ArrivalSchema,
    headers=preconditions.ETAG_HEADER,
    description="Stored before; the same result.",
    success=True,
)
def put_audit(audit_id: str) -> Response:
    """Submit one audit.  Repeat the same call until the receipt is complete."""
    version = preconditions.optional_version(request.headers.get("If-Match"))
    arrival = put(opened(ids.read(audit_id), read_json()), version)
    response = jsonify(answer(arrival))
    response.status_code = 201 if arrival.created else 200
    response.headers["ETag"] = preconditions.etag(arrival.receipt.version)
    return response


@blueprint.route("/audits/<uuid:audit_id>/uploads", methods=["POST"])
@blueprint.response(200, schemas.ArrivalSchema, headers=preconditions.ETAG_HEADER)
def ask_for_uploads(audit_id: UUID) -> Response:
    """Get the receipt as things stand now, and fresh tickets for what is missing.

    Does what the repeated PUT does, for a phone that holds the photos and no longer what it sent.
    """
    arrival = arrivals.find(audit_id, by=who())
    db.session.rollback()
    if arrival.receipt.outstanding:
        arrival = _settled(arrival)
    response = jsonify(answer(arrival))
    response.headers["ETag"] = preconditions.etag(arrival.receipt.version)
    return response


@blueprint.route(f"/audits/<{ids.SENT}:audit_id>", methods=["GET"])
@blueprint.response(200, AuditDetailSchema, headers=preconditions.ETAG_HEADER)
def get_audit(audit_id: str) -> Any:
    """Get one audit with its answers; who made it is told to reviewers and HQ alone."""
    audit = audits.find(ids.known(audit_id, "audit"), by=who())
    return audits.detail(audit, by=who()), 200, {"ETag": preconditions.etag(audit.version)}


@blueprint.route("/audits/<uuid:audit_id>/revisions", methods=["GET"])
@blueprint.response(200, RevisionSchema(many=True))
def list_revisions(audit_id: UUID) -> Any:
    """List every revision that came, those that lost too; for managers the one that stands."""
    return audits.revisions(audits.find(audit_id, by=who()), by=who())


@dataclass(frozen=True, slots=True)
class Sending:
    """One audit as it came: its envelope read, as far as it can be, and every fault in that."""

    audit_id: UUID
    body: Any
    envelope: Mapping[str, Any]
    faults: tuple[Fault, ...]
    sent_at: datetime | None

    @property
    def may_be_repeated(self) -> bool:
        """Whether it is looked for before it is scored: a phone sends an audit with photos again
        until they have come, and later revisions are few."""
        return not self.faults and bool(self.envelope["photos"] or self.envelope["revision"] > 1)


def put(sending: Sending, version: int | None) -> Arrival:
    """Store one audit, or find what is stored of it and settle its photos; commit."""
    met = meet(sending) if sending.may_be_repeated else None
    return _finished(met or _store(sending, version))


def put_again(sending: Sending, version: int | None) -> Arrival:
    """Do what `put` does with an audit that was read without fault and found to be none that is
    new."""
    return _finished(meet(sending) or _store(sending, version))


def _finished(arrival: Arrival) -> Arrival:
    db.session.commit()
    if arrival.lost:
        raise Problem(Kind.REVISION_LOST)
    if not arrival.created and arrival.receipt.outstanding:
        arrival = _settled(arrival)
    return arrival


def meet(sending: Sending) -> Arrival | None:
    """Return what is stored of an audit that was sent before, None where it is new."""
    with reading():
        digest = submission.digest_of(sending.audit_id, sending.body)
        arrival = arrivals.meet(sending.audit_id, digest, sending.envelope["photos"], by=who())
        db.session.rollback()
    return arrival


def _store(sending: Sending, if_match: int | None) -> Arrival:
    for _ in range(_ATTEMPTS):
        try:
            return _submit(read(sending), if_match)
        except SiteChanged:
            db.session.rollback()
    raise Problem(Kind.UNAVAILABLE, retry_after=1, what="database")


def _submit(submission: Submission, if_match: int | None) -> Arrival:
    company: Company = current_app.extensions["audit_company"]
    if submission.revision == 1 and (arrival := company.join(submission)):
        return arrival
    with at_once():
        new = arrivals.submit_new([submission], by=who())
    if new:
        return new[submission.id]
    # What looking for it has locked is let go: the audit comes first in the order of locks.
    db.session.rollback()
    return arrivals.submit_again(submission, by=who(), if_match=if_match)


def store_together(batch: Sequence[Submission]) -> Mapping[UUID, Arrival]:
    """Store those of several auditors' audits that are new and can be stored at once; commit.

    Where one of them cannot be stored, none is: each is for its own call then.
    """
    try:
        with at_once():
            new = arrivals.submit_together(batch)
        db.session.commit()
    except Exception:
        # Whoever sent the audit that is wrong, or finds the database away, is told by its own call.
        db.session.rollback()
        return {}
    return new


def opened(audit_id: UUID, sent: Any) -> Sending:
    """Read the envelope of one audit; raise INVALID where the moment beside it is none."""
    envelope, wrong = _envelope(sent)
    return Sending(audit_id, sent, envelope, wrong, _sent_at())


def read(sending: Sending) -> Submission:
    """Check and score one audit; raise INVALID with every fault."""
    # Reading and scoring hold no writer back, and leave no transaction open behind them.
    with reading():
        found = submission.read(
            sending.audit_id,
            sending.body,
            sending.envelope,
            faults=sending.faults,
            by=who(),
            sent_at=sending.sent_at,
            now=datetime.now(UTC),
        )
        db.session.rollback()
    return found


def _envelope(sent: Any) -> tuple[Mapping[str, Any], tuple[Fault, ...]]:
    """Return what could be read of an audit's envelope, and every fault in it."""
    try:
        return _SENT.load(sent), ()
    except ma.ValidationError as error:
        read = error.valid_data
        return (read if isinstance(read, dict) else {}), faults.from_messages(error.messages)


def _sent_at() -> datetime | None:
    text = request.headers.get("Audit-Sent-At")
    if text is None:
        return None
    try:
        return _MOMENT.deserialize(text)
    except ma.ValidationError as error:
        raise invalid(*faults.from_messages(error.messages, "?headers/Audit-Sent-At")) from None


def _settled(arrival: Arrival) -> Arrival:
    store = current_app.extensions["audit_photo_store"]
    found = uploads.confirm(arrival.receipt, by=who(), store=store)
    if not found.held and not found.wrong:
        return replace(arrival, parts=found.parts)
    with at_once():
        settled = arrivals.settle(arrival.receipt, found, by=who(), now=datetime.now(UTC))
    db.session.commit()
    current_app.extensions["audit_worker"].wake()
    uploads.tidy(arrival.receipt, settled.receipt, by=who(), store=store)
    return settled


def answer(arrival: Arrival) -> dict[str, Any]:
    """Return the receipt, signed, and a ticket for each photo that is not stored yet."""
    receipt = arrival.receipt
    extensions = current_app.extensions
    members, signature = receipt.signed(extensions["audit_keys"])
    return {
        "receipt": members,
        "signature": signature,
        "etag": preconditions.etag(receipt.version),
        "uploads": [
            {
                "photo_id": upload.photo_id,
                **asdict(upload.ticket),
                "parts": [
                    {"offset": each.part.offset, "size": each.part.size, **asdict(each.ticket)}
                    for each in upload.parts
                ],
            }
            for upload in uploads.tickets(
                receipt,
                arrival.parts,
                by=who(),
                store=extensions["audit_photo_store"],
                now=datetime.now(UTC),
            )
        ],
    }
