"""How a document looks: the paper and its margins (points, A4), and the text styles that are its
own beside those of charts."""

from __future__ import annotations

from audit_api.drawing.colours import GOOD, QUIET, WHITE
from audit_api.drawing.styles import BOLD, REGULAR, Style

PAPER_WIDTH, PAPER_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 42.0, PAPER_WIDTH - 42.0
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 58.0, PAPER_HEIGHT - 56.0

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
VERDICT = Style(BOLD, 9.5, 14, WHITE)
CROSS = Style(BOLD, 10, 13, WHITE)
SMALL_CROSS = Style(BOLD, 7.5, 9, WHITE)
