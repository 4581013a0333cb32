"""XLSForm's `relevant` expressions (XPath) as conditions, as far as conditions go.

Carried over: comparisons of one question with a value, `selected()`, `and`, `or`, `not()`, and
the tests for an empty answer.  In both languages what was not answered satisfies no comparison
but `!=`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit_api.errors import Refused
from audit_api.manuscripts.conditions import (
    MAX_LENGTH,
    NEAR,
    Dialect,
    Document,
    Reader,
    Token,
    TokenKind,
    Trouble,
)
from audit_api.rules.authoring.conditions import MAX_DEPTH, MAX_PARTS, MAX_TESTS

_TOKEN = re.compile(
    r"""
        (?P<subject>\$\{[^}]*\}|\.\./[\w.-]+)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>-?[0-9]+(?:\.[0-9]+)?)
      | (?P<sign>!=|<=|>=|[=<>(),])
      | (?P<word>[^\W\d][\w.-]*)
    """,
    re.VERBOSE,
)
_ORDERS = {"<": "less_than", "<=": "at_most", ">": "more_than", ">=": "at_least"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
ACKNOWLEDGED = "OK"
"""The value of an XLSForm's `acknowledge` once it is ticked."""
_NUMBERED = ("scale", "number", "count")
_WORDED = {
    "text": re.compile(".+"),
    "barcode": re.compile(".+"),
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "time": re.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
}
"""How answers that are compared with texts are written."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that conditions may name: its key and type, and the keys of its choices by their
    name, which several may share."""

    key: str
    type: str
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """A condition, and the names of choices that stood in it without quotes."""

    document: Document
    unquoted: Sequence[str] = ()


def condition(expression: str, subjects: Mapping[str, AskedQuestion]) -> Carried:
    """Return the condition; raise Refused where it cannot be carried over.

    `subjects` are the questions asked before, by their name in the form.
    """
    if len(expression) > MAX_LENGTH:
        raise Refused("xlsform_expression_large")
    reader = _RelevanceReader(expression.strip(), subjects)
    document = reader.read()
    tests, depth, widest = _extent(document)
    if tests > MAX_TESTS or depth > MAX_DEPTH or widest > MAX_PARTS:
        raise Refused("xlsform_expression_large")
    return Carried(document, reader.unquoted)


def _extent(document: Document) -> tuple[int, int, int]:
    """How many tests there are, how deep they lie, and how many parts one list has at most."""
    parts = next((document[form] for form in ("all", "any") if form in document), None)
    if parts is None:
        if "not" not in document:
            return 1, 1, 1
        tests, depth, widest = _extent(document["not"])
        return tests, depth + 1, widest
    extents = [_extent(part) for part in parts]
    tests = sum(extent[0] for extent in extents)
    return (
        tests,
        1 + max(extent[1] for extent in extents),
        max(len(parts), *(extent[2] for extent in extents)),
    )


def _refusal(trouble: Trouble, token: Token) -> Refused:
    if trouble is Trouble.TOO_DEEP:
        return Refused("xlsform_expression_large")
    near = token.text[:NEAR] if trouble is Trouble.UNREADABLE else token.text
    return Refused("xlsform_expression", near=near)


EXPRESSIONS = Dialect(
    pattern=_TOKEN,
    spelling=lambda kind, text: text,
    keywords={word: word for word in ("and", "or", "not", "selected")},
    joints=(("or",), ("and",)),
    functions=("not", "selected"),
    max_depth=MAX_TESTS,
    refusal=_refusal,
)


