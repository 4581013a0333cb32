"""CSV: what is written comes back, and nothing in it is a formula."""

from __future__ import annotations

import csv as standard
import io
import tracemalloc
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.errors import Fault, Problem
from audit_api.sheets import csv

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def written(rows: list[list[object]]) -> bytes:
    return b"".join(csv.write(rows))


def cells(data: bytes) -> list[list[str]]:
    return [line.cells for line in csv.read(data).lines]


def refused(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(Problem) as caught:
        list(csv.read(data).lines)
    return caught.value.faults


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4).filter(any), max_size=5))
def test_what_is_written_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    header = ["a", "b"]
    assert cells(written([header, *map(list, rows)])) == [header, *rows]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_a_text_that_a_spreadsheet_would_calculate_stands_behind_an_apostrophe(text: str) -> None:
    row = next(standard.reader(io.StringIO(written([[text, "x"]]).decode("utf-8-sig"), newline="")))
    assert row == [f"'{text}", "x"]


def test_a_formula_that_only_says_a_text_is_that_text() -> None:
    assert cells(b'a,b\n="00123","=""00124"""\n')[1] == ["00123", "00124"]
    assert cells(written([["a", "b"], ['="1"', "x"]]))[1] == ['="1"', "x"]


def test_a_negative_number_stays_a_number() -> None:
    assert written([[-33.5, -2]]).decode("utf-8-sig") == "-33.5,-2\r\n"


def test_values_are_written_as_people_and_programs_read_them() -> None:
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    row = [None, True, False, date(2026, 3, 1), moment]
    assert cells(written([row])) == [["", "true", "false", "2026-03-01", moment.isoformat()]]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("sep=;\na;b\n1;2\n", ";"),
        ("SEP=|\r\na|b\r\n1|2\r\n", "|"),
        ('"sep=;"\na;b\n1;2\n', ";"),
        ("sep=\t\na\tb\n1\t2\n", "\t"),
        ("sep=,\na,b\n1,2\n", ","),
        ('\n\na;"b"\n1;2\n', ";"),
    ],
)
def test_a_separator_is_told_by_the_header_or_by_a_line_before_it(
    text: str, separator: str
) -> None:
    table = csv.read(text.encode("utf-16"))
    assert (table.charset, table.separator) == ("utf-16le", separator)
    assert [line.cells for line in table.lines] == [["a", "b"], ["1", "2"]]


def test_a_sign_inside_quotes_parts_nothing() -> None:
    assert cells(b'a;"b,c"\n1;"x;y"\n') == [["a", "b,c"], ["1", "x;y"]]


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("a;b,c\n", "csv_separators", [",", ";"]),
        ("a\tb,c\n", "csv_separators", [",", "TAB"]),
        ("a，b\n", "csv_separator", "，"),
        ("a|b\n", "csv_separator", "|"),
    ],
)
def test_a_separator_that_cannot_be_told_is_asked_for_in_one_line(
    text: str, code: str, found: object
) -> None:
    assert [(f.pointer, f.code, f.values["found"]) for f in refused(text.encode())] == [
        ("/lines/1", code, found)
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0"])
def test_a_workbook_is_told_to_be_none_of_lines(data: bytes) -> None:
    assert [(fault.pointer, fault.code) for fault in refused(data)] == [("", "csv_workbook")]


def test_lines_are_numbered_behind_the_line_that_names_the_separator() -> None:
    assert [line.number for line in csv.read(b"sep=;\na;b\n\n1;2\n").lines] == [2, 4]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'a,b\n"x,1\n', "csv_quote_open"),
        (b'a,b\n"x"y,1\n', "csv_quote_inside"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "csv_cell_long"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_in_our_words(data: bytes, code: str) -> None:
    assert [(fault.pointer, fault.code) for fault in refused(data)] == [("/lines/2", code)]


def test_lines_are_numbered_where_they_begin_as_an_editor_shows_them() -> None:
    data = b'a,b\n"two\nlines",1\n\n,\nlast,2\n'
    assert [line.number for line in csv.read(data).lines] == [1, 2, 6]


def test_a_quote_that_never_closes_is_told_by_the_line_where_it_opens() -> None:
    assert [fault.pointer for fault in refused(b'a,b\nx,y\n"open,1\nmore,2\n')] == ["/lines/3"]


def test_a_byte_order_mark_is_there_where_it_is_asked_for() -> None:
    assert b"".join(csv.write([["a"]])) == b"a\r\n"
    assert b"".join(csv.write([["a"]], marked=True)) == b"\xef\xbb\xbfa\r\n"


def test_a_long_file_is_written_in_memory_that_does_not_grow() -> None:
    tracemalloc.start()
    size = sum(len(part) for part in csv.write([f"row {n}", "x" * 200] for n in range(20_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 4_000_000
    assert peak < 1_000_000
