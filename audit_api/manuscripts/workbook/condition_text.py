"""Conditions in cells: `greeted = no and store_format in (flagship, mall)`.

    condition  = unit { "and" unit } | unit { "or" unit }
    unit       = test | "(" condition ")" | "not" unit | ("all" | "any") "(" condition, … ")"
    test       = subject comparison
    subject    = key | "question." key | "site." key
    comparison = ("=" | "!=" | "<" | "<=" | ">" | ">=" | "contains") value
               | ["not"] "in" "(" value, … ")" | ["is"] ["not"] "answered"
    value      = number | true | false | word | "text"

A key is a question's, or else a site attribute's; `question.` and `site.` tell where both have
it.  Brackets decide between `and` and `or`, nothing else does.  `x != v` is `not (x = v)`.  Words
and signs may be as a Chinese keyboard types them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

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
from audit_api.manuscripts.workbook import words

MAX_DEPTH = 50
"""Brackets within brackets: enough for any checklist, and far from Python's own limit."""

KEYWORDS = {
    "and": "and",
    "且": "and",
    "并且": "and",
    "or": "or",
    "或": "or",
    "或者": "or",
    "not": "not",
    "非": "not",
    "不": "not",
    "in": "in",
    "属于": "in",
    "contains": "contains",
    "包含": "contains",
    "is": "is",
    "是": "is",
    "answered": "answered",
    "已答": "answered",
    "all": "all",
    "any": "any",
}
"""What a condition is made of, beside keys, signs and values, in English and Chinese."""
COMPARISONS = {
    "=": "equals",
    "<": "less_than",
    "<=": "at_most",
    ">": "more_than",
    ">=": "at_least",
}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")
YES = "是"
FLAGS = {"true": True, "false": False}

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("、"): ","}
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!=", "==": "="}
_TEXT = r"""(?:"(?:[^"]|"")*" | [“”„"＂][^“”„"＂]*[“”"＂] | [‘’'＇][^‘’'＇]*[‘’'＇] | 「[^」]*」)"""
"""A text in quotes, also where a program has bent them."""
_TOKEN = re.compile(
    rf"""
        (?P<text>{_TEXT})
      | (?P<sign><=|>=|<>|!=|==|[=<>≤≥≠(),])
      | (?P<word>[^\s"“”„＂‘'＇「=<>!≤≥≠(),][^\s"“”„＂=<>!≤≥≠(),]*)
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(rf"{_TEXT} | 「[^」]*", re.VERBOSE)
"""A text, also one that never ends: looked into for others, it would take for ever."""


@dataclass(frozen=True, slots=True)
class Names:
    """The keys that a condition may name; those of yes/no questions and of attributes that are
    flags are told apart, for their values are words of every language."""

    questions: Collection[str]
    attributes: Collection[str]
    yes_no: Collection[str] = ()
    flags: Collection[str] = ()


def read(text: str, names: Names) -> Document:
    """Return the condition's document; raise Refused with the place where it is not understood."""
    if len(text) > MAX_LENGTH:
        raise Refused("condition_too_long", most=MAX_LENGTH)
    return _CellReader(text, names).read()


def _spelling(kind: TokenKind, text: str) -> str:
    if kind is TokenKind.TEXT:
        return text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1]
    return _SIGNS.get(text, text) if kind is TokenKind.SIGN else text


def _refusal(trouble: Trouble, token: Token) -> Refused:
    near, position = token.text, token.position
    match trouble:
        case Trouble.UNREADABLE:
            near = near.lstrip()
            position += len(token.text) - len(near)
            return Refused("condition_unreadable", near=near[:NEAR], position=position)
        case Trouble.TOO_DEEP:
            return Refused("condition_too_deep", most=MAX_DEPTH)
        case Trouble.MIXED_JOINTS:
            return Refused("condition_mixed", near=near, position=position)
        case Trouble.BRACKET_EXPECTED:
            return Refused("condition_bracket_expected", near=near, position=position)
        case Trouble.END_EXPECTED:
            return Refused("condition_end_expected", near=near, position=position)


CELLS = Dialect(
    pattern=_TOKEN,
    spelling=_spelling,
    keywords=KEYWORDS,
    joints=(("and", "or"),),
    functions=("all", "any"),
    max_depth=MAX_DEPTH,
    refusal=_refusal,
    ignores_case=True,
    bare_not=True,
)


class _CellReader(Reader):
    def __init__(self, text: str, names: Names) -> None:
        super().__init__(_half_width(text), CELLS)
        self._names = names

    @property
    def here(self) -> dict[str, object]:
        """Where the reading is, as a fault tells it."""
        return {"near": self.next.text, "position": self.next.position}

    def call(self, function: str, depth: int) -> Document:
        return {function: self.listed(lambda: self.condition(depth))}

    def test(self) -> Document:
        subject = self._subject()
        if self.took("!="):
            return {"not": {**subject, "equals": self._value(subject)}}
        if self.next.kind is TokenKind.SIGN and self.next.text in COMPARISONS:
            return {**subject, COMPARISONS[self.take().text]: self._value(subject)}
        if self.took_word("contains"):
            return {**subject, "contains": self._value(subject)}
        self.took_word("is")
        negated = self.took_word("not")
        if self.took_word("answered"):
            return {**subject, "answered": not negated}
        if not self.took_word("in"):
            raise Refused("condition_comparison_expected", **self.here)
        test: Document = {**subject, "one_of": self._values(subject)}
        return {"not": test} if negated else test

    def _subject(self) -> Document:
        if self.next.kind is not TokenKind.WORD or self.next.keyword:
            raise Refused("condition_subject_expected", **self.here)
        source, _, key = self.take().text.partition(".")
        if source in ("question", "site") and key:
            return {source: key}
        name = f"{source}.{key}" if key else source
        known = name in self._names.attributes and name not in self._names.questions
        return {"site" if known else "question": name}

    def _values(self, subject: Document) -> list[object]:
        if self.next.text != "(":
            raise Refused("condition_list_expected", **self.here)
        self.take()
        values = self.listed(lambda: self._value(subject))
        self.close()
        return values

    def _value(self, subject: Document) -> object:
        token = self.next
        # 是 is a keyword too, but where a value stands it can be nothing else.
        if token.text != YES and (
            token.kind in (TokenKind.SIGN, TokenKind.END) or token.keyword is not None
        ):
            raise Refused("condition_value_expected", **self.here)
        self.take()
        spoken = self._spoken(subject, token.text)
        if spoken is not None:
            return spoken
        if token.kind is TokenKind.TEXT:
            return token.text
        if NUMBER.fullmatch(token.text):
            whole = token.text.lstrip("-").isdigit()
            return int(token.text) if whole else float(token.text)
        return FLAGS.get(token.text.lower(), token.text)

    def _spoken(self, subject: Document, text: str) -> object:
        """What yes or no, in any language, means for a subject; None where it is but a text."""
        word = words.understood(text, ("yes", "no"))
        if subject.get("question") in self._names.yes_no:
            return word
        flag = word is not None and subject.get("site") in self._names.flags
        return word == "yes" if flag else None


def _half_width(text: str) -> str:
    """The text with ASCII for its full-width signs, one character for one, except in quotes."""
    done, parts = 0, []
    for quoted in _QUOTED.finditer(text):
        parts += [text[done : quoted.start()].translate(_FULL_WIDTH), quoted[0]]
        done = quoted.end()
    return "".join([*parts, text[done:].translate(_FULL_WIDTH)])
