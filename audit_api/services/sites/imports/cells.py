"""What cells may hold: each function turns a cell's text into a value or refuses it."""

from __future__ import annotations

import re
from collections.abc import Callable

from audit_api.services.people import users
from audit_api.services.sites import sites
from audit_api.sheets.lines import Refused
from audit_api.words import LOCALES, read_locale

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,17})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def text(most: int) -> Callable[[str], str]:
    """Accept at most `most` characters, none of them a control character."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise Refused("too_long", max=most)
        if _UNWRITABLE.search(cell):
            raise Refused("control_character")
        return cell

    return read


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
    """Accept a decimal number between two others."""

    def read(cell: str) -> float:
        if not _NUMBER.fullmatch(cell) or not least <= float(cell) <= most:
            raise Refused("number_range", min=least, max=most)
        return float(cell)

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """Accept a whole number between two others."""

    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(cell) or not least <= int(cell) <= most:
            raise Refused("whole_range", min=least, max=most)
        return int(cell)

    return read


def truth(cell: str) -> bool:
    """Accept true or false, in capitals too, as Excel writes them."""
    if cell.lower() not in ("true", "false"):
        raise Refused("not_one_of", accepted=("true", "false"))
    return cell.lower() == "true"


def time_zone(cell: str) -> str:
    """Accept an IANA name."""
    if cell not in sites.time_zones():
        raise Refused("time_zone", sent=cell)
    return cell


def email(cell: str) -> str:
    """Accept an address; it is kept in lower case."""
    if not users.is_email(cell):
        raise Refused("not_email")
    return users.normal_email(cell)


def codes(cell: str) -> tuple[str, ...]:
    """Accept codes between semicolons; none twice."""
    return tuple(dict.fromkeys(part for code in cell.split(";") if (part := code.strip())))
