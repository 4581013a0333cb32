"""Bars of scores."""

from __future__ import annotations

import pytest

from audit_api.drawing import Bar, colours
from audit_api.drawing.bars import bars
from audit_api.drawing.marks import Box, Drawing, Table
from tests.drawing.fixed import BOTH, FONTS, LABELS
from tests.drawing.samples import WIDTH


def chart(*rows: Bar) -> Table:
    return bars(rows, LABELS, FONTS, WIDTH)


def filled(row: Drawing) -> list[Box]:
    return [box for box in row.boxes if box.fill == colours.GOOD]


def test_a_row_says_the_title_the_score_the_share_and_the_findings() -> None:
    (row,) = chart(Bar("Arrival", 8640, "50%", 2)).rows
    assert [words.text for words in row.words] == ["Arrival", "86.40%", "50%", "2"]


def test_a_bar_is_as_long_as_its_score_on_the_axis() -> None:
    half, whole = chart(Bar("Half", 5_000, "", 0), Bar("Whole", 10_000, "", 0)).rows
    assert filled(whole)[0].width == pytest.approx(2 * filled(half)[0].width)
    last_line = whole.boxes[-2]
    assert filled(whole)[0].x + filled(whole)[0].width == pytest.approx(last_line.x + 0.25)


@pytest.mark.parametrize(("score", "said"), [(None, "–"), (0, "0.00%")])
def test_no_score_has_no_bar_and_is_not_zero(score: int | None, said: str) -> None:
    (row,) = chart(Bar("Arrival", score, "50%", 0)).rows
    assert filled(row) == []
    assert row.words[1].text == said


def test_a_title_in_two_languages_that_needs_two_lines_makes_its_row_higher() -> None:
    plain, two = bars(
        [Bar("Arrival", 1, "", 0), Bar(("Arrival and the first minutes", "进店体验"), 1, "", 0)],
        BOTH,
        FONTS,
        WIDTH,
    ).rows
    assert two.height > plain.height


def test_the_head_names_the_columns_and_the_axis() -> None:
    first, axis, *figures = [words.text for words in chart().head.words]
    assert (first, axis) == ("Touchpoint", "Score")
    assert figures[:6] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert figures[6:] == ["Score", "Share of total", "Findings"]
