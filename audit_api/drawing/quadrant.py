"""Parts between importance and performance: what matters and is weak is mended first.

Performance is a score, so its axis goes from 0 to 100 % as every other, unless marks would then
lie on each other: this chart tells parts apart, and those of many sites score alike.  An axis that
begins later says so.  Importance is a share of a whole that many parts divide: its axis begins at 0
and ends above the largest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import hypot

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import TICKS, named
from audit_api.drawing.figures import FULL, Figure
from audit_api.drawing.languages import Labels, Text, each, together
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import Column, Fonts, line
from audit_api.drawing.marks import Box, Drawing, Shape, Words
from audit_api.drawing.numbered import SAID, Entry, numbered
from audit_api.drawing.places import Area, Places, Size
from audit_api.drawing.signs import dashes, dot, ring
from audit_api.rules.exact import percent

_TOP, _HIGH = 26.0, 190.0
_FOOT = _TOP + _HIGH
_LEFT = 34.0
_BELOW = 36.0
_ENDS = (400, 800, 1200, 2000, 4000, 6000, 8000, FULL)
"""Where the axis of importance may end."""
_APART = 9.0
"""How far apart marks are told from each other."""
_LONGEST = 120.0
"""How much of the chart a name may take."""
_DISC = 3.4
"""How far around its place a mark is left free."""


@dataclass(frozen=True, slots=True)
class QuadrantPart:
    """A part: `importance` is its share of what is explained, `performance` its mean score, both
    with intervals; `sure` where neither interval touches a line of the cross."""

    title: Text
    importance: Figure
    performance: Figure
    sure: bool


@dataclass(frozen=True, slots=True)
class Quadrants:
    """The parts, and where the lines lie that part what matters more and what is done well."""

    parts: tuple[QuadrantPart, ...]
    importance: int
    performance: int


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the chart stands: performance across from `least`, importance from 0 up to `most`."""

    right: float
    least: int
    most: int

    @property
    def scores(self) -> range:
        """The scores that the axis of performance names."""
        step = (FULL - self.least) // 4 if self.least >= FULL // 2 else FULL // 5
        return range(self.least, FULL + 1, step)

    @property
    def shares(self) -> range:
        """The shares that the axis of importance names."""
        return range(0, self.most + 1, self.most // 4)

    def x(self, score: int) -> float:
        share = (score - self.least) / (FULL - self.least)
        return _LEFT + (self.right - _LEFT) * min(max(share, 0), 1)

    def y(self, share: int) -> float:
        return _FOOT - _HIGH * min(max(share, 0), self.most) / self.most


@dataclass(frozen=True, slots=True)
class _Mark:
    """A part in the chart: its number, and the place of its mark."""

    number: int
    part: QuadrantPart
    x: float
    y: float


def quadrant(quadrants: Quadrants, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """The chart with its legend, and below it each part's number, name and figures."""
    plot = _plot(quadrants, width - 16)
    marks = list(_marks(quadrants, plot))
    drawing = Drawing(width, _FOOT + _BELOW)
    drawing.boxes.append(_first(quadrants, plot))
    drawing.shapes += _lines(plot)
    drawing.shapes += _cross(quadrants, plot)
    for mark in marks:
        drawing.shapes += _whiskers(mark, plot)
    drawing.words += _scales(plot, labels, fonts)
    drawing.words += _fields(plot, labels, fonts, width)
    _name(drawing, marks, quadrants, plot, fonts)
    for mark in marks:
        drawing.shapes += (dot if mark.part.sure else ring)(mark.x, mark.y)
    for below in (_legend(quadrants, labels, fonts, width), _list(quadrants, labels, fonts, width)):
        drawing.add(below, 0, drawing.height)
        drawing.height += below.height
    drawing.alt = _told(quadrants, labels)
    return drawing


def _told(quadrants: Quadrants, labels: Labels) -> Text:
    """What the chart shows, part by part."""
    parts = [
        labels.say(
            "report.quadrant_part",
            number=number,
            part=part.title,
            share=percent(part.importance.score),
            score=percent(part.performance.score),
        )
        for number, part in enumerate(quadrants.parts, start=1)
    ]
    return together((labels.say("report.quadrant_told"), *parts), " ")


def _plot(quadrants: Quadrants, right: float) -> _Plot:
    """The chart from 0 to 100 %; where marks lie on each other, from as far on as all allow."""
    whole = _Plot(right, 0, _most(quadrants))
    marks = list(_marks(quadrants, whole))
    if not any(_meet(one, other) for one, other in combinations(marks, 2)):
        return whole
    scores = [part.performance for part in quadrants.parts]
    ends = [each.score if each.low is None else each.low for each in scores]
    lowest = min(end for end in ends if end is not None)
    return replace(whole, least=max(tick for tick in TICKS[:-1] if tick <= max(lowest, 0)))


def _meet(one: _Mark, other: _Mark) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < _APART


def _most(quadrants: Quadrants) -> int:
    """Where the axis of importance ends: above all intervals."""
    figures = [part.importance for part in quadrants.parts]
    highest = max([quadrants.importance, *(each.high or each.score or 0 for each in figures)])
    return next((end for end in _ENDS if end >= highest), FULL)


def _marks(quadrants: Quadrants, plot: _Plot) -> Iterator[_Mark]:
    for number, part in enumerate(quadrants.parts, start=1):
        share, score = part.importance.score, part.performance.score
        if share is not None and score is not None:
            yield _Mark(number, part, plot.x(score), plot.y(share))


def _first(quadrants: Quadrants, plot: _Plot) -> Box:
    """The ground of what is mended first."""
    right, foot = plot.x(quadrants.performance), plot.y(quadrants.importance)
    return Box(_LEFT, _TOP, right - _LEFT, foot - _TOP, colours.WASH)


def _lines(plot: _Plot) -> Iterator[Shape]:
    """A thin line at each figure of both axes, the axes themselves a little stronger."""
    for mark in plot.scores:
        yield Shape(((plot.x(mark), _TOP), (plot.x(mark), _FOOT)), colours.LINE, 0.5)
    for mark in plot.shares:
        yield Shape(((_LEFT, plot.y(mark)), (plot.right, plot.y(mark))), colours.LINE, 0.5)
    yield Shape(((_LEFT, _TOP), (_LEFT, _FOOT), (plot.right, _FOOT)), colours.QUIET, 0.8)


def _cross(quadrants: Quadrants, plot: _Plot) -> Iterator[Shape]:
    x, y = plot.x(quadrants.performance), plot.y(quadrants.importance)
    yield from dashes((x, _TOP), (x, _FOOT))
    yield from dashes((_LEFT, y), (plot.right, y))


def _whiskers(mark: _Mark, plot: _Plot) -> Iterator[Shape]:
    """Both intervals as lines that cross in the mark."""
    share, score = mark.part.importance, mark.part.performance
    if score.low is not None and score.high is not None:
        ends = (plot.x(score.low), mark.y), (plot.x(score.high), mark.y)
        yield Shape(ends, colours.ORGANISATION, 0.8)
    if share.low is not None and share.high is not None:
        yield Shape(
            ((mark.x, plot.y(share.low)), (mark.x, plot.y(share.high))), colours.ORGANISATION, 0.8
        )


def _scales(plot: _Plot, labels: Labels, fonts: Fonts) -> list[Words]:
    """The titles and the figures of both axes."""
    words = line(labels.say("report.importance_axis"), styles.TINY, Column(0, 300), 0, fonts)
    column = Column(0, _LEFT - 5, "right")
    for mark in plot.shares:
        words += line(named(mark), styles.TINY, column, plot.y(mark) - 4.5, fonts)
    for mark in plot.scores:
        column = Column(plot.x(mark) - 16, 32, "centre")
        words += line(named(mark), styles.TINY, column, _FOOT + 3, fonts)
    title = labels.say("report.performance_axis")
    if plot.least:
        title = labels.say("report.performance_axis_from", start=named(plot.least))
    side = (plot.right - _LEFT) / 4
    middle = Column(_LEFT + side, side * 2, "centre")
    return words + line(title, styles.TINY, middle, _FOOT + 14, fonts)


def _fields(plot: _Plot, labels: Labels, fonts: Fonts, width: float) -> list[Words]:
    """The names of the four fields, outside their corners, where no mark ever stands."""
    side = (plot.right - _LEFT) / 4
    left, right = Column(_LEFT, side), Column(width - side, side, "right")
    return [
        words
        for code, column, y in (
            ("report.fix_first", left, _TOP - 13),
            ("report.keep_up", right, _TOP - 13),
            ("report.low_priority", left, _FOOT + 13),
            ("report.enough_done", right, _FOOT + 13),
        )
        for words in line(labels.say(code), styles.SMALL_STRONG, column, y, fonts)
    ]


def _name(
    drawing: Drawing, marks: Sequence[_Mark], quadrants: Quadrants, plot: _Plot, fonts: Fonts
) -> None:
    """Each mark's number beside it, and its name where there is room; a thin line leads to a number
    that stands off."""
    frame = Area(_LEFT + 1, _TOP, plot.right, _FOOT - 1)
    discs = [Area(mark.x - _DISC, mark.y - _DISC, mark.x + _DISC, mark.y + _DISC) for mark in marks]
    lines_ = [*_cross(quadrants, plot), *(each for mark in marks for each in _whiskers(mark, plot))]
    places = Places(frame, discs, [_area(shape) for shape in lines_])
    for mark in marks:
        said = fonts.fit(f"{mark.number} {each(mark.part.title)[0]}", SAID, _LONGEST)
        texts = (said, str(mark.number))
        sizes = [Size(fonts.width(text, SAID) + 1, SAID.size) for text in texts]
        place = places.take((mark.x, mark.y), sizes)
        if place is None:
            continue
        if place.far:
            drawing.shapes.append(_leader(mark, place.area))
        base = place.area.top + 0.87 * SAID.size
        drawing.words.append(Words(place.area.left + 0.5, base, texts[place.choice], SAID))


def _area(shape: Shape) -> Area:
    """What a straight line covers."""
    (x, y), (end, foot) = shape.points
    return Area(min(x, end) - 0.3, min(y, foot) - 0.3, max(x, end) + 0.3, max(y, foot) + 0.3)


def _leader(mark: _Mark, area: Area) -> Shape:
    """A line from a mark to the nearest edge of its number."""
    x = min(max(mark.x, area.left), area.right)
    y = min(max(mark.y, area.top), area.bottom)
    return Shape(((mark.x, mark.y), (x, y)), colours.INK, 0.4)


def _legend(quadrants: Quadrants, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the marks mean, of those alone that the chart has."""
    middle = EXAMPLE / 2
    signs = {part.sure: (dot if part.sure else ring)(middle, 0) for part in quadrants.parts}
    told = {True: "report.quadrant_sure", False: "report.quadrant_unsure"}
    entries = [(example(signs[sure]), labels.say(told[sure])) for sure in told if sure in signs]
    interval = Shape(((0, 0), (EXAMPLE, 0)), colours.ORGANISATION, 0.8)
    entries.append((example([interval]), labels.say("report.interval")))
    entries.append((example(dashes((0, 0), (EXAMPLE, 0))), labels.say("report.cross")))
    return legend(entries, fonts, width)


def _list(quadrants: Quadrants, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """Each part's number, name and figures."""
    heads = labels.say("report.importance"), labels.say("report.score")
    entries = [
        Entry(part.title, (percent(part.importance.score), percent(part.performance.score)))
        for part in quadrants.parts
    ]
    return numbered(entries, heads, fonts, width)
