"""A score over time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from audit_api.drawing import Figure, Period, colours
from audit_api.drawing.colours import Colour
from audit_api.drawing.marks import Drawing, Shape
from audit_api.drawing.trend import HEIGHT, runs, trend
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import NOTHING, ONE, WIDTH

WIDE = Figure(3, 8000, 7000, 9000)


def drawn(*figures: Figure, pass_mark: int | None = None, changed: tuple[int, ...] = ()) -> Drawing:
    periods = [
        Period(f"2026-{place:02}", figure, rules_changed=place in changed)
        for place, figure in enumerate(figures)
    ]
    return trend(periods, pass_mark, LABELS, FONTS, WIDTH)


def shapes(drawing: Drawing, colour: Colour) -> list[Shape]:
    """Those of the chart itself, without its legend's."""
    return [
        shape for shape in drawing.shapes if shape.colour == colour and shape.points[0][1] < HEIGHT
    ]


def test_the_trend_is_broken_where_a_period_has_no_score() -> None:
    figures = [ONE, ONE, NOTHING, ONE, NOTHING, ONE, ONE]
    assert list(runs(figure.score for figure in figures)) == [[0, 1], [3], [5, 6]]
    lines = [shape for shape in shapes(drawn(*figures), colours.SITE) if shape.stroke]
    assert [len(line.points) for line in lines] == [2, 2]


def test_the_band_covers_the_intervals_and_leaves_out_single_visits() -> None:
    bands = shapes(drawn(WIDE, WIDE, ONE, WIDE), colours.INTERVAL)
    assert [len(band.points) for band in bands] == [4, 4]
    assert shapes(drawn(ONE, ONE), colours.INTERVAL) == []


def test_the_band_lies_below_everything_else() -> None:
    drawing = drawn(WIDE, WIDE, pass_mark=8000)
    assert drawing.shapes[0].colour == colours.INTERVAL


def test_a_single_visit_is_a_ring() -> None:
    assert len(shapes(drawn(ONE, WIDE), colours.WHITE)) == 1


def test_other_rules_are_marked_where_they_begin() -> None:
    flags = shapes(drawn(WIDE, WIDE, WIDE, changed=(1, 2)), colours.INK)
    dots = [shape for shape in shapes(drawn(WIDE, WIDE, WIDE), colours.SITE) if not shape.stroke]
    middles = [sum(x for x, _ in dot.points) / len(dot.points) for dot in dots]
    between = [(one + other) / 2 for one, other in pairwise(middles)]
    assert [flag.points[2][0] for flag in flags] == pytest.approx(between)


def test_two_flags_stand_above_a_period_of_several_rules() -> None:
    periods = [Period("2026-01", WIDE), Period("2026-02", WIDE, mixed=True)]
    drawing = trend(periods, None, LABELS, FONTS, WIDTH)
    first, second = shapes(drawing, colours.INK)
    dots = [shape for shape in shapes(drawing, colours.SITE) if not shape.stroke]
    middle = sum(x for x, _ in dots[1].points) / len(dots[1].points)
    assert (first.points[2][0] + second.points[2][0]) / 2 == pytest.approx(middle)


@pytest.mark.parametrize(("mark", "shown"), [(None, 0), (8000, 1), (5000, 1)])
def test_the_pass_mark_is_drawn_where_there_is_one(mark: int | None, shown: int) -> None:
    drawing = drawn(WIDE, WIDE, pass_mark=mark)
    assert len([line for line in shapes(drawing, colours.QUIET) if line.dash]) == shown


def test_the_newest_period_is_named_always_and_the_others_as_there_is_room() -> None:
    drawing = drawn(*[WIDE] * 36)
    names = [words for words in drawing.words if words.text.startswith("2026-")]
    assert names[-1].text == "2026-35"
    assert 5 < len(names) < 36
    for one, other in pairwise(names):
        assert one.x + FONTS.width(one.text, one.style) < other.x


def test_the_newest_score_is_said_and_nothing_where_there_is_none() -> None:
    assert "80.00%" in [words.text for words in drawn(ONE, WIDE).words]
    assert not any(words.text.endswith(".00%") for words in drawn(WIDE, NOTHING).words)


def test_the_legend_stands_below_the_chart_and_belongs_to_it() -> None:
    drawing = drawn(WIDE, ONE)
    below = [words.text for words in drawing.words if words.y > HEIGHT]
    assert below[1:3] == [
        "95% interval",
        "No interval drawn: fewer than 3 visits, all alike, or too wide",
    ]
    assert drawing.height > HEIGHT


def test_an_interval_that_says_hardly_anything_fills_no_chart() -> None:
    two, wide = Figure(2, 8000, 7900, 8100), Figure(9, 5000, 2000, 7001)
    for figure in (two, wide):
        drawing = drawn(WIDE, figure)
        assert len(shapes(drawing, colours.INTERVAL)) == 1
        assert len(shapes(drawing, colours.WHITE)) == 1


def test_no_line_runs_through_the_newest_score() -> None:
    drawing = drawn(WIDE, WIDE, pass_mark=8000)
    (said,) = [words for words in drawing.words if words.text == "80.00%"]
    dashed = [line for line in shapes(drawing, colours.QUIET) if line.dash]
    assert all(said.x > x for line in dashed for x, _ in line.points)


def test_the_legend_has_no_mark_that_the_chart_has_not() -> None:
    assert [words.text for words in drawn(WIDE).words if words.y > HEIGHT] == [
        "Score of the period",
        "95% interval",
    ]
