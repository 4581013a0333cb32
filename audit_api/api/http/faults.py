"""Turns marshmallow's messages into faults, so that they can be said in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from audit_api.errors import Fault

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (r"Missing data for required field\.", "required"),
        (r"Field may not be null\.", "not_null"),
        (r"Unknown field\.", "unknown_field"),
        (r"Invalid input type\.", "not_object"),
        (r"Not a valid string\.", "not_text"),
        (r"Not a valid integer\.", "not_integer"),
        (r"Not a valid number\.|Number too large\.|Special numeric values .*", "not_number"),
        (r"Not a valid boolean\.", "not_boolean"),
        (r"Not a valid list\.", "not_list"),
        (r"Not a valid mapping type\.", "not_object"),
        (r"Not a valid UUID\.", "not_uuid"),
        (r"Not a valid email address\.", "not_email"),
        (r"Not a valid (?:aware )?datetime\.", "not_moment"),
        (r"Not a valid date\.", "not_date"),
        (r"Not a valid month\.", "not_month"),
        (r"Must be one of: (?P<accepted>.*)\.", "not_one_of"),
        (r"Length must be between (?P<min>\d+) and (?P<max>\d+)\.", "length"),
        (r"Longer than maximum length (?P<max>\d+)\.", "too_long"),
        (r"Shorter than minimum length (?P<min>\d+)\.", "too_short"),
        (
            r"Must be greater than or equal to (?P<min>\S+)"
            r" and less than or equal to (?P<max>\S+)\.",
            "range",
        ),
        (r"Must be greater than or equal to (?P<min>\S+)\.", "too_small"),
        (r"Must be less than or equal to (?P<max>\S+)\.", "too_large_number"),
        (r"String does not match expected pattern\.", "pattern"),
    )
)


def from_messages(messages: object, pointer: str = "") -> tuple[Fault, ...]:
    """Return the faults that marshmallow's nested `messages` tell of, by JSON pointer."""
    return tuple(_walk(messages, pointer))


def _walk(messages: object, pointer: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            inside = pointer if name == "_schema" else f"{pointer}/{escape(str(name))}"
            yield from _walk(below, inside)
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from _walk(message, pointer)
    else:
        yield _fault(str(messages), pointer)


def escape(name: str) -> str:
    """Return `name` as one part of an RFC 6901 pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _fault(message: str, pointer: str) -> Fault:
    for pattern, code in _PATTERNS:
        if found := pattern.fullmatch(message):
            return Fault(pointer, code, found.groupdict())
    return Fault(pointer, "other", {"message": message})
