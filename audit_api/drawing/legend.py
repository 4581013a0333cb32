"""The legend of a chart: examples of its marks with their words, in rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit_api.drawing import styles
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import Column, Fonts, lines
from audit_api.drawing.marks import Box, Drawing, Shape

EXAMPLE = 16.0
"""How wide an example is."""

_BETWEEN, _APART = 5.0, 16.0


def example(shapes: Sequence[Shape] = (), boxes: Sequence[Box] = ()) -> Drawing:
    """Marks that stand from 0 to `EXAMPLE`, above and below the height 0."""
    return Drawing(EXAMPLE, 0, boxes=list(boxes), shapes=list(shapes))


def legend(entries: Iterable[tuple[Drawing, Text]], fonts: Fonts, width: float) -> Drawing:
    """Each example with its words; a row is as long as the width allows.

    A high sign reaches a little above the first row.
    """
    drawing, style = Drawing(width), styles.SMALL
    before = EXAMPLE + _BETWEEN
    x = y = 0.0
    for shown, text in entries:
        words = fonts.fit(joined(text), style, width - before)
        wide = before + fonts.width(words, style)
        if x and x + wide > width:
            x, y = 0.0, y + style.leading + 2
        drawing.add(shown, x, y + style.leading / 2)
        drawing.words += lines([(words, style)], Column(x + before, width - before), y, fonts)
        x += wide + _APART
    drawing.height = y + style.leading + 6
    return drawing
