"""What is said in some languages only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit_api.errors import Fault, escaped, pointer_to
from audit_api.rules.authoring.checking.placing import Layout
from audit_api.rules.authoring.node import members


def translations(layout: Layout) -> Iterator[Fault]:
    """Texts that are missing in a language, each at its place."""
    fallback, *others = layout.checklist.locales or ("",)
    pattern = re.compile(f"[，,；;]\\s*({'|'.join(map(re.escape, others))})\\s*：")
    for pointer, words in members(layout.document, ("title", "hint")):
        holders = _swallowed(words, pattern) if others else {}
        for locale in others:
            if locale in holders:
                here = f"{pointer}/{escaped(holders[locale])}"
                yield Fault(here, "language_in_text", {"given": locale})
            elif words.get(locale) is None and layout.sound(pointer):
                values = {"locale": locale, "fallback": fallback}
                yield Fault(f"{pointer}/{escaped(locale)}", "translation_missing", values)


def titles_alike(layout: Layout) -> Iterator[Fault]:
    """Options, or bands of the score, that nobody can tell apart."""
    scoring, shared = layout.document.get("scoring"), layout.document.get("response_sets")
    lists = [("/scoring/bands", scoring.get("bands") if isinstance(scoring, Mapping) else None)]
    for name, options in shared.items() if isinstance(shared, Mapping) else ():
        lists.append((pointer_to("response_sets", name), options))
    for placed in layout.questions:
        lists.append((f"{placed.pointer}/options", placed.written.get("options")))
    for pointer, entries in lists:
        if isinstance(entries, list) and layout.sound(pointer):
            yield from _alike(pointer, entries)


def _alike(pointer: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    told: set[tuple[str, str]] = set()
    for place, entry in enumerate(entries):
        for locale, text in entry["title"].items():
            said = locale, str(text).strip().casefold()
            if text is not None and said in told:
                here = f"{pointer}/{place}/title/{escaped(locale)}"
                yield Fault(here, "title_repeated", {"locale": locale})
            told.add(said)


def _swallowed(words: Mapping[str, object], pattern: re.Pattern[str]) -> Mapping[str, str]:
    """The languages that begin inside the text of another one, which full-width signs do not
    end, with that other one."""
    texts = {language: text for language, text in words.items() if isinstance(text, str)}
    return {
        match[1]: language for language, text in texts.items() for match in pattern.finditer(text)
    }
