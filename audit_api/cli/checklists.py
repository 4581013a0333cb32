"""flask checklists: questionnaires written as YAML, checked and published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

import click

from audit_api.cli.commands import Commands, operator, organisation_option
from audit_api.database import db
from audit_api.errors import Fault, Problem, invalid
from audit_api.rules import checklist as rules
from audit_api.services import checklist_files, checklists

commands = Commands("checklists", help="Questionnaires, written as YAML (docs/checklists.md).")

files_argument = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.File(encoding="utf-8")
)


@commands.command("check")
@files_argument
def check(files: Sequence[TextIO]) -> None:
    """Check every FILE and tell every fault, with its line."""
    for name, document in _read_all(files):
        questions = sum(1 for _ in rules.parse(document).questions())
        click.echo(f"{name}: {document['key']}, {questions} questions, no faults")


@commands.command("publish")
@files_argument
@organisation_option
def publish(files: Sequence[TextIO], organisation_code: str) -> None:
    """Publish every FILE as the next version of its checklist; all of them or none."""
    by, now = operator(organisation_code), datetime.now(UTC)
    done = []
    for name, document in _read_all(files):
        version = checklists.draft(document, by=by, now=now)
        checklists.publish(version, by=by, now=now)
        done.append(f"{name}: {document['key']} version {version.number}, {version.digest}")
    db.session.commit()
    click.echo("\n".join(done))


def _read_all(files: Sequence[TextIO]) -> list[tuple[str, dict[str, Any]]]:
    """Return the files' documents by name; raise INVALID with the faults of all files."""
    read: list[tuple[str, dict[str, Any]]] = []
    faults: list[Fault] = []
    for file in files:
        text = _text(file)
        try:
            document = checklist_files.read(text)
            rules.parse(document)
            read.append((file.name, document))
        except Problem as problem:
            faults += _placed(problem, file.name, text)
    if faults:
        raise invalid(*faults)
    return read


def _text(file: TextIO) -> str:
    try:
        return file.read(checklist_files.LARGEST + 1)
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name}: the text is not UTF-8.") from None


def _placed(problem: Problem, name: str, text: str) -> Iterator[Fault]:
    for fault in problem.faults:
        line = checklist_files.line_of(fault.pointer, text) if fault.pointer else None
        place = ":".join(part for part in (name, line and str(line), fault.pointer) if part)
        yield Fault(place, fault.code, fault.values)
