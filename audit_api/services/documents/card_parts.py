"""The parts of a scorecard's document, worded: of a site's, and of a paper about many sites."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import dropwhile

from audit_api.drawing import Figure, Metric, Scale, Text
from audit_api.drawing import Period as TrendPeriod
from audit_api.pdf import Difference, FailingQuestion
from audit_api.rules.figures import periods
from audit_api.rules.figures.metrics import CES
from audit_api.services.documents.audit_parts import scale
from audit_api.services.documents.languages import labels, locales, spoken
from audit_api.services.documents.told import texts
from audit_api.services.scorecards import Scorecard
from audit_api.services.scorecards.lines import Line, LineChange
from audit_api.services.scorecards.metrics import Range, Unit
from audit_api.services.scorecards.titles import Version
from audit_api.words import say
from audit_api.words.periods import period_words as in_words


def period_words(period: periods.Period, lang: str, *, to_date: bool = False) -> Text:
    """Return a period as people write it; `to_date` says that it is not over."""
    words = spoken(lambda locale: in_words(period, locale), lang)
    return labels(lang).say("period.to_date", period=words) if to_date else words


def figure(line: Line) -> Figure:
    """Return what a chart shows of a line."""
    return Figure(line.n, line.score, line.low, line.high)


def difference(change: LineChange, base: Text) -> Difference:
    """Return a change, and from what."""
    return Difference(
        base, change.points, change.relative, change.comparable, n=change.n, p=change.p
    )


def scale_of(versions: Collection[Version], lang: str) -> Scale:
    """Return the bands and the pass mark of the checklist that most audits were made with."""
    version = next(iter(versions), None)
    if version is None:
        return Scale()
    return scale(version.checklist, lang)


def checklist_title(card: Scorecard, lang: str) -> Text | None:
    """Return the title of the only checklist that the card is of; its key, where no visit tells
    it."""
    if card.checklist is None or not card.versions:
        return card.checklist
    return texts(card.versions[0].checklist.title, lang)


def trend(card: Scorecard, lang: str, *, unfinished: bool) -> tuple[TrendPeriod, ...]:
    """Return the series of a card from the first period that has a score."""
    has_score = False
    trend = []
    # There is a first visit: what lies before it is no gap.
    for point in dropwhile(lambda point: not point.n, card.series):
        rules_changed = has_score and point.n > 0 and not point.comparable
        shown = Figure(point.n, point.score, point.low, point.high)
        latest = point.period == card.period
        words = period_words(point.period, lang, to_date=unfinished and latest)
        trend.append(TrendPeriod(words, shown, rules_changed, point.mixed))
        has_score = has_score or point.n > 0
    return tuple(trend)


def metrics(card: Scorecard, lang: str) -> tuple[Metric, ...]:
    """Return the metrics of a card, and the gaps between expectation and perception."""
    metrics = tuple(
        Metric(
            metric_title(line.metric, Range(line.unit, line.least, line.most), card.versions, lang),
            line.n,
            line.value,
            line.least,
            line.most,
            line.low,
            line.high,
            "%" if line.unit is Unit.PERCENT else "",
            line.no_interval,
        )
        for line in card.metrics
    )
    gaps = tuple(
        Metric(_gap_title(line.title, lang), line.n, line.gap, -line.most, line.most)
        for line in card.gaps
    )
    return metrics + gaps


def metric_title(metric: str, scale: Range, versions: Collection[Version], lang: str) -> Text:
    """Return a metric's name, which says of the effort at which end of its scale there is least."""
    if metric != CES:
        return spoken(lambda locale: say(f"metric.{metric}", locale), lang)
    newest = next(
        question
        for version in versions
        for question in version.checklist.questions()
        if question.metric == CES
    )
    best = (scale.least if newest.reverse else scale.most) // 100
    return spoken(lambda locale: say(f"metric.ces_{scale.unit}", locale, best=best), lang)


def _gap_title(title: Mapping[str, str], lang: str) -> Text:
    words = texts(title, lang)
    questions = iter(words if isinstance(words, tuple) else (words,) * len(locales(lang)))
    return tuple(say("metric.gap", locale, question=next(questions)) for locale in locales(lang))


def failing(card: Scorecard, lang: str) -> tuple[FailingQuestion, ...]:
    """Return the questions that a card names, in its order."""
    number_of = numbers(card.versions)
    return tuple(
        FailingQuestion(
            number_of[line.checklist, line.key],
            texts(line.title, lang),
            texts(line.touchpoint_title, lang),
            line.failed,
            line.answered,
            line.impact,
        )
        for line in card.questions
    )


def numbers(versions: Collection[Version]) -> Mapping[tuple[str, str], str]:
    """Return each question's number as it stands in the newest version of its checklist."""
    found: dict[tuple[str, str], str] = {}
    for version in versions:
        for key, number in version.checklist.numbers().items():
            found.setdefault((version.checklist.key, key), number)
    return found
