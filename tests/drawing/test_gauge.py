"""The gauge: the score on its scale."""

from __future__ import annotations

import pytest

from audit_api.drawing import BandStart, Scale, colours
from audit_api.drawing.gauge import HEIGHT, WIDTH, gauge
from audit_api.drawing.marks import Drawing, Shape
from tests.drawing.fixed import FONTS


def drawn(score: int | None = 8467, scale: Scale | None = None, low: bool = False) -> Drawing:
    return gauge(score, ("Good", "良好"), scale or Scale(), FONTS, low=low)


def rings(drawing: Drawing) -> list[Shape]:
    return [shape for shape in drawing.shapes if len(shape.points) > 3]


def named(drawing: Drawing) -> list[str]:
    """The figures around the gauge."""
    return [words.text for words in drawing.words[:-2]]


def test_a_gauge_says_its_figure_and_its_words_inside() -> None:
    drawing = drawn()
    figure, words = drawing.words[-2:]
    assert (figure.text, words.text) == ("84.67%", "Good 良好")
    for one in (figure, words):
        assert one.x + FONTS.width(one.text, one.style) / 2 == pytest.approx(WIDTH / 2)
    assert (drawing.width, drawing.height) == (WIDTH, HEIGHT)


@pytest.mark.parametrize(("score", "end"), [(5_000, WIDTH / 2), (10_000, 181), (12_000, 181)])
def test_the_ring_reaches_as_far_as_the_score(score: int, end: float) -> None:
    _, reached = rings(drawn(score))
    assert reached.points[0][0] == pytest.approx(WIDTH / 2 - 76)
    assert max(x for x, _ in reached.points) == pytest.approx(end, abs=0.01)
    assert max(y for _, y in reached.points) <= 90.01


@pytest.mark.parametrize("score", [None, 0])
def test_no_score_and_none_of_the_points_fill_nothing(score: int | None) -> None:
    assert [ring.colour for ring in rings(drawn(score))] == [colours.TRACK]
    assert drawn(score).words[-2].text == ("–" if score is None else "0.00%")


def test_a_failure_has_another_colour() -> None:
    assert [rings(drawn(low=low))[1].colour for low in (False, True)] == [colours.GOOD, colours.BAD]


def test_each_band_begins_at_a_gap_and_is_named_where_there_is_room() -> None:
    scale = Scale(tuple(BandStart("band", start) for start in (0, 6000, 6300, 8000, 9900)))
    drawing = drawn(scale=scale)
    gaps = [shape for shape in drawing.shapes if shape.colour == colours.WHITE]
    assert len(gaps) == 4
    assert named(drawing) == ["0%", "60", "80", "100%"]


def test_the_pass_mark_is_pointed_at_and_named_before_a_band_beside_it() -> None:
    bands = (BandStart("Fair", 6000), BandStart("Pass", 7500), BandStart("Good", 8000))
    drawing = drawn(scale=Scale(bands, 7500))
    (pointer,) = [shape for shape in drawing.shapes if len(shape.points) == 3]
    assert pointer.colour == colours.INK
    assert named(drawing) == ["0%", "60", "100%", "75"]
