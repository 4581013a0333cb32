"""How a document looks: its papers and their margins (points), and the text styles that are its
own beside those of charts.

Every mark is placed as on A4.  Letter is wider and less high: what is placed stands in its middle,
and ends earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from audit_api.drawing.colours import GOOD, QUIET, WHITE
from audit_api.drawing.styles import BOLD, REGULAR, Style
from audit_api.rules.papers import Paper

ACROSS = 595.28
"""How wide A4 is."""
LEFT, RIGHT = 42.0, ACROSS - 42.0
WIDTH = RIGHT - LEFT
TOP = 58.0


class Sheet(NamedTuple):
    """A paper's width and height."""

    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where a page's content ends."""
        return self.height - 56.0

    @property
    def foot(self) -> float:
        """Where the line at the foot of a page begins."""
        return self.height - 38.0

    @property
    def margin(self) -> float:
        """How far the sheet stands from the paper's left edge."""
        return (self.width - ACROSS) / 2


SHEETS: Mapping[Paper, Sheet] = {
    Paper.A4: Sheet(ACROSS, 841.89),
    Paper.LETTER: Sheet(612.0, 792.0),
}

EYEBROW = Style(BOLD, 9, 13, GOOD)
TITLE = Style(BOLD, 21, 28)
SUBTITLE = Style(REGULAR, 10, 14.5, QUIET)
HEADING = Style(BOLD, 12.5, 18, GOOD)
SUBHEADING = Style(BOLD, 10, 14)
ANSWER = Style(REGULAR, 8.5, 12)
ANSWER_STRONG = Style(BOLD, 8.5, 12)
ANSWER_MUTED = Style(REGULAR, 8.5, 12, QUIET)
NOTE = Style(REGULAR, 8.5, 12.5, QUIET)
TILE = Style(BOLD, 13, 18)
TILE_LIGHT = Style(REGULAR, 13, 18, QUIET)
VERDICT = Style(BOLD, 9.5, 14, WHITE)
TAG = Style(BOLD, 7.5, 10, WHITE)
CROSS = Style(BOLD, 10, 13, WHITE)
SMALL_CROSS = Style(BOLD, 7.5, 9, WHITE)
