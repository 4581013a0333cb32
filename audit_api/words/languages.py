"""Which of some languages is nearest to the one that a reader asks for.

Tags are those of RFC 5646, an underscore in the place of a hyphen too.  What is near is CLDR's
language matching: the script counts more than the region, so that Taiwan reads Traditional
Chinese where there is some, and rather Simplified Chinese than English.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from langcodes import standardize_tag, tag_distance
from langcodes.tag_parser import LanguageTagError

MAX_TAG_LENGTH = 35
"""The longest tag, in characters: RFC 5646 asks for no more room."""
_UNREADABLE = 80
"""How far, for CLDR, a language is that the reader of another cannot read."""


def closest(asked: str, offered: Sequence[str]) -> str | None:
    """Return the offered tag that is nearest to the one asked for; None where none is near.

    Of equally near ones it is the one that RFC 4647's lookup finds, else the first.
    """
    return _closest(asked, tuple(offered)) if len(asked) <= MAX_TAG_LENGTH else None


def standard(tag: str) -> str | None:
    """Return a tag as RFC 5646 spells it, zh-TW for zh_tw; None where it is no tag."""
    try:
        return standardize_tag(tag)
    except LanguageTagError:
        return None


# Every text of a document asks, and each time it is one of a few.
@lru_cache(maxsize=4096)
def _closest(asked: str, offered: tuple[str, ...]) -> str | None:
    if asked in offered:
        return asked
    near = {tag: distance for tag in offered if (distance := _distance(asked, tag)) < _UNREADABLE}
    return min(near, key=lambda tag: (near[tag], not asked.startswith(f"{tag}-")), default=None)


def _distance(asked: str, tag: str) -> int:
    try:
        return tag_distance(asked, tag)
    except LanguageTagError:
        return _UNREADABLE
