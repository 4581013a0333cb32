"""Comments for a scorecard, picked so that nobody can choose what a site reads of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from audit_api.pdf import Comment
from audit_api.rules.checklist.sections import Section, questions_of
from audit_api.rules.scoring.praise import Tone, tone
from audit_api.services.documents.counted import Counted
from audit_api.services.documents.lots import lot
from audit_api.services.documents.told import texts

MAX_COMMENTS = 3
"""Comments of each tone."""


class Candidate(NamedTuple):
    """A comment of a visit: `lot` orders the comments by what nobody can foresee or steer."""

    lot: bytes
    audit_id: UUID
    site_id: UUID
    day: date
    touchpoint: Section
    text: str
    tone: Tone


def comments(
    visits: Collection[Counted], lang: str, sites: Mapping[UUID, str] | None = None
) -> tuple[Comment, ...]:
    """Return up to three comments of praise and three complaints, the latest first; with the names
    of `sites`, where they are told.

    They are drawn by lot, the same at every drawing; a visit gives a second one only where the
    others have none left.
    """
    candidates = sorted(_candidates(visits), key=lambda each: each.lot)
    return tuple(
        Comment(
            each.text,
            each.day,
            texts(each.touchpoint.title, lang),
            good=chosen is Tone.PRAISE,
            site=sites.get(each.site_id) if sites else None,
        )
        for chosen in Tone
        for each in sorted(
            draw_by_lot(candidates, chosen), key=lambda each: (-each.day.toordinal(), each.lot)
        )
    )


def draw_by_lot(candidates: list[Candidate], tone: Tone) -> list[Candidate]:
    """Return the comments that the lot falls on; `candidates` are in the order of their lots."""
    first: list[Candidate] = []
    further: list[Candidate] = []
    seen: set[UUID] = set()
    for candidate in candidates:
        if candidate.tone is tone:
            (further if candidate.audit_id in seen else first).append(candidate)
            seen.add(candidate.audit_id)
    return [*first, *further][:MAX_COMMENTS]


def _candidates(visits: Collection[Counted]) -> Iterator[Candidate]:
    for made in visits:
        version, answers = made.version, made.read.visit.answers
        results = {
            result.question.key: result for result in version.scorer.results(made.read.visit)
        }
        for touchpoint in version.checklist.touchpoints:
            for question in questions_of(touchpoint):
                text = answers.get(question.key, {}).get("comment", "").strip()
                said = tone(results[question.key])
                if text and said is not None:
                    drawn = lot(made.audit_id, question.key)
                    yield Candidate(
                        drawn, made.audit_id, made.site_id, made.day, touchpoint, text, said
                    )
