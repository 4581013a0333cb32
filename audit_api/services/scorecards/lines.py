"""The lines of a scorecard: what a part scored, how sure that is, and how it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit_api.rules.exact import percentage
from audit_api.rules.figures import statistics
from audit_api.rules.figures.comparison import Sample, welch
from audit_api.rules.figures.statistics import NoInterval
from audit_api.rules.totals import Kind, Sums
from audit_api.services.scorecards.figures import History, total
from audit_api.services.scorecards.titles import Title


@dataclass(frozen=True, slots=True)
class Change:
    """The difference to an earlier period, `points` and `relative` both in hundredths of a
    percent; None without a base.

    `comparable` is False where the two were not scored by the same rules.
    """

    points: int | None
    relative: int | None
    comparable: bool


@dataclass(frozen=True, slots=True)
class LineChange(Change):
    """A change of a mean from the `n` scores of the earlier period; `p` is the probability that
    chance alone makes one so large, None where nothing can be told (see
    `rules.figures.comparison.welch`)."""

    p: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a scorecard: percentages in hundredths, points in millionths; `n` audits had a
    score.

    A score is the mean of the audits' scores, for every visit weighs the same; `pooled` is earned
    over possible points.  `low` and `high` end the 95 % interval.  `mixed` says that the audits
    were scored by different rules, so that unlike scores are averaged.
    """

    key: str
    title: Title
    n: int
    score: int | None
    raw: int | None
    low: int | None
    high: int | None
    earned: int
    possible: int
    pooled: int | None
    mixed: bool
    change: LineChange
    change_on_year: LineChange

    @property
    def no_interval(self) -> NoInterval | None:
        return statistics.no_interval(self.n, self.low)


def line(history: History, kind: Kind, key: str, title: Title) -> Line:
    """The line of one part."""
    now = history.now.by_key(kind, key)
    sums = total(now.values())
    mean = statistics.mean(sums.scored, sums.final_sum, sums.final_squares)
    return Line(
        key=key,
        title=title,
        n=sums.scored,
        score=mean.mean,
        raw=statistics.average(sums.scored, sums.raw_sum),
        low=mean.low,
        high=mean.high,
        earned=sums.earned,
        possible=sums.possible,
        pooled=percentage(sums.earned, sums.possible),
        mixed=len(_keys(now)) > 1,
        change=line_change(now, history.before.by_key(kind, key)),
        change_on_year=line_change(now, history.year_before.by_key(kind, key)),
    )


def lines(history: History, kind: Kind, titles: Mapping[str, Title]) -> tuple[Line, ...]:
    """The lines of a kind, of every part that an audit of the period has."""
    return tuple(
        line(history, kind, key, title)
        for key, title in titles.items()
        if history.now.total(kind, key).audits
    )


def average(sums: Sums) -> int | None:
    """The mean of the audits' scores, in hundredths of a percent."""
    return statistics.average(sums.scored, sums.final_sum)


def change_between(
    now: int | None, before: int | None, keys: object, keys_before: object
) -> Change:
    """The change from one figure to another, each made under the rules of its keys."""
    change = statistics.change(now, before)
    return Change(change.points, change.relative, comparable=bool(keys) and keys == keys_before)


def sample(sums: Sums) -> Sample:
    """The scores behind sums, to be compared with others."""
    return Sample(sums.scored, sums.final_sum, sums.final_squares)


def line_change(now: Mapping[str, Sums], before: Mapping[str, Sums]) -> LineChange:
    """The change of a mean from sums by scoring key to others."""
    sums_now, sums_before = total(now.values()), total(before.values())
    change = change_between(average(sums_now), average(sums_before), _keys(now), _keys(before))
    p = welch(sample(sums_now), sample(sums_before))
    return LineChange(change.points, change.relative, change.comparable, p, sums_before.scored)


def _keys(by_key: Mapping[str, Sums]) -> frozenset[str]:
    return frozenset(key for key, sums in by_key.items() if sums.audits)
