"""A checklist as its author sends it, checked outside the server's process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from audit_api.errors import Problem
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.readers import apart, packing
from audit_api.rules import authoring as rules
from audit_api.workshop.child import Message

VALUES = "values"
"""The kind of a document that is read already, as JSON."""


def check(
    data: bytes, kind: str = "file", charset: str | None = None, *, warnings: bool = True
) -> Manuscript:
    """Check a file of a media type, or one that does not say what it is; a text is of the declared
    `charset`.  Warnings are looked for unless nobody asks: it takes longer than the reading.

    Raises UNAVAILABLE where it cannot be read now.
    """
    head = {"kind": kind, "charset": charset, "warnings": warnings}
    try:
        return apart.ask(Message(head, (data,)), _manuscript)
    except Problem as problem:
        if not problem.faults:
            raise
        errors = tuple(Remark(each.pointer, each.code, each.values) for each in problem.faults)
        return Manuscript(None, errors)


def check_document(document: Mapping[str, Any]) -> Manuscript:
    """Check a document that is read already."""
    return check(orjson.dumps(document), VALUES)


def check_form(data: bytes) -> Manuscript:
    """Check an XLSForm."""
    return check(data, "xlsform")


def _manuscript(answer: Message) -> Manuscript:
    found, *text = answer.parts
    members = orjson.loads(found)
    document, warnings = members["document"], packing.remarks(members["warnings"])
    return Manuscript(
        document=document,
        errors=packing.remarks(members["errors"]),
        text=text[0].decode() if text else None,
        find_checklist=lambda: rules.parse(document),
        find_warnings=lambda: warnings,
        is_workbook=answer.head["is_workbook"],
    )
