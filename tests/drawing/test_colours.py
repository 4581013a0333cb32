"""Colours that greyscale print and colour-blind readers tell apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from audit_api.drawing import colours

# What a dichromat sees: linear RGB to linear RGB (Viénot, Brettel and Mollon 1999).
NO_RED = ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0))
NO_GREEN = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))
SAME = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: colours.Colour, seen: tuple[tuple[float, ...], ...] = SAME) -> float:
    given = [linear(channel) for channel in colour]
    red, green, blue = (
        min(max(sum(weight * light for weight, light in zip(row, given, strict=True)), 0), 1)
        for row in seen
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: colours.Colour, seen: tuple[tuple[float, ...], ...] = SAME) -> float:
    """CIE L*, 0 black to 100 white."""
    return 116 * luminance(colour, seen) ** (1 / 3) - 16


def contrast(one: colours.Colour, other: colours.Colour) -> float:
    """As WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("seen", [SAME, NO_RED, NO_GREEN], ids=["grey", "no red", "no green"])
def test_the_series_of_a_chart_differ_in_lightness_for_every_reader(
    seen: tuple[tuple[float, ...], ...],
) -> None:
    for one, other in combinations(colours.SERIES, 2):
        assert abs(lightness(one, seen) - lightness(other, seen)) >= 9


@pytest.mark.parametrize("seen", [SAME, NO_RED, NO_GREEN], ids=["grey", "no red", "no green"])
def test_pass_and_failure_differ_in_lightness_for_every_reader(
    seen: tuple[tuple[float, ...], ...],
) -> None:
    assert abs(lightness(colours.GOOD, seen) - lightness(colours.BAD, seen)) >= 9


@pytest.mark.parametrize("paper", [colours.WHITE, colours.WASH])
@pytest.mark.parametrize("ink", [colours.INK, colours.QUIET, colours.GOOD, colours.BAD])
def test_every_text_stands_out_from_its_paper(ink: colours.Colour, paper: colours.Colour) -> None:
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("mark", [colours.SITE, colours.REGION])
def test_the_marks_of_charts_stand_out_from_the_paper(mark: colours.Colour) -> None:
    assert contrast(mark, colours.WHITE) >= 3
