"""One drawing as an `svg` element, with a title, a description, and its words as real text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import joined
from audit_api.drawing.marks import Box, Drawing, Point, Shape, Words
from audit_api.drawing.styles import BOLD

_ANCHORS: Mapping[str, str] = {"left": "start", "centre": "middle", "right": "end"}


def painted(drawing: Drawing, name: str, title: str) -> str:
    """Return the element: `name` tells it from the others of its page, `title` says what it shows,
    and the drawing's `alt`, if it has one, what it tells."""
    told = joined(drawing.alt)
    named = f"{name}-title {name}-told" if told else f"{name}-title"
    described = f'<desc id="{name}-told">{escape(told)}</desc>' if told else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{named}"'
        f' viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}">'
        f'<title id="{name}-title">{escape(title)}</title>{described}'
        f'<g aria-hidden="true">{"".join(_marks(drawing))}</g></svg>'
    )


def _marks(drawing: Drawing) -> Iterator[str]:
    yield from map(_box, drawing.boxes)
    yield from map(_shape, drawing.shapes)
    yield from map(_text, drawing.words)


def _box(box: Box) -> str:
    rounded = f' rx="{_number(box.radius)}"' if box.radius else ""
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}"'
        f' height="{_number(box.height)}"{rounded} fill="{hexadecimal(box.fill)}"/>'
    )


def _shape(shape: Shape) -> str:
    points = _points(shape.points)
    if not shape.stroke:
        return f'<polygon points="{points}" fill="{hexadecimal(shape.colour)}"/>'
    dashes = f' stroke-dasharray="{_listed(shape.dash)}"' if shape.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{hexadecimal(shape.colour)}"'
        f' stroke-width="{_number(shape.stroke)}"{dashes}/>'
    )


def _text(words: Words) -> str:
    """A line, held at the side of its column that it stands at: no browser measures quite alike.
    One that stands outside of its column, as the ends of a scale do, is held where it begins."""
    x, anchor = words.x, "start"
    if words.column is not None and words.column[2] != "left":
        left, width, side = words.column
        end = left + width / (2 if side == "centre" else 1)
        if left <= x <= end:
            x, anchor = end, _ANCHORS[side]
    held = f' text-anchor="{anchor}"' if anchor != "start" else ""
    weight = ' font-weight="700"' if words.style.weight == BOLD else ""
    return (
        f'<text x="{_number(x)}" y="{_number(words.y)}" font-size="{_number(words.style.size)}"'
        f'{weight}{held} fill="{hexadecimal(words.style.colour)}">{escape(words.text)}</text>'
    )


def hexadecimal(colour: Colour) -> str:
    """Return a colour as stylesheets write it: "#1b2430"."""
    return "#" + bytes(round(share * 255) for share in colour).hex()


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _listed(numbers: Iterable[float]) -> str:
    return " ".join(map(_number, numbers))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
