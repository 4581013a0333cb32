"""flask organisations: the tenants."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from audit_api.cli.commands import CODE, NAME, Commands
from audit_api.database import db
from audit_api.services import organisations
from audit_api.translations import DEFAULT_LOCALE, LOCALES

commands = Commands("organisations", help="The tenants: brands, and agencies working for them.")


@commands.command("add")
@click.argument("code", type=CODE)
@click.argument("name", type=NAME)
@click.option("--locale", type=click.Choice(LOCALES), default=DEFAULT_LOCALE, show_default=True)
def add(code: str, name: str, locale: str) -> None:
    """Add the organisation NAME under CODE."""
    organisations.add(code=code, name=name, locale=locale, now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"added {code}")


@commands.command("list")
def list_all() -> None:
    """List code, language and name of every organisation."""
    for organisation in organisations.listed():
        click.echo(f"{organisation.code}\t{organisation.locale}\t{organisation.name}")
