"""Warnings about what answers are worth: points, findings and effects that do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from audit_api.errors import Fault, pointer_to
from audit_api.rules.authoring.checking.placing import (
    Layout,
    PlacedEffect,
    PlacedQuestion,
    effect_lists,
    misplaced,
    places_by_start,
)
from audit_api.rules.checklist.questions import (
    CHOICES,
    MEASURES,
    Option,
    QuestionType,
    ValueBand,
)
from audit_api.rules.exact import number
from audit_api.rules.figures.metrics import CSI, NPS

HIGH_IS_GOOD = (NPS, CSI)
"""The metrics that know no reversed scale."""
ONE_OF_ITS_ANSWERS = (QuestionType.SINGLE, QuestionType.SCALE, *MEASURES)
"""The types of which an answer is worth just one option, mark or band."""

PlacedWorth = tuple[str, Option | ValueBand]
"""An option or a band, and the pointer to it."""


def band_order(layout: Layout) -> Iterator[Fault]:
    """Bands of values in no order, and points that fall and rise again from band to band."""
    for placed in layout.sound_questions:
        if not placed.question.bands:
            continue
        entries = placed.written["bands"]
        if place := misplaced(entries):
            values = {"start": entries[place]["from"], "before": entries[place - 1]["from"]}
            yield Fault(f"{placed.pointer}/bands/{place}/from", "band_out_of_order", values)
        else:
            yield from _better_again(placed)


def _better_again(placed: PlacedQuestion) -> Iterator[Fault]:
    """Bands that bring more than the one below although the points were falling before."""
    falling = False
    for (_, lower), (pointer, higher) in pairwise(_worths(placed)):
        if falling and higher.points > lower.points:
            values = {"points": number(higher.points), "fewer": number(lower.points)}
            yield Fault(f"{pointer}/points", "value_band_better_again", values)
        falling = falling or higher.points < lower.points


def alike(layout: Layout) -> Iterator[Fault]:
    """Questions whose every answer brings the same points."""
    for placed in layout.sound_questions:
        question = placed.question
        points = {worth.points for worth in question.worths}
        scored = question.weight > 0 and question.type in ONE_OF_ITS_ANSWERS
        if scored and len(points) == 1 and points != {0}:
            yield Fault(placed.pointer, "points_alike", {"points": number(*points)})


def every_answer_fails(layout: Layout) -> Iterator[Fault]:
    """Questions that nobody can answer without a finding, and scales on which hardly a mark is
    none."""
    for placed in layout.sound_questions:
        question = placed.question
        failing = [worth for worth in question.worths if worth.failed]
        if not failing or question.type not in ONE_OF_ITS_ANSWERS:
            continue
        if len(failing) == len(question.worths):
            yield Fault(placed.pointer, "every_answer_fails")
        elif question.type is QuestionType.SCALE and 3 * len(failing) > 2 * len(question.options):
            marks = [option.key for option in question.options if option.failed]
            values = {
                "failing": len(failing),
                "total": len(question.options),
                "low": marks[0],
                "high": marks[-1],
            }
            yield Fault(f"{placed.pointer}/fails_at", "most_marks_fail", values)


def worse_answers(layout: Layout) -> Iterator[Fault]:
    """Findings and critical effects on answers that bring more points than others without any."""
    told: set[str] = set()
    for placed in layout.sound_questions:
        for fault in _better_and_bad(placed):
            if fault.pointer not in told:
                told.add(fault.pointer)
                yield fault


def _better_and_bad(placed: PlacedQuestion) -> Iterator[Fault]:
    worths = _worths(placed)
    fewest = min((worth.points for _, worth in worths if not _is_bad(worth)), default=None)
    for pointer, worth in worths:
        if not _is_bad(worth):
            continue
        points = number(worth.points)
        if placed.question.type is QuestionType.SEVERAL:
            # Nothing has to be chosen, which brings nothing.
            if worth.points > 0:
                yield Fault(pointer, "bad_option_earns", {"points": points})
        elif fewest is not None and worth.points > fewest:
            values = {"points": points, "fewer": number(fewest)}
            yield Fault(pointer, "worse_answer_passes", values)


def _is_bad(worth: Option | ValueBand) -> bool:
    return worth.failed or bool(worth.effects)


def _worths(placed: PlacedQuestion) -> Sequence[PlacedWorth]:
    """The options or bands of a question; a mark, and yes or no, stand where it says what fails."""
    question, written = placed.question, placed.written
    if question.bands:
        places = places_by_start(written["bands"])
        return [
            (f"{placed.pointer}/bands/{place}", band)
            for place, band in zip(places, question.bands, strict=True)
        ]
    if question.type not in CHOICES:
        return [(f"{placed.pointer}/fails_at", option) for option in question.options]
    shared = "options" not in written
    holder = pointer_to("response_sets", written["response_set"]) if shared else ""
    options = holder or f"{placed.pointer}/options"
    return [(f"{options}/{place}", option) for place, option in enumerate(question.options)]


def reversed_scales(layout: Layout) -> Iterator[Fault]:
    """Reversed scales that feed a metric which knows none, or half of a pair."""
    reverse = {placed.question.key: placed.question.reverse for placed in layout.questions}
    for placed in layout.sound_questions:
        question = placed.question
        if question.reverse and question.metric in HIGH_IS_GOOD:
            values = {"metric": question.metric}
            yield Fault(f"{placed.pointer}/reverse", "reverse_of_metric", values)
        if question.expectation and reverse[question.expectation] is not question.reverse:
            yield Fault(f"{placed.pointer}/expectation", "pair_reversed")


def signs(layout: Layout) -> Iterator[Fault]:
    """Points for each unit that are none, and a bonus that takes points away."""
    for placed in layout.sound_questions:
        question = placed.question
        if question.per_unit == 0:
            yield Fault(f"{placed.pointer}/per_unit", "per_unit_zero")
        points = [question.per_unit or 0, *(worth.points for worth in question.worths)]
        if question.bonus and question.weight and min(points) < 0:
            yield Fault(f"{placed.pointer}/bonus", "bonus_takes_away")


def idle_effects(layout: Layout) -> Iterator[Fault]:
    """Critical effects beside others that do as much."""
    starts = {band.key: band.start for band in layout.checklist.scoring.bands}
    for effects in effect_lists(layout):
        if all(layout.sound(pointer) for pointer, _ in effects):
            yield from _idle(effects, starts)


def _idle(effects: Sequence[PlacedEffect], starts: Mapping[str, int]) -> Iterator[Fault]:
    everything = any(effect == "zero_audit" for _, effect in effects)
    caps = [effect["cap"] for _, effect in effects if isinstance(effect, Mapping)]
    score = min((cap for cap in caps if not isinstance(cap, str)), default=None)
    band = min((cap for cap in caps if isinstance(cap, str)), default=None, key=starts.__getitem__)
    for pointer, effect in effects:
        capping = isinstance(effect, Mapping)
        outdone = capping and effect["cap"] not in (score, band)
        if outdone or (everything and (capping or effect == "fail")):
            yield Fault(pointer, "effect_idle")
