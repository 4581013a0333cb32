"""The periods of a trend: those that were, and those that are expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Labels, Text, together
from audit_api.rules.exact import percent


@dataclass(frozen=True, slots=True)
class Period:
    """One period of the trend; `rules_changed` where it was scored by other rules than the one
    before, `mixed` where several rules scored its visits.  A period without a score is a gap."""

    label: Text
    figure: Figure
    rules_changed: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """A period to come: what it is expected to score, and the ends of the interval in which it will
    lie 95 times in 100."""

    label: Text
    score: int
    low: int
    high: int


def told(periods: Sequence[Period], expected: Sequence[Expected], labels: Labels) -> Text:
    """What a trend shows, figure by figure."""
    scores = tuple(
        labels.say(
            "report.trend_at",
            period=period.label,
            score=percent(period.figure.score),
            visits=period.figure.n,
        )
        for period in periods
    )
    line = labels.say(
        "report.trend_told",
        first=periods[0].label,
        last=periods[-1].label,
        scores=together(scores, "; "),
    )
    return together((line, *(_expected(period, labels) for period in expected)), " ")


def _expected(period: Expected, labels: Labels) -> Text:
    return labels.say(
        "report.expected_at",
        period=period.label,
        score=percent(period.score),
        low=percent(period.low),
        high=percent(period.high),
    )
