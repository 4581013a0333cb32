"""Paints boxes and round things as a camera sees them: the farthest first, each with a shadow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

FONT = Path(__file__).parents[2] / "typography/fonts/NotoSansSC-Bold.ttf"
WIDE, HIGH, FOCAL = 836, 627, 716
CREAM, INK = "#f5efe0", "#2b2b2b"

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Thing:
    """A box in metres: its left, its foot, how far away it begins, its size, what is written on it.

    `curve` rounds its corners by a share of the lesser side: a half makes a ball, or a plate.
    What has a depth throws a shadow.
    """

    x: float
    y: float
    z: float
    wide: float
    high: float
    colour: str
    deep: float = 0.0
    curve: float = 0.0
    words: str = ""


def paint(things: Iterable[Thing], eye: float) -> Image.Image:
    """Return what is seen from a height of `eye` metres."""
    image = Image.new("RGB", (WIDE, HIGH), "#e6e2d8")
    draw, glaze = ImageDraw.Draw(image), ImageDraw.Draw(image, "RGBA")
    for thing in sorted(things, key=lambda each: -each.z - each.deep):
        near, far = (_seen(thing, z, eye) for z in (thing.z, thing.z + thing.deep))
        if thing.deep and thing.wide < 2:
            _cast(glaze, near, thing.curve)
        if thing.curve:
            _bulge(image, near, thing)
        else:
            _sides(draw, near, far, thing.colour)
            draw.rectangle(near, thing.colour)
        if thing.words:
            _write(draw, near, thing)
    return image


def shade(colour: str, light: float) -> str:
    """Return a colour under more or less light; 1 leaves it as it is."""
    return "#" + bytes(min(255, int(part * light)) for part in bytes.fromhex(colour[1:])).hex()


def _seen(thing: Thing, z: float, eye: float) -> Rectangle:
    scale = FOCAL / z
    left, foot = WIDE / 2 + thing.x * scale, HIGH / 2 + (eye - thing.y) * scale
    return left, foot - thing.high * scale, left + thing.wide * scale, foot


def _cast(glaze: ImageDraw.ImageDraw, near: Rectangle, curve: float) -> None:
    """Darken softly what is behind, to the right and below: the light comes from the left."""
    left, top, right, foot = near
    side = min(right - left, foot - top)
    for step in (1.5, 3.5):
        reach = step * min(0.05 * side, 7)
        box = (left - reach / 3, top + reach, right + reach * 1.5, foot + reach)
        glaze.rounded_rectangle(box, max(reach, curve * side), "#1a0f0636")


def _sides(draw: ImageDraw.ImageDraw, near: Rectangle, far: Rectangle, colour: str) -> None:
    """Paint those of a box's top, foot, left and right that are seen beside its front."""
    (x0, y0, x1, y1), (u0, v0, u1, v1) = near, far
    for is_seen, light, corners in (
        (v0 < y0, 1.15, (x0, y0, x1, y0, u1, v0, u0, v0)),
        (v1 > y1, 0.6, (x0, y1, x1, y1, u1, v1, u0, v1)),
        (u0 < x0, 0.85, (x0, y0, x0, y1, u0, v1, u0, v0)),
        (u1 > x1, 0.7, (x1, y0, x1, y1, u1, v1, u1, v0)),
    ):
        if is_seen:
            draw.polygon(corners, shade(colour, light))


def _bulge(image: Image.Image, near: Rectangle, thing: Thing) -> None:
    size = max(1, round(near[2] - near[0])), max(1, round(near[3] - near[1]))
    mask, corner = Image.new("L", size), thing.curve * min(size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), corner, 255)
    surface = _surface(thing.colour, thing.curve >= 0.5).resize(size, Image.Resampling.BILINEAR)
    image.paste(surface, (round(near[0]), round(near[1])), mask)


@cache
def _surface(colour: str, is_ball: bool) -> Image.Image:
    """Return how light falls on a ball, or on what is round and stands upright."""
    light = Image.frombytes("L", (8, 1), bytes((90, 190, 225, 180, 150, 120, 90, 55)))
    if is_ball:
        light = ImageOps.invert(Image.radial_gradient("L")).crop((50, 60, 236, 246))
    return ImageOps.colorize(light, shade(colour, 0.45), shade(colour, 1.4), colour)


def _write(draw: ImageDraw.ImageDraw, near: Rectangle, thing: Thing) -> None:
    left, top, right, foot = near
    size = min((foot - top) * 0.72, (right - left) * 90 / _font(100).getlength(thing.words))
    dark = sum(bytes.fromhex(thing.colour[1:])) < 400
    middle = (left + right) / 2, (top + foot) / 2
    if size >= 6:
        draw.text(middle, thing.words, CREAM if dark else INK, _font(int(size)), anchor="mm")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
