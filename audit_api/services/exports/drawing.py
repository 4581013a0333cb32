"""Draws the reports of an export, a stripe of them: several workers may be at it at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.database import db, failures, reading
from audit_api.errors import Kind, Problem
from audit_api.services import jobs
from audit_api.services.access import Who
from audit_api.services.documents import audit, fingerprints
from audit_api.services.exports import asking, drawn, entries
from audit_api.services.exports.asking import ReportsRequest
from audit_api.services.exports.drawn import Drawn
from audit_api.services.exports.entries import Undrawn
from audit_api.services.jobs import GoOn, Task, Tools, control
from audit_api.storage.store import PhotoStore

log = logging.getLogger(__name__)

PIECE = 2.0
"""Seconds of drawing after which what was drawn is noted."""


@dataclass(slots=True)
class Piece:
    """What was done in a piece of the work: members of entries, new reports, kept ones used."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    used: list[str] = field(default_factory=list)


def work(task: Task, tools: Tools) -> GoOn | None:
    """Draw some reports of a stripe, and note them all together."""
    export_id = UUID(task.request["export"])
    with reading():
        lead = control.find(export_id)
        asked = ReportsRequest.of(lead.request)
        by = asking.owner(export_id, task.organisation_id)
        db.session.rollback()
    painter = Painter(asked, by, tools.store)
    piece, now = Piece(), datetime.now(UTC)
    for entry in _undrawn(task, until=time.monotonic() + PIECE):
        painter.draw(entry, piece)
    drawn.note(task.organisation_id, piece.drawn, piece.used, now=now)
    entries.note(export_id, piece.rows)
    jobs.note_progress(export_id, len(piece.rows))
    if piece.rows:
        return GoOn()
    jobs.wake(export_id, now=now)
    return None


def _undrawn(task: Task, *, until: float) -> Iterator[Undrawn]:
    """Yield what is not drawn of a stripe for a while: the first, if there is one, at any rate."""
    request = task.request
    with reading():
        found = entries.undrawn(
            UUID(request["export"]),
            stripe=request["stripe"],
            stripes=request["stripes"],
            limit=1_000,
        )
        db.session.rollback()
    for entry in found:
        yield entry
        if time.monotonic() > until:
            return


class Painter:
    """Draws reports as one request asks for them."""

    def __init__(self, asked: ReportsRequest, by: Who, store: PhotoStore) -> None:
        self._asked = asked
        self._by = by
        self._store = store

    def draw(self, entry: Undrawn, piece: Piece) -> None:
        """Draw an entry's report unless it is kept, or say why it is left out."""
        try:
            row = self._drawn(entry, piece)
        except Problem as problem:
            if problem.kind is not Kind.NOT_FOUND:
                raise
            row = {"left_out": "gone"}
        except Exception as error:
            if failures.is_away(error):
                raise
            log.exception("a report was not drawn: %s", failures.reason(error))
            row = {"left_out": "not_drawn"}
        piece.rows.append({"position": entry.position, **row})

    def _drawn(self, entry: Undrawn, piece: Piece) -> dict[str, Any]:
        asked, organisation_id = self._asked, self._by.organisation_id
        with reading():
            report = audit.find(entry.audit_id, by=self._by, lang=asked.lang, edition=asked.edition)
            digest = fingerprints.of_report(report)
            is_kept = bool(drawn.find(organisation_id, [digest]))
            db.session.rollback()
        if is_kept or any(each.digest == digest for each in piece.drawn):
            piece.used.append(digest)
        else:
            data = audit.render(report, self._store)
            piece.drawn.append(drawn.put(organisation_id, digest, data, self._store))
        return {"digest": digest, "file_name": audit.name_of(report, entry.audit_id, asked.lang)}
