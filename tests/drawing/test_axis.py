"""Axes of scores."""

from __future__ import annotations

import pytest

from audit_api.drawing.axis import Axis, floor_of, ticks
from tests.drawing.fixed import FONTS


@pytest.mark.parametrize(
    ("scores", "floor", "named"),
    [
        ((8467, 8015), 8000, [8_000, 9_000, 10_000]),
        ((9900,), 8000, [8_000, 9_000, 10_000]),
        ((5000, None), 5000, [5_000, 6_000, 7_000, 8_000, 9_000, 10_000]),
        ((3100,), 2000, [2_000, 4_000, 6_000, 8_000, 10_000]),
        ((-300, 0), 0, [0, 2_000, 4_000, 6_000, 8_000, 10_000]),
        ((), 0, [0, 2_000, 4_000, 6_000, 8_000, 10_000]),
    ],
)
def test_an_axis_names_its_ends(scores: tuple[int], floor: int, named: list[int]) -> None:
    assert floor_of(scores) == floor
    assert list(ticks(floor)) == named


@pytest.mark.parametrize(
    ("score", "x"), [(5_000, 100), (7_500, 150), (10_000, 200), (-500, 100), (12_000, 200)]
)
def test_a_score_beyond_an_end_stands_at_the_end(score: int, x: float) -> None:
    assert Axis(100, 100, floor=5_000).at(score) == x


def test_the_figures_of_an_axis_stand_above_its_lines() -> None:
    axis = Axis(100, 100, floor=8_000)
    title, *figures = axis.words(("Score", "得分"), FONTS)
    assert title.text == "Score · 得分"
    assert [words.text for words in figures] == ["80%", "90%", "100%"]
    for words, box in zip(figures, axis.lines(30), strict=True):
        middle = words.x + FONTS.width(words.text, words.style) / 2
        assert middle == pytest.approx(box.x + box.width / 2)
        assert (box.y, box.height) == (0, 30)
