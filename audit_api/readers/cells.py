"""What cells of an imported file may hold: a function for each kind turns a text into a value or
refuses it."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from datetime import date
from functools import cache, partial

from audit_api.errors import Refused
from audit_api.rules import names
from audit_api.sheets.spreadsheets import is_date, is_error_value, is_scientific
from audit_api.words import LOCALES, read_locale

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,17})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_SEMICOLON = re.compile("[;；]")


def text(most: int) -> Callable[[str], str]:
    """Accept a text of at most `most` characters."""
    return partial(names.prose, most=most)


def code(cell: str) -> str:
    """Accept a code; ask back what a spreadsheet made of one."""
    if is_error_value(cell):
        raise Refused("cell_error_value", given=cell)
    if is_scientific(cell):
        raise Refused("cell_number_form", given=cell)
    if is_date(cell):
        raise Refused("cell_date_form", given=cell)
    return names.code(cell)


def choice(accepted: tuple[str, ...]) -> Callable[[str], str]:
    """Accept one of some words."""

    def read(cell: str) -> str:
        if cell not in accepted:
            raise Refused("not_one_of", accepted=accepted)
        return cell

    return read


def language(cell: str) -> str:
    """Accept the tag of a language that the product speaks, or of one near it."""
    locale = read_locale(cell)
    if locale is None:
        raise Refused("not_one_of", accepted=LOCALES)
    return locale


def number(least: int, most: int) -> Callable[[str], float]:
    """Accept a decimal number between two others, its point a comma where people write so."""

    def read(cell: str) -> float:
        written = names.folded(cell).replace(",", ".")
        if not _NUMBER.fullmatch(written) or not least <= float(written) <= most:
            raise Refused("number_range", min=least, max=most)
        return float(written)

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """Accept a whole number between two others."""

    def read(cell: str) -> int:
        written = names.folded(cell)
        if not _WHOLE.fullmatch(written) or not least <= int(written) <= most:
            raise Refused("whole_range", min=least, max=most)
        return int(written)

    return read


def day(cell: str) -> date:
    """Accept a date, the year first, as ISO 8601 or a spreadsheet writes it."""
    found = _DAY.fullmatch(names.folded(cell))
    if found is None:
        raise Refused("not_date")
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise Refused("not_date") from None


def truth(cell: str) -> bool:
    """Accept true or false, in capitals too, as Excel writes them."""
    if cell.lower() not in ("true", "false"):
        raise Refused("not_one_of", accepted=("true", "false"))
    return cell.lower() == "true"


def time_zone(cell: str) -> str:
    """Accept an IANA name."""
    if cell not in time_zones():
        raise Refused("time_zone", sent=cell)
    return cell


@cache
def time_zones() -> frozenset[str]:
    """Return the IANA names that this installation knows."""
    return frozenset(zoneinfo.available_timezones())


def codes(cell: str) -> tuple[str, ...]:
    """Accept codes between semicolons; none twice."""
    return tuple(dict.fromkeys(code(part) for part in _SEMICOLON.split(cell) if part.strip()))
