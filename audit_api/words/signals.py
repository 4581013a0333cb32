"""Signals in words: what each says of an audit, and why it holds it or does not."""

from __future__ import annotations

from audit_api.rules.signals.kinds import Signal, SignalKind
from audit_api.words import say


def text(signal: Signal, locale: str) -> str:
    """Return what a signal says, with its values."""
    return say(f"signal.{signal.kind}", locale, **signal.values)


def reason(kind: SignalKind, locale: str) -> str:
    """Return why a kind of signal holds an audit for review, or why it does not."""
    return say(f"signal.{kind}.reason", locale)
