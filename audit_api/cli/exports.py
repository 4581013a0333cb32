"""flask exports: files that HQ takes away, made here and now."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import current_app

from audit_api.cli.commands import Commands, language, operator, organisation_option
from audit_api.database import db, reading
from audit_api.rules.lifecycle import JobState
from audit_api.services.access import Who
from audit_api.services.audits.queue import Filter
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.services.exports import asking, files
from audit_api.services.exports.asking import Bundle, ReportsRequest
from audit_api.services.jobs import control
from audit_api.words import LOCALES, say

commands = Commands("exports", help="Files to take away.")

_LOOK_EVERY = 0.5


def _words(vocabulary: type[StrEnum]) -> click.Choice:
    return click.Choice([each.value for each in vocabulary])


@commands.command("reports")
@organisation_option
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First business date.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last business date.")
@click.option("--campaign", "campaign_id", type=click.UUID, help="Only this campaign's.")
@click.option("--region", "region_id", type=click.UUID, help="Only of this region and below.")
@click.option("--in", "lang", type=click.Choice([*LOCALES, BOTH]), help="Language of the reports.")
@click.option("--edition", type=_words(Edition), default=Edition.ANONYMOUS.value)
@click.option("--form", type=_words(Bundle), default=Bundle.ZIP.value)
@click.option("--file", "path", type=click.Path(path_type=Path), required=True)
def reports(
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
    found = Filter(**wanted, business_date_from=_day(first), business_date_to=_day(last))
    asked = ReportsRequest(found, lang or language(), Edition(edition), Bundle(form))
    by = operator(organisation_code)
    export_id = asking.reports(asked, by=by, now=datetime.now(UTC)).id
    db.session.commit()
    told = _worked_off(export_id, by)
    if told["state"] != JobState.DONE:
        raise click.ClickException(f"{told['state']}: {told['error'] or ''}")
    with path.open("wb") as target:
        store = current_app.extensions["audit_photo_store"]
        files.copy(files.find(export_id, by=by), store, target)
    left_out = sum(told["left_out"].values())
    counts = {"count": told["done"] - left_out, "left_out": left_out}
    click.echo(say("cli.export_written", language(), path=path, **counts))


def _worked_off(export_id: UUID, by: Who) -> Mapping[str, Any]:
    """Do, or wait for, what an export needs, and show how far it is; return what is told of it at
    the end."""
    worker = current_app.extensions["audit_worker"]
    told = _told(export_id, by)
    label = say("cli.export_progress", language())
    with click.progressbar(length=told["total"], label=label) as bar:
        while told["state"] in control.UNFINISHED:
            if not worker.look_for_long_work():
                time.sleep(_LOOK_EVERY)
            told = _told(export_id, by)
            bar.update(told["done"] - bar.pos)
    return told


def _told(export_id: UUID, by: Who) -> Mapping[str, Any]:
    with reading():
        told = files.view(files.find(export_id, by=by))
        db.session.rollback()
    return told


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
