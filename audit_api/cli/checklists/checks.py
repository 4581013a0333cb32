"""flask checklists check: every error and every warning of a file at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import click

from audit_api.cli.checklists.group import commands, files_argument, read, report, told
from audit_api.cli.commands import charset_option, language
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.readers import checklists
from audit_api.words import say

CheckedFile = tuple[str, Manuscript]
"""A file's name and what was found in it."""


@commands.command("check")
@files_argument
@charset_option
@click.option("--strict", is_flag=True, help="Let warnings fail as errors do.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def check(files: Sequence[BinaryIO], charset: str | None, strict: bool, as_json: bool) -> None:
    """Check every FILE: every error and every warning, with its line and JSON pointer, or its cell.

    A FILE is YAML, JSON or a workbook.

    Ends with exit code 1 where a file has an error.
    """
    checked = [
        (click.format_filename(file.name), checklists.check(read(file), charset=charset))
        for file in files
    ]
    spoken = language()
    click.echo(_json(checked, spoken) if as_json else "\n".join(_report(checked, spoken)))
    if any(found.errors or (strict and found.warnings) for _, found in checked):
        click.get_current_context().exit(1)


def _report(checked: Sequence[CheckedFile], language: str) -> Iterator[str]:
    """Yield every error and warning of every file, a line each, and a summary of each file."""
    for name, found in checked:
        yield from report(name, found, language)
    for name, found in checked:
        counts = {"errors": len(found.errors), "warnings": len(found.warnings)}
        if found.document is None and not found.is_workbook:
            yield say("checking.unread", language, file=name, **counts)
        elif found.checklist is None:
            yield say("checking.errors", language, file=name, **counts)
        else:
            facts = {"key": found.checklist.key, "questions": _questions(found)}
            yield say("checking.summary", language, file=name, **facts, **counts)


def _json(checked: Sequence[CheckedFile], language: str) -> str:
    files = [
        {
            "file": name,
            "key": found.checklist.key if found.checklist else None,
            "questions": _questions(found),
            "errors": [_plain(remark, language) for remark in found.errors],
            "warnings": [_plain(remark, language) for remark in found.warnings],
        }
        for name, found in checked
    ]
    return json.dumps(files, ensure_ascii=False, indent=2)


def _plain(remark: Remark, language: str) -> dict[str, Any]:
    return {
        "pointer": remark.pointer,
        "line": remark.line,
        "column": remark.column,
        "code": remark.code,
        "message": told(remark, language),
    }


def _questions(found: Manuscript) -> int | None:
    return sum(1 for _ in found.checklist.questions()) if found.checklist else None
