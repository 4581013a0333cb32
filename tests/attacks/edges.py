"""The values at the edges of what a schema accepts, and just beyond them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LONG = 20_000
"""Characters of a text that nothing but a document may have."""

WHOLE_NUMBERS = [
    *(0, 1, -1, 2**15, 2**31 - 1, 2**31, -(2**31) - 1, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)),
    2**63,
]
NUMBERS = [*WHOLE_NUMBERS, -0.0, 0.5, 1e-320, 5e-324, 1e-9, 1e15, 1e300, 1.7976931348623157e308]
TEXTS = [
    *("", " ", "\u3000\u2003", "\t\r\n", "a", "a\0b", "\0", "\ud800", "a\udfff", "\ud83d"),
    *("\ufffd", "\uffff", "\U0010ffff", "\ufeff", "\u202etxt", "\u0301", "e\u0301", "A\u0410"),
    *("😀", "👩\u200d👩\u200d👧", "ﷺ", "＝cmd", "=1+1", "'; --"),
    *("%00", "\\", '"', "{}", "NULL", "İ"),
    "x" * LONG,
]
CHARACTERS = ("x", "中", "😀", "e\u0301", "\u0390")
"""Of one byte, of three, of four; one composed of two, and one that grows when taken apart."""
DATES = [
    *("0000-01-01", "0001-01-01", "0001-12-31", "1582-10-10", "1899-12-31", "1900-01-01"),
    *("1969-12-31", "2024-02-29", "2025-02-29", "2038-01-20", "9998-12-31", "9999-01-01"),
    *("9999-12-31", "10000-01-01", "-001-01-01", "2026-3-1", "20260301", "2026-W10-1", "2026-060"),
    *("2026-03-01T00:00:00Z", "２０２６-03-01", ""),
]
CLOCKS = [
    *("T00:00:00", "T23:59:59", "T23:59:60", "T24:00:00", "T25:00:00"),
    *("T12", "T12:30", "t12:30:00"),
    *(f"T12:00:00.{'123456789'[:digits]}" for digits in range(1, 10)),
    *("T12:00:00.", "T12:00:00,5", " 12:00:00", ""),
]
OFFSETS = [
    *("Z", "z", "+00:00", "-00:00", "+14:00", "-12:00", "-14:00", "+15:59", "-15:59", "+15:59:59"),
    *("+16:00", "-16:00", "+17:30", "+23:59", "-23:59", "+23:59:59", "+23:59:59.999999", "+24:00"),
    *("-24:00", "+99:00", "+08", "+0800", "+08:00:30", "+00:00:00.000001", "", "Europe/Berlin"),
]
MOMENTS = [
    *(f"2026-03-02{clock}+08:00" for clock in CLOCKS),
    *(f"2026-03-02T14:30:00{offset}" for offset in OFFSETS),
    *(f"{day}T00:00:00{offset}" for day in DATES for offset in ("Z", "+23:59", "-23:59")),
    *("9998-12-30T23:59:59-23:59", "9998-12-31T00:00:00+16:00", "1900-01-01T16:00:00+16:00"),
]
IDS = [
    *("", "0", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    *("00000000-0000-4000-8000-000000000000", "{00000000-0000-4000-8000-000000000000}"),
    *("00000000000040008000000000000000", "urn:uuid:00000000-0000-4000-8000-000000000000"),
    *("00000000-0000-4000-8000-00000000000G", "\0", "x" * 36),
]
ANY = [None, True, False, 5, 0.5, "x", [], {}, [None], {"a": None}, {"": ""}, [[[[]]]]]


def of(schema: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the values at the edges of a schema whose references are resolved."""
    yield from ANY
    match _kind(schema):
        case "string":
            yield from _texts(schema)
        case "integer" | "number":
            yield from NUMBERS
            yield from _around(schema)
        case "array":
            yield from _lists(schema)
        case "object":
            yield from objects()


def objects() -> Iterator[dict[str, Any]]:
    """Yield objects of any members, where a schema leaves them open."""
    for value in (*NUMBERS, *TEXTS):
        yield {"a": value}
        yield {"a": {"value": value}}
    for name in TEXTS:
        yield {name: "a"}


def _kind(schema: Mapping[str, Any]) -> str | None:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return str(next(kind for kind in kinds if kind != "null"))
    return kinds


def _texts(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from TEXTS
    match schema.get("format"):
        case "date":
            yield from DATES
        case "date-time":
            yield from MOMENTS
        case "uuid":
            yield from IDS
    yield from schema.get("enum", ())
    for length in (schema.get("minLength"), schema.get("maxLength")):
        if length is not None:
            for each in (length - 1, length, length + 1):
                yield from (each * character for character in CHARACTERS)
                yield f"{'中' * (each - 9)}@x.example"


def _around(schema: Mapping[str, Any]) -> Iterator[float]:
    for limit in (schema.get("minimum"), schema.get("maximum")):
        if limit is not None:
            yield from (limit, limit - 1, limit + 1, limit + 1e-9, limit - 1e-9, str(limit))


def _lists(schema: Mapping[str, Any]) -> Iterator[list[Any]]:
    most = schema.get("maxItems", 1)
    for value in (None, "", "x", 0, {}):
        yield from ([value] * count for count in (1, 2, most, most + 1))
