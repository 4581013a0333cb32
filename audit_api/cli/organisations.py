"""flask organisations: the tenants."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import BinaryIO

import click
from flask import current_app

from audit_api.cli.commands import CODE, LANGUAGE, NAME, Commands, warn_of
from audit_api.database import db
from audit_api.services import access
from audit_api.services.sites import logos, organisations
from audit_api.words import DEFAULT_LOCALE

commands = Commands("organisations", help="The tenants: brands, and agencies working for them.")


@commands.command("add")
@click.argument("code", type=CODE)
@click.argument("name", type=NAME)
@click.option("--locale", type=LANGUAGE, default=DEFAULT_LOCALE, show_default=True)
def add(code: str, name: str, locale: str) -> None:
    """Add the organisation NAME under CODE."""
    organisations.add(code=code, name=name, locale=locale, now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"added {code}")
    warn_of(name=name)


@commands.command("list")
def list_all() -> None:
    """List code, language and name of every organisation."""
    for organisation in organisations.listed():
        click.echo(f"{organisation.code}\t{organisation.locale}\t{organisation.name}")


@commands.command("logo")
@click.argument("code", type=CODE)
@click.argument("file", type=click.File("rb"))
def logo(code: str, file: BinaryIO) -> None:
    """Put the image FILE at the head of the documents of the organisation CODE."""
    by = access.system_who(organisations.find(code).id)
    decoder = current_app.extensions["audit_decoder"]
    logos.put(file.read(logos.MAX_FILE_BYTES + 1), by=by, decoder=decoder, now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"set the logo of {code}")


@commands.command("remove-logo")
@click.argument("code", type=CODE)
def remove_logo(code: str) -> None:
    """Let the name of the organisation CODE stand at the head of its documents again."""
    logos.remove(by=access.system_who(organisations.find(code).id), now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"removed the logo of {code}")
