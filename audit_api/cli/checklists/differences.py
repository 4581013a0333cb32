"""flask checklists diff: what was changed from one version of a checklist to another."""

from __future__ import annotations

import re
from pathlib import Path

import click

from audit_api.cli.checklists.group import commands, one_line, read
from audit_api.cli.commands import CODE, charset_option, language, operator
from audit_api.errors import Fault, invalid
from audit_api.manuscripts import differences
from audit_api.manuscripts.manuscript import Remark, SheetPlace
from audit_api.readers import checklists
from audit_api.rules.authoring import Checklist
from audit_api.services.checklists import versions

DIGEST = re.compile(r"[0-9a-f]{64}")


@commands.command("diff")
@click.argument("older", metavar="OLD")
@click.argument("newer", metavar="NEW")
@click.option(
    "--organisation",
    "organisation_code",
    type=CODE,
    metavar="CODE",
    help="Whose published versions they are.",
)
@charset_option
def diff(older: str, newer: str, organisation_code: str | None, charset: str | None) -> None:
    """Tell in words what NEW changes of OLD, and whether scores stay comparable.

    Each is a file, or the digest of a version that --organisation published.
    """
    spoken = language()
    before, after = (_checklist(each, organisation_code, charset) for each in (older, newer))
    found = differences.compared(before, after, spoken)
    for told in found.changes:
        click.echo(one_line(told.detail))
    click.echo(differences.summary(found, spoken))


def _checklist(given: str, organisation_code: str | None, charset: str | None) -> Checklist:
    if not DIGEST.fullmatch(given):
        return _in_file(Path(given), charset)
    if organisation_code is None:
        raise click.UsageError("A digest needs --organisation.")
    by = operator(organisation_code)
    return versions.parsed_checklist(versions.published(given, by=by))


def _in_file(path: Path, charset: str | None) -> Checklist:
    try:
        with path.open("rb") as file:
            data = read(file)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}.") from None
    manuscript = checklists.check(data, charset=charset)
    if manuscript.checklist is None:
        raise invalid(*(_placed(error, path) for error in manuscript.errors))
    return manuscript.checklist


def _placed(error: Remark, path: Path) -> Fault:
    if isinstance(error.place, SheetPlace):
        return Fault(f"{path}: {error.place}", error.code, error.values)
    place = ":".join(part for part in (str(path), str(error.line), error.pointer) if part)
    return Fault(place, error.code, error.values)
