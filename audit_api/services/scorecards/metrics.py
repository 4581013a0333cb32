"""What customers would say, over the audits of a period: NPS, CSAT, CES, CSI, and the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from audit_api.rules.checklist.questions import Question
from audit_api.rules.figures import metrics
from audit_api.rules.figures.metrics import CES, CSAT, CSI, NPS, CesMethod, Estimate
from audit_api.rules.figures.statistics import NoInterval, no_interval
from audit_api.rules.totals import Kind
from audit_api.services.scorecards.figures import Figures, History
from audit_api.services.scorecards.lines import Change, change_between
from audit_api.services.scorecards.titles import Title, Version

METRICS = (NPS, CSAT, CES, CSI)


class Unit(StrEnum):
    """What a metric is counted in: a share, a difference of shares, or marks of a scale."""

    PERCENT = "percent"
    POINTS = "points"
    MARKS = "marks"


class Range(NamedTuple):
    """A metric's unit and scale, in hundredths."""

    unit: Unit
    least: int
    most: int


SHARE = Range(Unit.PERCENT, 0, 10_000)
DIFFERENCE = Range(Unit.POINTS, -10_000, 10_000)


@dataclass(frozen=True, slots=True)
class MetricLine:
    """A metric from `n` answers with its 95 % interval, in hundredths of its unit; its scale goes
    from `least` to `most`."""

    metric: str
    unit: Unit
    least: int
    most: int
    n: int
    value: int | None
    low: int | None
    high: int | None
    change: Change
    change_on_year: Change

    @property
    def no_interval(self) -> NoInterval | None:
        return NoInterval.INDEX if self.metric == CSI else no_interval(self.n, self.low)


@dataclass(frozen=True, slots=True)
class GapLine:
    """By how much a perception differs from the expectation: a mean of `n` differences, in
    hundredths of a mark; `most` is the largest that the scale allows."""

    key: str
    title: Title
    n: int
    gap: int | None
    most: int


def metric_lines(history: History, versions: Sequence[Version]) -> tuple[MetricLine, ...]:
    """The metrics that at least one answer of the period counts for."""
    return tuple(_lines(history, versions))


def _lines(history: History, versions: Sequence[Version]) -> Iterator[MetricLine]:
    for metric in METRICS:
        now, before, year_before = (
            _estimate(metric, figures, versions)
            for figures in (history.now, history.before, history.year_before)
        )
        if now.n:
            # A metric has rules of its own, which the newest version sets for every period.
            yield MetricLine(
                metric,
                *_range(metric, versions),
                now.n,
                now.value,
                now.low,
                now.high,
                change_of(now, before),
                change_of(now, year_before),
            )


def _range(metric: str, versions: Sequence[Version]) -> Range:
    """The scale by the newest version that asks for the metric."""
    if metric == NPS:
        return DIFFERENCE
    if metric != CES:
        return SHARE
    version, question = _questions(metric, versions)[0]
    match version.checklist.metrics.ces_method:
        case CesMethod.MEAN:
            return Range(Unit.MARKS, min(_scale(question)) * 100, max(_scale(question)) * 100)
        case CesMethod.NET:
            return DIFFERENCE
        case _:
            return SHARE


@dataclass(frozen=True, slots=True)
class MetricEstimates:
    """One metric on its scale, of several figures in their order."""

    metric: str
    scale: Range
    estimates: tuple[Estimate, ...]


def estimates(each: Sequence[Figures], versions: Sequence[Version]) -> tuple[MetricEstimates, ...]:
    """Return the metrics that all of these figures have an answer for; `versions` are those of
    all."""
    return tuple(
        MetricEstimates(metric, _range(metric, versions), found)
        for metric in METRICS
        for found in [tuple(_estimate(metric, figures, versions) for figures in each)]
        if all(estimate.n for estimate in found)
    )


def change_of(now: Estimate, before: Estimate) -> Change:
    """The change of a metric, which is made by the same rules whatever the period."""
    return change_between(now.value, before.value, "same", "same" if before.n else "")


