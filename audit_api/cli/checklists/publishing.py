"""flask checklists publish: files that become versions for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO

import click

from audit_api.cli.checklists.group import commands, files_argument, read, report
from audit_api.cli.commands import charset_option, language, operator, organisation_option
from audit_api.database import db
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.readers import checklists
from audit_api.services.checklists import versions
from audit_api.words import say


@commands.command("publish")
@files_argument
@organisation_option
@charset_option
def publish(files: Sequence[BinaryIO], organisation_code: str, charset: str | None) -> None:
    """Publish every FILE as the next version of its checklist; with an error in one, none.

    A FILE of which the same content is published already is left as it is.
    """
    by, now = operator(organisation_code), datetime.now(UTC)
    given = [
        (click.format_filename(file.name), checklists.check(read(file), charset=charset))
        for file in files
    ]
    _require_no_errors(given)
    done = []
    for name, manuscript in given:
        version, code = versions.same_as(manuscript, by=by), "checking.published_already"
        if version is None:
            version = versions.publish_at_once(manuscript, by=by, now=now)
            code = "checking.published"
        facts = {"key": versions.key_of(version), "number": version.number}
        done.append(say(code, language(), file=name, digest=version.digest, **facts))
    db.session.commit()
    click.echo("\n".join(done))


def _require_no_errors(given: Sequence[tuple[str, Manuscript]]) -> None:
    """Tell what was found in every file; end with exit code 1 where a file has an error."""
    spoken = language()
    for name, manuscript in given:
        for line in report(name, manuscript, spoken):
            click.echo(line, err=True)
    if any(manuscript.errors for _, manuscript in given):
        click.get_current_context().exit(1)
