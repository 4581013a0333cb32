"""Paragraphs in two languages side by side, a column for each."""

from __future__ import annotations

from audit_api.drawing.languages import Text, each
from audit_api.drawing.lettering import Block
from audit_api.drawing.styles import Style
from audit_api.pdf import look
from audit_api.pdf.page import Flow

_BETWEEN = 18.0


def side_by_side(flow: Flow, text: Text, style: Style) -> None:
    """A paragraph in a column for each language, written line by line, so that a long one runs
    over pages in all its columns at once."""
    columns, room = _columns(flow, text, style)
    flow.need(min(max(map(len, columns)), 4) * style.leading)
    for index in range(max(map(len, columns))):
        flow.need(style.leading)
        for place, column in enumerate(columns):
            x = look.LEFT + place * (room + _BETWEEN)
            flow.page.put_block(x, flow.y, column[index : index + 1])
        flow.space(style.leading)


def height_side_by_side(flow: Flow, text: Text, style: Style) -> float:
    columns, _ = _columns(flow, text, style)
    return max(map(len, columns)) * style.leading


def _columns(flow: Flow, text: Text, style: Style) -> tuple[list[Block], float]:
    """The blocks of all languages and the width of a column."""
    words = each(text)
    room = (look.WIDTH - _BETWEEN * (len(words) - 1)) / len(words)
    return [flow.block(one, style, room) for one in words], room
