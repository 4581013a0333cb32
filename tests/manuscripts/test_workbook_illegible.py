"""What a cell does not hold though it seems to is never taken for an empty cell."""

from __future__ import annotations

import pytest

from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.sheets.xlsx_reading import letters
from tests.manuscripts.filled import ARRIVAL, HEADINGS, SETTINGS, TEMPLATE, asked, cell, setting
from tests.manuscripts.remarks import faults, notes
from tests.sheets.books import book, changed, grid, merged

COLUMNS = {
    sheet: len(grid(TEMPLATE, sheet)[0])
    for sheet in ("questions", "options", "bands", "dimensions", "site attributes")
} | {"checklist": 2}


@pytest.mark.parametrize("sheet", COLUMNS)
def test_merged_cells_are_a_fault_in_every_column_of_every_sheet(sheet: str) -> None:
    columns = [letters(at) for at in range(COLUMNS[sheet])]
    areas = [f"{column}2:{column}4" for column in columns]
    imported = read_workbook(merged(TEMPLATE, *(f"{sheet}!{area}" for area in areas)))
    told = {
        str(fault.place): fault.values["area"]
        for fault in imported.faults
        if fault.code == "cells_merged"
    }
    places = (f"{sheet}!{column}2" for column in columns)
    assert told == dict(zip(places, areas, strict=True))
    assert imported.document is None


@pytest.mark.parametrize("area", ["A1:B1", "C5:D5", "E1:E3"])
def test_headings_and_cells_beside_each_other_are_not_merged_either(area: str) -> None:
    imported = read_workbook(merged(TEMPLATE, f"questions!{area}"))
    assert (f"questions!{area[:2]}", "cells_merged") in faults(imported)


def test_merged_cells_that_nobody_reads_do_no_harm() -> None:
    data = asked(
        ["photo", "p", "P", "by Li"],
        ["photo", "q", "Q"],
        headings=[*HEADINGS, "author"],
        how_to=[["title", "of this"], ["sheet"]],
    )
    spread = ("how to!A1:B2", "questions!D3:D4", "questions!A9:C12", "checklist!D1:D3")
    assert faults(read_workbook(merged(data, *spread))) == []


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#SPILL!", " #n/a "])
def test_an_error_of_excel_is_no_value_in_any_cell(error: str) -> None:
    places = (
        cell("title (zh)", "arrival"),
        cell("hint (en)", "entrance_clean"),
        cell("points", "entrance_clean"),
        cell("points", "partly", "options"),
        cell("values", "store_format", "site attributes"),
        setting("title (en)"),
        setting("pass mark"),
    )
    imported = read_workbook(changed(TEMPLATE, dict.fromkeys(places, error)))
    assert set(faults(imported)) >= {(place, "cell_broken") for place in places}


def test_an_error_in_the_place_of_a_heading_is_a_fault() -> None:
    assert ("questions!F1", "cell_broken") in faults(
        read_workbook(changed(TEMPLATE, {"questions!F1": "#REF!"}))
    )


@pytest.mark.parametrize("formula", ["=1+1", '=IF(A1="","",2)', "=SUM(A1:A3)"])
def test_a_formula_that_was_never_calculated_is_no_empty_cell(formula: str) -> None:
    places = (cell("points", "entrance_clean"), cell("points", "fully", "options"))
    imported = read_workbook(changed(TEMPLATE, dict.fromkeys(places, formula)))
    assert set(faults(imported)) >= {(place, "cell_uncomputed") for place in places}


@pytest.mark.parametrize(
    ("heading", "near"),
    [
        *(("pionts", "points"), ("Point", "points"), ("wieght", "weight")),
        *(("Point value", "points"), ("满分分数", "分数"), ("权重（%）", "权重")),
    ],
)
def test_a_slip_in_a_heading_is_a_fault_and_loses_no_column(heading: str, near: str) -> None:
    data = asked(["yes/no", "q", "Q", 5], headings=[*HEADINGS, heading])
    imported = read_workbook(data)
    assert faults(imported) == [("questions!D1", "heading_misspelt")]
    assert imported.faults[0].values == {"given": heading, "near": near}


def test_a_column_of_the_author_s_own_is_only_noted() -> None:
    headings: list[object] = [*HEADINGS, "author", "my notes", "负责人", "points", "max points"]
    imported = read_workbook(asked(["yes/no", "q", "Q", "x", "x", "x", 5, 5], headings=headings))
    assert imported.document is not None
    assert [code for _, code in notes(imported)].count("heading_unknown") == 4


def test_settings_without_the_row_of_headings_are_all_read() -> None:
    data = book(checklist=SETTINGS[1:], questions=[HEADINGS, ARRIVAL, ["photo", "p", "P"]])
    assert faults(read_workbook(data)) == []


def test_a_value_that_no_setting_stands_beside_is_a_fault() -> None:
    data = book(
        checklist=[*SETTINGS, [None, 80], [" "]], questions=[HEADINGS, ARRIVAL, ["photo", "p", "P"]]
    )
    assert faults(read_workbook(data)) == [("checklist!B6", "setting_missing")]
