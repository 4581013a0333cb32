"""Axes of scores."""

from __future__ import annotations

import pytest

from audit_api.drawing.axis import Axis
from tests.drawing.fixed import FONTS


@pytest.mark.parametrize(
    ("score", "x"), [(0, 100), (5_000, 150), (10_000, 200), (-500, 100), (12_000, 200)]
)
def test_a_score_beyond_an_end_stands_at_the_end(score: int, x: float) -> None:
    assert Axis(100, 100).at(score) == x


def test_the_figures_of_an_axis_stand_above_its_lines() -> None:
    axis = Axis(100, 100)
    title, *figures = axis.words(("Score", "得分"), FONTS)
    assert title.text == "Score · 得分"
    assert [words.text for words in figures] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    for words, box in zip(figures, axis.lines(30), strict=True):
        middle = words.x + FONTS.width(words.text, words.style) / 2
        assert middle == pytest.approx(box.x + box.width / 2)
        assert (box.y, box.height) == (0, 30)