def gap_lines(figures: Figures, versions: Sequence[Version]) -> tuple[GapLine, ...]:
    """The gaps between expectation and perception, in asking order."""
    lines: dict[str, GapLine] = {}
    for version in versions:
        for question in version.checklist.questions():
            sums = figures.total(Kind.GAP, question.key)
            if sums.scored and question.key not in lines:
                gap = metrics.gap(sums.scored, sums.final_sum)
                most = (max(_scale(question)) - min(_scale(question))) * 100
                lines[question.key] = GapLine(question.key, question.title, sums.scored, gap, most)
    return tuple(lines.values())


def _estimate(metric: str, figures: Figures, versions: Sequence[Version]) -> Estimate:
    questions = _questions(metric, versions)
    return _ESTIMATORS[metric](_Marks(figures), questions) if questions else Estimate(0, None)


Questions = Sequence[tuple[Version, Question]]


def _questions(metric: str, versions: Sequence[Version]) -> Questions:
    """The questions that name the metric, those of the newest version first."""
    return [
        (version, question)
        for version in versions
        for question in version.checklist.questions()
        if question.metric == metric
    ]


@dataclass(frozen=True, slots=True)
class _Marks:
    """The marks that the audits of a period gave."""

    figures: Figures

    def of(self, question: Question, scoring_key: str) -> Counter[int]:
        """How many audits scored by these rules gave each mark of a scale."""
        return Counter(
            {mark: self._count(question, mark, scoring_key) for mark in _scale(question)}
        )

    def _count(self, question: Question, mark: int, scoring_key: str) -> int:
        sums = self.figures.by_key(Kind.MARK, f"{question.key}={mark}").get(scoring_key)
        return sums.audits if sums else 0


def _nps(marks: _Marks, questions: Questions) -> Estimate:
    return metrics.nps_of(_pooled(marks, questions))


def _csat(marks: _Marks, questions: Questions) -> Estimate:
    top = n = 0
    for version, question in questions:
        counts = marks.of(question, version.scoring_key)
        best_first = sorted(_scale(question), reverse=not question.reverse)
        top += sum(counts[mark] for mark in best_first[: version.checklist.metrics.csat_top])
        n += counts.total()
    return metrics.csat(top, n)


def _ces(marks: _Marks, questions: Questions) -> Estimate:
    """Only marks on the newest version's own scale are put together."""
    version, question = questions[0]
    pairs = [pair for pair in questions if _effort(pair[1]) == _effort(question)]
    low, high = min(_scale(question)), max(_scale(question))
    method = version.checklist.metrics.ces_method
    return metrics.ces(_pooled(marks, pairs), (low, high), method, harder=question.reverse)


def _csi(marks: _Marks, questions: Questions) -> Estimate:
    newest = questions[0][0].checklist
    items, n = [], 0
    for question in newest.questions():
        if question.metric != CSI:
            continue
        pairs = [pair for pair in questions if _item(pair[1]) == _item(question)]
        counts = _pooled(marks, pairs)
        if counts.total():
            mean = Fraction(sum(mark * count for mark, count in counts.items()), counts.total())
            weight = Fraction(question.metric_weight)
            items.append(metrics.Item(mean, weight, min(_scale(question)), max(_scale(question))))
            n += counts.total()
    return Estimate(n, metrics.csi(items, newest.metrics.csi_item_score))


_ESTIMATORS: Mapping[str, Callable[[_Marks, Questions], Estimate]] = {
    NPS: _nps,
    CSAT: _csat,
    CES: _ces,
    CSI: _csi,
}


def _pooled(marks: _Marks, questions: Questions) -> Counter[int]:
    counts: Counter[int] = Counter()
    for version, question in questions:
        counts += marks.of(question, version.scoring_key)
    return counts


def _scale(question: Question) -> list[int]:
    return [int(option.key) for option in question.options]


def _effort(question: Question) -> object:
    return sorted(_scale(question)), question.reverse


def _item(question: Question) -> object:
    return question.key, sorted(_scale(question))
