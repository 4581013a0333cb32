"""The sentences about a small audit."""

from __future__ import annotations

from audit_api.words import LOCALES
from audit_api.words.explanation.steps import in_words
from tests.rules.documents import Json
from tests.rules.explained import compiled, steps


def texts(answers: Json, *touchpoints: Json, **members: object) -> list[tuple[str, ...]]:
    """Every sentence about a small audit, in all languages."""
    parsed, _ = compiled(*touchpoints, **members)
    found = in_words(parsed, steps(answers, *touchpoints, **members))
    return [tuple(step.text[locale] for locale in LOCALES) for step in found]
