"""An audit that is to be told: all that its report follows from, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_api.drawing import Text
from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.scoring import Scorer, Visit
from audit_api.rules.scoring.explanation import Step
from audit_api.rules.scoring.score import Score
from audit_api.services.documents.languages import locales, spoken
from audit_api.words import pick
from audit_api.words.checklist import Words, words_of


@dataclass(frozen=True, slots=True)
class Told:
    """An audit: its checklist, what was answered, what that brought, why, and in which language
    of documents all of it is told."""

    checklist: Checklist
    scorer: Scorer
    visit: Visit
    score: Score
    steps: Sequence[Step]
    lang: str

    def words(self) -> tuple[Words, ...]:
        """The checklist's own words, in each language."""
        return tuple(words_of(self.checklist, locale) for locale in locales(self.lang))


def texts(titles: Mapping[str, str], lang: str) -> Text:
    """Return a checklist's own text."""
    return spoken(lambda locale: pick(titles, locale), lang)
