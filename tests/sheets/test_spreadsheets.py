"""What a spreadsheet made of a cell is known by its form; what people write is left alone."""

from __future__ import annotations

import pytest

from audit_api.sheets.spreadsheets import is_date, is_error_value, is_scientific


@pytest.mark.parametrize(
    "text",
    [
        *("#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NULL!", "#NUM!", "#SPILL!", "#n/a"),
        *("#BEZUG!", "#NV", "#VALEUR!", "#¡REF!", "#ССЫЛКА!", "#ERROR!", "###", "########"),
    ],
)
def test_an_error_is_no_value(text: str) -> None:
    assert is_error_value(text)


@pytest.mark.parametrize("text", ["#1", "#", "##", "# REF", "#REF", "Shop #3", "N/A", "#12!", ""])
def test_a_text_with_a_number_sign_may_be_a_value(text: str) -> None:
    assert not is_error_value(text)


@pytest.mark.parametrize("text", ["1.23E+11", "1,23E+11", "1E+05", "8.6021E-05", "1.23e+11"])
def test_a_number_in_powers_of_ten_is_a_spreadsheets(text: str) -> None:
    assert is_scientific(text)


@pytest.mark.parametrize("text", ["1E5", "12E45", "E+05", "SH1E+05", "00123", "8602112345678"])
def test_a_code_of_digits_and_an_e_is_a_code(text: str) -> None:
    assert not is_scientific(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2026/3/1", "2026-03-01", "2026-03-01 0:00:00", "3/1/2026", "01.03.2026", "3/1/26"),
        *("1-Mar", "01-Mar", "Mar-01", "Mar-26", "1-Mar-26", "1-Mar-2026", "3月1日", "2026年3月"),
        "2026年3月1日",
    ],
)
def test_a_date_is_known_by_its_form(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        *("SH-001", "1-1", "3-12", "2026-001", "2026/13/1", "1-Mart", "March-01x", "43831"),
        *("12-345", "MAR", "1.2.3", "10-20-30", "20260301"),
    ],
)
def test_a_code_that_only_resembles_a_date_is_a_code(text: str) -> None:
    assert not is_date(text)
