"""What is no workbook is told from one, and a workbook is measured before it is unpacked."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest

from audit_api.errors import Problem
from audit_api.sheets import xlsx_package, xlsx_reading
from tests.sheets.books import book, repacked

COMPOUND = xlsx_package.COMPOUND_FILE


def refusal(data: bytes) -> str:
    with pytest.raises(Problem) as caught:
        xlsx_reading.read(data)
    return caught.value.faults[0].code


def package(*names: str) -> bytes:
    """A zip file of empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "workbook_expected"),
        (b"key,title\r\n", "workbook_expected"),
        (b"PK\x03\x04 and then nothing", "workbook_expected"),
        (COMPOUND + b"\0" * 512, "workbook_old"),
        (COMPOUND + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
        (package("readme.txt"), "workbook_expected"),
        (package("mimetype", "content.xml"), "workbook_expected"),
        (package("[Content_Types].xml", "xl/workbook.bin"), "workbook_old"),
        (b"x" * (xlsx_package.MAX_BYTES + 1), "workbook_too_large"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_a_fault(cut: float) -> None:
    data = book(page=[["a"]])
    assert refusal(data[: int(len(data) * cut)]) == "workbook_expected"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(book(page=[["a"]]), {"xl/media/image1.png": b"\0" * (21 * 1024 * 1024)})
    assert len(bomb) < 100_000
    tracemalloc.start()
    assert refusal(bomb) == "workbook_unpacked"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


NAMES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "officeDocument/",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "drawingml/main",
}


def strict(data: bytes) -> bytes:
    """The workbook as Excel saves a “Strict Open XML Spreadsheet”: other names, dates as texts."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        for name in made.namelist():
            text = made.read(name).decode()
            for usual, called in NAMES.items():
                text = text.replace(usual, f"http://purl.oclc.org/ooxml/{called}")
            parts[name] = text.encode()
    return repacked(data, parts)


def test_a_strict_workbook_is_read_like_any_other() -> None:
    rows = [["标题", 2.5, True, None], ["=", None, None, date(2026, 3, 1)]]
    data = book(page=rows, other=[["x"]])
    assert xlsx_reading.read(strict(data)) == xlsx_reading.read(data)


def test_a_strict_workbook_may_have_its_dates_as_texts() -> None:
    sheet = (
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row r="1">'
        '<c r="A1" t="d"><v>2026-03-01</v></c></row></sheetData></worksheet>'
    )
    data = repacked(strict(book(page=[["a"]])), {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert xlsx_reading.read(data)[0].rows[0].cells == ("2026-03-01",)
