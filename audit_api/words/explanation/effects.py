"""Says what critical effects did."""

from __future__ import annotations

from audit_api.rules.checklist.questions import EffectKind
from audit_api.rules.exact import percent
from audit_api.rules.scoring.explanation.changes import Change
from audit_api.words.checklist import Words
from audit_api.words.explanation import questions


def effect(
    kind: EffectKind, words: Words, *, section: str, cap: int | None, band: str | None
) -> str:
    """Say what an effect does; `section` is the key of what it zeroes."""
    return words.say(
        f"effect.{kind}",
        section=words.section(section) if section else "",
        cap=percent(cap),
        band=words.quoted(words.bands[band]) if band else "",
    )


def done(change: Change, words: Words) -> str:
    """Say what an effect did."""
    return effect(change.kind, words, section=change.section, cap=change.cap, band=change.band)


def causes(change: Change, words: Words) -> str:
    """Name the answers, or the section below its pass mark, that an effect hung on."""
    return words.say(
        "effect.causes", causes=[questions.cause(each, words) for each in change.causes]
    )
