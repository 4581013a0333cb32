"""Sites against touchpoints."""

from __future__ import annotations

from itertools import pairwise

import pytest

from audit_api.drawing import Figure, Labels, colours
from audit_api.drawing.heat import Heat, HeatRow, heat, heat_legend, parted
from audit_api.drawing.marks import Drawing
from audit_api.drawing.shades import SHADES, ink, shade
from tests.drawing.fixed import BOTH, FONTS, LABELS
from tests.drawing.samples import NOTHING, ONE, WIDTH
from tests.drawing.sites import TOUCHPOINTS, heat_of
from tests.drawing.test_colours import NO_GREEN, NO_RED, SAME, contrast, lightness

LOW, HIGH = Figure(4, 1250, 900, 1600), Figure(4, 9850, 9700, 10_000)


def row_of(*parts: Figure, whole: Figure = LOW, labels: Labels = LABELS) -> Drawing:
    """The row of a site below the total's."""
    row = HeatRow("Market Street", "MAN-012", whole, parts)
    table = Heat(TOUCHPOINTS[: len(parts)], (row,), row)
    return heat(table, labels, FONTS, WIDTH).rows[1]


def test_a_row_says_the_site_its_visits_its_score_and_that_of_each_touchpoint() -> None:
    row = row_of(LOW, HIGH)
    said = [words.text for words in row.words]
    assert said == ["Market Street", "MAN-012", "4", "12.5", "12.5", "98.5"]


def test_the_shade_of_a_cell_is_the_place_of_its_score_between_0_and_100() -> None:
    row = row_of(LOW, HIGH)
    assert [box.fill for box in row.boxes] == [SHADES[1], SHADES[1], SHADES[9]]
    assert [shade(score) for score in (-5, 0, 999, 1000, 9999, 10_000, 12_000)] == [
        *(SHADES[place] for place in (0, 0, 0, 1, 9, 9, 9))
    ]


@pytest.mark.parametrize("seen", [SAME, NO_RED, NO_GREEN], ids=["grey", "no red", "no green"])
def test_every_reader_sees_a_higher_score_lighter(seen: tuple[tuple[float, ...], ...]) -> None:
    for darker, lighter in pairwise(SHADES):
        assert lightness(lighter, seen) - lightness(darker, seen) >= 5


def test_every_figure_is_read_on_its_shade() -> None:
    for score in range(0, 10_001, 500):
        assert contrast(ink(score), shade(score)) >= 4.5


def test_one_visit_does_not_shout() -> None:
    row = row_of(Figure(1, 0), Figure(2, 300, 0, 900), whole=ONE)
    assert row.boxes == []
    assert {words.style.colour for words in row.words[3:]} == {colours.QUIET}
    assert [words.text for words in row.words[2:]] == ["1", "84.7", "0.0", "3.0", "n 2"]


def test_a_cell_says_of_how_many_visits_it_is_where_its_site_has_others() -> None:
    row = row_of(LOW, Figure(3, 5000, 4000, 6000))
    assert [words.text for words in row.words[3:]] == ["12.5", "12.5", "50.0", "n 3"]


def test_nothing_scored_is_a_dash_without_a_shade() -> None:
    row = row_of(NOTHING, whole=NOTHING)
    assert [words.text for words in row.words[2:]] == ["0", "–", "–"]
    assert (row.boxes, row.shapes) == ([], [])


def test_the_total_stands_first_and_is_set_off() -> None:
    total, *rows = heat(heat_of(3), LABELS, FONTS, WIDTH).rows
    assert total.words[0].text == "North West"
    assert total.words[0].style.weight == "Bold"
    assert total.boxes[-1].height < 1
    assert all(words.style.weight == "Regular" for row in rows for words in row.words)


@pytest.mark.parametrize("count", [3, 10])
@pytest.mark.parametrize("labels", [LABELS, BOTH], ids=["en", "both"])
def test_ten_touchpoints_stand_beside_each_other_with_their_whole_titles(
    count: int, labels: Labels
) -> None:
    table = heat_of(1, count)
    head = heat(table, labels, FONTS, WIDTH).head
    said = "".join(words.text for words in head.words)
    for english, chinese in TOUCHPOINTS[:count]:
        assert english in said
        assert chinese in said


def test_titles_on_two_levels_do_not_touch() -> None:
    head = heat(heat_of(1, 10), BOTH, FONTS, WIDTH).head
    words = sorted(head.words, key=lambda each: (each.y, each.x))
    for one, other in pairwise(words):
        if one.y == other.y:
            assert one.x + FONTS.width(one.text, one.style) <= other.x


def test_a_long_name_is_cut_and_keeps_its_code() -> None:
    row = HeatRow("A very long name of a shop " * 9, "MAN-012", LOW, (LOW,))
    table = Heat(TOUCHPOINTS[:1], (row,), row)
    drawing = heat(table, LABELS, FONTS, WIDTH).rows[1]
    first, second, code, *_ = drawing.words
    assert second.text.endswith("…")
    assert code.text == "MAN-012"
    for line in (first, second):
        assert line.x + FONTS.width(line.text, line.style) < code.x


@pytest.mark.parametrize(
    ("count", "widths"), [(0, []), (1, [1]), (10, [10]), (11, [6, 5]), (25, [9, 9, 7])]
)
def test_more_touchpoints_than_have_room_come_in_several_tables_without_loss(
    count: int, widths: list[int]
) -> None:
    table = heat_of(2, count)
    pieces = parted(table)
    assert [len(piece.columns) for piece in pieces] == widths
    assert sum((piece.columns for piece in pieces), ()) == table.columns
    for place, row in enumerate(table.rows):
        assert sum((piece.rows[place].parts for piece in pieces), ()) == row.parts
    assert sum((piece.total.parts for piece in pieces), ()) == table.total.parts


def test_the_legend_shows_every_shade_and_says_what_a_cell_without_one_is() -> None:
    drawing = heat_legend(LABELS, FONTS, WIDTH)
    assert [box.fill for box in drawing.boxes] == list(SHADES)
    said = [words.text for words in drawing.words]
    assert said[:7] == ["Score", "0%", "20%", "40%", "60%", "80%", "100%"]
    assert "Not shaded: fewer than 3 visits" in said
