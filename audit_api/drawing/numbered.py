"""What the numbers of a chart stand for: a list in two columns, each number with its name and its
figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Text
from audit_api.drawing.lettering import Column, Fonts, height_of, line, lines, name, titles
from audit_api.drawing.marks import Drawing
from audit_api.drawing.styles import tinted

SAID = tinted(styles.SMALL, colours.INK)

_BETWEEN = 22.0
_FIGURE = 48.0
_NUMBER = Column(0, 18)


class Entry(NamedTuple):
    """What one number stands for, with as many figures as the list has heads."""

    title: Text
    figures: tuple[str, ...]


def numbered(
    entries: Sequence[Entry], heads: Sequence[Text], fonts: Fonts, width: float
) -> Drawing:
    """The entries, numbered from 1, one column being read after the other."""
    wide = (width - _BETWEEN) / 2
    columns = [
        Column(wide - _FIGURE - (_FIGURE + 4) * place, _FIGURE, "right")
        for place in reversed(range(len(heads)))
    ]
    rows = [_row(number, each, columns, fonts) for number, each in enumerate(entries, start=1)]
    half = (len(rows) + 1) // 2
    drawing = Drawing(width)
    for place, listed in enumerate((rows[:half], rows[half:])):
        if listed:
            stack = _stack([_head(heads, columns, fonts, wide), *listed])
            drawing.add(stack, place * (wide + _BETWEEN), 0)
            drawing.height = max(drawing.height, stack.height)
    return drawing


def _head(heads: Sequence[Text], columns: Sequence[Column], fonts: Fonts, width: float) -> Drawing:
    drawing = Drawing(width, 23, words=titles(zip(heads, columns, strict=True), 21, fonts))
    drawing.rule()
    return drawing


def _row(number: int, entry: Entry, columns: Sequence[Column], fonts: Fonts) -> Drawing:
    column = Column(_NUMBER.width, columns[0].x - _NUMBER.width - 4)
    title = name(entry.title, SAID, column.width, fonts, most=2)
    drawing = Drawing(height=height_of(title) + 3, words=lines(title, column, 2, fonts))
    drawing.words += line(str(number), styles.SMALL_STRONG, _NUMBER, 2, fonts)
    for figure, place in zip(entry.figures, columns, strict=True):
        drawing.words += line(figure, SAID, place, 2, fonts)
    return drawing


def _stack(drawings: Sequence[Drawing]) -> Drawing:
    """Drawings below each other."""
    stack = Drawing()
    for drawing in drawings:
        stack.add(drawing, 0, stack.height)
        stack.height += drawing.height
    return stack
