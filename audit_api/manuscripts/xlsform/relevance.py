"""XLSForm's `relevant` expressions (XPath) as conditions, as far as conditions go.

Carried over: comparisons of one question with a value, `selected()`, `and`, `or`, `not()`, and
the tests for an empty answer.  In both languages what was not answered satisfies no comparison
but `!=`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from audit_api.rules.authoring.conditions import DEEPEST, MOST_PARTS, MOST_TESTS
from audit_api.sheets.lines import Refused

Document = dict[str, Any]

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<reference>\$\{\s*[^}]*\}|\.\./[\w.-]+)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>-?[0-9]+(?:\.[0-9]+)?)
      | (?P<sign>!=|<=|>=|[=<>(),])
      | (?P<name>[A-Za-z][\w.-]*)
    )""",
    re.VERBOSE,
)
_ORDERS = {"<": "less_than", "<=": "at_most", ">": "more_than", ">=": "at_least"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
ACKNOWLEDGED = "OK"
"""The value of an XLSForm's `acknowledge` once it is ticked."""
_NUMBERED = ("scale", "number", "count")
_WORDED = ("text", "barcode", "date", "time")


@dataclass(frozen=True, slots=True)
class Subject:
    """A question that conditions may name: its key and type, and its choices' keys by name."""

    key: str
    type: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def condition(expression: str, subjects: Mapping[str, Subject]) -> Document:
    """Return the condition; raise Refused where it cannot be carried over.

    `subjects` are the questions asked before, by their name in the form.
    """
    reader = _Reader(_tokens(expression), subjects)
    found = reader.either(1)
    if reader.next.kind:
        raise Refused("xlsform_expression", near=reader.next.text)
    tests, depth, widest = _extent(found)
    if tests > MOST_TESTS or depth > DEEPEST or widest > MOST_PARTS:
        raise Refused("xlsform_expression_large")
    return found


def _tokens(expression: str) -> list[_Token]:
    found, position = [], 0
    expression = expression.strip()
    while position < len(expression):
        token = _TOKEN.match(expression, position)
        if token is None or token.lastgroup is None:
            raise Refused("xlsform_expression", near=expression[position : position + 20])
        found.append(_Token(token.lastgroup, token[token.lastgroup]))
        position = token.end()
    return [*found, _Token("", "")]


def _extent(found: Document) -> tuple[int, int, int]:
    """How many tests there are, how deep they lie, and how many parts one list has at most."""
    parts = next((found[form] for form in ("all", "any") if form in found), None)
    if parts is None:
        if "not" not in found:
            return 1, 1, 1
        tests, depth, widest = _extent(found["not"])
        return tests, depth + 1, widest
    extents = [_extent(part) for part in parts]
    tests = sum(extent[0] for extent in extents)
    return (
        tests,
        1 + max(extent[1] for extent in extents),
        max(len(parts), *(extent[2] for extent in extents)),
    )


class _Reader:
    def __init__(self, tokens: list[_Token], subjects: Mapping[str, Subject]) -> None:
        self._tokens = tokens
        self._subjects = subjects
        self._at = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._at]

    def either(self, depth: int) -> Document:
        return self._joined("or", "any", depth)

    def _joined(self, joint: str, form: str, depth: int) -> Document:
        parts = [self._part(joint, depth)]
        while self.next == _Token("name", joint):
            self._at += 1
            parts.append(self._part(joint, depth))
        return parts[0] if len(parts) == 1 else {form: parts}

    def _part(self, joint: str, depth: int) -> Document:
        return self._joined("and", "all", depth) if joint == "or" else self._unit(depth)

    def _unit(self, depth: int) -> Document:
        if depth > MOST_TESTS:
            raise Refused("xlsform_expression_large")
        if self._took("("):
            inner = self.either(depth + 1)
            self._need(")")
            return inner
        if self.next.kind == "name":
            return self._call(depth)
        return self._comparison()

    def _call(self, depth: int) -> Document:
        name = self._take().text
        if name == "not" and self._took("("):
            inner = {"not": self.either(depth + 1)}
        elif name == "selected" and self._took("("):
            subject = self._subject()
            self._need(",")
            inner = _selected(subject, self._take())
        else:
            raise Refused("xlsform_expression", near=name)
        self._need(")")
        return inner

    def _comparison(self) -> Document:
        if self.next.kind == "reference":
            subject = self._subject()
            sign = self._sign()
            return _compared(subject, sign, self._take())
        value, sign = self._take(), _MIRRORED[self._sign()]
        return _compared(self._subject(), sign, value)

    def _subject(self) -> Subject:
        token = self._take()
        if token.kind != "reference":
            raise Refused("xlsform_expression", near=token.text)
        name = token.text.removeprefix("../").strip("${} ")
        if name not in self._subjects:
            raise Refused("xlsform_reference", given=name)
        return self._subjects[name]

    def _sign(self) -> str:
        token = self._take()
        if token.text not in _MIRRORED:
            raise Refused("xlsform_expression", near=token.text)
        return token.text

    def _take(self) -> _Token:
        token = self.next
        if not token.kind:
            raise Refused("xlsform_expression", near="")
        self._at += 1
        return token

    def _took(self, sign: str) -> bool:
        found = self.next == _Token("sign", sign)
        self._at += found
        return found

    def _need(self, sign: str) -> None:
        if not self._took(sign):
            raise Refused("xlsform_expression", near=self.next.text)


def _compared(subject: Subject, sign: str, value: _Token) -> Document:
    if value.kind not in ("text", "number"):
        raise Refused("xlsform_expression", near=value.text)
    test: Document = {"question": subject.key}
    if value.text in ("''", '""') and sign in ("=", "!="):
        return test | {"answered": sign == "!="}
    operand = _operand(subject, value)
    if sign in _ORDERS:
        if subject.type not in (*_NUMBERED, "date", "time"):
            raise Refused("xlsform_comparison", sign=sign, type=subject.type)
        return test | {_ORDERS[sign]: operand}
    test |= {"equals": operand}
    return {"not": test} if sign == "!=" else test


def _selected(subject: Subject, value: _Token) -> Document:
    if value.kind not in ("text", "number"):
        raise Refused("xlsform_expression", near=value.text)
    if subject.type == "several":
        return {"question": subject.key, "contains": _choice(subject, value)}
    return {"question": subject.key, "equals": _operand(subject, value)}


def _operand(subject: Subject, value: _Token) -> str | int | float:
    bare = _bare(value)
    if subject.type == "single":
        return _choice(subject, value)
    if subject.type == "yes_no" and bare == ACKNOWLEDGED:
        return "yes"
    if subject.type in _NUMBERED and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,3})?", bare):
        return float(bare) if "." in bare else int(bare)
    if subject.type in _WORDED and value.kind == "text":
        return bare
    raise Refused("xlsform_comparison", sign=value.text, type=subject.type)


def _choice(subject: Subject, value: _Token) -> str:
    name = _bare(value)
    if name not in subject.choices:
        raise Refused("xlsform_choice", given=name)
    return subject.choices[name]


def _bare(value: _Token) -> str:
    return value.text[1:-1] if value.kind == "text" else value.text
