"""Metrics on their own scales."""

from __future__ import annotations

import pytest

from audit_api.drawing import Metric, colours
from audit_api.drawing.marks import Drawing
from audit_api.drawing.metrics import metrics
from audit_api.drawing.signs import dot, whisker
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import WIDTH

NPS = Metric("NPS", 6, 3333, -10_000, 10_000, -2410, 8187)


def row_of(metric: Metric) -> Drawing:
    return metrics([metric], LABELS, FONTS, WIDTH).rows[0]


def test_a_row_says_the_ends_of_the_scale_and_all_figures() -> None:
    said = [words.text for words in row_of(NPS).words]
    assert said == ["NPS", "−100", "100", "33.33", "−24.10 – 81.87", "6"]


def test_a_metric_in_percent_says_so_at_its_ends_and_its_value() -> None:
    said = [words.text for words in row_of(Metric("CSAT", 6, 8333, 0, 10_000, unit="%")).words]
    assert said == ["CSAT", "0%", "100%", "83.33%", "–", "6"]


def test_a_scale_around_zero_marks_it() -> None:
    line, zero, *_ = row_of(NPS).shapes
    (start, _), (end, _) = line.points
    assert zero.points[0][0] == pytest.approx((start + end) / 2)
    assert len(row_of(Metric("CES", 5, 580, 100, 700)).shapes) == 1 + len(dot(0, 0))


def test_a_metric_without_a_value_is_a_bare_scale() -> None:
    (line,) = row_of(Metric("CES", 0, None, 100, 700)).shapes
    assert line.colour == colours.LINE


@pytest.mark.parametrize(("value", "share"), [(100, 0), (400, 0.5), (700, 1), (900, 1), (0, 0)])
def test_a_value_beyond_an_end_stands_at_the_end(value: int, share: float) -> None:
    line, disc = row_of(Metric("CES", 5, value, 100, 700)).shapes
    (start, _), (end, _) = line.points
    middle = (min(x for x, _ in disc.points) + max(x for x, _ in disc.points)) / 2
    assert middle == pytest.approx(start + (end - start) * share)


def test_an_interval_needs_both_its_ends() -> None:
    whole, half = (Metric("CES", 5, 580, 100, 700, 476, high) for high in (684, None))
    assert len(row_of(whole).shapes) - len(row_of(half).shapes) == len(whisker(0, 1, 0))