class _RelevanceReader(Reader):
    def __init__(self, expression: str, subjects: Mapping[str, AskedQuestion]) -> None:
        super().__init__(expression, EXPRESSIONS)
        self._subjects = subjects
        self.unquoted: list[str] = []

    def call(self, function: str, depth: int) -> Document:
        if function == "not":
            return {"not": self.condition(depth)}
        subject = self._subject()
        if not self.took(","):
            raise Refused("xlsform_expression", near=self.next.text)
        return _selected(subject, self._named(subject, self._operand()))

    def test(self) -> Document:
        first, after = self.next, self._tokens[self._at + 1 :][:1]
        if first.kind is TokenKind.WORD and not (after and after[0].text in _MIRRORED):
            raise Refused("xlsform_expression", near=first.text)
        if first.kind is TokenKind.SUBJECT:
            subject, sign = self._subject(), self._sign()
            return _compared(subject, sign, self._named(subject, self._operand()))
        value, sign = self._operand(), _MIRRORED[self._sign()]
        subject = self._subject()
        return _compared(subject, sign, self._named(subject, value))

    def _subject(self) -> AskedQuestion:
        if self.next.kind is not TokenKind.SUBJECT:
            raise Refused("xlsform_expression", near=self.next.text)
        name = self.take().text.removeprefix("../").strip("${} ")
        if name not in self._subjects:
            raise Refused("xlsform_reference", given=name)
        return self._subjects[name]

    def _sign(self) -> str:
        if self.next.text not in _MIRRORED:
            raise Refused("xlsform_expression", near=self.next.text)
        return self.take().text

    def _named(self, subject: AskedQuestion, value: Token) -> Token:
        """The value that a question is compared with: the name of a choice may lack its quotes."""
        is_function = self.next.text == "("
        if value.kind is not TokenKind.WORD or is_function or not subject.choices:
            return value
        if value.text not in subject.choices:
            raise Refused("xlsform_choice", given=value.text)
        self.unquoted.append(value.text)
        return replace(value, kind=TokenKind.TEXT, text=f"'{value.text}'")

    def _operand(self) -> Token:
        """The next token, whatever it is, as long as there is one."""
        if self.next.kind is TokenKind.END:
            raise Refused("xlsform_expression", near="")
        return self.take()


def _compared(subject: AskedQuestion, sign: str, value: Token) -> Document:
    if value.kind not in (TokenKind.TEXT, TokenKind.NUMBER):
        raise Refused("xlsform_expression", near=value.text)
    test: Document = {"question": subject.key}
    if value.text in ("''", '""') and sign in ("=", "!="):
        return test | {"answered": sign == "!="}
    if sign in _ORDERS:
        if subject.type not in (*_NUMBERED, "date", "time"):
            raise Refused("xlsform_comparison", sign=sign, type=subject.type)
        return test | {_ORDERS[sign]: _operand(subject, value)}
    test |= _is(subject, value)
    return {"not": test} if sign == "!=" else test


def _selected(subject: AskedQuestion, value: Token) -> Document:
    if value.kind not in (TokenKind.TEXT, TokenKind.NUMBER):
        raise Refused("xlsform_expression", near=value.text)
    if subject.type != "several":
        return {"question": subject.key, **_is(subject, value)}
    tests: list[Document] = [
        {"question": subject.key, "contains": key} for key in _choices(subject, value)
    ]
    return tests[0] if len(tests) == 1 else {"any": tests}


def _is(subject: AskedQuestion, value: Token) -> Document:
    """The test for an answer: of a choice whose name others have too, for any of them."""
    if subject.type != "single":
        return {"equals": _operand(subject, value)}
    keys = _choices(subject, value)
    return {"equals": keys[0]} if len(keys) == 1 else {"one_of": list(keys)}


def _operand(subject: AskedQuestion, value: Token) -> str | int | float:
    bare = _bare(value)
    if subject.type == "yes_no" and bare == ACKNOWLEDGED:
        return "yes"
    if subject.type in _NUMBERED and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,3})?", bare):
        return float(bare) if "." in bare else int(bare)
    written = _WORDED.get(subject.type)
    if written and value.kind is TokenKind.TEXT and written.fullmatch(bare):
        return bare
    raise Refused("xlsform_comparison", sign=value.text, type=subject.type)


def _choices(subject: AskedQuestion, value: Token) -> Sequence[str]:
    name = _bare(value)
    if name not in subject.choices:
        raise Refused("xlsform_choice", given=name)
    return subject.choices[name]


def _bare(value: Token) -> str:
    return value.text[1:-1] if value.kind is TokenKind.TEXT else value.text
