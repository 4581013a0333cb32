"""A score over time: a line with the band of its 95 % intervals, gaps left as gaps.

An interval that says hardly anything would fill the chart: bands are drawn from three visits on,
where they are no wider than half the scale.  The others are told in figures alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import TICKS, named, share
from audit_api.drawing.figures import FULL, Figure
from audit_api.drawing.languages import Labels, Text, each, together
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import Column, Fonts, line
from audit_api.drawing.marks import Box, Drawing, Point, Shape, Words
from audit_api.drawing.signs import dashes, dot, flag, flags, ring
from audit_api.rules.exact import percent

HEIGHT = 150.0
"""How high the chart is above its legend."""

_TOP, _FOOT = 20.0, 120.0
_LEFT, _RIGHT = 34.0, 44.0
_NAMES = Column(0, 32)
_LEAST_VISITS = 3
_WIDEST = FULL // 2
_COUNTS = 9.0
"""How far the numbers of visits stand below the names of their periods."""


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


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the trend stands: periods from left to right, scores from 0 up."""

    width: float
    count: int

    @property
    def right(self) -> float:
        return self.width - _RIGHT

    @property
    def step(self) -> float:
        """A period's share of the width."""
        return (self.right - _LEFT) / self.count

    def x(self, index: int) -> float:
        """The middle of a period."""
        return _LEFT + (self.right - _LEFT) * (index + 0.5) / self.count

    def y(self, score: float) -> float:
        return _TOP + (_FOOT - _TOP) * (1 - share(score))


