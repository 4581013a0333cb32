"""CSV: what is written comes back, and nothing in it is a formula."""

from __future__ import annotations

import csv as standard
import io
import tracemalloc
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.errors import Problem
from audit_api.sheets import csv

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def written(rows: list[list[object]]) -> bytes:
    return b"".join(csv.write(rows))


def cells(data: bytes) -> list[list[str]]:
    return [line.cells for line in csv.read(data)]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4).filter(any), max_size=5))
def test_what_is_written_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    assert cells(written([list(row) for row in rows])) == rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_a_text_that_a_spreadsheet_would_calculate_stands_behind_an_apostrophe(text: str) -> None:
    row = next(standard.reader(io.StringIO(written([[text, "x"]]).decode("utf-8-sig"), newline="")))
    assert row == [f"'{text}", "x"]


def test_a_negative_number_stays_a_number() -> None:
    assert written([[-33.5, -2]]).decode("utf-8-sig") == "-33.5,-2\r\n"


def test_values_are_written_as_people_and_programs_read_them() -> None:
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    row = [None, True, False, date(2026, 3, 1), moment]
    assert cells(written([row])) == [["", "true", "false", "2026-03-01", moment.isoformat()]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_the_encodings_that_excel_saves(encoding: str) -> None:
    assert cells("code,name\r\ns1,南京东路店 €\r\n".encode(encoding))[1] == ["s1", "南京东路店 €"]


def test_another_encoding_is_a_fault_and_not_rubbish() -> None:
    with pytest.raises(Problem) as caught:
        list(csv.read("code,name\ns1,店".encode("utf-16")))
    assert [fault.code for fault in caught.value.faults] == ["csv_encoding"]


def test_lines_are_numbered_where_they_begin_as_an_editor_shows_them() -> None:
    data = b'a,b\n"two\nlines",1\n\n,\nlast,2\n'
    assert [line.number for line in csv.read(data)] == [1, 2, 6]


def test_a_quote_that_never_closes_is_told_by_the_line_where_it_opens() -> None:
    with pytest.raises(Problem) as caught:
        list(csv.read(b'a,b\nx,y\n"open,1\nmore,2\n'))
    assert [fault.pointer for fault in caught.value.faults] == ["/lines/3"]


def test_a_cell_that_excel_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="32768 characters"):
        written([["x" * 32_768]])


def test_a_long_file_is_written_in_memory_that_does_not_grow() -> None:
    tracemalloc.start()
    size = sum(len(part) for part in csv.write([f"row {n}", "x" * 200] for n in range(20_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 4_000_000
    assert peak < 1_000_000
