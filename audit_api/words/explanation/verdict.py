"""Says the band and the status that follow from a score, and how much was answered, in words."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.rules.exact import percent
from audit_api.rules.scoring.explanation.steps import Banded, BandFloor, Covered, Decided
from audit_api.words.checklist import Words
from audit_api.words.explanation.shares import is_rounded, rounded_percent


def banded(step: Banded, words: Words) -> str:
    """Say the band, and what critical effects did to it."""
    text = words.say(
        "explain.bands",
        bands=[_band_floor(start, words) for start in step.bands],
        score=percent(step.score),
        band=words.quoted(words.bands[step.reached]),
    )
    if not step.caps:
        return text
    lowest = next(start.key for start in step.bands if start.key in step.caps)
    code = "explain.band_stays" if step.band == step.reached else "explain.band_capped"
    capped = words.say(code, cap=words.quoted(words.bands[lowest]))
    return text + words.say("explain.joint") + capped


def decided(step: Decided, words: Words) -> str:
    """Say whether the audit passed, with every reason."""
    if step.passed is None:
        demanded = step.pass_mark is not None or step.marked
        return words.say("explain.nothing_to_compare" if demanded else "explain.no_mark")
    reasons = _reasons_for(step, words) if step.passed else _reasons_against(step, words)
    code = "explain.passed" if step.passed else "explain.not_passed"
    return words.say(code, reasons=words.say("explain.also").join(reasons))


def covered(step: Covered, words: Words) -> str:
    """Say how many scored questions were answered, which were not, and whether that is enough."""
    exact = is_rounded(step.demanded)
    demanded = str(step.demanded) if exact else rounded_percent(step.demanded, words)
    answered, visible = step.answered, step.visible
    clauses = [words.say("explain.coverage", answered=answered, visible=visible, demanded=demanded)]
    if step.missing:
        clauses.append(words.say("explain.missing", numbers=_numbers(step.missing, words)))
    if step.bonuses:
        clauses.append(words.say("explain.bonuses", numbers=_numbers(step.bonuses, words)))
    clauses.append(words.say("explain.valid" if step.valid else "explain.invalid"))
    return words.say("explain.joint").join(clauses)


def _band_floor(start: BandFloor, words: Words) -> str:
    score = percent(start.score)
    return words.say("explain.band_start", band=words.quoted(words.bands[start.key]), score=score)


def _reasons_for(step: Decided, words: Words) -> Iterator[str]:
    if step.score is not None and step.pass_mark is not None:
        yield words.say("explain.score_reaches", **_compared(step, words))
    if step.marked:
        yield words.say("explain.sections_reach")


def _reasons_against(step: Decided, words: Words) -> Iterator[str]:
    if step.effects:
        yield words.say("explain.critical", causes=[_short(key, words) for key in step.effects])
    if step.missed:
        yield words.say("explain.sections_miss", sections=[*map(words.section, step.missed)])
    if step.score is not None and step.pass_mark is not None and step.score < step.pass_mark:
        yield words.say("explain.score_misses", **_compared(step, words))


def _compared(step: Decided, words: Words) -> dict[str, str]:
    return {
        "score": percent(step.score),
        "pass_mark": percent(step.pass_mark),
    }


def _short(key: str, words: Words) -> str:
    """Name a question by its number, or a section."""
    if key in words.questions:
        return words.say("explain.number", number=words.numbers[key])
    return words.section(key)


def _numbers(keys: tuple[str, ...], words: Words) -> list[str]:
    return [words.numbers[key] for key in keys]
