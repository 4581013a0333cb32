"""The parts of many sites' score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_api.drawing import colours
from audit_api.drawing.marks import Drawing
from audit_api.drawing.parts import PartRow, parts, parts_legend
from audit_api.drawing.signs import ring
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import NOTHING, ONE, SEVERAL, WIDTH

PART = PartRow("Arrival", SEVERAL, 8105, -312, beyond_chance=True)


def row_of(part: PartRow) -> Drawing:
    (row,) = parts([part], "Touchpoint", LABELS, FONTS, WIDTH).rows
    return row


def test_a_row_says_all_figures() -> None:
    said = [words.text for words in row_of(PART).words]
    assert said == ["Arrival", "79.17%", "81.05%", "−3.12", "6"]


def test_the_bolt_and_the_mark_stand_where_the_axis_says() -> None:
    row = row_of(PART)
    first, *_, last = [box.x + 0.25 for box in row.boxes]
    bolt, *_, dot = row.shapes
    assert bolt.colour == colours.ORGANISATION
    assert bolt.points[0][0] == pytest.approx(first + (last - first) * 0.8105)
    middle = sum(x for x, _ in dot.points) / len(dot.points)
    assert middle == pytest.approx(first + (last - first) * 0.7917)


@pytest.mark.parametrize(("beyond", "weight"), [(True, "Bold"), (False, "Regular")])
def test_only_a_change_that_chance_does_not_explain_is_bold(beyond: bool, weight: str) -> None:
    row = row_of(replace(PART, beyond_chance=beyond))
    weights = {words.text: words.style.weight for words in row.words}
    assert weights.pop("−3.12") == weight
    assert set(weights.values()) == {"Regular"}


def test_one_visit_is_a_ring_and_nothing_scored_no_sign_and_no_zero() -> None:
    assert len(row_of(replace(PART, figure=ONE, organisation=None)).shapes) == len(ring(0, 0))
    row = row_of(PartRow("Arrival", NOTHING, None, None, beyond_chance=False))
    assert row.shapes == []
    assert [words.text for words in row.words[1:]] == ["–", "0"]


def test_a_column_that_no_row_fills_is_left_out() -> None:
    first = replace(PART, change=None, beyond_chance=False)
    head = parts([first], "Touchpoint", LABELS, FONTS, WIDTH).head
    assert [words.text for words in head.words[-3:]] == ["Score", "Organisation", "Visits"]
    beside = parts([first, PART], "Touchpoint", LABELS, FONTS, WIDTH).rows[0]
    assert [words.text for words in beside.words] == ["Arrival", "79.17%", "81.05%", "–", "6"]


def test_the_legend_has_no_sign_that_the_chart_has_not() -> None:
    whole = replace(PART, organisation=None)
    said = [words.text for words in parts_legend([whole], LABELS, FONTS, WIDTH).words]
    assert said == ["Score, with its 95% interval"]
    assert len(parts_legend([PART, replace(PART, figure=ONE)], LABELS, FONTS, WIDTH).words) == 3
