"""Student's t: its tails and its quantiles are one distribution, and the one that scipy knows."""

from __future__ import annotations

from math import asin, atan, exp, expm1, isclose, log1p, pi, sqrt, tan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special, stats

from audit_api.rules.figures.statistics import Z
from audit_api.rules.figures.student import incomplete_beta, t_beyond, t_quantile

EXACT = 1e-12
DEGREES = (*range(1, 50), 64, 99, 100, 101, 200, 201, 500, 1_000, 2_500, 5_000, 10_000, 10**9)
LEVELS = (1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 0.95, 0.999)


UNIT = st.floats(0, 1, allow_subnormal=False)
"""Of numbers that have lost digits themselves (5e-324), scipy's function is wrong."""


@given(UNIT, st.floats(0.1, 500), st.sampled_from([0.5, 1.0, 3.25]))
@example(x=0.9999999999999999, a=0.5, b=0.5)
def test_the_incomplete_beta_function_is_that_of_scipy(x: float, a: float, b: float) -> None:
    # Near 1 scipy's own cancels (by 3e-9 at the example), and its complement does not.
    expected = special.betainc(a, b, x) if x < 0.5 else special.betaincc(b, a, 1 - x)
    assert isclose(incomplete_beta(x, 1 - x, a, b), expected, rel_tol=1e-11, abs_tol=1e-300)


ENDS = [2.0**-power for power in (1, 2, 10, 26, 52, 53, 54, 100, 500, 1_000)]


@pytest.mark.parametrize("end", ENDS)
def test_at_both_ends_it_has_its_closed_forms(end: float) -> None:
    arc = 2 / pi * asin(sqrt(end))
    for a in (0.1, 0.5, 1, 3.25, 500):
        for computed, closed in (
            (incomplete_beta(end, 1 - end, 0.5, 0.5), arc),
            (incomplete_beta(1 - end, end, 0.5, 0.5), 1 - arc),
            (incomplete_beta(end, 1 - end, a, 1), end**a),
            (incomplete_beta(1 - end, end, a, 1), exp(a * log1p(-end))),
            (incomplete_beta(end, 1 - end, 1, a), -expm1(a * log1p(-end))),
            (incomplete_beta(1 - end, end, 1, a), 1 - end**a),
        ):
            assert isclose(computed, closed, rel_tol=EXACT, abs_tol=1e-300), (a, computed, closed)


@pytest.mark.parametrize("far", [1e3, 1e6, 1e9, 1e12, 1e60])
def test_far_tails_have_their_closed_forms(far: float) -> None:
    assert isclose(t_beyond(far, 1), 2 / pi * atan(1 / far), rel_tol=EXACT)
    assert isclose(t_quantile(2 / pi * atan(1 / far), 1), far, rel_tol=EXACT)
    root = sqrt(2 + far * far)
    assert isclose(t_beyond(far, 2), 2 / (root * (root + far)), rel_tol=EXACT)


@pytest.mark.parametrize("degrees", [1, 2.5, 7, 40.1, 1_000, 1e6])
@pytest.mark.parametrize("t", [0, 0.1, 1, 1.96, 5, 40])
def test_the_tails_are_those_of_scipy(t: float, degrees: float) -> None:
    expected = 2 * stats.t.sf(t, degrees)
    assert t_beyond(t, degrees) == pytest.approx(expected, rel=1e-8, abs=1e-300)


@pytest.mark.parametrize("degrees", DEGREES)
def test_tails_and_quantiles_are_those_of_scipy_to_the_last_digits(degrees: int) -> None:
    for level in LEVELS:
        t = stats.t.isf(level / 2, degrees)
        assert isclose(t_quantile(level, degrees), t, rel_tol=EXACT, abs_tol=EXACT)
        assert isclose(t_beyond(t, degrees), 2 * stats.t.sf(t, degrees), rel_tol=EXACT)


@pytest.mark.parametrize("degrees", DEGREES)
def test_a_quantile_leads_back_to_where_its_tail_began(degrees: int) -> None:
    for t in (0, 1e-9, 0.001, 0.1, 0.5, 1, 1.5, 1.96, 2.5, 4, 8, 20):
        assert isclose(t_quantile(t_beyond(t, degrees), degrees), t, rel_tol=EXACT, abs_tol=EXACT)
    for level in LEVELS:
        assert isclose(t_beyond(t_quantile(level, degrees), degrees), level, rel_tol=EXACT)


@given(st.floats(1e-12, 1, exclude_max=True), st.integers(1, 10_000))
def test_tails_and_quantiles_agree_for_any_level(level: float, degrees: int) -> None:
    assert isclose(t_beyond(t_quantile(level, degrees), degrees), level, rel_tol=EXACT)


# One and two degrees of freedom have closed forms; the others stand in every table of t.
@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [
        (1, tan(0.95 * pi / 2)),
        (2, 0.95 * (2 / (1 - 0.95**2)) ** 0.5),
        (3, 3.18244630528371),
        (4, 2.77644510519779),
        (5, 2.57058183563631),
        (10, 2.22813885198627),
        (30, 2.04227245630124),
        (100, 1.98397151852355),
    ],
)
def test_quantiles_are_those_of_every_table(degrees: int, quantile: float) -> None:
    assert isclose(t_quantile(0.05, degrees), quantile, rel_tol=EXACT)


def test_with_ever_more_degrees_of_freedom_it_becomes_the_normal_distribution() -> None:
    assert isclose(t_quantile(0.05, 10**9), Z, rel_tol=1e-8)
