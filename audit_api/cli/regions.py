"""flask regions: an organisation's tree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import BinaryIO

import click

from audit_api.cli.commands import (
    CODE,
    NAME,
    Commands,
    charset_option,
    dry_run_option,
    operator,
    organisation_option,
    tell,
    warn_of,
)
from audit_api.database import db
from audit_api.services.sites import imports, regions
from audit_api.sheets.lines import Upload

commands = Commands("regions", help="An organisation's tree of regions.")


@commands.command("add")
@click.argument("code", type=CODE)
@click.argument("name", type=NAME)
@organisation_option
@click.option(
    "--parent", type=CODE, metavar="CODE", help="The region that it lies in; default: none."
)
def add(code: str, name: str, organisation_code: str, parent: str | None) -> None:
    """Add the region NAME under CODE."""
    by = operator(organisation_code)
    parent_id = regions.find_code(parent, by=by).id if parent else None
    regions.add(by=by, now=datetime.now(UTC), code=code, name=name, parent_id=parent_id)
    db.session.commit()
    click.echo(f"added {code}")
    warn_of(name=name)


@commands.command("list")
@organisation_option
def list_all(organisation_code: str) -> None:
    """List code, parent's code and name of every region."""
    found = db.session.scalars(regions.listed(by=operator(organisation_code))).all()
    codes = {region.id: region.code for region in found}
    for region in sorted(found, key=lambda region: region.code):
        parent = codes[region.parent_id] if region.parent_id else ""
        click.echo(f"{region.code}\t{parent}\t{region.name}")


@commands.command("delete")
@click.argument("code", type=CODE)
@organisation_option
def delete(code: str, organisation_code: str) -> None:
    """Delete the region CODE, which holds no site and no region, and was granted to nobody."""
    by = operator(organisation_code)
    region = regions.find_to_change(regions.find_code(code, by=by).id, by=by)
    regions.delete(region, by=by, now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"deleted {code}")


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@organisation_option
@charset_option
@dry_run_option
def import_file(file: BinaryIO, organisation_code: str, charset: str | None, dry_run: bool) -> None:
    """Add, rename and move regions by a CSV FILE: code, name, parent_code."""
    by = operator(organisation_code)
    upload = Upload(file.read(), charset)
    imported = imports.regions.load(upload, by=by, now=datetime.now(UTC), dry_run=dry_run)
    db.session.commit()
    tell(imported, dry_run=dry_run)
