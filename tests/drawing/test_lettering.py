"""Texts set in columns."""

from __future__ import annotations

import pytest

from audit_api.drawing import styles
from audit_api.drawing.lettering import Align, Column, block, height_of, line, lines, titles
from tests.drawing.fixed import FONTS


@pytest.mark.parametrize(("align", "x"), [("left", 10), ("right", 92), ("centre", 51)])
def test_a_line_stands_left_right_or_in_the_middle_of_its_column(align: Align, x: float) -> None:
    (words,) = line("Four", styles.BODY, Column(10, 100, align), 0, FONTS)
    assert FONTS.width("Four", styles.BODY) == 18
    assert words.x == x


def test_capitals_stand_in_the_middle_of_the_line() -> None:
    (words,) = line("Four", styles.BODY, Column(0, 100), 20, FONTS)
    capitals = 0.74 * styles.BODY.size
    assert words.y - 20 - capitals == pytest.approx(20 + styles.BODY.leading - words.y)


def test_both_languages_go_on_one_line_and_a_long_one_is_cut() -> None:
    (words,) = line(("Arrival", "进店体验"), styles.BODY, Column(0, 45), 0, FONTS)
    assert words.text == "Arrival 进…"


def test_nothing_to_say_is_no_words() -> None:
    assert line("", styles.BODY, Column(0, 45), 0, FONTS) == []


def test_a_block_puts_the_second_language_below_the_first_smaller_and_quiet() -> None:
    made = block(("Arrival", "进店体验"), styles.STRONG, 100, FONTS)
    own = styles.second(styles.STRONG)
    assert made == [("Arrival", styles.STRONG), ("进店体验", own)]
    assert height_of(made) == styles.STRONG.leading + own.leading
    first, second = lines(made, Column(0, 100), 0, FONTS)
    assert second.y - first.y == pytest.approx(styles.STRONG.leading, abs=1)
    assert own.size < styles.STRONG.size


def test_a_block_keeps_to_the_most_lines_in_each_language() -> None:
    made = block(("a" * 100, "b" * 100), styles.BODY, 45, FONTS, most=2)
    assert [text[0] for text, _ in made] == ["a", "a", "b", "b"]


def test_titles_in_one_language_and_in_two_stand_on_the_same_foot() -> None:
    columns = (("Score", Column(0, 50)), (("Visits", "次数"), Column(60, 50)))
    score, visits, second = titles(columns, 21, FONTS)
    assert visits.y < score.y
    for words in (score, second):
        box = words.style.leading - 0.74 * words.style.size
        assert words.y + box / 2 == pytest.approx(21)
