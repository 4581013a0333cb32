"""A checklist tried out: what a phone would ask, and how the answers would score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_api.errors import Fault
from audit_api.models import ChecklistVersion
from audit_api.rules import authoring as rules
from audit_api.rules.authoring.site_attributes import attribute_faults
from audit_api.rules.scoring import Visit, compile_scorer, explanation
from audit_api.rules.scoring.score import Score
from audit_api.services.checklists import versions
from audit_api.words.explanation.steps import StepInWords, in_words


@dataclass(frozen=True, slots=True)
class Preview:
    """What the answers given so far come to.

    `document` is the checklist as phones get it, `visible` are the questions that are asked, in
    order.  The `score`, and the `steps` that lead to it, take what is refused as unanswered;
    `faults` are what a submission of just these answers would be refused for, and what of the
    site's attributes no condition can go by.
    """

    document: Mapping[str, object]
    visible: tuple[str, ...]
    score: Score
    steps: Sequence[StepInWords]
    faults: Sequence[Fault]


def preview(version: ChecklistVersion, visit: Visit) -> Preview:
    """Try a version out; nothing is kept.  Raises INVALID with every error in a draft."""
    checklist = versions.parsed_checklist(version)
    scorer = compile_scorer(checklist)
    hidden = scorer.hidden(visit)
    return Preview(
        document=rules.document(checklist),
        visible=tuple(key for key in scorer.questions if key not in hidden),
        score=scorer.trial(visit),
        steps=in_words(checklist, explanation.explain(checklist, scorer, visit)),
        faults=[
            *attribute_faults(checklist.site_attributes, visit.attributes),
            *scorer.faults(visit),
        ],
    )
