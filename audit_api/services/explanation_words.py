"""Says the steps of an explained score in words."""

from __future__ import annotations

from audit_api.rules.explanation.questions import Asked, Hidden
from audit_api.rules.explanation.steps import (
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
from audit_api.rules.questions import EffectKind
from audit_api.services import question_words, section_words, verdict_words, wording
from audit_api.services.checklist_words import Words
from audit_api.services.share_words import percent

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
            return question_words.asked(step, words)
        case Hidden():
            return question_words.hidden(step, words)
        case Summed():
            return section_words.summed(step, words)
        case Deducted():
            return section_words.deducted(step, words)
        case Tagged():
            return section_words.tagged(step, words)
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
            return verdict_words.banded(step, words)
        case Decided():
            return verdict_words.decided(step, words)
        case Covered():
            return verdict_words.covered(step, words)
        case Differing():
            return _differing(step, words)


def _fixed(step: Fixed, words: Words) -> str:
    if step.share is None:
        return words.say(UNFIXED[step.kind])
    said = words.say(FIXED[step.kind], score=wording.percent(step.score, words.locale))
    if (fixed_share(step.share) or 0) >= 0:
        return said
    below = words.say("explain.below_zero", share=percent(step.share, words))
    return below + words.say("explain.joint") + said


def _zeroed(step: Zeroed, words: Words) -> str:
    return words.say(
        "explain.zeroed",
        causes=[question_words.cause(each, words) for each in step.causes],
        section=words.section(step.key),
        earned=wording.points(step.earned),
        left=wording.points(step.left),
        change=_change(step.before, step.after, words),
    )


def _marked(step: Marked, words: Words) -> str:
    return words.say(
        "explain.mark_reached" if step.passed else "explain.mark_missed",
        section=words.section(step.key),
        pass_mark=wording.percent(step.pass_mark, words.locale),
        score=wording.percent(step.score, words.locale),
    )


def _affected(step: Affected, words: Words) -> str:
    return words.say(
        EFFECTS[step.effect],
        cause=question_words.cause(Cause(step.key, step.value), words),
        cap=wording.percent(step.cap, words.locale),
        band=words.quoted(words.bands[step.band]) if step.band else "",
        change=_change(step.before, step.after, words),
    )


def _differing(step: Differing, words: Words) -> str:
    return words.say(
        "explain.differs" if step.engine == step.current else "explain.other_engine",
        score=wording.percent(step.score, words.locale),
        engine=step.engine,
        current=step.current,
    )


def _change(before: Share, after: Share, words: Words) -> str:
    if before is None:
        return words.say("explain.no_change")
    code = "explain.stays" if before == after else "explain.becomes"
    return words.say(code, before=percent(before, words), after=percent(after, words))
