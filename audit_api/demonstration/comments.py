"""What auditors write: sentences dealt like cards, so that none comes again before its turn."""

from __future__ import annotations

import json
import random
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from audit_api.demonstration.chain import DATA

LOCALES = ("en", "zh")
TONES = ((0.92, "great"), (0.82, "good"), (0.68, "mixed"), (0.0, "poor"))
"""How a visit is summed up, by the least share of its points."""
PAGE = 60
"""So many summaries in a row are all different."""
_BANKS: dict[str, Any] = {
    locale: json.loads((DATA / f"comments.{locale}.json").read_text(encoding="utf-8"))
    for locale in LOCALES
}
_TOPICS = {
    locale: {question: topic for topic in bank["remarks"] for question in topic.split()}
    for locale, bank in _BANKS.items()
}


@dataclass(slots=True)
class Deck:
    """Cards in a shuffled order; shuffled again when all were dealt."""

    cards: list[str]
    chance: random.Random
    left: list[str] = field(default_factory=list)

    def deal(self) -> str:
        if not self.left:
            self.left = self.chance.sample(self.cards, len(self.cards))
        return self.left.pop()


class Comments:
    """The sentences of one demonstration; the same `seed` deals them in the same order."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"{seed} comments")
        self._decks: dict[tuple[str, ...], Deck] = {}
        self._lately: deque[str] = deque(maxlen=PAGE)

    def remark(self, locale: str, question: str, *, good: bool, minutes: int = 0) -> str | None:
        """Return what is said of a question's answer; None where there is nothing of the kind."""
        topic, kind = _TOPICS[locale].get(question), "good" if good else "bad"
        if topic is None or kind not in _BANKS[locale]["remarks"][topic]:
            return None
        return self._deal(locale, "remarks", topic, kind).replace("{minutes}", str(minutes))

    def summary(self, locale: str, format: str, share: float) -> str:
        """Return a visit in three sentences, as good as its share of the points."""
        tone = next(name for least, name in TONES if share >= least)
        while (told := self._three(locale, tone, format)) in self._lately:
            pass  # each sentence has its turn, but three could meet again
        self._lately.append(told)
        return told

    def _three(self, locale: str, tone: str, format: str) -> str:
        parts = (
            self._deal(locale, "summaries", tone, part) for part in ("opening", format, "ending")
        )
        return str(_BANKS[locale]["summary_joint"]).join(parts)

    def note(self, locale: str, topic: str) -> str | None:
        """Return what is filled into an open question; None where nothing is known to say."""
        return self._deal(locale, "notes", topic) if topic in _BANKS[locale]["notes"] else None

    def _deal(self, locale: str, *path: str) -> str:
        deck = self._decks.get((locale, *path))
        if deck is None:
            cards = _BANKS[locale]
            for step in path:
                cards = cards[step]
            deck = self._decks[locale, *path] = Deck(cards, self._chance)
        return deck.deal().replace("{tea}", self._chance.choice(_BANKS[locale]["teas"]))
