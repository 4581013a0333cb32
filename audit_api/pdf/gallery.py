"""Photos in rows of equal cells, each with its caption; a lost one leaves a labelled cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from audit_api.drawing import colours, styles
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.photo import Photo
from audit_api.pdf.structure import Structure, Tag

Photos: TypeAlias = Callable[[str], Photo | None]
"""The photo of a key, None where it is lost."""

OpenPhoto: TypeAlias = Callable[[str], bytes]
"""Answers the JPEG of a key."""

GAP = 8.0


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """A photo by the key that `open_photo` understands.

    `unreadable` is the label of one that nobody can open; its key is never asked for.
    """

    key: str
    caption: str | None = None
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a gallery stands and how many cells go into a row; a cell is 4 by 3."""

    x: float
    width: float
    columns: int

    @property
    def cell(self) -> float:
        return (self.width - GAP * (self.columns - 1)) / self.columns


EVIDENCE = Grid(look.LEFT + 22, look.WIDTH - 22, 3)
THUMBNAILS = Grid(look.LEFT + 34, look.WIDTH - 34, 6)


def gallery(
    flow: Flow,
    photos: Sequence[PhotoRef],
    grid: Grid,
    photo: Photos,
    lost: str,
) -> None:
    """Rows of photos; a row is never parted.  `lost` is the label of a photo that `photo` does
    not have."""
    remaining = iter(photos)
    while row := tuple(islice(remaining, grid.columns)):
        captions = _captions(flow, row, grid)
        height = _row_height(captions, grid)
        flow.need(height)
        for index, (ref, caption) in enumerate(zip(row, captions, strict=True)):
            x = grid.x + index * (grid.cell + GAP)
            shown = None if ref.unreadable else photo(ref.key)
            with _part(flow, ref, shown):
                _cell(flow.page, x, flow.y, grid.cell, shown, ref.unreadable or lost)
                flow.page.put_block(x, flow.y + grid.cell * 0.75 + 2, caption)
        flow.space(height + GAP)


def _part(flow: Flow, ref: PhotoRef, shown: Photo | None) -> Structure:
    """A figure that its caption tells of, a dash without one; of a lost one, what stands there."""
    return flow.part(Tag.FIGURE, ref.caption or "–") if shown else flow.part(Tag.PARAGRAPH)


def first_row(flow: Flow, photos: Sequence[PhotoRef], grid: Grid) -> float:
    """The first row's height, for what must not be parted from its photos; 0 without photos."""
    return _row_height(_captions(flow, photos[: grid.columns], grid), grid) if photos else 0


def _captions(flow: Flow, row: Sequence[PhotoRef], grid: Grid) -> list[Block]:
    return [
        flow.block(ref.caption, styles.SMALL, grid.cell, most=2) if ref.caption else []
        for ref in row
    ]


def _row_height(captions: list[Block], grid: Grid) -> float:
    deepest = max(map(height_of, captions))
    return grid.cell * 0.75 + (2 + deepest if deepest else 0)


def _cell(page: Page, x: float, y: float, width: float, photo: Photo | None, lost: str) -> None:
    height = width * 0.75
    page.boxes.append(Box(x, y, width, height, colours.WASH if photo else colours.TRACK))
    if photo is None:
        page.put(
            x + 3, y + (height - styles.SMALL.leading) / 2, lost, styles.SMALL, width - 6, "centre"
        )
        return
    scale = min(width / photo.width, height / photo.height)
    wide, high = photo.width * scale, photo.height * scale
    page.show(x + (width - wide) / 2, y + (height - high) / 2, wide, high, photo)
