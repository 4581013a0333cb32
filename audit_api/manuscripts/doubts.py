"""What is doubtful about a checklist: what the rules warn of, and what no report can print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from audit_api.errors import Fault, escaped
from audit_api.glyphs.coverage import missing
from audit_api.glyphs.warnings import told, unprintable
from audit_api.rules.authoring import Reading
from audit_api.rules.authoring.checking import warnings
from audit_api.rules.authoring.node import members


class WrittenText(NamedTuple):
    """A text in one language, where it stands, and the characters in it that no report can
    print."""

    pointer: str
    text: str
    missing: Sequence[str]


def doubts(reading: Reading) -> list[Fault]:
    """Return everything that may be a mistake, each at its JSON pointer."""
    return [*warnings(reading), *_unprintable(reading)]


def _unprintable(reading: Reading) -> Iterator[Fault]:
    """A language that reports cannot print as a whole, once, and elsewhere each text."""
    written = _texts(reading)
    for place, locale in enumerate(reading.checklist.locales):
        texts = written.get(locale, [])
        lacking = [text for text in texts if text.missing]
        if 2 * len(lacking) > len(texts):
            signs = sorted({sign for text in lacking for sign in text.missing})
            values = {
                "locale": locale,
                "count": len(lacking),
                "total": len(texts),
                "characters": told(signs),
            }
            yield Fault(f"/locales/{place}", "locale_unprintable", values)
            continue
        yield from unprintable({text.pointer: text.text for text in lacking})


def _texts(reading: Reading) -> Mapping[str, Sequence[WrittenText]]:
    """The texts of a document by language."""
    written: dict[str, list[WrittenText]] = {}
    for pointer, words in members(reading.document, ("title", "hint")):
        for locale, text in words.items():
            if isinstance(text, str):
                here = f"{pointer}/{escaped(str(locale))}"
                written.setdefault(locale, []).append(WrittenText(here, text, missing(text)))
    return written
