"""Makes one PDF of the reports of an export, with a bookmark for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from audit_api import pdf
from audit_api.database import db, reading
from audit_api.models import Export, Job
from audit_api.pdf import AuditReport
from audit_api.services.documents import audit
from audit_api.services.documents.languages import labels
from audit_api.services.exports import asking, entries, packing
from audit_api.services.exports.asking import ReportsRequest
from audit_api.storage.store import PhotoStore


def merge(lead: Job, export: Export, store: PhotoStore, *, now: datetime) -> bool:
    """Draw, and store, the whole document in one piece; return that it is whole."""
    export_id, key, media_type = export.id, packing.key(export), export.media_type
    asked = ReportsRequest.of(lead.request)
    data = pdf.render_all(
        _reports(export, asked),
        audit.photo_opener(store),
        title=labels(asked.lang).say("export.title"),
    )
    store.put(key, data, media_type)
    db.session.get_one(Export, export_id, populate_existing=True).size = len(data)
    return True


def _reports(export: Export, asked: ReportsRequest) -> Iterator[AuditReport]:
    with reading():
        by = asking.owner(export.id, export.organisation_id)
        known = entries.packable(export.id, start=0)
        db.session.rollback()
    for entry in known:
        if entry.left_out is None:
            with reading():
                report = audit.find(entry.audit_id, by=by, lang=asked.lang, edition=asked.edition)
                db.session.rollback()
            yield report
