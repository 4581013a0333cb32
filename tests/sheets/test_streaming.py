"""Typed rows in every format: independent readers read what was written, however nasty."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit_api.errors import Kind as ProblemKind
from audit_api.errors import Problem
from audit_api.sheets import csv, json_lines, parquet, xlsx_streaming, xlsx_writing
from audit_api.sheets.tables import Cell, Column, Kind, Row, Table, names
from tests.chance import times
from tests.sheets import readers

COLUMNS = [
    Column("text", Kind.TEXT, "文字"),
    Column("decimal", Kind.DECIMAL, "小数", places=6),
    Column("integer", Kind.INTEGER, "整数"),
    Column("date", Kind.DATE, "日期"),
    Column("moment", Kind.MOMENT, "时刻"),
    Column("boolean", Kind.BOOLEAN, "是否"),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | st.integers(-(10**18), 10**18).map(lambda n: Decimal(n).scaleb(-6)),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.dates(),
        st.none() | st.datetimes(min_value=datetime(1950, 1, 1), timezones=st.just(UTC)),
        st.none() | st.booleans(),
    ),
    min_size=1,
    max_size=5,
)
NASTY = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "'", "=HYPERLINK(\"http://x\")",
    "<r><t>no markup</t></r>", "<r>&</r>", "</is></c>", "_x0041_", "_x005F_x0041_", "a\x01b\x1f",
    "line\nbreak", "car\r\nriage", " blanks ", "00123", "6901234567892", "1E5", "TRUE", "#N/A",
    '"quoted", and "so"', "𠮷野家 䶮 👍", "\ufeffmarked", "\ufffe\uffff", "2026-03-01",
    "x" * 32_767,
]  # fmt: skip


def row_of(text: str) -> tuple[Cell, ...]:
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    return text, Decimal("-33.500001"), 7, moment.date(), moment, True


def sheets(rows: Sequence[Row], title: str = "rows") -> bytes:
    out = readers.Appended()
    xlsx_streaming.write([Table(title, COLUMNS, rows)], out)  # type: ignore[arg-type]
    return bytes(out.data)


with_nasty = example([row_of(text) for text in NASTY])


@pytest.mark.slow
@with_nasty
@given(ROWS)
@settings(max_examples=times(25))
def test_a_workbook_holds_what_was_written(rows: Sequence[Row]) -> None:
    (headings, *read) = readers.xlsx(sheets(rows))["rows"]
    assert headings == [column.title for column in COLUMNS]
    assert len(read) <= len(rows)
    read += [[None] * 6] * (len(rows) - len(read))  # empty rows at the end leave no trace
    for cells, row in zip(read, rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            same(cell, value)


def same(cell: Any, value: Cell) -> None:
    """Hold a cell of a workbook against what was written; Excel counts in doubles and days."""
    if isinstance(value, datetime):
        assert abs(cell - value.replace(tzinfo=None)) <= timedelta(milliseconds=1)
    elif isinstance(value, date):
        assert (cell.date() if isinstance(cell, datetime) else date.fromisoformat(cell)) == value
    elif isinstance(value, bool) or value is None:
        assert cell is value
    elif isinstance(value, str):
        assert (cell or "") == value
    else:
        assert Decimal(cell) == value


@pytest.mark.slow
@with_nasty
@given(ROWS)
@settings(max_examples=times(25))
def test_a_csv_file_holds_what_was_written(rows: Sequence[Row]) -> None:
    data = b"".join(csv.write([names(COLUMNS), *rows]))
    heading, *read = readers.csv_rows(data)
    assert heading == names(COLUMNS)
    for cells, row in zip(read, rows, strict=True):
        assert cells[0].removeprefix("'" * (cells[0] != (row[0] or ""))) == (row[0] or "")
        assert cells[0][:1] not in ("=", "+", "-", "@", "\t", "\r")
        written = (Decimal, int, date.fromisoformat, datetime.fromisoformat, "true".__eq__)
        told = [read(cell) if cell else None for read, cell in zip(written, cells[1:], strict=True)]
        assert told == list(row[1:])


@pytest.mark.slow
@with_nasty
@given(ROWS)
@settings(max_examples=times(25))
def test_json_lines_hold_what_was_written(rows: Sequence[Row]) -> None:
    read = readers.json_rows(b"".join(json_lines.write(COLUMNS, rows)))
    for line, row in zip(read, rows, strict=True):
        assert list(line) == names(COLUMNS)
        text, number, whole, day, moment, truth = line.values()
        assert (text, None if number is None else Decimal(number), whole, truth) == (
            *row[:3],
            row[5],
        )
        assert (day and date.fromisoformat(day)) == row[3]
        assert (moment and datetime.fromisoformat(moment)) == row[4]


@pytest.mark.slow
@with_nasty
@given(ROWS)
@settings(max_examples=times(25))
def test_parquet_holds_what_was_written(rows: Sequence[Row]) -> None:
    with TemporaryDirectory() as folder:
        parquet.write(Table("rows", COLUMNS, rows), readers.inside(Path(folder)))
        columns, read = readers.parquet(Path(folder))
    assert columns == names(COLUMNS)
    assert read == [list(row) for row in rows]


@pytest.mark.slow
def test_parquet_is_parted_by_month_as_hive_names_them(tmp_path: Path) -> None:
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)]
    rows = [[None, None, n, day, None, None] for n, day in enumerate(days)]
    parquet.write(Table("rows", COLUMNS, rows), readers.inside(tmp_path), "date")
    parts = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.parquet"))
    assert parts == ["month=2026-01/part-0.parquet", "month=2026-02/part-0.parquet"]
    columns, read = readers.parquet(tmp_path)
    assert columns == [*names(COLUMNS), "month"]
    assert [(row[2], row[3], row[6]) for row in read] == [
        (0, days[0], "2026-01"),
        (1, days[1], "2026-02"),
        (2, days[2], "2026-02"),
    ]


def test_parquet_without_rows_still_tells_its_columns(tmp_path: Path) -> None:
    parquet.write(Table("rows", COLUMNS, []), readers.inside(tmp_path), "date")
    assert readers.parquet(tmp_path) == (names(COLUMNS), [])


def test_without_the_extra_parquet_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "pyarrow", None)
    with pytest.raises(Problem) as caught:
        parquet.write(Table("rows", COLUMNS, []), readers.inside(Path("nowhere")))
    (fault,) = caught.value.faults
    assert (fault.pointer, fault.code) == ("/format", "extra_missing")
    assert fault.values == {"extra": "pyarrow", "command": "pip install '.[parquet]'"}


def test_a_workbook_keeps_its_headings_in_view_filters_them_and_knows_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheets([row_of("x"), row_of("y")], "观察项")))
    sheet = book["观察项"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "General",
        "0",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm:ss",
        "General",
    ]


def test_more_rows_than_a_sheet_has_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_streaming, "MAX_ROWS", 3)
    read = readers.xlsx(sheets([row_of(str(n)) for n in range(5)], "x" * 31))
    assert {title: [row[0] for row in rows] for title, rows in read.items()} == {
        "x" * 31: ["文字", "0", "1"],
        "x" * 29 + " 2": ["文字", "2", "3"],
        "x" * 29 + " 3": ["文字", "4"],
    }
    whole = readers.xlsx(sheets([row_of(str(n)) for n in range(2)]))
    assert list(whole) == ["rows"]


@pytest.mark.parametrize("text", ["x" * 32_768, "👍" * 16_384, "=" + "x" * 32_767])
def test_what_excel_would_cut_is_refused_at_its_row_and_column(text: str) -> None:
    for write in (sheets, lambda rows: list(csv.write([names(COLUMNS), *rows]))):
        with pytest.raises(Problem) as caught:
            write([row_of("short"), row_of(text)])
        assert caught.value.kind is ProblemKind.INVALID
        (fault,) = caught.value.faults
        assert (fault.pointer, fault.code) == ("/rows/2/text", "cell_overlong")


def test_equal_rows_make_equal_workbooks() -> None:
    assert sheets([row_of("x")]) == sheets([row_of("x")])


def test_a_text_that_looks_like_markup_stays_one_in_a_checklists_workbook_too() -> None:
    text = "<r><t>&no markup</t></r>"
    page = xlsx_writing.Page("page", [xlsx_writing.Column("a")], [xlsx_writing.Line([text])])
    data = xlsx_writing.write([page])
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert readers.xlsx(data)["page"][1] == [text]
