"""Importance against performance: four quadrants, and whether a place in one is sure."""

from __future__ import annotations

import pytest

from audit_api.rules.figures.importance import (
    Cross,
    Measured,
    Part,
    Placed,
    Quadrant,
    cross,
    placed,
)


def part(importance: int, performance: int, half: int | None = 100) -> Part:
    return Part(
        *(
            Measured(value, *((None, None) if half is None else (value - half, value + half)))
            for value in (importance, performance)
        )
    )


PARTS = [part(6000, 7000), part(2500, 9000), part(1500, 8001)]


def test_the_lines_are_the_means() -> None:
    assert cross(PARTS) == Cross(3333, 8000)
    assert cross(PARTS[:1]) is None


@pytest.mark.parametrize(
    ("where", "quadrant"),
    [
        ((5000, 6000), Quadrant.FIX_FIRST),
        ((5000, 9000), Quadrant.KEEP_UP),
        ((1000, 6000), Quadrant.LOW_PRIORITY),
        ((1000, 9000), Quadrant.ENOUGH_DONE),
        ((3333, 8000), Quadrant.KEEP_UP),
    ],
)
def test_a_part_lies_in_one_quadrant(where: tuple[int, int], quadrant: Quadrant) -> None:
    assert placed(part(*where), Cross(3333, 8000)).quadrant is quadrant


def test_a_place_is_sure_where_no_interval_touches_a_line() -> None:
    lines = Cross(3333, 8000)
    assert placed(part(3434, 7899), lines) == Placed(Quadrant.FIX_FIRST, True)
    assert not placed(part(3433, 7000), lines).sure
    assert not placed(part(5000, 7900), lines).sure
    assert not placed(part(5000, 7000, None), lines).sure
