"""The marks of charts: each tells itself by its shape, not by its colour alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.marks import Box, Shape
from audit_api.pdf import look
from audit_api.pdf.page import Flow, Page

DRAWING = 16.0
_DASH = (2.5, 2.0)
_ANGLES = tuple(2 * pi * step / 16 for step in range(16))


def dot(page: Page, x: float, y: float) -> None:
    """A value that rests on several visits."""
    page.shapes.append(_disc(x, y, 2.7, colours.SITE))


def ring(page: Page, x: float, y: float) -> None:
    """A value that rests on one visit."""
    dot(page, x, y)
    page.shapes.append(_disc(x, y, 1.5, colours.WHITE))


def diamond(page: Page, x: float, y: float) -> None:
    """The region's value, set off from the bar beneath by a white edge."""
    for size, colour in ((5.2, colours.WHITE), (4.0, colours.REGION)):
        points = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
        page.shapes.append(Shape(points, colour))


def bolt(page: Page, x: float, y: float) -> None:
    """The organisation's value: an upright bolt."""
    page.shapes.append(Shape(((x, y - 7.5), (x, y + 7.5)), colours.ORGANISATION, 3))


def whisker(page: Page, start: float, end: float, y: float) -> None:
    """An interval as a line with ends."""
    page.shapes.append(Shape(((start, y), (end, y)), colours.INK, 0.8))
    for x in (start, end):
        page.shapes.append(Shape(((x, y - 2.4), (x, y + 2.4)), colours.INK, 0.8))


def dashes(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A limit, or a break in what can be compared."""
    page.shapes.append(Shape((start, end), colours.QUIET, 0.7, _DASH))


def flag(page: Page, x: float, y: float) -> None:
    """Where other rules begin: a small triangle that points down."""
    page.shapes.append(Shape(((x - 3, y), (x + 3, y), (x, y + 5)), colours.INK))


def _disc(x: float, y: float, radius: float, colour: colours.Colour) -> Shape:
    return Shape(tuple((x + radius * cos(a), y + radius * sin(a)) for a in _ANGLES), colour)


Drawn = Callable[[Page, float, float], None]
"""A legend's example, drawn from `x` on, `DRAWING` wide, around the height `y`."""


def legend(flow: Flow, entries: Sequence[tuple[Drawn, Text]]) -> None:
    """Examples with their words, in rows."""
    x = look.LEFT
    for drawn, text in entries:
        words = flow.block(joined(text), styles.SMALL, look.WIDTH - DRAWING, most=1)[0][0]
        wide = DRAWING + 5 + flow.width_of(words, styles.SMALL) + 16
        if x > look.LEFT and x + wide - 16 > look.RIGHT:
            x = look.LEFT
            flow.space(styles.SMALL.leading + 2)
        drawn(flow.page, x, flow.y + styles.SMALL.leading / 2)
        flow.page.put(x + DRAWING + 5, flow.y, words, styles.SMALL, look.RIGHT - x - DRAWING - 5)
        x += wide
    flow.space(styles.SMALL.leading + 6)


def show_diamond(page: Page, x: float, y: float) -> None:
    diamond(page, x + DRAWING / 2, y)


def show_bolt(page: Page, x: float, y: float) -> None:
    bolt(page, x + DRAWING / 2, y)


def show_site(page: Page, x: float, y: float) -> None:
    whisker(page, x, x + DRAWING, y)
    dot(page, x + DRAWING / 2, y)


def show_dot(page: Page, x: float, y: float) -> None:
    page.shapes.append(Shape(((x, y), (x + DRAWING, y)), colours.SITE, 1.4))
    dot(page, x + DRAWING / 2, y)


def show_ring(page: Page, x: float, y: float) -> None:
    ring(page, x + DRAWING / 2, y)


def show_band(page: Page, x: float, y: float) -> None:
    page.boxes.append(Box(x, y - 4, DRAWING, 8, colours.INTERVAL))


def show_dashes(page: Page, x: float, y: float) -> None:
    dashes(page, (x, y), (x + DRAWING, y))


def show_flag(page: Page, x: float, y: float) -> None:
    flag(page, x + DRAWING / 2, y - 2.5)
