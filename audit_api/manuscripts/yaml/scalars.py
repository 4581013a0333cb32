"""What an unquoted scalar stands for: the core schema of YAML 1.2 (chapter 10.3), within JSON.

`no` and `2026-03-01` are texts, as everything is that is neither null, true, false nor a number.
"""

from __future__ import annotations

import re

INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NO_NUMBER = re.compile(r"[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN")
WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
BASES = {"0o": 8, "0x": 16}
WHOLE = 2**53
"""Up to here, every whole number has a float of its own."""

Scalar = str | int | float | bool | None


def resolve(written: str) -> Scalar:
    """The value of an unquoted scalar.

    Raises ValueError for a number that JSON cannot hold: more than 64 bits, infinity, no number.
    """
    if written in WORDS:
        return WORDS[written]
    # Few texts begin like a number, and only those need the patterns.
    if written[0] not in "+-.0123456789":
        return written
    if INTEGER.fullmatch(written):
        return _integer(written)
    if FLOAT.fullmatch(written):
        return _float(written)
    if NO_NUMBER.fullmatch(written):
        raise ValueError(written)
    return written


def _integer(written: str) -> int:
    # Python's int raises a ValueError of its own where there are thousands of digits.
    base = BASES.get(written[:2])
    value = int(written[2:], base) if base else int(written)
    if not -(2**63) <= value < 2**63:
        raise ValueError(written)
    return value


def _float(written: str) -> float | int:
    value = float(written)
    if abs(value) == float("inf"):
        raise ValueError(written)
    # 4.0 and 4 are one number, as in the API's bodies: one spelling gives one digest.
    return int(value) if value.is_integer() and abs(value) < WHOLE else value
