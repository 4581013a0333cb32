"""Bars of planned visits, parted by what became of them."""

from __future__ import annotations

import pytest

from audit_api.drawing import colours
from audit_api.drawing.marks import Table
from audit_api.drawing.progress import Advance, advances, key
from audit_api.svg import spoken
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import WIDTH

HALF = Advance("East", 1, 40, 20, 5, 2, 3)


def chart(*rows: Advance) -> Table:
    return advances(rows, LABELS, FONTS, WIDTH)


def test_a_row_says_each_figure_below_its_title() -> None:
    told = spoken(chart(HALF))
    assert list(told.head) == ["Region", "Planned", "Counted", "In review", "Not counted", "Late"]
    assert [list(row) for row in told.rows] == [["East", "40", "20", "5", "2", "3"]]


def test_the_parts_of_a_bar_are_as_long_as_their_share_of_what_is_planned() -> None:
    (row,) = chart(HALF).rows
    track, counted, review, *_ = row.boxes
    assert (track.fill, counted.fill) == (colours.TRACK, colours.GOOD)
    assert counted.width == pytest.approx(track.width / 2, abs=1)
    assert review.x == pytest.approx(track.x + track.width / 2)
    assert review.width == pytest.approx(track.width / 8, abs=1)


def test_where_nothing_is_planned_the_bar_is_empty() -> None:
    (row,) = chart(Advance("West", 0, 0, 0, 0, 0, 0)).rows
    assert [box.fill for box in row.boxes if box.height > 1] == [colours.TRACK]


def test_a_region_below_another_stands_further_in() -> None:
    top, below = chart(Advance("All", 0, 1, 1, 0, 0, 0), HALF).rows
    assert below.words[0].x > top.words[0].x


def test_the_key_names_every_part() -> None:
    said = [words.text for words in key(LABELS, FONTS, WIDTH).words]
    assert said == ["Counted", "In review", "Not counted", "Late", "Still to come"]
