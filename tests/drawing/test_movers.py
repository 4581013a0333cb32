"""Sites whose score moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_api.drawing import Figure
from audit_api.drawing.marks import Drawing
from audit_api.drawing.movers import Mover, movers, movers_legend
from audit_api.drawing.signs import dot, ring
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import NOTHING, WIDTH

BEFORE, NOW = Figure(4, 6000, 5000, 7000), Figure(5, 4250, 3000, 5500)
DOWN = Mover("Market Street", "MAN-012", BEFORE, NOW, 0.01, beyond_chance=True)


def row_of(mover: Mover) -> Drawing:
    (row,) = movers([mover], "Q4 2025", LABELS, FONTS, WIDTH).rows
    return row


def test_a_row_says_the_site_both_scores_their_visits_and_the_difference() -> None:
    said = [words.text for words in row_of(DOWN).words]
    assert said == ["Market Street", "MAN-012", "60.00%", "n 4", "42.50%", "n 5", "−17.50"]


def test_an_open_mark_stands_where_the_site_was_and_a_full_one_where_it_is() -> None:
    row = row_of(DOWN)
    first, *_, last = [box.x + 0.25 for box in row.boxes if box.width == 0.5]
    line, *signs = row.shapes
    (start, _), (end, _) = line.points
    assert start == pytest.approx(first + (last - first) * 0.6)
    assert end == pytest.approx(first + (last - first) * 0.425)
    y = row.height / 2
    assert signs == [*ring(start, y), *dot(end, y)]


@pytest.mark.parametrize(("beyond", "weight"), [(True, "Bold"), (False, "Regular")])
def test_only_a_difference_that_chance_does_not_explain_is_bold(beyond: bool, weight: str) -> None:
    row = row_of(replace(DOWN, beyond_chance=beyond))
    assert [words.style.weight for words in row.words] == ["Regular"] * 6 + [weight]


def test_without_a_score_before_nothing_is_joined_and_no_difference_told() -> None:
    row = row_of(replace(DOWN, before=NOTHING))
    assert len(row.shapes) == len(dot(0, 0))
    assert [words.text for words in row.words[2:]] == ["–", "n 0", "42.50%", "n 5", "–"]


def test_the_head_names_what_is_compared_and_the_axis() -> None:
    head = movers([DOWN], "Q4 2025", LABELS, FONTS, WIDTH).head
    said = [words.text for words in head.words]
    assert said == [
        *("Site", "Score", "0%", "20%", "40%", "60%", "80%", "100%"),
        *("Q4 2025", "This period", "Change, pp"),
    ]


def test_the_legend_explains_both_marks() -> None:
    said = [words.text for words in movers_legend("Q4 2025", LABELS, FONTS, WIDTH).words]
    assert said == ["Q4 2025", "This period"]
