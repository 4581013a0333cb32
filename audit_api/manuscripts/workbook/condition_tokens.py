"""The words and signs of a condition in a cell, also as a Chinese keyboard types them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from audit_api.sheets.lines import Refused

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("、"): ","}
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!=", "==": "="}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<quoted>"(?:[^"]|"")*" | “[^”]*”)
      | (?P<sign><=|>=|<>|!=|==|[=<>≤≥≠(),])
      | (?P<word>[^\s"“”=<>!≤≥≠(),]+)
    )""",
    re.VERBOSE,
)
_QUOTED = re.compile(r'"(?:[^"]|"")*"|“[^”]*”')
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


class Kind(Enum):
    SIGN = "sign"
    WORD = "word"
    QUOTED = "quoted"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, sign or quoted text; `position` is that of its first character, from 1."""

    kind: Kind
    text: str
    position: int

    @property
    def keyword(self) -> str | None:
        """The English keyword that it stands for, if it is one."""
        return KEYWORDS.get(self.text.lower()) if self.kind is Kind.WORD else None


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a condition, and its end; raise Refused where a quote never closes."""
    text = _half_width(text)
    position = 0
    while found := _TOKEN.match(text, position):
        yield _token(found)
        position = found.end()
    rest = text[position:].lstrip()
    start = len(text) - len(rest) + 1
    if rest:
        raise Refused("condition_unreadable", near=rest[:20], position=start)
    yield Token(Kind.END, "", start)


def _token(found: re.Match[str]) -> Token:
    kind = Kind(found.lastgroup)
    text = found[kind.value]
    position = found.start(kind.value) + 1
    if kind is Kind.QUOTED:
        return Token(
            kind, text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1], position
        )
    return Token(kind, _SIGNS.get(text, text) if kind is Kind.SIGN else text, position)


def _half_width(text: str) -> str:
    """The text with ASCII for its full-width signs, one character for one, except in quotes."""
    done, parts = 0, []
    for quoted in _QUOTED.finditer(text):
        parts += [text[done : quoted.start()].translate(_FULL_WIDTH), quoted[0]]
        done = quoted.end()
    return "".join([*parts, text[done:].translate(_FULL_WIDTH)])
