"""flask users: the people of an organisation."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import BinaryIO

import click

from audit_api.cli.commands import (
    CODE,
    EMAIL,
    LANGUAGE,
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
from audit_api.rules.permissions import Role
from audit_api.services import access
from audit_api.services.people import passwords, users
from audit_api.services.sites import imports, regions
from audit_api.sheets.lines import Upload
from audit_api.words import DEFAULT_LOCALE

commands = Commands("users", help="The people of an organisation.")

password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, not a prompt."
)


@commands.command("add")
@click.argument("email", type=EMAIL)
@click.argument("name", type=NAME)
@click.argument("role", type=click.Choice([role.value for role in Role]))
@organisation_option
@click.option(
    "--region",
    "region_codes",
    multiple=True,
    type=CODE,
    metavar="CODE",
    help="A region that a manager may see; repeat it for more.",
)
@click.option("--locale", type=LANGUAGE, default=DEFAULT_LOCALE, show_default=True)
@password_option
def add(
    email: str,
    name: str,
    role: str,
    organisation_code: str,
    region_codes: tuple[str, ...],
    locale: str,
    password_stdin: bool,
) -> None:
    """Add the user NAME, who logs in with EMAIL."""
    password_hash = _password_hash(from_stdin=password_stdin)
    by = operator(organisation_code)
    region_ids = [regions.find_code(code, by=by).id for code in region_codes]
    users.add(
        by=by,
        now=datetime.now(UTC),
        password_hash=password_hash,
        email=email,
        name=name,
        role=role,
        locale=locale,
        region_ids=region_ids,
    )
    db.session.commit()
    click.echo(f"added {email}")
    warn_of(name=name)


@commands.command("password")
@click.argument("email", type=EMAIL)
@password_option
def password(email: str, password_stdin: bool) -> None:
    """Set the password of EMAIL; all logins of the user end."""
    password_hash = _password_hash(from_stdin=password_stdin)
    user = users.find_email(email)
    by = access.system_who(user.organisation_id)
    users.change(user, by=by, now=datetime.now(UTC), password_hash=password_hash)
    db.session.commit()
    click.echo(f"password of {user.email} set")


@commands.command("deactivate")
@click.argument("email", type=EMAIL)
def deactivate(email: str) -> None:
    """Keep EMAIL from logging in; all logins of the user end."""
    user = users.find_email(email)
    by = access.system_who(user.organisation_id)
    users.change(user, by=by, now=datetime.now(UTC), active=False)
    db.session.commit()
    click.echo(f"deactivated {user.email}")


@commands.command("list")
@organisation_option
def list_all(organisation_code: str) -> None:
    """List address, role, state and name of every user."""
    for user in db.session.scalars(users.listed(by=operator(organisation_code)).order_by("email")):
        state = "active" if user.active else "deactivated"
        click.echo(f"{user.email}\t{user.role}\t{state}\t{user.name}")


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@organisation_option
@charset_option
@dry_run_option
def import_file(file: BinaryIO, organisation_code: str, charset: str | None, dry_run: bool) -> None:
    """Add and change users by a CSV FILE; new ones get a password by `flask users password`.

    Columns: email, name, role, locale, region_codes (between semicolons), active.
    """
    by = operator(organisation_code)
    upload = Upload(file.read(), charset)
    imported = imports.users.load(upload, by=by, now=datetime.now(UTC), dry_run=dry_run)
    db.session.commit()
    tell(imported, dry_run=dry_run)


def _password_hash(*, from_stdin: bool) -> str:
    if from_stdin:
        text = sys.stdin.readline().rstrip("\r\n")
    else:
        text = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return passwords.hash_password(text)
