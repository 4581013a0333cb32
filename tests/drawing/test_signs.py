"""The signs of charts, told apart without their colours, and legends that explain them."""

from __future__ import annotations

from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.signs import bolt, dashes, diamond, dot, flag, ring, whisker
from tests.drawing.fixed import FONTS


def test_each_sign_has_a_form_of_its_own() -> None:
    signs = (
        dot(0, 0),
        ring(0, 0),
        diamond(0, 0),
        bolt(0, 0),
        whisker(-8, 8, 0),
        dashes((-8, 0), (8, 0)),
        flag(0, 0),
    )
    forms = {tuple((shape.points, shape.stroke, shape.dash) for shape in sign) for sign in signs}
    assert len(forms) == len(signs)


def test_a_ring_is_a_dot_with_a_hole() -> None:
    disc, hole = ring(5, 7)
    assert [disc] == dot(5, 7)
    assert max(x for x, _ in hole.points) < max(x for x, _ in disc.points)


def test_a_legend_puts_each_example_before_its_words() -> None:
    drawing = legend([(example(bolt(8, 0)), "Region"), (example(dot(8, 0)), "Site")], FONTS, 400)
    first, second = drawing.words
    assert [first.text, second.text] == ["Region", "Site"]
    assert first.x == EXAMPLE + 5
    assert first.y == second.y
    assert [shape.points[0][0] for shape in drawing.shapes[:1]] == [8]
    assert first.x + FONTS.width("Region", first.style) < second.x - EXAMPLE


def test_a_legend_that_is_too_long_goes_on_in_the_next_row() -> None:
    entries = [(example(dot(8, 0)), f"Entry number {place}") for place in range(9)]
    one, more = legend(entries[:1], FONTS, 300), legend(entries, FONTS, 300)
    rows = sorted({words.y for words in more.words})
    assert len(rows) > 1
    assert more.height - one.height == rows[-1] - rows[0]
    for words in more.words:
        assert words.x + FONTS.width(words.text, words.style) <= 300
