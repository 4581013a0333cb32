"""Batches: many audits in one call, each read and answered as if it had come alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import marshmallow as ma
from flask import Response, jsonify, request

from audit_api.api.audits import audits, schemas
from audit_api.api.http import body, ids, preconditions, problems, spans
from audit_api.api.http.blueprint import Blueprint, require_json
from audit_api.database import at_once, db, failures
from audit_api.errors import Kind, Problem, invalid
from audit_api.services.audits import arrivals
from audit_api.services.audits.arrivals import Arrival
from audit_api.services.audits.submission import Submission
from audit_api.web import faults
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale
from audit_api.web.problems import of_accident

LIMIT = 16 * 1024 * 1024
"""Bytes of a whole batch; each of its audits has the limits of a body."""

Outcome = TypeVar("Outcome")
Reading = Callable[[], Any]

blueprint = Blueprint("batches", __name__, description="Many reports of visits at once.")

_BATCH, _ITEM = schemas.BatchSchema(), schemas.BatchItemSchema()
_PLACES = {"/id": ids.IN_PATH, "/if_match": "?headers/If-Match", "/audit": ""}
"""Where an audit's own PUT has what a batch has in a member beside the audit."""


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a batch: its id, where there is one to answer by, the version of its
    `if_match`, what reads its audit as JSON, and what the audit came to: nothing, where it is
    stored already."""

    id: UUID | None
    version: int | None
    audit: Reading
    found: Submission | Problem | None


@blueprint.route("/audits/batch", methods=["POST"], parameters=[schemas.SENT_AT])
@blueprint.doc(requestBody=schemas.json_body(schemas.BatchSchema))
@blueprint.response(200, schemas.BatchAnswerSchema)
@lane(Lane.WIDE)
def push_batch() -> Response:
    """Submit up to 100 audits; each is answered alone, in their order, as its own PUT would be."""
    items = [_item(element) for element in _elements(_received())]
    new = _stored([item.found for item in items if isinstance(item.found, Submission)])
    return jsonify({"results": [_result(item.id, _outcome(item, new)) for item in items]})


def _received() -> bytes:
    request.max_content_length = LIMIT + 1
    require_json()
    batch = request.get_data()
    if len(batch) > LIMIT:
        raise Problem(Kind.TOO_LARGE, limit=LIMIT)
    return batch


def _elements(batch: bytes) -> Sequence[Any]:
    """Return the elements of a batch: as JSON where nothing in it can be wrong as such, else as
    bytes, unread, so that what is wrong in one harms no other.

    Raises INVALID or MALFORMED for what is wrong beside them.
    """
    if isinstance(sent := body.parse_plain(batch), dict):
        elements: Sequence[Any] = _load(_BATCH, sent)["audits"]
        return elements
    place = spans.member(batch, "audits")
    if place is None or not batch.startswith(b"[", place.start):
        _load(_BATCH, body.parse(batch))
        return []
    inside, found = batch[place], []
    for element in spans.elements(inside):
        found.append(inside[element])
        if len(found) > schemas.MAX_BATCH:
            break
    unread = b"[" + b",".join([b"null"] * len(found)) + b"]"
    _load(_BATCH, body.parse(batch[: place.start] + unread + batch[place.stop :]))
    return found


def _item(element: Any) -> Item:
    audit_id, version, audit = None, None, _nothing
    try:
        sent, audit = _parted(element)
        audit_id = ids.told(sent)
        loaded = _load(_ITEM, sent)
        version = preconditions.optional_version(loaded["if_match"])
    except Problem as problem:
        return Item(audit_id, version, audit, _as_of_put(problem))
    return Item(audit_id, version, audit, _read(loaded["id"], audit))


def _parted(element: Any) -> tuple[Any, Reading]:
    """Return an element as JSON, whose audit may be left out, and what reads the audit."""
    if not isinstance(element, bytes):
        return element, lambda: element["audit"]
    place = spans.member(element, "audit")
    if place is None:
        return body.parse(element), _nothing
    form = body.parse(element[: place.start] + b"null" + element[place.stop :])
    return form, partial(body.parse, element[place])


def _nothing() -> None:
    """Read the audit of an element that has none, and is refused for it."""


def _load(schema: ma.Schema, sent: Any) -> Mapping[str, Any]:
    try:
        loaded: Mapping[str, Any] = schema.load(sent)
    except ma.ValidationError as error:
        raise invalid(*faults.from_messages(error.messages)) from None
    return loaded


def _as_of_put(problem: Problem) -> Problem:
    """Return what is wrong beside an audit by the places that its own PUT has."""
    problem.faults = tuple(
        replace(fault, pointer=_PLACES.get(fault.pointer, f"?item{fault.pointer}"))
        for fault in problem.faults
    )
    return problem


def _read(audit_id: UUID, audit: Reading) -> Submission | Problem | None:
    def read() -> Submission | None:
        sending = audits.opened(audit_id, audit())
        if sending.may_be_repeated and audits.meet(sending):
            return None
        return audits.read(sending)

    return _alone(read)


def _stored(read: Sequence[Submission]) -> dict[UUID, Arrival]:
    """Store those that are new in one statement; none where one of them keeps all from being
    stored, for then each is sent in alone."""

    def store() -> dict[UUID, Arrival]:
        with at_once():
            new = arrivals.submit_new(read, by=who())
        db.session.commit()
        return new

    new = _alone(store)
    if not isinstance(new, Problem):
        return new
    if new.kind is Kind.FORBIDDEN:
        raise new
    return {}


def _outcome(item: Item, new: dict[UUID, Arrival]) -> Arrival | Problem:
    """Return what its own PUT would: the first mention of a new audit made it, the next met it."""
    if isinstance(item.found, Problem):
        return item.found
    assert item.id is not None, "only a faulty element has no id"
    audit_id = item.id
    if item.found is not None and audit_id in new:
        return new.pop(audit_id)
    return _alone(lambda: audits.put_again(audits.opened(audit_id, item.audit()), item.version))


def _alone(work: Callable[[], Outcome]) -> Outcome | Problem:
    """Return what comes of one audit's work, or why nothing does: whatever is wrong with one audit
    is told of it and harms no other, but that the database is away."""
    try:
        return work()
    except Problem as problem:
        found = problem
    except Exception as error:
        if failures.is_away(error):
            raise
        found = of_accident(error)
    db.session.rollback()
    return found


def _result(audit_id: UUID | None, outcome: Arrival | Problem) -> dict[str, Any]:
    if isinstance(outcome, Problem):
        told = problems.document(outcome, locale())
        return {"id": audit_id, "status": outcome.kind.status, "problem": told}
    status = 201 if outcome.created else 200
    return {"id": audit_id, "status": status, "answer": audits.answer(outcome)}
