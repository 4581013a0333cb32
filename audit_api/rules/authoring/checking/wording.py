"""What is said in some languages only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from audit_api.errors import Fault, escaped
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


def _swallowed(words: Mapping[str, object], pattern: re.Pattern[str]) -> Mapping[str, str]:
    """The languages that begin inside the text of another one, which full-width signs do not
    end, with that other one."""
    texts = {language: text for language, text in words.items() if isinstance(text, str)}
    return {
        match[1]: language for language, text in texts.items() for match in pattern.finditer(text)
    }
