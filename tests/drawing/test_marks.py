"""Drawings put into drawings."""

from __future__ import annotations

from audit_api.drawing.colours import GOOD, INK
from audit_api.drawing.marks import Box, Drawing, Shape, Words
from audit_api.drawing.styles import BODY

SMALL = Drawing(
    20,
    10,
    boxes=[Box(1, 2, 3, 4, GOOD, radius=2)],
    shapes=[Shape(((0, 0), (5, 5)), INK, 0.7, (2.5, 2))],
    words=[Words(4, 9, "Arrival", BODY)],
)


def test_a_drawing_takes_over_the_marks_of_another_at_the_place_it_is_given() -> None:
    drawing = Drawing(100, 50)
    drawing.add(SMALL, 10, 20)
    drawing.add(SMALL, 0, 0)
    assert drawing.boxes == [Box(11, 22, 3, 4, GOOD, radius=2), *SMALL.boxes]
    moved = Shape(((10, 20), (15, 25)), INK, 0.7, (2.5, 2))
    assert drawing.shapes == [moved, *SMALL.shapes]
    assert drawing.words == [Words(14, 29, "Arrival", BODY), *SMALL.words]
    assert (drawing.width, drawing.height) == (100, 50)


def test_a_rule_lies_along_the_lower_edge() -> None:
    drawing = Drawing(100, 50)
    drawing.rule()
    (box,) = drawing.boxes
    assert (box.x, box.y, box.width) == (0, 50, 100)
