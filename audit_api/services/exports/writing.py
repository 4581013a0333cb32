"""Writes a data set into one file in the store, part by part, in memory that does not grow.

All of it is one moment's reading, so it is one piece of work: whoever takes it up from a worker
that was killed begins anew, and lets go of what that one had put into the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from audit_api.database import db, one_moment
from audit_api.errors import Kind, Problem
from audit_api.models import Export
from audit_api.rules.permissions import Permission
from audit_api.services import datasets
from audit_api.services.access import Who
from audit_api.services.datasets import Written
from audit_api.services.exports import asking, packing
from audit_api.services.exports.archive import Sink
from audit_api.services.exports.data_sets import DATA, DataRequest
from audit_api.services.jobs import Hopeless, Task, Tools, Work, control
from audit_api.storage.store import Part, PhotoStore
from audit_api.words import sentence

_FINAL = (Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.INVALID)
"""What another attempt would meet again."""


class Upload:
    """A file on its way to the store: what is written to it goes there part by part."""

    def __init__(self, store: PhotoStore, key: str, attempt: str) -> None:
        self._store = store
        self._key = key
        self._attempt = attempt
        self._sink = Sink(0)
        self._tags: list[str] = []

    def write(self, data: bytes) -> None:
        self._sink.write(data)
        if self._sink.held >= packing.PART:
            self._put()

    def end(self) -> int:
        """Have the store make the file of what was written; return its size in bytes."""
        size = self._sink.tell()
        self._put()
        self._store.complete(self._key, self._attempt, self._tags)
        return size

    def _put(self) -> None:
        start = self._sink.tell() - self._sink.held
        part = Part(len(self._tags) + 1, start, self._sink.take())
        self._tags.append(self._store.put_part(self._key, self._attempt, part))


def work(task: Task, tools: Tools) -> None:
    """Write the data set that is asked for, as it is at one moment."""
    lead = control.find(task.id)
    asked = DataRequest.of(lead.request)
    by = asking.owner(task.id, task.organisation_id, Permission.EXPORT_WRITE)
    upload = _begun(task, tools)
    # Noted before anything is put there, so that somebody lets go of it, however this ends.
    tools.hand.commit()
    written = _written(asked, by, upload, tools)
    size = upload.end()
    db.session.get_one(Export, task.id, populate_existing=True).size = size
    lead = control.find(task.id)
    lead.done = lead.total = written.subjects
    lead.expires_at = datetime.now(UTC) + asking.KEPT
    db.session.flush()


def _begun(task: Task, tools: Tools) -> Upload:
    """Begin the file; let go of what a worker that came to no end has begun."""
    export = db.session.get_one(Export, task.id, populate_existing=True)
    key = packing.key(export)
    if export.attempt is not None:
        tools.store.abandon(key, export.attempt)
    export.attempt = tools.store.begin(key, export.media_type)
    db.session.flush()
    return Upload(tools.store, key, export.attempt)


def _written(asked: DataRequest, by: Who, upload: Upload, tools: Tools) -> Written:
    request = asked.request(datetime.now(UTC))
    try:
        with one_moment():
            return datasets.write(
                asked.dataset,
                request,
                asked.format,
                upload,
                by=by,
                marked=asked.marked,
                told=tools.hand.tell,
            )
    except Problem as problem:
        if problem.kind in _FINAL and not problem.values.get("noun") == "upload":
            raise Hopeless(_why(problem, asked.lang)) from problem
        raise


def _why(problem: Problem, locale: str) -> str:
    """Return what whoever asked is told."""
    if not problem.faults:
        return sentence(f"problem.{problem.kind.slug}", problem.values, locale)
    fault = problem.faults[0]
    return f"{fault.pointer}: {sentence(fault.sentence, fault.values, locale)}"


JOBS: Mapping[str, Work] = {DATA: work}
"""The kinds of jobs that are done here."""
