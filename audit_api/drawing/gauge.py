"""A score on a half circle: the bands as its scale, the pass mark on it, the figure inside."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from audit_api.drawing import colours, styles
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Text
from audit_api.drawing.marks import Shape
from audit_api.pdf.document import percent
from audit_api.pdf.page import Flow, Page

FULL = 10_000
WIDTH, HEIGHT = 210.0, 124.0
_OUTER, _INNER, _SCALE = 76.0, 60.0, 54.0
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
    flow: Flow, x: float, y: float, score: int | None, words: Text, scale: Scale, *, low: bool
) -> None:
    """A gauge of `WIDTH` by `HEIGHT`; `words` stand below the figure, `low` colours a failure."""
    page, centre = flow.page, (x + WIDTH / 2, y + _OUTER + 14)
    page.shapes.append(_ring(centre, 0, FULL, _INNER, _OUTER, colours.TRACK))
    if score:
        reached = min(max(score, 0), FULL)
        page.shapes.append(
            _ring(centre, 0, reached, _INNER, _OUTER, colours.BAD if low else colours.GOOD)
        )
    _bands(page, centre, scale)
    if scale.pass_mark is not None:
        _pass_mark(page, centre, scale.pass_mark)
    style = styles.FIGURE_LOW if low else styles.FIGURE
    page.put(centre[0] - _SCALE, centre[1] - 33, percent(score), style, _SCALE * 2, "centre")
    page.put(centre[0] - _SCALE, centre[1] - 8, words, styles.SMALL_STRONG, _SCALE * 2, "centre")


def _ring(
    centre: tuple[float, float], start: float, end: float, inner: float, outer: float, fill: Colour
) -> Shape:
    """A piece of the half circle between two scores."""
    count = max(2, round((end - start) / _STEP) + 1)
    marks = [start + (end - start) * index / (count - 1) for index in range(count)]
    there = [_at(centre, mark, outer) for mark in marks]
    back = [_at(centre, mark, inner) for mark in reversed(marks)]
    return Shape((*there, *back), fill)


def _at(centre: tuple[float, float], score: float, radius: float) -> tuple[float, float]:
    angle = pi * (1 - score / FULL)
    return centre[0] + radius * cos(angle), centre[1] - radius * sin(angle)


def _bands(page: Page, centre: tuple[float, float], scale: Scale) -> None:
    """Where each band starts: a gap in the ring, and the figure outside it where there is room."""
    starts = sorted({band.start for band in scale.bands if 0 < band.start < FULL})
    for start in starts:
        ends = (_at(centre, start, _INNER), _at(centre, start, _OUTER))
        page.shapes.append(Shape(ends, colours.WHITE, 1.4))
    before = 0
    for start in [0, *(start for start in starts if start != scale.pass_mark), FULL]:
        crowded = start - before < _LEAST_APART or FULL - start < _LEAST_APART
        near_mark = scale.pass_mark is not None and abs(start - scale.pass_mark) < _LEAST_APART
        if start in (0, FULL) or not (crowded or near_mark):
            before = start
            _label(page, centre, start, f"{start / 100:g}", styles.TINY)


def _pass_mark(page: Page, centre: tuple[float, float], mark: int) -> None:
    """A triangle that points at the ring from outside, with the mark's figure."""
    tip, left, right = (
        _at(centre, mark, _OUTER + 1),
        _at(centre, mark - 130, _OUTER + 7),
        _at(centre, mark + 130, _OUTER + 7),
    )
    page.shapes.append(Shape((tip, left, right), colours.INK))
    if _LEAST_APART <= mark <= FULL - _LEAST_APART:
        _label(page, centre, mark, f"{mark / 100:g}", styles.SMALL_STRONG)


def _label(
    page: Page, centre: tuple[float, float], score: int, text: str, style: styles.Style
) -> None:
    x, y = _at(centre, score, _OUTER + 16)
    if score in (0, FULL):
        ring = centre[0] + (_OUTER + _INNER) / 2 * (1 if score else -1)
        page.put(ring - 15, centre[1] + 2, f"{text}%", style, 30, "centre")
    else:
        page.put(x - 15, y - style.leading / 2, text, style, 30, "centre")
