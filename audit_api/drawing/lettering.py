"""How texts are set in a drawing, whatever fonts it is painted with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias

from audit_api.drawing import styles
from audit_api.drawing.languages import Text, each, joined
from audit_api.drawing.marks import Words
from audit_api.drawing.styles import Style

Align: TypeAlias = Literal["left", "right", "centre"]

_CAPITALS = 0.74
"""How high capitals are, of a text's size: what is between them and the base line stands in the
middle of the line's box."""


class Fonts(Protocol):
    """What a drawing has to know of the fonts that it will be painted with.

    `fit` and `wrap` answer lines that these fonts can draw as they are.
    """

    def width(self, line: str, style: Style) -> float:
        """How wide a line that `fit` or `wrap` has answered comes out, in points."""

    def fit(self, text: str, style: Style, width: float) -> str:
        """The text on one line, cut where it is wider than `width` points."""

    def wrap(self, text: str, style: Style, width: float, most: int | None) -> Sequence[str]:
        """The text as lines no wider than `width` points, cut where they are more than `most`."""


class Column(NamedTuple):
    """Where texts stand below each other, and to which side."""

    x: float
    width: float
    align: Align = "left"


Block: TypeAlias = Sequence[tuple[str, Style]]
"""Lines broken to a column's width, each with its style; the second language below the first."""


def block(text: Text, style: Style, width: float, fonts: Fonts, most: int | None = None) -> Block:
    """The text broken into lines, at most so many in each language."""
    first, *others = each(text)
    broken = [(said, style) for said in fonts.wrap(first, style, width, most)]
    for other in others:
        own = styles.second(style)
        broken += [(said, own) for said in fonts.wrap(other, own, width, most)]
    return broken


def name(text: Text, style: Style, width: float, fonts: Fonts, most: int | None = None) -> Block:
    """A name: all languages on one line where there is room, else as a block."""
    said = joined(text)
    fitted = fonts.fit(said, style, width)
    return [(fitted, style)] if fitted == said else block(text, style, width, fonts, most)


def height_of(block: Block) -> float:
    return sum(style.leading for _, style in block)


def line(text: Text, style: Style, column: Column, y: float, fonts: Fonts) -> list[Words]:
    """All languages on one line, its box beginning at `y`; cut where it is too wide."""
    return lines([(fonts.fit(joined(text), style, column.width), style)], column, y, fonts)


def lines(block: Block, column: Column, y: float, fonts: Fonts) -> list[Words]:
    """A block's lines below each other, the first one's box beginning at `y`."""
    found = []
    for said, style in block:
        if said:
            base = y + (style.leading + _CAPITALS * style.size) / 2
            found.append(Words(_start(said, style, column, fonts), base, said, style, column))
        y += style.leading
    return found


def within(column: Column, words: Iterable[Words]) -> list[Words]:
    """Words that stand by themselves, as a part of what a column says."""
    return [one._replace(column=column) for one in words]


def titles(columns: Iterable[tuple[Text, Column]], foot: float, fonts: Fonts) -> list[Words]:
    """The titles of columns, all standing on the height `foot`."""
    found = []
    for text, column in columns:
        said = title(text, column, fonts)
        found += lines(said, column, foot - height_of(said), fonts)
    return found


def title(text: Text, column: Column, fonts: Fonts) -> Block:
    """A column's title: a line in each language."""
    return block(text, styles.SMALL, column.width, fonts, most=1)


def _start(said: str, style: Style, column: Column, fonts: Fonts) -> float:
    """Where a line begins in its column."""
    if column.align == "left":
        return column.x
    room = column.width - fonts.width(said, style)
    return column.x + (room if column.align == "right" else room / 2)
