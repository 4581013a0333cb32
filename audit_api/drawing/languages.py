"""Words in one language, or in two beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Text: TypeAlias = str | tuple[str, ...]
"""What a document says: plain where every language writes it alike, else once in each."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of a document: code → sentence, once for each of its languages."""

    languages: tuple[Mapping[str, str], ...]

    def say(self, code: str, **values: Text | int) -> Text:
        """The sentence of a code in every language, with `values` in their places."""
        return tuple(
            words[code].format_map({name: _own(value, index) for name, value in values.items()})
            if values
            else words[code]
            for index, words in enumerate(self.languages)
        )


def each(text: Text) -> tuple[str, ...]:
    """The words of every language; what two of them write alike is there once."""
    return (text,) if isinstance(text, str) else tuple(dict.fromkeys(text))


def joined(text: Text, joint: str = " ") -> str:
    """All languages on one line."""
    return joint.join(each(text))


def together(texts: tuple[Text, ...], joint: str) -> Text:
    """Several texts made one, language by language."""
    if all(isinstance(text, str) for text in texts):
        return joint.join(text for text in texts if isinstance(text, str))
    count = max(len(text) for text in texts if not isinstance(text, str))
    return tuple(joint.join(str(_own(text, index)) for text in texts) for index in range(count))


def _own(value: Text | int, index: int) -> str | int:
    return value[min(index, len(value) - 1)] if isinstance(value, tuple) else value
