"""Workbooks that are small, and stand for much."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from tests.sheets.books import book, repacked

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
CONTENT_TYPES = "[Content_Types].xml"
_SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml" />'
)
MILLION = 1_000_000


class Workbook(NamedTuple):
    """A hostile workbook, and the fault that it is refused for, if any one is known."""

    name: str
    data: bytes
    code: str | None


def workbooks() -> Iterator[Workbook]:
    """Yield one workbook of each kind."""
    yield Workbook("a part of thirty sheets", of_one_part(30), "workbook_damaged")
    yield Workbook("a text in a million cells", of_one_text("x" * 30_000, 800_000), "workbook_full")
    yield Workbook("a million cells", of_one_text("x", 800_000), "workbook_full")
    yield Workbook("a cell of a million letters", of_cell("a" * MILLION), "workbook_cell_overlong")
    yield Workbook("a cell of dots", of_cell("." * 32_767), None)
    yield Workbook("a heading of colons", of_heading(":" * 32_000), None)
    yield Workbook("many headings of colons", of_headings(":" * 32_000, 140), None)
    yield Workbook("columns to the edge", sheet(wide(16_384)), "workbook_sheet_large")
    yield Workbook("merged cells", sheet("", merged(50_000)), None)
    yield Workbook("deep XML", sheet("<row>" * 100_000 + "</row>" * 100_000), None)
    yield Workbook("styles", of_styles(100_000), None)
    yield Workbook("rows without cells", sheet("<row/>" * MILLION), "workbook_sheet_large")


def sheet(rows: str, after: str = "") -> bytes:
    """A workbook whose one sheet has these rows."""
    content = (
        f'<worksheet xmlns="{_SPREADSHEET}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )
    return repacked(book(checklist=[["a"]]), {SHEET: content.encode()})


def of_cell(text: str) -> bytes:
    cell = f'<c r="A1" t="str"><v>{text}</v></c><c r="B1" t="str"><v>{text}</v></c>'
    return sheet(f'<row r="1">{cell}</row>')


def of_heading(text: str) -> bytes:
    settings = [["Setting", "Value"], ["languages", "en"], [text, "x"]]
    return book(checklist=settings, questions=[["key", "type", text], ["q", "text", text]])


def of_headings(text: str, count: int) -> bytes:
    headings = [f"{text}{number}" for number in range(count)]
    settings = [["Setting", "Value"], ["languages", "en"]]
    return book(checklist=settings, questions=[["key", "type", *headings], ["q", "text"]])


def of_one_text(text: str, cells: int) -> bytes:
    """Cells that refer to one shared text."""
    row = '<c t="s"><v>0</v></c>' * 100
    rows = "".join(f"<row>{row}</row>" for _ in range(cells // 100))
    shared = f'<sst xmlns="{_SPREADSHEET}"><si><t>{text}</t></si></sst>'
    data = sheet(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read(CONTENT_TYPES)
    if _SHARED not in types:
        types = types.replace(b"</Types>", _SHARED + b"</Types>")
    return repacked(data, {"xl/sharedStrings.xml": shared.encode(), CONTENT_TYPES: types})


def of_one_part(count: int) -> bytes:
    """Sheets that are all one part of the package, itself as large as it may be."""
    numbers = range(1, count + 1)
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in numbers)
    workbook = (
        f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )
    row = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
    return repacked(sheet(row * 1_500), {"xl/workbook.xml": workbook.encode()})


def wide(columns: int) -> str:
    return f"<row>{'<c><v>1</v></c>' * columns}</row>" * 20


def merged(count: int) -> str:
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1))
    return f'<mergeCells count="{count}">{areas}</mergeCells>'


def of_styles(count: int) -> bytes:
    formats = "<xf/>" * count
    styles = (
        f'<styleSheet xmlns="{_SPREADSHEET}"><fonts><font/></fonts><fills><fill/></fills>'
        f"<borders><border/></borders><cellXfs>{formats}</cellXfs></styleSheet>"
    )
    return repacked(book(checklist=[["a"]]), {"xl/styles.xml": styles.encode()})
