"""flask exports: files that HQ takes away, made here and now."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import current_app

from audit_api.cli.commands import Commands, language, operator, organisation_option
from audit_api.database import db
from audit_api.models import Export, Job
from audit_api.rules.lifecycle import JobState
from audit_api.services.audits.queue import Filter
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.services.exports import asking, files, packing
from audit_api.services.exports.asking import Form, ReportsRequest
from audit_api.services.jobs import control
from audit_api.words import LOCALES, say

commands = Commands("exports", help="Files to take away.")

_LOOK_EVERY = 0.5


@commands.command("audit-reports")
@organisation_option
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First business date.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last business date.")
@click.option("--campaign", "campaign_id", type=click.UUID, help="Only this campaign's.")
@click.option("--region", "region_id", type=click.UUID, help="Only of this region and below.")
@click.option("--in", "lang", type=click.Choice([*LOCALES, BOTH]), help="Language of the reports.")
@click.option("--edition", type=click.Choice([*Edition]), default=Edition.ANONYMOUS.value)
@click.option("--form", type=click.Choice([*Form]), default=Form.ZIP.value)
@click.option("--file", "path", type=click.Path(path_type=Path), required=True)
def audit_reports(
    organisation_code: str,
    first: datetime | None,
    last: datetime | None,
    lang: str | None,
    edition: str,
    form: str,
    path: Path,
    **wanted: Any,
) -> None:
    """Write the reports of all audits that the options find into one file.

    Workers that run beside this command share the work.
    """
    days = {"business_date_from": _day(first), "business_date_to": _day(last)}
    asked = ReportsRequest(
        Filter(**wanted, **days), lang or language(), Edition(edition), Form(form)
    )
    by = operator(organisation_code)
    export_id = asking.reports(asked, by=by, now=datetime.now(UTC)).id
    db.session.commit()
    job = _worked_off(export_id)
    if job.state != JobState.DONE:
        raise click.ClickException(f"{job.state}: {job.error or ''}")
    _fetch(export_id, path)
    left_out = sum(files.view(db.session.get_one(Export, export_id))["left_out"].values())
    told = {"count": job.done - left_out, "path": path, "left_out": left_out}
    click.echo(say("cli.export_written", language(), **told))


def _worked_off(export_id: UUID) -> Job:
    """Do, or wait for, what an export needs, and show how far it is; return its job at the end."""
    worker = current_app.extensions["audit_worker"]
    with click.progressbar(
        length=control.find(export_id).total or 0,
        label=say("cli.export_progress", language()),
    ) as bar:
        while (job := control.find(export_id)).state in control.UNFINISHED:
            db.session.rollback()
            if not worker.look_for_long_work():
                time.sleep(_LOOK_EVERY)
            bar.update(control.find(export_id).done - bar.pos)
    return job


def _fetch(export_id: UUID, path: Path) -> None:
    export = db.session.get_one(Export, export_id)
    store = current_app.extensions["audit_photo_store"]
    with store.open(packing.key(export)) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
