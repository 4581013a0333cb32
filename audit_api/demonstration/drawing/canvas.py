"""What every scene is drawn on: a sheet, chance, and the few shapes that shops are made of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[2] / "pdf/fonts/NotoSansSC-Bold.ttf"
WIDE, HIGH = 1280, 960
TEAL, CREAM, WOOD, INK = "#12655f", "#f5efe0", "#9c6b3f", "#2b2b2b"
GOODS = (TEAL, "#b5462f", "#c9a03a", "#5d7f3c", "#46617f", "#7a3b52", "#d8c7a3", "#3d4a3a")

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower right, lower left."""


class Canvas:
    """One scene being drawn: `draw` is Pillow's pen, `chance` decides all that differs."""

    def __init__(self, sign: str, at: datetime, chance: random.Random) -> None:
        self.image = Image.new("RGB", (WIDE, HIGH), CREAM)
        self.draw = ImageDraw.Draw(self.image)
        self.sign = sign
        self.at = at
        self.chance = chance

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.draw.rectangle((left, top, right, bottom), fill=fill)

    def shape(self, corners: Sequence[Point], fill: str) -> None:
        self.draw.polygon(list(corners), fill=fill)

    def words(self, at: Point, text: str, size: int, fill: str, *, centred: bool = False) -> None:
        self.draw.text(at, text, font=font(size), fill=fill, anchor="mm" if centred else None)

    def fade(self, top: float, bottom: float, above: str, below: str) -> None:
        """Fill a band from one colour into another, downwards."""
        first, last = rgb(above), rgb(below)
        strip = Image.new("RGB", (1, 2))
        strip.putpixel((0, 0), first)
        strip.putpixel((0, 1), last)
        size = (WIDE, max(1, int(bottom - top)))
        self.image.paste(strip.resize(size, Image.Resampling.BILINEAR), (0, int(top)))

    def colour(self) -> str:
        return self.chance.choice(GOODS)

    def tin(self, left: float, floor: float, wide: float, high: float, colour: str) -> None:
        """Draw one tin of tea standing on `floor`, lit from the left."""
        top = floor - high
        self.draw.rounded_rectangle((left, top, left + wide, floor), wide * 0.1, fill=colour)
        self.box(left + wide * 0.72, top + 3, left + wide * 0.94, floor - 3, shade(colour, 0.75))
        self.box(left + wide * 0.08, top + 3, left + wide * 0.16, floor - 3, shade(colour, 1.35))
        self.box(left, top, left + wide, top + high * 0.12, shade(colour, 0.6))
        label = (left + wide * 0.2, top + high * 0.3, left + wide * 0.8, top + high * 0.72)
        self.box(*label, CREAM)
        if wide >= 40:
            middle = (left + wide / 2, top + high * 0.5)
            self.words(
                middle, self.chance.choice("茶龙普红白桂"), int(wide * 0.4), INK, centred=True
            )


def between(first: Point, last: Point, share: float) -> Point:
    """Return the point at `share` of the way from one to another."""
    return (
        first[0] + (last[0] - first[0]) * share,
        first[1] + (last[1] - first[1]) * share,
    )


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def shade(colour: str, light: float) -> str:
    """Return a colour under more or less light; 1 leaves it as it is."""
    red, green, blue = (min(255, int(part * light)) for part in rgb(colour))
    return f"#{red:02x}{green:02x}{blue:02x}"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
