"""Audits: phones put them, those who may read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, current_app, jsonify, request

from audit_api.api.audits import schemas as schemas
from audit_api.api.audits.shown import AuditDetailSchema, RevisionSchema
from audit_api.api.http import faults, fields, preconditions, problems
from audit_api.api.http.authentication import who
from audit_api.api.http.blueprint import Blueprint, read_json
from audit_api.database import db, reading
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.services.audits import arrivals, audits, photos, submission
from audit_api.services.audits.arrivals import Arrival
from audit_api.services.audits.submission import Submission
from audit_api.services.sites.facts import SiteChanged

blueprint = Blueprint("audits", __name__, description="Reports of visits.")

_SENT = schemas.SentAuditSchema()
_BATCH = schemas.BatchSchema()
_MOMENT = fields.Moment()
_ATTEMPTS = 3


@blueprint.route(
    "/audits/<uuid:audit_id>",
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
def put_audit(audit_id: UUID) -> Response:
    """Submit one audit.  Repeat the same call until the receipt is complete."""
    arrival = _put(audit_id, read_json(), request.headers.get("If-Match"))
    response = jsonify(_answer(arrival))
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
    response = jsonify(_answer(arrival))
    response.headers["ETag"] = preconditions.etag(arrival.receipt.version)
    return response


@blueprint.route("/audits/batch", methods=["POST"], parameters=[schemas.SENT_AT])
@blueprint.doc(requestBody=schemas.json_body(schemas.BatchSchema))
@blueprint.response(200, schemas.BatchAnswerSchema)
def push_batch() -> Response:
    """Submit up to 100 audits; each is answered alone, as its own PUT would be."""
    items = _loaded(_BATCH, read_json())["audits"]
    read = [_attempt(item) for item in items]
    new = arrivals.submit_new([sent for sent in read if isinstance(sent, Submission)], by=who())
    db.session.commit()
    outcomes = [_outcome(item, sent, new) for item, sent in zip(items, read, strict=True)]
    return jsonify(
        {
            "results": [
                _result(item["id"], outcome) for item, outcome in zip(items, outcomes, strict=True)
            ]
        }
    )


@blueprint.route("/audits/<uuid:audit_id>", methods=["GET"])
@blueprint.response(200, AuditDetailSchema, headers=preconditions.ETAG_HEADER)
def get_audit(audit_id: UUID) -> Any:
    """Get one audit with its answers; who made it is told to reviewers and HQ alone."""
    audit = audits.find(audit_id, by=who())
    return audits.detail(audit, by=who()), 200, {"ETag": preconditions.etag(audit.version)}


@blueprint.route("/audits/<uuid:audit_id>/revisions", methods=["GET"])
@blueprint.response(200, RevisionSchema(many=True))
def list_revisions(audit_id: UUID) -> Any:
    """List every revision that came, those that lost too."""
    return audits.revisions(audits.find(audit_id, by=who()), by=who())


def _put(audit_id: UUID, sent: Any, if_match: str | None) -> Arrival:
    version = preconditions.version_of(if_match) if if_match else None
    arrival = _store(audit_id, sent, version)
    db.session.commit()
    if arrival.lost:
        raise Problem(Kind.REVISION_LOST)
    if not arrival.created and arrival.receipt.outstanding:
        arrival = _settled(arrival)
    return arrival


def _store(audit_id: UUID, sent: Any, if_match: int | None) -> Arrival:
    for _ in range(_ATTEMPTS):
        try:
            return _submit(_read(audit_id, sent), if_match)
        except SiteChanged:
            db.session.rollback()
    raise Problem(Kind.UNAVAILABLE, retry_after=1, what="database")


def _submit(read: Submission, if_match: int | None) -> Arrival:
    if new := arrivals.submit_new([read], by=who()):
        return new[read.id]
    # What looking for it has locked is let go: the audit comes first in the order of locks.
    db.session.rollback()
    return arrivals.submit_again(read, by=who(), if_match=if_match)


def _read(audit_id: UUID, sent: Any) -> Submission:
    envelope, wrong = _envelope(sent)
    # Reading and scoring hold no writer back, and leave no transaction open behind them.
    with reading():
        read = submission.read(
            audit_id,
            sent,
            envelope,
            faults=wrong,
            by=who(),
            sent_at=_sent_at(),
            now=datetime.now(UTC),
        )
        db.session.rollback()
    return read


def _envelope(sent: Any) -> tuple[Mapping[str, Any], tuple[Fault, ...]]:
    """Return what could be read of an audit's envelope, and every fault in it."""
    try:
        return _SENT.load(sent), ()
    except ma.ValidationError as error:
        read = error.valid_data
        return (read if isinstance(read, dict) else {}), faults.from_messages(error.messages)


def _loaded(schema: ma.Schema, sent: Any) -> Mapping[str, Any]:
    try:
        loaded: Mapping[str, Any] = schema.load(sent)
    except ma.ValidationError as error:
        raise invalid(*faults.from_messages(error.messages)) from None
    return loaded


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
    confirmed = photos.confirm(arrival.receipt, by=who(), store=store)
    if not confirmed:
        return arrival
    settled = arrivals.settle(arrival.receipt.audit_id, confirmed, by=who(), now=datetime.now(UTC))
    db.session.commit()
    current_app.extensions["audit_worker"].wake()
    return settled


def _answer(arrival: Arrival) -> dict[str, Any]:
    receipt = arrival.receipt
    extensions = current_app.extensions
    return {
        "receipt": receipt.as_json(),
        "signature": receipt.signature(extensions["audit_keys"]),
        "etag": preconditions.etag(receipt.version),
        "uploads": [
            {
                "photo_id": upload.photo_id,
                "method": upload.ticket.method,
                "url": upload.ticket.url,
                "headers": upload.ticket.headers,
                "expires_at": upload.ticket.expires_at,
            }
            for upload in photos.uploads(
                receipt, by=who(), store=extensions["audit_photo_store"], now=datetime.now(UTC)
            )
        ],
    }


def _attempt(item: Mapping[str, Any]) -> Submission | Problem:
    try:
        return _read(item["id"], item["audit"])
    except Problem as problem:
        return problem


def _outcome(
    item: Mapping[str, Any], sent: Submission | Problem, new: dict[UUID, Arrival]
) -> Arrival | Problem:
    """Return what its own PUT would: the first mention of a new audit made it, the next met it."""
    if isinstance(sent, Problem):
        return sent
    try:
        return new.pop(sent.id, None) or _put(sent.id, item["audit"], item["if_match"])
    except Problem as problem:
        db.session.rollback()
        return problem


def _result(audit_id: UUID, outcome: Arrival | Problem) -> dict[str, Any]:
    if isinstance(outcome, Problem):
        told = problems.document(outcome, problems.locale())
        return {"id": audit_id, "status": outcome.kind.status, "problem": told}
    return {"id": audit_id, "status": 201 if outcome.created else 200, "answer": _answer(outcome)}
