"""A score over time: a line with the band of its 95 % intervals, gaps left as gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from audit_api.drawing import colours, signs, styles
from audit_api.drawing.bars import floor_of, ticks
from audit_api.drawing.gauge import FULL
from audit_api.drawing.languages import Labels, each, joined
from audit_api.drawing.marks import Shape
from audit_api.pdf import look
from audit_api.pdf.document import percent
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.scorecard.values import Figure, Period

HEIGHT = 180.0
_PLOT_HEIGHT, _ABOVE = 130.0, 20.0
_LEFT, _RIGHT = look.LEFT + 34, look.RIGHT - 44


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the trend stands on the page: periods from left to right, scores from `floor` up."""

    top: float
    floor: int
    count: int

    def x(self, index: int) -> float:
        """The middle of a period's share of the width."""
        return _LEFT + (_RIGHT - _LEFT) * (index + 0.5) / self.count

    def y(self, score: float) -> float:
        share = (min(max(score, self.floor), FULL) - self.floor) / (FULL - self.floor)
        return self.top + _PLOT_HEIGHT * (1 - share)

    @property
    def foot(self) -> float:
        return self.top + _PLOT_HEIGHT


def trend(flow: Flow, periods: Sequence[Period], pass_mark: int | None, labels: Labels) -> None:
    """The chart, `HEIGHT` high and never parted, with its legend below it."""
    flow.need(HEIGHT + styles.SMALL.leading * 2)
    plot = Plot(flow.y + _ABOVE, _floor(periods), len(periods))
    _axes(flow.page, plot, labels)
    if pass_mark is not None and pass_mark >= plot.floor:
        y = plot.y(pass_mark)
        signs.dashes(flow.page, (_LEFT, y), (_RIGHT, y))
    _periods(flow, plot, periods, labels)
    figures = [period.figure for period in periods]
    for run in runs(figures):
        _run(flow.page, plot, run, figures)
    for index, period in enumerate(periods):
        if period.rules_changed:
            x = plot.x(index) - (_RIGHT - _LEFT) / plot.count / 2
            signs.dashes(flow.page, (x, plot.top), (x, plot.foot))
            signs.flag(flow.page, x, plot.top - 6)
    _last(flow.page, plot, figures)
    flow.space(HEIGHT)
    signs.legend(
        flow,
        [
            (signs.show_dot, labels.say("report.trend_score")),
            (signs.show_band, labels.say("report.interval")),
            (signs.show_ring, labels.say("report.one_visit")),
            (signs.show_flag, labels.say("report.rules_changed")),
            (signs.show_dashes, labels.say("report.pass_mark_line")),
        ],
    )


def runs(figures: Sequence[Figure]) -> Iterator[list[int]]:
    """The places of periods that follow each other and all have a score."""
    run: list[int] = []
    for index, figure in enumerate(figures):
        if figure.score is None:
            if run:
                yield run
            run = []
        else:
            run.append(index)
    if run:
        yield run


def _floor(periods: Sequence[Period]) -> int:
    figures = [period.figure for period in periods]
    return floor_of(value for figure in figures for value in (figure.score, figure.low))


def _axes(page: Page, plot: Plot, labels: Labels) -> None:
    axis = joined(labels.say("report.score_axis"))
    page.put(look.LEFT, plot.top - _ABOVE, axis, styles.TINY, 120)
    for mark in ticks(plot.floor):
        y = plot.y(mark)
        page.shapes.append(Shape(((_LEFT, y), (_RIGHT, y)), colours.LINE, 0.5))
        page.put(look.LEFT, y - 4.5, f"{mark / 100:g}%", styles.TINY, 28, "right")
    page.shapes.append(Shape(((_LEFT, plot.foot), (_RIGHT, plot.foot)), colours.QUIET, 0.8))


def _periods(flow: Flow, plot: Plot, periods: Sequence[Period], labels: Labels) -> None:
    """Names under the axis, as many as have room, the newest always; under each how many visits."""
    words = [each(period.label)[0] for period in periods]
    widest = max(flow.width_of(_fitted(flow, word), styles.TINY) for word in words) + 6
    share = (_RIGHT - _LEFT) / plot.count
    every = ceil(widest / share)
    room = share * every - 4
    for code, below in (("report.period", 4), ("report.visits_axis", 13)):
        flow.page.put(look.LEFT, plot.foot + below, each(labels.say(code))[0], styles.TINY, 32)
    for index in range((plot.count - 1) % every, plot.count, every):
        x = plot.x(index) - room / 2
        if x >= look.LEFT + 32:
            count = str(periods[index].figure.n)
            flow.page.put(x, plot.foot + 4, words[index], styles.TINY, room, "centre")
            flow.page.put(x, plot.foot + 13, count, styles.TINY, room, "centre")


def _fitted(flow: Flow, word: str) -> str:
    return flow.block(word, styles.TINY, 80, most=1)[0][0]


def _run(page: Page, plot: Plot, run: list[int], figures: Sequence[Figure]) -> None:
    _band(page, plot, run, figures)
    line = tuple((plot.x(index), plot.y(figures[index].score or 0)) for index in run)
    if len(line) > 1:
        page.shapes.append(Shape(line, colours.SITE, 1.4))
    for index, (x, y) in zip(run, line, strict=True):
        (signs.dot if figures[index].low is not None else signs.ring)(page, x, y)


def _band(page: Page, plot: Plot, run: list[int], figures: Sequence[Figure]) -> None:
    """The intervals of neighbours joined to a band; one that stands alone is a narrow upright."""
    bounded = [
        Figure(figure.n, figure.low if index in run else None, figure.low, figure.high)
        for index, figure in enumerate(figures)
    ]
    for piece in runs(bounded):
        half = 3.0 if len(piece) == 1 else 0.0
        ends = [(piece[0], -half), *((index, 0.0) for index in piece[1:-1]), (piece[-1], half)]
        upper = [(plot.x(index) + by, plot.y(figures[index].high or 0)) for index, by in ends]
        lower = [(plot.x(index) + by, plot.y(figures[index].low or 0)) for index, by in ends]
        page.shapes.insert(0, Shape((*upper, *reversed(lower)), colours.INTERVAL))


def _last(page: Page, plot: Plot, figures: Sequence[Figure]) -> None:
    """The newest score in figures, right of its point."""
    score = figures[-1].score
    if score is not None:
        x = min(plot.x(plot.count - 1) + 7, look.RIGHT - 36)
        y = plot.y(score) - styles.SMALL_STRONG.leading / 2
        page.put(x, y, percent(score), styles.SMALL_STRONG, look.RIGHT - x)
