"""flask checklists template|export|import: checklists as workbooks that people fill in."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click
import orjson

from audit_api import files
from audit_api.cli.checklists.differences import DIGEST
from audit_api.cli.checklists.group import commands, read, report_cells
from audit_api.cli.commands import CODE, asked_language, charset_option, language, operator
from audit_api.errors import not_found
from audit_api.manuscripts.files import MAX_BYTES, WORKBOOK
from audit_api.readers import checklists
from audit_api.rules import authoring as rules
from audit_api.rules.authoring import Checklist
from audit_api.services.checklists import versions

output_option = click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
force_option = click.option("--force", is_flag=True, help="Replace FILE where it is there.")


@commands.command("template")
@click.option(
    "--locales",
    default="en,zh",
    show_default=True,
    help="The checklist's languages; the first stands in where another has no text.",
)
@output_option
@force_option
def write_template(locales: str, output: Path, force: bool) -> None:
    """Write an empty workbook to fill in, with one touchpoint as an example."""
    # Each command loads what it writes with, so that `--help` needs not wait for any.
    from audit_api.manuscripts.workbook.example import template

    languages = [locale.strip() for locale in locales.split(",")]
    _write(output, template(languages, asked_language()), force=force)


@commands.command("export")
@click.argument("file", required=False, type=click.File("rb"))
@click.option("--digest", help="A published version instead of a FILE.")
@click.option(
    "--organisation",
    "organisation_code",
    type=CODE,
    metavar="CODE",
    help="Whose published version it is.",
)
@charset_option
@output_option
@force_option
def export(
    file: BinaryIO | None,
    digest: str | None,
    organisation_code: str | None,
    charset: str | None,
    output: Path,
    force: bool,
) -> None:
    """Write the checklist of a FILE, or a published one, as a workbook."""
    from audit_api.manuscripts.workbook.writing import write_workbook

    if file is not None and digest is None:
        checklist = checklists.check(read(file), charset=charset).require()
    elif file is None and digest is not None and organisation_code is not None:
        checklist = _published(digest, organisation_code)
    else:
        raise click.UsageError("Give either FILE, or --digest and --organisation.")
    _write(output, write_workbook(checklist, asked_language()), force=force)


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--xlsform", is_flag=True, help="FILE is an XLSForm, not our workbook.")
@output_option
@force_option
def import_file(file: BinaryIO, xlsform: bool, output: Path, force: bool) -> None:
    """Write the checklist of a workbook FILE as YAML; tell every fault and note by its cell."""
    from audit_api.manuscripts.yaml import writing

    data = file.read(MAX_BYTES[WORKBOOK] + 1)
    found = checklists.check_form(data) if xlsform else checklists.check(data, WORKBOOK)
    name = click.format_filename(file.name)
    for line in report_cells(name, found.errors, found.warnings, language()):
        click.echo(line, err=True)
    if found.document is None:
        click.get_current_context().exit(1)
    _write(output, writing.write(found.document).encode(), force=force)


def _published(digest: str, organisation_code: str) -> Checklist:
    by = operator(organisation_code)
    if not DIGEST.fullmatch(digest):  # no database is asked for half a surrogate pair
        raise not_found("checklist version")
    version = versions.published(digest, by=by)
    return rules.parse(orjson.loads(version.document))


def _write(path: Path, data: bytes, *, force: bool) -> None:
    try:
        _put(path.resolve(), data, force=force)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; --force replaces it.") from None
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}.") from None
    click.echo(f"wrote {path}")


def _put(path: Path, data: bytes, *, force: bool) -> None:
    if not force:
        files.create(path, data, mode=files.SHARED)
    elif path.is_file() or not path.exists():
        files.replace(path, data, mode=files.SHARED)
    else:  # a device or a pipe takes what is written, and keeps its place
        path.write_bytes(data)
