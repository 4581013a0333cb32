"""What spreadsheet programs hold, and what they leave in cells: values of errors, and codes that
they took for numbers or dates."""

from __future__ import annotations

import re

from audit_api.errors import Fault, invalid, pointer_to

MAX_CELL_LENGTH = 32_767
"""What a cell of Excel holds, in UTF-16 units."""
MAX_ROWS = 1_048_576
"""What a sheet of Excel has, the headings among them."""

_ERROR = re.compile(
    r"#(##+|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CONNECT!|BLOCKED!|UNKNOWN!"
    r"|FIELD!|CALC!|BUSY!|EXTERNAL!|PYTHON!|ERROR!|LOADING\.\.\."
    r"|WERT!|BEZUG!|ZAHL!|NV|VALEUR!|NOM\?|NOMBRE!|VALOR!|NOME\?|RIF!|VALORE!|N/D|ND|ARG!|ADR!"
    r"|¡VALOR!|¡REF!|¿NOMBRE\?|¡NUM!|¡DIV/0!|¡NULO!|NAZWA\?|LICZBA!|DZIEL/0!|WAARDE!|VERW!|NAAM\?"
    r"|GETAL!|DEEL/0!|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!|Н/Д|ПУСТО!|ДЕЛ/0!)",
    re.IGNORECASE,
)
"""The errors of Excel and of other programs, in the languages that have words of their own, and
what a saved file has of a number whose column was too narrow."""
_SCIENTIFIC = re.compile(r"[+-]?[0-9]([.,][0-9]+)?E[+-][0-9]{2,3}", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
_DAY_NUMBER, _MONTH_NUMBER, _YEAR = (
    "(?:0?[1-9]|[12][0-9]|3[01])",
    "(?:0?[1-9]|1[0-2])",
    "(?:19|20)[0-9]{2}",
)
_DATE = re.compile(
    rf"{_DAY_NUMBER}[- ]{_MONTH}([- ]({_YEAR}|[0-9]{{2}}))?"
    rf"|{_MONTH}[- ]({_YEAR}|[0-9]{{2}})"
    rf"|{_YEAR}(?P<after_year>[-/.]){_MONTH_NUMBER}(?P=after_year){_DAY_NUMBER}( 0?0:00(:00)?)?"
    rf"|{_DAY_NUMBER}(?P<after_day>[-/.]){_DAY_NUMBER}(?P=after_day){_YEAR}( 0?0:00(:00)?)?"
    rf"|{_MONTH_NUMBER}/{_DAY_NUMBER}/[0-9]{{2}}"
    rf"|({_YEAR}年)?{_MONTH_NUMBER}月({_DAY_NUMBER}日)?",
    re.IGNORECASE,
)
"""A day or a month as spreadsheets write it where nobody chose another form."""


def length(text: str) -> int:
    """Return how long a text is as Excel counts, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def require_fitting(text: str, row: int, column: object) -> None:
    """Raise INVALID, at its row and column, for a text that Excel would cut."""
    if len(text) > MAX_CELL_LENGTH // 2 and length(text) > MAX_CELL_LENGTH:
        place = pointer_to("rows", row, column)
        raise invalid(Fault(place, "cell_overlong", {"most": MAX_CELL_LENGTH}))


def is_error_value(text: str) -> bool:
    """Say whether a cell holds an error and nothing else, as it does where values were pasted, or
    the signs for a column that was too narrow."""
    told = text.strip()
    return told.startswith("#") and _ERROR.fullmatch(told) is not None


def is_scientific(text: str) -> bool:
    """Say whether a text is a number as spreadsheets write a long one: 1.23E+11."""
    return _SCIENTIFIC.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether a text is a date as spreadsheets write it: 2026/3/1, 1-Mar, 3月1日."""
    return _DATE.fullmatch(text) is not None
