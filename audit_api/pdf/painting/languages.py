"""Which words of a document are in another language than itself, told by their script.

People write in their own language whatever that of the document is, and in a document of two
languages many a line has both: a voice has to know where it changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

ENGLISH, CHINESE = "en", "zh"

Spoken: TypeAlias = Sequence[tuple[str, str]]
"""A text in parts, each with its language; "" is the document's."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS = "A-Za-z\u00c0-\u024f"
_BY_HAN = re.compile(f"[{_HAN}]+|[^{_HAN}]+")
_BY_LETTERS = re.compile(f"[{_LETTERS}]+|[^{_LETTERS}]+")
_CHINESE = re.compile(f"[{_HAN}]")
# A code or an abbreviation is said alike in every language.
_ENGLISH = re.compile("[a-z]{2}")
# Korean and Japanese are neither of the two.
_ELSE = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


@lru_cache(8192)
def spoken(text: str, language: str) -> Spoken:
    """A line's parts in the order in which they stand; figures and marks go with the words of the
    other language that they stand beside."""
    chinese = language.startswith(CHINESE)
    if _ELSE.search(text) or not (chinese or _CHINESE.search(text)):
        return ((text, ""),)
    pieces, sign = (_BY_HAN, _ENGLISH) if chinese else (_BY_LETTERS, _CHINESE)
    other = ENGLISH if chinese else CHINESE
    told = [(piece, other if sign.search(piece) else "") for piece in pieces.findall(text)]
    return tuple(
        ("".join(piece for piece, _ in run), own) for own, run in groupby(told, key=itemgetter(1))
    )


def alone(text: str, language: str) -> str:
    """The other language, where a text is in that one alone."""
    voices = spoken(text, language)
    return voices[0][1] if len(voices) == 1 else ""
