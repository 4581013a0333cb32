"""Says the steps of an explained score in words."""

from __future__ import annotations

from audit_api.rules.checklist.questions import EffectKind
from audit_api.rules.exact import percent
from audit_api.rules.scoring.explanation.questions import Asked, Hidden
from audit_api.rules.scoring.explanation.steps import (
    Affected,
    Banded,
    Capped,
    Cause,
    Covered,
    Decided,
    Deducted,
    Differing,
    Fixed,
    Marked,
    Share,
    Step,
    Summed,
    Tagged,
    Zeroed,
    fixed_share,
)
from audit_api.words import answers
from audit_api.words.checklist import Words
from audit_api.words.explanation import questions, sections, verdict
from audit_api.words.explanation.shares import rounded_percent

EFFECTS = {
    EffectKind.FAIL: "explain.fail",
    EffectKind.ZERO_AUDIT: "explain.zero_audit",
    EffectKind.CAP: "explain.cap",
    EffectKind.CAP_BAND: "explain.cap_band",
}
FIXED = {"raw": "explain.raw", "final": "explain.final"}
UNFIXED = {"raw": "explain.no_raw", "final": "explain.no_final"}


def sentence(step: Step, words: Words) -> str:
    """Say one step."""
    match step:
        case Asked():
            return questions.asked(step, words)
        case Hidden():
            return questions.hidden(step, words)
        case Summed():
            return sections.summed(step, words)
        case Deducted():
            return sections.deducted(step, words)
        case Tagged():
            return sections.tagged(step, words)
        case Capped():
            return words.say("explain.bonus_cap", change=_change(step.before, step.after, words))
        case Fixed():
            return _fixed(step, words)
        case Zeroed():
            return _zeroed(step, words)
        case Marked():
            return _marked(step, words)
        case Affected():
            return _affected(step, words)
        case Banded():
            return verdict.banded(step, words)
        case Decided():
            return verdict.decided(step, words)
        case Covered():
            return verdict.covered(step, words)
        case Differing():
            return _differing(step, words)


def _fixed(step: Fixed, words: Words) -> str:
    if step.share is None:
        return words.say(UNFIXED[step.kind])
    text = words.say(FIXED[step.kind], score=percent(step.score))
    if (fixed_share(step.share) or 0) >= 0:
        return text
    below = words.say("explain.below_zero", share=rounded_percent(step.share, words))
    return below + words.say("explain.joint") + text


def _zeroed(step: Zeroed, words: Words) -> str:
    return words.say(
        "explain.zeroed",
        causes=[questions.cause(each, words) for each in step.causes],
        section=words.section(step.key),
        earned=answers.points(step.earned),
        left=answers.points(step.left),
        change=_change(step.before, step.after, words),
    )


def _marked(step: Marked, words: Words) -> str:
    return words.say(
        "explain.mark_reached" if step.passed else "explain.mark_missed",
        section=words.section(step.key),
        pass_mark=percent(step.pass_mark),
        score=percent(step.score),
    )


def _affected(step: Affected, words: Words) -> str:
    return words.say(
        EFFECTS[step.effect],
        cause=questions.cause(Cause(step.key, step.value), words),
        cap=percent(step.cap),
        band=words.quoted(words.bands[step.band]) if step.band else "",
        change=_change(step.before, step.after, words),
    )


def _differing(step: Differing, words: Words) -> str:
    return words.say(
        "explain.differs" if step.engine == step.current else "explain.other_engine",
        score=percent(step.score),
        engine=step.engine,
        current=step.current,
    )


def _change(before: Share, after: Share, words: Words) -> str:
    if before is None:
        return words.say("explain.no_change")
    code = "explain.stays" if before == after else "explain.becomes"
    return words.say(
        code, before=rounded_percent(before, words), after=rounded_percent(after, words)
    )
