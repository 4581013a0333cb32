"""Puts the drawn reports of an export together into one file in the store, part by part.

What a part holds is noted with it: whoever goes on, after a kill as after a pause, begins behind
the last part that was noted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import Export, Job
from audit_api.services import jobs
from audit_api.services.exports import drawn, entries, manifests
from audit_api.services.exports.archive import Archive, Member, Sink
from audit_api.services.exports.asking import ReportsRequest
from audit_api.services.exports.entries import Packable
from audit_api.storage.store import LEAST_PART, Part, PhotoStore

PART = max(LEAST_PART, 8 << 20)
"""Bytes that are gathered before they go to the store."""
PIECE = 2.0
"""Seconds after which others have their turn, at the end of a part."""


class LostReport(Exception):
    """The store has not what was drawn; it has to be drawn again."""


class LostUpload(Exception):
    """The store has ended the upload; the file has to be put together anew."""


def pack(lead: Job, export: Export, store: PhotoStore, *, now: datetime) -> bool:
    """Go on with putting the file together; return whether it is whole.  Raises
    `LostReport`, `LostUpload`."""
    if export.attempt is None:
        export.attempt = store.begin(key(export), export.media_type)
        return False
    # Reading and storing take long: no transaction stays open meanwhile.
    known = entries.packable(export.id, start=0)
    packer = _Packer(lead, export, known, store, now)
    db.session.rollback()
    is_whole = packer.run(until=time.monotonic() + PIECE)
    packer.note()
    return is_whole


def forget_upload(export: Export) -> None:
    """Forget how far a file has come in the store: the next piece of work begins another."""
    export.attempt, export.parts, export.size, export.packed = None, [], 0, 0


def key(export: Export) -> str:
    """Return the key of an export's file in the store."""
    return f"org/{export.organisation_id}/exports/{export.id}/{export.file_name}"


class _Packer:
    """Writes the archive from where the last part ended."""

    def __init__(
        self,
        lead: Job,
        export: Export,
        known: Sequence[Packable],
        store: PhotoStore,
        now: datetime,
    ) -> None:
        self._export_id = export.id
        self._organisation_id = export.organisation_id
        self._key, self._attempt = key(export), export.attempt or ""
        self._known = known
        self._store = store
        self._now = now
        self._asked = ReportsRequest.of(lead.request)
        self._tags = [*export.parts]
        self._size, self._packed = export.size, export.packed
        self._sink = Sink(self._size)
        self._archive = Archive(self._sink, _members(known, self._packed), made=lead.created_at)
        self._places: dict[int, int] = {}
        self._noted: list[dict[str, Any]] = []

    def run(self, *, until: float) -> bool:
        """Add entries until a part ends after the time; return whether the file is whole."""
        for entry in self._known[self._packed :]:
            self._add(entry)
            if self._sink.held >= PART:
                self._put_part(entry.position + 1)
                if time.monotonic() > until:
                    self._archive.leave()
                    return False
        self._end()
        return True

    def note(self) -> None:
        """Note how far it is."""
        export = db.session.get_one(Export, self._export_id, populate_existing=True)
        export.parts, export.size, export.packed = self._tags, self._size, self._packed
        entries.note(self._export_id, self._noted)

    def _add(self, entry: Packable) -> None:
        if entry.digest is None or entry.file_name is None:
            return
        self._places[entry.position] = self._sink.tell()
        self._archive.add(entry.file_name, self._read(entry))

    def _read(self, entry: Packable) -> bytes:
        assert entry.digest is not None
        if entry.sha256 is None:
            raise LostReport(entry.digest)
        try:
            with self._store.open(drawn.key(self._organisation_id, entry.digest)) as file:
                data = file.read()
        except Problem as problem:
            if problem.kind is Kind.NOT_FOUND:
                raise LostReport(entry.digest) from problem
            raise
        return data

    def _put_part(self, packed: int) -> None:
        data = self._sink.take()
        part = Part(len(self._tags) + 1, self._size, data)
        with _upload():
            self._tags.append(self._store.put_part(self._key, self._attempt, part))
        self._size += len(data)
        self._packed = packed
        self._noted += [{"position": at, "place": place} for at, place in self._places.items()]
        self._places.clear()

    def _end(self) -> None:
        for name, data in manifests.files(self._known, self._asked, self._now):
            self._archive.add(name, data)
        self._archive.end()
        self._put_part(len(self._known))
        with _upload():
            self._store.complete(self._key, self._attempt, self._tags)


@contextmanager
def _upload() -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        if problem.kind is Kind.NOT_FOUND:
            raise LostUpload from problem
        raise


def _members(known: Sequence[Packable], packed: int) -> Iterator[Member]:
    for entry in known[:packed]:
        if entry.file_name is None or entry.digest is None:
            continue
        assert entry.place is not None
        assert entry.size is not None
        assert entry.crc32 is not None
        yield Member(entry.file_name, entry.place, entry.size, entry.crc32)


def draw_again(export: Export, lost: LostReport, *, now: datetime) -> int:
    """Begin anew with a report that the store has lost; return how many entries are to be drawn."""
    digest = str(lost)
    drawn.forget(export.organisation_id, digest)
    again = [
        {"position": entry.position, "digest": None, "file_name": None}
        for entry in entries.packable(export.id, start=export.packed)
        if entry.digest == digest
    ]
    entries.note(export.id, again)
    jobs.note_progress(export.id, -len(again))
    return len(again)
