"""What is expected after a trend."""

from __future__ import annotations

import pytest

from audit_api.drawing import Figure, Period, colours
from audit_api.drawing.marks import Drawing
from audit_api.drawing.periods import Expected
from audit_api.drawing.plot import FOOT, TOP
from audit_api.drawing.trend import HEIGHT, trend
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import NOTHING, WIDTH

WAS = Figure(9, 8000, 7500, 8500)
NEXT = Expected("2026-05", 8200, 7000, 9400)


def drawn(*expected: Expected, periods: int = 4, last: Figure = WAS) -> Drawing:
    figures = [WAS] * (periods - 1) + [last]
    known = [Period(f"2026-{place:02}", figure) for place, figure in enumerate(figures, start=1)]
    return trend(known, None, LABELS, FONTS, WIDTH, expected)


def squares(drawing: Drawing) -> list[tuple[float, float]]:
    """The middles of the open marks, without the legend's."""
    return [
        ((left + right) / 2, (top + foot) / 2)
        for (left, top), _, (right, foot), *_ in (
            shape.points
            for shape in drawing.shapes
            if shape.colour == colours.SITE and len(shape.points) == 4 and not shape.stroke
        )
        if top < HEIGHT
    ]


def dashed(drawing: Drawing) -> list[tuple[tuple[float, float], ...]]:
    return [
        shape.points
        for shape in drawing.shapes
        if shape.colour == colours.SITE and shape.dash and shape.points[0][1] < HEIGHT
    ]


def test_what_is_expected_is_an_open_mark_right_of_what_was_where_its_score_says() -> None:
    drawing = drawn(NEXT)
    ((x, y),) = squares(drawing)
    assert y == pytest.approx(FOOT - (FOOT - TOP) * 0.82)
    (ground,) = [box for box in drawing.boxes if box.fill == colours.WASH]
    assert ground.x < x < ground.x + ground.width
    lines = [
        shape for shape in drawing.shapes if shape.stroke == 1.4 and shape.points[0][1] < HEIGHT
    ]
    assert all(at < ground.x for line in lines for at, _ in line.points)


def test_a_dashed_line_leads_from_the_newest_score_through_all_that_is_expected() -> None:
    drawing = drawn(NEXT, Expected("2026-06", 8300, 6900, 9700))
    first, second = dashed(drawing)
    assert first[1] == second[0]
    for end, mark in zip((first[1], second[1]), squares(drawing), strict=True):
        assert end == pytest.approx(mark)
    assert first[0][1] == pytest.approx(FOOT - (FOOT - TOP) * 0.8)


def test_after_a_gap_no_line_leads_to_what_is_expected() -> None:
    assert dashed(drawn(NEXT, last=NOTHING)) == []


def test_its_interval_is_hatched_and_fills_no_area() -> None:
    drawing = drawn(NEXT)
    uprights = [
        shape.points
        for shape in drawing.shapes
        if shape.stroke == 0.5
        and shape.colour == colours.ORGANISATION
        and shape.points[0][1] < HEIGHT
    ]
    assert len(uprights) > 3
    for upper, lower in uprights:
        assert upper[0] == lower[0]
        assert upper[1] == pytest.approx(FOOT - (FOOT - TOP) * 0.94)
        assert lower[1] == pytest.approx(FOOT - (FOOT - TOP) * 0.70)


def test_the_newest_score_and_all_that_is_expected_stand_in_figures() -> None:
    drawing = drawn(NEXT)
    weights = {words.text: words.style.weight for words in drawing.words}
    assert weights["80.00%"] == "Bold"
    assert weights["82.00%"] == "Regular"


def test_where_periods_are_narrow_the_last_of_what_is_expected_stands_beside() -> None:
    drawing = drawn(NEXT, Expected("2026-06", 8300, 6900, 9700), periods=36)
    said = [words.text for words in drawing.words]
    assert "83.00%" in said
    assert "82.00%" not in said


def test_the_newest_fact_is_named_always() -> None:
    drawing = drawn(*[NEXT] * 3, periods=36)
    assert "2026-36" in [words.text for words in drawing.words]


def test_the_legend_and_the_axis_say_that_it_is_expected() -> None:
    said = [words.text for words in drawn(NEXT).words]
    assert "expected" in said
    assert "Expected, with its range in 95 of 100 cases" in said
    assert "expected" not in [words.text for words in drawn().words]
