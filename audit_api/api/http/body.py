"""Reads JSON bodies strictly: what two readers could understand differently is refused.

No NaN, no key twice, no NUL and no half a surrogate pair, integers of at most 64 bits; a body
has at most LIMIT bytes, DEPTH levels and NODES values.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import orjson

from audit_api.errors import Fault, Kind, Problem, invalid, pointer_to
from audit_api.web.faults import MAX_FAULTS

LIMIT = 1024 * 1024
DEPTH = 32
NODES = 20_000
_MAX_INTEGER = 2**63 - 1
_WHITE = b" \t\r\n"
# An escape, or half a surrogate pair written as if it were a character.
_SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|\xed[\xa0-\xbf]")
_SIGNS = (b"\\u0000", b"\\ud", b"\\uD", b"\xed")
_malformed = partial(Problem, Kind.MALFORMED)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def parse(body: bytes) -> Any:
    """Return the JSON value of `body`; raise TOO_LARGE, MALFORMED where it is no strict JSON, or
    INVALID with every text that holds what no text may."""
    if len(body) > LIMIT:
        raise Problem(Kind.TOO_LARGE, limit=LIMIT)
    value = _quickly(body)
    if value is None:
        value = _strictly(body)
    # Only these can hide what a text may not contain, so most bodies skip the look inside.
    if _is_suspicious(body) and (faults := tuple(islice(_text_faults(value), MAX_FAULTS))):
        raise invalid(*faults)
    return value


def parse_plain(body: bytes) -> Any:
    """Return the JSON value of a body of which whatever stands in it is within all limits; None
    where any part may not be."""
    return None if len(body) > LIMIT or _is_suspicious(body) else _quickly(body)


def _is_suspicious(body: bytes) -> bool:
    # What the expression finds begins so, and this is told sooner.
    return any(sign in body for sign in _SIGNS) and _SUSPICIOUS.search(body) is not None


def _quickly(body: bytes) -> Any:
    """Return the value of a body that is surely as strict as `_strictly` asks, and read alike;
    None of any other.  It takes half of the time."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    # Of a name that came twice the value has only one: it has fewer than may stand in the text.
    names = body.translate(None, _WHITE).count(b'":')
    return value if _is_plain(value, names) else None


def _is_plain(value: Any, names: int) -> bool:
    """Whether a value has so many names, no more levels and values than it may, and no number that
    has two spellings or does not fit."""
    level, depth, nodes = [value], 0, 0
    while level:
        depth += 1
        nodes += len(level)
        if depth > DEPTH or nodes > NODES:
            return False
        below: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is dict:
                names -= len(item)
                below.extend(item.values())
            elif kind is list:
                below.extend(item)
            elif (kind is float and item.is_integer()) or (kind is int and item > _MAX_INTEGER):
                return False
        level = below
    return names == 0


def _strictly(body: bytes) -> Any:
    try:
        value = json.loads(
            body.decode("utf-8", "surrogatepass"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except UnicodeDecodeError:
        raise _malformed(reason="not_utf8") from None
    except json.JSONDecodeError as error:
        raise _malformed(reason="json_syntax", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise _malformed(reason="json_depth", max=DEPTH) from None
    _check_size(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _malformed(reason="json_name_twice")
    return value


def _constant(name: str) -> Any:
    raise _malformed(reason="json_constant", sent=name)


def _integer(text: str) -> int:
    # The length first: turning thousands of digits into a number is itself the attack.
    if len(text) > 20 or not -_MAX_INTEGER - 1 <= (value := int(text)) <= _MAX_INTEGER:
        raise _malformed(reason="json_integer")
    return value


def _float(text: str) -> float | int:
    value = float(text)
    if math.isinf(value):
        raise _malformed(reason="json_float")
    # 4.0 and 4 are one number: with one spelling, a digest of the content is one as well.
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _check_size(value: Any) -> None:
    level = [value]
    nodes = depth = 0
    while level:
        depth += 1
        nodes += len(level)
        if depth > DEPTH:
            raise _malformed(reason="json_depth", max=DEPTH)
        if nodes > NODES:
            raise _malformed(reason="json_values", max=NODES)
        below: list[Any] = []
        for item in level:
            if type(item) is dict:
                below.extend(item.values())
            elif type(item) is list:
                below.extend(item)
        level = below


def _text_faults(value: Any, path: tuple[object, ...] = ()) -> Iterator[Fault]:
    """Yield the faults of all texts.  A pointer is made for a fault alone: names may be long, and
    what stands below them many."""
    if isinstance(value, str):
        yield from _faults_of_text(value, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _faults_of_text(name, (*path, name))
            yield from _text_faults(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _text_faults(inner, (*path, number))


def _faults_of_text(text: str, path: tuple[object, ...]) -> Iterator[Fault]:
    if "\0" in text:
        yield Fault(_pointer(path), "text_nul")
    if _HALF_PAIR.search(text):
        yield Fault(_pointer(path), "text_half_pair")


def _pointer(path: tuple[object, ...]) -> str:
    return _HALF_PAIR.sub("\ufffd", pointer_to(*path))
