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
from audit_api.rules.totals import Kind
from audit_api.services.scorecards.figures import Figures, History
from audit_api.services.scorecards.lines import Change, changed
from audit_api.services.scorecards.titles import Named, Title

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


@dataclass(frozen=True, slots=True)
class GapLine:
    """By how much a perception differs from the expectation: a mean of `n` differences, in
    hundredths of a mark; `most` is the largest that the scale allows."""

    key: str
    title: Title
    n: int
    gap: int | None
    most: int


def metric_lines(history: History, versions: Sequence[Named]) -> tuple[MetricLine, ...]:
    """The metrics that some answer of the period was given to."""
    return tuple(_lines(history, versions))


def _lines(history: History, versions: Sequence[Named]) -> Iterator[MetricLine]:
    for metric in METRICS:
        now, before, year_before = (
            _estimate(metric, each, versions)
            for each in (history.now, history.before, history.year_before)
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


def _range(metric: str, versions: Sequence[Named]) -> Range:
    """The scale by the newest version that asks for the metric."""
    if metric == NPS:
        return DIFFERENCE
    if metric != CES:
        return SHARE
    version, question = _asked(metric, versions)[0]
    match version.checklist.metrics.ces_method:
        case CesMethod.MEAN:
            return Range(Unit.MARKS, min(_scale(question)) * 100, max(_scale(question)) * 100)
        case CesMethod.NET:
            return DIFFERENCE
        case _:
            return SHARE


def change_of(now: Estimate, then: Estimate) -> Change:
    """The change of a metric, which is made by the same rules whatever the period."""
    return changed(now.value, then.value, "same", "same" if then.n else "")


def gap_lines(figures: Figures, versions: Sequence[Named]) -> tuple[GapLine, ...]:
    """The gaps between expectation and perception, in asking order."""
    found: dict[str, GapLine] = {}
    for version in versions:
        for question in version.checklist.questions():
            sums = figures.total(Kind.GAP, question.key)
            if sums.scored and question.key not in found:
                gap = metrics.gap(sums.scored, sums.final_sum)
                most = (max(_scale(question)) - min(_scale(question))) * 100
                found[question.key] = GapLine(question.key, question.title, sums.scored, gap, most)
    return tuple(found.values())


def _estimate(metric: str, figures: Figures, versions: Sequence[Named]) -> Estimate:
    asked = _asked(metric, versions)
    return _MAKERS[metric](_Marks(figures), asked) if asked else Estimate(0, None)


Asked = Sequence[tuple[Named, Question]]


def _asked(metric: str, versions: Sequence[Named]) -> Asked:
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


def _nps(marks: _Marks, asked: Asked) -> Estimate:
    return metrics.nps_of(_pooled(marks, asked))


def _csat(marks: _Marks, asked: Asked) -> Estimate:
    top = n = 0
    for version, question in asked:
        given = marks.of(question, version.scoring_key)
        best_first = sorted(_scale(question), reverse=not question.reverse)
        top += sum(given[mark] for mark in best_first[: version.checklist.metrics.csat_top])
        n += given.total()
    return metrics.csat(top, n)


def _ces(marks: _Marks, asked: Asked) -> Estimate:
    """Only marks on the newest version's own scale are put together."""
    version, first = asked[0]
    alike = [each for each in asked if _effort(each[1]) == _effort(first)]
    low, high = min(_scale(first)), max(_scale(first))
    method = version.checklist.metrics.ces_method
    return metrics.ces(_pooled(marks, alike), (low, high), method, harder=first.reverse)


def _csi(marks: _Marks, asked: Asked) -> Estimate:
    newest = asked[0][0].checklist
    items, n = [], 0
    for question in newest.questions():
        if question.metric != CSI:
            continue
        alike = [each for each in asked if _item(each[1]) == _item(question)]
        given = _pooled(marks, alike)
        if given.total():
            mean = Fraction(sum(mark * count for mark, count in given.items()), given.total())
            weight = Fraction(question.metric_weight)
            items.append(metrics.Item(mean, weight, min(_scale(question)), max(_scale(question))))
            n += given.total()
    return Estimate(n, metrics.csi(items, newest.metrics.csi_item_score))


_MAKERS: Mapping[str, Callable[[_Marks, Asked], Estimate]] = {
    NPS: _nps,
    CSAT: _csat,
    CES: _ces,
    CSI: _csi,
}


def _pooled(marks: _Marks, asked: Asked) -> Counter[int]:
    given: Counter[int] = Counter()
    for version, question in asked:
        given += marks.of(question, version.scoring_key)
    return given


def _scale(question: Question) -> list[int]:
    return [int(option.key) for option in question.options]


def _effort(question: Question) -> object:
    return sorted(_scale(question)), question.reverse


def _item(question: Question) -> object:
    return question.key, sorted(_scale(question))
