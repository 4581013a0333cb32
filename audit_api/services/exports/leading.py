"""Leads the making of an export: plans it, has it drawn by helpers, puts it together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from audit_api.database import db
from audit_api.models import Export, Job
from audit_api.rules.lifecycle import JobState
from audit_api.services import jobs
from audit_api.services.exports import asking, drawing, entries, merging, packing
from audit_api.services.exports.asking import REPORTS, Bundle, ReportsRequest
from audit_api.services.exports.packing import LostReport, LostUpload
from audit_api.services.jobs import GoOn, Hopeless, Task, Tools, Work, control

HELPERS = 4
"""Jobs that draw the reports of one export."""
PER_HELPER = 10
"""Reports that are worth one more of them."""
LOOK_AFTER = timedelta(seconds=30)
"""Helpers say when they are done; whoever died before saying so is not waited for longer."""


def work(task: Task, tools: Tools) -> GoOn | None:
    """Do the next piece of what an export needs."""
    now = datetime.now(UTC)
    export = db.session.get_one(Export, task.id, populate_existing=True)
    lead = control.find(task.id)
    if not export.is_planned:
        return _plan(export, lead, task, now)
    if failed := control.helpers(task.id, JobState.FAILED):
        raise Hopeless(failed[0].error or "")
    if entries.undrawn_count(task.id):
        _have_drawn(export, now)
        return GoOn(LOOK_AFTER)
    return _put_together(export, lead, tools, now)


def _plan(export: Export, lead: Job, task: Task, now: datetime) -> GoOn:
    asked = ReportsRequest.of(lead.request)
    by = asking.owner(task.id, task.organisation_id)
    lead.total = entries.plan(task.id, asked.wanted, asked.edition, by=by)
    undrawn = entries.undrawn_count(task.id)
    if not lead.total:
        raise Hopeless("no audit is left")
    lead.done = lead.total - undrawn
    export.is_planned = True
    return GoOn()


def _have_drawn(export: Export, now: datetime) -> None:
    """See to it that helpers are at work, where one has ended or none has begun."""
    under_way = sum(len(control.helpers(export.id, state)) for state in control.UNFINISHED)
    if under_way:
        return
    undrawn = entries.undrawn_count(export.id)
    stripes = max(1, min(HELPERS, undrawn // PER_HELPER))
    for stripe in range(stripes):
        jobs.request_long(
            asking.DRAW,
            f"{asking.DRAW}:{export.id}:{undrawn}:{stripe}:{now.timestamp()}",
            {"export": str(export.id), "stripe": stripe, "stripes": stripes},
            organisation_id=export.organisation_id,
            parent_id=export.id,
            now=now,
        )


def _put_together(export: Export, lead: Job, tools: Tools, now: datetime) -> GoOn | None:
    make = packing.pack if ReportsRequest.of(lead.request).form is Bundle.ZIP else merging.merge
    try:
        is_whole = make(lead, export, tools.store, now=now)
    except LostReport as lost:
        export = db.session.get_one(Export, lead.id, populate_existing=True)
        packing.draw_again(export, lost, now=now)
        return GoOn()
    except LostUpload:
        packing.forget_upload(db.session.get_one(Export, lead.id, populate_existing=True))
        return GoOn()
    if not is_whole:
        return GoOn()
    db.session.get_one(Job, lead.id).expires_at = now + asking.KEPT
    db.session.flush()
    return None


JOBS: Mapping[str, Work] = {REPORTS: work, asking.DRAW: drawing.work}
"""The kinds of jobs that are done here."""
