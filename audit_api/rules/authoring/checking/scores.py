"""Warnings about the scoring: weights, demerits, bands, pass marks and caps without effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from audit_api.errors import Fault
from audit_api.rules.authoring.checking.placing import (
    Layout,
    PlacedSection,
    effect_lists,
    effects_at,
    misplaced,
    places_by_start,
)
from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.checklist.sections import (
    Method,
    Section,
    conditions_over,
    questions_of,
    walk,
)
from audit_api.rules.exact import number
from audit_api.rules.scoring.arithmetic import PERCENT

PLAIN = 1000
"""The weight, in thousandths, of what has no weight of its own."""
ALL_POINTS = 100_000
"""The start of a demerit score, in thousandths, where its author gives no other."""


def nothing_scored(layout: Layout) -> Iterator[Fault]:
    """Checklists without a question that brings points or demerits."""
    checklist = layout.checklist
    if checklist.scoring.method is Method.DEMERIT:
        if not any(question.demerit for question in checklist.questions()):
            yield Fault("/touchpoints", "no_demerits")
    elif not _brings(checklist.questions()):
        yield Fault("/touchpoints", "no_points")


def section_weights(layout: Layout) -> Iterator[Fault]:
    """Weights of sections that no score looks at."""
    method = layout.checklist.scoring.method
    for placed in layout.sound_sections:
        pointer = f"{placed.pointer}/weight"
        if placed.section.weight == PLAIN:
            continue
        if method is not Method.WEIGHTED:
            yield Fault(pointer, "section_weight_unused", {"method": method.value})
        elif not _brings(questions_of(placed.section)):
            yield Fault(pointer, "section_weight_without_points")
        elif placed.section.weight == 0 and not _weightless(placed.siblings):
            yield Fault(pointer, "section_weight_zero")


def weights_of_nothing(layout: Layout) -> Iterator[Fault]:
    """Neighbours that all weigh nothing: what is around them has no score."""
    if layout.checklist.scoring.method is not Method.WEIGHTED:
        return
    for placed in layout.sections:
        siblings = placed.pointer.rpartition("/")[0]
        first = placed.section is placed.siblings[0]
        if first and layout.sound(siblings) and _weightless(placed.siblings):
            yield Fault(siblings, "weights_all_zero")


def _weightless(siblings: Iterable[Section]) -> bool:
    weights = [section.weight for section in siblings if _brings(questions_of(section))]
    return bool(weights) and not any(weights)


def only_deductions(layout: Layout) -> Iterator[Fault]:
    """Sections in which points can be lost and none can be earned: the loss counts nowhere."""
    if layout.checklist.scoring.method is not Method.WEIGHTED:
        return
    for placed in layout.sound_sections:
        questions = placed.section.questions
        if any(map(_below_zero, questions)) and not _brings(questions):
            yield Fault(placed.pointer, "deductions_from_nothing")


def demerits(layout: Layout) -> Iterator[Fault]:
    """Demerits, or a start to take them from, under a method that knows none."""
    rules = layout.checklist.scoring
    if rules.method is Method.DEMERIT:
        return
    if rules.start != ALL_POINTS:
        yield Fault("/scoring/start", "start_unused", {"method": rules.method.value})
    for placed in layout.sound_questions:
        if placed.question.demerit:
            values = {"method": rules.method.value}
            yield Fault(f"{placed.pointer}/demerit", "demerit_unused", values)


def demerits_left_out(layout: Layout) -> Iterator[Fault]:
    """Demerits all of which hang on questions that a visit may do without."""
    if layout.checklist.scoring.method is not Method.DEMERIT or not layout.sound("/touchpoints"):
        return
    costly = [
        (question, conditions_over(path, question))
        for path in walk(layout.checklist.touchpoints)
        for question in path[-1].questions
        if question.demerit
    ]
    if costly and all(
        question.not_applicable or question.not_observed or any(conditions)
        for question, conditions in costly
    ):
        yield Fault("/touchpoints", "demerits_may_be_left_out")


def bonuses(layout: Layout) -> Iterator[Fault]:
    """Bonus points that no score takes in."""
    method = layout.checklist.scoring.method
    for placed in layout.sound_questions:
        pointer, around = f"{placed.pointer}/bonus", placed.section
        if not placed.question.bonus:
            continue
        if method is Method.DEMERIT:
            yield Fault(pointer, "bonus_under_demerit")
        elif method is Method.WEIGHTED and _pointless(layout, around):
            yield Fault(pointer, "bonus_without_points")


def bonus_of_nothing(layout: Layout) -> Iterator[Fault]:
    """Scores over 100 that no bonus can lift so high."""
    if layout.checklist.scoring.bonus_over_100 and _highest(layout) is not None:
        yield Fault("/scoring/bonus_over_100", "bonus_over_100_unused")


def score_bands(layout: Layout) -> Iterator[Fault]:
    """Bands of the score in no order, or beginning above the lowest score, or the highest."""
    bands, highest = layout.checklist.scoring.bands, _highest(layout)
    if not bands or not layout.sound("/scoring/bands"):
        return
    entries = layout.document["scoring"]["bands"]
    starts = [f"/scoring/bands/{place}/from" for place in places_by_start(entries)]
    if place := misplaced(entries):
        values = {"start": entries[place]["from"], "before": entries[place - 1]["from"]}
        yield Fault(f"/scoring/bands/{place}/from", "band_out_of_order", values)
    if bands[0].start > 0:
        yield Fault(starts[0], "band_above_zero", {"start": number(bands[0].start, 100)})
    for band, pointer in zip(bands, starts, strict=True):
        if highest is not None and band.start > highest:
            yield Fault(pointer, "band_unreachable", {"highest": number(highest, 100)})


def pass_marks(layout: Layout) -> Iterator[Fault]:
    """Pass marks that every score meets, or none, or that a score in the best band may miss."""
    rules, highest = layout.checklist.scoring, _highest(layout)
    if rules.pass_mark == 0:
        yield Fault("/scoring/pass_mark", "pass_mark_always_met")
    if rules.pass_mark is not None and highest is not None and rules.pass_mark > highest:
        values = {"highest": number(highest, 100)}
        yield Fault("/scoring/pass_mark", "pass_mark_unreachable", values)
    best = rules.bands[-1].start if rules.bands and layout.sound("/scoring/bands") else None
    if rules.pass_mark is not None and best is not None and rules.pass_mark > best:
        values = {"start": number(best, 100)}
        yield Fault("/scoring/pass_mark", "pass_mark_above_bands", values)
    for placed in layout.sound_sections:
        yield from _section_pass_mark(placed)
    marks = [placed.section.pass_mark for placed in layout.sections]
    stated = any(mark is not None for mark in marks) or not layout.sound("/touchpoints")
    if rules.every_section_must_pass and not stated:
        yield Fault("/scoring/every_section_must_pass", "no_section_pass_mark")


def _section_pass_mark(placed: PlacedSection) -> Iterator[Fault]:
    section, pointer = placed.section, f"{placed.pointer}/pass_mark"
    if section.pass_mark is None:
        return
    if not _brings(questions_of(section)):
        yield Fault(pointer, "pass_mark_without_points")
    elif section.pass_mark == 0 and not any(map(_below_zero, questions_of(section))):
        yield Fault(pointer, "pass_mark_always_met")


def caps(layout: Layout) -> Iterator[Fault]:
    """Caps that no score and no band could be better than."""
    highest = _highest(layout)
    bands = layout.checklist.scoring.bands
    effects = (effect for listed in effect_lists(layout) for effect in listed)
    for pointer, effect in effects:
        if not layout.sound(pointer) or not isinstance(effect, Mapping):
            continue
        cap = effect["cap"]
        if isinstance(cap, str):
            if layout.sound("/scoring/bands") and cap == bands[-1].key:
                yield Fault(f"{pointer}/cap", "cap_of_best_band")
        elif highest is not None and cap * 100 >= highest:
            yield Fault(f"{pointer}/cap", "cap_unreachable", {"highest": number(highest, 100)})


def zeroed_sections(layout: Layout) -> Iterator[Fault]:
    """Effects that zero a section which has no score anyway."""
    for placed in layout.questions:
        if _pointless(layout, placed.section):
            for pointer, effect in effects_at(placed):
                if effect == "zero_section":
                    yield Fault(pointer, "zero_section_without_points")


def _pointless(layout: Layout, placed: PlacedSection) -> bool:
    """Whether no question right in a section brings points, as far as can be told."""
    return layout.sound(placed.pointer) and not _brings(placed.section.questions)


def _brings(questions: Iterable[Question]) -> bool:
    """Whether some question adds to the points possible."""
    return any(question.possible > 0 for question in questions)


def _below_zero(question: Question) -> bool:
    """Whether an answer can cost points."""
    if question.type is QuestionType.SEVERAL:
        return False  # Its points are summed and never fall below 0.
    lowest = min((worth.points for worth in question.worths), default=0)
    return question.weight > 0 and (lowest < 0 or (question.per_unit or 0) < 0)


def _highest(layout: Layout) -> int | None:
    """The best score that any audit can get, in hundredths of a percent; None beyond 100 %, and
    where a fault hides it."""
    checklist, rules = layout.checklist, layout.checklist.scoring
    if not all(map(layout.sound, ("/scoring/start", "/scoring/bonus_over_100"))):
        return None
    if rules.method is Method.DEMERIT:
        return rules.start // 10
    if rules.bonus_over_100 and not layout.sound("/touchpoints"):
        return None
    bonus = any(
        question.bonus and question.weight and (question.best > 0 or (question.per_unit or 0) > 0)
        for question in checklist.questions()
    )
    return None if bonus and rules.bonus_over_100 else PERCENT
