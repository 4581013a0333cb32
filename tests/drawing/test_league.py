"""Sites beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_api.drawing import Figure, Labels, Text, colours
from audit_api.drawing.league import League, LeagueRow, league, league_legend
from audit_api.drawing.marks import Drawing
from audit_api.drawing.signs import dot, ring, whisker
from tests.drawing.fixed import BOTH, FONTS, LABELS
from tests.drawing.samples import NOTHING, ONE, SEVERAL, WIDTH
from tests.drawing.sites import PERIODS, league_of

ROW = LeagueRow("Market Street", "MAN-012", "North West", 4, 8333, (ONE, SEVERAL))


def row_of(row: LeagueRow) -> Drawing:
    waves: tuple[Text, ...] = PERIODS[-len(row.waves) :]
    return league(League(waves, (row,), row), LABELS, FONTS, WIDTH).rows[1]


def test_a_row_says_place_site_scores_visits_and_pass_rate() -> None:
    said = [words.text for words in row_of(ROW).words]
    assert said == [
        *("4", "Market Street", "MAN-012 · North West"),
        *("84.67%", "n 1", "79.17%", "n 6", "83.33%"),
    ]


def test_the_mark_and_its_interval_stand_where_the_axis_says() -> None:
    row = row_of(ROW)
    first, *_, last = [box.x + 0.25 for box in row.boxes if box.width == 0.5]
    low, high = (shape.points[0][0] for shape in row.shapes[1:3])
    middle = sum(x for x, _ in row.shapes[-1].points) / len(row.shapes[-1].points)
    for x, score in ((low, 7020), (high, 8814), (middle, 7917)):
        assert x == pytest.approx(first + (last - first) * score / 10_000)


@pytest.mark.parametrize(
    ("figure", "signs"),
    [
        (SEVERAL, len(whisker(0, 1, 0)) + len(dot(0, 0))),
        (ONE, len(ring(0, 0))),
        (Figure(2, 8000, 7900, 8100), len(ring(0, 0))),
        (Figure(9, 5000, 2000, 7001), len(ring(0, 0))),
        (NOTHING, 0),
    ],
)
def test_a_score_has_its_sign_and_an_interval_only_where_that_says_something(
    figure: Figure, signs: int
) -> None:
    assert len(row_of(replace(ROW, waves=(figure,))).shapes) == signs


def test_a_site_with_too_few_visits_has_no_place() -> None:
    assert row_of(replace(ROW, rank=None)).words[0].text == "–"


@pytest.mark.parametrize(("beyond", "weight"), [(True, "Bold"), (False, "Regular")])
def test_only_a_score_that_chance_does_not_explain_is_bold(beyond: bool, weight: str) -> None:
    row = row_of(replace(ROW, beyond_chance=beyond))
    bold = {words.text: words.style.weight for words in row.words}
    assert bold.pop("79.17%") == weight
    assert set(bold.values()) == {"Regular"}


def test_the_total_stands_first_on_a_ground_of_its_own_and_has_no_place() -> None:
    total, row, *_ = league(league_of(3), LABELS, FONTS, WIDTH).rows
    assert total.boxes[0].fill == colours.WASH
    assert total.words[0].text == "North West"
    assert row.boxes[0].fill != colours.WASH


@pytest.mark.parametrize("labels", [LABELS, BOTH], ids=["en", "both"])
def test_five_waves_are_named_and_leave_room_for_the_axis(labels: Labels) -> None:
    table = league(league_of(2, 5), labels, FONTS, WIDTH)
    said = "".join(words.text for words in table.head.words)
    for english, _ in PERIODS:
        assert english in said
    uprights = [box.x for box in table.rows[1].boxes if box.width == 0.5]
    assert uprights[-1] - uprights[0] > 50


def test_a_long_name_is_cut() -> None:
    row = row_of(replace(ROW, name="A very long name of a shop " * 9, region="South " * 20))
    assert row.height > row_of(ROW).height
    cut = [words for words in row.words if words.text.endswith("…")]
    assert len(cut) == 2
    score = next(words for words in row.words if words.text == "84.67%")
    assert all(words.x + FONTS.width(words.text, words.style) < score.x for words in cut)


def test_the_legend_has_no_sign_that_the_table_has_not() -> None:
    for figures, count in (((ONE, SEVERAL), 2), ((SEVERAL,), 1), ((NOTHING,), 0)):
        rows = tuple(replace(ROW, waves=(figure,)) for figure in figures)
        table = League(PERIODS[-1:], rows, rows[0])
        assert len(league_legend(table, LABELS, FONTS, WIDTH).words) == count


def test_sites_that_are_ranked_stand_before_those_of_too_few_visits() -> None:
    rows = tuple(replace(ROW, name=f"Site {rank}", rank=rank) for rank in (None, 1, None, 2))
    table = league(League(PERIODS[-2:], rows, ROW), LABELS, FONTS, WIDTH)
    assert [row.words[0].text for row in table.rows[1:]] == ["1", "2", "–", "–"]
