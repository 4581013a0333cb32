"""Reads checklists out of requests, and tells what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from flask import request

from audit_api.api.checklists.schemas import ChecklistDraftSchema
from audit_api.api.http.blueprint import Blueprint
from audit_api.api.http.problems import told
from audit_api.api.http.shapes import FILE
from audit_api.errors import Kind, Problem
from audit_api.manuscripts.files import MAX_BYTES, WORKBOOK, YAML
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.readers import checklists
from audit_api.services.checklists import versions
from audit_api.web.authentication import who
from audit_api.web.languages import locale

JSON = "application/json"

BODY = {
    "requestBody": {
        "required": True,
        "description": "The checklist as JSON, as YAML (in UTF-8, or in the `charset` that is "
        "named) or as the workbook of docs/spreadsheets.md.",
        "content": {
            JSON: {"schema": ChecklistDraftSchema},
            YAML: {"schema": FILE},
            WORKBOOK: {"schema": FILE},
        },
    }
}


def expect_a_file() -> None:
    """Let a file be as large as its own reader takes it."""
    if request.mimetype in MAX_BYTES:
        request.max_content_length = MAX_BYTES[request.mimetype] + 1


def receive() -> Callable[[], Manuscript]:
    """Return the checklist in the request, ready to be read and checked; raise MEDIA_TYPE,
    TOO_LARGE, MALFORMED or INVALID for what is none.

    To read a file is work that the asker has to be permitted first.
    """
    if request.is_json:
        sent = Blueprint.ARGUMENTS_PARSER.parse(ChecklistDraftSchema(), request, location="json")
        return partial(checklists.check_document, sent["document"])
    if request.mimetype not in MAX_BYTES:
        raise Problem(Kind.MEDIA_TYPE, accepted=[JSON, *MAX_BYTES])
    kind, data = request.mimetype, request.get_data(cache=True)
    if len(data) > MAX_BYTES[kind]:
        raise Problem(Kind.TOO_LARGE, limit=MAX_BYTES[kind])
    return partial(checklists.check, data, kind, request.mimetype_params.get("charset"))


def read(**_: Any) -> Manuscript:
    """Return the checklist in the request, read and checked, if its asker may write one."""
    return versions.read(receive(), by=who())


def found(manuscript: Manuscript) -> Mapping[str, Any]:
    """Return the errors and warnings, in the asker's language."""
    language = locale()
    return {
        "errors": list(_told(manuscript.errors, language)),
        "warnings": list(_told(manuscript.warnings, language)),
    }


def _told(remarks: Iterable[Remark], language: str) -> Iterable[Mapping[str, Any]]:
    for remark in remarks:
        yield {**told(remark, language), "line": remark.line, "column": remark.column}
