"""XLSForms as their authors write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_api.manuscripts.workbook.findings import Imported
from audit_api.manuscripts.xlsform.reading import read_xlsform
from tests.manuscripts.documents import Json
from tests.manuscripts.remarks import faults, notes
from tests.sheets.books import book

Line = Mapping[str, object]

YES_NO: list[Line] = [
    {"list_name": "yn", "name": "yes", "label": "Yes", "points": 1},
    {"list_name": "yn", "name": "no", "label": "No", "points": 0},
]
GREETED: dict[str, object] = {"type": "select_one yn", "name": "greeted", "label": "Greeted?"}


def row(kind: str, name: str = "", **cells: object) -> Line:
    """A row of the survey; a question is labelled with its name."""
    named = {"name": name, "label": name} if name else {}
    return {"type": kind, **named, **cells}


def form(
    *survey: Line,
    choices: Sequence[Line] = YES_NO,
    settings: Line | None = None,
    **sheets: Sequence[Line],
) -> bytes:
    """A form; `__` in the name of a column stands for `::`."""
    rows = {"survey": survey, "choices": choices, "settings": [settings] if settings else []}
    filled = {name: lines for name, lines in {**rows, **sheets}.items() if lines}
    return book(**{name: _grid(lines) for name, lines in filled.items()})


def _grid(lines: Sequence[Line]) -> list[list[object]]:
    columns = list(dict.fromkeys(name for line in lines for name in line))
    headings: list[object] = [name.replace("__", "::") for name in columns]
    return [headings, *([line.get(name) for name in columns] for line in lines)]


def read(data: bytes) -> Imported:
    """Read a form that has no fault."""
    imported = read_xlsform(data)
    assert faults(imported) == []
    assert imported.document is not None
    return imported


def carried(*survey: Line, choices: Sequence[Line] = YES_NO) -> tuple[Json, list[tuple[str, str]]]:
    """The questions that come of a survey by their key, and what is noted of them."""
    imported = read(form(row("begin group", "g"), *survey, row("end group"), choices=choices))
    assert imported.document is not None
    questions = imported.document["touchpoints"][0]["questions"]
    return {question["key"]: question for question in questions}, notes(imported)
