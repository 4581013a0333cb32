"""Warnings of texts that no paper can draw as they were written.  Such a text is never refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit_api.errors import Fault
from audit_api.glyphs.coverage import missing
from audit_api.rules.names import code_point

SHOWN = 5
"""So many characters are named at most."""


def unprintable(texts: Mapping[str, str | None]) -> Iterator[Fault]:
    """Yield a warning for each text, given by the JSON pointer to it, that has such characters."""
    for pointer, text in texts.items():
        if text and (lacking := missing(text)):
            yield Fault(pointer, "text_unprintable", {"characters": told(lacking)})


def told(characters: list[str]) -> list[str]:
    """The first of some characters, each as it looks and by its code point: ẞ (U+1E9E)."""
    return [f"{each} ({code_point(each)})" for each in characters[:SHOWN]]
