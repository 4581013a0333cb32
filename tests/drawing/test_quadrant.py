"""Parts between importance and performance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_api.drawing import Figure, colours
from audit_api.drawing.marks import Drawing, Shape
from audit_api.drawing.quadrant import QuadrantPart, Quadrants, quadrant
from audit_api.drawing.signs import dot, ring
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import QUADRANTS, WIDTH

CLOSE = (8200, 8240, 8230)


def drawn(quadrants: Quadrants = QUADRANTS) -> Drawing:
    return quadrant(quadrants, LABELS, FONTS, WIDTH)


def said(drawing: Drawing) -> list[str]:
    return [words.text for words in drawing.words]


def part(share: int, score: int, title: str = "Arrival") -> QuadrantPart:
    return QuadrantPart(title, Figure(40, share), Figure(40, score), sure=True)


def close(*scores: int) -> Quadrants:
    """Parts that matter alike and score nearly alike."""
    return Quadrants(tuple(part(3300, score) for score in scores), 3300, 8200)


def marks(drawing: Drawing) -> list[tuple[float, float]]:
    """The middle of each mark of the chart; discs without a hole have one shape."""
    discs = [shape for shape in drawing.shapes if not shape.stroke and shape.colour == colours.SITE]
    middles = [(_middle(shape, 0), _middle(shape, 1)) for shape in discs]
    return middles[:-1]  # the last is the legend's example


def _middle(shape: Shape, way: int) -> float:
    along = [point[way] for point in shape.points]
    return (min(along) + max(along)) / 2


def test_the_four_fields_are_named_in_their_corners() -> None:
    places = {words.text: (words.x, words.y) for words in drawn().words}
    fix, keep = places["Fix first"], places["Keep it up"]
    wait, done = places["Can wait"], places["Enough is done"]
    assert fix[1] == keep[1] < wait[1] == done[1]
    assert fix[0] == wait[0] < min(keep[0], done[0])


def test_what_matters_more_stands_higher_and_what_scores_higher_further_right() -> None:
    (low, _), *others = marks(drawn(Quadrants((part(4000, 5000), part(6000, 9000)), 5000, 7000)))
    assert low < others[0][0]
    heights = [y for _, y in marks(drawn(Quadrants((part(4000, 50), part(6000, 90)), 5000, 70)))]
    assert heights[1] < heights[0]


def test_each_part_has_its_number_its_name_and_its_figures() -> None:
    texts = said(drawn())
    for number, title, share, score in (
        ("1", "Arrival and the first minutes", "42.00%", "61.20%"),
        ("2", "Fitting", "31.00%", "92.40%"),
        ("3", "Checkout", "27.00%", "79.80%"),
    ):
        assert {number, share, score} <= set(texts)
        assert any(text.startswith(title) for text in texts)


def test_a_part_whose_field_is_not_sure_is_a_ring() -> None:
    whole, holes = len(marks(drawn())), [s for s in drawn().shapes if s.colour == colours.WHITE]
    assert whole >= 3
    assert len(holes) == 2 + 1  # two parts, and the example in the legend
    assert len(ring(0, 0)) == len(dot(0, 0)) + 1


def test_the_legend_explains_the_signs_that_there_are() -> None:
    everything = said(drawn())
    assert "Surely in its field" in everything
    assert "Not sure: an interval reaches over a line" in everything
    sure = replace(QUADRANTS, parts=QUADRANTS.parts[:1])
    assert "Not sure: an interval reaches over a line" not in said(drawn(sure))


def test_scores_stand_on_an_axis_from_0_to_100_percent() -> None:
    ticks = [words for words in drawn().words if words.text.endswith("%") and "." not in words.text]
    foot = max(words.y for words in ticks)
    below = [words.text for words in ticks if words.y == foot]
    assert below == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert "Performance: mean score" in said(drawn())


def test_an_axis_begins_later_and_says_so_where_marks_would_lie_on_each_other() -> None:
    crowded = drawn(close(*CLOSE))
    assert "Performance: mean score, from 80% on" in said(crowded)
    apart = drawn(close(5000, 7000, 9000))
    assert "Performance: mean score" in said(apart)


def test_an_axis_that_begins_later_holds_every_interval() -> None:
    wide = replace(QUADRANTS.parts[0], performance=Figure(9, 8210, 4100, 9900))
    quadrants = Quadrants((part(4200, 8200), wide), 4200, 8205)
    assert "Performance: mean score, from 40% on" in said(drawn(quadrants))


@pytest.mark.parametrize(
    ("highest", "end"), [(390, "4%"), (1150, "12%"), (1201, "20%"), (9900, "100%")]
)
def test_the_axis_of_importance_ends_above_the_largest(highest: int, end: str) -> None:
    quadrants = Quadrants((part(highest, 5000), part(100, 9000)), 100, 7000)
    figures = [w for w in drawn(quadrants).words if w.text.endswith("%") and w.x < 34]
    assert min(figures, key=lambda words: words.y).text == end


def test_no_name_in_the_chart_lies_on_another_however_close_the_marks() -> None:
    crowd = tuple(
        part(400 + 9 * place, 8200 + 3 * place, f"A part of the visit, number {place}")
        for place in range(25)
    )
    words = drawn(Quadrants(crowd, 500, 8230)).words
    areas = [
        (each.x, each.y - 0.74 * each.style.size, FONTS.width(each.text, each.style), each)
        for each in words
    ]
    for place, (x, top, width, one) in enumerate(areas):
        for left, above, wide, other in areas[place + 1 :]:
            apart = x + width <= left or left + wide <= x
            clear = one.y <= above or other.y <= top
            assert apart or clear, (one, other)


def test_whoever_does_not_see_the_chart_is_told_every_part_with_its_figures() -> None:
    (told,) = drawn().alt
    assert told.startswith("A chart of importance, upwards, against performance, to the right.")
    assert told.endswith("3 Checkout: importance 27.00%, score 79.80%.")


def test_a_part_without_figures_is_listed_and_has_no_mark() -> None:
    nothing = QuadrantPart("Telephone", Figure(0, None), Figure(0, None), sure=False)
    quadrants = replace(QUADRANTS, parts=(*QUADRANTS.parts, nothing))
    assert "Telephone" in said(drawn(quadrants))
    assert len(marks(drawn(quadrants))) == len(marks(drawn()))
