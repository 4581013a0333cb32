"""The group that the commands on checklists belong to, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import click

from audit_api.cli.commands import Commands
from audit_api.manuscripts.files import MAX_BYTES
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.words import say, sentence

commands = Commands("checklists", help="Questionnaires, written as YAML (docs/checklists.md).")

files_argument = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.File("rb")
)


def read(file: BinaryIO) -> bytes:
    """Return a file's bytes; a file may have no end, so at most one more than is accepted."""
    return file.read(max(MAX_BYTES.values()) + 1)


def one_line(text: str) -> str:
    """The text on one line: what a file says is never two lines of a report."""
    return " ".join(text.splitlines())


def report(name: str, found: Manuscript, language: str) -> Iterator[str]:
    """Yield every error and warning of the file of that name, a line each."""
    if found.is_workbook:
        yield from report_cells(name, found.errors, found.warnings, language)
        return
    for severity, remarks in (
        ("checking.error", found.errors),
        ("checking.warning", found.warnings),
    ):
        for remark in remarks:
            yield one_line(_line(name, severity, remark, language))


def report_cells(
    name: str, faults: Iterable[Remark], notes: Iterable[Remark], language: str
) -> Iterator[str]:
    """Yield every fault and note of the workbook of that name by its cell, a line each."""
    for code, remarks in (("sheets.report.fault", faults), ("sheets.report.note", notes)):
        for remark in remarks:
            place = f"{name}: {remark.place}" if str(remark.place) else name
            yield one_line(say(code, language, place=place, sentence=told(remark, language)))


def _line(name: str, severity: str, remark: Remark, language: str) -> str:
    return say(
        "checking.pointed" if remark.pointer else "checking.place",
        language,
        file=name,
        line=remark.line,
        severity=say(severity, language),
        sentence=told(remark, language),
        pointer=remark.pointer,
    )


def told(remark: Remark, language: str) -> str:
    """Return what a remark says, as a sentence."""
    return sentence(remark.sentence, remark.values, language)