def trend(
    periods: Sequence[Period], pass_mark: int | None, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    """The chart, `HEIGHT` high, and its legend below it."""
    figures = [period.figure for period in periods]
    plot = Plot(width, len(periods))
    drawing = Drawing(width, HEIGHT)
    drawing.shapes += _bands(plot, figures)
    drawing.shapes += _lines(plot)
    if pass_mark is not None:
        drawing.shapes += dashes((_LEFT, plot.y(pass_mark)), (plot.right, plot.y(pass_mark)))
    for run in runs(figure.score for figure in figures):
        drawing.shapes += _run(plot, run, figures)
    drawing.shapes += _breaks(plot, periods)
    drawing.shapes += _mixtures(plot, periods)
    drawing.words += _scores(plot, labels, fonts)
    drawing.words += _names(plot, periods, labels, fonts)
    drawing.words += _last(plot, figures[-1].score, fonts)
    below = _legend(periods, pass_mark, labels, fonts, width)
    drawing.add(below, 0, HEIGHT)
    drawing.height += below.height
    drawing.alt = told(periods, labels)
    return drawing


def told(periods: Sequence[Period], labels: Labels) -> Text:
    """What the line shows, figure by figure."""
    scores = tuple(
        labels.say(
            "report.trend_at",
            period=period.label,
            score=percent(period.figure.score),
            visits=period.figure.n,
        )
        for period in periods
    )
    return labels.say(
        "report.trend_told",
        first=periods[0].label,
        last=periods[-1].label,
        scores=together(scores, "; "),
    )


def runs(values: Iterable[int | None]) -> Iterator[list[int]]:
    """The places that follow each other and all have a value."""
    run: list[int] = []
    for index, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append(index)
    if run:
        yield run


def _lines(plot: Plot) -> Iterator[Shape]:
    """A line across the plot for each figure of the axis, the lowest a little stronger."""
    for mark in TICKS:
        y = plot.y(mark)
        yield Shape(((_LEFT, y), (plot.right, y)), colours.LINE, 0.5)
    yield Shape(((_LEFT, _FOOT), (plot.right, _FOOT)), colours.QUIET, 0.8)


def _scores(plot: Plot, labels: Labels, fonts: Fonts) -> list[Words]:
    """The axis's title and its figures, left of the plot."""
    words = line(labels.say("report.score_axis"), styles.TINY, Column(0, 120), 0, fonts)
    column = Column(0, 28, "right")
    for mark in TICKS:
        words += line(named(mark), styles.TINY, column, plot.y(mark) - 4.5, fonts)
    return words


def _names(plot: Plot, periods: Sequence[Period], labels: Labels, fonts: Fonts) -> list[Words]:
    """Names under the axis, as many as have room, the newest always; under each how many visits."""
    style, names, counts = styles.TINY, _FOOT + 4, _FOOT + 4 + _COUNTS
    said = [each(period.label)[0] for period in periods]
    widest = max(fonts.width(fonts.wrap(word, style, 110, 1)[0], style) for word in said) + 6
    every = ceil(widest / plot.step)
    room = plot.step * every - 4
    words = [
        *line(each(labels.say("report.period"))[0], style, _NAMES, names, fonts),
        *line(each(labels.say("report.visits_axis"))[0], style, _NAMES, counts, fonts),
    ]
    for index in range((plot.count - 1) % every, plot.count, every):
        column = Column(plot.x(index) - room / 2, room, "centre")
        if column.x >= _NAMES.width:
            words += line(said[index], style, column, names, fonts)
            words += line(str(periods[index].figure.n), style, column, counts, fonts)
    return words


def _bands(plot: Plot, figures: Sequence[Figure]) -> Iterator[Shape]:
    """The intervals of neighbours joined to a band; one that stands alone is a narrow upright."""
    for piece in runs(map(_shown, figures)):
        half = 3.0 if len(piece) == 1 else 0.0
        ends = [(piece[0], -half), *((index, 0.0) for index in piece[1:-1]), (piece[-1], half)]
        upper = [(plot.x(index) + by, plot.y(figures[index].high or 0)) for index, by in ends]
        lower = [(plot.x(index) + by, plot.y(figures[index].low or 0)) for index, by in ends]
        yield Shape((*upper, *reversed(lower)), colours.INTERVAL)


def _shown(figure: Figure) -> int | None:
    """The low end of an interval that is drawn; None where none is."""
    if figure.low is None or figure.high is None or figure.n < _LEAST_VISITS:
        return None
    return figure.low if figure.high - figure.low <= _WIDEST else None


def _run(plot: Plot, run: Sequence[int], figures: Sequence[Figure]) -> Iterator[Shape]:
    points: list[Point] = [(plot.x(index), plot.y(figures[index].score or 0)) for index in run]
    if len(points) > 1:
        yield Shape(tuple(points), colours.SITE, 1.4)
    for index, (x, y) in zip(run, points, strict=True):
        yield from (ring if _shown(figures[index]) is None else dot)(x, y)


def _breaks(plot: Plot, periods: Sequence[Period]) -> Iterator[Shape]:
    """An upright with a flag before each period that other rules scored."""
    for index, period in enumerate(periods):
        if period.rules_changed:
            x = plot.x(index) - plot.step / 2
            yield from dashes((x, _TOP), (x, _FOOT))
            yield from flag(x, _TOP - 6)


def _mixtures(plot: Plot, periods: Sequence[Period]) -> Iterator[Shape]:
    """Two flags above each period that several rules scored."""
    for index, period in enumerate(periods):
        if period.mixed:
            yield from flags(plot.x(index), _TOP - 6)


def _last(plot: Plot, score: int | None, fonts: Fonts) -> list[Words]:
    """The newest score in figures, right of the plot, where no line runs through it."""
    if score is None:
        return []
    x = plot.right + 5
    y = plot.y(score) - styles.SMALL_STRONG.leading / 2
    return line(percent(score), styles.SMALL_STRONG, Column(x, plot.width - x), y, fonts)


def _legend(
    periods: Sequence[Period], pass_mark: int | None, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    """What the marks mean, of those alone that the chart has."""
    middle = EXAMPLE / 2
    score = Shape(((0, 0), (EXAMPLE, 0)), colours.SITE, 1.4)
    figures = [period.figure for period in periods if period.figure.score is not None]
    entries = [(example([score, *dot(middle, 0)]), labels.say("report.trend_score"))]
    if any(_shown(figure) is not None for figure in figures):
        band = example(boxes=[Box(0, -4, EXAMPLE, 8, colours.INTERVAL)])
        entries.append((band, labels.say("report.interval")))
    if pass_mark is not None:
        said = labels.say("report.pass_mark", mark=percent(pass_mark))
        entries.append((example(dashes((0, 0), (EXAMPLE, 0))), said))
    if any(_shown(figure) is None for figure in figures):
        entries.append((example(ring(middle, 0)), labels.say("report.few_visits")))
    if any(period.rules_changed for period in periods):
        entries.append((example(flag(middle, -2.5)), labels.say("report.rules_changed")))
    if any(period.mixed for period in periods):
        entries.append((example(flags(middle, -2.5)), labels.say("report.rules_mixed")))
    return legend(entries, fonts, width)
