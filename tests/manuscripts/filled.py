"""The template as people fill it in, and small workbooks of our own."""

from __future__ import annotations

from audit_api.manuscripts.workbook.example import template
from audit_api.manuscripts.workbook.reading import read_workbook
from tests.manuscripts.documents import Json
from tests.manuscripts.remarks import faults
from tests.sheets.books import book, grid, place_of

TEMPLATE = template(["en", "zh"])
Rows = list[list[object]]
SETTINGS: Rows = [
    ["setting", "value"],
    ["format", 1],
    ["key", "store"],
    ["languages", "en"],
    ["title (en)", "Store"],
]
HEADINGS: list[object] = ["type", "key", "title"]
ARRIVAL: list[object] = ["touchpoint", "arrival", "Arrival"]


def cell(heading: str, key: str, sheet: str = "questions") -> str:
    return place_of(TEMPLATE, sheet, heading, key)


def setting(name: str) -> str:
    rows = [row[0] for row in grid(TEMPLATE, "checklist")]
    return f"checklist!B{rows.index(name) + 1}"


def asked(*rows: list[object], headings: list[object] | None = None, **sheets: Rows) -> bytes:
    questions = [headings or HEADINGS, ARRIVAL, *rows]
    return book(checklist=SETTINGS, questions=questions, **sheets)


def document_of(data: bytes) -> Json:
    imported = read_workbook(data)
    assert faults(imported) == []
    assert imported.document is not None
    return dict(imported.document)


def only_question(data: bytes) -> Json:
    found: Json = document_of(data)["touchpoints"][0]["questions"][0]
    return found
