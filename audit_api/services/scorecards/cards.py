"""Scorecards: everything that a subject's audits of a period say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from audit_api.rules.exact import percentage
from audit_api.rules.figures import statistics
from audit_api.rules.figures.periods import Period
from audit_api.rules.figures.statistics import NoInterval
from audit_api.rules.scoring.arithmetic import band_of
from audit_api.rules.totals import TENTHS, Kind
from audit_api.services.access import Who
from audit_api.services.scorecards import figures, titles
from audit_api.services.scorecards.extremes import ends, extremes
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.lines import Line, average, line, lines
from audit_api.services.scorecards.metrics import GapLine, MetricLine, gap_lines, metric_lines
from audit_api.services.scorecards.questions import QuestionLine, question_lines
from audit_api.services.scorecards.ranks import Ranks, ranks
from audit_api.services.scorecards.subjects import Scope, Subject, SubjectKind
from audit_api.services.scorecards.titles import Title, Version
from audit_api.services.scorecards.visits import visits
from audit_api.services.totals.of_visits import Visits

MAX_FAILING = 10
"""Questions that a scorecard names; the ranking has them all."""
MAX_EXTREMES = 5
"""The best and the worst that it names of each."""


@dataclass(frozen=True, slots=True)
class CardRequest:
    """What a card has to show: a period, the length of the series up to it, one checklist alone."""

    period: Period
    points: int = 12
    checklist: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series; `mixed` where several scoring rules made its audits' scores,
    `comparable` with the period before it in the series."""

    period: Period
    n: int
    score: int | None
    low: int | None
    high: int | None
    pass_rate: int | None
    mixed: bool
    comparable: bool

    @property
    def no_interval(self) -> NoInterval | None:
        return statistics.no_interval(self.n, self.low)


class Extreme(NamedTuple):
    """One of the best or of the worst: a site, or a touchpoint of a site."""

    site_id: UUID | None
    key: str
    title: Title | str
    n: int
    score: int | None


@dataclass(frozen=True, slots=True)
class Band:
    """How many audits ended in a band."""

    key: str
    title: Title
    audits: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A subject's period.  Percentages are in hundredths; `coverage` is the share of visible
    scored questions that were answered, `valid` audits answered enough of them.

    `visits` is None for whoever may not know of them yet.  `tenths` counts audits from 0 up to
    10 %, 10 up to 20 % … 90 % and more.  `versions` are the checklists that the audits were made
    with.
    """

    subject: Subject
    period: Period
    checklist: str | None
    audits: int
    valid: int
    coverage: int | None
    visits: Visits | None
    pass_rate: int | None
    band: Band | None
    ranks: Ranks | None
    overall: Line
    touchpoints: tuple[Line, ...]
    sections: tuple[Line, ...]
    dimensions: tuple[Line, ...]
    metrics: tuple[MetricLine, ...]
    gaps: tuple[GapLine, ...]
    questions: tuple[QuestionLine, ...]
    best: tuple[Extreme, ...]
    worst: tuple[Extreme, ...]
    tenths: tuple[int, ...]
    bands: tuple[Band, ...]
    series: tuple[Point, ...]
    versions: tuple[Version, ...]


def question_ranking(
    scope: Scope, request: CardRequest, *, sort: str, by: Who
) -> Sequence[QuestionLine]:
    """Return all questions of a scope's period in an order of `questions.SORTS`."""
    keys = titles.scoring_keys(by.organisation_id, request.checklist)
    now = figures.read(scope, request.period, keys, figures.RANKING)
    versions = titles.newest_versions(by.organisation_id, now.audits)
    return question_lines(now, versions, sort=sort)


def scorecard(subject: Subject, request: CardRequest, *, by: Who, now: datetime) -> Scorecard:
    """Return a subject's scorecard.

    Call it in `database.one_moment`: its figures come from several tables.
    """
    keys = titles.scoring_keys(by.organisation_id, request.checklist)
    period = request.period
    series = list(period.series(request.points))
    history = figures.read_history(subject, period, series, keys)
    current = history.now
    versions = titles.newest_versions(by.organisation_id, current.audits)
    whole, coverage = current.total(Kind.WHOLE), current.total(Kind.COVERAGE)
    touchpoints = lines(history, Kind.TOUCHPOINT, titles.touchpoints(versions))
    best, worst = _extremes(subject, period, keys, touchpoints)
    return Scorecard(
        subject=subject,
        period=period,
        checklist=request.checklist,
        audits=whole.audits,
        valid=coverage.passed,
        coverage=percentage(coverage.earned, coverage.possible),
        visits=visits(subject, period, request.checklist, by=by, now=now),
        pass_rate=percentage(whole.passed, whole.scored),
        band=_band(current, versions),
        ranks=ranks(subject, period, keys),
        overall=line(history, Kind.WHOLE, "", {}),
        touchpoints=touchpoints,
        sections=lines(history, Kind.SECTION, titles.sections(versions)),
        dimensions=lines(history, Kind.DIMENSION, titles.dimensions(versions)),
        metrics=metric_lines(history, versions),
        gaps=gap_lines(current, versions),
        questions=_failing(current, versions),
        best=best,
        worst=worst,
        tenths=tuple(current.total(Kind.TENTH, str(tenth)).audits for tenth in range(TENTHS)),
        bands=_bands(current, versions),
        series=tuple(_points(history.months, series)),
        versions=versions,
    )


def _failing(now: Figures, versions: Sequence[Version]) -> tuple[QuestionLine, ...]:
    ranking = question_lines(now, versions, sort="impact")
    return tuple(question for question in ranking if question.failed)[:MAX_FAILING]


def _band(now: Figures, versions: Sequence[Version]) -> Band | None:
    """The band of the mean score, by the checklist that most of the audits were made with."""
    score = average(now.total(Kind.WHOLE))
    if score is None or not versions:
        return None
    bands = versions[0].checklist.scoring.bands
    key = band_of([band.start for band in bands], [band.key for band in bands], score)
    return next((Band(key, band.title, 0) for band in bands if band.key == key), None)


def _bands(now: Figures, versions: Sequence[Version]) -> tuple[Band, ...]:
    return tuple(
        Band(key, title, now.total(Kind.BAND, key).audits)
        for key, title in titles.bands(versions).items()
    )


def _points(months: Mapping[date, Figures], series: Sequence[Period]) -> Iterator[Point]:
    before: Collection[str] = ()
    for period in series:
        of_period = figures.within(months, period)
        whole, keys = of_period.total(Kind.WHOLE), of_period.audits.keys()
        mean = statistics.mean(whole.scored, whole.final_sum, whole.final_squares)
        rate = percentage(whole.passed, whole.scored)
        comparable = bool(keys) and keys == before
        yield Point(period, *mean, rate, len(keys) > 1, comparable)
        # A gap breaks no series: the next period is compared with the last that has audits.
        before = keys or before


def _extremes(
    subject: Subject,
    period: Period,
    keys: Collection[str] | None,
    touchpoints: Sequence[Line],
) -> tuple[tuple[Extreme, ...], tuple[Extreme, ...]]:
    """The best and the worst, never the same score in both."""
    if subject.kind is not SubjectKind.SITE:
        sites = extremes(subject, period, keys, most=MAX_EXTREMES)
        best, worst = (tuple(map(Extreme._make, end)) for end in sites)
        return best, worst
    ranking = [
        Extreme(None, part.key, part.title, part.n, part.score)
        for part in sorted(touchpoints, key=lambda part: -(part.score or 0))
        if part.score is not None
    ]
    best, worst = map(tuple, ends(ranking, len(ranking), MAX_EXTREMES))
    return best, worst
