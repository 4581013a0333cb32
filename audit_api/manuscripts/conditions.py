"""Conditions as people write them: one grammar, which every dialect has in common.

    condition = unit { joint unit }
    unit      = "(" condition ")" | "not" unit | function "(" … ")" | test

A dialect is a table: how its tokens look, how closely its joints bind, what functions it has, and
what is told to its author where a text is not understood.  What a test is, and what a function
makes of what is in its brackets, its reader knows.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar

from audit_api.errors import Refused

Document = dict[str, Any]
Entry = TypeVar("Entry")

MAX_LENGTH = 10_000
"""The longest condition, in characters: several times what the tests take that one may have."""
NEAR = 20
"""So many characters of what cannot be read are repeated."""
_BLANKS = re.compile(r"\s+")
FORMS = {"and": "all", "or": "any"}
"""What the document calls the parts that a joint holds together."""


class TokenKind(Enum):
    """What a token is.  A subject is the name of a question, where it is written like nothing
    else; otherwise names, numbers and keywords are words."""

    SUBJECT = "subject"
    WORD = "word"
    NUMBER = "number"
    TEXT = "text"
    SIGN = "sign"
    END = "end"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a condition; `position` is that of its first character, from 1."""

    kind: TokenKind
    text: str
    position: int
    keyword: str | None = None


class Trouble(Enum):
    """Why the grammar does not go on at a token."""

    UNREADABLE = auto()
    TOO_DEEP = auto()
    MIXED_JOINTS = auto()
    BRACKET_EXPECTED = auto()
    END_EXPECTED = auto()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a condition is written.

    `pattern` matches a token, without the blanks before it; its groups are named after kinds, and
    `spelling` puts what they hold as the reader knows it.  `keywords` are the words that mean
    something, in small letters where `ignores_case`.  Each entry of `joints` binds more closely
    than the one before it; joints of one entry may not be mixed without brackets.  With
    `bare_not`, `not` stands before any unit, without brackets.
    """

    pattern: re.Pattern[str]
    spelling: Callable[[TokenKind, str], str]
    keywords: Mapping[str, str]
    joints: Sequence[Collection[str]]
    functions: Collection[str]
    max_depth: int
    refusal: Callable[[Trouble, Token], Refused]
    ignores_case: bool = False
    bare_not: bool = False


class Reader(ABC):
    """Reads a condition token by token; `next` is the first that is not read yet."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._dialect = dialect
        self._tokens = list(_tokens(text, dialect))
        self._at = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._at]

    @abstractmethod
    def test(self) -> Document:
        """Read what is neither in brackets nor a function, and return its document."""

    @abstractmethod
    def call(self, function: str, depth: int) -> Document:
        """Read what stands in the brackets of a function, and return its document."""

    def read(self) -> Document:
        """Return the document of the whole condition; raise Refused where it is not understood."""
        condition = self.condition(1)
        if self.next.kind is not TokenKind.END:
            raise self._refusal(Trouble.END_EXPECTED)
        return condition

    def condition(self, depth: int, binding: int = 0) -> Document:
        """Read units and the joints between them, from those on that bind so closely."""
        if binding == len(self._dialect.joints):
            return self._unit(depth)
        parts = [self.condition(depth, binding + 1)]
        joints, joint = self._dialect.joints[binding], self.next.keyword
        if joint is None or joint not in joints:
            return parts[0]
        while self.next.keyword == joint:
            self.take()
            parts.append(self.condition(depth, binding + 1))
        if self.next.keyword in joints:
            raise self._refusal(Trouble.MIXED_JOINTS)
        return {FORMS[joint]: parts}

    def listed(self, entry: Callable[[], Entry]) -> list[Entry]:
        """Read entries between commas."""
        entries = [entry()]
        while self.took(","):
            entries.append(entry())
        return entries

    def take(self) -> Token:
        """Read one token."""
        token = self.next
        self._at += 1
        return token

    def took(self, sign: str) -> bool:
        """Read a sign, if it is the next token."""
        return self._took(self.next.kind is TokenKind.SIGN and self.next.text == sign)

    def took_word(self, keyword: str) -> bool:
        """Read a keyword, if it is the next token."""
        return self._took(self.next.keyword == keyword)

    def close(self) -> None:
        """Read the bracket that closes."""
        if not self.took(")"):
            raise self._refusal(Trouble.BRACKET_EXPECTED)

    def _unit(self, depth: int) -> Document:
        if depth > self._dialect.max_depth:
            raise self._refusal(Trouble.TOO_DEEP)
        if self.took("("):
            condition = self.condition(depth + 1)
            self.close()
            return condition
        if self._dialect.bare_not and self.took_word("not"):
            return {"not": self._unit(depth + 1)}
        function = self.next.keyword
        if function is not None and function in self._dialect.functions and self._opens():
            self._at += 2
            called = self.call(function, depth + 1)
            self.close()
            return called
        return self.test()

    def _opens(self) -> bool:
        """Whether a bracket opens right after the next token."""
        after = self._tokens[self._at + 1]
        return after.kind is TokenKind.SIGN and after.text == "("

    def _took(self, is_next: bool) -> bool:
        self._at += is_next
        return is_next

    def _refusal(self, trouble: Trouble) -> Refused:
        return self._dialect.refusal(trouble, self.next)


def _tokens(text: str, dialect: Dialect) -> Iterator[Token]:
    """Yield the tokens, and the end; raise Refused where the rest is none."""
    position = 0
    while match := dialect.pattern.match(text, _after_blanks(text, position)):
        kind = TokenKind(match.lastgroup)
        word = match[kind.value]
        folded = word.lower() if dialect.ignores_case else word
        keyword = dialect.keywords.get(folded) if kind is TokenKind.WORD else None
        start = match.start(kind.value) + 1
        yield Token(kind, dialect.spelling(kind, word), start, keyword)
        position = match.end()
    rest = text[position:]
    if rest.strip():
        token = Token(TokenKind.UNREADABLE, rest, position + 1)
        raise dialect.refusal(Trouble.UNREADABLE, token)
    yield Token(TokenKind.END, "", len(text) + 1)


def _after_blanks(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position
