"""The languages of a document: a reader's, or the product's side by side."""

from __future__ import annotations

from collections.abc import Callable

from audit_api.drawing import Labels, Text
from audit_api.words import LOCALES, vocabulary
from audit_api.words import spoken as spoken_locale

BOTH = "both"
"""What a caller asks for who wants every language of the product side by side."""


_BETWEEN = "+"


def led(lang: str, home: str) -> str:
    """Return `both` with the language that is nearest to an organisation's own in the lead; any
    other language of documents as it is."""
    first = spoken_locale(home)
    if lang != BOTH or first is None:
        return lang
    return _BETWEEN.join(sorted(LOCALES, key=lambda locale: locale != first))


def locales(lang: str) -> tuple[str, ...]:
    """Return the locales of a document in `lang`, the leading one first."""
    return LOCALES if lang == BOTH else tuple(lang.split(_BETWEEN))


def labels(lang: str) -> Labels:
    """Return the fixed words of documents, and with them all others of the product."""
    return Labels(tuple(vocabulary(locale) for locale in locales(lang)))


def spoken(say: Callable[[str], str], lang: str) -> Text:
    """Return what `say` makes of each locale of the document."""
    return tuple(say(locale) for locale in locales(lang))
