"""A score on a half circle: the bands as its scale, the pass mark on it, the figure inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from audit_api.drawing import colours, styles
from audit_api.drawing.colours import Colour
from audit_api.drawing.figures import FULL
from audit_api.drawing.languages import Labels, Text, together
from audit_api.drawing.lettering import Column, Fonts, line
from audit_api.drawing.marks import Drawing, Point, Shape, Words
from audit_api.drawing.styles import Style
from audit_api.rules.exact import percent

WIDTH, HEIGHT = 210.0, 124.0
_OUTER, _INNER, _SCALE = 76.0, 60.0, 54.0
_CENTRE = (WIDTH / 2, _OUTER + 14)
_INSIDE = Column(_CENTRE[0] - _SCALE, _SCALE * 2, "centre")
_STEP = FULL / 60
_LEAST_APART = 700


@dataclass(frozen=True, slots=True)
class BandStart:
    """A band of scores, from `start` up to where the next one starts."""

    title: Text
    start: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What a score is held against: `bands` from the lowest to the highest, and the pass mark."""

    bands: tuple[BandStart, ...] = ()
    pass_mark: int | None = None


def gauge(
    score: int | None,
    words: Text,
    scale: Scale,
    fonts: Fonts,
    *,
    low: bool,
    labels: Labels | None = None,
) -> Drawing:
    """A gauge of `WIDTH` by `HEIGHT`; `words` stand below the figure, `low` colours a failure.
    `labels` have the words for whoever hears it."""
    drawing = Drawing(WIDTH, HEIGHT, alt=_told(score, words, scale, labels))
    starts = sorted({band.start for band in scale.bands if 0 < band.start < FULL})
    drawing.shapes.append(_ring(FULL, colours.TRACK))
    if score:
        reached = min(max(score, 0), FULL)
        drawing.shapes.append(_ring(reached, colours.BAD if low else colours.GOOD))
    drawing.shapes += map(_gap, starts)
    for start in _named(starts, scale.pass_mark):
        drawing.words += _label(start, styles.TINY, fonts)
    if scale.pass_mark is not None:
        drawing.shapes.append(_pointer(scale.pass_mark))
        if _LEAST_APART <= scale.pass_mark <= FULL - _LEAST_APART:
            drawing.words += _label(scale.pass_mark, styles.SMALL_STRONG, fonts)
    style = styles.FIGURE_LOW if low else styles.FIGURE
    drawing.words += line(percent(score), style, _INSIDE, _CENTRE[1] - 33, fonts)
    drawing.words += line(words, styles.SMALL_STRONG, _INSIDE, _CENTRE[1] - 8, fonts)
    return drawing


def _told(score: int | None, words: Text, scale: Scale, labels: Labels | None) -> Text:
    """The score with its name, the pass mark, and where the bands start."""
    figure: Text = together((percent(score), words), ", ") if words else percent(score)
    if labels is None:
        return figure
    told = [labels.say("report.gauge_told", score=figure)]
    if scale.pass_mark is not None:
        told.append(labels.say("report.gauge_mark", mark=percent(scale.pass_mark)))
    for band in scale.bands:
        told.append(labels.say("report.gauge_band", band=band.title, start=percent(band.start)))
    return together(tuple(told), " ")


def _ring(end: int, fill: Colour) -> Shape:
    """The half circle from its left end up to a score."""
    count = max(2, round(end / _STEP) + 1)
    marks = [end * index / (count - 1) for index in range(count)]
    there = [_at(mark, _OUTER) for mark in marks]
    back = [_at(mark, _INNER) for mark in reversed(marks)]
    return Shape((*there, *back), fill)


def _at(score: float, radius: float) -> Point:
    angle = pi * (1 - score / FULL)
    return _CENTRE[0] + radius * cos(angle), _CENTRE[1] - radius * sin(angle)


def _gap(start: int) -> Shape:
    """A cut through the ring where a band starts."""
    return Shape((_at(start, _INNER), _at(start, _OUTER)), colours.WHITE, 1.4)


def _named(starts: Sequence[int], pass_mark: int | None) -> Iterator[int]:
    """The ends of the scale, and the starts of bands whose figures have room between them."""
    before = 0
    for start in (0, *starts, FULL):
        crowded = start - before < _LEAST_APART or FULL - start < _LEAST_APART
        near_mark = pass_mark is not None and abs(start - pass_mark) < _LEAST_APART
        if start in (0, FULL) or not (crowded or near_mark):
            before = start
            yield start


def _pointer(mark: int) -> Shape:
    """A triangle that points at the ring from outside."""
    tip, left, right = (
        _at(mark, _OUTER + 1),
        _at(mark - 130, _OUTER + 7),
        _at(mark + 130, _OUTER + 7),
    )
    return Shape((tip, left, right), colours.INK)


def _label(score: int, style: Style, fonts: Fonts) -> list[Words]:
    """A score's figure outside the ring, or below the ring's ends."""
    text, (x, y) = f"{score / 100:g}", _at(score, _OUTER + 16)
    if score in (0, FULL):
        ring = _CENTRE[0] + (_OUTER + _INNER) / 2 * (1 if score else -1)
        return line(f"{text}%", style, Column(ring - 15, 30, "centre"), _CENTRE[1] + 2, fonts)
    return line(text, style, Column(x - 15, 30, "centre"), y - style.leading / 2, fonts)
