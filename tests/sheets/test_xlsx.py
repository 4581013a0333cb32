"""XLSX: texts come back as they were, cells as people see them, and hostile files do no harm."""

from __future__ import annotations

import io
import tracemalloc
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from audit_api.errors import Problem
from audit_api.sheets import xlsx_reading, xlsx_writing
from audit_api.sheets.xlsx_writing import Column, Line, Page
from tests.chance import times
from tests.sheets.books import FORMATS, book, repacked, saved
from tests.sheets.words import NASTY

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20
) | st.sampled_from(NASTY)


def written(rows: list[list[str]], columns: int = 2) -> bytes:
    headings = [Column(f"column {at}") for at in range(columns)]
    return xlsx_writing.write([Page("page", headings, [Line(row) for row in rows])])


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in xlsx_reading.read(data)[0].rows]


def refusal(data: bytes) -> str:
    with pytest.raises(Problem) as caught:
        xlsx_reading.read(data)
    return caught.value.faults[0].code


def with_cells(*places: str) -> bytes:
    """A workbook with a 1 in each of these cells, and a lie about its size."""
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, place))}"><c r="{place}"><v>1</v></c></row>'
        for place in places
    )
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<worksheet xmlns="{namespace}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    return repacked(book(page=[["a"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
@settings(max_examples=times(50))
def test_every_text_is_read_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    kept = [(one, two) if two else (one,) for one, two in rows if one or two]
    assert cells(written([list(row) for row in rows]))[1:] == kept


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}"])
def test_no_text_is_written_as_a_formula(text: str) -> None:
    sheet = load_workbook(io.BytesIO(written([[text, "x"]])))["page"]
    assert sheet["A2"].data_type == "s"


def test_equal_content_gives_equal_bytes() -> None:
    assert written([["a", "b"]]) == written([["a", "b"]])


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    assert written([["x" * 32_767, ""]])
    with pytest.raises(Problem) as caught:
        written([["x" * 32_766 + "😀", ""]])
    assert caught.value.faults[0].code == "workbook_cell_long"
    assert caught.value.faults[0].values["row"] == 2


@pytest.mark.parametrize("error", ["#REF!", " #n/a"])
def test_a_text_that_would_be_read_as_an_error_is_refused(error: str) -> None:
    with pytest.raises(Problem) as caught:
        written([["fine", error]])
    assert caught.value.faults[0].code == "workbook_cell_error"


def test_headings_stay_in_view_and_offer_their_words() -> None:
    columns = [Column("type", note="What it is", choices=("a", "b")), Column("n", number=True)]
    data = xlsx_writing.write([Page("page", columns, [Line(["a", 2.5], banner=True)], frozen=1)])
    sheet = load_workbook(io.BytesIO(data))["page"]
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].comment is not None
    assert sheet["A1"].comment.text == "What it is"
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"a,b"']
    assert sheet["A2"].font.bold
    assert (sheet["B2"].value, sheet["B2"].number_format) == (2.5, "General")
    assert sheet.column_dimensions["A"].width > 10


def test_what_is_typed_below_a_heading_stays_the_text_that_was_typed() -> None:
    data = xlsx_writing.write([Page("page", [Column("share"), Column("n", number=True)], [])])
    columns = load_workbook(io.BytesIO(data))["page"].column_dimensions
    assert [columns[name].number_format for name in "AB"] == ["@", "General"]


