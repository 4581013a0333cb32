"""The words of the workbook, in each of the product's languages: names of sheets, cells' words.

What is written is in one language; what is read may be in any, or the word of the format itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from audit_api.words import LOCALES, say

SHEETS: Mapping[str, str] = {
    name: f"sheets.sheet.{name}"
    for name in (
        *("how_to", "checklist", "questions", "options"),
        *("bands", "dimensions", "site_attributes"),
    )
}
"""The sheets, in their order, each with the code of its name."""


_SLIP = 0.8
"""How alike two words are, from 0 to 1, of which one may be a slip for the other."""
MAX_SLIP_LENGTH = 200
"""No word of the workbook is as long, in characters: a longer one is no slip."""


def plain(text: str) -> str:
    """The text as people mean it: half-width, small letters, single spaces, none around it."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def spoken(word: str, language: str) -> str:
    """What a word is called in a language."""
    return say(_code(word), language)


def understood(text: str, among: Iterable[str]) -> str | None:
    """The word that a text stands for, in any language; None where it is none of them."""
    return find(text, {word: _code(word) for word in among})


def find(text: str, named: Mapping[str, str]) -> str | None:
    """The member whose own name, or what its code says in some language, is the text."""
    return _members(tuple(named.items())).get(_joined(text))


@cache
def _members(named: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The members by every name that they have; the first one of a name keeps it."""
    members: dict[str, str] = {}
    for member, code in named:
        for name in (member, *(say(code, locale) for locale in LOCALES)):
            members.setdefault(_joined(name), member)
    return members


def nearest(text: str, among: Iterable[str]) -> str | None:
    """The word that a text is most likely a slip for; None where it resembles none."""
    if len(text) > MAX_SLIP_LENGTH:
        return None
    return next(iter(get_close_matches(plain(text), sorted(among), 1, _SLIP)), None)


def held(text: str, among: Iterable[str]) -> str | None:
    """The word that a text holds, be it one or many: points in “Point value”."""
    tokens = {token.rstrip("s") for token in re.findall(r"[a-z]+", plain(text))}
    return next(
        (
            word
            for word in among
            if (word.rstrip("s") in tokens if word.isascii() else word in plain(text))
        ),
        None,
    )


def names(codes: Iterable[str]) -> list[str]:
    """What codes say in every language, as `plain` has it."""
    return [plain(say(code, locale)) for code in codes for locale in LOCALES]


def listed(among: Iterable[str]) -> list[str]:
    """The words in every language, as a sentence tells them."""
    return [called(_code(word)) for word in among]


def called(code: str) -> str:
    """What a code says in every language."""
    return " / ".join(dict.fromkeys(say(code, locale) for locale in LOCALES))


def _code(word: str) -> str:
    return f"sheets.word.{word}"


def _joined(text: str) -> str:
    return re.sub(r"[\s_\-]+", "_", plain(text))
