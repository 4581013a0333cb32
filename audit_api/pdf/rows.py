"""Tables of words alone: rows of blocks, each in its column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from audit_api.drawing import styles
from audit_api.drawing.languages import Labels
from audit_api.drawing.lettering import Align, Block, height_of
from audit_api.pdf.page import Flow

Heads: TypeAlias = Sequence[tuple[str, float, float, Align]]
"""The columns of a table: what each is called, where it begins, how wide it is, and to which side
its texts stand."""


def heads(columns: Heads, labels: Labels) -> list[Block]:
    """What the columns are called, a line in each language."""
    return [Flow.block(labels.say(code), styles.SMALL, width, 1) for code, _, width, _ in columns]


def row(
    flow: Flow, columns: Heads, blocks: Sequence[Block], *, below: float, head: bool = False
) -> None:
    """Blocks side by side, and so much room below the highest; the caller has asked for it, and
    has a table open."""
    with flow.structure.row():
        for place, (block, (_, x, width, align)) in enumerate(zip(blocks, columns, strict=True)):
            with flow.structure.cell(place, head=head):
                flow.page.put_block(x, flow.y, block, width, align)
    flow.space(max(map(height_of, blocks)) + below)
