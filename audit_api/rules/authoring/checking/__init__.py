"""Warnings: what the author of a checklist may have meant otherwise, as far as it could be read.

Each check is one function that yields everything it finds; none stops another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from audit_api.errors import Fault
from audit_api.rules.authoring import Reading
from audit_api.rules.authoring.checking import (
    answers,
    asking,
    names,
    ratings,
    scores,
    wording,
    worths,
)
from audit_api.rules.authoring.checking.placing import Layout, laid_out

Check = Callable[[Layout], Iterable[Fault]]

OF_SCORES: Sequence[Check] = (
    scores.section_weights,
    scores.weights_of_nothing,
    scores.only_deductions,
    scores.demerits,
    scores.demerits_left_out,
    scores.bonuses,
    scores.score_bands,
    ratings.ratings,
    scores.pass_marks,
    scores.caps,
    scores.zeroed_sections,
)
"""These depend on the method that makes a score of points."""
OF_PARTS: Sequence[Check] = (
    answers.weights,
    answers.value_bands,
    worths.band_order,
    worths.alike,
    worths.every_answer_fails,
    worths.worse_answers,
    worths.reversed_scales,
    worths.signs,
    worths.idle_effects,
    answers.evidence,
    answers.left_out,
    asking.conditions,
    asking.never_asked,
    wording.translations,
    wording.titles_alike,
)
OF_THE_WHOLE: Sequence[Check] = (
    scores.nothing_scored,
    scores.bonus_of_nothing,
    answers.read_by_nobody,
    names.response_sets,
    names.dimensions,
    names.site_attributes,
    names.metrics,
)
"""These say that nothing in the whole checklist does a thing: any fault may hide what does it."""


def warnings(reading: Reading) -> list[Fault]:
    """Everything that may be a mistake, each at its JSON pointer in the document as written, but
    nothing that a fault of the document might have caused.
    """
    layout = laid_out(reading)
    return [fault for check in _checks(reading) for fault in check(layout)]


def _checks(reading: Reading) -> Sequence[Check]:
    if not reading.faults:
        return (*OF_SCORES, *OF_PARTS, *OF_THE_WHOLE)
    return OF_PARTS if any(map(_hides_method, reading.faults)) else (*OF_SCORES, *OF_PARTS)


def _hides_method(fault: Fault) -> bool:
    """Whether the author may have meant another method than the one that was read."""
    if fault.code == "member_unknown":
        return fault.pointer.rpartition("/")[0] in ("", "/scoring")
    return fault.pointer in ("/scoring", "/scoring/method")
