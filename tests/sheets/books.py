"""Workbooks as people make and change them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook

Cells = Sequence[Sequence[object]]
FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}


def book(**sheets: Cells) -> bytes:
    """A workbook with these sheets; `_` in a name stands for a space."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    return saved(made)


def changed(data: bytes, cells: Mapping[str, object]) -> bytes:
    """The workbook with other values in cells, named as `questions!C5`."""
    made = load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        sheet, cell = place.split("!")
        made[sheet][cell] = value
    return saved(made)


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def grid(data: bytes, sheet: str) -> list[list[Any]]:
    """The values of a sheet."""
    made = load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in made[sheet].iter_rows()]


def place_of(data: bytes, sheet: str, heading: str, key: str) -> str:
    """The cell below a heading in the row that has a key, as `questions!C5`."""
    rows = grid(data, sheet)
    column = rows[0].index(heading)
    keys = rows[0].index("key" if "key" in rows[0] else "键")
    row = next(at for at, row in enumerate(rows) if row[keys] == key)
    letters = load_workbook(io.BytesIO(data))[sheet].cell(row + 1, column + 1).coordinate
    return f"{sheet}!{letters}"


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The workbook with other bytes in some of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def merged(data: bytes, *areas: str) -> bytes:
    """The workbook with merged cells, named as `questions!C5:C7`."""
    made = load_workbook(io.BytesIO(data))
    for area in areas:
        sheet, cells = area.split("!")
        made[sheet].merge_cells(cells)
    return saved(made)
