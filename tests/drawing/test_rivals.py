"""Own sites against competitors', on one axis."""

from __future__ import annotations

import pytest

from audit_api.drawing import Figure, colours
from audit_api.drawing.marks import Drawing
from audit_api.drawing.rival_sites import Rival, rival_sites
from audit_api.drawing.rivals import RivalPart, rivals, rivals_legend
from audit_api.drawing.signs import dot, open_triangle, ring, triangle, whisker
from audit_api.drawing.styles import BOLD
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import NOTHING, ONE, SEVERAL, WIDTH

FEWER = Figure(4, 6100, 5000, 7200)
NPS = RivalPart("NPS", Figure(9, 3333, 2400, 4200), Figure(4, -1000, -5000, 3000), None, -10_000)


def row_of(part: RivalPart, *others: RivalPart) -> Drawing:
    return rivals([part, *others], "Touchpoint", LABELS, FONTS, WIDTH).rows[0]


def said(drawing: Drawing) -> list[str]:
    return [words.text for words in drawing.words]


def arrival(own: Figure = SEVERAL, theirs: Figure = FEWER, p: float | None = 0.3) -> RivalPart:
    return RivalPart("Arrival", own, theirs, p)


def test_a_row_says_both_figures_both_numbers_and_the_difference() -> None:
    assert said(row_of(arrival())) == ["Arrival", "79.17%", "6", "61.00%", "4", "+18.17"]


def test_own_sites_stand_above_the_competitors() -> None:
    row = row_of(arrival())
    own, theirs = (next(w.y for w in row.words if w.text == text) for text in ("79.17%", "61.00%"))
    assert own < theirs
    count = len(whisker(0, 1, 0)) * 2 + len(dot(0, 0)) * 2 + len(triangle(0, 0)) * 2
    assert len(row.shapes) == count


@pytest.mark.parametrize(("p", "bold"), [(0.049, True), (0.05, False), (0.7, False), (None, False)])
def test_only_what_is_more_than_chance_is_bold(p: float | None, bold: bool) -> None:
    difference = row_of(arrival(p=p)).words[-1]
    assert (difference.style.weight == BOLD) is bold


@pytest.mark.parametrize(
    ("theirs", "bold"),
    [(Figure(9, -1000, -5000, 2399), True), (Figure(9, -1000, -5000, 2400), False), (ONE, False)],
)
def test_without_a_probability_intervals_that_do_not_meet_tell(theirs: Figure, bold: bool) -> None:
    part = RivalPart("NPS", NPS.own, theirs, None, least=-10_000, unit="")
    assert (row_of(part).words[-1].style.weight == BOLD) is bold


def test_a_figure_without_an_interval_is_open() -> None:
    shapes = row_of(arrival(ONE, ONE)).shapes
    assert len(shapes) == 2 * len(ring(0, 0)) + 2 * len(open_triangle(0, 0))
    assert [shape.colour for shape in shapes].count(colours.WHITE) == 4


@pytest.mark.parametrize("theirs", [Figure(2, 6100, 5900, 6300), Figure(9, 5000, 2000, 7100)])
def test_an_interval_that_says_hardly_anything_is_not_drawn(theirs: Figure) -> None:
    row = row_of(arrival(theirs=theirs))
    signs = 2 * len(dot(0, 0)) + 2 * len(open_triangle(0, 0))
    assert len(row.shapes) == len(whisker(0, 1, 0)) + signs
    legend = rivals_legend([arrival(theirs=theirs)], LABELS, FONTS, WIDTH)
    assert "No interval: fewer than 3 visits, all alike, or too wide" in said(legend)


def test_a_side_without_a_score_has_a_dash_and_no_sign() -> None:
    row = row_of(arrival(theirs=NOTHING, p=None))
    assert said(row) == ["Arrival", "79.17%", "6", "–", "0", "–"]
    assert len(row.shapes) == len(whisker(0, 1, 0)) + 2 * len(dot(0, 0))


def test_scores_stand_on_the_axis_from_0_to_100_percent() -> None:
    head = rivals([arrival()], "Touchpoint", LABELS, FONTS, WIDTH).head
    assert {"0%", "20%", "100%", "Difference, pp"} <= set(said(head))


def test_a_part_with_a_scale_of_its_own_says_its_ends_and_marks_zero() -> None:
    row = row_of(RivalPart("NPS", NPS.own, NPS.competitors, None, -10_000, 10_000, ""))
    assert {"−100", "100", "33.33", "−10.00", "+43.33"} <= set(said(row))
    line, zero, *_ = row.shapes
    (start, _), (end, _) = line.points
    assert zero.points[0][0] == pytest.approx((start + end) / 2)


def test_beside_a_scale_of_its_own_every_part_stands_on_its_own() -> None:
    table = rivals([arrival(), NPS], "Metric", LABELS, FONTS, WIDTH)
    assert {"0%", "100%"} <= set(said(table.rows[0]))
    assert "Difference" in said(table.head)
    assert "0%" not in said(table.head)


def test_the_legend_explains_the_signs_that_there_are() -> None:
    legend = rivals_legend([arrival()], LABELS, FONTS, WIDTH)
    both = ["Own sites, with their 95% interval", "Competitors' sites, with theirs"]
    assert said(legend) == both
    alone = rivals_legend([arrival(ONE)], LABELS, FONTS, WIDTH)
    assert said(alone) == [*both, "No interval: fewer than 3 visits, all alike, or too wide"]


def test_a_competitors_site_is_told_with_its_place_its_score_and_its_visits() -> None:
    rows = (Rival("Leaf & Co", "C-1", "West", FEWER), Rival("Harbour", "C-2", "East", NOTHING))
    first, second = rival_sites(rows, LABELS, FONTS, WIDTH).rows
    assert said(first) == ["Leaf & Co", "West · C-1", "61.00%", "50.00 – 72.00", "4"]
    assert said(second) == ["Harbour", "East · C-2", "–", "–", "0"]
    assert len(first.shapes) == len(whisker(0, 1, 0)) + len(triangle(0, 0))
    assert second.shapes == []
