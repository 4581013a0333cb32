"""Finds where the values of a JSON text begin and end, without reading them.

So the parts of a large text are read one by one, each with limits of its own, and what is wrong
inside one harms no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from audit_api.errors import Kind, Problem

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BESIDE = rb'[^"\[\]{}]*+'
_FLAT = rb"[\[{]" + _BESIDE + rb"(?:" + _STRING + _BESIDE + rb")*+[\]}]"
# One step passes all texts, and all lists and objects that hold no other, up to the next brackets.
# A text that never ends is a step, too: looked into for others, it would take for ever.
_STEP = re.compile(
    _BESIDE + rb"(?:(?:" + _STRING + rb"|" + _FLAT + rb")" + _BESIDE + rb")*+"
    rb'(?:(?P<opened>[\[{]++)|(?P<closed>[\]}]++)|".*)',
    re.DOTALL,
)
_NAME = re.compile(rb"\s*(" + _STRING + rb")\s*:\s*", re.DOTALL)
_SIMPLE = re.compile(_STRING + rb"|" + _FLAT + rb'|[^\s,:"\[\]{}]+', re.DOTALL)
_OPENED_OBJECT, _OPENED_LIST = re.compile(rb"\s*\{"), re.compile(rb"\[\s*")
_NEXT = re.compile(rb"\s*(?:(,)\s*|[\]}])")


def member(text: bytes, name: str) -> slice | None:
    """Return where the first member of this name stands in the object that `text` is; None where
    no object with it begins there."""
    opened = _OPENED_OBJECT.match(text)
    more = opened is not None
    at = opened.end() if opened else 0
    while more and (told := _NAME.match(text, at)):
        value = _value(text, told.end())
        if _is(told[1], name):
            return value
        at, more = _after(text, value.stop)
    return None


def elements(text: bytes) -> Iterator[slice]:
    """Return where each element stands in the list that `text` is; raise MALFORMED where the list
    breaks off."""
    opened = _OPENED_LIST.match(text)
    if opened is None:
        raise _broken(text, 0)
    at = opened.end()
    more = text[at : at + 1] != b"]"
    while more:
        value = _value(text, at)
        yield value
        at, more = _after(text, value.stop)


def _value(text: bytes, start: int) -> slice:
    if simple := _SIMPLE.match(text, start):
        return slice(start, simple.end())
    if not text.startswith((b"[", b"{"), start):
        raise _broken(text, start)
    depth, at = 0, start
    # Each step begins where the last one ended: one that is searched for begins everywhere.
    while step := _STEP.match(text, at):
        opened, closed = step.span("opened"), step.span("closed")
        depth += opened[1] - opened[0] - closed[1] + closed[0]
        at = step.end()
        if depth <= 0:
            return slice(start, at + depth)
    raise _broken(text, len(text))


def _after(text: bytes, end: int) -> tuple[int, bool]:
    """Return where reading goes on after a value, and whether another follows."""
    following = _NEXT.match(text, end)
    if following is None:
        raise _broken(text, end)
    return following.end(), bool(following[1])


def _is(quoted: bytes, name: str) -> bool:
    try:
        return bool(json.loads(quoted) == name)
    except ValueError:
        return False


def _broken(text: bytes, at: int) -> Problem:
    line = text.count(b"\n", 0, at) + 1
    column = at - text.rfind(b"\n", 0, at)
    return Problem(Kind.MALFORMED, reason="json_syntax", line=line, column=column)
