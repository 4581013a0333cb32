"""Says the scores of sections, of the whole and of dimensions, in words.

A percentage that was rounded never enters another sum: its fraction stands there instead, so that
whoever does the sum again arrives at the figure that is stated.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.rules.checklist.sections import Method
from audit_api.rules.scoring.explanation.steps import Deducted, PartOf, Summed, Tagged
from audit_api.words import answers
from audit_api.words.checklist import Words, decimal
from audit_api.words.explanation.shares import fraction, is_rounded, rounded_percent


def summed(step: Summed, words: Words) -> str:
    """Say the score of a section or of the whole."""
    name = words.section(step.key) if step.key else words.say("explain.whole")
    if step.again:
        name = words.say("explain.again", name=name)
    if step.method is Method.WEIGHTED:
        return _weighted(step, name, words)
    if not step.questions and not step.parts:
        return words.say("explain.nothing_asked", name=name)
    if not step.earned and not step.possible:
        return words.say("explain.none_possible", name=name)
    if step.parts:
        return _pooled(step, name, words)
    first, last = words.numbers[step.questions[0]], words.numbers[step.questions[-1]]
    numbers = first if first == last else f"{first}–{last}"
    return words.say("explain.section", name=name, numbers=numbers, result=_result(step, words))


def deducted(step: Deducted, words: Words) -> str:
    """Say the whole by demerits."""
    start, share = decimal(step.start), rounded_percent(step.share, words)
    if step.share is None:
        return words.say("explain.no_answers")
    if not step.demerits:
        return words.say("explain.no_demerits", start=start, share=share)
    left = step.start - sum(lost.demerit for lost in step.demerits)
    demerits = " - ".join(
        words.say("explain.lost", demerit=decimal(lost.demerit), number=words.numbers[lost.key])
        for lost in step.demerits
    )
    code = "explain.demerits_floor" if left < 0 else "explain.demerits"
    return words.say(code, start=start, demerits=demerits, left=decimal(left), share=share)


def tagged(step: Tagged, words: Words) -> str:
    """Say the score of a dimension."""
    name = words.quoted(words.dimensions[step.key])
    if not step.questions:
        return words.say("explain.dimension_empty", name=name)
    numbers = [words.numbers[key] for key in step.questions]
    return words.say("explain.dimension", name=name, numbers=numbers, result=_result(step, words))


def _result(step: Summed | Tagged, words: Words) -> str:
    code = "explain.no_result" if step.share is None else "explain.result"
    earned, possible = answers.points(step.earned), answers.points(step.possible)
    return words.say(
        code, earned=earned, possible=possible, share=rounded_percent(step.share, words)
    )


def _pooled(step: Summed, name: str, words: Words) -> str:
    parts = " + ".join(
        words.say(
            "explain.part_points",
            section=words.section(part.key),
            earned=answers.points(part.earned),
            possible=answers.points(part.possible),
        )
        for part in step.parts
        if part.earned or part.possible
    )
    return words.say("explain.pooled", name=name, parts=parts, result=_result(step, words))


def _weighted(step: Summed, name: str, words: Words) -> str:
    left = [part for part in step.parts if part.share is not None]
    if not left:
        return words.say("explain.partless", name=name)
    text = _mean(step, left, name, words)
    dropped = [words.section(part.key) for part in step.parts if part.share is None]
    if not dropped:
        return text
    return text + words.say("explain.joint") + words.say("explain.left_out_parts", sections=dropped)


def _mean(step: Summed, left: Sequence[PartOf], name: str, words: Words) -> str:
    """Say the mean of the parts that have a score: of percentages, or of fractions where one of
    the percentages was rounded."""
    if step.share is None:
        return words.say("explain.weightless", name=name)
    result = rounded_percent(step.share, words)
    if step.key and is_rounded(step.share):
        result = f"{fraction(step.share, step.earned, step.possible)} = {result}"
    if len(left) == 1:
        section = words.section(left[0].key)
        return words.say("explain.single_part", name=name, section=section, result=result)
    exact = any(is_rounded(part.share) for part in left)
    return words.say(
        "explain.weighted",
        name=name,
        parts=" + ".join(_part(part, words, exact=exact) for part in left),
        weights=decimal(sum(part.weight for part in left)),
        result=result,
    )


def _part(part: PartOf, words: Words, *, exact: bool) -> str:
    share = rounded_percent(part.share, words)
    if exact and part.share is not None:
        share = fraction(part.share, part.earned, part.possible)
    section = words.section(part.key)
    return words.say(
        "explain.part_share", section=section, share=share, weight=decimal(part.weight)
    )
