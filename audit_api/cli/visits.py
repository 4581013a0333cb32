"""flask visits: what auditors are to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import BinaryIO

import click

from audit_api.cli.commands import (
    Commands,
    charset_option,
    dry_run_option,
    operator,
    organisation_option,
    tell,
)
from audit_api.database import db
from audit_api.services.sites import imports
from audit_api.sheets.lines import Upload

commands = Commands("visits", help="Planned visits.")


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@organisation_option
@charset_option
@dry_run_option
def import_file(file: BinaryIO, organisation_code: str, charset: str | None, dry_run: bool) -> None:
    """Plan a visit for every line of a CSV FILE.

    Columns: campaign (name, or id), site_code, auditor_email, starts_on, ends_on (the campaign's
    where they are empty), offer, repeat, override.
    """
    by = operator(organisation_code)
    upload = Upload(file.read(), charset)
    outcome = imports.visits.load(upload, by=by, now=datetime.now(UTC), dry_run=dry_run)
    db.session.commit()
    tell(outcome, dry_run=dry_run)
