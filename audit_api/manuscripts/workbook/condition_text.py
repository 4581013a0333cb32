"""Conditions in cells: `greeted = no and store_format in (flagship, mall)`.

    condition  = unit { "and" unit } | unit { "or" unit }
    unit       = test | "(" condition ")" | "not" unit | ("all" | "any") "(" condition, … ")"
    test       = subject comparison
    subject    = key | "question." key | "site." key
    comparison = ("=" | "!=" | "<" | "<=" | ">" | ">=" | "contains") value
               | ["not"] "in" "(" value, … ")" | ["is"] ["not"] "answered"
    value      = number | true | false | word | "text"

A key is a question's, or else a site attribute's; `question.` and `site.` tell where both have
it.  Brackets decide between `and` and `or`, nothing else does.  `x != v` is `not (x = v)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from audit_api.manuscripts.workbook.condition_tokens import Kind, Token, tokens
from audit_api.sheets.lines import Refused

Document = dict[str, object]
Entry = TypeVar("Entry")

DEEPEST = 50
"""Brackets within brackets: enough for any checklist, and far from Python's own limit."""

COMPARISONS = {
    "=": "equals",
    "<": "less_than",
    "<=": "at_most",
    ">": "more_than",
    ">=": "at_least",
}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")
FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Names:
    """The keys that a condition may name."""

    questions: Collection[str]
    attributes: Collection[str]


def read(text: str, names: Names) -> Document:
    """Return the condition's document; raise Refused with the place where it is not understood."""
    reader = _Reader(list(tokens(text)), names)
    condition = reader.condition(1)
    if reader.next.kind is not Kind.END:
        raise Refused("condition_end_expected", **reader.here)
    return condition


class _Reader:
    """Reads token by token; `next` is the first that is not read yet."""

    def __init__(self, found: list[Token], names: Names) -> None:
        self._tokens = found
        self._names = names
        self._at = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._at]

    @property
    def here(self) -> dict[str, object]:
        """Where the reading is, as a fault tells it."""
        return {"near": self.next.text, "position": self.next.position}

    def condition(self, depth: int) -> Document:
        parts = [self._unit(depth)]
        joint = self.next.keyword
        if joint not in ("and", "or"):
            return parts[0]
        while self.next.keyword == joint:
            self._take()
            parts.append(self._unit(depth))
        if self.next.keyword in ("and", "or"):
            raise Refused("condition_mixed", **self.here)
        return {"all" if joint == "and" else "any": parts}

    def _unit(self, depth: int) -> Document:
        if depth > DEEPEST:
            raise Refused("condition_too_deep", most=DEEPEST)
        keyword = self.next.keyword
        if keyword == "not":
            self._take()
            return {"not": self._unit(depth + 1)}
        if keyword in ("all", "any") and self._follows("("):
            self._take()
            return {keyword: self._listed(lambda: self.condition(depth + 1))}
        if self._took("("):
            inner = self.condition(depth + 1)
            self._close()
            return inner
        return self._test()

    def _test(self) -> Document:
        subject = self._subject()
        if self._took("!="):
            return {"not": {**subject, "equals": self._value()}}
        if self.next.kind is Kind.SIGN and self.next.text in COMPARISONS:
            return {**subject, COMPARISONS[self._take().text]: self._value()}
        if self._took_word("contains"):
            return {**subject, "contains": self._value()}
        self._took_word("is")
        negated = self._took_word("not")
        if self._took_word("answered"):
            return {**subject, "answered": not negated}
        if not self._took_word("in"):
            raise Refused("condition_comparison_expected", **self.here)
        if self.next.text != "(":
            raise Refused("condition_list_expected", **self.here)
        test: Document = {**subject, "one_of": self._listed(self._value)}
        return {"not": test} if negated else test

    def _subject(self) -> Document:
        if self.next.kind is not Kind.WORD or self.next.keyword:
            raise Refused("condition_subject_expected", **self.here)
        source, _, key = self._take().text.partition(".")
        if source in ("question", "site") and key:
            return {source: key}
        name = f"{source}.{key}" if key else source
        known = name in self._names.attributes and name not in self._names.questions
        return {"site" if known else "question": name}

    def _value(self) -> object:
        token = self.next
        if token.kind in (Kind.SIGN, Kind.END) or token.keyword:
            raise Refused("condition_value_expected", **self.here)
        self._take()
        if token.kind is Kind.QUOTED:
            return token.text
        if NUMBER.fullmatch(token.text):
            whole = token.text.lstrip("-").isdigit()
            return int(token.text) if whole else float(token.text)
        return FLAGS.get(token.text.lower(), token.text)

    def _listed(self, entry: Callable[[], Entry]) -> list[Entry]:
        self._take()
        found = [entry()]
        while self._took(","):
            found.append(entry())
        self._close()
        return found

    def _close(self) -> None:
        if not self._took(")"):
            raise Refused("condition_bracket_expected", **self.here)

    def _take(self) -> Token:
        token = self.next
        self._at += 1
        return token

    def _took(self, sign: str) -> bool:
        found = self.next.kind is Kind.SIGN and self.next.text == sign
        self._at += found
        return found

    def _took_word(self, keyword: str) -> bool:
        found = self.next.keyword == keyword
        self._at += found
        return found

    def _follows(self, sign: str) -> bool:
        after = self._tokens[self._at + 1]
        return after.kind is Kind.SIGN and after.text == sign
