"""The group that the commands on checklists belong to, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import click

from audit_api.cli.commands import Commands
from audit_api.manuscripts import yaml
from audit_api.manuscripts.manuscript import Remark
from audit_api.words import say, sentence

commands = Commands("checklists", help="Questionnaires, written as YAML (docs/checklists.md).")

files_argument = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.File("rb")
)


def read(file: BinaryIO) -> bytes:
    """Return a YAML file's bytes; a file may have no end, so at most one more than is accepted."""
    return file.read(yaml.MAX_BYTES + 1)


def one_line(text: str) -> str:
    """The text on one line: what a file says is never two lines of a report."""
    return " ".join(text.splitlines())


def report(
    name: str, errors: Iterable[Remark], warnings: Iterable[Remark], language: str
) -> Iterator[str]:
    """Yield every error and warning of the file of that name, a line each."""
    for severity, remarks in (("checking.error", errors), ("checking.warning", warnings)):
        for remark in remarks:
            line = say(
                "checking.pointed" if remark.pointer else "checking.place",
                language,
                file=name,
                line=remark.line,
                severity=say(severity, language),
                sentence=told(remark, language),
                pointer=remark.pointer,
            )
            yield one_line(line)


def told(remark: Remark, language: str) -> str:
    """Return what a remark says, as a sentence."""
    return sentence(remark.sentence, remark.values, language)
