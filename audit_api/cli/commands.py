"""What every command shares: the operator's language, and problems said in it."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from audit_api.database import failures, lacks_table
from audit_api.errors import Fault, Problem, Refused, invalid, pointer_to, unescaped
from audit_api.glyphs.warnings import unprintable
from audit_api.rules import names
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.sites import organisations
from audit_api.sheets import charsets
from audit_api.sheets.lines import Outcome, Sample
from audit_api.words import DEFAULT_LOCALE, LOCALES, read_locale, say, sentence

log = logging.getLogger(__name__)

_LANGUAGE = "audit_api.language"


class Language(click.ParamType):
    """The tag of a language that the product speaks, or of one near it."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = read_locale(str(value))
        if found is None:
            self.fail(f"Accepted: {', '.join(LOCALES)}, and languages near them.", param, ctx)
        return found


LANGUAGE = Language()


class Commands(AppGroup):
    """A group whose commands take `--language` and end with exit code 1 and every fault, a line
    each, where the product refuses what was asked, or where its tables are not made yet."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.params.append(
            click.Option(
                ["--language"],
                type=LANGUAGE,
                callback=_remember,
                expose_value=False,
                is_eager=True,
                help="Language of the messages; default: that of LANG.",
            )
        )
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Problem as problem:
            for line in said(problem, language()):
                click.echo(line, err=True)
            ctx.exit(1)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            click.echo(_accident(error), err=True)
            ctx.exit(1)


def asked_language() -> str | None:
    """Return what `--language` says, None where it was not given."""
    asked: str | None = click.get_current_context().meta.get(_LANGUAGE)
    return asked


def language() -> str:
    """Return the operator's language: what `--language` says, or that of LANG."""
    return asked_language() or _default_language()


class Typed(click.ParamType):
    """A text as a call of the API takes it: `read` returns it as it is kept or raises `Refused`."""

    name = "text"

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return self.read(str(value))
        except Refused as refused:
            place = param.opts[0].lstrip("-") if param else ""
            raise invalid(Fault(pointer_to(place), refused.code, refused.values)) from None


CODE = Typed(names.code)
NAME = Typed(names.name)
EMAIL = Typed(names.email)

organisation_option = click.option(
    "--organisation",
    "organisation_code",
    required=True,
    type=CODE,
    metavar="CODE",
    help="Code of the organisation.",
)
charset_option = click.option(
    "--charset",
    metavar="NAME",
    help=f"Encoding of the file, where it does not tell itself: {', '.join(charsets.ACCEPTED)}.",
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Check and count only.")


def operator(organisation_code: str) -> Who:
    """Return who acts: the system, in the organisation's name; raise NOT_FOUND without one."""
    return access.system_who(organisations.find(organisation_code).id)


def said(problem: Problem, language: str) -> Iterator[str]:
    """Yield the problem and each of its faults as a sentence with its place."""
    what = ".title" if problem.faults else ""
    yield sentence(f"problem.{problem.kind.slug}{what}", problem.values, language)
    for fault in problem.faults:
        yield _said(fault, language)


def _accident(error: Exception) -> str:
    """Return what an operator is told of an error that is none of theirs; its message could quote
    what is stored."""
    if isinstance(error, DBAPIError) and lacks_table(error):
        return say("cli.no_tables", language())
    if failures.is_away(error):
        return say("cli.database_away", language())
    log.exception("a command failed: %s", failures.reason(error), exc_info=error)
    return say("cli.accident", language())


def tell(outcome: Outcome, *, dry_run: bool) -> None:
    """Print what an import did; of a dry run what it would do, and how the file was read."""
    if dry_run:
        for line in _read_as(outcome.sample):
            click.echo(line)
    tense = "would be " if dry_run else ""
    counts = outcome.counts
    click.echo(
        f"{tense}added {counts.added}, changed {counts.changed}, unchanged {counts.unchanged}"
    )
    warn(*outcome.warnings)


def warn(*warnings: Fault) -> None:
    """Print what may not have been meant, and was stored all the same."""
    for each in warnings:
        click.echo(_said(each, language()), err=True)


def warn_of(**texts: str | None) -> None:
    """Warn of what reports cannot print of these texts, each given by the name of its option."""
    warn(*unprintable({pointer_to(name): text for name, text in texts.items()}))


def _read_as(sample: Sample) -> Iterator[str]:
    separator = say("cli.tab", language()) if sample.separator == "\t" else sample.separator
    yield say("cli.read_as", language(), charset=sample.charset, separator=separator)
    for line in sample.lines:
        cells = (" ".join(cell.split()) for cell in line.cells)
        yield f"{line.number}\t{' | '.join(cells)}"


def _said(fault: Fault, language: str) -> str:
    told = sentence(fault.sentence, fault.values, language)
    match fault.pointer.split("/"):
        case ["", "lines", line]:
            return say("cli.line", language, line=line, sentence=told)
        case ["", "lines", line, column]:
            return say("cli.cell", language, line=line, column=unescaped(column), sentence=told)
        case [""]:
            return told
        case _:
            return say("cli.place", language, place=fault.pointer, sentence=told)


def _remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[_LANGUAGE] = value


def _default_language() -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    asked = next(filter(None, map(os.environ.get, names)), "")
    # As in zh_TW.UTF-8 and sr_RS@latin.
    return read_locale(re.split("[.@]", asked)[0]) or DEFAULT_LOCALE
