"""Signals in words: what each says of an audit, and why it holds it or does not."""

from __future__ import annotations

from audit_api.rules.signals.kinds import Signal, SignalKind
from audit_api.words import say


def text(signal: Signal, locale: str) -> str:
    """Return what a signal says, with its values."""
    return say(_sentence(signal), locale, **signal.values)


def reason(kind: SignalKind, locale: str) -> str:
    """Return why a kind of signal holds an audit for review, or why it does not."""
    return say(f"signal.{kind}.reason", locale)


def _sentence(signal: Signal) -> str:
    """A visit is too fast for its checklist, or beside other visits."""
    if signal.kind is SignalKind.TOO_FAST and "median" in signal.values:
        return "signal.too_fast.median"
    return f"signal.{signal.kind}"
