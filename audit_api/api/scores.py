"""The shapes of what led to a score: critical effects, and sentences."""

from __future__ import annotations

from audit_api.api.http.shapes import Shown, Word
from audit_api.rules.checklist.questions import EffectKind
from audit_api.web import fields


class EffectSchema(Shown):
    """A critical effect, and the score that it met and left."""

    kind = Word(EffectKind)
    where = fields.Text(metadata={"description": "A question's or section's key."})
    before = fields.percentage()
    after = fields.percentage()
    band = fields.Text(allow_none=True)


class SentenceSchema(Shown):
    """A sentence in each language of the product."""

    en = fields.Text()
    zh = fields.Text()
