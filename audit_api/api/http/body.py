"""Reads JSON bodies strictly: what two readers could understand differently is refused.

No NaN, no key twice, no NUL and no half a surrogate pair, integers of at most 64 bits; a body
has at most LIMIT bytes, DEPTH levels and NODES values.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from audit_api.errors import Kind, Problem

LIMIT = 1024 * 1024
DEPTH = 32
NODES = 20_000
_MAX_INTEGER = 2**63 - 1
_SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def parse(body: bytes) -> Any:
    """Return the JSON value of `body`; raise MALFORMED or TOO_LARGE where it is not acceptable."""
    if len(body) > LIMIT:
        raise Problem(Kind.TOO_LARGE, limit=LIMIT)
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except UnicodeDecodeError:
        raise _malformed("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _malformed(f"{error.msg}, line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _malformed(f"nested deeper than {DEPTH}") from None
    _check_size(value)
    # Only an escape can hide what raw text may not contain, so most bodies skip the look inside.
    if _SUSPICIOUS.search(body):
        _check_text(value)
    return value


def _malformed(reason: str) -> Problem:
    return Problem(Kind.MALFORMED, reason=reason)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _malformed("a name stands twice in one object")
    return value


def _constant(name: str) -> Any:
    raise _malformed(f"{name} is not a JSON number")


def _integer(text: str) -> int:
    # The length first: turning thousands of digits into a number is itself the attack.
    if len(text) > 20 or not -_MAX_INTEGER - 1 <= (value := int(text)) <= _MAX_INTEGER:
        raise _malformed("an integer has more than 64 bits")
    return value


def _float(text: str) -> float | int:
    value = float(text)
    if math.isinf(value):
        raise _malformed("a number is too large")
    # 4.0 and 4 are one number: with one spelling, a digest of the content is one as well.
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _check_size(value: Any) -> None:
    level = [value]
    nodes = depth = 0
    while level:
        depth += 1
        nodes += len(level)
        if depth > DEPTH:
            raise _malformed(f"nested deeper than {DEPTH}")
        if nodes > NODES:
            raise _malformed(f"more than {NODES} values")
        below: list[Any] = []
        for item in level:
            if type(item) is dict:
                below.extend(item.values())
            elif type(item) is list:
                below.extend(item)
        level = below


def _check_text(value: Any) -> None:
    # Without escaped backslashes every `\u` left is an escape.
    text = json.dumps(value, ensure_ascii=False).replace("\\\\", "")
    if "\\u0000" in text:
        raise _malformed("a text contains NUL")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _malformed("a text contains half a surrogate pair") from None
