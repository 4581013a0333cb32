"""How questions were answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_api.drawing import Labels, colours
from audit_api.drawing.distribution import MAX_ANSWERS, Distribution, Share, distributions
from audit_api.drawing.marks import Drawing
from tests.drawing.fixed import BOTH, FONTS, LABELS
from tests.drawing.samples import WIDTH

ASKED = Distribution(
    "1.1", "Were you greeted?", "Arrival", 24, 22, (Share("Yes", 18, 8182), Share("No", 4, 1818))
)
PAGE = 650


def row_of(row: Distribution, labels: Labels = LABELS) -> Drawing:
    return distributions([row], labels, FONTS, WIDTH).rows[0]


def said(drawing: Drawing) -> list[str]:
    return [words.text for words in drawing.words]


def answers(count: int) -> tuple[Share, ...]:
    return tuple(Share(f"Answer {place}", place, place * 10) for place in range(count))


def test_a_row_says_the_question_its_place_and_of_how_many_visits_it_is() -> None:
    texts = said(row_of(ASKED))
    assert {"1.1", "Were you greeted?", "Arrival", "Asked 24, answered 22"} <= set(texts)


def test_each_answer_has_its_share_and_its_number() -> None:
    texts = said(row_of(ASKED))
    assert texts[:6] == ["Yes", "81.82%", "18", "No", "18.18%", "4"]


def test_a_bar_is_as_long_as_its_share() -> None:
    boxes = row_of(ASKED).boxes
    track = next(box for box in boxes if box.fill == colours.TRACK)
    yes, no = (box.width for box in boxes if box.fill == colours.SITE)
    assert yes / track.width == pytest.approx(0.8182)
    assert no / track.width == pytest.approx(0.1818)


def test_an_answer_that_nobody_gave_has_no_bar() -> None:
    nobody = replace(ASKED, answered=0, shares=(Share("Yes", 0, None), Share("No", 0, None)))
    assert [box for box in row_of(nobody).boxes if box.fill == colours.SITE] == []
    assert said(row_of(nobody))[:3] == ["Yes", "–", "0"]


def test_a_question_without_points_says_so() -> None:
    assert "Brings no points" not in said(row_of(ASKED))
    assert "Brings no points" in said(row_of(replace(ASKED, scored=False)))


def test_the_middle_and_what_was_left_out_are_told_below_the_answers() -> None:
    told = row_of(replace(ASKED, middle="Median 2.50.", left_out="2 did not observe it."))
    places = {words.text: words.y for words in told.words}
    assert places["No"] < places["Median 2.50."] < places["2 did not observe it."]
    assert told.height > row_of(ASKED).height


def test_very_many_answers_share_a_line_but_for_those_given_most() -> None:
    row = row_of(replace(ASKED, shares=answers(60)))
    texts = said(row)
    shown = [text for text in texts if text.startswith("Answer ")]
    assert shown == [f"Answer {place}" for place in range(60 - MAX_ANSWERS + 1, 60)]
    others = range(60 - MAX_ANSWERS + 1)
    assert f"{len(others)} other answers, {sum(others)} in all" in texts


def test_as_many_answers_as_a_row_holds_are_all_told() -> None:
    texts = said(row_of(replace(ASKED, shares=answers(MAX_ANSWERS))))
    assert [text for text in texts if text.startswith("Answer ")] == [
        f"Answer {place}" for place in range(MAX_ANSWERS)
    ]


@pytest.mark.parametrize("count", [1, 12, 13, 22, 1000])
def test_a_row_stays_on_a_page_whatever_it_holds(count: int) -> None:
    long = ("A very long sentence about what was asked. " * 20, "很长的一句话。" * 60)
    shares = tuple(Share(long, 3, 300) for _ in range(count))
    row = Distribution("10.10", long, long, 9, 9, shares, long, long, scored=False)
    assert row_of(row, BOTH).height < PAGE


def test_both_languages_of_an_answer_are_told() -> None:
    row = replace(ASKED, shares=(Share(("Yes", "是"), 18, 8182),))
    assert "Yes 是" in said(row_of(row, BOTH))
