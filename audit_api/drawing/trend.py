"""A score over time: a line with the band of its 95 % intervals, gaps left as gaps.

An interval that says hardly anything would fill the chart: bands are drawn from three visits on,
where they are no wider than half the scale.  The others are told in figures alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil

from audit_api.drawing import colours, styles
from audit_api.drawing.colours import Colour
from audit_api.drawing.figures import Figure, drawn_interval
from audit_api.drawing.languages import Labels, each
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import Column, Fonts, line
from audit_api.drawing.marks import Box, Drawing, Shape, Words
from audit_api.drawing.periods import Expected, Period, told
from audit_api.drawing.plot import FOOT, LEFT, TOP, Plot
from audit_api.drawing.signs import dashes, dot, filled, flag, flags, hatch, ring, square
from audit_api.drawing.styles import Style
from audit_api.rules.exact import percent

HEIGHT = 150.0
"""How high the chart is above its legend."""

_NAMES = Column(0, 32)
_DASH = (3.0, 2.0)
_HALF = 9.0
"""How far the interval of what is expected reaches to each side."""
_ROOM, _WIDE = 26.0, 40.0
"""How wide a period has to be for its score in figures, and their column."""
_COUNTS = 9.0
"""How far the numbers of visits stand below the names of their periods."""


def trend(
    periods: Sequence[Period],
    pass_mark: int | None,
    labels: Labels,
    fonts: Fonts,
    width: float,
    expected: Sequence[Expected] = (),
) -> Drawing:
    """The chart, `HEIGHT` high, and its legend below it; what is `expected` stands on a ground of
    its own, right of what was."""
    figures = [period.figure for period in periods]
    plot = Plot(width, len(periods) + len(expected))
    drawing = Drawing(width, HEIGHT)
    if expected:
        drawing.boxes.append(_ground(plot, len(periods)))
        drawing.shapes += _outlook(plot, figures, expected)
    drawing.shapes += _bands(plot, figures)
    drawing.shapes += plot.lines()
    if pass_mark is not None:
        drawing.shapes += dashes((LEFT, plot.y(pass_mark)), (plot.right, plot.y(pass_mark)))
    for run in runs(figure.score for figure in figures):
        drawing.shapes += _run(plot, run, figures)
    drawing.shapes += _breaks(plot, periods)
    drawing.shapes += _mixtures(plot, periods)
    drawing.words += plot.scale(labels.say("report.score_axis"), fonts)
    drawing.words += _names(plot, periods, expected, labels, fonts)
    _figures(drawing, plot, figures, expected, fonts)
    below = _legend(periods, expected, pass_mark, labels, fonts, width)
    drawing.add(below, 0, HEIGHT)
    drawing.height += below.height
    drawing.alt = told(periods, expected, labels)
    return drawing


def runs(values: Iterable[object]) -> Iterator[list[int]]:
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


def _names(
    plot: Plot,
    periods: Sequence[Period],
    expected: Sequence[Expected],
    labels: Labels,
    fonts: Fonts,
) -> list[Words]:
    """Names under the axis, as many as have room, the newest always; under each how many visits,
    or that it is expected."""
    style, names, counts = styles.TINY, FOOT + 4, FOOT + 4 + _COUNTS
    said = [each(period.label)[0] for period in periods]
    said += [each(period.label)[0] for period in expected]
    below = [str(period.figure.n) for period in periods]
    below += [each(labels.say("report.expected"))[0]] * len(expected)
    widest = max(fonts.width(fonts.wrap(word, style, 110, 1)[0], style) for word in said) + 6
    every = ceil(widest / plot.step)
    room = plot.step * every - 4
    words = [
        *line(each(labels.say("report.period"))[0], style, _NAMES, names, fonts),
        *line(each(labels.say("report.visits_axis"))[0], style, _NAMES, counts, fonts),
    ]
    for index in range((len(periods) - 1) % every, plot.count, every):
        column = Column(plot.x(index) - room / 2, room, "centre")
        if column.x >= _NAMES.width:
            words += line(said[index], style, column, names, fonts)
            words += line(below[index], style, column, counts, fonts)
    return words


def _bands(plot: Plot, figures: Sequence[Figure]) -> Iterator[Shape]:
    """The intervals of neighbours joined to a band; one that stands alone is a narrow upright."""
    for piece in runs(map(drawn_interval, figures)):
        half = 3.0 if len(piece) == 1 else 0.0
        ends = [(piece[0], -half), *((index, 0.0) for index in piece[1:-1]), (piece[-1], half)]
        upper = [(plot.x(index) + by, plot.y(figures[index].high or 0)) for index, by in ends]
        lower = [(plot.x(index) + by, plot.y(figures[index].low or 0)) for index, by in ends]
        yield Shape((*upper, *reversed(lower)), colours.INTERVAL)


def _run(plot: Plot, run: Sequence[int], figures: Sequence[Figure]) -> Iterator[Shape]:
    points = [plot.at(index, figures[index].score or 0) for index in run]
    if len(points) > 1:
        yield Shape(tuple(points), colours.SITE, 1.4)
    for index, (x, y) in zip(run, points, strict=True):
        yield from (ring if drawn_interval(figures[index]) is None else dot)(x, y)


def _breaks(plot: Plot, periods: Sequence[Period]) -> Iterator[Shape]:
    """An upright with a flag before each period that other rules scored."""
    for index, period in enumerate(periods):
        if period.rules_changed:
            x = plot.x(index) - plot.step / 2
            yield from dashes((x, TOP), (x, FOOT))
            yield from flag(x, TOP - 6)


def _mixtures(plot: Plot, periods: Sequence[Period]) -> Iterator[Shape]:
    """Two flags above each period that several rules scored."""
    for index, period in enumerate(periods):
        if period.mixed:
            yield from flags(plot.x(index), TOP - 6)


def _ground(plot: Plot, facts: int) -> Box:
    """What lies below the periods that are expected."""
    start = plot.x(facts) - plot.step / 2
    return Box(start, TOP, plot.right - start, FOOT - TOP, colours.WASH)


def _outlook(
    plot: Plot, figures: Sequence[Figure], expected: Sequence[Expected]
) -> Iterator[Shape]:
    """Open marks on a dashed line that begins at the newest score, and thin uprights where each
    interval is."""
    first = len(figures)
    for index, period in enumerate(expected, start=first):
        x, half = plot.x(index), min(plot.step / 3, _HALF)
        upper, lower = plot.y(period.high), plot.y(period.low)
        yield from hatch(
            [(x - half, upper), (x + half, upper)], [(x - half, lower), (x + half, lower)]
        )
    newest = figures[-1].score
    points = [] if newest is None else [plot.at(first - 1, newest)]
    points += [plot.at(index, period.score) for index, period in enumerate(expected, start=first)]
    for start, end in pairwise(points):
        yield Shape((start, end), colours.SITE, 1, _DASH)
    for index, period in enumerate(expected, start=first):
        yield from square(*plot.at(index, period.score))


def _figures(
    drawing: Drawing,
    plot: Plot,
    figures: Sequence[Figure],
    expected: Sequence[Expected],
    fonts: Fonts,
) -> None:
    """The newest score in figures, right of the plot, where no line runs through it; where that is
    the place of what is expected, at its own mark."""
    newest, first = figures[-1].score, len(figures)
    if newest is not None and not expected:
        drawing.words += _beside(plot, newest, styles.SMALL_STRONG, fonts)
        return
    if newest is not None:
        style, (x, y) = styles.SMALL_STRONG, plot.at(first - 1, newest)
        above = y - 4 - style.leading
        _figure(drawing, newest, x, above if above > TOP else y + 4, style, fonts)
    if plot.step < _ROOM:
        drawing.words += _beside(plot, expected[-1].score, styles.SMALL, fonts)
        return
    for index, period in enumerate(expected, start=first):
        above = plot.y(period.high) - 3 - styles.TINY.leading
        _figure(drawing, period.score, plot.x(index), above, styles.TINY, fonts, colours.WASH)


def _beside(plot: Plot, score: int, style: Style, fonts: Fonts) -> list[Words]:
    x = plot.right + 5
    column = Column(x, plot.width - x)
    return line(percent(score), style, column, plot.y(score) - style.leading / 2, fonts)


def _figure(
    drawing: Drawing,
    score: int,
    x: float,
    y: float,
    style: Style,
    fonts: Fonts,
    ground: Colour = colours.WHITE,
) -> None:
    """A score in figures around `x`, on a ground that keeps lines away."""
    said = percent(score)
    column = Column(x - _WIDE / 2, _WIDE, "centre")
    wide = fonts.width(said, style) + 2
    drawing.shapes.append(filled(Box(x - wide / 2, y + 1, wide, style.leading - 2, ground)))
    drawing.words += line(said, style, column, y, fonts)


def _legend(
    periods: Sequence[Period],
    expected: Sequence[Expected],
    pass_mark: int | None,
    labels: Labels,
    fonts: Fonts,
    width: float,
) -> Drawing:
    """What the marks mean, of those alone that the chart has."""
    middle = EXAMPLE / 2
    score = Shape(((0, 0), (EXAMPLE, 0)), colours.SITE, 1.4)
    figures = [period.figure for period in periods if period.figure.score is not None]
    entries = [(example([score, *dot(middle, 0)]), labels.say("report.trend_score"))]
    if any(drawn_interval(figure) is not None for figure in figures):
        band = example(boxes=[Box(0, -4, EXAMPLE, 8, colours.INTERVAL)])
        entries.append((band, labels.say("report.interval")))
    if expected:
        line_of = Shape(((0, 0), (EXAMPLE, 0)), colours.SITE, 1, _DASH)
        wide = [(0.0, -4.0), (EXAMPLE, -4.0)], [(0.0, 4.0), (EXAMPLE, 4.0)]
        shown = example([*hatch(*wide), line_of, *square(middle, 0)])
        entries.append((shown, labels.say("report.expected_interval")))
    if pass_mark is not None:
        said = labels.say("report.pass_mark", mark=percent(pass_mark))
        entries.append((example(dashes((0, 0), (EXAMPLE, 0))), said))
    if any(drawn_interval(figure) is None for figure in figures):
        entries.append((example(ring(middle, 0)), labels.say("report.few_visits")))
    if any(period.rules_changed for period in periods):
        entries.append((example(flag(middle, -2.5)), labels.say("report.rules_changed")))
    if any(period.mixed for period in periods):
        entries.append((example(flags(middle, -2.5)), labels.say("report.rules_mixed")))
    return legend(entries, fonts, width)
