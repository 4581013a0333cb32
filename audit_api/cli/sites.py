"""flask sites: the places visited."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from math import isnan
from typing import Any, BinaryIO

import click

from audit_api.cli.commands import (
    CODE,
    NAME,
    Commands,
    Typed,
    charset_option,
    dry_run_option,
    operator,
    organisation_option,
    tell,
    warn_of,
)
from audit_api.database import db
from audit_api.rules import names
from audit_api.rules.kinds import SITE_KINDS
from audit_api.services.sites import imports, regions, sites
from audit_api.sheets.lines import Upload

commands = Commands("sites", help="The places visited.")


class Degrees(click.FloatRange):
    """Degrees to both sides of zero; “nan” is a float and lies in every range."""

    def __init__(self, most: float) -> None:
        super().__init__(-most, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        degrees = super().convert(value, param, ctx)
        if isnan(degrees):
            self.fail(f"{value} is not a number.", param, ctx)
        return degrees


@commands.command("add")
@click.argument("code", type=CODE)
@click.argument("name", type=NAME)
@organisation_option
@click.option(
    "--region", type=CODE, required=True, metavar="CODE", help="The region that it lies in."
)
@click.option("--time-zone", required=True, metavar="NAME", help="IANA name: Asia/Shanghai.")
@click.option("--kind", type=click.Choice(SITE_KINDS), default="own", show_default=True)
@click.option("--address", type=Typed(partial(names.prose, most=500)))
@click.option("--latitude", type=Degrees(90))
@click.option("--longitude", type=Degrees(180))
@click.option("--geofence-metres", type=click.IntRange(10, 100_000), default=150, show_default=True)
def add(
    organisation_code: str, region: str, name: str, address: str | None, **fields: object
) -> None:
    """Add the site NAME under CODE."""
    by = operator(organisation_code)
    region_id = regions.find_code(region, by=by).id
    now = datetime.now(UTC)
    sites.add(by=by, now=now, region_id=region_id, name=name, address=address, **fields)
    db.session.commit()
    click.echo(f"added {fields['code']}")
    warn_of(name=name, address=address)


@commands.command("list")
@organisation_option
def list_all(organisation_code: str) -> None:
    """List code, kind, time zone and name of every site."""
    for site in db.session.scalars(sites.listed(by=operator(organisation_code)).order_by("code")):
        click.echo(f"{site.code}\t{site.kind}\t{site.time_zone}\t{site.name}")


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@organisation_option
@charset_option
@dry_run_option
def import_file(file: BinaryIO, organisation_code: str, charset: str | None, dry_run: bool) -> None:
    """Add and change sites by a CSV FILE.

    Columns: code, name, region_code, kind, time_zone, address, latitude, longitude,
    geofence_metres, active, attribute.NAME.
    """
    by = operator(organisation_code)
    upload = Upload(file.read(), charset)
    imported = imports.sites.load(upload, by=by, now=datetime.now(UTC), dry_run=dry_run)
    db.session.commit()
    tell(imported, dry_run=dry_run)