def test_values_are_read_as_people_see_them() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet("page")
    formats = {kind: made.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
    sheet.write_row(0, 0, [2.0, 2.675, -0.5, 0.1 + 0.2, True, " x "])
    sheet.write_datetime(0, 6, datetime(2026, 3, 1), formats[date])
    sheet.write_datetime(0, 7, datetime(2026, 3, 1, 14, 30), formats[datetime])
    sheet.write_datetime(0, 8, time(14, 30), formats[time])
    sheet.write_number(0, 9, 0.8, made.add_format({"num_format": "0%"}))
    sheet.write_formula(0, 10, "=1+1", None, 2)
    made.close()
    assert cells(out.getvalue()) == [
        (
            *("2", "2.675", "-0.5", "0.3", "TRUE", " x "),
            *("2026-03-01", "2026-03-01T14:30:00", "14:30", "80%", "2"),
        )
    ]


def test_an_error_in_the_place_of_a_value_is_told_also_where_it_was_pasted_as_a_text() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet("page")
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    sheet.write_string(1, 3, " #n/a ")
    sheet.write_string(1, 4, "#1 of the list")
    made.close()
    assert xlsx_reading.read(out.getvalue())[0].broken == {(2, 2): "#DIV/0!", (2, 3): " #n/a "}


def test_a_formula_that_was_never_calculated_is_told_from_one_that_gives_nothing() -> None:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<worksheet xmlns="{namespace}"><sheetData><row r="1">'
        '<c r="A1"><f>1+1</f></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f>1</f><v>1</v></c><c r="D1"><f>1+1</f><v/></c>'
        "</row></sheetData></worksheet>"
    )
    data = repacked(book(page=[["a"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})
    (page,) = xlsx_reading.read(data)
    assert page.rows[0].cells == ("", "", "1", "")
    assert page.uncomputed == {(1, 0), (1, 3)}


def test_a_formula_of_a_program_that_cannot_calculate_has_no_value() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet("page")
    sheet.write_formula(0, 0, "=2+3")
    sheet.write_formula(0, 1, "=2+3", None, 5)
    sheet.write_number(0, 2, 0)
    made.close()
    (page,) = xlsx_reading.read(out.getvalue())
    assert (page.rows[0].cells, page.uncomputed) == (("", "5", "0"), {(1, 0)})


def test_merged_cells_are_told_where_a_row_of_them_holds_anything() -> None:
    made = load_workbook(io.BytesIO(book(page=[["a"], [], [], ["b", "c"]])))
    for area in ("A1:B1", "C2:C3", "B4:B6", "A7:A9"):
        made["page"].merge_cells(area)
    (page,) = xlsx_reading.read(saved(made))
    assert [(str(area), page.holds(area)) for area in page.merged] == [
        ("A1:B1", True),
        ("C2:C3", False),
        ("B4:B6", True),
        ("A7:A9", False),
    ]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    data = book(page=[[], ["a"], [], [None, "b"]])
    assert [(row.number, row.cells) for row in xlsx_reading.read(data)[0].rows] == [
        (2, ("a",)),
        (4, ("", "b")),
    ]


def test_hidden_sheets_rows_and_columns_are_read() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    made.add_worksheet("seen").write_string(0, 0, "a")
    hidden = made.add_worksheet("hidden")
    hidden.write_string(0, 0, "b")
    hidden.set_column(0, 0, None, None, {"hidden": True})
    hidden.set_row(0, None, None, {"hidden": True})
    hidden.hide()
    made.close()
    assert [sheet.rows[0].cells for sheet in xlsx_reading.read(out.getvalue())] == [("a",), ("b",)]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_damaged_workbook_is_a_fault_and_no_crash(part: str) -> None:
    whole = book(page=[["a"]])
    for content in (b"", b"<worksheet", b"\xff\xfe\x00"):
        assert refusal(repacked(whole, {part: content})) == "workbook_damaged"


def test_a_part_that_states_a_small_size_is_not_unpacked_beyond_it() -> None:
    large = b"<worksheet>" + b" " * 25_000_000 + b"</worksheet>"
    bomb = bytearray(repacked(book(page=[["a"]]), {"xl/worksheets/sheet1.xml": large}))
    size, lie = len(large).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    tracemalloc.start()
    assert refusal(bytes(bomb.replace(size, lie))) == "workbook_damaged"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_entities_that_grow_are_refused() -> None:
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 9))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{levels}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>&l8;</v></c></row></sheetData></worksheet>'
    )
    bomb = repacked(book(page=[["a"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert refusal(bomb) == "workbook_damaged"


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "ZZZ99999999"])
def test_two_cells_far_apart_take_no_memory_and_none_is_left_out(cell: str) -> None:
    tracemalloc.start()
    assert refusal(with_cells("A1", cell)) == "workbook_sheet_large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize("cell", ["A50001", "B50100", "EU2"])
def test_a_sheet_beyond_the_limits_is_refused_and_not_cut(cell: str) -> None:
    assert refusal(with_cells("A1", cell)) == "workbook_sheet_large"


@pytest.mark.parametrize("cell", ["A50000", "ET1"])
def test_a_sheet_may_be_as_large_as_the_limits(cell: str) -> None:
    assert xlsx_reading.read(with_cells(cell))[0].rows[0].cells[-1] == "1"


def test_too_many_sheets_are_refused() -> None:
    assert refusal(book(**{f"s{number}": [["a"]] for number in range(31)})) == "workbook_sheets"


def test_columns_have_the_names_that_excel_shows() -> None:
    assert [xlsx_reading.letters(at) for at in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]
